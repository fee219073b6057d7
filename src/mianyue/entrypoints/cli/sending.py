"""Where no worker runs, the command itself hands its letters over: nothing waits unseen."""

from __future__ import annotations

from datetime import timedelta

import click

from mianyue.entrypoints.cli.machine import Machine
from mianyue.entrypoints.cli.printing import progress_bar


def send_without_worker(machine: Machine) -> int | None:
    """Sends what waits, unless a worker is there to do it (None). Returns how many letters could not leave."""
    if machine.worker_alive():
        return None
    from mianyue.domain.notices.models import Delivery
    from mianyue.workflows import deliver

    with progress_bar("send") as step:
        deliver.sweep(machine.now(), timedelta(0), progress=step)
    return Delivery.objects.filter(state=Delivery.State.QUEUED).count()


def tell_waiting(waiting: int | None) -> None:
    """Says what a person must know of letters that were sent, or could not be, without a worker."""
    if waiting is not None:
        click.echo("No worker is running, so letters were sent from here. Retries, reminders and follow-ups need: mianyue up")
    if waiting:
        click.echo(f"{waiting} letters could not be handed over and wait to be tried again; see mianyue doctor and the outbox.")
