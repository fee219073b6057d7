"""The generators draw what they promise, and the product agrees with the slow truth on what they draw."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import islice

import pytest

from benchmarks.scheduling import peers, reference
from benchmarks.scheduling.questions import starts_of
from benchmarks.scheduling.slots import ANY_DAY, caches, differing, forget
from benchmarks.scheduling.workloads import everyone, nasty, ordinary


def test_a_seed_decides_everything() -> None:
    assert json.dumps(ordinary(3, 2, 7)) == json.dumps(ordinary(3, 2, 7)) != json.dumps(ordinary(3, 2, 7, seed=1))
    assert list(nasty(5)) == list(islice(nasty(50), 5))


def test_the_ordinary_company_has_the_shape_of_the_usual_workload() -> None:
    workload = ordinary()
    assert datetime.fromtimestamp(workload["start"] / 1000, UTC) == datetime(2027, 3, 1, tzinfo=UTC)
    assert (workload["days"], workload["dur"], workload["grid"]) == (28, 60, 5)
    assert (len(workload["people"]), len(workload["rooms"])) == (10, 50)
    assert {one["tz"] for one in workload["people"]} == {"Asia/Shanghai", "Asia/Singapore", "Europe/Berlin", "Europe/London"}
    for one in workload["people"] + workload["rooms"]:
        assert one["busy"] == sorted(one["busy"])
        assert all(begin <= end for begin, end in one["busy"])


def test_nasty_cases_hold_what_goes_wrong_and_many_have_an_answer() -> None:
    cases = list(nasty(20))
    people = [one for workload, _ in cases for one in workload["people"]]
    assert any(one["wh"][-1][2:] < one["wh"][0][:2] for one in people)
    assert any(begin % 300_000 for one in people for begin, _ in one["busy"])
    assert any(sum(group["need"] for group in query["groups"]) > len(workload["people"]) for workload, query in cases)
    assert sum(bool(reference.valid_starts(*case)) for case in cases) >= 8


def test_the_product_finds_the_same_starts() -> None:
    assert differing(nasty(15, seed=77), ANY_DAY) == 0


def test_a_rule_too_many_is_noticed() -> None:
    """Asked for a candidate in UTC only, interviews over midnight there are missing."""
    assert differing(nasty(10, seed=77), ("UTC",)) > 0


@pytest.mark.parametrize("name", ["portion", "intervaltree"])
def test_peers_agree(name: str) -> None:
    pytest.importorskip(name)
    workload, everybody = ordinary(5, 4, 7), [0, 2, 4]
    truth = reference.valid_starts(workload, {"groups": [everyone(everybody)], "room": True, "seats": 0})
    assert truth
    assert {"portion": peers.by_portion, "intervaltree": peers.by_intervaltree}[name](workload, everybody) == truth


def test_a_raw_question_begins_with_nothing_kept() -> None:
    workload = ordinary(2, 2, 3)
    starts_of(workload, {"groups": [everyone([0])], "room": True, "seats": 0})
    assert sum(cached.cache_info().currsize for cached in caches()) > 0
    forget()
    assert sum(cached.cache_info().currsize for cached in caches()) == 0
