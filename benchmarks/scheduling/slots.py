"""Which starts are valid: the same as the slow reference everywhere, then how fast, beside interval libraries of PyPI."""

from __future__ import annotations

import functools
import hashlib
import importlib
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from benchmarks.harness import Row, Timing, timed
from benchmarks.scheduling import peers, reference
from benchmarks.scheduling.options import Options
from benchmarks.scheduling.questions import Question, question, starts_of
from benchmarks.scheduling.workloads import MINUTE_MS, Query, Workload, everyone, nasty, ordinary
from mianyue.base.interval import Interval
from mianyue.scheduling.facts import Blocked, Why
from mianyue.scheduling.search import Field, space
from mianyue.scheduling.timeline import cells

ANY_DAY = ("UTC", "Etc/GMT+12")
"""Days of these zones begin twelve hours apart: what no midnight cuts in two in one of them is valid for somebody."""
Case = tuple[Workload, Query]


def run(options: Options) -> list[Row]:
    """Correctness first: no time is reported for an answer that differs from the reference."""
    workload = ordinary()
    asked = ordinary_queries()
    wrong = differing(((workload, query) for query in asked.values()), ("Asia/Shanghai",))
    many = options.times(1000, 60)
    odd = differing(nasty(many), ANY_DAY)
    rows = [
        Row(
            f"wrong of {len(asked)} queries of the ordinary workload",
            wrong,
            None,
            "sets",
            "minute-by-minute reference",
            "(target 0)",
        ),
        Row(f"wrong of {many:,} random workloads", odd, None, "sets", "minute-by-minute reference", "(target 0)"),
    ]
    if options.kit:
        rows += _of_kit(options)
        workload = json.loads((options.kit / "w1.json").read_text("utf-8"))
    if any(row.ours for row in rows):
        return rows
    return rows + _speed(workload, list(range(10)), "W1" if options.kit else "ordinary", options)


def ordinary_queries() -> dict[str, Query]:
    """Three together, all ten together, and any one of ten; each with any room."""
    ten = list(range(10))
    return {
        "all3": {"groups": [everyone([0, 1, 2])], "room": True, "seats": 0},
        "all10": {"groups": [everyone(ten)], "room": True, "seats": 0},
        "pool10": {"groups": [{"people": ten, "need": 1}], "room": True, "seats": 0},
    }


def differing(cases: Iterable[Case], zones: Sequence[str]) -> int:
    """In how many cases the product's set of valid starts isn't the reference's."""
    return sum(starts_of(workload, query, zones) != reference.valid_starts(workload, query) for workload, query in cases)


def _of_kit(options: Options) -> list[Row]:
    sys.path.insert(0, str(options.kit))
    truth, makes = importlib.import_module("reference_search"), importlib.import_module("make_workload")
    workload = json.loads((options.kit / "w1.json").read_text("utf-8"))
    expected = json.loads((options.kit / "w1_expected.json").read_text("utf-8"))["queries"]
    wrong = sum(_sha1(starts_of(workload, one["query"])) != one["sha1"] for one in expected.values())
    many = options.times(1000, 60)
    odd = sum(starts_of(*case, ANY_DAY) != truth.valid_starts(*case) for case in makes.suite(many))
    return [
        Row(f"wrong of {len(expected)} SHA-1 of W1", wrong, None, "sets", "reference of the kit", "(target 0)"),
        Row(f"wrong of {many:,} cases of the kit's suite", odd, None, "sets", "reference of the kit", "(target 0)"),
    ]


def _sha1(starts: list[int]) -> str:
    return hashlib.sha1(",".join(map(str, starts)).encode(), usedforsecurity=False).hexdigest()


def _speed(workload: Workload, everybody: list[int], name: str, options: Options) -> list[Row]:
    query = {"groups": [everyone(everybody)], "room": True, "seats": 0}
    truth = reference.valid_starts(workload, query)
    times = options.times(30, 10)
    asked = question(workload, query)
    field = Field.over(asked.need.window, asked.people.values(), asked.rooms.values(), asked.need.margin)

    def kept() -> int:
        return space(asked.need, field, asked.rooms).starts

    def from_rows() -> None:
        forget()
        starts_of(workload, query)

    if [int(field.grid.at(cell).timestamp()) * 1000 for cell in cells(kept())] != truth:
        raise AssertionError("kept masks give another answer than the reference")
    raw = timed(from_rows, times, cpu=True)
    quick = timed(kept, 10 * times, cpu=True)
    changed = timed(lambda: _after_a_change(asked, field), times, cpu=True)
    rows = []
    for peer, search in peers.installed().items():
        if search is None:
            beside, floor_is = None, f"{peer} is not installed"
        elif search(workload, everybody) != truth:
            raise AssertionError(f"{peer} gives another answer than the reference")
        else:
            beside, floor_is = timed(functools.partial(search, workload, everybody), options.times(30, 3), cpu=True), f"{peer}, raw"
        rows.append(_row(f"{name}, all 10 + 50 rooms, raw, CPU", raw, beside, floor_is, "(target ≤ 15)"))
        rows.append(_row(f"{name}, all 10 + 50 rooms, starts kept, CPU", quick, beside, floor_is, "(target ≤ 0.1)"))
    rows.append(_row(f"{name}, one person's event changed, asked again, CPU", changed, raw, "ours, raw"))
    return rows


def _after_a_change(asked: Question, field: Field) -> int:
    """One event more: one row is drawn anew, the others are kept."""
    person = asked.people["p0"]
    start = asked.need.window.start
    more = Blocked(Interval(start, datetime.fromtimestamp(start.timestamp() + 30 * MINUTE_MS / 1000, UTC)), Why.CALENDAR)
    return space(asked.need, field.with_person(replace(person, blocked=(*person.blocked, more))), asked.rooms).starts


def _row(what: str, ours: Timing, floor: Timing | None, floor_is: str, target: str = "") -> Row:
    return Row(what, ours.median, floor and floor.median, "ms", floor_is, target, ours.least, ours.p95)


def forget() -> None:
    """Empties what the product keeps between questions, so that a raw question begins with nothing."""
    for cached in caches():
        cached.cache_clear()


def caches() -> Iterator[functools._lru_cache_wrapper[object]]:
    """Every function of scheduling and of working hours that keeps its answers."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("mianyue.scheduling.", "mianyue.worktime.")):
            yield from (one for one in vars(module).values() if isinstance(one, functools._lru_cache_wrapper))
