"""Seats and pools against trying every choice."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from mianyue.scheduling.panel import cheapest, fillable

pools = st.lists(st.lists(st.sampled_from("ABCDE"), min_size=1, max_size=4, unique=True), min_size=1, max_size=4)


def choices(seats: list[list[str]], free: set[str]) -> list[tuple[str, ...]]:
    return [team for team in product(*seats) if len(set(team)) == len(seats) and free >= set(team)]


@given(pools, st.fixed_dictionaries({key: st.integers(0, 255) for key in "ABCD"}))
def test_a_panel_can_sit_exactly_when_some_choice_of_different_people_is_free(seats: list[list[str]], free: dict[str, int]) -> None:
    found = fillable(seats, free)
    expected = [bool(choices(seats, {key for key in free if free[key] >> cell & 1})) for cell in range(8)]
    assert [bool(found >> cell & 1) for cell in range(8)] == expected


@given(pools, st.dictionaries(st.sampled_from("ABCDE"), st.integers(0, 9)))
def test_the_panel_taken_is_a_cheapest_one(seats: list[list[str]], cost: dict[str, int]) -> None:
    possible = choices(seats, set(cost))
    team = cheapest(seats, cost)
    assert (team in possible) if possible else team is None
    if team is not None:
        assert sum(cost[key] for key in team) == min(sum(cost[key] for key in other) for other in possible)


def test_overlapping_pools_are_filled_by_different_people() -> None:
    seats = [["E001", "E002"], ["E002", "E003"]]
    assert cheapest(seats, {"E001": 5, "E002": 0, "E003": 9}) == ("E001", "E002")
    assert cheapest(seats, {"E002": 0}) is None


def test_of_equals_the_first_mentioned_sits() -> None:
    assert cheapest([["E003", "E001"]], {"E001": 0, "E003": 0}) == ("E003",)
