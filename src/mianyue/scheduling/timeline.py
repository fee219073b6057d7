"""Time as bits: a span of cells is one Python integer, so that "all free together" is an AND over whole weeks at once.

Bit ``i`` stands for the cell of ``CELL`` minutes that begins ``i`` cells after the grid's origin. Cells count elapsed time in UTC,
so clock changes can't bend them. What must be there (attendance) is rounded inwards and what must not (events) outwards:
rounding may hide a slot that is not on the grid, but never shows a false one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from mianyue.base.interval import Interval, union
from mianyue.scheduling.facts import CELL

_CELL = timedelta(minutes=CELL)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a window: ``count`` cells from ``origin``, which is a multiple of a cell since 1970."""

    origin: datetime
    count: int

    @classmethod
    def over(cls, window: Interval) -> Grid:
        """The smallest grid that covers the window."""
        first = (window.start - _EPOCH) // _CELL
        last = -((_EPOCH - window.end) // _CELL)
        return cls(_EPOCH + first * _CELL, last - first)

    def whole(self, intervals: Iterable[Interval]) -> int:
        """The cells that lie wholly inside the union of the intervals."""
        mask, origin = 0, self.origin
        for interval in union(intervals):
            mask |= self._drawn(-((origin - interval.start) // _CELL), (interval.end - origin) // _CELL)
        return mask

    def touched(self, intervals: Iterable[Interval]) -> int:
        """The cells that share at least one instant with one of the intervals."""
        mask, origin = 0, self.origin
        for interval in intervals:
            mask |= self._drawn((interval.start - origin) // _CELL, -((origin - interval.end) // _CELL))
        return mask

    def _drawn(self, first: int, last: int) -> int:
        # Without min and max, and moving a small number: thousands of spans are drawn for one question.
        if first < 0:
            first = 0
        if last > self.count:
            last = self.count
        return ((1 << (last - first)) - 1) << first if first < last else 0

    def every(self, step: int) -> int:
        """The cells that begin on a multiple of ``step`` minutes since 1970 UTC."""
        stride = step // CELL
        first = -((self.origin - _EPOCH) // _CELL) % stride
        repeats = -(-(self.count - first) // stride)
        if repeats <= 0:
            return 0
        return (((1 << (repeats * stride)) - 1) // ((1 << stride) - 1)) << first

    def at(self, cell: int) -> datetime:
        """The instant (UTC) at which a cell begins."""
        return self.origin + cell * _CELL

    def interval(self, cell: int, minutes: int) -> Interval:
        """What lasts ``minutes`` from the beginning of a cell."""
        start = self.at(cell)
        return Interval(start, start + timedelta(minutes=minutes))


def runs(mask: int, length: int) -> int:
    """The cells from which on ``length`` cells in a row are in ``mask`` (erosion, in log₂ ``length`` shifts)."""
    have = 1
    while have < length:
        shift = min(have, length - have)
        mask &= mask >> shift
        have += shift
    return mask


def reaching(mask: int, length: int) -> int:
    """The cells from which on at least one of ``length`` cells is in ``mask``: the starts that something busy rules out."""
    have = 1
    while have < length:
        shift = min(have, length - have)
        mask |= mask >> shift
        have += shift
    return mask


def covering(starts: int, length: int) -> int:
    """The cells that spans of ``length`` cells occupy which begin at ``starts``."""
    have = 1
    while have < length:
        shift = min(have, length - have)
        starts |= starts << shift
        have += shift
    return starts


def side_by_side(starts: int, length: int, most: int) -> int:
    """How many spans of ``length`` cells fit without overlap, up to ``most``: taking the earliest start again and again is optimal."""
    for count in range(most):
        if not starts:
            return count
        end = first(starts) + length
        starts = starts >> end << end
    return most


def cells(mask: int) -> Iterator[int]:
    """The cells of a mask, in order of time. Searching the binary digits is much faster than peeling off the lowest bit."""
    digits = bin(mask)[:1:-1]
    at = digits.find("1")
    while at >= 0:
        yield at
        at = digits.find("1", at + 1)


def first(mask: int) -> int:
    """The first cell of a mask that is not empty."""
    return (mask & -mask).bit_length() - 1
