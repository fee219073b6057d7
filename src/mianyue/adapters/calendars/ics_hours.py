"""Published working hours, VAVAILABILITY (RFC 7953): outside them a person is busy, and hours that can't be read are never free."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import groupby

from mianyue.adapters.calendars.ics_event import Broken, read_event
from mianyue.adapters.calendars.ics_series import Series, series_of, spans
from mianyue.adapters.calendars.ics_text import Block, parts
from mianyue.adapters.calendars.ics_values import length, one
from mianyue.adapters.calendars.ics_zones import UnknownZone, Zones
from mianyue.base.interval import Interval, subtract, union
from mianyue.ports.calendar import UnreadableHours

_UNDEFINED, _UNREADABLE = -10, 0
_ONCE = ("DTSTART", "DTEND", "DURATION", "PRIORITY")


@dataclass(frozen=True, slots=True)
class Hours:
    """One VAVAILABILITY: from ``start`` to ``end`` (UTC, None is unbounded) its owner is busy except in ``available``.

    Whatever BUSYTYPE says, the times outside are busy to us. Of a higher ``rank``, it replaces the others in its range. With a
    ``flaw`` none of it can be relied on: the whole range is unknown.
    """

    uid: str
    rank: int
    start: datetime | None
    end: datetime | None
    available: tuple[Series, ...]
    flaw: str

    def within(self, window: Interval) -> Interval | None:
        """The part of ``window`` that these hours speak of."""
        start = max(self.start, window.start) if self.start else window.start
        end = min(self.end, window.end) if self.end else window.end
        return Interval(start, end) if start < end else None

    def given(self, window: Interval) -> tuple[list[Interval], str]:
        """The available times that touch ``window``, and why they can't be relied on, empty if they can."""
        found: list[Interval] = []
        flaws = [self.flaw] if self.flaw else []
        for series in self.available:
            times, unfollowed = spans(series, window)
            found += times
            flaws += unfollowed
        return found, "; ".join(dict.fromkeys(flaws))


@dataclass(frozen=True, slots=True)
class Published:
    """What all published hours say of a window: when their owner is busy, when nobody can tell, and which could not be read."""

    busy: list[Interval]
    unknown: list[Interval]
    unreadable: list[UnreadableHours]


def published(all_hours: Iterable[Hours], window: Interval) -> Published:
    """Lays the hours over each other from the lowest priority to the highest (RFC 7953 §4).

    Of equal priority, a time is free only where all that speak of it say so: the standard leaves that open. Times that none
    speaks of are not restricted.
    """
    busy: list[Interval] = []
    unknown: list[Interval] = []
    unreadable: list[UnreadableHours] = []
    for _, level in groupby(sorted(all_hours, key=lambda hours: hours.rank), key=lambda hours: hours.rank):
        covered: list[Interval] = []
        shut: list[Interval] = []
        dark: list[Interval] = []
        for hours in level:
            whole = hours.within(window)
            if whole is None:
                continue
            covered.append(whole)
            available, flaw = hours.given(whole)
            if flaw:
                dark.append(whole)
                unreadable.append(UnreadableHours(hours.uid, flaw))
            else:
                shut += subtract([whole], available)
        busy = subtract(busy, covered) + shut
        unknown = subtract(unknown, covered) + dark
    return Published(union(busy), union(unknown), unreadable)


def read_hours(block: Block, home: tzinfo, zones: Zones) -> Hours:
    """The hours of a VAVAILABILITY; ``home`` is the zone of the calendar's owner. What can't be read is its ``flaw``."""
    flaws = [block.broken] if block.broken else []
    flaws += [f"{name} occurs twice" for name in _ONCE if len(block.properties.get(name, ())) > 1]
    try:
        start, end = _bounds(block, home, zones)
    except Broken as broken:
        # Nobody knows of which times it speaks, so it may be of all.
        start, end = None, None
        flaws.append(str(broken))
    rank = _rank(block.text("PRIORITY"))
    if rank == _UNREADABLE:
        flaws.append("PRIORITY can't be understood")
    events = []
    for part in parts(block, "AVAILABLE"):
        try:
            event = read_event(part, home, zones, gives=True)
        except Broken as broken:
            flaws.append(str(broken))
            continue
        events.append(event)
        flaws += [event.flaw] if event.flaw else []
        flaws += [f"{name} occurs twice" for name in _ONCE if len(part.properties.get(name, ())) > 1]
        flaws += ["both an end and a duration"] if {"DTEND", "DURATION"} <= part.properties.keys() else []
    return Hours(block.text("UID"), rank, start, end, tuple(series_of(events)), "; ".join(dict.fromkeys(flaws)))


def _rank(priority: str) -> int:
    """1 is the highest priority and 9 the lowest; 0 and none are undefined, below all of these (RFC 5545 §3.8.1.9)."""
    if not priority:
        return _UNDEFINED
    if not (priority.isascii() and priority.isdigit() and int(priority) <= 9):
        return _UNREADABLE
    return -int(priority) or _UNDEFINED


def _bounds(block: Block, home: tzinfo, zones: Zones) -> tuple[datetime | None, datetime | None]:
    first, last, lasting = (block.first(name) for name in ("DTSTART", "DTEND", "DURATION"))
    if last and lasting:
        raise Broken("both an end and a duration")
    if lasting and not first:
        raise Broken("a duration without a start")
    try:
        begins = one(first, home, zones) if first else None
        start = begins.utc if begins else None
        end = one(last, home, zones).utc if last else None
        if begins and lasting:
            end = length(lasting.value).end(begins)
    except UnknownZone:
        raise Broken("an unknown time zone") from None
    except (ValueError, OverflowError):
        raise Broken("the start or the end can't be understood") from None
    if start and end and start >= end:
        raise Broken("it ends before it starts")
    return start, end
