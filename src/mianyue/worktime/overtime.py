"""How much overtime a month may hold, and which of it lies beyond: the law counts by the calendar month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval, union
from mianyue.worktime.days import local

STOP_AT = timedelta(hours=36)
"""At most so much in a month, "每月不得超过三十六小时" (Labour Law of the People's Republic of China, Art. 41)."""
WARN_AT = timedelta(hours=30)
"""From here on people are told how near they are."""


def is_capped(country: str) -> bool:
    """Whether that law counts there (ISO 3166-1 or -2). Caps of other countries are not known here."""
    return country.partition("-")[0] == "CN"


def month_of(at: datetime, zone: ZoneInfo) -> date:
    """The first day of the local month in which an instant lies."""
    return at.astimezone(zone).date().replace(day=1)


def whole_months(window: Interval, zone: ZoneInfo) -> Interval:
    """The local months that ``window`` touches, from their first midnight to their last."""
    last = month_of(window.end, zone)
    end = _begins(last, zone)
    return Interval(_begins(month_of(window.start, zone), zone), end if end == window.end else _begins(_next(last), zone))


def by_month(spans: Iterable[Interval], zone: ZoneInfo) -> dict[date, timedelta]:
    """How much of these spans lies in each local month, by its first day; what overlaps counts once."""
    found: dict[date, timedelta] = {}
    for month, part in _parts(union(spans), zone):
        found[month] = found.get(month, timedelta()) + part.length
    return found


def within_cap(spans: Iterable[Interval], zone: ZoneInfo, cap: timedelta = STOP_AT) -> tuple[list[Interval], list[Interval]]:
    """Overtime up to ``cap`` in each local month, and what of it lies beyond; both sorted and disjoint. The earlier hours count first."""
    left: dict[date, timedelta] = {}
    allowed, beyond = [], []
    for month, part in _parts(union(spans), zone):
        rest = left.get(month, cap)
        until = min(part.end, part.start + rest)
        left[month] = rest - (until - part.start)
        if part.start < until:
            allowed.append(Interval(part.start, until))
        if until < part.end:
            beyond.append(Interval(until, part.end))
    return union(allowed), union(beyond)


def to_be_told(allowed: Iterable[Interval], zone: ZoneInfo) -> list[tuple[Interval, timedelta]]:
    """The overtime that lies in months in which it comes to ``WARN_AT`` or more, each with how much the month has."""
    spans = union(allowed)
    sums = by_month(spans, zone)
    return [(part, sums[month]) for month, part in _parts(spans, zone) if sums[month] >= WARN_AT]


def _parts(spans: Iterable[Interval], zone: ZoneInfo) -> Iterator[tuple[date, Interval]]:
    """The spans cut where a local month ends, each with its month."""
    for span in spans:
        start = span.start
        while start < span.end:
            month = month_of(start, zone)
            end = min(span.end, _begins(_next(month), zone))
            yield month, Interval(start, end)
            start = end


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _begins(month: date, zone: ZoneInfo) -> datetime:
    return local(month, time(0), zone).astimezone(UTC)
