"""``mianyue reconcile``."""

from __future__ import annotations

import click

from mianyue.entrypoints.cli.machine import Machine
from mianyue.entrypoints.cli.printing import emit, foreseen_errors, json_option
from mianyue.entrypoints.cli.sending import send_without_worker, tell_waiting


@click.command()
@json_option
@click.pass_obj
@foreseen_errors
def reconcile(machine: Machine, as_json: bool) -> int:
    """Find new hires of the next seven days who couldn't punch on their first day, and mend it; the worker does so every night."""
    machine.start()
    from mianyue.workflows.reconcile import reconcile as step

    found = step(machine.now())
    waiting = send_without_worker(machine) if found else None
    if as_json:
        emit([one.as_dict() for one in found])
        return 0
    for one in found:
        done = "mended" if one.mended else f"left: {', '.join(one.left)}"
        click.echo(f"{one.employee or one.application:12} {one.first_day}  {', '.join(one.why)}: {done}")
    click.echo(f"{len(found)} hires of the next seven days could not have punched; {sum(one.mended for one in found)} are mended.")
    tell_waiting(waiting)
    return 0
