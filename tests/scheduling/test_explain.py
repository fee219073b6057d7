"""Who and what stood in the way, in numbers that a recruiter can act on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mianyue.base.interval import Interval
from mianyue.scheduling.explain import excluded, explain
from mianyue.scheduling.facts import Blocked, Excluded, Need, Person, Room, Why
from mianyue.scheduling.search import Field, space

DAY = datetime(2026, 12, 2, tzinfo=ZoneInfo("Asia/Shanghai"))


def span(start: float, end: float) -> Interval:
    return Interval(DAY + timedelta(hours=start), DAY + timedelta(hours=end))


def off(why: Why, start: float, end: float) -> tuple[Blocked, ...]:
    return (Blocked(span(start, end), why),)


NEED = Need("N", 60, (("E001",),), span(8, 12), "Asia/Shanghai", step=60)
"""Four starts are thinkable: 08:00, 09:00, 10:00 and 11:00."""
FREE = Person("E001", (span(8, 12),))
ROOM = Room("R01", 4)
HERE = replace(NEED, site="hq", walk={"lab": 15})
EQUIPPED = replace(NEED, rooms=("R01",), equipment=frozenset({"screen"}))


def facts(need: Need, *known: Person | Room) -> list[tuple[str, str, int]]:
    people = {one.key: one for one in known if isinstance(one, Person)}
    rooms = {one.key: one for one in known if isinstance(one, Room)}
    return [(str(fact.why), fact.who, fact.starts) for fact in explain(need, people, rooms)]


@pytest.mark.parametrize(
    ("need", "known", "expected"),
    [
        (NEED, (FREE,), []),
        (NEED, (replace(FREE, blocked=off(Why.LEAVE, 0, 24)),), [("leave", "E001", 4)]),
        (NEED, (Person("E001", (span(9, 12),), off(Why.LEAVE, 0, 10)),), [("leave", "E001", 1), ("not_at_work", "E001", 1)]),
        (NEED, (replace(FREE, blocked=off(Why.CALENDAR_UNKNOWN, 0, 24)),), [("calendar_unknown", "E001", 4)]),
        (NEED, (replace(FREE, blocked=off(Why.CALENDAR, 8.5, 9.5) + off(Why.PROMISED, 8.5, 9)),), [("calendar", "E001", 2), ("promised", "E001", 1)]),
        (NEED, (), [("unknown_person", "E001", 4)]),
        (replace(NEED, seats=(("E001", "E099"),)), (FREE,), [("unknown_person", "E099", 4)]),
        (replace(NEED, seats=(("E001", "E099"),)), (), [("seat_not_filled", "E001|E099", 4), ("unknown_person", "E001", 4), ("unknown_person", "E099", 4)]),
        (replace(NEED, rooms=()), (FREE,), [("no_room_at_site", "", 4)]),
        (replace(NEED, rooms=("R01",)), (FREE, Room("R01", 1)), [("no_room_free", "", 4), ("room_too_small", "R01", 4)]),
        (replace(NEED, rooms=("R01", "R09")), (FREE, ROOM), [("unknown_room", "R09", 4)]),
        (replace(NEED, rooms=("R01",)), (FREE, replace(ROOM, blocked=off(Why.ROOM_BOOKED, 9, 10))), [("no_room_free", "", 1), ("room_booked", "R01", 1)]),
        (replace(NEED, blocked=off(Why.CANDIDATE_BUSY, 9, 10)), (FREE,), [("candidate_busy", "", 1)]),
        (replace(NEED, avoid=(span(9, 10),)), (FREE,), [("already_offered", "", 1)]),
        (replace(NEED, day=(600, 1260)), (FREE,), [("outside_candidate_day", "", 2)]),
        (replace(NEED, minutes=300), (FREE,), [("window_too_short", "", 0)]),
        (replace(NEED, windows=(span(9, 11.5),)), (FREE,), [("outside_stated_windows", "", 2)]),
        (replace(NEED, windows=()), (FREE,), [("outside_stated_windows", "", 4)]),
        (replace(NEED, windows=(span(11, 12),), day=(600, 1260)), (FREE,), [("outside_candidate_day", "", 2), ("outside_stated_windows", "", 1)]),
        (replace(NEED, blocked=off(Why.BLACKOUT, 10, 24)), (FREE,), [("blackout", "", 2)]),
        (NEED, (replace(FREE, blocked=off(Why.REST, 0, 9.5)),), [("rest", "E001", 2)]),
        (replace(NEED, buffer=(15, 0)), (replace(FREE, blocked=off(Why.CALENDAR, 8, 9)),), [("calendar", "E001", 2)]),
        (HERE, (replace(FREE, blocked=off(Why.CALENDAR, 8, 9), site="lab"),), [("calendar", "E001", 1), ("on_the_way", "E001", 1)]),
        (HERE, (replace(FREE, blocked=off(Why.CALENDAR, 8, 9), site="hq"),), [("calendar", "E001", 1)]),
        (NEED, (replace(FREE, engaged=((span(15, 16),),), day_cap=1),), [("day_full", "E001", 4)]),
        (NEED, (replace(FREE, engaged=((span(15, 16),),), day_cap=2, week_cap=1),), [("week_full", "E001", 4)]),
        (EQUIPPED, (FREE, ROOM), [("no_room_free", "", 4), ("room_lacks_equipment", "R01", 4)]),
        (EQUIPPED, (FREE, replace(ROOM, capacity=1)), [("no_room_free", "", 4), ("room_lacks_equipment", "R01", 4), ("room_too_small", "R01", 4)]),
    ],
    ids=[
        "nothing", "leave", "leave beside shift", "calendar that does not answer", "two reasons", "unknown person", "one of a pool unknown",
        "pool unknown", "site without rooms", "room too small", "unknown room", "room booked", "candidate busy", "refused before", "candidate's day",
        "window", "stated times", "no time at all", "stated times of the day", "blackout", "rest after a night", "buffer after a meeting", "on the way", "nowhere to go", "day full",
        "week full", "room lacks something", "room too small too",
    ],
)  # fmt: skip
def test_every_fact_is_counted(need: Need, known: tuple[Person | Room, ...], expected: list[tuple[str, str, int]]) -> None:
    assert facts(need, *known) == expected


def test_a_panel_that_is_only_free_one_by_one_is_named() -> None:
    need = replace(NEED, seats=(("E001",), ("E002",)))
    assert facts(need, Person("E001", (span(8, 10),)), Person("E002", (span(10, 12),))) == [
        ("panel_not_together", "", 4),
        ("not_at_work", "E001", 2),
        ("not_at_work", "E002", 2),
    ]


def test_the_candidate_s_own_rules_are_not_laid_at_others_doors() -> None:
    need = replace(NEED, blocked=off(Why.CANDIDATE_BUSY, 8, 10))
    assert facts(need, replace(FREE, blocked=off(Why.LEAVE, 0, 24))) == [("candidate_busy", "", 2), ("leave", "E001", 2)]


def test_the_example_is_the_first_start_that_was_lost() -> None:
    assert explain(NEED, {"E001": replace(FREE, blocked=off(Why.CALENDAR, 9.5, 10.5))}, {}) == (
        Excluded(Why.CALENDAR, "E001", 2, span(9, 10)),
    )


def test_what_blocks_a_room_that_would_not_do_anyway_is_not_told() -> None:
    rooms = {"R01": replace(ROOM, capacity=1, blocked=off(Why.ROOM_BOOKED, 9, 10)), "R02": Room("R02", 2)}
    need = replace(NEED, rooms=("R01", "R02"))
    field = Field.over(need.window, [FREE], rooms.values())
    assert excluded(space(need, field, rooms), field, rooms) == (Excluded(Why.ROOM_TOO_SMALL, "R01", 4, span(8, 9)),)
