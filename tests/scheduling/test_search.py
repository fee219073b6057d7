"""Valid starts against a minute-by-minute search, and the cases that go wrong elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mianyue.base.interval import Interval
from mianyue.scheduling.facts import Blocked, Need, Option, Person, Room, Why
from mianyue.scheduling.search import Field, own_space, shadow_for, space, still_possible, valid_starts
from mianyue.scheduling.timeline import Grid, cells

MINUTE = timedelta(minutes=1)
WINDOWS = {
    "Asia/Shanghai": date(2026, 12, 1),
    "Asia/Kolkata": date(2026, 12, 1),
    "Europe/Vienna": date(2026, 10, 24),  # clocks go back on the 25th
    "America/New_York": date(2027, 3, 13),  # clocks go forward on the 14th
    "Australia/Lord_Howe": date(2027, 4, 3),  # back by half an hour on the 4th
}


def local(zone: str, day: date, minutes: int) -> datetime:
    return (datetime.combine(day, time(), ZoneInfo(zone)) + minutes * MINUTE).astimezone(UTC)


@st.composite
def questions(draw: st.DrawFn) -> tuple[Need, dict[str, Person], dict[str, Room]]:
    """Two days around a clock change, shifts of any kind (nights too), events on odd minutes, overlapping pools, small rooms."""
    zone = draw(st.sampled_from(sorted(WINDOWS)))
    first = WINDOWS[zone]
    window = Interval(
        local(zone, first, draw(st.integers(0, 900))), local(zone, first + timedelta(days=1), draw(st.integers(300, 1440)))
    )

    def span(most: int) -> st.SearchStrategy[Interval]:
        starts = st.tuples(st.integers(-300, 2800), st.integers(1, most))
        return starts.map(lambda s: Interval(window.start + s[0] * MINUTE, window.start + (s[0] + s[1]) * MINUTE))

    def blocked(most: int, count: int) -> st.SearchStrategy[tuple[Blocked, ...]]:
        return st.lists(st.builds(Blocked, span(most), st.sampled_from([Why.LEAVE, Why.CALENDAR])), max_size=count).map(tuple)

    def shift(person_zone: str) -> st.SearchStrategy[Interval]:
        wall = st.tuples(st.integers(-1, 2), st.integers(0, 287), st.integers(60, 700))
        return wall.map(
            lambda w: Interval(
                local(person_zone, first + timedelta(days=w[0]), 5 * w[1]),
                local(person_zone, first + timedelta(days=w[0]), 5 * w[1] + w[2]),
            )
        )

    people = {
        key: Person(
            key,
            tuple(draw(st.lists(shift(draw(st.sampled_from(sorted(WINDOWS)))), min_size=1, max_size=3))),
            draw(blocked(200, 4)),
        )
        for key in ("A", "B", "C")
    }
    rooms = {key: Room(key, draw(st.integers(2, 4)), draw(blocked(700, 3))) for key in ("R", "S")}
    seats = draw(
        st.lists(st.lists(st.sampled_from("ABCX"), min_size=1, max_size=3, unique=True).map(tuple), min_size=1, max_size=3)
    )
    start = draw(st.integers(0, 288)) * 5
    need = Need(
        "N",
        draw(st.sampled_from([15, 30, 45, 60, 90])),
        tuple(seats),
        window,
        zone,
        day=draw(st.sampled_from([(480, 1260), (0, 1440), (90, 600)])),
        rooms=draw(st.sampled_from([None, ("R", "S"), ("R", "Z"), ()])),
        blocked=draw(blocked(200, 2)),
        step=draw(st.sampled_from([5, 15, 30, 60])),
        avoid=(Interval(window.start + start * MINUTE, window.start + (start + 60) * MINUTE),) if draw(st.booleans()) else (),
    )
    return need, people, rooms


def slow_starts(need: Need, people: dict[str, Person], rooms: dict[str, Room]) -> list[datetime]:
    """Minute by minute, every choice of people tried."""
    zone = ZoneInfo(need.zone)
    start = datetime.combine(need.window.start.date(), time(), UTC)
    found = []
    while start < need.window.end:
        minutes = [Interval(start + k * MINUTE, start + (k + 1) * MINUTE) for k in range(need.minutes)]

        def clear(blocked: tuple[Blocked, ...], minutes: list[Interval] = minutes) -> bool:
            return not any(one.interval.overlaps(minute) for one in blocked for minute in minutes)

        def at_work(person: Person, minutes: list[Interval] = minutes) -> bool:
            return all(any(shift.contains(minute) for shift in person.attendance) for minute in minutes)

        day = start.astimezone(zone).date()
        inside = Interval(local(need.zone, day, need.day[0]), local(need.zone, day, need.day[1]))
        whole = Interval(start, start + need.minutes * MINUTE)
        if need.window.contains(whole) and inside.contains(whole) and clear(need.ruled_out):
            free = {key for key, person in people.items() if at_work(person) and clear(person.blocked)}
            team = any(len(set(team)) == len(team) and free >= set(team) for team in product(*need.seats))
            near = [rooms[key] for key in need.rooms or () if key in rooms]
            room = need.rooms is None or any(r.capacity > len(need.seats) and clear(r.blocked) for r in near)
            if team and room:
                found.append(start)
        start += need.step * MINUTE
    return found


@settings(max_examples=150, deadline=None)
@given(questions())
def test_the_search_finds_exactly_what_a_search_by_minutes_finds(question: tuple[Need, dict[str, Person], dict[str, Room]]) -> None:
    assert valid_starts(*question) == slow_starts(*question)


@settings(max_examples=60, deadline=None)
@given(questions(), st.integers(0, 600), st.data())
def test_what_was_found_earlier_is_still_possible_exactly_if_it_would_be_found_now(
    question: tuple[Need, dict[str, Person], dict[str, Room]], later: int, data: st.DataObject
) -> None:
    need, people, rooms = question
    start = Grid.over(need.window).origin + later * 5 * MINUTE
    team = tuple(data.draw(st.sampled_from(seat)) for seat in need.seats)
    room = data.draw(st.sampled_from(need.rooms)) if need.rooms else None
    option = Option(Interval(start, start + need.minutes * MINUTE), team, room)
    exactly = replace(need, seats=tuple((key,) for key in team), rooms=(room,) if room else need.rooms)
    found = start in valid_starts(exactly, people, rooms)
    assert still_possible(need, option, people, rooms) == (option if found else None)


def test_what_the_need_asks_otherwise_now_is_not_possible_any_more() -> None:
    free = {key: Person(key, (MORNING,)) for key in ("E001", "E003")}
    option = Option(span(DAY, "10:00", "11:00"), ("E001",), None)
    assert still_possible(NEED, option, free, {}) == option
    assert still_possible(replace(NEED, minutes=90), option, free, {}) is None
    assert still_possible(replace(NEED, seats=(("E002",),)), option, free, {}) is None
    assert still_possible(replace(NEED, rooms=("R01",)), option, free, {"R01": Room("R01", 4)}) is None
    learning = replace(option, shadow="E003")
    assert still_possible(replace(NEED, shadows=("E003",)), learning, free, {}) == learning
    assert still_possible(replace(NEED, shadows=("E003",)), learning, {"E001": free["E001"]}, {}) == option
    assert still_possible(NEED, learning, free, {}) == option


@settings(max_examples=40, deadline=None)
@given(questions(), st.integers(1, 100))
def test_a_length_off_the_grid_never_gives_a_false_start(
    question: tuple[Need, dict[str, Person], dict[str, Room]], minutes: int
) -> None:
    need, people, rooms = question
    need = replace(need, minutes=minutes)
    assert set(valid_starts(need, people, rooms)) <= set(slow_starts(need, people, rooms))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def span(day: str, start: str, end: str, offset: str = "+08:00") -> Interval:
    return Interval(at(f"{day}T{start}{offset}"), at(f"{day}T{end}{offset}"))


DAY = "2026-12-02"
WHOLE_DAY = Interval(at(f"{DAY}T00:00+08:00"), at("2026-12-03T00:00+08:00"))
NEED = Need("N", 60, (("E001",),), WHOLE_DAY, "Asia/Shanghai", step=30)
MORNING = span(DAY, "09:00", "11:00")


def starts(need: Need, *people: Person, rooms: tuple[Room, ...] = ()) -> list[str]:
    found = valid_starts(need, {p.key: p for p in people}, {r.key: r for r in rooms})
    return [start.astimezone(ZoneInfo(need.zone)).strftime("%H:%M") for start in found]


def off(start: str, end: str, why: Why = Why.CALENDAR) -> tuple[Blocked, ...]:
    return (Blocked(span(DAY, start, end), why),)


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (Person("E001", (MORNING,)), ["09:00", "09:30", "10:00"]),
        (Person("E001", (span(DAY, "09:00", "10:00"), span(DAY, "10:00", "11:00"))), ["09:00", "09:30", "10:00"]),
        (Person("E001", (span(DAY, "09:00", "09:32"), span(DAY, "09:32", "11:00"))), ["09:00", "09:30", "10:00"]),
        (Person("E001", (span(DAY, "09:00", "10:00"), span(DAY, "10:01", "11:01"))), ["09:00"]),
        (Person("E001", (MORNING,), off("10:00", "10:30")), ["09:00"]),
        (Person("E001", (MORNING,), off("09:59", "10:30")), []),
        (Person("E001", (MORNING,), off("08:00", "09:00")), ["09:00", "09:30", "10:00"]),
        (Person("E001", ()), []),
        (Person("E001", (span(DAY, "09:01", "10:59"),)), ["09:30"]),
    ],
    ids=[
        "shift",
        "touching shifts are one",
        "also off the grid",
        "a minute between shifts",
        "touching event",
        "one minute of an event",
        "before",
        "never",
        "odd",
    ],
)
def test_one_person(person: Person, expected: list[str]) -> None:
    assert starts(NEED, person) == expected


def test_two_halves_of_two_people_do_not_make_an_interviewer() -> None:
    need = replace(NEED, seats=(("E001", "E002"),))
    assert starts(need, Person("E001", (span(DAY, "09:00", "09:30"),)), Person("E002", (span(DAY, "09:30", "10:00"),))) == []


def test_two_halves_of_two_rooms_do_not_make_a_room() -> None:
    need = replace(NEED, rooms=("R01", "R02"))
    rooms = Room("R01", 2, off("09:30", "12:00", Why.ROOM_BOOKED)), Room("R02", 2, off("08:00", "09:30", Why.ROOM_BOOKED))
    assert starts(need, Person("E001", (MORNING,)), rooms=rooms) == ["09:30", "10:00"]
    assert starts(need, Person("E001", (span(DAY, "09:00", "10:00"),)), rooms=rooms) == []


def test_a_room_seats_the_panel_and_the_candidate() -> None:
    need = replace(NEED, seats=(("E001",), ("E002",)), rooms=("R01",))
    people = Person("E001", (MORNING,)), Person("E002", (MORNING,))
    assert starts(need, *people, rooms=(Room("R01", 2),)) == []
    assert starts(need, *people, rooms=(Room("R01", 3),)) == ["09:00", "09:30", "10:00"]


def test_the_candidate_is_asked_for_a_time_of_their_own_day() -> None:
    around_the_clock = Person("E001", (WHOLE_DAY,))
    assert starts(replace(NEED, step=60), around_the_clock)[::12] == ["08:00", "20:00"]
    new_york = replace(NEED, zone="America/New_York", step=60)
    assert starts(new_york, around_the_clock) == [
        "11:00",
        "12:00",
        "13:00",
        "14:00",
        "15:00",
        "16:00",
        "17:00",
        "18:00",
        "19:00",
        "20:00",
        "08:00",
        "09:00",
        "10:00",
    ]


def test_an_interview_may_not_cross_the_candidate_s_midnight() -> None:
    window = Interval(at("2026-12-02T22:00+08:00"), at("2026-12-03T02:00+08:00"))
    need = replace(NEED, window=window, day=(0, 1440))
    assert starts(need, Person("E001", (window,))) == ["22:00", "22:30", "23:00", "00:00", "00:30", "01:00"]


def test_a_night_shift_serves_a_candidate_elsewhere() -> None:
    shift = Interval(at("2026-12-02T22:00+08:00"), at("2026-12-03T06:00+08:00"))
    need = replace(NEED, zone="America/New_York", window=shift, step=60)
    assert starts(need, Person("E001", (shift,))) == ["09:00", "10:00", "11:00", "12:00", "13:00", "14:00", "15:00", "16:00"]


def test_refused_times_and_what_overlaps_them_are_not_offered_again() -> None:
    need = replace(NEED, avoid=(span(DAY, "09:00", "10:00"),))
    assert starts(need, Person("E001", (MORNING,))) == ["10:00"]


def test_in_half_hour_zones_starts_still_lie_on_the_step_of_utc() -> None:
    day = Interval(at("2026-12-02T09:00+05:30"), at("2026-12-02T12:00+05:30"))
    assert starts(replace(NEED, zone="Asia/Kolkata", window=day, step=60), Person("E001", (day,))) == ["09:30", "10:30"]


def test_an_unknown_person_is_never_free() -> None:
    assert starts(NEED) == []
    assert starts(replace(NEED, seats=(("E099", "E001"),)), Person("E001", (MORNING,))) == ["09:00", "09:30", "10:00"]


@pytest.mark.parametrize(
    ("windows", "expected"),
    [
        (None, ["09:00", "09:30", "10:00"]),
        ((), []),
        ((span(DAY, "09:30", "11:00"),), ["09:30", "10:00"]),
        ((span(DAY, "09:00", "09:45"), span(DAY, "09:45", "10:30")), ["09:00", "09:30"]),
        ((span(DAY, "09:00", "09:44"), span(DAY, "09:45", "10:30")), []),
        ((span(DAY, "00:00", "00:01"), span("2026-12-09", "09:00", "11:00")), []),
    ],
    ids=["nothing said", "no time at all", "from half past", "touching times are one", "a minute between", "other times"],
)
def test_the_interview_lies_in_the_times_that_the_candidate_stated(
    windows: tuple[Interval, ...] | None, expected: list[str]
) -> None:
    assert starts(replace(NEED, windows=windows), Person("E001", (MORNING,))) == expected


@pytest.mark.parametrize(
    ("buffer", "blocked", "expected"),
    [
        ((0, 0), off("08:00", "09:00") + off("11:00", "12:00"), ["09:00", "09:30", "10:00"]),
        ((10, 0), off("08:00", "09:00") + off("11:00", "12:00"), ["09:30", "10:00"]),
        ((0, 10), off("08:00", "09:00") + off("11:00", "12:00"), ["09:00", "09:30"]),
        ((30, 30), off("08:00", "09:00") + off("11:00", "12:00"), ["09:30"]),
        ((10, 10), (), ["09:00", "09:30", "10:00"]),
        ((10, 0), off("08:00", "08:50"), ["09:00", "09:30", "10:00"]),
        ((10, 0), off("08:00", "08:51"), ["09:30", "10:00"]),
        ((7, 0), off("08:00", "08:53"), ["09:30", "10:00"]),
    ],
    ids=[
        "none", "before", "after", "both", "not at work around it is no matter", "a long enough break", "a minute too short", "off the grid, on the safe side",
    ],
)  # fmt: skip
def test_the_panel_has_its_buffer(buffer: tuple[int, int], blocked: tuple[Blocked, ...], expected: list[str]) -> None:
    assert starts(replace(NEED, buffer=buffer), Person("E001", (MORNING,), blocked)) == expected


def test_the_buffer_and_the_way_count_beyond_the_window() -> None:
    person = Person("E001", (MORNING,), off("08:30", "08:55"), site="lab")
    need = replace(NEED, window=MORNING, site="hq", walk={"lab": 20})
    assert starts(need, person) == ["09:30", "10:00"]
    assert starts(replace(need, walk={}, buffer=(5, 0)), person) == ["09:00", "09:30", "10:00"]
    assert starts(replace(need, walk={}, buffer=(10, 0)), person) == ["09:30", "10:00"]


def test_a_room_needs_no_buffer_and_no_way() -> None:
    need = replace(NEED, rooms=("R01",), buffer=(30, 30), site="hq", walk={"lab": 30})
    room = Room("R01", 2, (Blocked(span(DAY, "08:00", "09:00"), Why.ROOM_BOOKED, "lab"),))
    assert starts(need, Person("E001", (MORNING,)), rooms=(room,)) == ["09:00", "09:30", "10:00"]


@pytest.mark.parametrize(
    ("site", "walk", "where", "works_at", "expected"),
    [
        ("hq", {"lab": 20}, "lab", "hq", ["09:30", "10:00"]),
        ("hq", {"lab": 20}, "", "lab", ["09:30", "10:00"]),
        ("hq", {"lab": 20}, "hq", "lab", ["09:00", "09:30", "10:00"]),
        ("hq", {"lab": 20}, "", "hq", ["09:00", "09:30", "10:00"]),
        ("hq", {"lab": 20}, "", "", ["09:00", "09:30", "10:00"]),
        ("hq", {"plant": 20}, "lab", "hq", ["09:00", "09:30", "10:00"]),
        ("", {"lab": 20}, "lab", "hq", ["09:00", "09:30", "10:00"]),
        ("hq", {"hq": 20}, "hq", "hq", ["09:00", "09:30", "10:00"]),
    ],
    ids=[
        "a meeting elsewhere", "at the own desk elsewhere", "a meeting here", "works here", "site unknown", "way unknown", "interview online", "no way within a site",
    ],
)  # fmt: skip
def test_whoever_is_elsewhere_needs_time_to_walk(
    site: str, walk: dict[str, int], where: str, works_at: str, expected: list[str]
) -> None:
    person = Person("E001", (MORNING,), (Blocked(span(DAY, "08:00", "09:00"), Why.CALENDAR, where),), site=works_at)
    assert starts(replace(NEED, site=site, walk=walk), person) == expected


def test_a_free_person_of_another_site_may_walk_in_time() -> None:
    need = replace(NEED, site="hq", walk={"lab": 60})
    assert starts(need, Person("E001", (MORNING,), site="lab")) == ["09:00", "09:30", "10:00"]


def test_the_way_comes_on_top_of_the_buffer() -> None:
    need = replace(NEED, site="hq", walk={"lab": 20}, buffer=(10, 0))
    person = Person("E001", (MORNING,), (Blocked(span(DAY, "08:00", "08:31"), Why.CALENDAR, "lab"),))
    assert starts(need, person) == ["09:30", "10:00"]
    assert starts(replace(need, buffer=(5, 0)), person) == ["09:00", "09:30", "10:00"]


TWO_WEEKS = Interval(at("2026-12-04T00:00+08:00"), at("2026-12-15T00:00+08:00"))
"""From a Friday to the Monday after the next."""


@pytest.mark.parametrize(
    ("engaged", "day_cap", "week_cap", "expected"),
    [
        ((), None, None, "04 05 06 07 08 09 10 11 12 13 14"),
        (("2026-12-08T09:00", "2026-12-08T10:00"), 2, None, "04 05 06 07 09 10 11 12 13 14"),
        (("2026-12-08T09:00",), 2, None, "04 05 06 07 08 09 10 11 12 13 14"),
        (("2026-12-08T23:30",), 1, None, "04 05 06 07 09 10 11 12 13 14"),
        (("2026-12-07T00:00", "2026-12-13T23:30"), None, 2, "04 05 06 14"),
        (("2026-12-08T09:00", "2026-12-08T11:00"), None, 2, "04 05 06 14"),
        (("2026-12-06T23:30", "2026-12-14T00:00"), None, 1, "07 08 09 10 11 12 13"),
        (("2026-12-01T09:00",), None, 1, "07 08 09 10 11 12 13 14"),
        (("2026-12-08T09:00",), 1, 1, "04 05 06 14"),
        ((), 0, None, ""),
        ((), None, 0, ""),
    ],
    ids=["no cap", "day full", "one more", "counts where it begins", "week full", "by one day", "weeks beside it", "before the window", "both", "never", "never in a week"],
)  # fmt: skip
def test_nobody_interviews_more_than_their_caps_allow(
    engaged: tuple[str, ...], day_cap: int | None, week_cap: int | None, expected: str
) -> None:
    begun = [at(f"{start}+08:00") for start in engaged]
    spans = tuple(Interval(start, start + 60 * MINUTE) for start in begun)
    person = Person(
        "E001", (TWO_WEEKS,), engaged=tuple((span,) for span in spans), day_cap=day_cap, week_cap=week_cap, zone="Asia/Shanghai"
    )
    found = valid_starts(replace(NEED, window=TWO_WEEKS, step=60), {"E001": person}, {})
    assert " ".join(sorted({f"{start.astimezone(ZoneInfo('Asia/Shanghai')):%d}" for start in found})) == expected


def test_the_day_of_a_cap_is_the_interviewer_s_own_through_a_clock_change() -> None:
    window = Interval(at("2026-10-24T00:00+02:00"), at("2026-10-27T00:00+01:00"))
    sunday = Interval(at("2026-10-25T02:30+01:00"), at("2026-10-25T03:30+01:00"))
    person = Person("E001", (window,), engaged=((sunday,),), day_cap=1, zone="Europe/Vienna")
    found = valid_starts(replace(NEED, window=window, day=(0, 1440), zone="Europe/Vienna", step=60), {"E001": person}, {})
    assert [start.isoformat() for start in found if start.date().day == 25] == ["2026-10-25T23:00:00+00:00"]
    assert max(start for start in found if start.date().day == 24) == at("2026-10-24T23:00+02:00")


def test_a_room_has_what_is_needed() -> None:
    need = replace(NEED, rooms=("R01", "R02"), equipment=frozenset({"screen"}))
    bare = Room("R01", 2)
    assert starts(need, Person("E001", (MORNING,)), rooms=(bare,)) == []
    equipped = Room("R02", 9, equipment=frozenset({"screen", "board"}))
    assert starts(need, Person("E001", (MORNING,)), rooms=(bare, equipped)) == ["09:00", "09:30", "10:00"]


def test_one_senior_of_five_and_the_hiring_manager_who_is_a_senior_too() -> None:
    seniors = ("E001", "E002", "E003", "E004", "E005")
    need = replace(NEED, seats=(seniors, ("E001",)))
    manager, senior = Person("E001", (MORNING,)), Person("E004", (span(DAY, "09:30", "12:00"),))
    assert starts(need, manager, Person("E002", ())) == []
    assert starts(need, manager, senior) == ["09:30", "10:00"]
    assert starts(need, senior) == []


def test_who_fills_a_seat_of_two_pools_fills_one_of_them_only() -> None:
    need = replace(NEED, seats=(("E001", "E002"), ("E002", "E003"), ("E001", "E003")))
    one, two, three = (
        Person(key, (span(DAY, start, "12:00"),)) for key, start in (("E001", "09:00"), ("E002", "09:30"), ("E003", "11:00"))
    )
    assert starts(need, one, two) == []
    assert starts(need, one, two, three) == ["11:00"]


SHADOWED = replace(NEED, shadows=("E008", "E009"), rooms=("R01",))
LEARNING = {
    "E001": Person("E001", (MORNING,)),
    "E008": Person("E008", (span(DAY, "09:30", "12:00"),)),
    "E009": Person("E009", (MORNING,)),
}


def test_a_shadow_sits_in_where_a_seat_is_left_and_never_costs_a_start() -> None:
    room = Room("R01", 3)
    found, field = own_space(SHADOWED, LEARNING, {"R01": room})
    nine, half_past = (field.grid.at(cell) for cell in list(cells(found.starts))[:2])
    at_nine, later = ((start - field.grid.origin) // timedelta(minutes=5) for start in (nine, half_past))
    assert shadow_for(found, at_nine, room, ["E001"]) == "E009"
    assert shadow_for(found, later, room, ["E001"]) == "E008"
    assert shadow_for(found, later, room, ["E008"]) == "E009"
    assert shadow_for(found, later, None, ["E001"]) == "E008"
    assert shadow_for(found, later, Room("R02", 2), ["E001"]) is None
    alone = own_space(SHADOWED, {"E001": LEARNING["E001"]}, {"R01": room})[0]
    assert (alone.starts, shadow_for(alone, later, room, ["E001"])) == (found.starts, None)


def test_the_first_and_the_last_start_of_a_window_count() -> None:
    person = Person("E001", (WHOLE_DAY,))
    need = replace(NEED, step=5, window=span(DAY, "10:05", "12:00"))
    assert starts(need, person) == [f"10:{m:02}" for m in range(5, 60, 5)] + ["11:00"]
    assert starts(replace(need, window=span(DAY, "10:06", "11:10")), person) == ["10:10"]
    assert starts(replace(need, window=span(DAY, "10:06", "11:09")), person) == []


def test_a_changed_event_redraws_one_row_of_a_field() -> None:
    people = {key: Person(key, (MORNING,)) for key in ("E001", "E002")}
    rooms = {key: Room(key, 4) for key in ("R01", "R02")}
    need = replace(NEED, seats=(("E001",), ("E002",)), rooms=("R01", "R02"), buffer=(5, 5))
    before = Field.over(need.window, people.values(), rooms.values(), need.margin)
    assert space(need, before, rooms) == space(need, before, rooms)
    busier = replace(people["E002"], blocked=off("10:00", "11:00"))
    booked = replace(rooms["R01"], blocked=off("09:00", "10:00", Why.ROOM_BOOKED))
    after = before.with_person(busier).with_room(booked)
    assert after == Field.over(need.window, [people["E001"], busier], [booked, rooms["R02"]], need.margin)
    assert after.people["E001"] is before.people["E001"]
    assert space(need, after, rooms) == own_space(need, people | {"E002": busier}, rooms | {"R01": booked})[0]
    assert space(need, before, rooms) == own_space(need, people, rooms)[0]


@pytest.mark.parametrize(
    "beyond",
    [{"buffer": (0, 5)}, {"walk": {"lab": 5}}, {"window": Interval(at("2026-12-02T00:00+08:00"), at("2026-12-03T00:05+08:00"))}],
)
def test_a_field_that_does_not_see_all_that_counts_is_refused(beyond: dict[str, object]) -> None:
    field = Field.over(NEED.window, [Person("E001", (MORNING,))], ())
    with pytest.raises(ValueError):
        space(replace(NEED, **beyond), field, {})


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": 0}, {"step": 7}, {"step": 0}, {"day": (600, 600)}, {"day": (0, 1500)}, {"wanted": 0}, {"seats": ()},
        {"buffer": (-5, 0)}, {"walk": {"lab": -1}},
    ],
)  # fmt: skip
def test_a_need_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        replace(NEED, **wrong)
