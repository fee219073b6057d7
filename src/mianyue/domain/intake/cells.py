"""What one cell of a table means, so that every spelling a company may use becomes one value, or a named doubt."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from zoneinfo import available_timezones

_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff·]"


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
