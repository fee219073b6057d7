"""``mianyue staff-link``."""

from __future__ import annotations

import click

from mianyue.entrypoints.cli.machine import Machine
from mianyue.entrypoints.cli.printing import emit, foreseen_errors, json_option


@click.command("staff-link")
@click.argument("employee_id")
@click.option("--send", is_flag=True, help="Send it to them instead of showing it.")
@json_option
@click.pass_obj
@foreseen_errors
def staff_link(machine: Machine, employee_id: str, send: bool, as_json: bool) -> int:
    """Make a link to the page on which EMPLOYEE_ID punches, asks for leave, decides and books rooms. It is shown once."""
    machine.start()
    from mianyue.domain.security.actor import Actor
    from mianyue.workflows.staff.page import employee_of, make_page, send_page

    actor, now = Actor("program", "cli"), machine.now()
    if send:
        notice = send_page(employee_of(employee_id, now).pk, actor, now)
        told = {"employee_id": employee_id, "sent": notice is not None}
        line = "It is on its way." if notice else "It was sent a moment ago, or couldn't be written: see the people's queue."
    else:
        line = make_page(employee_id, actor, now)
        told = {"employee_id": employee_id, "link": line}
    if as_json:
        emit(told)
    else:
        click.echo(line)
    return 0
