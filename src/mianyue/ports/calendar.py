"""What mianyue asks of a calendar: when is this person busy. Titles and places are never read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from mianyue.base.errors import MianyueError
from mianyue.base.interval import Interval


@dataclass(frozen=True, slots=True)
class UnreadableEvent:
    """An event that could not be understood."""

    uid: str
    reason: str


@dataclass(frozen=True, slots=True)
class UnreadableHours:
    """Published working hours that could not be understood, so that the times they speak of are unknown."""

    uid: str
    reason: str


@dataclass(frozen=True, slots=True)
class BusyTimes:
    """What blocks a person inside ``window``, and what could not be read.

    ``busy`` and ``unknown`` are merged, sorted and disjoint: the calendar says "busy" in the first (an event, or a time outside
    the published working hours), and can't be understood in the second. Neither is ever free.
    """

    window: Interval
    busy: tuple[Interval, ...]
    unreadable: tuple[UnreadableEvent, ...] = ()
    unknown: tuple[Interval, ...] = ()
    unreadable_hours: tuple[UnreadableHours, ...] = ()


class CalendarUnreadable(MianyueError):
    """The whole calendar can't be read, so its owner's time is unknown, not free."""

    code = "calendar_unreadable"


class Calendar(Protocol):
    """A plug that reads one person's calendar."""

    def busy(self, window: Interval) -> BusyTimes:
        """The busy times that touch ``window``. Raises CalendarUnreadable; never answers "free" for "don't know"."""
        ...
