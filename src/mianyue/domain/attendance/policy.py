"""When somebody is at work: shifts become instants here, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval, subtract, union
from mianyue.domain.attendance.day_kinds import is_make_up_workday, is_public_holiday, is_working_day


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


def shift_instants(rule: ShiftRule, day: date, zone: ZoneInfo) -> list[Interval]:
    """The working time of the shift that begins on ``day``: shift less break."""
    next_day = day + timedelta(days=1)
    start, end = local(day, rule.start, zone), local(next_day if rule.end <= rule.start else day, rule.end, zone)
    if start.astimezone(UTC) >= end.astimezone(UTC):
        return []
    work = Interval(start, end)
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
    first = window.start.astimezone(zone).date() - timedelta(days=1)  # a night shift of the day before reaches in
    last = window.end.astimezone(zone).date()
    by_first = sorted(assignments, key=lambda a: a.first, reverse=True)
    spans: list[Interval] = []
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        assignment = next((a for a in by_first if a.covers(day)), None)
        if assignment and assignment.rule.begins_on(day, is_make_up_workday(day, country)):
            spans += shift_instants(assignment.rule, day, zone)
    start = window.start if hired is None else max(window.start, local(hired, time(0), zone).astimezone(UTC))
    end = window.end if last_day is None else min(window.end, local(last_day + timedelta(days=1), time(0), zone).astimezone(UTC))
    if start >= end:
        return []
    return [clipped for span in union([*spans, *overtime]) if (clipped := span.clipped(Interval(start, end)))]


def public_holidays(window: Interval, zones: Iterable[ZoneInfo], country: str) -> list[Interval]:
    """The public holidays within ``window`` as spans of instants, by the date in each of ``zones``."""
    return union(whole_day(day, zone) for zone in zones for day in _dates(window, zone) if is_public_holiday(day, country))


def days_off(window: Interval, zone: ZoneInfo, working_week: list[int], country: str) -> list[Interval]:
    """The days within ``window``, by the date in ``zone``, on which the company does not work."""
    return union(whole_day(day, zone) for day in _dates(window, zone) if not is_working_day(day, working_week, country))


def _dates(window: Interval, zone: ZoneInfo) -> list[date]:
    first, last = window.start.astimezone(zone).date(), window.end.astimezone(zone).date()
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
