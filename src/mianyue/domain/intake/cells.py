"""What one cell of a table means, so that every spelling a company may use becomes one value, or a named doubt."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from typing import Literal
from zoneinfo import available_timezones

DAY = 24 * 60 * 60
_NOON = DAY // 2
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff·]"

# Day 0 of Excel's 1900 system as it counts after its invented 29 February 1900; only dates of living people make sense here.
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range((date(1930, 1, 1) - _SERIAL_ZERO).days, (date(2200, 1, 1) - _SERIAL_ZERO).days)


class BadCell(ValueError):
    """A cell that does not say what its column is for; ``reason`` is a key of ``kinds.REASONS``, never the value itself."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def text(raw: str) -> str:
    """The cell in Unicode NFKC without spaces around it (ideographic and invisible ones included)."""
    value = unicodedata.normalize("NFKC", raw)
    while (stripped := value.strip().strip(_INVISIBLE)) != value:
        value = stripped
    return value


def person_name(raw: str) -> str:
    """A name with single spaces, and without spaces between Chinese characters (``施 俊`` is ``施俊``)."""
    return re.sub(rf"(?<={_HAN}) (?={_HAN})", "", " ".join(text(raw).split()))


def items(raw: str) -> tuple[str, ...]:
    """A list separated by ``;``, without empty items."""
    return tuple(item for part in text(raw).split(";") if (item := part.strip()))


@dataclass(frozen=True, slots=True)
class Moment:
    """A point or stretch of time as a cell states it.

    On the wall clock of ``day`` it reaches from second ``first`` to second ``last`` (equal for a time, 0 and 86,400 for a date),
    or it is ``instant`` when the cell brought its own UTC offset.
    """

    day: date
    first: int
    last: int
    instant: datetime | None = None

    @property
    def is_day(self) -> bool:
        """Whether the cell named a date, or its midnight, which is how spreadsheets store a date."""
        return self.instant is None and self.first == 0 and self.last in (0, DAY)


_DATE = r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日)"
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
_MOMENT = re.compile(
    rf"{_DATE}(?:(?:\s+|T){_CLOCK}\s*(?P<offset>Z|[+-]\d{{2}}:?\d{{2}})?|\s*(?P<half>上午|下午|AM|PM))?", re.IGNORECASE | re.ASCII
)
_SERIAL = re.compile(r"\d{1,6}(?:\.\d+)?", re.ASCII)


def moment(raw: str) -> Moment:
    """A date, half-day, local time, instant or Excel serial (1900 system). Raises BadCell; day-first dates are not accepted."""
    value = text(raw)
    if _SERIAL.fullmatch(value):
        return _serial(value)
    match = _MOMENT.fullmatch(value)
    if match is None:
        raise BadCell("moment")
    year, month, day = (int(group) for group in match.groups()[:9] if group)
    try:
        on = date(year, month, day)
    except ValueError:
        raise BadCell("moment") from None
    if match["half"]:
        morning = match["half"].upper() in ("上午", "AM")
        return Moment(on, 0, _NOON) if morning else Moment(on, _NOON, DAY)
    if not match["hour"]:
        return Moment(on, 0, DAY)
    seconds = _seconds(match)
    if not match["offset"]:
        return Moment(on, seconds, seconds)
    wall = datetime.combine(on, time.min, _offset(match["offset"])) + timedelta(seconds=seconds)
    return Moment(on, seconds, seconds, wall.astimezone(UTC))


def _seconds(match: re.Match[str]) -> int:
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    if minute > 59 or second > 59 or hour * 3600 + minute * 60 + second > DAY:
        raise BadCell("moment")
    return hour * 3600 + minute * 60 + second


def _offset(written: str) -> tzinfo:
    if written.upper() == "Z":
        return UTC
    minutes = int(written[1:3]) * 60 + int(written[-2:])
    if int(written[-2:]) > 59 or minutes > 14 * 60:
        raise BadCell("moment")
    return timezone(timedelta(minutes=-minutes if written[0] == "-" else minutes))


def _serial(value: str) -> Moment:
    days, _, fraction = value.partition(".")
    if int(days) not in _SERIALS:
        raise BadCell("moment")
    on = _SERIAL_ZERO + timedelta(days=int(days))
    # A double holds a day's fraction to some milliseconds: what Excel shows as 10:00 may be stored as 9:59:59.9997.
    seconds = round(float(f"0.{fraction or 0}") * DAY)
    return Moment(on, seconds, seconds) if fraction.strip("0") else Moment(on, 0, DAY)


