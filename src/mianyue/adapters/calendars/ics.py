"""Reads a person's iCalendar file (RFC 5545) and says when they are busy; what it can't read it reports instead of guessing."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from mianyue.adapters.calendars.ics_event import Broken, Event, read_event
from mianyue.adapters.calendars.ics_text import Block, Text, take_apart
from mianyue.adapters.calendars.ics_zones import Zones
from mianyue.base.interval import Interval, union
from mianyue.ports.calendar import BusyTimes, CalendarUnreadable, UnreadableEvent


class IcsCalendar:
    """One calendar file. ``zone`` (IANA) is its owner's: all-day events and times without a zone are local to it.

    An event blocks with whatever of it can be read, and is reported if anything can't: a broken rule still leaves its first
    occurrence, a broken exception leaves the occurrence in place.
    """

    def __init__(self, content: bytes, zone: str) -> None:
        self._content = content
        self._home = ZoneInfo(zone)

    def busy(self, window: Interval) -> BusyTimes:
        """The busy times inside ``window``. Raises CalendarUnreadable if the file is no calendar."""
        series, unreadable = self._series
        found: list[Interval] = []
        problems = list(unreadable)
        for events in series:
            replacements = [event.replaces for event in events if event.replaces is not None]
            for event in events:
                if not event.blocks:
                    continue
                occurrences, flaws = event.occurrences(window)
                problems.extend(UnreadableEvent(event.uid, flaw) for flaw in flaws)
                gone = replacements if event.replaces is None else ()
                found.extend(interval for wall, interval in occurrences if not any(event.means(named, wall) for named in gone))
        clipped = (part for interval in found if (part := interval.clipped(window)))
        return BusyTimes(window, tuple(union(clipped)), tuple(problems))

    @cached_property
    def _series(self) -> tuple[list[list[Event]], list[UnreadableEvent]]:
        text = take_apart(self._content)
        if text is None:
            raise CalendarUnreadable("The file is not an iCalendar file.", "Export the calendar again, as iCalendar (.ics).")
        return self._read(text)

    def _read(self, text: Text) -> tuple[list[list[Event]], list[UnreadableEvent]]:
        zones = Zones(text.zones)
        unreadable: list[UnreadableEvent] = []
        by_uid: defaultdict[str, list[Event]] = defaultdict(list)
        for position, block in enumerate(text.events):
            event = self._event(block, zones, unreadable)
            if event is not None:
                # Without a UID nothing ties two events together.
                by_uid[event.uid or f" {position}"].append(event)
        if not text.complete:
            unreadable.append(UnreadableEvent("", "the file ends too early"))
        return [_latest(events) for events in by_uid.values()], unreadable

    def _event(self, block: Block, zones: Zones, unreadable: list[UnreadableEvent]) -> Event | None:
        try:
            event = read_event(block, self._home, zones)
        except Broken as broken:
            unreadable.append(UnreadableEvent(block.text("UID"), str(broken)))
            return None
        if event.flaw:
            unreadable.append(UnreadableEvent(event.uid, event.flaw))
        return event


def _latest(events: list[Event]) -> list[Event]:
    """Without those that a higher SEQUENCE of the same event replaced (RFC 5546 §2.1.4); equal ones all count."""
    newest: dict[datetime | None, int] = {}
    for event in events:
        newest[event.identity] = max(event.sequence, newest.get(event.identity, event.sequence))
    return [event for event in events if event.sequence == newest[event.identity]]
