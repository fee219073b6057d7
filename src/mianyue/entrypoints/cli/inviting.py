"""``mianyue invite`` and ``mianyue recommend``."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from mianyue.entrypoints.cli.machine import Machine
from mianyue.entrypoints.cli.printing import emit, foreseen_errors, json_option
from mianyue.entrypoints.cli.sending import send_without_worker, tell_waiting


def day(_: click.Context, __: click.Parameter, value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter("a date such as 2026-12-01") from None


earliest_option = click.option("--earliest", callback=day, metavar="DATE", help="No time before this date at the job's site.")
days_option = click.option("--days", type=click.IntRange(1, 250), help="How many working days to look at (default: the company's).")


@click.command()
@click.option("--application", "applications", multiple=True, metavar="ID", help="This application; may be given several times.")
@click.option("--job", metavar="ID", default="", help="Everybody who applied for this job.")
@click.option("--all", "everyone", is_flag=True, help="Every active application.")
@earliest_option
@days_option
@click.option(
    "--order",
    type=click.Choice(["code", "match"]),
    default="code",
    help="Who is seen to first: by id, or whose résumé shows most of what the job asks for. Nobody is left out.",
)
@click.option("--dry-run", is_flag=True, help="Show the times; hold nothing, send nothing.")
@json_option
@click.pass_obj
@foreseen_errors
def invite(
    machine: Machine,
    applications: tuple[str, ...],
    job: str,
    everyone: bool,
    earliest: date | None,
    days: int | None,
    order: str,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Invite candidates: find three times, hold them, write and send the notice. Whoever is invited already stays as they are."""
    if sum(map(bool, (applications, job, everyone))) != 1:
        raise click.UsageError("Say whom to invite: --application ID, --job ID or --all.")
    machine.start()
    from mianyue.domain.security.actor import Actor
    from mianyue.workflows import invite as step
    from mianyue.workflows.tell import describe

    wish = step.Wish(applications, job, everyone, earliest, days, by_match=order == "match")
    invited = step.look(wish, machine.now()) if dry_run else step.invite(wish, Actor("program", "cli"), machine.now())
    waiting = None if dry_run else send_without_worker(machine)
    rows = describe(invited)
    if as_json:
        emit(rows)
    else:
        _tell(rows)
        fresh = sum(i.fresh for i in invited)
        said = "would be invited" if dry_run else "invited now"
        number = sum(bool(row["options"]) for row in rows) if dry_run else fresh
        click.echo(f"\n{number} {said}, {sum(row['problem'] is not None for row in rows)} need a person.")
        tell_waiting(waiting if fresh or waiting else None)
    return 0


@click.command()
@click.argument("application")
@click.option(
    "--with-next",
    type=click.Choice(["back-to-back", "same-day"]),
    help="Times at which the next round can follow: at once, or on the same day.",
)
@earliest_option
@days_option
@json_option
@click.pass_obj
@foreseen_errors
def recommend(
    machine: Machine, application: str, with_next: str | None, earliest: date | None, days: int | None, as_json: bool
) -> int:
    """Show the best three times for APPLICATION and why; hold nothing, send nothing. Invited already: what is on offer."""
    machine.start()
    from mianyue.workflows.invite import Wish, look
    from mianyue.workflows.look_ahead import look_ahead
    from mianyue.workflows.tell import describe

    wish, now = Wish([application], earliest=earliest, days=days), machine.now()
    rows = describe([look_ahead(application, with_next, now, wish.search)] if with_next else look(wish, now))
    if as_json:
        emit(rows[0])
    else:
        _tell(rows)
    return 0


def _tell(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        click.echo(f"{row['application_id']:10} {row['state']}")
        for number, option in enumerate(row["options"], 1):
            why = ", ".join(reason["code"] for reason in option["reasons"])
            click.echo(f"   {number}. {_line(option)}" + (f"  ({why})" if why else ""))
            for following in option.get("then", ()):
                click.echo(f"      {_line(following)}")
            if option["predicted_day"]:
                click.echo("      holidays and make-up workdays are not announced yet for this day: that it is worked is predicted")
        if row["problem"]:
            click.echo(f"   {row['problem']['code']}: {row['problem']['message']}\n   → {row['problem']['hint']}")
            for fact in row["problem"]["facts"][:6]:
                of_round = f"round {fact['round']}: " if "round" in fact else ""
                click.echo(f"     {of_round}{fact['why']} {fact['who']}: {fact['starts']} starts")
        for one in row["relaxations"]:
            steps = " + ".join(
                " ".join(str(step[key]) for key in ("what", "who", "start") if step.get(key)) for step in one["steps"]
            )
            click.echo(f"   ? {steps}: {one['starts']} more starts, the first {one['example']['start']}")


def _line(option: dict[str, Any]) -> str:
    where = f"  {option['room_id']}" if option["room_id"] else ""
    return f"{option['start']} – {option['end'][11:16]}  {'+'.join(option['interviewers'])}{where}"
