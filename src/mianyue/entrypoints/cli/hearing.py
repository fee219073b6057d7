"""``mianyue hear``."""

from __future__ import annotations

from datetime import timedelta

import click

from mianyue.entrypoints.cli.machine import Machine
from mianyue.entrypoints.cli.printing import emit, foreseen_errors, json_option
from mianyue.entrypoints.cli.sending import send_without_worker, tell_waiting


@click.command()
@json_option
@click.pass_obj
@foreseen_errors
def hear(machine: Machine, as_json: bool) -> int:
    """Read the answers that wait in the mailbox, once and now; a worker does so every minute."""
    machine.start()
    from mianyue.workflows import hear as hearing
    from mianyue.workflows.hear_mail import hear_mail

    now = machine.now()
    look = hear_mail(now)
    if not machine.worker_alive():
        hearing.sweep(now, timedelta(0))
    waiting = send_without_worker(machine) if look.heard else None
    if as_json:
        emit(look.as_dict())
        return 0
    click.echo(f"{look.heard} new mails were heard; {look.known} were known, {look.failed} could not be kept.")
    if look.put_aside:
        click.echo(f"{look.put_aside} are put aside in the mailbox for a person to read; see the queue.")
    tell_waiting(waiting)
    return 0
