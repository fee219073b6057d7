"""All events of one UID together: a series, and the occurrences of it that another event replaced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from mianyue.adapters.calendars.ics_event import Event
from mianyue.base.interval import Interval

Series = list[Event]
"""The events that share a UID."""


def series_of(events: Iterable[Event]) -> list[Series]:
    """The events by UID, without those that a higher SEQUENCE of the same event replaced (RFC 5546 §2.1.4); equal ones all count."""
    by_uid: defaultdict[str, Series] = defaultdict(list)
    for position, event in enumerate(events):
        # Without a UID nothing ties two events together.
        by_uid[event.uid or f" {position}"].append(event)
    return [_latest(series) for series in by_uid.values()]


def spans(series: Series, window: Interval) -> tuple[list[Interval], list[str]]:
    """When the events that count occur, as whole occurrences that touch ``window``; and what of their rules can't be followed."""
    replaced = [event.replaces for event in series if event.replaces is not None]
    found: list[Interval] = []
    flaws: list[str] = []
    for event in series:
        if not event.counts:
            continue
        occurrences, unfollowed = event.occurrences(window)
        flaws += unfollowed
        gone = replaced if event.replaces is None else ()
        found += [interval for wall, interval in occurrences if not any(event.means(named, wall) for named in gone)]
    return found, flaws


def _latest(series: Series) -> Series:
    newest: dict[datetime | None, int] = {}
    for event in series:
        newest[event.identity] = max(event.sequence, newest.get(event.identity, event.sequence))
    return [event for event in series if event.sequence == newest[event.identity]]
