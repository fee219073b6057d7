"""How good a time is in itself, on the candidate's clock, whoever sits in and wherever.

The window is cut into bins: the cells of one local day from which an interview is of one kind to the acceptance model. Within a bin
only panel and room make a difference, so the search for the best options looks at a few hundred bins, not at thousands of starts.
"""

from __future__ import annotations

from bisect import bisect, bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from mianyue.scheduling.best.acceptance import DEFAULT, Acceptance, Kind
from mianyue.scheduling.best.weights import delay
from mianyue.scheduling.facts import CELL
from mianyue.scheduling.search import Space
from mianyue.scheduling.timeline import Grid, cells

DAY = 24 * 60
COMFORTABLE = (9 * 60, 18 * 60)
LUNCH = (12 * 60, 13 * 60)
HALVES = (12 * 60, 18 * 60)
RUSHED, FAR = timedelta(days=1), timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Moment:
    """A possible start as the candidate's clock shows it; ``points`` is what its delay costs, as a value (0 or less)."""

    cell: int
    day: date
    kind: Kind
    comfortable: bool
    points: int

    @property
    def half(self) -> int:
        """Morning, afternoon or evening."""
        return self.kind.half


class Bin(NamedTuple):
    """Cells of one local day and one kind: bit ``i`` of ``mask`` is the cell ``first + i``."""

    first: int
    mask: int
    day: date
    kind: Kind
    comfortable: bool
    points: int

    def moment(self, cell: int) -> Moment:
        """One of its cells as a moment."""
        return Moment(cell, self.day, self.kind, self.comfortable, self.points)

    def among(self, starts: int) -> int:
        """Its cells that are in a mask of the whole grid, relative to ``first``."""
        return starts >> self.first & self.mask


def moments(found: Space, grid: Grid, weights: Acceptance = DEFAULT) -> dict[int, Moment]:
    """The valid starts of a need by cell, in order of time."""
    by_cell = {
        one.first + at: one.moment(one.first + at) for one in bins(found, grid, weights) for at in cells(one.among(found.starts))
    }
    return dict(sorted(by_cell.items()))


def bins(found: Space, grid: Grid, weights: Acceptance = DEFAULT) -> tuple[Bin, ...]:
    """The bins of a need's grid. Kept: asking again for the same grid, zone, length and weights costs nothing."""
    need = found.need
    return _bins(grid, ZoneInfo(need.zone), need.minutes, need.window.start, weights)


@lru_cache(maxsize=64)
def _bins(grid: Grid, zone: ZoneInfo, minutes: int, begin: datetime, weights: Acceptance) -> tuple[Bin, ...]:
    today = begin.astimezone(zone).date()
    rushed, far = _first_from(grid, begin + RUSHED), _first_from(grid, begin + FAR + timedelta(microseconds=1))
    masks: dict[tuple[date, Kind, bool], dict[int, int]] = {}
    for stretch in _stretches(grid, zone, minutes):
        for first, last in pairwise(sorted(_cuts(stretch, (rushed, far)))):
            day, wall = divmod(stretch.wall + (first - stretch.first) * CELL, DAY)
            ends = wall + stretch.lasts
            comfortable = COMFORTABLE[0] <= wall and ends <= COMFORTABLE[1]
            suits = weights.suits - (weights.rushed if first < rushed else weights.far if first >= far else 0)
            if not comfortable:
                suits -= weights.outside
            elif wall < LUNCH[1] and ends > LUNCH[0]:
                suits -= weights.lunch
            local, half = date.fromordinal(day), bisect(HALVES, wall)
            whole, even = (1 << last - first) - 1, _even(wall, last - first)
            for mask, one in ((even, suits), (whole & ~even, suits - weights.odd)):
                if mask:
                    kind = Kind(weights.days[local.weekday()], half, one)
                    parts = masks.setdefault((local, kind, comfortable), {})
                    parts[first] = parts.get(first, 0) | mask
    return tuple(_bin(key, parts, today) for key, parts in masks.items())


def _bin(key: tuple[date, Kind, bool], parts: dict[int, int], today: date) -> Bin:
    first, mask = min(parts), 0
    for at, part in parts.items():
        mask |= part << at - first
    return Bin(first, mask, *key, -delay((key[0] - today).days))


class _Stretch(NamedTuple):
    """Cells from ``first`` to before ``last`` over which local time runs evenly: ``wall`` is the local minute (since the year 1) of
    the first one, and an interview from any of them ends ``lasts`` minutes later by the wall clock.
    """

    first: int
    last: int
    wall: int
    lasts: int


def _stretches(grid: Grid, zone: ZoneInfo, minutes: int) -> Iterator[_Stretch]:
    changes = list(_changes(grid, zone, grid.count + minutes // CELL + 1))
    # A change matters to the starts from it on, and to those from which the interview ends after it.
    cuts = {cut for change in changes for cut in (change, change - minutes // CELL) if 0 < cut < grid.count}
    for first, last in pairwise(sorted({0, grid.count} | cuts)):
        start = grid.at(first)
        wall = _wall(start, zone)
        yield _Stretch(first, last, wall, _wall(start + timedelta(minutes=minutes), zone) - wall)


def _changes(grid: Grid, zone: ZoneInfo, count: int) -> Iterator[int]:
    """The cells before ``count`` at which the zone's offset changes; no zone changes twice within a day."""

    def offset(cell: int) -> timedelta | None:
        return grid.at(cell).astimezone(zone).utcoffset()

    for low, high in pairwise([*range(0, count, DAY // CELL), count]):
        if offset(low) != offset(high):
            before = offset(low)
            yield low + 1 + bisect_left(range(low + 1, high), True, key=lambda cell: offset(cell) != before)


def _cuts(stretch: _Stretch, beside: tuple[int, ...]) -> set[int]:
    """The cells of a stretch at which something about a moment may change, and its ends."""
    lasts = stretch.lasts
    # "Ends after" a wall time begins to hold one minute later than "ends at" it.
    minutes = (0, *COMFORTABLE, *LUNCH, *HALVES, COMFORTABLE[1] - lasts + 1, LUNCH[0] - lasts + 1)
    last_wall = stretch.wall + (stretch.last - stretch.first) * CELL
    days = range(stretch.wall // DAY, last_wall // DAY + 1)
    cuts = {stretch.first - (stretch.wall - (day * DAY + minute)) // CELL for day in days for minute in minutes}
    return {cut for cut in (*cuts, *beside) if stretch.first < cut < stretch.last} | {stretch.first, stretch.last}


def _even(wall: int, count: int) -> int:
    """Of ``count`` cells from a local minute on, those that begin on a full or half hour."""
    if wall % CELL:
        return 0
    return _HALF_HOURS << -wall % 30 // CELL & (1 << count) - 1


_HALF_HOURS = sum(1 << at for at in range(0, 2 * DAY // CELL, 30 // CELL))


def _first_from(grid: Grid, instant: datetime) -> int:
    """The first cell that begins at an instant or later."""
    return -((grid.origin - instant) // timedelta(minutes=CELL))


def _wall(instant: datetime, zone: ZoneInfo) -> int:
    local = instant.astimezone(zone)
    return local.toordinal() * DAY + local.hour * 60 + local.minute
