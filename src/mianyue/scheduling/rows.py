"""One person's or room's cells, drawn once: whatever asks for the same kind of interview again finds the answer kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval
from mianyue.scheduling.caps import counted
from mianyue.scheduling.days import days
from mianyue.scheduling.facts import CELL, Blocked, Need, Person, Room, Why
from mianyue.scheduling.timeline import Grid, reaching, runs


class Shape(NamedTuple):
    """What an interview asks of somebody's cells: to be there for ``length`` of them, and not blocked from ``ahead`` cells before
    the start until ``behind`` cells after it. ``ways`` are the sites from which more is asked: (site, ahead, behind).
    """

    length: int
    ahead: int
    behind: int
    ways: tuple[tuple[str, int, int], ...] = ()

    @classmethod
    def of_panel(cls, need: Need) -> Shape:
        """What a need asks of its panel; minutes off the grid are rounded up."""
        before, after = need.buffer
        walks = sorted(need.walk.items()) if need.site else ()
        ways = tuple(
            (site, _up(before + walk), _up(need.minutes + after + walk)) for site, walk in walks if walk and site != need.site
        )
        return cls(need.cells, _up(before), _up(need.minutes + after), ways)

    @classmethod
    def of_room(cls, need: Need) -> Shape:
        """What a need asks of its room."""
        return cls(need.cells, 0, need.cells)

    def touching(self, blocked: int) -> int:
        """The starts that something blocked rules out. Those within ``ahead`` cells of the grid's origin are not known."""
        return _touching(blocked, self.ahead, self.behind)


@dataclass(frozen=True, slots=True)
class Row:
    """One person or room on the grid: the cells of being there at all, those that each reason blocks, and those left free.

    ``away`` are the blocked cells by the site where they are spent, as far as it is known, ``full`` those in which no further
    interview may begin because a cap is reached.
    """

    there: int
    blocked: Mapping[Why, int]
    free: int
    away: Mapping[str, int] = field(default_factory=dict)
    full: Mapping[Why, int] = field(default_factory=dict)
    _kept: dict[Shape, int] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of_person(cls, grid: Grid, person: Person) -> Row:
        """An interviewer's row. Raises ``zoneinfo.ZoneInfoNotFoundError`` if there is a cap and the zone does not exist."""
        there = grid.whole(person.attendance)
        blocked = by_reason(grid, person.blocked)
        busy = _any(blocked)
        capped = person.day_cap is not None or person.week_cap is not None
        full = _full(grid, person) if capped else {}
        return cls(there, blocked, there & ~busy, _by_site(grid, person, busy), full)

    @classmethod
    def of_room(cls, grid: Grid, room: Room) -> Row:
        """A room's row: there at any time."""
        always = (1 << grid.count) - 1
        blocked = by_reason(grid, room.blocked)
        return cls(always, blocked, always & ~_any(blocked))

    def starts(self, shape: Shape) -> int:
        """The starts from which an interview of this shape is possible as far as this row goes."""
        known = self._kept.get(shape)
        if known is None:
            known = self._kept[shape] = self._starts(shape)
        return known

    def _starts(self, shape: Shape) -> int:
        if shape.ahead or shape.behind > shape.length:
            found = runs(self.there, shape.length) & ~shape.touching(_any(self.blocked))
        else:
            found = runs(self.free, shape.length)
        return found & ~self.on_the_way(shape) & ~_any(self.full)

    def on_the_way(self, shape: Shape) -> int:
        """The starts that would be too soon before or after something at another site to walk there."""
        found = 0
        for site, ahead, behind in shape.ways:
            if site in self.away:
                found |= _touching(self.away[site], ahead, behind)
        return found


def by_reason(grid: Grid, blocked: Iterable[Blocked]) -> dict[Why, int]:
    """The blocked cells, by reason."""
    spans: dict[Why, list[Interval]] = {}
    for one in blocked:
        spans.setdefault(one.why, []).append(one.interval)
    return {why: grid.touched(intervals) for why, intervals in spans.items()}


def _by_site(grid: Grid, person: Person, busy: int) -> dict[str, int]:
    if not any(one.site for one in person.blocked):
        return {person.site: busy} if person.site else {}
    spans: dict[str, list[Interval]] = {}
    for one in person.blocked:
        if site := one.site or person.site:
            spans.setdefault(site, []).append(one.interval)
    return {site: grid.touched(intervals) for site, intervals in spans.items()}


def _full(grid: Grid, person: Person) -> dict[Why, int]:
    """The cells of the local dates and ISO weeks on which a person has reached a cap."""
    zone = ZoneInfo(person.zone)
    dates, weeks = counted(person)
    found = {}
    for why, cap, engaged, length in ((Why.DAY_FULL, person.day_cap, dates, 1), (Why.WEEK_FULL, person.week_cap, weeks, 7)):
        if cap is None:
            continue
        if cap <= 0:
            found[why] = (1 << grid.count) - 1
            continue
        spans = (days(first, length, zone) for first, many in engaged.items() if many >= cap)
        found[why] = grid.touched(span for span in spans if span)
    return found


def _any(masks: Mapping[Why, int]) -> int:
    found = 0
    for mask in masks.values():
        found |= mask
    return found


def _touching(blocked: int, ahead: int, behind: int) -> int:
    return reaching(blocked, ahead + behind) << ahead


def _up(minutes: int) -> int:
    return -(-minutes // CELL)
