"""A day as a horizontal strip: where each stretch of it stands, in percent, and the same said in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from mianyue.base.interval import Interval
from mianyue.domain.notices.dates import Times
from mianyue.entrypoints.console import attendance_words, words
from mianyue.worktime.days import whole_day

OFFICE_HOURS = (8 * 60, 18 * 60)
"""What a strip shows at least, in minutes of the wall clock; earlier and later work widens it."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Something that takes time: a ``kind`` of words.STRIPS, and the page about it."""

    kind: str
    during: Interval
    address: str = ""
    pauses: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece drawn on the strip, ``left`` and ``width`` in percent of it."""

    kind: str
    left: float
    width: float
    said: str


@dataclass(frozen=True, slots=True)
class Line:
    """The same in words, below the strip."""

    kind: str
    said: str
    clock: str
    address: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The hours that all strips of a page show, in minutes of the wall clock."""

    first: int
    last: int

    def mark(self, kind: str, part: Interval, zone: ZoneInfo, day: date, said: str) -> Mark | None:
        """``part`` of ``day`` as a piece of the strip; None where it lies outside the hours shown."""
        start, end = (max(self.first, min(self.last, minute)) for minute in _minutes(part, zone, day))
        if start >= end:
            return None
        whole = self.last - self.first
        return Mark(kind, 100 * (start - self.first) / whole, 100 * (end - start) / whole, said)

    @property
    def hours(self) -> tuple[int, int]:
        return self.first // 60, self.last // 60


def axis(parts: Iterable[tuple[Interval, ZoneInfo, date]]) -> Axis:
    """The hours that hold all these parts of days, in whole hours."""
    first, last = OFFICE_HOURS
    for part, zone, day in parts:
        start, end = _minutes(part, zone, day)
        first, last = min(first, start // 60 * 60), max(last, -(-end // 60) * 60)
    return Axis(first, last)


def clock(during: Interval, day: date, times: Times) -> str:
    """When on ``day``: ``9:00–18:00``, ``all day``, ``from 14:00``, ``until 6:00``. ``times`` speaks the person's zone."""
    whole = whole_day(day, times.zone)
    if during.contains(whole):
        return _("all day")
    if during.start < whole.start:
        return _("until %(clock)s") % {"clock": times.clock(during.end)}
    if during.end > whole.end and during.length > DAY:
        return _("from %(clock)s") % {"clock": times.clock(during.start)}
    return f"{times.clock(during.start)}–{times.clock(during.end)}"


def line(span: Span, day: date, times: Times) -> Line:
    """``span`` in words, as it concerns ``day``."""
    return Line(span.kind, words.of(attendance_words.STRIPS, span.kind), clock(span.during, day, times), span.address)


def _minutes(part: Interval, zone: ZoneInfo, day: date) -> tuple[int, int]:
    """Where the wall clock stands at both ends of a part of ``day``; midnight at its end is 24:00."""
    start, end = part.start.astimezone(zone), part.end.astimezone(zone)
    return start.hour * 60 + start.minute, 24 * 60 if end.date() > day else end.hour * 60 + end.minute
