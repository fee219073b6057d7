"""``mianyue import``."""

from __future__ import annotations

from pathlib import Path

import click

from mianyue.entrypoints.cli.machine import Machine
from mianyue.entrypoints.cli.printing import emit, foreseen_errors, json_option, progress_bar, show_problems
from mianyue.entrypoints.cli.sending import send_without_worker, tell_waiting


@click.command("import")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing.")
@json_option
@click.pass_obj
@foreseen_errors
def import_(machine: Machine, folder: Path, dry_run: bool, as_json: bool) -> int:
    """Bring in a company folder (docs/company-folder.md): people, attendance, calendars, rooms, jobs, applications, résumés.

    Importing again changes nothing; importing a changed folder updates. What is wrong in the files is listed row by row.
    """
    machine.start()
    from mianyue.domain.security.actor import Actor
    from mianyue.workflows.bring_in import bring_in

    files = sum(1 for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else None
    with progress_bar("import", files) as step:
        brought = bring_in(folder, Actor("program", "cli"), machine.now(), dry_run=dry_run, progress=step)
    if not dry_run:
        _read_without_worker(machine)
    waiting = send_without_worker(machine) if brought.replanned else None
    if as_json:
        emit(
            {
                "dry_run": dry_run,
                "changes": brought.changes,
                "tables": brought.tables,
                "problems": [problem.as_dict() for problem in brought.problems],
                "replanned": [one.as_dict() for one in brought.replanned],
            }
        )
        return 0
    for table, counts in brought.tables.items():
        done = ", ".join(f"{number} {what}" for what, number in counts.items() if number and what != "read")
        click.echo(f"{table:18} {counts['read']:5} read   {done}")
    show_problems(brought.problems)
    click.echo(
        f"\n{brought.changes} changes, {len(brought.problems)} problems{' (dry run: nothing was written)' if dry_run else ''}."
    )
    for one in brought.replanned:
        click.echo(f"{one.interview.application.code}: a promised time no longer held: {one.done}")
    tell_waiting(waiting)
    return 0


def _read_without_worker(machine: Machine) -> None:
    """Reads scans and matches what came, unless a worker is there to do it."""
    if machine.worker_alive():
        return
    from mianyue.workflows.matching import match_waiting
    from mianyue.workflows.read_scan import read_waiting

    with progress_bar("read") as step:
        read_waiting(machine.now(), step)
        match_waiting(machine.now())
