"""Reads a person's iCalendar file (RFC 5545) and says when they are busy; what it can't read it reports instead of guessing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from mianyue.adapters.calendars.ics_event import Broken, Event, read_event
from mianyue.adapters.calendars.ics_hours import Hours, published, read_hours
from mianyue.adapters.calendars.ics_series import Series, series_of, spans
from mianyue.adapters.calendars.ics_text import take_apart
from mianyue.adapters.calendars.ics_zones import Zones
from mianyue.base.interval import Interval, subtract, union
from mianyue.ports.calendar import BusyTimes, CalendarUnreadable, UnreadableEvent


@dataclass(frozen=True, slots=True)
class _Contents:
    """What a file holds, whatever the window."""

    series: list[Series]
    hours: list[Hours]
    unreadable: list[UnreadableEvent]


class IcsCalendar:
    """One calendar file. ``zone`` (IANA) is its owner's: all-day events and times without a zone are local to it.

    An event blocks with whatever of it can be read, and is reported if anything can't: a broken rule still leaves its first
    occurrence, a broken exception leaves the occurrence in place. Published working hours (RFC 7953) block what lies outside them;
    if anything of them can't be read, all the time they speak of is unknown. ``ours`` tells by UID which events are only the echo of
    entries that mianyue itself has sent: their times are known already, and as they stand now.
    """

    def __init__(self, content: bytes, zone: str, ours: Callable[[str], bool] = lambda uid: False) -> None:
        self._content = content
        self._home = ZoneInfo(zone)
        self._ours = ours

    def busy(self, window: Interval) -> BusyTimes:
        """The busy times inside ``window``. Raises CalendarUnreadable if the file is no calendar."""
        hours = published(self._contents.hours, window)
        taken = list(hours.busy)
        problems = list(self._contents.unreadable)
        for series in self._contents.series:
            if self._ours(series[0].uid):
                continue
            occurrences, flaws = spans(series, window)
            problems += [UnreadableEvent(series[0].uid, flaw) for flaw in flaws]
            taken += [part for interval in occurrences if (part := interval.clipped(window))]
        busy = union(taken)
        return BusyTimes(window, tuple(busy), tuple(problems), tuple(subtract(hours.unknown, busy)), tuple(hours.unreadable))

    @cached_property
    def _contents(self) -> _Contents:
        text = take_apart(self._content)
        if text is None:
            raise CalendarUnreadable("The file is not an iCalendar file.", "Export the calendar again, as iCalendar (.ics).")
        zones = Zones(text.zones)
        events: list[Event] = []
        unreadable: list[UnreadableEvent] = []
        for block in text.events:
            try:
                event = read_event(block, self._home, zones)
            except Broken as broken:
                unreadable.append(UnreadableEvent(block.text("UID"), str(broken)))
                continue
            events.append(event)
            if event.flaw:
                unreadable.append(UnreadableEvent(event.uid, event.flaw))
        if not text.complete:
            unreadable.append(UnreadableEvent("", "the file ends too early"))
        return _Contents(series_of(events), [read_hours(block, self._home, zones) for block in text.hours], unreadable)
