"""``mianyue hire``."""

from __future__ import annotations

from datetime import date

import click

from mianyue.entrypoints.cli.inviting import day
from mianyue.entrypoints.cli.machine import Machine
from mianyue.entrypoints.cli.printing import emit, foreseen_errors, json_option
from mianyue.entrypoints.cli.sending import send_without_worker, tell_waiting


@click.command()
@click.argument("application")
@click.option("--first-day", callback=day, metavar="DATE", help="The first day at work (default: today).")
@click.option("--worked-since", callback=day, metavar="DATE", help="The first day of their first job, for annual leave.")
@click.option("--again", is_flag=True, help="You saw to what was in the way: try what failed or was refused once more.")
@click.option("--undo", is_flag=True, help="The hire fell through: take back everything the run did.")
@json_option
@click.pass_obj
@foreseen_errors
def hire(
    machine: Machine, application: str, first_day: date | None, worked_since: date | None, again: bool, undo: bool, as_json: bool
) -> int:
    """Confirm the hire of APPLICATION, who passed, and show the steps to the first day. Saying it again changes nothing."""
    if again and undo:
        raise click.UsageError("--again and --undo exclude each other.")
    machine.start()
    from mianyue.domain.provisioning.queries import run_of
    from mianyue.domain.security.actor import Actor
    from mianyue.workflows import finish, provision
    from mianyue.workflows.provisioned import provisioned

    actor, now = Actor("program", "cli"), machine.now()
    if undo:
        run = provision.reverse(run_of(application).pk, actor, now)
    elif again:
        run = provision.try_again(run_of(application).pk, actor, now)
    else:
        run = finish.confirm_hire(application, first_day, actor, now, worked_since)
    waiting = send_without_worker(machine)
    done = {"application_id": application, **provisioned(run)}
    if as_json:
        emit(done)
        return 0
    click.echo(f"{application}: {run.state}, first day {run.first_day}")
    for name, state in done["provisioning"]["steps"].items():
        click.echo(f"  {name:10} {state}")
    tell_waiting(waiting)
    return 0
