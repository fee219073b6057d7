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
class BusyTimes:
    """Everything that blocks a person inside ``window``, merged and sorted, and what could not be read."""

    window: Interval
    busy: tuple[Interval, ...]
    unreadable: tuple[UnreadableEvent, ...] = ()


class CalendarUnreadable(MianyueError):
    """The whole calendar can't be read, so its owner's time is unknown, not free."""

    code = "calendar_unreadable"


class Calendar(Protocol):
    """A plug that reads one person's calendar."""

    def busy(self, window: Interval) -> BusyTimes:
        """The busy times that touch ``window``. Raises CalendarUnreadable; never answers "free" for "don't know"."""
        ...
