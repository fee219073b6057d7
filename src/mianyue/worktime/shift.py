"""A shift on the wall clock, and the instants it becomes on a date: nowhere else do shifts become instants."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval, union
from mianyue.worktime.days import local

DAY_MINUTES = 24 * 60
EVERY_DAY = frozenset(range(1, 8))

Segment = tuple[int, int]
"""From and to, in minutes of the wall clock since midnight of the date the shift begins on; over 1,440 is the next date."""


@dataclass(frozen=True, slots=True)
class PunchRule:
    """How a shift is punched, lengths in minutes; ``version`` is the company's record of it, which derived days name.

    ``before`` its start and ``after`` its end a punch still belongs to the shift; with ``breaks`` each segment is punched.
    """

    version: UUID | None = None
    late_grace: int = 0
    early_grace: int = 0
    before: int = 240
    after: int = 480
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class ShiftRule:
    """A shift (班次): what is worked between its breaks, sorted and disjoint, and the ISO weekdays on which it begins.

    How it is punched has no say in when it is worked: rules that differ in nothing else are the same.
    """

    segments: tuple[Segment, ...]
    weekdays: frozenset[int]
    punching: PunchRule = field(default=PunchRule(), compare=False)

    @classmethod
    def between(
        cls, start: time, end: time, break_start: time | None, break_end: time | None, weekdays: Iterable[int]
    ) -> ShiftRule:
        """The shift of a company's table; ``end`` not after ``start`` lies on the next day, and so does a break before ``start``."""
        return cls(segments_between(start, end, break_start, break_end), frozenset(weekdays))

    def begins_on(self, day: date, make_up: bool) -> bool:
        """Whether the shift is worked from ``day`` on; a make-up workday adds it for whoever works on any of Monday to Friday."""
        return day.isoweekday() in self.weekdays or (make_up and not self.weekdays.isdisjoint(range(1, 6)))

    def every_day(self) -> ShiftRule:
        """The same shift where a roster names the days, not the week."""
        return ShiftRule(self.segments, EVERY_DAY, self.punching)


def segments_between(start: time, end: time, break_start: time | None, break_end: time | None) -> tuple[Segment, ...]:
    """What is left of the shift beside its break."""
    first, last = _minutes(start), _minutes(end)
    last += DAY_MINUTES if last <= first else 0
    if break_start is None or break_end is None:
        return ((first, last),)
    pause, pause_end = _minutes(break_start), _minutes(break_end)
    pause_end += DAY_MINUTES if pause_end <= pause else 0
    if pause < first:
        pause, pause_end = pause + DAY_MINUTES, pause_end + DAY_MINUTES
    parts = ((first, min(pause, last)), (max(pause_end, first), last))
    return tuple((begin, finish) for begin, finish in parts if begin < finish)


def shift_span(rule: ShiftRule, day: date, zone: ZoneInfo) -> Interval | None:
    """The shift that begins on ``day``, breaks included. None where a clock change swallows it whole, or nothing is worked."""
    if not rule.segments:
        return None
    start, end = wall(day, rule.segments[0][0], zone), wall(day, rule.segments[-1][1], zone)
    return Interval(start, end) if start.astimezone(UTC) < end.astimezone(UTC) else None


def shift_instants(rule: ShiftRule, day: date, zone: ZoneInfo) -> list[Interval]:
    """The working time of the shift that begins on ``day``, sorted and disjoint."""
    bounds = [(wall(day, begin, zone), wall(day, finish, zone)) for begin, finish in rule.segments]
    return union(Interval(start, end) for start, end in bounds if start.astimezone(UTC) < end.astimezone(UTC))


def wall(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """The instant at which the wall clock in ``zone`` stands at ``minute`` minutes after midnight of ``day``, by days of 24 hours."""
    later, of_day = divmod(minute, DAY_MINUTES)
    return local(day + timedelta(days=later), time(of_day // 60, of_day % 60), zone)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
