"""Promises that no longer hold: found with their reasons, and mended so that people notice as little as possible."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianyue.base.interval import Interval
from mianyue.scheduling.facts import Blocked, Need, Option, Person, Room, Why
from mianyue.scheduling.mend import Broken, Facts, Mended, Promise, broken, mend
from mianyue.scheduling.search import valid_starts

MONDAY = datetime(2026, 11, 30, tzinfo=UTC)


def at(hour: float, day: int = 0) -> datetime:
    return MONDAY + timedelta(days=day, hours=hour)


def span(start: float, end: float, day: int = 0) -> Interval:
    return Interval(at(start, day), at(end, day))


def blocked(why: Why, start: float, end: float, day: int = 0) -> Blocked:
    return Blocked(span(start, end, day), why)


def person(key: str, *unfree: Blocked, **more) -> Person:
    """At work from 9 to 18 on Monday to Wednesday."""
    return Person(key, tuple(span(9, 18, day) for day in range(3)), tuple(unfree), **more)


def need(key: str, *seats: str, **more) -> Need:
    """An hour within the three days; a seat is written as the letters of those who may sit there."""
    given = {"window": Interval(at(0), at(0, 3)), "zone": "UTC", "candidate": key, "step": 30, **more}
    return Need(key, 60, tuple(tuple(seat) for seat in seats), **given)


def promise(key: str, question: Need, start: float, people: str, room: str | None = None, **more) -> Promise:
    day = more.pop("day", 0)
    return Promise(key, question, Option(span(start, start + 1, day), tuple(people), room), **more)


def of(*things) -> dict:
    return {thing.key: thing for thing in things}


ILL = blocked(Why.LEAVE, 0, 24)
ONE = need("A1", "AB")


def test_what_still_holds_is_left_alone():
    kept = promise("p", ONE, 10, "A")
    assert mend([kept], of(person("A"), person("B")), {}) == [Mended(kept, (), kept.option)]


@pytest.mark.parametrize(
    ("people", "rooms", "question", "expected"),
    [
        ([person("A", ILL)], [], ONE, [(Why.LEAVE, "A")]),
        ([Person("A", (span(11, 18),))], [], ONE, [(Why.NOT_AT_WORK, "A")]),
        ([Person("A", (span(9, 10.5), span(10.5, 18)))], [], ONE, []),
        ([], [], ONE, [(Why.UNKNOWN_PERSON, "A")]),
        ([person("A", blocked(Why.CALENDAR, 10.5, 12))], [], ONE, [(Why.CALENDAR, "A")]),
        ([person("A", blocked(Why.CALENDAR, 11, 12))], [], ONE, []),
        ([person("A")], [], replace(ONE, blocked=(blocked(Why.BLACKOUT, 0, 24),)), [(Why.BLACKOUT, "")]),
        ([person("A")], [Room("R", 2, (blocked(Why.ROOM_BOOKED, 10, 11),))], replace(ONE, rooms=("R",)), [(Why.ROOM_BOOKED, "R")]),
        ([person("A")], [Room("R", 1)], replace(ONE, rooms=("R",)), [(Why.ROOM_TOO_SMALL, "R")]),
        ([person("A")], [Room("S", 4)], replace(ONE, rooms=("S",)), [(Why.UNKNOWN_ROOM, "R")]),
    ],
)
def test_what_breaks_a_promise_and_whose_it_is(people, rooms, question, expected):
    held = promise("p", question, 10, "A", "R" if question.rooms else None)
    assert broken(held, of(*people), of(*rooms)) == tuple(Broken(why, who) for why, who in expected)


@pytest.mark.parametrize(
    "why", [Why.CALENDAR_UNKNOWN, Why.ATTENDANCE_UNKNOWN, Why.OVERTIME_FULL, Why.DAY_FULL, Why.WEEK_FULL, Why.ON_THE_WAY]
)
def test_what_only_keeps_from_new_promises_breaks_none(why):
    assert broken(promise("p", ONE, 10, "A"), of(person("A", blocked(why, 0, 24))), {}) == ()


def test_who_said_that_they_cannot_come_breaks_the_promise():
    assert broken(promise("p", ONE, 10, "A", out=frozenset("A")), of(person("A")), {}) == (Broken(Why.CANNOT_COME, "A"),)


def test_colleague_of_the_least_promised_minutes_takes_the_seat_at_the_same_time():
    asked = promise("p", need("A1", "ABC"), 10, "A")
    (done,) = mend([asked], of(person("A", ILL), person("B", promised_minutes=60), person("C")), {})
    assert (done.in_time, done.option) == (True, replace(asked.option, people=("C",)))


def test_colleague_whose_calendar_cannot_be_read_takes_no_seat():
    people = of(person("A", ILL), person("B", blocked(Why.CALENDAR_UNKNOWN, 0, 24)))
    (done,) = mend([promise("p", ONE, 10, "A")], people, {})
    assert (done.option.people, done.option.interval) == (("A",), span(9, 10, 1))


def test_those_who_can_come_stay_even_where_they_must_change_seats():
    """A may sit in both seats, B only in the first: with C ill, A moves over."""
    (done,) = mend([promise("p", need("A1", "AB", "AC"), 10, "AC")], of(person("A"), person("B"), person("C", ILL)), {})
    assert (done.in_time, done.option.people) == (True, ("B", "A"))


def test_whoever_is_no_longer_named_for_the_round_keeps_the_promise_given():
    assert mend([promise("p", need("A1", "B"), 10, "A")], of(person("A"), person("B")), {})[0].option.people == ("A",)


def test_room_that_is_taken_is_replaced_by_the_best_fitting_one_and_nothing_else_changes():
    question = need("A1", "AB", rooms=("R", "S", "T"))
    asked = promise("p", question, 10, "A", "R")
    rooms = of(Room("R", 2, (blocked(Why.ROOM_BOOKED, 9, 12),)), Room("S", 8), Room("T", 4))
    (done,) = mend([asked], of(person("A", promised_minutes=600), person("B")), rooms)
    assert done.option == replace(asked.option, room="T")


def test_two_never_take_the_same_colleague_and_the_booked_one_comes_first():
    people = of(person("A", ILL), person("B"), person("C", ILL))
    offered = promise("a", need("A1", "AB"), 10, "A", booked=False)
    booked = promise("b", need("A2", "BC"), 10.5, "C")
    first, second = mend([offered, booked], people, {})
    assert first.option is None
    assert second.option == replace(booked.option, people=("B",))


def test_scarce_colleague_goes_where_nobody_else_could():
    """Taking the least promised one for the first would leave the second without anybody."""
    people = of(person("A", ILL), person("B"), person("C", promised_minutes=300))
    first, second = mend([promise("a", need("A1", "ABC"), 10, "A"), promise("b", need("A2", "AB"), 10, "A")], people, {})
    assert (first.option.people, second.option.people) == (("C",), ("B",))


def test_who_is_free_because_another_interview_falls_through_takes_the_seat():
    people = of(person("A", ILL), person("B"), person("C", ILL))
    lost = promise("a", need("A1", "A", "B"), 10, "AB")
    (moved, kept) = mend([lost, promise("b", need("A2", "CB"), 10, "C")], people, {})
    assert (kept.option.people, kept.in_time, moved.option.interval) == (("B",), True, span(9, 10, 1))


def test_who_stays_in_one_interview_is_not_given_away_to_another():
    """B may go over to the first interview, or stay in the second beside D: not both."""
    people = of(person("A", ILL), person("B"), person("C", ILL), person("D"))
    done = mend([promise("a", need("A1", "AB"), 10, "A"), promise("b", need("A2", "CD", "B"), 10.5, "CB")], people, {})
    assert [one.in_time for one in done] == [True, False]


def test_another_time_is_the_nearest_of_the_same_day_with_the_same_people():
    question = need("A1", "AB")
    people = of(person("A", blocked(Why.CALENDAR, 14, 16), promised_minutes=600), person("B", blocked(Why.CALENDAR, 14, 17)))
    (done,) = mend([promise("p", question, 14, "A")], people, {})
    assert (done.option.interval, done.option.people, done.in_time) == (span(13, 14), ("A",), False)


def test_late_hour_of_the_same_day_comes_before_a_nearer_one_of_the_next():
    """Of Monday 17:00, Tuesday 9:00 is 16 hours away and midnight before is 17."""
    people = of(Person("A", (span(0, 1), span(9, 18, 1))))
    (done,) = mend([promise("p", need("A1", "A", day=(0, 1440)), 17, "A")], people, {})
    assert done.option.interval == span(0, 1)


def test_day_is_that_of_the_candidate():
    """Monday 17:00 in UTC is Tuesday 1:00 in Shanghai, so Monday 20:00 is the same day and Monday 15:00 is another."""
    question = need("A1", "A", zone="Asia/Shanghai", day=(0, 1440))
    people = of(Person("A", (span(15, 16), span(20, 21))))
    assert mend([promise("p", question, 17, "A")], people, {})[0].option.interval == span(20, 21)


def test_offered_time_that_cannot_be_kept_is_withdrawn_not_moved():
    assert mend([promise("p", ONE, 10, "A", booked=False)], of(person("A", ILL), person("B", ILL)), {})[0].option is None


def test_nobody_left_is_said():
    off = tuple(blocked(Why.LEAVE, 0, 24, day) for day in range(3))
    assert mend([promise("p", need("A1", "A"), 10, "A")], of(person("A", *off)), {})[0].option is None


def test_time_within_the_minimum_notice_can_be_kept_but_a_new_one_lies_in_the_window():
    question = need("A1", "AB", window=Interval(at(0, 1), at(0, 3)))
    asked = promise("p", question, 10, "A")
    assert mend([asked], of(person("A", ILL), person("B")), {})[0].option.interval == span(10, 11)
    assert mend([asked], of(person("A", ILL), person("B", ILL)), {})[0].option.interval == span(9, 10, 1)


def test_day_cap_holds_over_all_that_is_mended():
    people = of(person("A", ILL), person("B", day_cap=1), person("C", promised_minutes=900))
    morning, evening = mend([promise("a", need("A1", "AB"), 10, "A"), promise("b", need("A2", "ABC"), 16, "A")], people, {})
    assert (morning.option.people, evening.option.people) == (("B",), ("C",))


def test_new_time_avoids_what_the_candidate_was_promised_elsewhere():
    other = promise("o", need("A9", "B", candidate="same"), 13, "B")
    fallen = promise("p", need("A1", "A", candidate="same"), 14, "A")
    people = of(person("A", blocked(Why.CALENDAR, 14, 15)), person("B"))
    assert mend([other, fallen], people, {})[1].option.interval == span(15, 16)


def test_interview_that_was_promised_longer_than_its_round_is_now_keeps_its_length():
    asked = replace(promise("p", need("A1", "AB"), 10, "A"), option=Option(span(10, 11.5), ("A",), None))
    (done,) = mend([asked], of(person("A", ILL), person("B")), {})
    assert done.option == replace(asked.option, people=("B",))


KEYS = "ABCD"


@st.composite
def companies(draw):
    """Up to five promises of half a day, four people and two rooms, each of them blocked here and there."""
    hours = st.integers(9, 13)

    def holes(why: Why):
        return tuple(blocked(why, start, start + draw(st.integers(1, 2))) for start in draw(st.lists(hours, max_size=2)))

    people = of(*(Person(key, (span(9, 14),), holes(Why.CALENDAR), promised_minutes=draw(st.integers(0, 3)) * 30) for key in KEYS))
    rooms = of(*(Room(key, 3, holes(Why.ROOM_BOOKED)) for key in "RS"))
    seat = st.lists(st.sampled_from(KEYS), min_size=1, max_size=3, unique=True).map("".join)
    promises: list[Promise] = []
    for number in range(draw(st.integers(1, 5))):
        seats = draw(st.lists(seat, min_size=1, max_size=2))
        indoors = draw(st.booleans())
        question = need(f"A{number}", *seats, window=span(9, 14), rooms=("R", "S") if indoors else None, step=60)
        teams = [team for team in product(*seats) if len(set(team)) == len(team)]
        if not teams:
            continue
        made = promise(
            f"p{number}",
            question,
            draw(hours),
            "".join(draw(st.sampled_from(teams))),
            draw(st.sampled_from("RS")) if indoors else None,
            booked=draw(st.booleans()),
        )
        if not any(_clash(made.option, other.option) for other in promises):
            promises.append(made)
    return promises, people, rooms


def _clash(one: Option, other: Option) -> bool:
    shared = {*one.people, one.room} & {*other.people, other.room} - {None}
    return bool(shared) and one.interval.overlaps(other.interval)


@given(companies())
def test_results_are_true_beside_one_another_and_what_holds_is_untouched(company):
    promises, people, rooms = company
    done = mend(promises, people, rooms)
    standing = [(one.promise.need, one.option) for one in done if one.option]
    for one in done:
        assert bool(one.broken) == bool(broken(one.promise, people, rooms))
        if not one.broken:
            assert one.option == one.promise.option
        if one.option is None:
            continue
        others = Facts.beside(people, rooms, [entry for entry in standing if entry[1] is not one.option])
        exactly = replace(
            one.promise.need,
            seats=tuple((key,) for key in one.option.people),
            rooms=(one.option.room,) if one.option.room else None,
            window=one.option.interval,
        )
        assert valid_starts(exactly, others.people, others.rooms) == [one.option.interval.start]
        assert all(key in seat for key, seat in zip(one.option.people, one.promise.need.seats, strict=True))


@given(companies())
def test_as_many_times_are_kept_as_trying_everything_could_keep(company):
    promises, people, rooms = company
    done = mend(promises, people, rooms)
    kept = [one.promise.booked for one in done if one.broken and one.in_time]
    fallen = [one.promise for one in done if one.broken]
    ground = Facts.beside(people, rooms, [(one.promise.need, one.option) for one in done if not one.broken])
    assert (sum(kept), len(kept) - sum(kept)) == _most(fallen, ground)


def _most(fallen: list[Promise], facts: Facts) -> tuple[int, int]:
    """The most booked and offered times that could be kept, by trying every panel and room for every promise."""
    if not fallen:
        return 0, 0
    one, rest = fallen[0], fallen[1:]
    found = [_most(rest, facts)]
    flaws = {flaw.who for flaw in broken(one, people=facts.people, rooms=facts.rooms)}
    for team in permutations(KEYS, len(one.option.people)):
        stay = {key for key in one.option.people if key not in flaws} <= set(team)
        if not stay or not all(key in seat for key, seat in zip(team, one.need.seats, strict=True)):
            continue
        for room in [None] if one.option.room is None else [one.option.room] if one.option.room not in flaws else "RS":
            option = replace(one.option, people=team, room=room)
            if not broken(replace(one, option=option), facts.people, facts.rooms):
                booked, offered = _most(rest, facts.with_(one.need, option))
                found.append((booked + one.booked, offered + (not one.booked)))
    return max(found)


@given(companies())
def test_same_question_same_answer(company):
    promises, people, rooms = company
    assert mend(promises, people, rooms) == mend(promises, people, rooms)
