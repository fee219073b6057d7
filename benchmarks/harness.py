"""What every benchmark shares: a throw-away installation, repetition, and a table with the ratio to the floor."""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

TODAY = date(2026, 11, 30)
RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: ours and the floor in the same unit; ``ratio`` is ours against the floor.

    ``ours`` is a median where ``least`` and ``p95`` stand beside it.
    """

    what: str
    ours: float
    floor: float | None
    unit: str
    floor_is: str
    target: str = ""
    least: float | None = None
    p95: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.ours / self.floor if self.floor else None


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of many repetitions after a warm-up."""

    median: float
    least: float
    p95: float

    @classmethod
    def of(cls, taken: list[float]) -> Timing:
        """The summary of durations in milliseconds; at least one."""
        ordered = sorted(taken)
        return cls(statistics.median(ordered), ordered[0], ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))])


@contextmanager
def throw_away_installation() -> Iterator[Path]:
    """Django on a fresh embedded database in a temporary home; durable, as in production."""
    home = Path(tempfile.mkdtemp(prefix="mianyue-bench-"))
    home.chmod(0o711)
    os.environ.update(MIANYUE_HOME=str(home), MIANYUE_DEMO="1", MIANYUE_CLOCK=f"{TODAY}T08:00:00+08:00", MIANYUE_LOG_LEVEL="ERROR")
    from mianyue.config import bootstrap

    server = bootstrap.start()
    try:
        yield home
    finally:
        from django.db import connections

        connections.close_all()
        if server:
            server.stop()
            server.release()
            shutil.rmtree(server.data, ignore_errors=True)
        shutil.rmtree(home, ignore_errors=True)


def median_ms(call: Callable[[], object], times: int = 30, cpu: bool = False) -> float:
    """The median duration in milliseconds after one warm-up; ``cpu`` counts processor time only."""
    return timed(call, times, cpu).median


def timed(call: Callable[[], object], times: int = 30, cpu: bool = False) -> Timing:
    """How long a call takes after one warm-up; ``cpu`` counts processor time only."""
    clock = time.process_time if cpu else time.perf_counter
    call()
    taken = []
    for _ in range(times):
        start = clock()
        call()
        taken.append((clock() - start) * 1000)
    return Timing.of(taken)


def machine(**more: object) -> dict[str, object]:
    """What the figures were taken on; ``more`` is what else decides them: seeds, versions, the release of the zone data."""
    here = {"python": platform.python_version(), "cores": os.cpu_count(), "load": os.getloadavg()[0], "machine": platform.machine()}
    return {**here, **more}


def show(name: str, rows: list[Row], taken_on: dict[str, object] | None = None) -> None:
    """Prints the table and writes it to results/NAME.json, with the machine as it was at the start or is now."""
    print_table(name, rows)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(
        json.dumps({"machine": taken_on or machine(), "rows": [asdict(row) for row in rows]}, indent=1), "utf-8"
    )


def print_table(name: str, rows: list[Row]) -> None:
    """Prints the table only."""
    print(f"\n{name}")
    print(f"  {'what':58} {'ours':>10} {'floor':>10} {'ratio':>7}  unit")
    for row in rows:
        floor = f"{row.floor:10.2f}" if row.floor is not None else f"{'–':>10}"
        ratio = f"{row.ratio:7.3g}" if row.ratio is not None else f"{'–':>7}"
        print(f"  {row.what:58} {row.ours:10.2f} {floor} {ratio}  {row.unit}; floor: {row.floor_is} {row.target}{_spread(row)}")


def _spread(row: Row) -> str:
    return f" (min {row.least:.2f}, p95 {row.p95:.2f})" if row.least is not None and row.p95 is not None else ""
