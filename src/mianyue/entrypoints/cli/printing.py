"""How results leave the command line: JSON with stable keys for programs, a few plain lines for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from mianyue.base.errors import MianyueError

if TYPE_CHECKING:  # loading it needs a machine that has started
    from mianyue.domain.intake.problems import Problem

FAILED = 1

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON (see docs/cli.md); errors too, with code and hint.")


def emit(value: Any) -> None:
    """One JSON document on standard output; instants as ISO 8601 with offset."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def show_problems(problems: Iterable[Problem]) -> None:
    """What was wrong in files, row by row: where, what, and what was done about it, in both languages."""
    for problem in problems:
        where = problem.file + (f":{problem.row}" if problem.row else "")
        field = f" [{problem.column}]" if problem.column else ""
        value = f" {problem.value!r}" if problem.value else ""
        click.echo(f"\n{problem.severity.upper()} {where}{field}{value}\n  {problem.message['en']} · {problem.message['zh-CN']}")
        click.echo(f"  → {problem.done['en']}\n  → {problem.done['zh-CN']}")


def foreseen_errors(command: Callable[..., int | None]) -> Callable[..., int]:
    """Turns foreseen errors into JSON (with ``--json``) or two plain lines, and exit code 1."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> int:
        try:
            return command(*args, **options) or 0
        except MianyueError as error:
            if options.get("as_json"):
                emit({"error": error.as_dict()})
            else:
                click.echo(f"mianyue: {error}", err=True)
                if error.hint:
                    click.echo(f"  → {error.hint}", err=True)
            return FAILED

    return run


@contextmanager
def progress_bar(what: str, total: int | None = None) -> Iterator[Callable[[str], None]]:
    """Calls move a bar on in a terminal; in a pipe nothing is shown. The bar is on standard error, so output stays clean."""
    console = Console(stderr=True)
    if not (console.is_terminal and sys.stdout.isatty()):
        yield lambda name: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[name]}"))
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(what, total=total, name="")
        yield lambda name: progress.update(task, advance=1, name=name[:40])
