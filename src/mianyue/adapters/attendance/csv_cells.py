"""The cells of attendance files: one spelling of each thing, since a program writes them; anything else is a bad cell."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mianyue.worktime.shift import Segment, segments_between

_DAY = timedelta(days=1)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?", re.ASCII)
_CLOCK = re.compile(r"\d{2}:\d{2}", re.ASCII)
_WEEKDAYS = re.compile(r"[1-7](-[1-7])?(,[1-7](-[1-7])?)*", re.ASCII)


class BadCell(ValueError):
    """A cell isn't written as docs/attendance-csv.md says."""


def day(text: str) -> date:
    """``2026-12-01``."""
    if not _DATE.fullmatch(text):
        raise BadCell
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadCell from error


def begin(text: str) -> datetime:
    """A moment, or the first of a date; without an offset it is naive, local to whom it is about."""
    return datetime.combine(day(text), time(0)) if _DATE.fullmatch(text) else _moment(text)


def end(text: str) -> datetime:
    """A moment, or the end of a date."""
    return datetime.combine(day(text) + _DAY, time(0)) if _DATE.fullmatch(text) else _moment(text)


def weekdays(text: str) -> frozenset[int]:
    """``1-5`` or ``1,3,5``: ISO weekdays."""
    if not _WEEKDAYS.fullmatch(text):
        raise BadCell
    found: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        if int(last or first) < int(first):
            raise BadCell
        found.update(range(int(first), int(last or first) + 1))
    return frozenset(found)


def segments(text: str) -> tuple[Segment, ...]:
    """``09:00-12:00;13:00-18:00``: what is worked, each part after the one before; a time that isn't later is the next day's."""
    reached, parts = -1, []
    for part in text.split(";"):
        first, _, last = part.partition("-")
        start = _after(_minute(first), reached)
        reached = _after(_minute(last), start + 1)
        parts.append((start, reached))
    if parts[-1][1] - parts[0][0] > 24 * 60:
        raise BadCell
    return tuple(parts)


def worked(start: str, finish: str, pause: str, pause_end: str) -> tuple[Segment, ...]:
    """What is worked of a shift with one break, or none."""
    if bool(pause) != bool(pause_end):
        raise BadCell
    between = (_clock(pause), _clock(pause_end)) if pause else (None, None)
    return segments_between(_clock(start), _clock(finish), *between)


def instant(moment: datetime, zone: ZoneInfo, *, later: bool) -> datetime:
    """A moment in UTC; a naive one is local to ``zone``. Of the two that a clock set back makes it, the ``later`` or the earlier."""
    if moment.tzinfo is not None:
        return moment.astimezone(UTC)
    both = [moment.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
    return max(both) if later else min(both)


def _moment(text: str) -> datetime:
    if not _MOMENT.fullmatch(text):
        raise BadCell
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise BadCell from error


def _clock(text: str) -> time:
    if not _CLOCK.fullmatch(text):
        raise BadCell
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise BadCell from error


def _minute(text: str) -> int:
    at = _clock(text)
    return at.hour * 60 + at.minute


def _after(minute: int, least: int) -> int:
    return minute if minute >= least else minute + 24 * 60 * -(-(least - minute) // (24 * 60))
