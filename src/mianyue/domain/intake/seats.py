"""The interviewers of a round as seats, so that "one of these and that one" is understood once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mianyue.domain.intake.cells import BadCell, text

Seat = tuple[str, ...]


def parse(raw: str) -> tuple[Seat, ...]:
    """``E001+E003|E004`` as ``(("E001",), ("E003", "E004"))``: every seat lists who may fill it.

    Spaces do not matter, a person named twice in a choice counts once. Raises BadCell for an empty seat or choice.
    """
    seats = tuple(tuple(dict.fromkeys(seat.split("|"))) for seat in re.sub(r"\s", "", text(raw)).split("+"))
    if any(not person for seat in seats for person in seat):
        raise BadCell("interviewers")
    return seats


def parse_choice(raw: str) -> Seat:
    """``E010|E011`` as ``("E010", "E011")``: people of whom one is enough. Raises BadCell for an empty choice, or more than one seat."""
    people = parse(raw)
    if len(people) != 1:
        raise BadCell("shadows")
    return people[0]


def fillable(seats: Sequence[Seat]) -> bool:
    """Whether different people can take all seats at once (augmenting paths; nobody fills two seats)."""
    holder: dict[str, int] = {}

    def seat_somebody(seat: int, asked: set[str]) -> bool:
        for person in seats[seat]:
            if person not in asked:
                asked.add(person)
                if person not in holder or seat_somebody(holder[person], asked):
                    holder[person] = seat
                    return True
        return False

    return all(seat_somebody(seat, set()) for seat in range(len(seats)))
