"""From the rows of a workload to the facts of the product, by the product's own reading of working hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from benchmarks.scheduling.workloads import MONDAY_TO_FRIDAY, Query, Resource, Workload
from mianyue.base.interval import Interval, subtract, union
from mianyue.scheduling.facts import Blocked, Need, Person, Room, Why
from mianyue.scheduling.search import valid_starts
from mianyue.worktime.attendance import Assignment, attendance
from mianyue.worktime.shift import ShiftRule

_EVER = date(2000, 1, 1)
_Hours = tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A workload and its query in the product's words."""

    need: Need
    people: dict[str, Person]
    rooms: dict[str, Room]


def question(workload: Workload, query: Query, zone: str = "Asia/Shanghai") -> Question:
    """The facts. Equal working hours, such as those of all rooms, are worked out once per question.

    ``zone`` is the candidate's: an interview lies within one date there. A room's working hours become what blocks it outside.
    """
    window = _window(workload)
    hours: dict[tuple[object, ...], _Hours] = {}
    people = {}
    for number, one in enumerate(workload["people"]):
        work = _working_hours(one, window, hours)
        people[f"p{number}"] = Person(f"p{number}", work, _busy(one, Why.CALENDAR), zone=one["tz"])
    seats = tuple(tuple(f"p{n}" for n in group["people"]) for group in query["groups"] for _ in range(group["need"]))
    # The query counts seats as the caller likes, the product counts the panel and the candidate: shifted, both ask the same.
    spare = len(seats) + 1 - query["seats"]
    rooms = {}
    closed: dict[_Hours, tuple[Blocked, ...]] = {}
    for number, one in enumerate(workload["rooms"] if query["room"] else ()):
        work = _working_hours(one, window, hours)
        if work not in closed:
            closed[work] = tuple(Blocked(span, Why.EXCLUDED) for span in subtract([window], work))
        rooms[f"r{number}"] = Room(f"r{number}", one["cap"] + spare, closed[work] + _busy(one, Why.ROOM_BOOKED))
    need = Need(
        key="query",
        minutes=workload["dur"],
        seats=seats,
        window=window,
        zone=zone,
        day=(0, 1440),
        rooms=tuple(rooms) if query["room"] else None,
        step=workload["grid"],
    )
    return Question(need, people, rooms)


def starts_of(workload: Workload, query: Query, zones: Sequence[str] = ("Asia/Shanghai",)) -> list[int]:
    """The product's valid starts in milliseconds, for a candidate in any one of ``zones``."""
    found: set[datetime] = set()
    for zone in zones:
        asked = question(workload, query, zone)
        found.update(valid_starts(asked.need, asked.people, asked.rooms))
    return [int(start.timestamp()) * 1000 for start in sorted(found)]


def _window(workload: Workload) -> Interval:
    start = _at(workload["start"])
    return Interval(start, start + timedelta(days=workload["days"]))


def _at(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _busy(one: Resource, why: Why) -> tuple[Blocked, ...]:
    return tuple(Blocked(Interval(_at(begin), _at(end)), why) for begin, end in one["busy"] if begin < end)


def _working_hours(one: Resource, window: Interval, known: dict[tuple[object, ...], _Hours]) -> _Hours:
    weekdays = one.get("weekdays", MONDAY_TO_FRIDAY)
    name = (one["tz"], *map(tuple, one["wh"]), *weekdays)
    if name not in known:
        days = frozenset(day + 1 for day in weekdays)
        spans = [
            span
            for segment in one["wh"]
            for span in attendance(window, ZoneInfo(one["tz"]), "", [Assignment(_rule(segment, days), _EVER, None)], (), None, None)
        ]
        known[name] = tuple(union(spans))
    return known[name]


def _rule(segment: Sequence[int], weekdays: frozenset[int]) -> ShiftRule:
    return ShiftRule.between(time(*segment[:2]), time(*segment[2:]), None, None, weekdays)
