"""``mianyue plan``: times for many candidates at once, for a hiring day or a backlog."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from mianyue.entrypoints.cli.inviting import days_option, earliest_option
from mianyue.entrypoints.cli.machine import Machine
from mianyue.entrypoints.cli.printing import emit, foreseen_errors, json_option
from mianyue.entrypoints.cli.sending import send_without_worker, tell_waiting

LOOK_EVERY = 0.5
"""Seconds between two looks at what the workers have found."""


@click.command()
@click.argument("number", type=int, required=False)
@click.option("--application", "applications", multiple=True, metavar="ID", help="This application; may be given several times.")
@click.option("--job", metavar="ID", default="", help="Everybody who applied for this job.")
@click.option("--all", "everyone", is_flag=True, help="Every active application.")
@click.option("--options", type=click.IntRange(1, 3), default=3, show_default=True, help="How many times for each candidate.")
@earliest_option
@days_option
@click.option("--seconds", type=click.IntRange(1, 86400), default=60, show_default=True, help="How long to search each part.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="The same seed gives the same plan again.")
@click.option("--send", "act", flag_value="send", help="Hold the times of plan NUMBER and send the letters.")
@click.option("--stop", "act", flag_value="stop", help="End the search of plan NUMBER with the best so far.")
@click.option("--discard", "act", flag_value="discard", help="Put plan NUMBER away.")
@json_option
@click.pass_obj
@foreseen_errors
def plan(
    machine: Machine,
    number: int | None,
    applications: tuple[str, ...],
    job: str,
    everyone: bool,
    options: int,
    earliest: date | None,
    days: int | None,
    seconds: int,
    seed: int,
    act: str | None,
    as_json: bool,
) -> int:
    """Plan times for many candidates at once; nothing is held or sent before --send. With NUMBER: show, send, stop or discard a plan.

    Ctrl-C ends the search with the best plan so far.
    """
    named = sum(map(bool, (applications, job, everyone)))
    if (number is None) != (named == 1):
        raise click.UsageError("Say whom to plan for (--application ID, --job ID or --all), or which plan to look at (NUMBER).")
    if act and number is None:
        raise click.UsageError(f"Say which plan to {act}: mianyue plan NUMBER --{act}")
    machine.start()
    from mianyue.domain.plans.asked import Asked
    from mianyue.domain.plans.queries import plan_numbered
    from mianyue.domain.security.actor import Actor
    from mianyue.workflows import plan as step
    from mianyue.workflows.invite import Wish
    from mianyue.workflows.tell import describe_plan

    actor, waiting = Actor("program", "cli"), None
    if number is None:
        asked = Asked(options, earliest, days, seconds, seed)
        begun = step.begin(Wish(applications, job, everyone, earliest, days), asked, actor, machine.now())
        _search(machine, begun)
        number = begun.number
    elif act == "send":
        step.send(plan_numbered(number), actor, machine.now())
        waiting = send_without_worker(machine)
    elif act:
        {"stop": step.stop, "discard": step.discard}[act](plan_numbered(number), actor, machine.now())
    shown = describe_plan(plan_numbered(number))
    if as_json:
        emit(shown)
    else:
        _tell(shown)
        tell_waiting(waiting)
    return 0


def _search(machine: Machine, begun: Any) -> None:
    """Waits for the workers, or searches here where none runs. Ctrl-C asks to stop, and waits for the best so far."""
    from mianyue.domain.plans.models import Part, Plan
    from mianyue.domain.plans.queries import plan_numbered, summary
    from mianyue.domain.security.actor import Actor
    from mianyue.workflows import plan as step

    def look(*_: object) -> None:
        now = plan_numbered(begun.number)
        figures = summary(now)
        show(figures.parts_done, figures.parts, figures.spent, figures.gap)
        if stopped and not now.stop_asked and now.state == Plan.State.SEARCHING:
            step.stop(now, Actor("program", "cli"), machine.now())

    with _stoppable() as stopped, _bar(begun.seconds) as show:
        if not machine.worker_alive():
            for part in Part.objects.filter(plan=begun):
                step.search(part.pk, machine.now(), look)
        while plan_numbered(begun.number).state == Plan.State.SEARCHING:
            look()
            time.sleep(LOOK_EVERY)


@contextmanager
def _stoppable() -> Iterator[list[int]]:
    """A list that is no longer empty once somebody pressed Ctrl-C; a second time ends the command."""
    pressed: list[int] = []

    def press(number: int, _: object) -> None:
        if pressed:
            raise KeyboardInterrupt
        pressed.append(number)

    before = signal.signal(signal.SIGINT, press)
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _bar(seconds: int) -> Iterator[Any]:
    """Shows the time spent and the gap in a terminal; in a pipe nothing."""
    console = Console(stderr=True)
    if not (console.is_terminal and sys.stdout.isatty()):
        yield lambda *_: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[gap]}"))
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("plan", total=None, gap="")

        def show(done: int, parts: int, spent: float, gap: float) -> None:
            told = f"{done} of {parts} parts, at most {gap:.1%} from the best plan; Ctrl-C takes the best so far"
            progress.update(task, completed=spent, total=seconds * parts, gap=told)

        yield show


def _tell(shown: dict[str, Any]) -> None:
    more = "" if shown["more_possible"] is None else f"; at most {shown['more_possible']} more are possible"
    click.echo(f"Plan {shown['plan']} ({shown['state']}): {shown['placed']} of {shown['applications']} placed{more}.")
    for times, many in shown["shares"].items():
        click.echo(f"  {many:6} get {times} {'time' if times == '1' else 'times'}")
    click.echo(
        f"  objective {shown['objective']:,}, bound {shown['bound']:,}, gap {shown['gap']:.2%}, {shown['seconds']} s of search"
    )
    if shown["parts_failed"]:
        click.echo(f"  {shown['parts_failed']} of {shown['parts']} parts could not be searched; see the log of the worker.")
    if shown["state"] == "ready":
        click.echo(f"Nothing is held yet. Send it: mianyue plan {shown['plan']} --send")
