"""Slot search minute by minute: far too slow to use and too plain to be wrong. Nothing of the product is imported.

A wall-clock time is never turned into an instant here. Every UTC minute is asked what the clock on the wall shows then, and the
minute that a working segment names is looked up among the answers. Only a time that the clock skips or shows twice needs a rule
(RFC 5545 §3.3.5): a skipped one counts on from the last minute before the jump, of two the first is meant.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.scheduling.workloads import MINUTE_MS, MONDAY_TO_FRIDAY, Query, Resource, Workload

_DAY = 1440
_EPOCH = date(1970, 1, 1)


def valid_starts(workload: Workload, query: Query) -> list[int]:
    """All valid starts in milliseconds since 1970 UTC, in order."""
    length, total = workload["dur"], workload["days"] * _DAY
    people = [_whole(_free(workload, one), length) for one in workload["people"]]
    rooms = [_whole(_free(workload, one), length) for one in workload["rooms"] if one["cap"] >= query["seats"]]
    found = []
    for first in range(0, total - length + 1, workload["grid"]):
        if query["room"] and not any(room[first] for room in rooms):
            continue
        if _staffed(query["groups"], frozenset(n for n, person in enumerate(people) if person[first])):
            found.append(workload["start"] + first * MINUTE_MS)
    return found


def working_minutes(zone: str, segments: Sequence[Sequence[int]], weekdays: Sequence[int], first: date, days: int) -> list[bool]:
    """For each minute of ``days`` UTC days from ``first``: is it working time? ``weekdays``: 0 is Monday."""
    around = [first + timedelta(days=n) for n in range(-2, days + 2)]
    shows = [(day - _EPOCH).days * _DAY + n + ahead for day in around for n, ahead in enumerate(_offsets(zone, day))]
    when = _first_shown(shows)
    work = [False] * len(shows)
    for day in around[1:-1]:
        if day.weekday() not in weekdays:
            continue
        midnight = (day - _EPOCH).days * _DAY
        for from_hour, from_minute, to_hour, to_minute in segments:
            begin, end = from_hour * 60 + from_minute, to_hour * 60 + to_minute
            for minute in range(when[midnight + begin], when[midnight + end + (end <= begin) * _DAY]):
                work[minute] = True
    return work[2 * _DAY : -2 * _DAY]


@lru_cache(maxsize=8192)
def _offsets(zone: str, day: date) -> array[int]:
    """Minutes by which the wall clock is ahead of UTC, at each minute of a UTC day."""
    there, midnight = ZoneInfo(zone), datetime(day.year, day.month, day.day, tzinfo=UTC)
    ahead = ((midnight + timedelta(minutes=n)).astimezone(there).utcoffset() or timedelta() for n in range(_DAY))
    return array("h", (int(one.total_seconds()) // 60 for one in ahead))


def _first_shown(shows: Sequence[int]) -> dict[int, int]:
    """When the wall clock first shows each minute, both counted from where they are; ``shows`` is what it shows in turn."""
    when: dict[int, int] = {}
    before = shows[0] - 1
    for minute, now in enumerate(shows):
        for skipped in range(before + 1, now):
            when.setdefault(skipped, minute + skipped - before - 1)
        when.setdefault(now, minute)
        before = now
    return when


def _free(workload: Workload, one: Resource) -> list[bool]:
    start, total = workload["start"], workload["days"] * _DAY
    first = datetime.fromtimestamp(start / 1000, UTC).date()
    free = working_minutes(one["tz"], one["wh"], one.get("weekdays", MONDAY_TO_FRIDAY), first, workload["days"])
    for begin, end in one["busy"]:
        if begin < end:
            for minute in range(max(0, (begin - start) // MINUTE_MS), min(total, -((start - end) // MINUTE_MS))):
                free[minute] = False
    return free


def _whole(free: list[bool], length: int) -> list[bool]:
    """For each minute: is it free, and the ``length - 1`` minutes after it? What lies behind the end is not."""
    left, found = 0, [False] * len(free)
    for minute in range(len(free) - 1, -1, -1):
        left = left + 1 if free[minute] else 0
        found[minute] = left >= length
    return found


def _staffed(groups: Sequence[dict[str, Any]], free: frozenset[int], used: frozenset[int] = frozenset()) -> bool:
    """Whether every group gets its different people: every choice is tried."""
    if not groups:
        return True
    able = [one for one in groups[0]["people"] if one in free and one not in used]
    return any(_staffed(groups[1:], free, used | set(chosen)) for chosen in combinations(able, groups[0]["need"]))
