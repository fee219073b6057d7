"""A person's shifts as instants, each with the punches that belong to it: a night shift's morning punch is the night's, not the morning's."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval
from mianyue.worktime.attendance import Assignment, due, in_force
from mianyue.worktime.days import from_to, whole_day
from mianyue.worktime.shift import PunchRule, ShiftRule, shift_instants

_REACH = timedelta(days=2)
"""How far shifts of other dates reach: a segment ends before the second midnight after its date, and is punched some hours longer."""
LINGER = timedelta(hours=2)
"""How long after approved overtime a punch still belongs to it."""


@dataclass(frozen=True, slots=True)
class ShiftInstance:
    """The shift that begins on ``day``: its working time, sorted and disjoint, and the instants from ``opens`` (included) to
    ``closes`` (excluded) in which punches belong to it. No two instances of a person share such an instant."""

    day: date
    segments: tuple[Interval, ...]
    opens: datetime
    closes: datetime
    punching: PunchRule

    @property
    def start(self) -> datetime:
        return self.segments[0].start

    @property
    def end(self) -> datetime:
        return self.segments[-1].end


@dataclass(frozen=True, slots=True)
class RestDay:
    """A date without a shift: of rest, on a public holiday, or one whose clock change swallows the shift whole."""

    day: date
    during: Interval


def shift_instances(
    assignments: Sequence[Assignment],
    first: date,
    last: date,
    zone: ZoneInfo,
    country: str,
    hired: date | None = None,
    last_day: date | None = None,
) -> list[ShiftInstance]:
    """The shifts due on the dates from ``first`` to ``last`` of the employment (all included), in order.

    The shift of the last day is worked to its end, beyond midnight too. ``country``: whose public holidays and make-up workdays count.
    """
    begin, end = first - _REACH, last + _REACH
    begin, end = (max(begin, hired) if hired else begin), (min(end, last_day) if last_day else end)
    if begin > end:
        return []
    applying = in_force(assignments, begin, end)
    found = _instances(applying, tuple(_rules_of(applying)), begin, end, zone, country)
    return [instance for instance in found if first <= instance.day <= last]


def days_of(
    instances: Sequence[ShiftInstance], first: date, last: date, zone: ZoneInfo
) -> list[tuple[date, ShiftInstance | RestDay]]:
    """Each date from ``first`` to ``last`` with its shift, or as a day of rest."""
    shifts = {instance.day: instance for instance in instances}
    return [(day, shifts.get(day) or _rest(day, zone)) for day in from_to(first, last)]


class Belonging:
    """Says to which of a person's dates an instant belongs."""

    def __init__(self, instances: Sequence[ShiftInstance], zone: ZoneInfo, overtime: Iterable[Interval] = ()) -> None:
        """``instances`` in order. Approved ``overtime`` across midnight keeps its punches together."""
        self._instances = instances
        self._opens = [instance.opens for instance in instances]
        self._zone = zone
        self._nights: list[tuple[datetime, datetime, date]] = []
        for span in overtime:
            begun = self.day_of(span.start)
            if span.start.astimezone(zone).date() == begun != span.end.astimezone(zone).date():
                self._nights.append((span.start, span.end + LINGER, begun))

    def day_of(self, at: datetime) -> date:
        """The date of the shift in whose window the instant lies; of no shift: the date on which the overtime across midnight began
        that it falls into; else its local date."""
        place = bisect_right(self._opens, at) - 1
        if place >= 0 and at < self._instances[place].closes:
            return self._instances[place].day
        for start, end, day in self._nights:
            if start <= at < end:
                return day
        return at.astimezone(self._zone).date()


def _rules_of(applying: Sequence[Assignment]) -> Iterable[PunchRule | None]:
    for assignment in applying:
        for rule in assignment.cycle or (assignment.rule,):
            yield rule.punching if rule else None


@lru_cache(maxsize=512)
def _instances(
    applying: tuple[Assignment, ...],
    punching: tuple[PunchRule | None, ...],  # part of the key only: rules are equal whatever they say of punches
    first: date,
    last: date,
    zone: ZoneInfo,
    country: str,
) -> tuple[ShiftInstance, ...]:
    made = (_instance(rule, day, zone) for rule, day in due(applying, first, last, country))
    instances = sorted((one for one in made if one), key=lambda one: (one.start, one.end))
    for place in range(1, len(instances)):
        before, after = instances[place - 1], instances[place]
        if after.opens < before.closes:
            border = _border(before, after)
            instances[place - 1], instances[place] = replace(before, closes=border), replace(after, opens=border)
    return tuple(instances)


def _instance(rule: ShiftRule, day: date, zone: ZoneInfo) -> ShiftInstance | None:
    segments = tuple(shift_instants(rule, day, zone))
    if not segments:
        return None
    before, after = timedelta(minutes=rule.punching.before), timedelta(minutes=rule.punching.after)
    return ShiftInstance(day, segments, segments[0].start - before, segments[-1].end + after, rule.punching)


def _border(before: ShiftInstance, after: ShiftInstance) -> datetime:
    """Where the punches of one shift end and those of the next begin, if both would have them: in the middle between the shifts, so
    that each punch goes to the nearer one, as far as that one wants it at all."""
    middle = before.end + (after.start - before.end) / 2
    return min(max(middle, after.opens, before.opens), before.closes, after.closes)


@lru_cache(maxsize=4096)
def _rest(day: date, zone: ZoneInfo) -> RestDay:
    return RestDay(day, whole_day(day, zone))
