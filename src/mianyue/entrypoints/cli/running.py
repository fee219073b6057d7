"""Commands that keep running: everything at once, or one process of it."""

from __future__ import annotations

import click

from mianyue.entrypoints.cli.machine import Machine

host_option = click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
port_option = click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")


@click.command()
@host_option
@port_option
@click.pass_obj
def up(machine: Machine, host: str, port: int) -> int:
    """Run everything: database, web and worker, until Ctrl-C."""
    return machine.up(host, port)


@click.command()
@host_option
@port_option
@click.pass_obj
def web(machine: Machine, host: str, port: int) -> None:
    """Run the web server only. Any number of them may run."""
    machine.web(host, port)


@click.command()
@click.option("--once", is_flag=True, help="Do everything that is due now, then stop (for cron).")
@click.pass_obj
def worker(machine: Machine, once: bool) -> None:
    """Run a worker only: letters, reminders, follow-ups. Any number of them may run."""
    machine.worker(once)


@click.command()
@host_option
@port_option
@click.pass_obj
def demo(machine: Machine, host: str, port: int) -> int:
    """Run a demo company with dates around today, a sandbox mailbox and phone; needs nothing else."""
    return machine.demo(host, port)


@click.command(hidden=True)
@click.option("--port", required=True, type=int)
@click.pass_obj
def sandbox(machine: Machine, port: int) -> None:
    """Run the demo's mail server."""
    machine.sandbox(port)


@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_obj
def manage(machine: Machine, arguments: tuple[str, ...]) -> int:
    """Django's own commands: createsuperuser, changepassword, shell, migrate, …"""
    return machine.manage(list(arguments))
