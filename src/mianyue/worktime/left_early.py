"""Who has left for today: their last punch was a going, before the end of the shift."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from mianyue.base.interval import Interval
from mianyue.worktime.instances import ShiftInstance
from mianyue.worktime.parts import ONE_TAP


def left_early(instances: Iterable[ShiftInstance], punches: Sequence[datetime]) -> list[Interval]:
    """The rest of each shift that somebody left before its end. ``punches`` in order of time.

    Coming and going alternate, so of an even number the last is a going; punches within ``ONE_TAP`` minutes are one. Who goes during a
    break, or less than the grace before one or before the end, is not taken to have left.
    """
    return [
        Interval(max(gone, instance.start), instance.end)
        for instance in instances
        if (gone := _gone(instance, [at for at in punches if instance.opens <= at < instance.closes])) is not None
    ]


def _gone(instance: ShiftInstance, punches: Sequence[datetime]) -> datetime | None:
    taps = list(_taps(punches))
    if not taps or len(taps) % 2:
        return None
    grace = timedelta(minutes=instance.punching.early_grace)
    in_a_break = any(before.end - grace <= taps[-1] < after.start for before, after in pairwise(instance.segments))
    return None if in_a_break or taps[-1] >= instance.end - grace else taps[-1]


def _taps(punches: Iterable[datetime]) -> Iterator[datetime]:
    before: datetime | None = None
    for at in punches:
        if before is None or at - before > timedelta(minutes=ONE_TAP):
            yield at
            before = at