def day(raw: str) -> date:
    """A date. Raises BadCell for half-days and times."""
    value = moment(raw)
    if not value.is_day:
        raise BadCell("date")
    return value.day


def span(start: Moment, end: Moment, zone: tzinfo, doubt: Literal["widen", "narrow"]) -> tuple[datetime, datetime]:
    """Both ends as UTC instants: the beginning of ``start`` and the end of ``end``, on the wall clock of ``zone``.

    Where the clocks change, a local time may happen twice or never. ``doubt`` says which way to err: absence and bookings are
    widened, attendance is narrowed, so that no doubtful hour is ever offered. Midnight as a date's border is never in doubt.
    """
    widen = doubt == "widen"
    return _instant(start, start.first, zone, earlier=widen), _instant(end, end.last, zone, earlier=not widen)


def _instant(value: Moment, seconds: int, zone: tzinfo, *, earlier: bool) -> datetime:
    if value.instant is not None:
        return value.instant
    wall = datetime.combine(value.day, time.min, zone) + timedelta(seconds=seconds)
    if value.first != value.last and seconds % DAY == 0:
        return wall.astimezone(UTC)
    first, second = sorted(wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    return first if earlier else second


_TIME_OF_DAY = re.compile(r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::00)?", re.ASCII)


def clock(raw: str) -> time:
    """A time of day, ``H:MM`` (a spreadsheet's fraction of a day too); ``24:00`` is midnight. Raises BadCell."""
    value = text(raw)
    if re.fullmatch(r"0?\.\d+|0", value, re.ASCII):
        minutes = round(float(value) * 24 * 60)
    elif match := _TIME_OF_DAY.fullmatch(value):
        minutes = int(match["hour"]) * 60 + int(match["minute"])
        if int(match["minute"]) > 59:
            raise BadCell("clock")
    else:
        raise BadCell("clock")
    if minutes > 24 * 60:
        raise BadCell("clock")
    return time(minutes // 60 % 24, minutes % 60)


def weekdays(raw: str) -> frozenset[int]:
    """ISO weekdays, 1 = Monday: ``1-5``, ``1,3,5``, ``6,7``. Raises BadCell."""
    days: set[int] = set()
    for part in text(raw).split(","):
        match = re.fullmatch(r"\s*([1-7])(?:\s*-\s*([1-7]))?\s*", part, re.ASCII)
        if match is None or (match[2] and match[2] < match[1]):
            raise BadCell("weekdays")
        days.update(range(int(match[1]), int(match[2] or match[1]) + 1))
    return frozenset(days)


_SEGMENT = re.compile(r"(\d{1,2}:\d{2})\s*[-~–—至到]\s*(\d{1,2}:\d{2})", re.ASCII)


def segments(raw: str) -> tuple[tuple[int, int], ...]:
    """What is worked of a shift, ``9:00-12:00;13:00-18:00``: minutes since midnight, each part after the one before; a time that is
    not later lies on the next day. A day long at most. Raises BadCell.
    """
    parts: list[tuple[int, int]] = []
    reached = -1
    for item in items(raw):
        match = _SEGMENT.fullmatch(item)
        if match is None:
            raise BadCell("segments")
        bounds = []
        for written in match.groups():
            at = clock(written)
            minute = at.hour * 60 + at.minute
            if bounds or parts:
                # The next part may begin where the one before ends; it ends later than it begins.
                while minute < reached or (bounds and minute == reached):
                    minute += 24 * 60
            bounds.append(minute)
            reached = minute
        parts.append((bounds[0], bounds[1]))
    if not parts or parts[-1][1] - parts[0][0] > 24 * 60:
        raise BadCell("segments")
    return tuple(parts)


_BETWEEN = re.compile(
    r"(?P<start>.+?)(?:\s*(?:[~–—]|至|到)\s*|\s+(?:-|to)\s+|-(?=\d{1,2}:\d{2}\b))(?P<end>.+)", re.ASCII | re.IGNORECASE
)


def windows(raw: str) -> tuple[tuple[Moment, Moment], ...]:
    """Stretches of time separated by ``;``, each from the beginning of its first moment to the end of its second: ``2026-12-02
    09:00-12:00``, ``2026-12-03`` (all day), ``2026-12-04 下午``, ``2026-12-07 至 2026-12-09``. Raises BadCell.
    """
    found = tuple(_window(item) for item in items(raw))
    if not found:
        raise BadCell("windows")
    return found


def _window(item: str) -> tuple[Moment, Moment]:
    match = _BETWEEN.fullmatch(item)
    try:
        start = moment(match["start"] if match else item)
        end = _end_of_window(start, match["end"]) if match else start
    except BadCell:
        raise BadCell("windows") from None
    # A lone time of day takes no time, and what ends before it starts says something else than it means.
    if start.instant is None and end.instant is None and (end.day, end.last) <= (start.day, start.first):
        raise BadCell("windows")
    return start, end


def _end_of_window(start: Moment, raw: str) -> Moment:
    """The end of a stretch: a moment of its own, or a time of day on the date of the start."""
    clock = re.fullmatch(_CLOCK, raw, re.ASCII)
    if clock is None:
        return moment(raw)
    if start.first != start.last:
        raise BadCell("windows")
    seconds = _seconds(clock)
    return Moment(start.day, seconds, seconds)


_AMOUNT = re.compile(r"(\d{1,5}(?:\.\d{1,3})?)\s*(天|日|days?|d|小时|hours?|h|分钟|分|min|minutes)?", re.ASCII | re.IGNORECASE)


def leave_amount(day_minutes: int, raw: str) -> int:
    """An amount of leave in minutes: ``5天``, ``7.5 小时``, ``480分钟``; a bare number counts days of ``day_minutes``. Raises BadCell."""
    match = _AMOUNT.fullmatch(text(raw))
    if match is None:
        raise BadCell("leave_amount")
    unit = (match[2] or "d").casefold()
    minutes_each = 1 if unit[0] in "分m" else 60 if unit[0] in "小h" else day_minutes
    return round(float(match[1]) * minutes_each)


def year(raw: str) -> int:
    """A year from 2000 to 2099: ``2026`` and ``2026年`` are the same. Raises BadCell."""
    match = re.fullmatch(r"(20\d\d)(?:\.0+)?\s*年?(?:度)?", text(raw), re.ASCII)
    if match is None:
        raise BadCell("year")
    return int(match[1])


def limit(raw: str) -> int:
    """How many at most, 0 to 99: ``3``, ``3次`` and ``3场`` are the same. Raises BadCell."""
    return _up_to(99, "limit", "次|场", raw)


def spare_minutes(raw: str) -> int:
    """Minutes kept free, 0 to 480. Raises BadCell."""
    return _up_to(480, "spare_minutes", "分钟|分|min|minutes", raw)


def _up_to(most: int, reason: str, unit: str, raw: str) -> int:
    match = re.fullmatch(rf"(\d{{1,4}})(?:\.0+)?(?:\s*(?:{unit}))?", text(raw), re.ASCII | re.IGNORECASE)
    if match is None or int(match[1]) > most:
        raise BadCell(reason)
    return int(match[1])


def count(raw: str, unit: str = "") -> int:
    """A whole number from 1 to 9,999, with one of the unit's words (a regular expression) after it or not. Raises BadCell."""
    match = re.fullmatch(rf"(\d{{1,4}})(?:\.0+)?(?:\s*(?:{unit}))?", text(raw), re.ASCII | re.IGNORECASE)
    if match is None or int(match[1]) == 0:
        raise BadCell("count")
    return int(match[1])


def seats_of_room(raw: str) -> int:
    """A capacity: ``6`` and ``6人`` are the same. Raises BadCell."""
    return count(raw, "人")


def minutes(raw: str) -> int:
    """A length in minutes: ``60`` and ``60分钟`` are the same. Raises BadCell."""
    return count(raw, "分钟|分|min|minutes")


def degrees(limit: int, raw: str) -> float:
    """Decimal degrees within ±``limit``. Raises BadCell."""
    value = text(raw)
    if not re.fullmatch(r"[+-]?\d{1,3}(\.\d+)?", value, re.ASCII) or abs(float(value)) > limit:
        raise BadCell("degrees")
    return float(value)


_TRUE, _FALSE = frozenset({"true", "是", "1"}), frozenset({"false", "否", "0"})
STATUS = {
    word: status
    for status, words in {
        "approved": ("approved", "已通过", "通过", "已批准"),
        "pending": ("pending", "审批中", "待审批"),
        "rejected": ("rejected", "已拒绝", "已驳回"),
        "cancelled": ("cancelled", "canceled", "已撤销"),
    }.items()
    for word in words
}
_MODE = {"onsite": "onsite", "现场": "onsite", "线下": "onsite", "video": "video", "视频": "video", "线上": "video"}
_FAMILY = {"standard": "standard", "标准岗": "standard", "non_standard": "non_standard", "非标准岗": "non_standard"}


REST = frozenset({"rest", "off", "休", "休息", "-"})
"""Words that stand where a shift would, on a day without one."""
LEAVE_KINDS = {
    word: code
    for code, words in {
        "annual": ("annual", "年假", "年休假", "带薪年休假"),
        "sick": ("sick", "病假"),
        "personal": ("personal", "事假"),
        "compensatory": ("compensatory", "调休假", "调休", "加班调休"),
        "marriage": ("marriage", "婚假"),
        "maternity": ("maternity", "产假"),
        "paternity": ("paternity", "陪产假", "护理假"),
        "bereavement": ("bereavement", "丧假"),
        "other": ("other", "其他"),
    }.items()
    for word in words
}


def leave_kind(raw: str) -> str:
    """A code of ``LeaveType.Code``. Raises BadCell."""
    return _word(LEAVE_KINDS, "leave_kind", raw)


def boolean(raw: str) -> bool:
    """``true``/``false``, 是/否 or 1/0. Raises BadCell."""
    value = text(raw).casefold()
    if value not in _TRUE | _FALSE:
        raise BadCell("boolean")
    return value in _TRUE


def _word(words: dict[str, str], reason: str, raw: str) -> str:
    try:
        return words[text(raw).casefold()]
    except KeyError:
        raise BadCell(reason) from None


def status(raw: str) -> str:
    """``approved``, ``pending``, ``rejected`` or ``cancelled``. Raises BadCell."""
    return _word(STATUS, "status", raw)


def mode(raw: str) -> str:
    """``onsite`` or ``video``. Raises BadCell."""
    return _word(_MODE, "mode", raw)


def family(raw: str) -> str:
    """``standard`` or ``non_standard``. Raises BadCell."""
    return _word(_FAMILY, "family", raw)


def language(raw: str) -> str:
    """A BCP 47 tag by its form (RFC 5646 §2.1, without private-use-only and grandfathered tags). Raises BadCell."""
    value = text(raw)
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-[A-Za-z0-9]{1,8})*", value, re.ASCII):
        raise BadCell("language")
    return value


@cache
def _zones() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


def zone(raw: str) -> str:
    """An IANA time zone in its proper spelling; names differ not only by case (RFC 6557 §2). Raises BadCell."""
    name = _zones().get(text(raw).casefold())
    if name is None:
        raise BadCell("zone")
    return name


def web_address(raw: str) -> str:
    """An http(s) address. Raises BadCell: nothing else may become a link in a letter."""
    value = text(raw)
    if not re.fullmatch(r"https?://[^\s<>\"'/]+(/[^\s<>\"']*)?", value, re.IGNORECASE):
        raise BadCell("web_address")
    return value


# An address may hold both signs itself: an entry ends only where another one begins.
_ENTRIES = re.compile(r";\s*(?=(?:[^;=/]{1,100}=\s*)?https?://)", re.IGNORECASE)
_ENTRY = re.compile(r"(?:(?P<keyword>[^;=/]{1,100}?)\s*=\s*)?(?P<address>https?://.*)", re.IGNORECASE)


def materials(raw: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Addresses separated by ``;``, one plain and any number with a keyword before it: ``https://a; Kafka=https://b``.

    The plain one (the first, empty if none) and the pairs of keyword and address. Raises BadCell: nothing else may become a link.
    """
    plain, pairs = "", []
    for entry in _ENTRIES.split(text(raw).rstrip("; ")):
        match = _ENTRY.fullmatch(entry)
        if match is None:
            raise BadCell("web_address")
        address = web_address(match["address"])
        if match["keyword"]:
            pairs.append((match["keyword"].strip(), address))
        else:
            plain = plain or address
    return plain, tuple(pairs)
