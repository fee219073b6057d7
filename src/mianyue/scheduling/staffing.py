"""Who sits in several interviews of one candidate, so that nobody's caps are passed by all of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, combinations
from zoneinfo import ZoneInfo

from mianyue.scheduling.caps import counted, monday
from mianyue.scheduling.facts import Person
from mianyue.scheduling.panel import cheapest
from mianyue.scheduling.search import Space
from mianyue.scheduling.timeline import Grid

Team = tuple[str, ...]
Used = frozenset[tuple[str, date, int]]
"""The interviews that people with a cap are already taken for in a chain: who, on which date of theirs, and which step it is."""


class Staff:
    """The people of some steps, and how often each may still sit. People without a cap are never remembered, they don't run out."""

    def __init__(self, spaces: Sequence[Space], grid: Grid, people: Mapping[str, Person]) -> None:
        self.spaces, self.grid, self.people = spaces, grid, people
        self._engaged = {
            key: counted(person) for key, person in people.items() if person.day_cap is not None or person.week_cap is not None
        }
        pools = [found.need.pool for found in spaces]
        self._later = [Counter(key for pool in pools[step + 1 :] for key in pool) for step in range(len(pools))]

    def after(self, step: int, cell: int, before: frozenset[Used]) -> frozenset[Used]:
        """What can be used up once a step is staffed at a cell, given all that could be used up before; empty if it can't be."""
        free = {key: 0 for key, mask in self.spaces[step].people.items() if mask >> cell & 1}
        return frozenset(used | self._using(team, cell, step) for used in before for team in self._choices(step, cell, used, free))

    def teams(self, starts: Sequence[int]) -> tuple[Team, ...] | None:
        """A team for every step, of people who are promised least (the steps before count); None if caps leave too few."""
        return self._teams(starts, (), frozenset())

    def _teams(self, starts: Sequence[int], teams: tuple[Team, ...], used: Used) -> tuple[Team, ...] | None:
        step = len(teams)
        if step == len(starts):
            return teams
        cell = starts[step]
        cost = {key: self._cost(key, teams) for key, mask in self.spaces[step].people.items() if mask >> cell & 1}
        for team in self._choices(step, cell, used, cost):
            found = self._teams(starts, (*teams, team), used | self._using(team, cell, step))
            if found is not None:
                return found
        return None

    def _cost(self, key: str, teams: Sequence[Team]) -> int:
        own = sum(found.need.minutes for found, team in zip(self.spaces, teams, strict=False) if key in team)
        return self.people[key].promised_minutes + own

    def _choices(self, step: int, cell: int, used: Used, cost: Mapping[str, int]) -> Iterator[Team]:
        """The cheapest team of a step, and the cheapest ones that spare some of those who then could not sit in all the later ones.

        Any way to staff the steps spares some set of them here, so trying each set misses none.
        """
        left = {key: self._left(key, cell, used) for key in cost}
        able = {key: points for key, points in cost.items() if left[key] > 0}
        scarce = [key for key in able if left[key] <= self._later[step][key]]
        for spared in chain.from_iterable(combinations(scarce, many) for many in range(len(scarce) + 1)):
            team = cheapest(self.spaces[step].need.seats, {key: points for key, points in able.items() if key not in spared})
            if team is not None:
                yield team

    def _left(self, key: str, cell: int, used: Used) -> int:
        """How many more interviews a person's caps allow on the date and in the week of a cell."""
        if key not in self._engaged:
            return len(self.spaces)
        person, today = self.people[key], self._date(key, cell)
        by_date, by_week = self._engaged[key]
        own = [day for who, day, _ in used if who == key]
        week = by_week[monday(today)] + sum(monday(day) == monday(today) for day in own)
        caps = ((person.day_cap, by_date[today] + own.count(today)), (person.week_cap, week))
        return min(cap - many for cap, many in caps if cap is not None)

    def _using(self, team: Team, cell: int, step: int) -> Used:
        """What a team uses up that a later step may miss."""
        return frozenset((key, self._date(key, cell), step) for key in team if key in self._engaged and self._later[step][key])

    def _date(self, key: str, cell: int) -> date:
        return self.grid.at(cell).astimezone(ZoneInfo(self.people[key].zone)).date()
