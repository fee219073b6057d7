"""Local dates as spans of instants, so that a rule about somebody's day or week holds through every clock change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval

WHOLE_DAY = (0, 1440)


def days(first: date, many: int, zone: ZoneInfo, part: tuple[int, int] = WHOLE_DAY) -> Interval | None:
    """From a part of the first of ``many`` days on (minutes of the wall clock) to the part's end on the last of them.

    A wall-clock time that a clock change skips or repeats is read with the offset before the change (RFC 5545 §3.3.5). A day that
    a change swallows whole (one in Samoa, 2011) is None.
    """
    start, end = _instant(first, part[0], zone), _instant(first + timedelta(days=many - 1), part[1], zone)
    return Interval(start, end) if start < end else None


def _instant(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    # Adding to an aware datetime moves its wall clock, which is what "at 21:00 that day" means.
    return (datetime.combine(day, time(), zone) + timedelta(minutes=minutes)).astimezone(UTC)
