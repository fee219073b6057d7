"""Why no time could be found, with the people and rooms by name: so that a recruiter sees whom to ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mianyue.domain.organization.models import Employee
from mianyue.domain.rooms.models import Room
from mianyue.entrypoints.console import words


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One excluding fact: who or what (empty for the candidate and the question itself), why, and how many starts it took."""

    who: str
    why: str
    starts: int


def obstacles(many: Iterable[list[Mapping[str, Any]]]) -> list[list[Obstacle]]:
    """The facts of several problems (as ``workflows.invite.no_time`` keeps them), in two queries for all of them."""
    lists = [list(facts) for facts in many]
    names = names_of(fact["who"] for facts in lists for fact in facts)
    return [
        [
            Obstacle(
                named(fact["who"], names),
                words.of(words.EXCLUDED, fact["why"]),
                fact["starts"],
            )
            for fact in facts
        ]
        for facts in lists
    ]


def names_of(many: Iterable[str]) -> dict[str, str]:
    """The names of the people and rooms that facts speak of (see ``Excluded.who``), in two queries."""
    codes = {part for who in many for part in who.split("|") if part}
    if not codes:
        return {}
    names = {room.code: room.name for room in Room.objects.filter(code__in=codes)}
    return names | {employee.code: employee.name for employee in Employee.objects.filter(code__in=codes)}


def named(who: str, names: Mapping[str, str]) -> str:
    """Whom a fact speaks of, by name; empty for the candidate and the question itself."""
    return " / ".join(names.get(part, part) for part in who.split("|") if part)
