"""Working hours in every week of 2027 with a clock change, in every zone that has one, whatever zone the server is set to.

The truth asks each UTC minute what the wall clock shows (``reference``); the product turns wall-clock shifts into instants. Both read
the same zone data, whose release is printed, for laws change. Run as a module it prints the counts of one process as JSON.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from benchmarks.harness import Row
from benchmarks.scheduling.options import Options
from benchmarks.scheduling.reference import working_minutes
from benchmarks.scheduling.workloads import EVERY_DAY
from mianyue.base.interval import Interval
from mianyue.base.zones import use
from mianyue.worktime.attendance import Assignment, attendance
from mianyue.worktime.shift import ShiftRule

YEAR = 2027
SERVER_ZONES = ("UTC", "Asia/Shanghai", "America/Los_Angeles")
SHIFTS = (("09:00", "17:00"), ("13:00", "18:00"), ("14:30", "22:00"), ("00:00", "08:00"))
AREAS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
_MINUTE = timedelta(minutes=1)


def run(options: Options) -> list[Row]:
    """A row per zone of the server: zone-weeks that are wrong, beside a usual mistake in the same weeks."""
    rows = []
    for server in SERVER_ZONES:
        counted = _in_another_process(server, options)
        what = f"wrong of {counted['weeks']:,} zone-weeks of {YEAR}, server in {server}"
        rows.append(Row(what, counted["wrong"], counted["mistaken"], "zone-weeks", "hours added to local midnight", "(target 0)"))
        if "kit_weeks" in counted:
            what = f"wrong of {counted['kit_weeks']:,} zone-weeks of the kit, server in {server}"
            rows.append(Row(what, counted["kit_wrong"], None, "zone-weeks", "–", "(target 0)"))
    return rows


def product_hours(zone: str, first: str, last: str, window: Interval) -> list[Interval]:
    """When the product has somebody at work who works from ``first`` to ``last`` on the wall clock every day."""
    rule = ShiftRule.between(time.fromisoformat(first), time.fromisoformat(last), None, None, frozenset(range(1, 8)))
    return attendance(window, ZoneInfo(zone), "", [Assignment(rule, date(YEAR - 2, 1, 1), None)], (), None, None)


def mistaken_hours(zone: str, first: str, last: str, window: Interval) -> Iterator[Interval]:
    """The usual mistake: so many hours after local midnight."""
    begin, end = (timedelta(hours=at.hour, minutes=at.minute) for at in map(time.fromisoformat, (first, last)))
    for n in range(-1, 9):
        midnight = datetime.combine(window.start.date() + timedelta(days=n), time(), ZoneInfo(zone)).astimezone(UTC)
        if span := Interval(midnight + begin, midnight + end).clipped(window):
            yield span


def weeks_with_a_change(zones: Iterable[str]) -> Iterator[tuple[str, Interval]]:
    """Each zone and the seven UTC days around each of its changes, three of them before."""
    for zone in zones:
        there = ZoneInfo(zone)
        offsets = [(datetime(YEAR, 1, 1, tzinfo=UTC) + timedelta(days=n)).astimezone(there).utcoffset() for n in range(366)]
        for n, (before, after) in enumerate(pairwise(offsets)):
            if before != after:
                day = datetime(YEAR, 1, 1, tzinfo=UTC) + timedelta(days=n)
                yield zone, Interval(day - timedelta(days=3), day + timedelta(days=4))


def zones() -> list[str]:
    """Every zone that is named after an area and a city."""
    return sorted(name for name in available_timezones() if name.partition("/")[0] in AREAS)


def count(every: int = 1) -> dict[str, int]:
    """How many zone-weeks there are and how many are wrong; ``every``: only each so many-th zone."""
    weeks = wrong = mistaken = 0
    for zone, week in weeks_with_a_change(zones()[::every]):
        for first, last in SHIFTS:
            segment = [int(part) for at in (first, last) for part in at.split(":")]
            truth = working_minutes(zone, [segment], EVERY_DAY, week.start.date(), 7)
            weeks += 1
            wrong += _minutes(product_hours(zone, first, last, week), week) != truth
            mistaken += _minutes(mistaken_hours(zone, first, last, week), week) != truth
    return {"weeks": weeks, "wrong": wrong, "mistaken": mistaken}


def count_of_kit(kit: Path) -> dict[str, int]:
    """The same against the truth of a kit's ``dst_weeks``, which was computed elsewhere."""
    sys.path.insert(0, str(kit))
    truth = importlib.import_module("dst_weeks")

    def ours(zone: str, first: str, last: str, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        return [(span.start, span.end) for span in product_hours(zone, first, last, Interval(start, end))]

    compared = truth.compare(ours)
    return {"kit_weeks": compared.total, "kit_wrong": compared.wrong_total}


def _minutes(spans: Iterable[Interval], week: Interval) -> list[bool]:
    work = [False] * (week.length // _MINUTE)
    for span in spans:
        for minute in range((span.start - week.start) // _MINUTE, (span.end - week.start) // _MINUTE):
            work[minute] = True
    return work


def _in_another_process(server: str, options: Options) -> dict[str, int]:
    asked = ["--every", "8" if options.quick else "1", *(["--kit", str(options.kit)] if options.kit else [])]
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.scheduling.clock_changes", *asked],
        env={**os.environ, "TZ": server},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    counted: dict[str, int] = json.loads(told.stdout)
    return counted


def main() -> None:
    """Prints the counts of this process."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--kit", type=Path)
    asked = parser.parse_args()
    use("packaged")
    print(json.dumps(count(asked.every) | (count_of_kit(asked.kit) if asked.kit else {})))


if __name__ == "__main__":
    main()
