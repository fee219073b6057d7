"""What a run needs next, when a person is asked, and what a hire lacks: decided from values alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mianyue.worktime.days import local

FAILURES_BEFORE_ASKING = 8
"""Attempts at one step after which a person is asked; it is tried on all the same."""

NO_LATER_THAN = timedelta(hours=24)
"""A run that isn't done this long before the first day begins is put before a person."""

LOOK_AHEAD = timedelta(days=7)
"""How far ahead the nightly reconciliation looks."""

HELD_FOR = timedelta(minutes=5)
"""A worker that hasn't finished with a run after this counts as dead, and the run is gone on with."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What lets somebody punch on a date: each is what the punch itself asks for."""

    employed: bool
    account_open: bool
    planned: bool
    rule_settled: bool


LACKING = ("not_employed", "no_account", "no_plan", "no_rule")


def lacking(standing: Standing) -> tuple[str, ...]:
    """Codes of what is missing for a punch: not employed that day, no open account, neither shift nor group, no punch rule."""
    found = (standing.employed, standing.account_open, standing.planned, standing.rule_settled)
    return tuple(code for code, there in zip(LACKING, found, strict=True) if not there)


def is_urgent(first_day: date, zone: str, now: datetime) -> bool:
    """Whether the first day, which begins at midnight in ``zone``, is less than a day away or has come."""
    return local(first_day, time(0), ZoneInfo(zone)) - now < NO_LATER_THAN


def asks_person(attempts: Iterable[int], refused: bool, urgent: bool) -> bool:
    """Whether a run that isn't done is put before a person; ``attempts`` of the steps that failed."""
    return refused or urgent or any(count >= FAILURES_BEFORE_ASKING for count in attempts)


def ready(needs: Mapping[str, tuple[str, ...]], done: Iterable[str]) -> list[str]:
    """The names, in the order of ``needs``, of the steps whose every need is done: one that failed stops only what needs it."""
    finished = set(done)
    return [name for name, wanted in needs.items() if name not in finished and finished.issuperset(wanted)]
