"""What a cell of a table says about time: moments, spans, clocks, segments of a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Literal

from mianyue.domain.intake.cells import BadCell, items, text

DAY = 24 * 60 * 60
_NOON = DAY // 2

# Day 0 of Excel's 1900 system as it counts after its invented 29 February 1900; only dates of living people make sense here.
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range((date(1930, 1, 1) - _SERIAL_ZERO).days, (date(2200, 1, 1) - _SERIAL_ZERO).days)


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
