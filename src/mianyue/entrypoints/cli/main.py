"""The ``mianyue`` command: every command, and what they have in common."""

from __future__ import annotations

from collections.abc import Sequence

import click

from mianyue.base.errors import MianyueError
from mianyue.entrypoints.cli.attendance import punches, timesheet
from mianyue.entrypoints.cli.days import days
from mianyue.entrypoints.cli.fairness import fairness
from mianyue.entrypoints.cli.hearing import hear
from mianyue.entrypoints.cli.hiring import hire
from mianyue.entrypoints.cli.importing import import_
from mianyue.entrypoints.cli.inviting import invite, recommend
from mianyue.entrypoints.cli.looking import doctor, status
from mianyue.entrypoints.cli.machine import Machine
from mianyue.entrypoints.cli.planning import plan
from mianyue.entrypoints.cli.reconciling import reconcile
from mianyue.entrypoints.cli.replanning import replan
from mianyue.entrypoints.cli.resulting import result
from mianyue.entrypoints.cli.running import demo, manage, sandbox, up, web, worker
from mianyue.entrypoints.cli.staff_links import staff_link
from mianyue.entrypoints.cli.tokens import token


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="mianyue")
def cli() -> None:
    """面约 mianyue: interview notices that write, send, book and follow up themselves."""


for command in (
    up,
    web,
    worker,
    demo,
    sandbox,
    import_,
    punches,
    timesheet,
    invite,
    recommend,
    plan,
    replan,
    status,
    days,
    fairness,
    result,
    hear,
    hire,
    reconcile,
    token,
    staff_link,
    doctor,
    manage,
):
    cli.add_command(command)


def drive(machine: Machine, arguments: Sequence[str]) -> int:
    """Runs one command. Returns its exit code: 0 done, 1 refused or failed, 2 wrong usage."""
    try:
        return cli.main(args=list(arguments), prog_name="mianyue", obj=machine, standalone_mode=False) or 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return 130
    except MianyueError as error:
        click.echo(f"mianyue: {error} {error.hint}".rstrip(), err=True)
        return 1
