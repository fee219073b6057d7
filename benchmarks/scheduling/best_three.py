"""The three best options over time, panel and room: equal to brute force on small questions, then how fast on an ordinary one."""

from __future__ import annotations

import json

from benchmarks.harness import Row, Timing, timed
from benchmarks.scheduling import brute_force
from benchmarks.scheduling.options import Options
from benchmarks.scheduling.questions import question
from benchmarks.scheduling.slots import forget
from benchmarks.scheduling.workloads import ordinary
from mianyue.scheduling.best.rank import answer, best_of, recommend
from mianyue.scheduling.search import Field, space


def run(options: Options) -> list[Row]:
    """All 120 panels of three out of ten, 8,064 starts, 50 rooms. No time is reported unless brute force agrees."""
    cases = options.times(1000, 100)
    wrong = brute_force.differing(cases)
    checked = Row(f"worse than the best of {cases:,} small questions", wrong, None, "questions", "brute force", "(target 0)")
    if wrong:
        return [checked]
    workload = json.loads((options.kit / "w1.json").read_text("utf-8")) if options.kit else ordinary()
    query = {"groups": [{"people": list(range(10)), "need": 3}], "room": True, "seats": 0}
    asked = question(workload, query)
    field = Field.over(asked.need.window, asked.people.values(), asked.rooms.values(), asked.need.margin)
    found = space(asked.need, field, asked.rooms)

    def raw() -> None:
        forget()
        fresh = question(workload, query)
        recommend(fresh.need, fresh.people, fresh.rooms)

    def reading() -> None:
        forget()
        question(workload, query)

    def kept() -> None:
        best_of(space(asked.need, field, asked.rooms), field, asked.people, asked.rooms)

    chosen = best_of(found, field, asked.people, asked.rooms)
    if len(chosen) != 3:
        raise AssertionError("three times were to be found")

    def told() -> None:
        answer(found, field, chosen, asked.people, asked.rooms)

    floor = timed(reading, options.times(30, 10), cpu=True)
    what = f"best of 120 panels × {field.grid.count:,} starts × {len(asked.rooms)} rooms"
    return [
        checked,
        _row(f"{what}, raw, CPU", timed(raw, options.times(30, 10), cpu=True), floor, "(target ≤ 20)"),
        _row(f"{what}, kept, CPU", timed(kept, options.times(300, 30), cpu=True), floor, "(target ≤ 1)"),
        _row("its reasons, and what excluded other starts, CPU", timed(told, options.times(100, 20), cpu=True), floor),
    ]


def _row(what: str, ours: Timing, floor: Timing, target: str = "") -> Row:
    return Row(what, ours.median, floor.median, "ms", "reading the rows alone", target, ours.least, ours.p95)
