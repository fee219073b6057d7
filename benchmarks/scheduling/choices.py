"""Ways to choose three of the possible times: the product's, and what one would do by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval
from mianyue.scheduling.best.rank import recommend
from mianyue.scheduling.facts import Need, Option, Person, Room
from mianyue.scheduling.search import valid_starts

Choose = Callable[[Need, dict[str, Person], dict[str, Room]], list[Option]]


def best_three(need: Need, people: dict[str, Person], rooms: dict[str, Room]) -> list[Option]:
    """What the product recommends."""
    return list(recommend(need, people, rooms).options)


def first_three_free(need: Need, people: dict[str, Person], rooms: dict[str, Room]) -> list[Option]:
    """The first three times that don't overlap, whoever is free first in the list, whichever room."""
    return _first(need, people, rooms, lambda start, last: start >= last.interval.end)


def first_free_of_three_days(need: Need, people: dict[str, Person], rooms: dict[str, Room]) -> list[Option]:
    """The first time of each of the first three days that have one."""
    zone = ZoneInfo(need.zone)
    return _first(
        need, people, rooms, lambda start, last: start.astimezone(zone).date() > last.interval.start.astimezone(zone).date()
    )


def _first(
    need: Need, people: dict[str, Person], rooms: dict[str, Room], after: Callable[[datetime, Option], bool]
) -> list[Option]:
    found: list[Option] = []
    for start in valid_starts(need, people, rooms):
        if not found or after(start, found[-1]):
            span = Interval(start, start + timedelta(minutes=need.minutes))
            person = next(key for key in need.pool if _free(people[key], span))
            room = next(key for key, one in rooms.items() if not any(b.interval.overlaps(span) for b in one.blocked))
            found.append(Option(span, (person,), room))
            if len(found) == need.wanted:
                break
    return found


def _free(person: Person, span: Interval) -> bool:
    return any(work.contains(span) for work in person.attendance) and not any(b.interval.overlaps(span) for b in person.blocked)
