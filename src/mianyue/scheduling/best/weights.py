"""What an option costs besides its chance of being accepted, in points: everything here is bounded, so that acceptance leads.

ACCEPT points stand for certain acceptance: 1,000 points are one percentage point. The bounds add up to less than what an option
gains by lying on a day of its own (``acceptance.certain_gain`` of three options), so no cost ever puts two options on one day.
"""

from __future__ import annotations

from collections.abc import Mapping

from mianyue.scheduling.facts import CELL, Person, Room
from mianyue.scheduling.search import Field, Space

ACCEPT = 100_000

UNFAIR, UNFAIR_MOST = 30, 800
"""For each minute that an interviewer is promised per hour on shift; at most. A mean over the panel."""
SCARCE_MOST = 400
"""For an interviewer whose free time in the window is all wanted by other interviews; a part of it for a part. A mean over the panel."""
SPARE_SEAT, MISFIT_LEAST, MISFIT_MOST = 10, -100, 200
"""For each unused seat of the room, less its preference; at least and at most."""
ROOM_SCARCE_MOST = 200
"""For a room whose free time in the window is all wanted by other interviews; a part of it for a part."""
DAY_LATER, DELAY_MOST = 40, 560
"""For each local day from the window's beginning; at most."""

STANDARD_SHIFT = 5 * 8 * 60
"""The minutes on shift of somebody whose shifts nobody told: a week of five days of eight hours."""


def panel_costs(found: Space, field: Field, people: Mapping[str, Person]) -> dict[str, int]:
    """What it costs to let each person of the pool sit in, in points: their share of the panel's unfairness and scarcity."""
    costs = {}
    for key in found.people:
        person = people[key]
        cost = unfairness(person) + _scarcity(person.wanted_minutes, field.people[key].free, SCARCE_MOST)
        costs[key] = cost // len(found.need.seats)
    return costs


def room_costs(found: Space, field: Field, rooms: Mapping[str, Room]) -> dict[str, int]:
    """What each suitable room costs, in points."""
    costs = {}
    for key in found.rooms:
        misfit = SPARE_SEAT * (rooms[key].capacity - found.need.places) - rooms[key].preference
        scarcity = _scarcity(rooms[key].wanted_minutes, field.rooms[key].free, ROOM_SCARCE_MOST)
        costs[key] = min(MISFIT_MOST, max(MISFIT_LEAST, misfit)) + scarcity
    return costs


def unfairness(person: Person, more: int = 0) -> int:
    """What it costs that a person is promised already, and for ``more`` minutes; per hour on shift, so that part-timers get their
    part. In points.
    """
    return min(UNFAIR_MOST, UNFAIR * 60 * (person.promised_minutes + more) // (person.shift_minutes or STANDARD_SHIFT))


def delay(days: int) -> int:
    """What it costs that an option lies so many local days after the window's beginning, in points."""
    return min(DELAY_MOST, DAY_LATER * days)


def _scarcity(wanted: int, free: int, most: int) -> int:
    left = CELL * free.bit_count()
    return min(most, most * wanted // left) if left else most
