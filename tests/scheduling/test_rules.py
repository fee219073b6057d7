"""All rules together against a model that looks at every minute: shifts and nights, buffers, walks, caps, stated times, rooms, shadows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import product
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from mianyue.base.interval import Interval
from mianyue.scheduling.explain import excluded
from mianyue.scheduling.facts import Blocked, Need, Person, Room, Why
from mianyue.scheduling.search import own_space, shadow_for, valid_starts
from mianyue.scheduling.timeline import cells

MINUTE = timedelta(minutes=1)
DATES = {
    "Asia/Shanghai": date(2026, 12, 5),
    "Asia/Kathmandu": date(2026, 12, 6),
    "Europe/Vienna": date(2026, 10, 24),  # clocks go back on the 25th
    "America/New_York": date(2027, 3, 13),  # clocks go forward on the 14th
    "Africa/Cairo": date(2027, 4, 29),  # clocks go forward on the 30th, at midnight
    "Australia/Lord_Howe": date(2027, 4, 3),  # back by half an hour on the 4th
}
ZONES = sorted(DATES)
PEOPLE, ROOMS, SITES = "ABCD", "RS", ("", "hq", "lab", "plant")

Question = tuple[Need, dict[str, Person], dict[str, Room]]


def local(zone: str, day: date, minutes: int) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)) + minutes * MINUTE


def question(number: int) -> Question:
    """Two days around a clock change; events begin and end on any minute, buffers and walks are multiples of a cell."""
    dice = Random(number)
    zone = dice.choice(ZONES)
    first = DATES[zone]
    window = Interval(local(zone, first, dice.randint(0, 600)), local(zone, first, dice.randint(1500, 2880)))

    def fives(most: int) -> int:
        return 5 * dice.randint(0, most // 5)

    def span(least: int, most: int) -> Interval:
        start = window.start + dice.randint(-400, 2700) * MINUTE
        return Interval(start, start + dice.randint(least, most) * MINUTE)

    def blocked(most: int, count: int) -> tuple[Blocked, ...]:
        whys = [Why.LEAVE, Why.CALENDAR, Why.REST, Why.BLACKOUT]
        return tuple(Blocked(span(1, most), dice.choice(whys), dice.choice(SITES)) for _ in range(dice.randint(0, count)))

    def shift(person_zone: str) -> Interval:
        day, start = first + dice.randint(-1, 2) * timedelta(days=1), dice.randint(0, 287) * 5
        return Interval(local(person_zone, day, start), local(person_zone, day, start + dice.randint(240, 1200)))

    def person(key: str) -> Person:
        zone = dice.choice(ZONES)
        return Person(
            key,
            tuple(shift(zone) for _ in range(dice.randint(2, 4))),
            blocked(200, 4),
            engaged=tuple(tuple(span(15, 90) for _ in range(dice.randint(1, 3))) for _ in range(dice.randint(0, 4))),
            day_cap=dice.choice([None, None, None, None, 0, 1, 2]),
            week_cap=dice.choice([None, None, None, 2, 3, 4]),
            zone=zone,
            site=dice.choice(SITES),
        )

    def equipment() -> frozenset[str]:
        return frozenset(dice.sample(["screen", "board"], dice.choice([0, 1, 1, 2])))

    need = Need(
        "N",
        dice.choice([15, 30, 45, 60, 90]),
        tuple(tuple(dice.sample("ABCABCX", dice.randint(1, 4))) for _ in range(dice.choice([1, 1, 1, 2, 3]))),
        window,
        zone,
        day=dice.choice([(480, 1260), (0, 1440), (90, 600)]),
        rooms=dice.choice([None, ("R", "S"), ("R", "S"), ("R", "Z")]),
        blocked=blocked(300, 2),
        step=dice.choice([5, 15, 30, 60]),
        avoid=(span(30, 60),) if dice.random() < 0.5 else (),
        windows=tuple(span(100, 1500) for _ in range(dice.randint(1, 4))) if dice.random() < 0.5 else None,
        buffer=(fives(30), fives(30)) if dice.random() < 0.5 else (0, 0),
        site=dice.choice(SITES),
        walk={site: fives(60) for site in SITES[1:] if dice.random() < 0.6},
        equipment=equipment() if dice.random() < 0.5 else frozenset(),
        shadows=tuple(dice.sample("CDX", dice.randint(0, 2))),
    )
    rooms = {key: Room(key, dice.randint(2, 5), blocked(700, 3), equipment=equipment()) for key in ROOMS}
    return need, {key: person(key) for key in PEOPLE}, rooms


questions = st.integers(0, 2**40).map(question)


def minutes_of(spans: Iterable[Interval]) -> set[datetime]:
    """The beginnings of all minutes that the spans touch."""
    found = set()
    for span in spans:
        minute = span.start.replace(second=0, microsecond=0)
        while minute < span.end:
            found.add(minute)
            minute += MINUTE
    return found


def from_to(start: datetime, end: datetime) -> set[datetime]:
    return minutes_of([Interval(start, end)])


def may_sit(person: Person, need: Need) -> Callable[[datetime], bool]:
    """The rules about one interviewer, minute by minute."""
    at_work, zone = minutes_of(person.attendance), ZoneInfo(person.zone)
    busy = minutes_of(one.interval for one in person.blocked)
    away: dict[str, set[datetime]] = {}
    for one in person.blocked:
        away.setdefault(one.site or person.site, set()).update(minutes_of([one.interval]))

    def allowed(start: datetime) -> bool:
        end = start + need.minutes * MINUTE
        before, after = need.buffer[0] * MINUTE, need.buffer[1] * MINUTE
        if not from_to(start, end) <= at_work or from_to(start - before, end + after) & busy:
            return False
        for site, elsewhere in away.items():
            if site and need.site and site != need.site and site in need.walk:
                walk = need.walk[site] * MINUTE
                if from_to(start - before - walk, end + after + walk) & elsewhere:
                    return False
        day = start.astimezone(zone).date()
        interviews = [{time.start.astimezone(zone).date() for time in times} for times in person.engaged]
        dates = [one for days in interviews for one in days]
        if person.day_cap is not None and dates.count(day) >= person.day_cap:
            return False
        weeks = [week for days in interviews for week in {one.isocalendar()[:2] for one in days}]
        return person.week_cap is None or weeks.count(day.isocalendar()[:2]) < person.week_cap

    return allowed


def slow(question: Question) -> Iterator[tuple[datetime, set[str], list[str]]]:
    """Every start that suits the candidate, with the people who may sit in and the rooms that fit, by looking at every minute."""
    need, people, rooms = question
    zone = ZoneInfo(need.zone)
    allowed = {key: may_sit(person, need) for key, person in people.items()}
    ruled_out = minutes_of(one.interval for one in need.ruled_out)
    stated = None if need.windows is None else minutes_of(need.windows)
    taken = {key: minutes_of(one.interval for one in room.blocked) for key, room in rooms.items()}
    start = datetime.combine(need.window.start.date(), time(), need.window.start.tzinfo)
    while start < need.window.end:
        end = start + need.minutes * MINUTE
        minutes, day = from_to(start, end), start.astimezone(zone).date()
        opens, closes = (local(need.zone, day, part).astimezone(start.tzinfo) for part in need.day)
        suits = need.window.start <= start and end <= need.window.end and opens <= start and end <= closes
        if suits and not minutes & ruled_out and (stated is None or minutes <= stated):
            near = [key for key in need.rooms or () if key in rooms and fits(rooms[key], need) and not minutes & taken[key]]
            yield start, {key for key in people if allowed[key](start)}, near
        start += need.step * MINUTE


def fits(room: Room, need: Need) -> bool:
    return room.capacity > len(need.seats) and room.equipment >= need.equipment


def possible(need: Need, free: set[str], near: list[str]) -> bool:
    """Every choice of people tried."""
    together = any(len(set(team)) == len(team) and free >= set(team) for team in product(*need.seats))
    return together and (need.rooms is None or bool(near))


def check(question: Question) -> None:
    need, people, rooms = question
    found, field = own_space(need, people, rooms)
    expected = list(slow(question))

    def at(mask: int) -> list[datetime]:
        return [field.grid.at(cell) for cell in cells(mask)]

    assert at(found.open) == [start for start, _, _ in expected]
    assert at(found.starts) == [start for start, free, near in expected if possible(need, free, near)]
    for key, mask in [*found.people.items(), *found.shadows.items()]:
        assert at(mask) == [start for start, free, _ in expected if key in free]
    for key, mask in found.rooms.items():
        assert at(mask) == [start for start, _, near in expected if key in near]
    for start, free, near in expected:
        cell = (start - field.grid.origin) // (5 * MINUTE)
        for room in [rooms[key] for key in near] or [None]:
            spare = room is None or room.capacity > len(need.seats) + 1
            learning = [key for key in need.shadows if key in free and key != "C" and spare]
            assert shadow_for(found, cell, room, ["C"]) == (learning[0] if learning else None)


WITHOUT_LIMIT = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@settings(max_examples=100, **WITHOUT_LIMIT)
@given(questions)
def test_all_rules_together_give_exactly_what_a_look_at_every_minute_gives(question: Question) -> None:
    check(question)


@pytest.mark.slow
@seed(20261123)
@settings(max_examples=1500, **WITHOUT_LIMIT)
@given(questions)
def test_all_rules_together_in_many_more_cases(question: Question) -> None:
    check(question)


@settings(max_examples=40, **WITHOUT_LIMIT)
@given(questions, st.integers(1, 100), st.tuples(st.integers(0, 40), st.integers(0, 40)), st.integers(0, 40))
def test_minutes_off_the_grid_never_give_a_false_start(
    question: Question, minutes: int, buffer: tuple[int, int], walk: int
) -> None:
    need, people, rooms = question
    need = replace(need, minutes=minutes, buffer=buffer, walk={**need.walk, "lab": walk})
    expected = {start for start, free, near in slow((need, people, rooms)) if possible(need, free, near)}
    assert set(valid_starts(need, people, rooms)) <= expected


@settings(max_examples=40, **WITHOUT_LIMIT)
@given(questions)
def test_whoever_is_alone_on_a_seat_and_loses_a_start_is_named_with_the_reason(question: Question) -> None:
    need, people, rooms = question
    need = replace(need, seats=(("A",),), rooms=None)
    found, field = own_space(need, people, rooms)
    facts = excluded(found, field, rooms)
    lost = (found.open & ~found.starts).bit_count()
    named = [fact for fact in facts if fact.who == "A"]
    assert (lost == 0) == (not named)
    assert sum(fact.starts for fact in named) >= lost >= max((fact.starts for fact in named), default=0)
