"""How much interviewing is still to be arranged, and whose hours it will take: what makes a scarce hour worth keeping."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from mianyue.domain.interviews.queries import backlog
from mianyue.domain.recruiting.models import SeatChoice


@dataclass(frozen=True, slots=True)
class Wanted:
    """Expected minutes, by employee, and by site for all rooms there together."""

    people: Mapping[UUID, int]
    rooms: Mapping[UUID, int]


def wanted(but_of: Collection[UUID] = ()) -> Wanted:
    """What the applications without a live interview will take, each seat shared evenly by those who may fill it. Two queries.

    ``but_of``: the applications that are being arranged right now.
    """
    rounds = {one.round_id: one for one in backlog(but_of)}
    seats: dict[tuple[UUID, int], list[UUID]] = defaultdict(list)
    choices = SeatChoice.objects.filter(round_id__in=rounds).order_by().values_list("round_id", "seat", "employee_id")
    for round_id, seat, employee_id in choices:
        seats[round_id, seat].append(employee_id)
    people: Counter[UUID] = Counter()
    for (round_id, _), sharing in seats.items():
        for employee_id in sharing:
            people[employee_id] += rounds[round_id].waiting * rounds[round_id].minutes / len(sharing)
    rooms: Counter[UUID] = Counter()
    for one in rounds.values():
        if one.room_at:
            rooms[one.room_at] += one.waiting * one.minutes
    return Wanted({employee_id: round(minutes) for employee_id, minutes in people.items()}, rooms)
