"""Drawn companies to search in: one of ordinary size for speed, and many small nasty ones for correctness.

The format is that of the public slot-search workloads (one JSON object): ``start`` in milliseconds since 1970 UTC, ``days`` of 24
hours, ``dur`` minutes of the interview, ``grid`` minutes between possible starts; ``people`` and ``rooms`` with ``tz``, ``wh``
(wall-clock segments, ending at or before the beginning means the next day), ``weekdays`` (0 is Monday; without it Monday to
Friday), ``busy`` (milliseconds, half open, sorted); rooms with ``cap`` places. A query names groups of people of whom so many are
``need``ed, whether a ``room`` is wanted, and the ``seats`` it must have. A seed decides everything.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Workload = dict[str, Any]
Query = dict[str, Any]
Resource = dict[str, Any]

MINUTE_MS = 60_000
MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
ORDINARY_SEED, NASTY_SEED = 31, 8

# Zones of every kind: no change, hour and half-hour changes, odd offsets, changes at local midnight, both hemispheres.
NASTY_ZONES = (
    "Asia/Shanghai", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Beirut", "Africa/Cairo", "Europe/Berlin", "Europe/London",
    "Europe/Lisbon", "Atlantic/Azores", "America/New_York", "America/St_Johns", "America/Los_Angeles", "America/Santiago",
    "America/Asuncion", "Australia/Adelaide", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Chatham",
)  # fmt: skip
# Days from which on a few days ahead the clock of one of these zones changes in 2027.
CHANGES_AHEAD = (
    "2027-03-11",
    "2027-03-25",
    "2027-04-01",
    "2027-04-29",
    "2027-09-02",
    "2027-09-23",
    "2027-09-30",
    "2027-10-28",
    "2027-11-04",
)


def ordinary(people: int = 10, rooms: int = 50, days: int = 28, seed: int = ORDINARY_SEED) -> Workload:
    """A company in Shanghai with a few colleagues elsewhere: one-hour interviews, a start every five minutes, four weeks of March 2027."""
    dice = random.Random(f"ordinary/{seed}")
    first = date(2027, 3, 1)
    elsewhere = {7: ("Asia/Singapore", 9, 18), 8: ("Europe/Berlin", 7, 13), 9: ("Europe/London", 7, 12)}
    workload = _empty(first, days, 60, 5)
    for number in range(people):
        zone, opens, closes = elsewhere.get(number % 10, ("Asia/Shanghai", 9, 18))
        busy = [
            _meeting(dice, day, zone, opens, closes, (30, 45, 60, 90))
            for day in _days(first, days, MONDAY_TO_FRIDAY)
            for _ in range(dice.randrange(4))
        ]
        workload["people"].append({"tz": zone, "wh": [[opens, 0, closes, 0]], "busy": sorted(busy)})
    for _ in range(rooms):
        busy = [
            _meeting(dice, day, "Asia/Shanghai", 9, 18, (30, 60, 90, 120))
            for day in _days(first, days, MONDAY_TO_FRIDAY)
            for _ in range(dice.randrange(2, 6))
        ]
        hours = {"tz": "Asia/Shanghai", "wh": [[8, 0, 21, 0]], "busy": sorted(busy)}
        workload["rooms"].append({**hours, "cap": dice.choice((4, 6, 8, 12))})
    return workload


def nasty(count: int, seed: int = NASTY_SEED) -> Iterator[tuple[Workload, Query]]:
    """Small cases with everything that goes wrong in practice: weeks with a clock change, half-hour zones, night shifts, breaks,
    weekends, events at odd minutes, events without length, pools that share people, rooms of several sizes."""
    for number in range(count):
        dice = random.Random(f"nasty/{seed}/{number}")
        first = (
            date.fromisoformat(dice.choice(CHANGES_AHEAD))
            if dice.random() < 0.7
            else date(2027, 1, 4) + timedelta(dice.randrange(340))
        )
        days = dice.randrange(2, 9)
        workload = _empty(first, days, dice.choice((15, 30, 45, 60, 90, 120)), dice.choice((5, 5, 10, 15, 30)))
        weekdays = EVERY_DAY if dice.random() < 0.75 else MONDAY_TO_FRIDAY
        workload["people"] = [_somebody(dice, first, days, weekdays) for _ in range(dice.randrange(1, 8))]
        workload["rooms"] = [
            {**_somebody(dice, first, days, weekdays), "cap": dice.choice((3, 4, 6, 10))} for _ in range(dice.randrange(1, 6))
        ]
        yield workload, _query(dice, len(workload["people"]))


def everyone(people: Sequence[int]) -> dict[str, Any]:
    """The group that needs all of these people."""
    return {"people": list(people), "need": len(people)}


def _empty(first: date, days: int, minutes: int, grid: int) -> Workload:
    start = int(datetime.combine(first, time(), UTC).timestamp()) * 1000
    return {"start": start, "days": days, "dur": minutes, "grid": grid, "people": [], "rooms": []}


def _somebody(dice: random.Random, first: date, days: int, weekdays: Sequence[int]) -> Resource:
    zone = dice.choice(NASTY_ZONES)
    opens = dice.choice((0, 2, 6, 9, 13, 20, 22))
    hours = dice.choice((4, 8, 8, 9, 11))
    segments = [[opens, dice.choice((0, 0, 30)), (opens + hours) % 24, dice.choice((0, 0, 15, 30))]]
    if hours >= 8 and dice.random() < 0.4:  # a break of an hour in the middle
        begin, end = segments[0][:2], segments[0][2:]
        rest = (opens + hours // 2) % 24
        segments = [[*begin, rest, 0], [(rest + 1) % 24, 0, *end]]
    odd = dice.choice((0.0, 0.3, 1.0))
    busy = []
    for day in _days(first - timedelta(days=1), days + 2, EVERY_DAY):
        for _ in range(dice.randrange(3)):
            event = _meeting(dice, day, zone, opens, opens + hours, (0, 5, 30, 60, 120))
            shift = [dice.randrange(5) * MINUTE_MS if dice.random() < odd else 0 for _ in range(2)]
            busy.append([event[0] + shift[0], max(event[0] + shift[0], event[1] + shift[1])])
    found = {"tz": zone, "wh": segments, "busy": sorted(busy)}
    return found if tuple(weekdays) == MONDAY_TO_FRIDAY else {**found, "weekdays": list(weekdays)}


def _meeting(dice: random.Random, day: date, zone: str, opens: int, closes: int, lengths: Sequence[int]) -> list[int]:
    begin = dice.randrange(opens * 12, closes * 12) * 5
    return [_ms(day, begin, zone), _ms(day, min(begin + dice.choice(lengths), max(closes * 60, begin)), zone)]


def _query(dice: random.Random, people: int) -> Query:
    groups = []
    for _ in range(dice.choice((1, 1, 1, 2, 2, 3))):
        pool = sorted(dice.sample(range(people), dice.randrange(1, people + 1)))
        groups.append({"people": pool, "need": min(dice.choice((1, 1, 2, 3)), len(pool))})
    return {"groups": groups, "room": dice.random() < 0.7, "seats": dice.choice((0, 0, 4, 5, 10))}


def _days(first: date, count: int, weekdays: Sequence[int]) -> list[date]:
    return [day for n in range(count) if (day := first + timedelta(days=n)).weekday() in weekdays]


def _ms(day: date, minutes: int, zone: str) -> int:
    wall = datetime.combine(day + timedelta(days=minutes // 1440), time(minutes % 1440 // 60, minutes % 60), ZoneInfo(zone))
    return int(wall.timestamp()) * 1000
