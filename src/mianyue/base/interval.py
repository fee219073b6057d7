"""Half-open spans of instants, so that "touching" never means "clashing" anywhere in the product."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import attrgetter

_set = object.__setattr__  # a frozen dataclass refuses its own


@dataclass(frozen=True, slots=True, order=True, init=False)
class Interval:
    """The instants from ``start`` (included) to ``end`` (excluded), ``start < end``; given aware, kept in UTC.

    UTC because Python compares two datetimes of one zone by their wall clocks, which is wrong in the hour a clock is set back.
    """

    start: datetime
    end: datetime

    def __init__(self, start: datetime, end: datetime) -> None:
        # By hand because one question makes thousands of them, most of what is in UTC already: nearly twice as fast as generated.
        if start.tzinfo is not UTC or end.tzinfo is not UTC:
            if start.tzinfo is None or end.tzinfo is None:
                raise ValueError(f"an interval needs aware datetimes, got {start!r} to {end!r}")
            start, end = start.astimezone(UTC), end.astimezone(UTC)
        if start >= end:
            raise ValueError(f"an interval ends after it starts, got {start.isoformat()} to {end.isoformat()}")
        _set(self, "start", start)
        _set(self, "end", end)

    @property
    def length(self) -> timedelta:
        """The elapsed time, true across clock changes."""
        return self.end - self.start

    def overlaps(self, other: Interval) -> bool:
        """Whether both share at least one instant; intervals that only touch do not."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Interval) -> bool:
        """Whether every instant of ``other`` lies in this interval."""
        return self.start <= other.start and other.end <= self.end

    def clipped(self, window: Interval) -> Interval | None:
        """The part inside ``window``, or None."""
        start, end = max(self.start, window.start), min(self.end, window.end)
        return Interval(start, end) if start < end else None


_START = attrgetter("start")  # compared by the interpreter itself, several times faster than whole intervals


def union(intervals: Iterable[Interval]) -> list[Interval]:
    """The same instants as sorted intervals that neither overlap nor touch."""
    merged: list[Interval] = []
    for interval in sorted(intervals, key=_START):
        if merged and interval.start <= merged[-1].end:
            if interval.end > merged[-1].end:
                merged[-1] = Interval(merged[-1].start, interval.end)
        else:
            merged.append(interval)
    return merged


def subtract(intervals: Iterable[Interval], holes: Iterable[Interval]) -> list[Interval]:
    """The instants of ``intervals`` that lie in none of ``holes``, as sorted disjoint intervals."""
    solid, without = union(intervals), union(holes)
    return list(_subtract(solid, without)) if without else solid


def _subtract(solid: list[Interval], holes: list[Interval]) -> Iterator[Interval]:
    first = 0
    for span in solid:
        start = span.start
        while first < len(holes) and holes[first].end <= start:
            first += 1
        for hole in holes[first:]:
            if hole.start >= span.end:
                break
            if hole.start > start:
                yield Interval(start, hole.start)
            start = hole.end
            if start >= span.end:
                break
        if start < span.end:
            yield Interval(start, span.end)
