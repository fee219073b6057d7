"""Rest after night shifts: whoever worked at night is not asked to interview the next morning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval, union
from mianyue.worktime.attendance import Assignment, cut, employed, in_force, shifts
from mianyue.worktime.days import DAY, dates, first_and_last, local
from mianyue.worktime.shift import shift_span

NIGHT = time(0), time(5)
"""The hours of a local date that make a shift a night shift. Every definition of night time includes them (Directive 2003/88/EC,
Art. 2(3): "in any case the period between midnight and 5.00"), and an early shift from 5:00 is none."""


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
    first, last = first_and_last(Interval(window.start - rest, window.end), zone)
    spans = []
    for shift in _touching_the_night(in_force(assignments, first - DAY, last), first - DAY, last, zone, country):
        # Of a shift across the day of hire or the last day, only the part as an employee is worked.
        worked = employed(shift, zone, hired, last_day)
        if worked and _in_the_night(worked, zone):
            spans.append(Interval(worked.end, worked.end + rest))
    return cut(union(spans), window)


@lru_cache(maxsize=512)
def _touching_the_night(
    applying: tuple[Assignment, ...], first: date, last: date, zone: ZoneInfo, country: str
) -> tuple[Interval, ...]:
    """The shifts that begin on these dates, breaks included, of which some part lies in the NIGHT."""
    spans = (shift_span(rule, day, zone) for rule, day in shifts(applying, first, last, country))
    return tuple(shift for shift in spans if shift and _in_the_night(shift, zone))


def _in_the_night(span: Interval, zone: ZoneInfo) -> bool:
    bounds = ((local(day, NIGHT[0], zone), local(day, NIGHT[1], zone)) for day in dates(span, zone))
    nights = (Interval(start, end) for start, end in bounds if start.astimezone(UTC) < end.astimezone(UTC))
    return any(span.overlaps(night) for night in nights)
