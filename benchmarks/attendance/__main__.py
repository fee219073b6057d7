"""``python -m benchmarks.attendance``: the figures of attendance in one run on one machine, so that the ratios mean something."""

from __future__ import annotations

import argparse
import importlib
import subprocess
import sys

from benchmarks.harness import machine, print_table, show, throw_away_installation
from mianyue.base import zones

SECTIONS = {
    "timesheets": "benchmarks.attendance.timesheets",
    "free_time": "benchmarks.attendance.free_time",
}
"""Name and module; a module has ``run(quick) -> list[Row]``."""


def main() -> None:
    """Prints every section's table; a full run writes them to results/attendance_SECTION.json as well."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attendance", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="with a twentieth of the people; writes no results")
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=list(SECTIONS), help="these sections")
    asked = parser.parse_args()
    if len(asked.only) > 1:  # Django knows one database per process, and each section wants a fresh one
        for name in asked.only:
            command = [sys.executable, "-m", "benchmarks.attendance", "--only", name, *(["--quick"] if asked.quick else [])]
            subprocess.run(command, check=True)
        return
    (name,) = asked.only
    zones.use("packaged")
    here = machine(zone_data=zones.release())
    print(here)
    with throw_away_installation():
        rows = importlib.import_module(SECTIONS[name]).run(asked.quick)
    if asked.quick:
        print_table(name, rows)
    else:
        show(f"attendance_{name}", rows, here)


if __name__ == "__main__":
    main()
