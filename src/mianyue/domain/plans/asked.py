"""What is asked of a plan, and how its search stands: values that pages and commands pass on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a plan: how many times for everybody, from when, for how many working days, and how long to search a part."""

    options: int = 3
    earliest: date | None = None
    days: int | None = None
    seconds: int = 60
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How the search of a part stands, or ended."""

    placed: int
    most_placed: int
    objective: int
    bound: int
    spent: float
