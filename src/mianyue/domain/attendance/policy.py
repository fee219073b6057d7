"""When somebody is at work: shifts become instants here, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval, subtract, union
from mianyue.domain.attendance.day_kinds import is_make_up_workday, is_public_holiday, is_working_day

NIGHT = time(0), time(5)
"""The hours of a local date that make a shift a night shift. Every definition of night time includes them (Directive 2003/88/EC,
Art. 2(3): "in any case the period between midnight and 5.00"), and an early shift from 5:00 is none."""


_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ShiftRule:
    """A shift in wall-clock times; ``end`` not after ``start`` lies on the next day, and so does a break before ``start``."""

    start: time
    end: time
    break_start: time | None
    break_end: time | None
    weekdays: frozenset[int]

    def begins_on(self, day: date, make_up: bool) -> bool:
        """Whether the shift is worked from ``day`` on; a make-up workday adds it for whoever works on any of Monday to Friday."""
        return day.isoweekday() in self.weekdays or (make_up and not self.weekdays.isdisjoint(range(1, 6)))


@dataclass(frozen=True, slots=True)
class Assignment:
    """``rule`` applies from ``first`` to ``last`` (both included; None is open)."""

    rule: ShiftRule
    first: date
    last: date | None

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


def local(day: date, at: time, zone: ZoneInfo) -> datetime:
    """That wall-clock time as an instant. In the gap of a clock change it is the instant the clock jumps over (PEP 495, fold 0)."""
    return datetime.combine(day, at, zone)


def whole_day(day: date, zone: ZoneInfo) -> Interval:
    """From local midnight to local midnight; 23 or 25 hours in a clock change."""
    return Interval(local(day, time(0), zone), local(day + timedelta(days=1), time(0), zone))


def shift_span(rule: ShiftRule, day: date, zone: ZoneInfo) -> Interval | None:
    """The shift that begins on ``day``, break included. None where a clock change swallows it whole."""
    end_day = day + timedelta(days=1) if rule.end <= rule.start else day
    start, end = local(day, rule.start, zone), local(end_day, rule.end, zone)
    return Interval(start, end) if start.astimezone(UTC) < end.astimezone(UTC) else None


def shift_instants(rule: ShiftRule, day: date, zone: ZoneInfo) -> list[Interval]:
    """The working time of the shift that begins on ``day``: shift less break."""
    next_day = day + timedelta(days=1)
    work = shift_span(rule, day, zone)
    if work is None:
        return []
    if rule.break_start is None or rule.break_end is None:
        return [work]
    pause_day = next_day if rule.break_start < rule.start else day
    pause_end_day = pause_day + timedelta(days=1) if rule.break_end <= rule.break_start else pause_day
    pause = local(pause_day, rule.break_start, zone), local(pause_end_day, rule.break_end, zone)
    return subtract([work], [Interval(*pause)] if pause[0].astimezone(UTC) < pause[1].astimezone(UTC) else [])


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
    Where two assignments apply to a day, the one that begins later counts.
    """
    employed = _employed(window, zone, hired, last_day)
    if employed is None:
        return []
    first, last = _first_and_last(window, zone)
    # A night shift of the day before reaches in.
    spans: Sequence[Interval] = _working_time(_in_force(assignments, first - _DAY, last), first - _DAY, last, zone, country)
    extra = list(overtime)
    return _cut(union([*spans, *extra]) if extra else spans, employed)


def rest_after_nights(
    window: Interval,
    zone: ZoneInfo,
    country: str,
    assignments: Sequence[Assignment],
    hired: date | None,
    last_day: date | None,
    rest: timedelta,
) -> list[Interval]:
    """The rest within ``window``: for ``rest`` of elapsed time after each shift of which any part, breaks included, lies in the NIGHT.

    It counts from the planned end of the shift. Approved overtime neither shortens nor causes it, leave during the night doesn't lift
    it: a rest too many hides a time, a rest too few wakes somebody up. No ``rest``, no spans.
    """
    if rest <= timedelta(0):
        return []
    first, last = _first_and_last(Interval(window.start - rest, window.end), zone)
    spans = []
    for shift in _touching_the_night(_in_force(assignments, first - _DAY, last), first - _DAY, last, zone, country):
        # Of a shift across the day of hire or the last day, only the part as an employee is worked.
        worked = _employed(shift, zone, hired, last_day)
        if worked and _in_the_night(worked, zone):
            spans.append(Interval(worked.end, worked.end + rest))
    return _cut(union(spans), window)


