"""How many interviews somebody gives in each of their days and weeks, and how many more their caps allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from mianyue.scheduling.days import days
from mianyue.scheduling.facts import Person
from mianyue.scheduling.timeline import Grid


class Period(NamedTuple):
    """Starts in the cells of ``mask`` count against one cap, and ``left`` more are allowed."""

    mask: int
    left: int


def periods(grid: Grid, person: Person) -> tuple[Period, ...]:
    """The local dates and ISO weeks on the grid in which a cap of the person applies.

    Raises ``zoneinfo.ZoneInfoNotFoundError`` if there is a cap and the zone does not exist.
    """
    if person.day_cap is None and person.week_cap is None:
        return ()
    zone = ZoneInfo(person.zone)
    by_date, by_week = counted(person)
    return tuple(
        Period(mask, max(0, cap - engaged[first]))
        for cap, engaged, length in ((person.day_cap, by_date, 1), (person.week_cap, by_week, 7))
        if cap is not None
        for first in _firsts(grid, zone, length)
        if (span := days(first, length, zone)) and (mask := grid.touched([span]))
    )


def counted(person: Person) -> tuple[Counter[date], Counter[date]]:
    """How many interviews the person is engaged for, by local date and by the Monday of the ISO week.

    An interview that holds several times counts once on each of their dates and once in each of their weeks.
    """
    zone = ZoneInfo(person.zone)
    by_date: Counter[date] = Counter()
    by_week: Counter[date] = Counter()
    for times in person.engaged:
        dates = {time.start.astimezone(zone).date() for time in times}
        by_date.update(dates)
        by_week.update({monday(day) for day in dates})
    return by_date, by_week


def monday(day: date) -> date:
    """The first day of the ISO week."""
    return day - timedelta(days=day.weekday())


def _firsts(grid: Grid, zone: ZoneInfo, length: int) -> Iterator[date]:
    """The first dates of all periods of ``length`` days that the grid touches; weeks begin on Monday (ISO 8601)."""
    day = grid.at(0).astimezone(zone).date()
    last = grid.at(grid.count).astimezone(zone).date()
    if length == 7:
        day = monday(day)
    while day <= last:
        yield day
        day += timedelta(days=length)
