"""``mianyue token``."""

from __future__ import annotations

import click

from mianyue.entrypoints.cli.machine import Machine
from mianyue.entrypoints.cli.printing import emit, foreseen_errors, json_option


@click.command()
@click.argument("name")
@click.option("--revoke", is_flag=True, help="End the program's access instead.")
@json_option
@click.pass_obj
@foreseen_errors
def token(machine: Machine, name: str, revoke: bool, as_json: bool) -> int:
    """Make a key with which the program NAME may use the API (Authorization: Bearer …). It is shown once."""
    machine.start()
    from mianyue.domain.security.actor import Actor
    from mianyue.workflows.tokens import make_token, revoke_token

    actor, now = Actor("program", "cli"), machine.now()
    if revoke:
        revoke_token(name, actor, now)
        told = {"name": name, "revoked": True}
    else:
        told = {"name": name, "token": make_token(name, actor, now)}
    if as_json:
        emit(told)
    else:
        click.echo(told.get("token", f"{name} has no access any more."))
    return 0
