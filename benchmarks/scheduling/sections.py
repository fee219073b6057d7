"""The parts of the benchmark, each run in a process of its own: databases, server zones and solvers that can't share one don't meet."""

from __future__ import annotations

import importlib
import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from benchmarks.harness import Row
from benchmarks.scheduling.options import Options
from mianyue.base import zones

SECTIONS = {
    "slots": "benchmarks.scheduling.slots",
    "best_three": "benchmarks.scheduling.best_three",
    "clock_changes": "benchmarks.scheduling.clock_changes",
    "claims": "benchmarks.scheduling.claims",
    "over_http": "benchmarks.scheduling.over_http",
    "batches": "benchmarks.scheduling.batches",
    "campaign": "benchmarks.scheduling.campaign",
}
"""Name and module; a module has ``run(options) -> list[Row]``."""


def measured(name: str, options: Options) -> list[Row]:
    """The rows of a section."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as another:
        return another.submit(_run, SECTIONS[name], options).result()


def _run(module: str, options: Options) -> list[Row]:
    zones.use("packaged")  # the zone data of an installation that says nothing else
    rows: list[Row] = importlib.import_module(module).run(options)
    return rows
