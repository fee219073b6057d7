"""``mianyue punches`` and ``mianyue timesheet``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from mianyue.entrypoints.cli.machine import Machine
from mianyue.entrypoints.cli.printing import emit, foreseen_errors, json_option, progress_bar, show_problems


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing.")
@json_option
@click.pass_obj
@foreseen_errors
def punches(machine: Machine, file: Path, dry_run: bool, as_json: bool) -> int:
    """Bring in the FILE of a time clock, CSV or XLSX: employee_id, time, and if there are any device and time_zone.

    Importing again changes nothing. What is wrong in the file is listed row by row.
    """
    machine.start()
    from mianyue.domain.security.actor import Actor
    from mianyue.workflows.attendance.punch import bring_punches

    with progress_bar("punches", 1) as step:
        brought = bring_punches(file, Actor("program", "cli"), machine.now(), dry_run=dry_run, progress=step)
    if as_json:
        counts = {"read": brought.read, "added": brought.added, "known": brought.known}
        emit({"dry_run": dry_run, **counts, "problems": [problem.as_dict() for problem in brought.problems]})
        return 0
    show_problems(brought.problems)
    nothing = " (dry run: nothing was written)" if dry_run else ""
    click.echo(f"{brought.read} rows read, {brought.added} punches added, {brought.known} known before{nothing}.")
    return 0


def _month(context: click.Context, parameter: click.Parameter, value: str) -> date:
    try:
        return date.fromisoformat(f"{value}-01")
    except ValueError:
        raise click.BadParameter("a month is written as 2026-11") from None


@click.command()
@click.argument("month", callback=_month)
@click.option("--csv", "csv_file", type=click.Path(path_type=Path, dir_okay=False), help="Write the table there.")
@click.option("--department", metavar="NAME", help="Only the people of this department.")
@json_option
@click.pass_obj
@foreseen_errors
def timesheet(machine: Machine, month: date, csv_file: Path | None, department: str | None, as_json: bool) -> int:
    """Add up everybody's MONTH, such as 2026-11: minutes planned, worked, late, absent, on leave and overtime, and days by what was found."""
    machine.start()
    from mianyue.workflows.attendance import timesheet as sheets

    months = sheets.month_of(sheets.people(department), month, machine.now())
    if csv_file:
        csv_file.write_text(sheets.as_csv(months), encoding="utf-8-sig", newline="")  # the mark tells Excel that it is UTF-8
    told: list[dict[str, Any]] = [
        {
            "employee_id": one.employee.code,
            "department": one.employee.department,
            "month": f"{one.month:%Y-%m}",
            "signed_off_at": one.signed and one.signed.closed_at,
            "totals": dict(one.totals),
        }
        for one in months
    ]
    if as_json:
        emit(told)
        return 0
    for one in told:
        totals = one["totals"]
        shown = "  ".join(f"{name} {_hours(totals[name])}" for name in ("planned", "worked", "on_leave", "absent", "overtime"))
        late = f"  late {totals['days_late']}×" if totals["days_late"] else ""
        click.echo(f"{one['employee_id']:12} {shown}{late}{'' if one['signed_off_at'] else '  not signed off'}")
    click.echo(f"{len(told)} people{f'; written to {csv_file}' if csv_file else ''}.")
    return 0


def _hours(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"