def _in_force(assignments: Sequence[Assignment], first: date, last: date) -> tuple[Assignment, ...]:
    """What applies on the dates from ``first`` to ``last``, the first that covers a date counting, cut to these dates: people with
    different histories but the same shifts now share what is kept of them."""
    by_first = sorted(assignments, key=lambda a: a.first, reverse=True)
    cut = (Assignment(a.rule, max(a.first, first), last if a.last is None else min(a.last, last)) for a in by_first)
    return tuple(a for a in cut if a.first <= a.last)


@lru_cache(maxsize=512)
def _working_time(in_force: tuple[Assignment, ...], first: date, last: date, zone: ZoneInfo, country: str) -> tuple[Interval, ...]:
    """The working time of all shifts that begin on these dates, sorted and disjoint."""
    worked = _shifts(in_force, first, last, country)
    return tuple(union(span for rule, day in worked for span in shift_instants(rule, day, zone)))


@lru_cache(maxsize=512)
def _touching_the_night(
    in_force: tuple[Assignment, ...], first: date, last: date, zone: ZoneInfo, country: str
) -> tuple[Interval, ...]:
    """The shifts that begin on these dates, breaks included, of which some part lies in the NIGHT."""
    shifts = (shift_span(rule, day, zone) for rule, day in _shifts(in_force, first, last, country))
    return tuple(shift for shift in shifts if shift and _in_the_night(shift, zone))


def _in_the_night(span: Interval, zone: ZoneInfo) -> bool:
    return any(span.overlaps(night) for night in _nights(span, zone))


def _cut(spans: Iterable[Interval], window: Interval) -> list[Interval]:
    """The parts of sorted spans that lie in ``window``. Most do as a whole."""
    parts = (span if window.contains(span) else span.clipped(window) for span in spans)
    return [part for part in parts if part]


def _nights(span: Interval, zone: ZoneInfo) -> list[Interval]:
    """The night hours of every local date that ``span`` touches."""
    bounds = [(local(day, NIGHT[0], zone), local(day, NIGHT[1], zone)) for day in _dates(span, zone)]
    return [Interval(start, end) for start, end in bounds if start.astimezone(UTC) < end.astimezone(UTC)]


def _shifts(in_force: Sequence[Assignment], first: date, last: date, country: str) -> list[tuple[ShiftRule, date]]:
    """The shifts that begin on the local dates from ``first`` to ``last``, each with its date."""
    found = []
    for day in _from_to(first, last):
        assignment = next((a for a in in_force if a.covers(day)), None)
        if assignment and assignment.rule.begins_on(day, is_make_up_workday(day, country)):
            found.append((assignment.rule, day))
    return found


def _employed(window: Interval, zone: ZoneInfo, hired: date | None, last_day: date | None) -> Interval | None:
    """The part of ``window`` from the day of hire to the last day, both included."""
    start = window.start if hired is None else max(window.start, local(hired, time(0), zone).astimezone(UTC))
    end = window.end if last_day is None else min(window.end, local(last_day + timedelta(days=1), time(0), zone).astimezone(UTC))
    return Interval(start, end) if start < end else None


def public_holidays(window: Interval, zones: Iterable[ZoneInfo], country: str) -> list[Interval]:
    """The public holidays within ``window`` as spans of instants, by the date in each of ``zones``."""
    return union(day for zone in zones for day in _holidays(*_first_and_last(window, zone), zone, country))


@lru_cache(maxsize=512)
def _holidays(first: date, last: date, zone: ZoneInfo, country: str) -> tuple[Interval, ...]:
    return tuple(whole_day(day, zone) for day in _from_to(first, last) if is_public_holiday(day, country))


def days_off(window: Interval, zone: ZoneInfo, working_week: list[int], country: str) -> list[Interval]:
    """The days within ``window``, by the date in ``zone``, on which the company does not work."""
    return union(whole_day(day, zone) for day in _dates(window, zone) if not is_working_day(day, working_week, country))


def on_dates(window: Interval, zone: ZoneInfo, dates: Iterable[date]) -> list[Interval]:
    """The given dates within ``window``, each from midnight to midnight in ``zone``."""
    wanted = set(dates)
    return union(whole_day(day, zone) for day in _dates(window, zone) if day in wanted)


def _dates(window: Interval, zone: ZoneInfo) -> list[date]:
    return _from_to(*_first_and_last(window, zone))


def _from_to(first: date, last: date) -> list[date]:
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]


def _first_and_last(window: Interval, zone: ZoneInfo) -> tuple[date, date]:
    """The local dates of its first instant and of its end."""
    return window.start.astimezone(zone).date(), window.end.astimezone(zone).date()
