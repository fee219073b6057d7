"""Batches too large for one program: improved piece by piece, and the rules hold across the pieces."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.scheduling.batches import solved
from benchmarks.scheduling.drives import PER_WEEK, draw, greedy, objective
from mianyue.scheduling.batch import pieces


@pytest.fixture
def _only_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if everything were too large to be solved as a whole."""
    monkeypatch.setattr(pieces, "SMALL", 0)
    monkeypatch.setattr(pieces, "WHOLE", 0)
    monkeypatch.setattr(pieces, "PIECE", 400)


@pytest.mark.usefixtures("_only_pieces")
@pytest.mark.parametrize("seed", range(4))
def test_pieces_keep_every_rule_and_come_near_the_bound(seed: int) -> None:
    # The checker knows windows, caps per day and week, and everybody's calendar.
    drive = draw(seed, 60, 12, 3, 5)
    plan, bound, most = solved(drive, 20, seed)
    worth, floor = objective(drive, plan), objective(drive, greedy(drive))
    assert floor < worth <= bound
    assert (worth - floor) * 10 >= (bound - floor) * 6
    assert len(plan) <= most


@pytest.mark.usefixtures("_only_pieces")
@pytest.mark.parametrize("seed", range(3))
def test_pieces_keep_the_caps_that_all_of_them_share(seed: int) -> None:
    # One interviewer per family, and more to do than their weeks allow.
    drive = draw(seed, 110, 6, 8, 5)
    plan, bound, _ = solved(drive, 10, seed)
    assert objective(drive, plan) <= bound
    assert max(Counter(at for one in plan for at in one.panel).values()) == PER_WEEK


@pytest.mark.usefixtures("_only_pieces")
def test_pieces_stop_when_told_to() -> None:
    drive = draw(5, 60, 12, 3, 5)
    plan, _, _ = solved(drive, 0.0, 5)
    assert objective(drive, plan) == objective(drive, greedy(drive))
