"""Which of the possible starts to offer: the best few, exactly, under one additive objective.

For a set O of options that do not overlap, in points (one point is one minute that an interviewer is already promised):

    score(O) = NEW_DAY · |local days in O|  +  NEW_HALF · |(day, morning or afternoon) in O|
               + BOTH_HALVES · [O has a morning and an afternoon]  +  Σ over o in O of value(o)
    value(o) = − DAY_LATER · (local days from the window's beginning)  − AT_ONCE · [starts within a day of it]
               − UNCOMFORTABLE · [not within 09:00–18:00 local]        − AT_LUNCH · [touches 12:00–13:00 local]
               − ODD_START · [not on a full or half hour]
               − Σ promised minutes of the panel  − SPARE_SEAT · (unused seats of the room)  + preference of the room

The number of options comes first (as many as fit, at most ``wanted``), then the score, then the earlier times. NEW_DAY outweighs
everything else, so two options share a day only if there are not enough days. Panel and room depend on the start alone, so each is
chosen for itself; the set is found by dynamic programming over days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mianyue.scheduling import reasons
from mianyue.scheduling.explain import excluded
from mianyue.scheduling.facts import Need, Option, Person, Recommendation, Room
from mianyue.scheduling.moments import AFTERNOON, MORNING, Moment, moments
from mianyue.scheduling.panel import cheapest
from mianyue.scheduling.search import Field, Space, own_space
from mianyue.scheduling.timeline import cells, first

NEW_DAY = 10**9
NEW_HALF = 180
BOTH_HALVES = 180
SPARE_SEAT = 10


@dataclass(frozen=True, slots=True)
class Offer:
    """A moment with its best panel and room; ``points`` is its whole value."""

    moment: Moment
    people: tuple[str, ...]
    room: str | None
    points: int


def recommend(need: Need, people: Mapping[str, Person], rooms: Mapping[str, Room]) -> Recommendation:
    """The best options for one need, why they were chosen, and what excluded other starts.

    Deterministic. Fewer options than wanted, or none, if no more fit. Raises ``zoneinfo.ZoneInfoNotFoundError``.
    """
    found, field = own_space(need, people, rooms)
    load = {key: people[key].promised_minutes for key in found.people}
    fit = room_costs(found, rooms)
    offers = best_offers(moments(found, field.grid), found.starts, found.people, found.rooms, need.seats, load, fit)
    chosen = best_set(offers, need.wanted, need.cells)
    return answer(found, field, chosen, people, rooms)


def answer(
    found: Space, field: Field, chosen: Sequence[Offer], people: Mapping[str, Person], rooms: Mapping[str, Room]
) -> Recommendation:
    """The recommendation that offers what was chosen, with reasons and exclusions."""
    earliest = first(found.starts) if found.starts else -1
    shown = []
    for offer in chosen:
        others = [other.moment for other in chosen if other is not offer]
        why = reasons.of(offer.moment, offer.people, offer.room, others, earliest, found.need, people, rooms)
        shown.append(Option(field.grid.interval(offer.moment.cell, found.need.minutes), offer.people, offer.room, why))
    return Recommendation(found.need.key, tuple(shown), excluded(found, field, rooms), found.starts.bit_count())


def room_costs(found: Space, rooms: Mapping[str, Room]) -> dict[str, int]:
    """What each suitable room costs, in points."""
    return {key: SPARE_SEAT * (rooms[key].capacity - found.need.places) - rooms[key].preference for key in found.rooms}


def best_offers(
    at: Mapping[int, Moment],
    starts: int,
    people: Mapping[str, int],
    rooms: Mapping[str, int],
    seats: Sequence[Sequence[str]],
    load: Mapping[str, int],
    fit: Mapping[str, int],
) -> list[Offer]:
    """Every start with its cheapest panel and room, in order of time. ``people`` and ``rooms`` are masks of starts."""
    places = _first_rooms(starts, rooms, fit)
    panels: dict[int, tuple[tuple[str, ...], int]] = {}
    pool = list(people.items())
    found = []
    for cell in cells(starts):
        free = sum(1 << index for index, (_, mask) in enumerate(pool) if mask >> cell & 1)
        if free not in panels:
            cost = {key: load[key] for index, (key, _) in enumerate(pool) if free >> index & 1}
            team = cheapest(seats, cost) or ()
            panels[free] = team, sum(cost[key] for key in team)
        team, burden = panels[free]
        room = places.get(cell)
        found.append(Offer(at[cell], team, room, at[cell].points - burden - (fit[room] if room is not None else 0)))
    return found


def _first_rooms(starts: int, rooms: Mapping[str, int], fit: Mapping[str, int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for key in sorted(rooms, key=fit.__getitem__):
        found.update(dict.fromkeys(cells(starts & rooms[key]), key))
        starts &= ~rooms[key]
    return found


_Sets = dict[tuple[int, int], tuple[int, tuple[Offer, ...]]]
"""The best set of offers for (how many, which halves of the day), with its points."""


def best_set(offers: Iterable[Offer], wanted: int, length: int) -> tuple[Offer, ...]:
    """The best ``wanted`` offers that do not overlap, or as many as there are, in order of time; ``length`` in cells."""
    days: dict[date, list[Offer]] = {}
    for offer in offers:
        days.setdefault(offer.moment.day, []).append(offer)
    # Every day can give one, so no day need give more than what the others leave.
    most = max(1, wanted - len(days) + 1)
    best: _Sets = {(0, 0): (0, ())}
    for _, day in sorted(days.items()):
        of_day = _of_one_day(day, most, length)
        _improve(best, [entry for state, done in best.items() for entry in _joined(state, done, of_day, wanted)])
    full = [
        (count, points + BOTH_HALVES * (halves == MORNING | AFTERNOON), chosen)
        for (count, halves), (points, chosen) in best.items()
    ]
    return max(full, key=lambda entry: (entry[0], entry[1], [-offer.moment.cell for offer in entry[2]]))[2]


def _joined(
    state: tuple[int, int], done: tuple[int, tuple[Offer, ...]], of_day: _Sets, wanted: int
) -> Iterator[tuple[tuple[int, int], tuple[int, tuple[Offer, ...]]]]:
    for (count, halves), (points, chosen) in of_day.items():
        if count and state[0] + count <= wanted:
            spread = NEW_DAY + NEW_HALF * halves.bit_count()
            yield (state[0] + count, state[1] | halves), (done[0] + points + spread, done[1] + chosen)


def _of_one_day(offers: list[Offer], most: int, length: int) -> _Sets:
    """The best sets of up to ``most`` offers of one day: weighted interval scheduling; ``before[i]`` knows the first i offers."""
    before: list[_Sets] = [{(0, 0): (0, ())}]
    ended = 0
    for offer in offers:
        while offers[ended].moment.cell + length <= offer.moment.cell:
            ended += 1
        reached = dict(before[-1])
        taken = [
            ((count + 1, halves | offer.moment.half), (points + offer.points, (*chosen, offer)))
            for (count, halves), (points, chosen) in before[ended].items()
            if count < most
        ]
        _improve(reached, taken)
        before.append(reached)
    return before[-1]


def _improve(best: _Sets, found: Iterable[tuple[tuple[int, int], tuple[int, tuple[Offer, ...]]]]) -> None:
    """Keeps the better of what is known and what was found: more points, then earlier times."""
    for state, (points, chosen) in found:
        known = best.get(state)
        if known is None or points > known[0] or (points == known[0] and _cells(chosen) < _cells(known[1])):
            best[state] = points, chosen


def _cells(chosen: tuple[Offer, ...]) -> list[int]:
    return [offer.moment.cell for offer in chosen]
