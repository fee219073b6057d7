"""A hiring drive: the checker notices what is wrong, and the product's plan is as good as any."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from benchmarks.scheduling.batches import solved
from benchmarks.scheduling.drives import DAY, Candidate, Drive, Interviewer, Placed, draw, greedy, objective


def test_a_drive_is_the_same_for_the_same_seed() -> None:
    assert draw(1, 20, 6, 2, 5) == draw(1, 20, 6, 2, 5) != draw(2, 20, 6, 2, 5)


EVERY = frozenset(range(2 * DAY))
DRIVE = Drive(
    2,
    (Interviewer(0, True, EVERY), Interviewer(0, False, EVERY), Interviewer(1, False, EVERY)),
    (EVERY,),
    (Candidate(0, 2, True, ((0, 14, 10),)), Candidate(0, 1, False, ((0, 14, 2),)), Candidate(1, 1, True, ((0, 14, 4),))),
)
PLAN = [Placed(0, 0, (0, 1), 0), Placed(1, 4, (1,), None), Placed(2, 4, (2,), 0)]


def test_the_checker_adds_up_what_a_plan_is_worth() -> None:
    assert objective(DRIVE, PLAN) == 130 + 106 + 112


@pytest.mark.parametrize(
    ("at", "change", "rule"),
    [
        (1, {"candidate": 0}, "a candidate is placed twice"),
        (1, {"start": 15}, "outside what the candidate named"),
        (0, {"panel": (0,)}, "not as many as asked"),
        (0, {"panel": (0, 2)}, "somebody of another family"),
        (1, {"room": 0}, "a room that is missing or not needed"),
        (2, {"room": None}, "a room that is missing or not needed"),
        (1, {"start": 3}, "promised twice"),
        (2, {"start": 3}, "promised twice"),
    ],
)
def test_the_checker_names_the_broken_rule(at: int, change: dict[str, object], rule: str) -> None:
    plan = [replace(one, **change) if index == at else one for index, one in enumerate(PLAN)]
    with pytest.raises(AssertionError, match=rule):
        objective(DRIVE, plan)


def best(drive: Drive) -> int:
    """The most that any plan is worth, by trying all."""
    choices: list[list[Placed | None]] = []
    for at, candidate in enumerate(drive.candidates):
        starts = [start for first, last, _ in candidate.windows for start in range(first, last + 1)]
        panels = product(range(len(drive.interviewers)), repeat=candidate.panel)
        rooms = range(len(drive.rooms)) if candidate.onsite else [None]
        choices.append([None, *(Placed(at, *one) for one in product(starts, panels, rooms))])
    most = 0
    for plan in product(*choices):
        try:
            most = max(most, objective(drive, [one for one in plan if one]))
        except AssertionError:
            continue
    return most


@pytest.mark.parametrize("seed", range(6))
def test_no_plan_of_a_small_drive_is_worth_more(seed: int) -> None:
    drawn = draw(seed, 3, 12, 1, 1)
    # Few starts, so that all can be tried; six families of two, so that panels are contended.
    narrow = [
        replace(one, family=0, windows=tuple((f, min(last, f + 2), w) for f, last, w in one.windows[:1]))
        for one in drawn.candidates
    ]
    few = [one for one in drawn.interviewers if one.family == 0]
    drive = replace(drawn, candidates=tuple(narrow), interviewers=tuple(few))
    plan, bound, most = solved(drive, 10, seed)
    assert objective(drive, plan) == bound == best(drive)
    assert len(plan) <= most


@pytest.mark.parametrize("seed", range(3))
def test_a_tight_drive_is_planned_to_the_proven_bound(seed: int) -> None:
    drive = draw(seed, 40, 12, 2, 5)
    plan, bound, most = solved(drive, 30, seed)
    assert objective(drive, plan) == bound > objective(drive, greedy(drive))
    assert len(plan) <= most <= len(drive.candidates)
