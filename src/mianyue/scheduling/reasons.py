"""Why an option was chosen, in codes and figures that any language can put into words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mianyue.scheduling.facts import Need, Person, Reason, Room
from mianyue.scheduling.moments import Moment


def of(
    moment: Moment,
    team: Sequence[str],
    room: str | None,
    others: Sequence[Moment],
    earliest: int,
    need: Need,
    people: Mapping[str, Person],
    rooms: Mapping[str, Room],
) -> tuple[Reason, ...]:
    """The reasons that are true of one option; ``others`` are the moments offered beside it, ``earliest`` the first valid start.

    ``soonest``: no earlier start is valid. ``different_day``: no other option lies on its day. ``other_half``: the only one in its
    half of the day. ``comfortable_hours``: within 09:00–18:00 of the candidate. ``all_free``: all sources of everybody say free.
    ``light_load``: the panel could have been another, and nobody else of the pool is promised for less. ``room_fits``: the room
    with its seats, and how many are needed.
    """
    found = []
    if moment.cell == earliest:
        found.append(Reason("soonest"))
    if others and all(moment.day != other.day for other in others):
        found.append(Reason("different_day", (("options", len(others) + 1),)))
    if others and all(moment.half != other.half for other in others):
        found.append(Reason("other_half"))
    if moment.comfortable:
        found.append(Reason("comfortable_hours"))
    found.append(Reason("all_free", (("people", len(team)),)))
    rest = [people[key].promised_minutes for key in need.pool if key in people and key not in team]
    heaviest = max(people[key].promised_minutes for key in team)
    if rest and heaviest <= min(rest):
        found.append(Reason("light_load", (("minutes", heaviest),)))
    if room is not None:
        found.append(Reason("room_fits", (("room", room), ("seats", rooms[room].capacity), ("needed", need.places))))
    return tuple(found)
