"""How one would search with the interval libraries of PyPI: the peers of slot search. All of a query's people, and any one room.

They get the easier job: whole milliseconds instead of aware datetimes, and no reasons. Working hours are read by plain ``zoneinfo``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from importlib.metadata import PackageNotFoundError, version
from zoneinfo import ZoneInfo

from benchmarks.scheduling.workloads import MINUTE_MS, MONDAY_TO_FRIDAY, Resource, Workload

Search = Callable[[Workload, list[int]], list[int]]


def installed() -> dict[str, Search | None]:
    """The peers by name and version; None where one isn't installed."""
    searches = {"portion": by_portion, "intervaltree": by_intervaltree}
    found: dict[str, Search | None] = {}
    for name, search in searches.items():
        try:
            found[f"{name} {version(name)}"] = search
        except PackageNotFoundError:
            found[name] = None
    return found


def by_portion(workload: Workload, everybody: list[int]) -> list[int]:
    """Sets of intervals: working time less events, intersected over people, with each room in turn."""
    import portion

    def free(one: Resource) -> portion.Interval:
        work = portion.Interval(*(portion.closedopen(*span) for span in _work(workload, one)))
        return work - portion.Interval(*(portion.closedopen(*event) for event in one["busy"]))

    together = free(workload["people"][everybody[0]])
    for person in everybody[1:]:
        together &= free(workload["people"][person])
    length, found = workload["dur"] * MINUTE_MS, set()
    for room in workload["rooms"]:
        for span in together & free(room):
            found.update(_starts(workload, span.lower, span.upper - length))
    return sorted(found)


def by_intervaltree(workload: Workload, everybody: list[int]) -> list[int]:
    """A tree of what is busy or not worked per person and room; every start on the grid is asked of each."""
    from intervaltree import IntervalTree

    horizon = workload["start"] + workload["days"] * 1440 * MINUTE_MS

    def taken(one: Resource) -> IntervalTree:
        tree = IntervalTree.from_tuples(one["busy"])
        until = workload["start"]
        for begin, end in _work(workload, one):
            if until < begin:
                tree.addi(until, begin)
            until = max(until, end)
        if until < horizon:
            tree.addi(until, horizon)
        return tree

    people = [taken(workload["people"][person]) for person in everybody]
    rooms = [taken(room) for room in workload["rooms"]]
    length = workload["dur"] * MINUTE_MS
    return [
        start
        for start in _starts(workload, workload["start"], horizon - length)
        if not any(tree.overlaps(start, start + length) for tree in people)
        and any(not tree.overlaps(start, start + length) for tree in rooms)
    ]


def _starts(workload: Workload, first: int, last: int) -> range:
    step, origin = workload["grid"] * MINUTE_MS, workload["start"]
    return range(origin - (origin - first) // step * step, last + 1, step)


def _work(workload: Workload, one: Resource) -> Iterator[tuple[int, int]]:
    """Working time within the horizon, in order, in milliseconds."""
    zone, weekdays = ZoneInfo(one["tz"]), one.get("weekdays", MONDAY_TO_FRIDAY)
    start, end = workload["start"], workload["start"] + workload["days"] * 1440 * MINUTE_MS
    first = datetime.fromtimestamp(start / 1000, UTC).date()
    for n in range(-2, workload["days"] + 2):
        day = first + timedelta(days=n)
        if day.weekday() not in weekdays:
            continue
        for from_hour, from_minute, to_hour, to_minute in one["wh"]:
            opens, closes = time(from_hour, from_minute), time(to_hour, to_minute)
            last = day + timedelta(days=closes <= opens)
            begin, stop = (int(datetime.combine(*wall, zone).timestamp()) * 1000 for wall in ((day, opens), (last, closes)))
            if max(begin, start) < min(stop, end):
                yield max(begin, start), min(stop, end)
