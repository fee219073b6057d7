"""When somebody is at work: which shift counts on which date, and the instants that makes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, time, timedelta
from enum import IntEnum
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval, union
from mianyue.worktime.day_kinds import is_make_up_workday, is_public_holiday
from mianyue.worktime.days import DAY, first_and_last, from_to, local
from mianyue.worktime.shift import ShiftRule, shift_instants


class Layer(IntEnum):
    """Who says what is worked on a date; the higher one counts."""

    GROUP = 0
    PERSON = 1
    ROSTER = 2


@dataclass(frozen=True, slots=True)
class Assignment:
    """``rule`` applies from ``first`` to ``last`` (both included; None is open); None is rest.

    Where several cover a date, the higher ``layer`` counts, then the later ``since``: the day from which it was said, which is
    ``first`` unless this is only a later part of what was said (a shift has versions). With a ``cycle`` (轮班) it is the cycle's rule
    of the date that applies, the cycle's first on ``anchor``.
    """

    rule: ShiftRule | None
    first: date
    last: date | None
    layer: Layer = Layer.PERSON
    cycle: tuple[ShiftRule | None, ...] = ()
    anchor: date = date(2024, 1, 1)
    since: date | None = None

    @property
    def precedence(self) -> tuple[Layer, date]:
        """The greater one counts."""
        return self.layer, self.since or self.first

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def rule_on(self, day: date) -> ShiftRule | None:
        """What it asks for on a date it covers."""
        return self.cycle[(day - self.anchor).days % len(self.cycle)] if self.cycle else self.rule


def shift_on(assignments: Sequence[Assignment], day: date, country: str) -> ShiftRule | None:
    """The shift that begins on ``day``, None on a day of rest. ``assignments`` in any order."""
    return next((_begins(assignment, day, country) for assignment in in_force(assignments, day, day)), None)


def attendance(
    window: Interval,
    zone: ZoneInfo,
    country: str,
    assignments: Sequence[Assignment],
    overtime: Iterable[Interval],
    hired: date | None,
    last_day: date | None,
) -> list[Interval]:
    """When somebody is at work within ``window``: shifts less breaks plus approved overtime, between hire and last day.

    Public holidays are not taken out here (they are a reason of their own); make-up workdays of ``country`` are put in.
    """
    during = employed(window, zone, hired, last_day)
    if during is None:
        return []
    first, last = first_and_last(window, zone)
    # A night shift of the day before reaches in.
    spans: Sequence[Interval] = _working_time(in_force(assignments, first - DAY, last), first - DAY, last, zone, country)
    extra = list(overtime)
    return cut(union([*spans, *extra]) if extra else spans, during)


def shifts(assignments: Sequence[Assignment], first: date, last: date, country: str) -> list[tuple[ShiftRule, date]]:
    """The shifts that begin on the local dates from ``first`` to ``last``, each with its date."""
    applying = in_force(assignments, first, last)
    days = ((assignment, day) for assignment in applying for day in from_to(assignment.first, assignment.last or last))
    found = ((_begins(assignment, day, country), day) for assignment, day in days)
    return [(rule, day) for rule, day in found if rule]


def due(assignments: Sequence[Assignment], first: date, last: date, country: str) -> list[tuple[ShiftRule, date]]:
    """The shifts that must be worked: ``shifts`` less those of the week that fall on a public holiday or bridge day off.

    A roster and a rotation name the dates themselves, holidays too.
    """
    applying = in_force(assignments, first, last)
    found = []
    for assignment in applying:
        named = assignment.layer == Layer.ROSTER or bool(assignment.cycle)
        for day in from_to(assignment.first, assignment.last or last):
            rule = _begins(assignment, day, country)
            if rule and (named or not is_public_holiday(day, country)):
                found.append((rule, day))
    return found


def employed(window: Interval, zone: ZoneInfo, hired: date | None, last_day: date | None) -> Interval | None:
    """The part of ``window`` from the day of hire to the last day, both included."""
    start = window.start if hired is None else max(window.start, local(hired, time(0), zone).astimezone(UTC))
    end = window.end if last_day is None else min(window.end, local(last_day + DAY, time(0), zone).astimezone(UTC))
    return Interval(start, end) if start < end else None


def cut(spans: Iterable[Interval], window: Interval) -> list[Interval]:
    """The parts of sorted spans that lie in ``window``. Most do as a whole."""
    parts = (span if window.contains(span) else span.clipped(window) for span in spans)
    return [part for part in parts if part]


def in_force(assignments: Sequence[Assignment], first: date, last: date) -> tuple[Assignment, ...]:
    """What counts on the dates from ``first`` to ``last``: disjoint, by date, cut to these dates, so that people with different
    histories but the same shifts now share what is kept of them."""
    touching = [a for a in assignments if a.first <= last and (a.last is None or max(first, a.first) <= a.last)]
    if len(touching) == 1:
        only = touching[0]
        return (_between(only, max(only.first, first), last if only.last is None else min(only.last, last)),)
    counting: list[Assignment | None] = [None] * ((last - first).days + 1)
    for a in sorted(touching, key=attrgetter("precedence")):
        begin = max((a.first - first).days, 0)
        end = len(counting) if a.last is None else min((a.last - first).days + 1, len(counting))
        counting[begin:end] = [a] * (end - begin)
    found, at = [], 0
    for assignment, run in groupby(counting):
        days = sum(1 for _ in run)
        if assignment:
            found.append(_between(assignment, first + timedelta(at), first + timedelta(at + days - 1)))
        at += days
    return tuple(found)


def _between(a: Assignment, first: date, last: date) -> Assignment:
    return Assignment(a.rule, first, last, a.layer, a.cycle, a.anchor)


def _begins(assignment: Assignment, day: date, country: str) -> ShiftRule | None:
    rule = assignment.rule_on(day)
    return rule if rule and rule.begins_on(day, is_make_up_workday(day, country)) else None


@lru_cache(maxsize=512)
def _working_time(applying: tuple[Assignment, ...], first: date, last: date, zone: ZoneInfo, country: str) -> tuple[Interval, ...]:
    """The working time of all shifts that begin on these dates, sorted and disjoint."""
    worked = shifts(applying, first, last, country)
    return tuple(union(span for rule, day in worked for span in shift_instants(rule, day, zone)))
