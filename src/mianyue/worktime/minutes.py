"""Spans of whole minutes, because attendance counts minutes: several times faster than instants, and nothing to round at the end.

An instant counts as the minute its clock shows: 08:59:59 is 08:59 for whoever comes and for whoever goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from mianyue.base.interval import Interval

Span = tuple[int, int]
"""From (included) to (excluded), in minutes since 1970 (UTC)."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)


def minute_of(at: datetime) -> int:
    """The minute in which an instant lies."""
    return (at - _EPOCH) // _MINUTE


def spans_of(intervals: Iterable[Interval]) -> list[Span]:
    """The same spans in minutes, sorted, neither overlapping nor touching; what begins and ends within one minute is left out."""
    return union((minute_of(one.start), minute_of(one.end)) for one in intervals)


def union(spans: Iterable[Span]) -> list[Span]:
    """The same minutes as sorted spans that neither overlap nor touch."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def common(spans: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """The minutes that lie in both; each sorted and disjoint."""
    return [
        (max(start, begin), min(end, finish)) for start, end in spans for begin, finish in others if start < finish and begin < end
    ]


def without(spans: Sequence[Span], holes: Sequence[Span]) -> list[Span]:
    """The minutes of ``spans`` that lie in none of ``holes``; each sorted and disjoint."""
    found = []
    for start, end in spans:
        for begin, finish in holes:
            if finish <= start or end <= begin:
                continue
            if start < begin:
                found.append((start, begin))
            start = finish
        if start < end:
            found.append((start, end))
    return found


def total(spans: Iterable[Span]) -> int:
    """How many minutes disjoint spans hold."""
    return sum(end - start for start, end in spans)
