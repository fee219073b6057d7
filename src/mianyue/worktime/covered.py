"""The working time that a span covers: what leave costs, and where overtime can't be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval, union
from mianyue.worktime.attendance import Assignment, cut, due, employed, shifts
from mianyue.worktime.days import DAY, first_and_last, from_to
from mianyue.worktime.shift import shift_instants, shift_span

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Works:
    """What decides when somebody is to work: where they live, whose holidays they keep, their shifts and how long they are with us."""

    zone: ZoneInfo
    country: str
    assignments: Sequence[Assignment]
    hired: date | None = None
    last_day: date | None = None


def working_time(during: Interval, works: Works) -> list[Interval]:
    """The time within ``during`` that is to be worked: shifts without their breaks. A week's shift is not worked on a public holiday;
    one that a roster or rotation names is."""
    here = employed(during, works.zone, works.hired, works.last_day)
    if here is None:
        return []
    first, last = first_and_last(during, works.zone)
    named = due(works.assignments, first - DAY, last, works.country)
    return cut(union(span for rule, day in named for span in shift_instants(rule, day, works.zone)), here)


def minutes_of(spans: Iterable[Interval], step: int = 1) -> int:
    """How long these spans are together, in minutes, rounded up to the next multiple of ``step``."""
    length = sum((span.length for span in spans), timedelta())
    return -(-length // (step * MINUTE)) * step


def dates_of(during: Interval, works: Works) -> list[date]:
    """The dates whose work ``during`` touches: its own, and the date before where a night shift of that date reaches in."""
    first, last = first_and_last(during, works.zone)
    days = [day for day in from_to(first, last) if day == first or not _ends_at_midnight_of(day, during, works.zone)]
    reaching = (
        shift_span(rule, day, works.zone) for rule, day in shifts(works.assignments, first - DAY, first - DAY, works.country)
    )
    return [first - DAY, *days] if any(span and span.overlaps(during) for span in reaching) else days


def _ends_at_midnight_of(day: date, during: Interval, zone: ZoneInfo) -> bool:
    end = during.end.astimezone(zone)
    return end.date() == day and (end.hour, end.minute, end.second, end.microsecond) == (0, 0, 0, 0)
