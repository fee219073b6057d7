"""``mianyue result``."""

from __future__ import annotations

from datetime import date

import click

from mianyue.entrypoints.cli.inviting import day
from mianyue.entrypoints.cli.machine import Machine
from mianyue.entrypoints.cli.printing import emit, foreseen_errors, json_option
from mianyue.entrypoints.cli.sending import send_without_worker, tell_waiting


@click.command()
@click.argument("application")
@click.argument("result", type=click.Choice(["passed", "rejected", "next_round", "no_show"]))
@click.option("--hire", is_flag=True, help="With passed: confirm the hire and open the attendance account.")
@click.option("--first-day", callback=day, metavar="DATE", help="With --hire: the first day at work.")
@click.option(
    "--worked-since", callback=day, metavar="DATE", help="With --hire: the first day of their first job, for annual leave."
)
@click.option("--closing-letter", is_flag=True, help="With rejected: HR's consent to send the closing letter now.")
@json_option
@click.pass_obj
@foreseen_errors
def result(
    machine: Machine,
    application: str,
    result: str,
    hire: bool,
    first_day: date | None,
    worked_since: date | None,
    closing_letter: bool,
    as_json: bool,
) -> int:
    """Record the RESULT of APPLICATION's interview; what follows from it happens by itself. Saying it again changes nothing."""
    if hire and result != "passed":
        raise click.UsageError("--hire goes with passed.")
    if closing_letter and result != "rejected":
        raise click.UsageError("--closing-letter goes with rejected.")
    machine.start()
    from mianyue.domain.security.actor import Actor
    from mianyue.workflows import finish
    from mianyue.workflows.provisioned import provisioned

    actor, now = Actor("program", "cli"), machine.now()
    done = finish.set_result(application, result, actor, now)
    if hire:
        run = finish.confirm_hire(application, first_day, actor, now, worked_since)
        done |= {"state": "hired", **provisioned(run)}
    if closing_letter:
        done["closing_letter_sent"] = finish.send_closing_letter(application, actor, now)
    waiting = send_without_worker(machine) if done["changed"] or closing_letter else None
    if as_json:
        emit(done)
    else:
        click.echo(f"{application}: {result}{'' if done['changed'] else ' (it was recorded before)'}")
        for key in ("tentative", "account", "provisioning", "closing_letter_sent"):
            if key in done:
                click.echo(f"  {key.replace('_', ' ')}: {done[key]}")
        tell_waiting(waiting)
    return 0
