"""``mianyue replan``."""

from __future__ import annotations

import click

from mianyue.entrypoints.cli.machine import Machine
from mianyue.entrypoints.cli.printing import emit, foreseen_errors, json_option
from mianyue.entrypoints.cli.sending import send_without_worker, tell_waiting


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would be done; change nothing, send nothing.")
@json_option
@click.pass_obj
@foreseen_errors
def replan(machine: Machine, dry_run: bool, as_json: bool) -> int:
    """Find promised times that no longer hold (illness, shifts, calendars, rooms) and mend them with the least disturbance."""
    machine.start()
    from mianyue.domain.security.actor import Actor
    from mianyue.workflows import replan as step

    replanned = step.replan(Actor("program", "cli"), machine.now(), dry_run=dry_run)
    waiting = send_without_worker(machine) if replanned and not dry_run else None
    rows = [one.as_dict() for one in replanned]
    if as_json:
        emit(rows)
        return 0
    for row in rows:
        click.echo(f"{row['application_id']:10} {row['done']}")
        for time in row["times"]:
            click.echo(f"   {time['start']}  {', '.join('{why} {who}'.format(**flaw).strip() for flaw in time['broken'])}")
    click.echo(f"{len(rows)} interviews no longer held{' (dry run: nothing was changed)' if dry_run else ''}.")
    tell_waiting(waiting)
    return 0
