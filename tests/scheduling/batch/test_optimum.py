"""The bound holds whatever happens to the solver; the search never loses what it was given."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mianyue.base.interval import Interval
from mianyue.scheduling.batch.board import Board, Openings, task
from mianyue.scheduling.batch.optimum import relaxed, solve
from mianyue.scheduling.batch.program import Program, Wish
from mianyue.scheduling.facts import Need, Person
from mianyue.scheduling.search import Field

NINE = datetime(2026, 11, 30, 9, tzinfo=UTC)
HOURS = 3


def program(needs: int) -> Program:
    """So many needs of an hour want the three hours of one person; the i-th is worth 100 + i."""
    window = Interval(NINE, NINE + timedelta(hours=HOURS))
    field = Field.over(window, [Person("E001", (window,))], [])
    asked = [Need(str(at), 60, (("E001",),), window, "UTC", wanted=1) for at in range(needs)]
    board = Board((task(index, need, field, {}) for index, need in enumerate(asked)), {})
    wishes = []
    for one in board.tasks:
        cells = list(one.moments)
        value, days = dict.fromkeys(cells, one.index), dict.fromkeys(cells, "Monday")
        wishes.append(Wish(one, Openings(one.space.starts, one.people, one.rooms), (100,), value, days))
    return Program(wishes, board.spacing, board.periods)


BEST = 3 * 100 + 9 + 8 + 7
"""Of ten, the three dearest."""


def test_the_best_is_found_and_proven() -> None:
    asked = program(10)
    solved = solve(asked, None, 20, 0, lambda progress: True)
    assert (solved.objective, solved.bound) == (BEST, BEST)
    assert solved.values is not None
    assert sorted(held.task for held in asked.options(solved.values)) == [7, 8, 9]


@pytest.mark.parametrize("seconds", [0.0, 1e-4, 20])
def test_the_bound_holds_however_soon_the_solver_stops(seconds: float) -> None:
    asked = program(10)
    assert relaxed(asked, asked.gain, seconds) >= BEST
    assert relaxed(asked, asked.counting(), seconds) >= HOURS


def test_the_bound_is_as_good_as_the_relaxation_where_it_may_finish() -> None:
    asked = program(10)
    assert (relaxed(asked, asked.gain, 20), relaxed(asked, asked.counting(), 20)) == (BEST, HOURS)


def test_a_search_without_time_keeps_the_plan_it_was_given() -> None:
    asked = program(10)
    given = solve(asked, None, 20, 0, lambda progress: True).values
    assert solve(asked, given, 0.0, 0, lambda progress: True).values == given
    assert solve(asked, None, 0.0, 0, lambda progress: True).objective <= BEST


def test_the_same_seed_takes_the_same_way() -> None:
    first, again = (solve(program(12), None, 20, 3, lambda progress: True).values for _ in range(2))
    assert first == again
