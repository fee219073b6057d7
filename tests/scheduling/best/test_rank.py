"""The best options against every possible set of options, scored by the formula as it is written down."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import combinations, pairwise, product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mianyue.base.interval import Interval, subtract, union
from mianyue.scheduling.best.acceptance import DEFAULT, Acceptance, Habit
from mianyue.scheduling.best.rank import recommend
from mianyue.scheduling.facts import Blocked, Need, Option, Overtime, Person, Reason, Room, Why
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


@dataclass(frozen=True)
class Question:
    need: Need
    people: dict[str, Person]
    rooms: dict[str, Room]
    weights: Acceptance = DEFAULT


def suits(start: datetime, end: datetime, begin: datetime, weights: Acceptance) -> int:
    """How well a time on the candidate's clock suits somebody who is free then, per mille."""
    nine, noon, one, six = (start.replace(hour=hour, minute=0) for hour in (9, 12, 13, 18))
    taken = 0
    if not (nine <= start and end <= six):
        taken += weights.outside
    elif start < one and noon < end:
        taken += weights.lunch
    if start.minute not in (0, 30):
        taken += weights.odd
    since = start.astimezone(UTC) - begin.astimezone(UTC)
    if since < timedelta(hours=24):
        taken += weights.rushed
    elif since > timedelta(days=14):
        taken += weights.far
    return weights.suits - taken


def chance(times: list[tuple[datetime, datetime]], begin: datetime, weights: Acceptance) -> Fraction:
    """P(at least one is accepted), as the formula in acceptance.py is written."""
    total = Fraction(0)
    for habit in weights.habits:
        none_of_all = Fraction(1)
        for day in {start.date() for start, _ in times}:
            none_of_day = Fraction(1)
            for half in range(3):
                none_of_half = Fraction(1)
                for start, end in times:
                    if start.date() == day and (start.hour >= 12) + (start.hour >= 18) == half:
                        none_of_half *= 1 - Fraction(suits(start, end, begin, weights), 1000)
                none_of_day *= 1 - Fraction(habit.halves[half], 1000) * (1 - none_of_half)
            none_of_all *= 1 - Fraction(weights.days[day.weekday()], 1000) * (1 - none_of_day)
        total += Fraction(habit.share, 1000) * (1 - none_of_all)
    return total


