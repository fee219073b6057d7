"""Trying every set: the product's options are as good, and worse ones are noticed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from benchmarks.scheduling import brute_force
from benchmarks.scheduling.questions import Question
from mianyue.base.interval import Interval
from mianyue.scheduling.best.acceptance import DEFAULT
from mianyue.scheduling.best.rank import recommend
from mianyue.scheduling.best.weights import ACCEPT, DAY_LATER
from mianyue.scheduling.facts import Need, Option, Person, Recommendation, Room

MONDAY = datetime(2027, 3, 1, tzinfo=UTC)


def test_the_product_is_as_good_as_the_best_set() -> None:
    assert brute_force.differing(60) == 0


def test_a_choice_that_is_not_the_best_is_noticed() -> None:
    def one_short(need: Need, people: dict[str, Person], rooms: dict[str, Room]) -> Recommendation:
        found = recommend(need, people, rooms)
        return replace(found, options=found.options[1:])

    assert brute_force.differing(60, one_short) > 20


def test_a_single_option_is_worth_what_the_formula_says() -> None:
    asked = Question(
        Need("n", 60, (("a",),), Interval(MONDAY, MONDAY + timedelta(days=7)), "UTC"),
        {"a": Person("a", (), shift_minutes=2400)},
        {},
    )
    start = MONDAY + timedelta(days=2, hours=10)
    free = DEFAULT.days[2] / 1000 * sum(habit.share * habit.halves[0] for habit in DEFAULT.habits) / 1000**2
    expected = ACCEPT * free * DEFAULT.suits / 1000 - 2 * DAY_LATER
    assert brute_force.worth([Option(Interval(start, start + timedelta(hours=1)), ("a",), None)], asked) == pytest.approx(expected)


def test_a_second_day_is_worth_more_than_a_second_hour() -> None:
    asked = Question(
        Need("n", 60, (("a",),), Interval(MONDAY, MONDAY + timedelta(days=7)), "UTC"),
        {"a": Person("a", (), shift_minutes=2400)},
        {},
    )

    def worth(*starts: datetime) -> float:
        return brute_force.worth([Option(Interval(start, start + timedelta(hours=1)), ("a",), None) for start in starts], asked)

    tuesday = MONDAY + timedelta(days=1, hours=9)
    same_half, same_day, other_day = (
        worth(tuesday, tuesday + more) for more in (timedelta(hours=1), timedelta(hours=5), timedelta(days=1))
    )
    assert worth(tuesday) < same_half < same_day < other_day
