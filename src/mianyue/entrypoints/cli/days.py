"""``mianyue days``: which days of a year mianyue takes for holidays and make-up workdays, by which notice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import click

from mianyue.entrypoints.cli.machine import Machine
from mianyue.entrypoints.cli.printing import emit, foreseen_errors, json_option
from mianyue.worktime.day_kinds import day_kind, last_announced
from mianyue.worktime.days import from_to

_MONDAY_TO_FRIDAY = (1, 2, 3, 4, 5)


@click.command()
@click.option("--year", type=click.IntRange(2001, 2100), help="Which year (default: this one).")
@click.option("--country", metavar="CODE", help="ISO 3166 code such as CN or DE-BE (default: the company's).")
@json_option
@click.pass_obj
@foreseen_errors
def days(machine: Machine, year: int | None, country: str | None, as_json: bool) -> int:
    """Show the holidays, bridge days off and make-up workdays of a year, and whether they are announced or only predicted."""
    machine.start()
    from mianyue.domain.organization.queries import company

    year = year or machine.now().year
    if country is None:
        asked = company()
        told = _special_days(year, asked.holiday_country, asked.working_week)
    else:
        told = _special_days(year, country, _MONDAY_TO_FRIDAY)
    if as_json:
        emit(told)
    else:
        _tell(told)
    return 0


def _special_days(year: int, country: str, working_week: Sequence[int]) -> dict[str, Any]:
    last, found = (
        last_announced(country),
        (day_kind(day, country, working_week) for day in from_to(date(year, 1, 1), date(year, 12, 31))),
    )
    return {
        "country": country,
        "year": year,
        "last_announced": last and last.isoformat(),
        "days": [
            {
                "day": one.day.isoformat(),
                "kind": str(one.kind),
                "name": {"zh-CN": one.name.zh, "en": one.name.en},
                "notice": one.notice,
                "announced": one.announced,
            }
            for one in found
            if one.name
        ],
    }


def _tell(told: dict[str, Any]) -> None:
    notice = None
    for one in told["days"]:
        if one["notice"] != notice:
            notice = one["notice"]
            click.echo(notice)
        named = " ".join(dict.fromkeys(one["name"].values()))
        predicted = "" if one["announced"] else "  (predicted)"
        click.echo(f"  {date.fromisoformat(one['day']):%Y-%m-%d %a}  {one['kind']:17}  {named}{predicted}")
    if told["last_announced"] and told["last_announced"] < f"{told['year']}-12-31":
        click.echo(
            f"Announced until {told['last_announced']}. Later bridge days off and make-up workdays are not known; see docs/day-kinds.md."
        )
