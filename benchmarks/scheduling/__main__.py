"""``python -m benchmarks.scheduling``: the figures of scheduling in one run on one machine, so that the ratios mean something."""

from __future__ import annotations

import argparse
import json
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.harness import machine, print_table, show
from benchmarks.scheduling import campaign, workloads
from benchmarks.scheduling.options import Options
from benchmarks.scheduling.sections import SECTIONS, measured
from mianyue.base import zones

PEERS = ("portion", "intervaltree", "ortools", "highspy")


def main() -> None:
    """Prints every section's table; a full run writes them to results/scheduling_SECTION.json as well."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scheduling", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small, in about a minute; writes no results")
    parser.add_argument("--kit", type=Path, help="a folder with workloads and truths made elsewhere, used besides our own")
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=list(SECTIONS), help="these sections")
    asked = parser.parse_args()
    options = Options(asked.quick, asked.kit and asked.kit.resolve())
    zones.use("packaged")
    here = taken_on()
    print(json.dumps(here, ensure_ascii=False))
    for name in asked.only:
        rows = measured(name, options)
        if options.quick:
            print_table(name, rows)
        else:
            show(f"scheduling_{name}", rows, here)


def taken_on() -> dict[str, object]:
    """The machine, the release of the zone data, the seeds, the versions of peers and solvers."""
    seeds = {"ordinary": workloads.ORDINARY_SEED, "nasty": workloads.NASTY_SEED, "campaign": campaign.SEEDS}
    return machine(zone_data=zones.release(), seeds=seeds, versions={name: _version(name) for name in PEERS})


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


if __name__ == "__main__":
    main()
