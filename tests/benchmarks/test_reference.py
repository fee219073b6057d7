"""The slow truth against cases worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from benchmarks.scheduling.reference import valid_starts, working_minutes
from benchmarks.scheduling.workloads import EVERY_DAY, everyone

DAY = "2027-05-03"


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp()) * 1000


def somebody(*hours: list[int], zone: str = "UTC", busy: tuple[tuple[str, str], ...] = (), cap: int = 4) -> dict[str, Any]:
    events = [[at(f"{DAY}T{begin}Z"), at(f"{DAY}T{end}Z")] for begin, end in busy]
    return {"tz": zone, "wh": list(hours), "busy": events, "cap": cap, "weekdays": list(EVERY_DAY)}


def starts(
    day: str, people: list[dict[str, Any]], *groups: dict[str, Any], rooms: Any = None, seats: int = 0, dur: int = 60
) -> list[str]:
    workload = {"start": at(f"{day}T00:00Z"), "days": 1, "dur": dur, "grid": 15, "people": people, "rooms": rooms or []}
    found = valid_starts(workload, {"groups": list(groups), "room": rooms is not None, "seats": seats})
    return [datetime.fromtimestamp(ms / 1000, UTC).strftime("%H:%M") for ms in found]


def one_of(*people: int) -> dict[str, Any]:
    return {"people": list(people), "need": 1}


NINE, TEN = somebody([9, 0, 10, 0]), somebody([10, 0, 11, 0])
BOTH = somebody([9, 0, 11, 0])


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (BOTH, ["09:00", "09:15", "09:30", "09:45", "10:00"]),
        (somebody([9, 0, 11, 0], busy=(("10:00", "11:00"),)), ["09:00"]),
        (somebody([9, 0, 11, 0], busy=(("09:59", "11:00"),)), []),
        (somebody([9, 0, 11, 0], busy=(("09:00:00", "09:00:01"),)), ["09:15", "09:30", "09:45", "10:00"]),
        (somebody([9, 0, 11, 0], busy=(("10:00", "10:00"),)), ["09:00", "09:15", "09:30", "09:45", "10:00"]),
        (somebody([9, 0, 10, 0], [10, 0, 11, 0]), ["09:00", "09:15", "09:30", "09:45", "10:00"]),
        (somebody([9, 0, 10, 0], [10, 15, 11, 15]), ["09:00", "10:15"]),
        (somebody([22, 30, 1, 30]), ["00:00", "00:15", "00:30", "22:30", "22:45", "23:00"]),
    ],
)
def test_one_person_s_starts(person: dict[str, Any], expected: list[str]) -> None:
    assert starts(DAY, [person], everyone([0])) == expected


@pytest.mark.parametrize(
    ("day", "zone", "hours", "expected"),
    [
        ("2027-03-13", "America/New_York", [9, 0, 10, 0], ["14:00"]),
        ("2027-03-14", "America/New_York", [9, 0, 10, 0], ["13:00"]),
        ("2027-11-07", "America/New_York", [9, 0, 10, 0], ["14:00"]),
        ("2027-03-14", "America/New_York", [2, 30, 4, 30], ["07:30"]),
        ("2027-11-07", "America/New_York", [1, 30, 2, 0], ["05:30", "05:45", "06:00"]),
        ("2027-04-03", "Australia/Lord_Howe", [9, 0, 10, 0], ["22:30"]),
    ],
)
def test_hours_in_weeks_with_a_clock_change(day: str, zone: str, hours: list[int], expected: list[str]) -> None:
    assert starts(day, [somebody(hours, zone=zone)], everyone([0])) == expected


def test_a_night_is_seven_or_nine_hours_long_when_the_clock_changes_in_it() -> None:
    night = [[0, 0, 8, 0]]
    assert sum(working_minutes("Europe/Berlin", night, EVERY_DAY, date(2027, 3, 27), 3)) == (7 + 8 + 8) * 60 + 60
    assert sum(working_minutes("Europe/Berlin", night, EVERY_DAY, date(2027, 10, 30), 3)) == (7 + 9 + 8) * 60


def test_nobody_fills_two_seats_and_nobody_hands_over_half_way() -> None:
    first, second = somebody([9, 0, 9, 30]), somebody([9, 30, 10, 0])
    assert starts(DAY, [first, second], one_of(0, 1)) == []
    assert starts(DAY, [NINE, TEN], one_of(0, 1)) == ["09:00", "10:00"]
    assert starts(DAY, [NINE, BOTH], one_of(0), one_of(0, 1)) == ["09:00"]
    assert starts(DAY, [NINE, TEN], one_of(0), one_of(0, 1)) == []
    assert starts(DAY, [NINE, NINE, NINE], {"people": [0, 1, 2], "need": 3}) == ["09:00"]


def test_one_room_of_the_size_is_free_for_the_whole_time() -> None:
    small, large = {**NINE, "cap": 4}, {**TEN, "cap": 8}
    assert starts(DAY, [BOTH], everyone([0]), rooms=[small, large]) == ["09:00", "10:00"]
    assert starts(DAY, [BOTH], everyone([0]), rooms=[small, large], seats=5) == ["10:00"]
    assert starts(DAY, [BOTH], everyone([0]), rooms=[small, large], seats=9) == []
    halves = [somebody([9, 0, 9, 30]), somebody([9, 30, 10, 0])]
    assert starts(DAY, [BOTH], everyone([0]), rooms=halves) == []
