"""Who sits in and where: the cheapest panel and room of one start, or of any start of a bin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from mianyue.scheduling.panel import cheapest
from mianyue.scheduling.search import anywhere
from mianyue.scheduling.timeline import cells, first


class Place(NamedTuple):
    """A start with its panel and room (None: no room is needed); ``cost`` in points."""

    cost: int
    cell: int
    people: tuple[str, ...]
    room: str | None


class Places:
    """The panels and rooms of one need. Masks are of starts; costs are in points and the same at any time.

    Starts at which the same people are free share their panel, so panels are sought once for each set of free people.
    """

    def __init__(
        self,
        people: Mapping[str, int],
        rooms: Mapping[str, int],
        seats: Sequence[Sequence[str]],
        costs: Mapping[str, int],
        fit: Mapping[str, int],
    ) -> None:
        self._people = tuple((key, people[key]) for key in sorted(people, key=costs.__getitem__))
        # Stable: of rooms that cost the same, those that fit better come first.
        self._rooms = tuple((fit[key], key, rooms[key]) for key in sorted(rooms, key=fit.__getitem__))
        # Rooms that cost the same, and all of them together: one look tells whether any of them is free.
        levels = [(cost, [(key, room) for _, key, room in some]) for cost, some in groupby(self._rooms, itemgetter(0))]
        self._levels = [(cost, anywhere(room for _, room in some), some) for cost, some in levels]
        self._seats, self._costs = seats, costs
        self._panels: dict[int, tuple[int, tuple[str, ...]]] = {}
        self._rooms_from = self._rooms[0][0] if self._rooms else 0
        everybody = cheapest(seats, {key: costs[key] for key in people}) or ()
        self.least = sum(costs[key] for key in everybody) + self._rooms_from
        dearest = sum(sorted((costs[key] for key in people), reverse=True)[: len(seats)])
        self.spread = dearest + (self._rooms[-1][0] if self._rooms else 0) - self.least

    def cheapest(self, origin: int, starts: int) -> Place:
        """The cheapest of these starts, of equals the earliest. ``starts`` is relative to ``origin``, not empty, and all are valid."""
        best: Place | None = None
        groups = [(self._at_least(free), origin + first(mask), free, mask) for free, mask in self._by_free(origin, starts)]
        for least, earliest, free, mask in sorted(groups):
            if best is not None and (least, earliest) >= best[:2]:
                break
            burden, team = self._panel(free)
            cost, at, room = self._room(origin, mask)
            if best is None or (burden + cost, origin + at) < best[:2]:
                best = Place(burden + cost, origin + at, team, room)
        if best is None:
            raise ValueError("there is no cheapest of no starts")
        return best

    def each(self, starts: int) -> list[Place]:
        """Every start of a mask with its cheapest panel and room, in order of time; all are valid."""
        found = []
        for free, mask in self._by_free(0, starts):
            burden, team = self._panel(free)
            for fit, key, room in self._rooms:
                found += [Place(burden + fit, cell, team, key) for cell in cells(mask & room)]
                mask &= ~room
            if not self._rooms:
                found += [Place(burden, cell, team, None) for cell in cells(mask)]
        return sorted(found, key=lambda place: place.cell)

    def _by_free(self, origin: int, starts: int) -> list[tuple[int, int]]:
        """The starts by who is free: a bit per person of the pool, and the starts at which exactly these are free."""
        groups = [(0, starts)]
        for at, (_, mask) in enumerate(self._people):
            here = mask >> origin & starts
            if here == starts:
                groups = [(free | 1 << at, group) for free, group in groups]
            elif here:
                split = [(free | 1 << at, found) for free, group in groups if (found := group & here)]
                groups = split + [(free, found) for free, group in groups if (found := group & ~here)]
        return groups

    def _at_least(self, free: int) -> int:
        """What any panel and room costs at least: as many people as there are seats, the cheapest first, whoever may sit where."""
        cost = self._rooms_from
        for _ in self._seats:
            lowest = free & -free
            cost += self._costs[self._people[lowest.bit_length() - 1][0]]
            free ^= lowest
        return cost

    def _panel(self, free: int) -> tuple[int, tuple[str, ...]]:
        if free not in self._panels:
            costs = {key: self._costs[key] for at, (key, _) in enumerate(self._people) if free >> at & 1}
            team = cheapest(self._seats, costs) or ()
            self._panels[free] = sum(costs[key] for key in team), team
        return self._panels[free]

    def _room(self, origin: int, starts: int) -> tuple[int, int, str | None]:
        """The least cost of a room, the earliest start that has one for it, and the room."""
        for fit, any_room, rooms in self._levels:
            if here := any_room >> origin & starts:
                at = first(here)
                return fit, at, next(key for key, room in rooms if room >> origin + at & 1)
        return 0, first(starts), None
