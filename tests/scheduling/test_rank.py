"""The best options against every possible set of options, scored by the formula as it is written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations, product
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mianyue.base.interval import Interval, union
from mianyue.scheduling.facts import Blocked, Need, Option, Person, Reason, Room, Why
from mianyue.scheduling.rank import recommend
from mianyue.scheduling.search import valid_starts

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 30, tzinfo=SHANGHAI)


def span(day: int, start: float, end: float) -> Interval:
    """From and to in hours of the local clock, ``day`` days after Monday."""
    midnight = MONDAY + timedelta(days=day)
    return Interval(midnight + timedelta(hours=start), midnight + timedelta(hours=end))


def off(*spans: Interval) -> tuple[Blocked, ...]:
    return tuple(Blocked(interval, Why.CALENDAR) for interval in spans)


def week(start: float = 9, end: float = 18) -> tuple[Interval, ...]:
    return tuple(span(day, start, end) for day in range(5))


WINDOW = Interval(MONDAY + timedelta(hours=8), MONDAY + timedelta(days=5))
NEED = Need("N", 60, (("E001",),), WINDOW, "Asia/Shanghai")


def score(options: tuple[Option, ...], need: Need, people: dict[str, Person], rooms: dict[str, Room]) -> int:
    zone = ZoneInfo(need.zone)
    today = need.window.start.astimezone(zone).date()
    days, halves, points = set(), set(), 0
    for option in options:
        start, end = option.interval.start.astimezone(zone), option.interval.end.astimezone(zone)
        days.add(start.date())
        halves.add((start.date(), start.hour < 12))
        points -= 60 * (start.date() - today).days
        points -= 720 if option.interval.start - need.window.start < timedelta(hours=24) else 0
        nine, six = start.replace(hour=9, minute=0), start.replace(hour=18, minute=0)
        points -= 0 if nine <= start and end <= six else 600
        noon, one = start.replace(hour=12, minute=0), start.replace(hour=13, minute=0)
        points -= 240 if start < one and noon < end else 0
        points -= 0 if start.minute in (0, 30) else 15
        points -= sum(people[key].promised_minutes for key in option.people)
        if option.room is not None:
            points -= 10 * (rooms[option.room].capacity - len(need.seats) - 1) - rooms[option.room].preference
    return 10**9 * len(days) + 180 * len(halves) + 180 * (len({half for _, half in halves}) == 2) + points


def every_option(need: Need, people: dict[str, Person], rooms: dict[str, Room]) -> list[list[Option]]:
    """All choices of panel and room, per valid start."""
    found = []
    for start in valid_starts(need, people, rooms):
        interval = Interval(start, start + timedelta(minutes=need.minutes))

        def free(blocked: tuple[Blocked, ...], interval: Interval = interval) -> bool:
            return not any(one.interval.overlaps(interval) for one in blocked)

        able = {k for k, p in people.items() if free(p.blocked) and any(shift.contains(interval) for shift in union(p.attendance))}
        teams = [team for team in product(*need.seats) if len(set(team)) == len(team) and able >= set(team)]
        near = (
            [None]
            if need.rooms is None
            else [key for key in need.rooms if rooms[key].capacity > len(need.seats) and free(rooms[key].blocked)]
        )
        found.append([Option(interval, team, room) for team in teams for room in near])
    return found


@st.composite
def questions(draw: st.DrawFn) -> tuple[Need, dict[str, Person], dict[str, Room]]:
    days = draw(st.integers(1, 4))

    def person(key: str) -> Person:
        shifts = tuple(
            span(day, start, start + draw(st.sampled_from([1, 1.5, 2, 3])))
            for day in range(days)
            for start in draw(st.lists(st.sampled_from([8, 9.25, 11, 13, 16.5]), max_size=2, unique=True))
        )
        busy = off(*(span(draw(st.integers(0, 3)), hour, hour + 0.5) for hour in draw(st.lists(st.integers(8, 17), max_size=2))))
        return Person(key, shifts, busy, draw(st.sampled_from([0, 30, 60, 300, 5000])))

    people = {key: person(key) for key in ("A", "B", "C")}
    rooms = {key: Room(key, draw(st.integers(2, 9)), (), draw(st.integers(0, 15))) for key in ("R", "S")}
    seats = draw(st.sampled_from([(("A",),), (("A", "B"),), (("A", "B"), ("B", "C")), (("C", "B", "A"),)]))
    near = draw(st.sampled_from([None, ("R", "S")]))
    wanted = draw(st.integers(1, 4))
    step = draw(st.sampled_from([30, 45, 60]))
    window = Interval(WINDOW.start, WINDOW.start + timedelta(days=days))
    return (
        replace(
            NEED, seats=seats, rooms=near, wanted=wanted, step=step, minutes=draw(st.sampled_from([30, 60, 75])), window=window
        ),
        people,
        rooms,
    )


@settings(max_examples=200, deadline=None)
@given(questions())
def test_the_options_are_the_best_of_all_sets(question: tuple[Need, dict[str, Person], dict[str, Room]]) -> None:
    need, people, rooms = question
    choices = every_option(*question)
    assume(len(choices) <= 14)
    options = recommend(*question).options
    singles = [max(at, key=lambda option: score((option,), need, people, rooms)) for at in choices]
    best = (0, 0)
    for count in range(1, need.wanted + 1):
        for chosen in combinations(singles, count):
            if all(one.interval.end <= other.interval.start for one, other in zip(chosen, chosen[1:], strict=False)):
                best = max(best, (count, score(chosen, need, people, rooms)))
    assert (len(options), score(options, need, people, rooms) if options else 0) == best
    offered = {(option.interval, option.people, option.room) for option in options}
    assert offered <= {(option.interval, option.people, option.room) for at in choices for option in at}


def shown(need: Need, people: dict[str, Person], rooms: dict[str, Room]) -> list[tuple[str, tuple[str, ...], str | None]]:
    options = recommend(need, people, rooms).options
    return [(option.interval.start.astimezone(SHANGHAI).strftime("%a %H:%M"), option.people, option.room) for option in options]


def times(need: Need, *people: Person) -> list[str]:
    return [start for start, _, _ in shown(need, {person.key: person for person in people}, {})]


def test_three_options_lie_on_three_days_soon_but_not_at_once_in_the_morning_and_the_afternoon() -> None:
    assert times(NEED, Person("E001", week())) == ["Tue 09:00", "Wed 09:00", "Thu 13:00"]


def test_two_options_share_a_day_only_where_there_is_no_third_day() -> None:
    assert times(NEED, Person("E001", (span(1, 9, 18), span(3, 9, 18)))) == ["Tue 09:00", "Tue 13:00", "Thu 09:00"]
    assert times(NEED, Person("E001", (span(1, 9, 18), span(3, 9, 10), span(4, 18, 19)))) == ["Tue 09:00", "Thu 09:00", "Fri 18:00"]


def test_options_of_a_single_day_do_not_overlap() -> None:
    assert times(NEED, Person("E001", (span(1, 9, 12),))) == ["Tue 09:00", "Tue 10:00", "Tue 11:00"]
    assert times(NEED, Person("E001", (span(1, 9, 11.5),))) == ["Tue 09:00", "Tue 10:00"]


def test_early_and_late_hours_come_last() -> None:
    assert times(replace(NEED, wanted=1), Person("E001", (span(1, 8, 9), span(1, 18, 19), span(2, 16, 17)))) == ["Wed 16:00"]


def test_the_lunch_hour_comes_after_any_other_comfortable_time() -> None:
    assert times(replace(NEED, wanted=1), Person("E001", (span(1, 12, 13), span(2, 11.5, 12.5), span(4, 10, 11)))) == ["Fri 10:00"]


def test_the_least_promised_interviewer_sits_in() -> None:
    need = replace(NEED, seats=(("E001", "E002", "E003"),), wanted=1)
    people = {key: Person(key, week(), (), load) for key, load in {"E001": 120, "E002": 30, "E003": 90}.items()}
    assert shown(need, people, {}) == [("Tue 09:00", ("E002",), None)]


def test_the_smallest_room_that_fits_is_taken_and_of_equals_the_preferred() -> None:
    need = replace(NEED, rooms=("hall", "small", "near", "far"), wanted=1)
    rooms = {"hall": Room("hall", 30), "small": Room("small", 1), "far": Room("far", 4), "near": Room("near", 4, (), 5)}
    assert shown(need, {"E001": Person("E001", week())}, rooms) == [("Tue 09:00", ("E001",), "near")]


def test_every_option_says_why() -> None:
    need = replace(NEED, seats=(("E001", "E002"),), rooms=("R01",))
    people = {"E001": Person("E001", (span(1, 9, 10), span(2, 15, 16))), "E002": Person("E002", (span(2, 15, 16),), (), 60)}
    first, second = recommend(need, people, {"R01": Room("R01", 4)}).options
    room = Reason("room_fits", (("room", "R01"), ("seats", 4), ("needed", 2)))
    common = (Reason("comfortable_hours"), Reason("all_free", (("people", 1),)), Reason("light_load", (("minutes", 0),)), room)
    apart = (Reason("different_day", (("options", 2),)), Reason("other_half"))
    assert first.reasons == (Reason("soonest"), *apart, *common)
    assert second.reasons == (*apart, *common)


def test_possible_counts_all_valid_starts() -> None:
    people = {"E001": Person("E001", (span(1, 9, 11),))}
    assert recommend(NEED, people, {}).possible == len(valid_starts(NEED, people, {})) == 5


def test_the_answer_does_not_depend_on_the_order_of_what_is_known() -> None:
    people = {key: Person(key, week()) for key in ("E003", "E001", "E002")}
    rooms = {key: Room(key, 4) for key in ("R02", "R01")}
    need = replace(NEED, seats=(("E001", "E002"), ("E002", "E003")), rooms=("R02", "R01"))
    turned = recommend(need, dict(reversed(people.items())), dict(reversed(rooms.items())))
    assert recommend(need, people, rooms) == turned
    assert {option.interval.start.tzinfo for option in turned.options} == {UTC}