def free_minutes(there: Iterable[Interval], blocked: tuple[Blocked, ...], window: Interval) -> int:
    inside = [part for span in there if (part := span.clipped(window))]
    return sum(int(part.length.total_seconds()) // 60 for part in subtract(inside, [one.interval for one in blocked]))


def cost(option: Option, question: Question) -> int:
    """Unfairness, scarcity, misfit and delay of one option, as the formula in rank.py is written."""
    need, zone = question.need, ZoneInfo(question.need.zone)
    days = (option.interval.start.astimezone(zone).date() - need.window.start.astimezone(zone).date()).days
    points = min(560, 40 * days)
    for key in option.people:
        person = question.people[key]
        free = free_minutes(person.attendance, person.blocked, need.window)
        unfair = min(800, 1800 * person.promised_minutes // (person.shift_minutes or 2400))
        points += (unfair + min(400, 400 * person.wanted_minutes // free)) // len(need.seats)
    if option.room is not None:
        room = question.rooms[option.room]
        points += min(200, max(-100, 10 * (room.capacity - len(need.seats) - 1) - room.preference))
        points += min(200, 200 * room.wanted_minutes // free_minutes([need.window], room.blocked, need.window))
    return points


def points(options: Sequence[Option], question: Question) -> Fraction:
    zone = ZoneInfo(question.need.zone)
    times = [(option.interval.start.astimezone(zone), option.interval.end.astimezone(zone)) for option in options]
    accepted = chance(times, question.need.window.start, question.weights)
    return 100_000 * accepted - sum(cost(option, question) for option in options)


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


def question_of(seed: int) -> Question:
    """A small case with pools, panels, ties and, in some, weights under which options do not spread; the same for the same seed."""
    dice = random.Random(seed)
    days = dice.randint(1, 5)
    window = Interval(WINDOW.start, WINDOW.start + timedelta(days=days))

    def person(key: str) -> Person:
        shifts = tuple(
            span(day, start, start + dice.choice([1, 1.5, 2, 3]))
            for day in range(days)
            for start in dice.sample([8, 9.25, 11, 13, 16.5, 18], dice.choice([0, 1, 1, 2]))
        )
        busy = off(*(span(dice.randrange(4), hour, hour + 0.5) for hour in dice.sample(range(8, 18), dice.randrange(3))))
        load = dice.choice([0, 0, 30, 60, 300, 5000])
        return Person(key, shifts, busy, load, dice.choice([0, 1200, 2400]), dice.choice([0, 0, 60, 900]))

    people = {key: person(key) for key in ("A", "B", "C")}
    rooms = {
        key: Room(key, dice.randint(2, 9), off(span(1, 9, 12)) if dice.random() < 0.3 else (), dice.randint(0, 15))
        for key in ("R", "S")
    }
    need = replace(
        NEED,
        seats=dice.choice([(("A",),), (("A", "B"),), (("A", "B"), ("B", "C")), (("C", "B", "A"),)]),
        rooms=dice.choice([None, ("R", "S")]),
        wanted=dice.randint(1, 4),
        step=dice.choice([30, 45, 60]),
        minutes=dice.choice([30, 60, 75]),
        window=window,
    )
    odd = Acceptance(
        days=tuple(dice.choice([300, 500, 900]) for _ in range(7)),
        habits=(Habit(700, (900, 500, 100)), Habit(300, (100, 1000, 1000))),
        suits=990,
        outside=dice.choice([100, 500]),
        lunch=dice.choice([0, 300]),
    )
    return Question(need, people, rooms, dice.choice([DEFAULT, DEFAULT, odd]))


def compare_with_all_sets(seed: int, most: int) -> int:
    """Compares with every set of options, each with every panel and room; says how many options there were (0: above ``most``)."""
    question = question_of(seed)
    need = question.need
    at = every_option(need, question.people, question.rooms)
    if sum(map(len, at)) > most:
        return 0
    options = recommend(need, question.people, question.rooms, question.weights).options
    known: dict[tuple[Interval, ...], Fraction] = {}
    price = {option: cost(option, question) for choices in at for option in choices}
    best: tuple[int, Fraction, list[float]] = (0, Fraction(0), [])
    for count in range(1, need.wanted + 1):
        for chosen in combinations([option for choices in at for option in choices], count):
            spans = tuple(option.interval for option in chosen)
            if any(one.overlaps(other) for one, other in pairwise(spans)):
                continue
            if spans not in known:
                known[spans] = points(chosen, question) + sum(price[option] for option in chosen)
            value = known[spans] - sum(price[option] for option in chosen)
            best = max(best, (count, value, [-one.start.timestamp() for one in spans]))
    offered = [replace(option, reasons=()) for option in options]
    value = points(offered, question) if offered else Fraction(0)
    assert (len(offered), value, [-option.interval.start.timestamp() for option in offered]) == best, seed
    assert {*offered} <= price.keys()
    return len(price)


def test_the_options_are_the_best_of_all_sets_panels_and_rooms() -> None:
    assert sum(compare_with_all_sets(seed, 14) > 0 for seed in range(250)) > 100


@pytest.mark.slow
def test_the_options_are_the_best_of_all_sets_in_a_thousand_cases() -> None:
    assert sum(compare_with_all_sets(seed, 24) > 0 for seed in range(1000, 3500)) > 1000


def shown(need: Need, people: dict[str, Person], rooms: dict[str, Room]) -> list[tuple[str, tuple[str, ...], str | None]]:
    options = recommend(need, people, rooms).options
    return [(option.interval.start.astimezone(SHANGHAI).strftime("%a %H:%M"), option.people, option.room) for option in options]


def times(need: Need, *people: Person) -> list[str]:
    return [start for start, _, _ in shown(need, {person.key: person for person in people}, {})]


def test_three_options_lie_on_three_days_soon_but_not_at_once_in_the_morning_and_the_afternoon() -> None:
    assert times(NEED, Person("E001", week())) == ["Tue 09:00", "Wed 09:00", "Thu 13:00"]


def test_of_equally_good_sets_the_earlier_times_are_offered() -> None:
    assert times(NEED, Person("E001", (span(0, 13, 14), *week()[1:]))) == ["Tue 09:00", "Wed 09:00", "Thu 13:00"]


def test_of_equally_good_rooms_the_one_that_is_free_earlier_is_taken() -> None:
    need = replace(NEED, rooms=("a", "b"), wanted=1)
    rooms = {"a": Room("a", 2, off(span(1, 9, 10))), "b": Room("b", 2, off(span(1, 10, 11)))}
    assert shown(need, {"E001": Person("E001", (span(1, 9, 11),))}, rooms) == [("Tue 09:00", ("E001",), "b")]


def test_two_options_share_a_day_only_where_there_is_no_third_day() -> None:
    assert times(NEED, Person("E001", (span(1, 9, 18), span(3, 9, 18)))) == ["Tue 09:00", "Tue 13:00", "Thu 09:00"]
    assert times(NEED, Person("E001", (span(1, 9, 18), span(3, 9, 10), span(4, 18, 19)))) == ["Tue 13:00", "Thu 09:00", "Fri 18:00"]


def test_options_of_a_single_day_do_not_overlap() -> None:
    assert times(NEED, Person("E001", (span(1, 9, 12),))) == ["Tue 09:00", "Tue 10:00", "Tue 11:00"]
    assert times(NEED, Person("E001", (span(1, 9, 11.5),))) == ["Tue 09:00", "Tue 10:00"]


def test_early_and_late_hours_come_last() -> None:
    assert times(replace(NEED, wanted=1), Person("E001", (span(1, 8, 9), span(1, 18, 19), span(2, 16, 17)))) == ["Wed 16:00"]


def test_the_lunch_hour_comes_after_any_other_comfortable_time() -> None:
    assert times(replace(NEED, wanted=1), Person("E001", (span(1, 12, 13), span(2, 11.5, 12.5), span(4, 10, 11)))) == ["Fri 10:00"]


def test_the_interviewer_who_is_promised_least_for_the_hours_on_shift_sits_in() -> None:
    need = replace(NEED, seats=(("full", "part"),), wanted=1)
    people = {"full": Person("full", week(), (), 120, 2400), "part": Person("part", week(), (), 60, 600)}
    assert shown(need, people, {}) == [("Tue 09:00", ("full",), None)]
    [option] = recommend(need, people, {}).options
    assert Reason("fair_load", (("minutes", 120), ("hours", 40))) in option.reasons
    assert "light_load" not in {reason.code for reason in option.reasons}


def test_an_equal_load_is_fair_too() -> None:
    people = {key: Person(key, week(), (), 60, 2400) for key in ("E001", "E002")}
    [option] = recommend(replace(NEED, seats=(("E001", "E002"),), wanted=1), people, {}).options
    assert {"light_load", "fair_load"} <= {reason.code for reason in option.reasons}


def test_who_would_sit_in_outside_hours_in_a_month_of_much_overtime_is_named() -> None:
    evening = Person("E001", (span(2, 19, 20),), overtime=(Overtime(span(2, 19, 21), 33),))
    [option] = recommend(replace(NEED, wanted=1), {"E001": evening}, {}).options
    assert Reason("overtime_warning", (("who", "E001"), ("hours", 33))) in option.reasons
    beside = replace(evening, overtime=(Overtime(span(2, 20, 21), 33),))
    [option] = recommend(replace(NEED, wanted=1), {"E001": beside}, {}).options
    assert "overtime_warning" not in {reason.code for reason in option.reasons}


def test_whom_other_interviews_want_most_is_spared() -> None:
    need = replace(NEED, seats=(("wanted", "idle"),), wanted=1)
    people = {"wanted": Person("wanted", week(), (), 0, 2400, 900), "idle": Person("idle", week(), (), 30, 2400, 0)}
    [option] = recommend(need, people, {}).options
    assert (option.people, Reason("spares_scarce", (("people", 1),)) in option.reasons) == (("idle",), True)


def test_a_room_that_other_interviews_want_is_spared() -> None:
    need = replace(NEED, rooms=("wanted", "idle"), wanted=1)
    rooms = {"wanted": Room("wanted", 2, (), 0, 3000), "idle": Room("idle", 4)}
    assert shown(need, {"E001": Person("E001", week())}, rooms) == [("Tue 09:00", ("E001",), "idle")]


def test_weights_from_outside_change_the_choice() -> None:
    people = {"E001": Person("E001", (span(2, 9, 10), span(3, 19, 20)))}
    evenings = Acceptance.of({"habits": [{"share": 1000, "halves": [300, 300, 900]}]})
    one = replace(NEED, wanted=1)
    assert [option.interval for option in recommend(one, people, {}).options] == [span(2, 9, 10)]
    assert [option.interval for option in recommend(one, people, {}, evenings).options] == [span(3, 19, 20)]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_options_lie_on_different_days_whenever_there_are_enough_days(data: st.DataObject) -> None:
    """Even where the other days have only poor times, busy people and large rooms."""
    hours = st.sampled_from([8, 9, 11, 12, 13, 16, 18, 20])
    days = sorted(data.draw(st.sets(st.integers(0, 13), min_size=3, max_size=6)))
    window = Interval(MONDAY, MONDAY + timedelta(days=14))

    def person(key: str, load: int, wanted: int) -> Person:
        return Person(
            key, tuple(span(day, hour, hour + 1) for day in days for hour in data.draw(hours_of_a_day)), (), load, 600, wanted
        )

    hours_of_a_day = st.sets(hours, min_size=1, max_size=4)
    people = {"A": person("A", 0, 0), "B": person("B", 5000, 5000)}
    rooms = {"small": Room("small", 3, off(span(days[0], 0, 24)), 20), "hall": Room("hall", 200, (), -20, 90_000)}
    need = replace(NEED, seats=(("A", "B"),), rooms=("small", "hall"), window=window)
    assert len({option.interval.start.astimezone(SHANGHAI).date() for option in recommend(need, people, rooms).options}) == 3


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
    good = (Reason("comfortable_hours"), Reason("likely", (("percent", 39),)))
    common = (*good, Reason("all_free", (("people", 1),)), Reason("light_load", (("minutes", 0),)), room)
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
