"""Many needs at once: nothing is promised twice, and as many as possible get all they want."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations, pairwise, product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mianyue.base.interval import Interval
from mianyue.scheduling.batch.optimum import Progress
from mianyue.scheduling.batch.plan import Aim, Effort
from mianyue.scheduling.batch.plan import plan as plan_batch
from mianyue.scheduling.best.rank import recommend
from mianyue.scheduling.facts import Blocked, Need, Option, Person, Recommendation, Room, Why
from mianyue.scheduling.search import valid_starts

MONDAY = datetime(2026, 11, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
Company = tuple[list[Need], dict[str, Person], dict[str, Room]]


def span(day: int, start: float, end: float) -> Interval:
    midnight = MONDAY + timedelta(days=day)
    return Interval(midnight + timedelta(hours=start), midnight + timedelta(hours=end))


def plan(
    needs: Sequence[Need], people: dict[str, Person], rooms: dict[str, Room], aim: Aim = Aim.COMPLETE
) -> dict[str, Recommendation]:
    return plan_batch(needs, people, rooms, aim).recommendations


WEEK = Interval(MONDAY, MONDAY + timedelta(days=7))
NEED = Need("N", 60, (("E001",),), WEEK, "Asia/Shanghai", step=60)


def company(seed: int, needs: int, people: int, rooms: int, days: int, hours: int = 9, wanted: int = 3, step: int = 15) -> Company:
    """Contended people and rooms, pools and panels, some candidates with two applications; the same for the same seed."""
    dice = random.Random(seed)

    def busy(day: int) -> list[Blocked]:
        starts = [dice.randrange(9, 9 + hours) for _ in range(dice.randrange(hours // 2 + 1))]
        return [Blocked(span(day, start, start + dice.choice((0.5, 1, 1.5))), Why.CALENDAR) for start in starts]

    staff = {
        f"E{i:03}": Person(
            f"E{i:03}",
            tuple(span(day, 9, 9 + hours) for day in range(days) if dice.random() < 0.9),
            tuple(blocked for day in range(days) for blocked in busy(day)),
        )
        for i in range(people)
    }
    places = {
        f"R{i:02}": Room(f"R{i:02}", dice.choice((2, 3, 4, 8)), tuple(b for d in range(days) for b in busy(d)))
        for i in range(rooms)
    }
    keys = list(staff)
    rounds = []
    for _ in range(max(2, needs // 4)):
        seats = tuple(tuple(dice.sample(keys, min(len(keys), dice.choice((1, 1, 2, 3))))) for _ in range(dice.choice((1, 1, 1, 2))))
        rounds.append(
            (seats, dice.choice((20, 45, 60, 60, 95)) if step < 60 else 60, tuple(places) if dice.random() < 0.5 else None)
        )
    window = Interval(MONDAY, MONDAY + timedelta(days=days))
    asked = []
    for index in range(needs):
        seats, minutes, near = dice.choice(rounds)
        candidate = f"C{index if dice.random() < 0.9 else index // 2}"
        asked.append(
            Need(f"A{index:03}", minutes, seats, window, "Asia/Shanghai", rooms=near, candidate=candidate, wanted=wanted, step=step)
        )
    return asked, staff, places


def score(needs: Sequence[Need], options: dict[str, Sequence[Option]]) -> tuple[int, int, int]:
    counts = [len(options[need.key]) for need in needs]
    return sum(count >= need.wanted for count, need in zip(counts, needs, strict=True)), sum(map(bool, counts)), sum(counts)


def offered(found: dict[str, Recommendation]) -> dict[str, Sequence[Option]]:
    return {key: one.options for key, one in found.items()}


def resources(need: Need, option: Option) -> list[str]:
    return [*option.people, *([f"room {option.room}"] if option.room else []), f"candidate {need.candidate or need.key}"]


def assert_sound(asked: Company, found: dict[str, Recommendation]) -> None:
    """Every option is valid by itself, and no resource is promised twice at any moment."""
    needs, people, rooms = asked
    promised: dict[str, list[Interval]] = {}
    for need in needs:
        assert len(found[need.key].options) <= need.wanted
        for option in found[need.key].options:
            exactly = replace(need, seats=tuple((key,) for key in option.people), rooms=(option.room,) if option.room else None)
            assert all(key in pool for key, pool in zip(option.people, need.seats, strict=True))
            assert (option.room in need.rooms) if need.rooms is not None else option.room is None
            assert option.interval.start in valid_starts(exactly, people, rooms)
            for resource in resources(need, option):
                taken = promised.setdefault(resource, [])
                assert not any(interval.overlaps(option.interval) for interval in taken)
                taken.append(option.interval)


def one_after_another(needs: list[Need], people: dict[str, Person], rooms: dict[str, Room]) -> dict[str, Recommendation]:
    """What a planner without foresight does: the best options for each need in the given order, then the next."""
    people, rooms, found = dict(people), dict(rooms), {}
    candidates: dict[str, tuple[Blocked, ...]] = {}
    for need in needs:
        asked = replace(need, blocked=need.blocked + candidates.get(need.candidate, ()))
        found[need.key] = recommend(asked, people, rooms)
        for option in found[need.key].options:
            taken = (Blocked(option.interval, Why.PROMISED),)
            for key in option.people:
                one = people[key]
                people[key] = replace(one, blocked=one.blocked + taken, promised_minutes=one.promised_minutes + need.minutes)
            if option.room:
                rooms[option.room] = replace(rooms[option.room], blocked=rooms[option.room].blocked + taken)
            if need.candidate:
                candidates[need.candidate] = candidates.get(need.candidate, ()) + taken
    return found


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 12), st.integers(1, 6), st.integers(0, 3), st.integers(1, 4))
def test_no_moment_is_promised_twice_and_foresight_never_costs(seed: int, needs: int, people: int, rooms: int, days: int) -> None:
    asked = company(seed, needs, people, rooms, days, hours=4)
    found = plan(*asked)
    assert list(found) == [need.key for need in asked[0]]
    assert_sound(asked, found)
    assert score(asked[0], offered(found)) >= score(asked[0], offered(one_after_another(*asked)))


def best_score(needs: list[Need], people: dict[str, Person], rooms: dict[str, Room]) -> tuple[int, int, int]:
    """The best possible score, by trying everything that a bound does not rule out."""
    choices = []
    for need in needs:
        single = []
        for team in product(*need.seats):
            for room in need.rooms if need.rooms is not None else (None,):
                if len(set(team)) == len(team):
                    exactly = replace(need, seats=tuple((key,) for key in team), rooms=(room,) if room else None)
                    for start in valid_starts(exactly, people, rooms):
                        option = Option(Interval(start, start + timedelta(minutes=need.minutes)), team, room)
                        single.append(frozenset((start, resource) for resource in resources(need, option)))
        sets = [
            frozenset().union(*chosen)
            for count in range(need.wanted, 0, -1)
            for chosen in combinations(single, count)
            if sum(map(len, chosen)) == len(frozenset().union(*chosen))
        ]
        per_option = len(need.seats) + 2 if need.rooms is not None else len(need.seats) + 1
        choices.append([(len(taken) // per_option, taken) for taken in dict.fromkeys(sets)] + [(0, frozenset())])
    best = (0, 0, 0)

    def search(index: int, taken: frozenset[object], full: int, some: int, total: int) -> None:
        nonlocal best
        left = len(needs) - index
        if (full + left, some + left, total + sum(need.wanted for need in needs[index:])) <= best:
            return
        if not left:
            best = (full, some, total)
            return
        for count, wants in choices[index]:
            if not wants & taken:
                search(index + 1, taken | wants, full + (count == needs[index].wanted), some + (count > 0), total + count)

    search(0, frozenset(), 0, 0, 0)
    return best


def test_small_batches_are_planned_as_well_as_can_be() -> None:
    # Whole hours make starts either equal or apart, so that the slow search can count occupied (start, resource) pairs.
    missed = []
    for seed in range(60):
        asked = company(seed, needs=4, people=3, rooms=1, days=2, hours=2, wanted=2, step=60)
        if score(asked[0], offered(plan(*asked))) != best_score(*asked):
            missed.append(seed)
    assert missed == []


def jigsaw(seed: int, needs: int, people: int, days: int) -> Company:
    """A company whose people are free only in the pieces of one hidden plan that gives every need all three options."""
    dice = random.Random(seed)
    pieces: dict[str, list[Interval]] = {f"E{i:03}": [] for i in range(people)}
    asked = []
    while len(asked) < needs:
        seats = tuple(tuple(dice.sample(sorted(pieces), dice.choice((1, 2, 3)))) for _ in range(dice.choice((1, 1, 2))))
        minutes = dice.choice((30, 45, 60, 90))
        hidden: list[tuple[Interval, tuple[str, ...]]] = []
        for _ in range(200):
            start = dice.randrange(9 * 4, 18 * 4 - minutes // 15 + 1) / 4
            interval, team = span(dice.randrange(days), start, start + minutes / 60), tuple(dice.choice(seat) for seat in seats)
            clash = [taken for key in team for taken in pieces[key]] + [taken for taken, _ in hidden]
            if len(hidden) < 3 and len(set(team)) == len(team) and not any(interval.overlaps(taken) for taken in clash):
                hidden.append((interval, team))
        if len(hidden) == 3:
            asked.append(Need(f"A{len(asked):03}", minutes, seats, WEEK, "Asia/Shanghai"))
            for interval, team in hidden:
                for key in team:
                    pieces[key].append(interval)
    return asked, {key: Person(key, tuple(spans)) for key, spans in pieces.items()}, {}


def test_a_hidden_perfect_plan_is_found_again() -> None:
    for seed in range(5):
        asked = jigsaw(seed, needs=40, people=14, days=5)
        found = plan(*asked)
        assert_sound(asked, found)
        assert score(asked[0], offered(found)) == (40, 40, 120)
        assert score(asked[0], offered(one_after_another(*asked))) < (36, 40, 120)


def test_the_same_question_has_the_same_answer() -> None:
    asked = company(3, needs=30, people=8, rooms=2, days=4)
    assert plan(*asked) == plan(*asked)


def test_the_one_who_could_only_come_then_is_served_by_moving_another() -> None:
    people = {"E001": Person("E001", (span(1, 9, 12), span(2, 9, 12)))}
    anywhere = replace(NEED, key="A", wanted=3)
    only_tuesday = replace(NEED, key="B", wanted=3, window=span(1, 0, 24))
    found = plan([anywhere, only_tuesday], people, {})
    assert [len(found[key].options) for key in "AB"] == [3, 3]
    assert_sound(([anywhere, only_tuesday], people, {}), found)


def test_applications_of_one_candidate_never_overlap() -> None:
    people = {key: Person(key, (span(1, 9, 12),)) for key in ("E001", "E002")}
    needs = [replace(NEED, key=key, seats=((f"E00{i}",),), candidate="c", wanted=3) for i, key in ((1, "A"), (2, "B"))]
    assert score(needs, offered(plan(needs, people, {}))) == (1, 1, 3)
    apart = [replace(need, candidate="") for need in needs]
    assert score(apart, offered(plan(apart, people, {}))) == (2, 2, 6)


def test_scarce_hours_are_shared_before_anybody_has_a_third() -> None:
    hours = {"E001": Person("E001", (span(1, 9, 13), span(2, 9, 10)))}
    needs = [replace(NEED, key=key) for key in "ABC"]
    assert sorted(len(one.options) for one in plan(needs, hours, {}, Aim.FAIR).values()) == [1, 2, 2]
    assert sorted(len(one.options) for one in plan(needs, hours, {}, Aim.COMPLETE).values()) == [1, 1, 3]


def test_a_plan_tells_how_good_it_is_and_how_many_more_could_be_placed_at_most() -> None:
    hours = {"E001": Person("E001", (span(1, 9, 12),))}
    found = plan_batch([replace(NEED, key=key, wanted=1) for key in "ABCDE"], hours, {}, Aim.FAIR)
    assert (found.placed, found.most_placed, found.objective, found.gap) == (3, 3, found.bound, 0.0)


def test_the_search_ends_when_it_is_told_to() -> None:
    asked = company(2, needs=60, people=12, rooms=4, days=3)
    heard: list[int] = []

    def watch(progress: Progress) -> bool:
        heard.append(progress.objective)
        return False

    found = plan_batch(*asked, Aim.FAIR, Effort(60, watch=watch))
    assert_sound(asked, found.recommendations)
    assert heard
    assert found.seconds < 60
    assert found.objective <= found.bound


def test_caps_and_buffers_hold_over_the_whole_batch() -> None:
    free = Person("E001", (span(1, 9, 18), span(2, 9, 18)), day_cap=2, week_cap=3, zone="Asia/Shanghai")
    needs = [replace(NEED, key=key, wanted=1, step=15, buffer=(0, 30)) for key in "ABCDE"]
    found = plan(needs, {"E001": free}, {}, Aim.FAIR)
    taken = sorted(option.interval for one in found.values() for option in one.options)
    assert len(taken) == 3
    assert all(later.start - sooner.end >= timedelta(minutes=30) for sooner, later in pairwise(taken))
    days = Counter(interval.start.astimezone(MONDAY.tzinfo).date() for interval in taken)
    assert sorted(days.values()) == [1, 2]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6))
def test_spacing_and_caps_hold_wherever_time_is_tight(seed: int) -> None:
    needs, people, rooms = company(seed, needs=9, people=3, rooms=1, days=2, hours=5, wanted=2)
    needs = [replace(need, buffer=(0, 20), candidate=need.key) for need in needs]
    people = {key: replace(one, day_cap=3, zone="Asia/Shanghai") for key, one in people.items()}
    found = plan(needs, people, rooms, Aim.FAIR)
    assert_sound((needs, people, rooms), found)
    sitting = {
        key: [(option.interval, need) for need, one in found.items() for option in one.options if key in option.people]
        for key in people
    }
    for taken in sitting.values():
        # Of one need's own options only one takes place, so those may touch.
        ordered = sorted(taken)
        others = [(sooner, later) for (sooner, need), (later, other) in combinations(ordered, 2) if need != other]
        assert all(later.start - sooner.end >= timedelta(minutes=20) for sooner, later in others)
        per_day = Counter(day for day, _ in {(interval.start.astimezone(MONDAY.tzinfo).date(), need) for interval, need in taken})
        assert max(per_day.values(), default=0) <= 3


def test_in_the_end_everybody_has_the_room_that_fits_and_the_colleague_with_less_to_do() -> None:
    people = {key: Person(key, (span(1, 9, 11),), promised_minutes=minutes) for key, minutes in (("E001", 600), ("E002", 0))}
    rooms = {key: Room(key, seats) for key, seats in (("R1", 20), ("R2", 3), ("R3", 9))}
    needs = [
        replace(NEED, key=key, seats=(("E001", "E002"),), rooms=tuple(rooms), wanted=wanted) for key, wanted in (("A", 1), ("B", 3))
    ]
    found = plan(needs, people, rooms, Aim.FAIR)
    (only,) = found["A"].options
    assert only.room in ("R2", "R3")
    assert all(option.room in ("R2", "R3") for option in found["B"].options)


def test_whoever_can_t_have_all_does_not_take_it_from_whoever_can() -> None:
    people = {"E001": Person("E001", (span(1, 9, 12),)), "E002": Person("E002", (span(1, 9, 10),))}
    panel = replace(NEED, key="A", seats=(("E001",), ("E002",)))
    alone = replace(NEED, key="B")
    assert score([panel, alone], offered(plan([panel, alone], people, {}))) == (1, 1, 3)


def test_who_comes_away_short_is_told_what_others_were_promised() -> None:
    people = {"E001": Person("E001", (span(1, 9, 12),))}
    found = plan([replace(NEED, key="A"), replace(NEED, key="B")], people, {})
    short = next(one for one in found.values() if not one.options)
    assert [(fact.starts, fact.who) for fact in short.excluded if fact.why is Why.PROMISED] == [(3, "E001")]
    assert short.possible == 0


def test_unknown_people_and_an_empty_batch_are_no_surprise() -> None:
    assert plan([], {}, {}) == {}
    lost = plan([replace(NEED, rooms=("R01",))], {}, {})["N"]
    assert (lost.options, lost.possible, {fact.why for fact in lost.excluded} >= {Why.UNKNOWN_PERSON, Why.UNKNOWN_ROOM}) == (
        (),
        0,
        True,
    )


def test_two_needs_with_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="different keys"):
        plan([NEED, NEED], {}, {})


def test_a_hundred_needs_are_planned_soundly() -> None:
    asked = company(1, needs=100, people=45, rooms=20, days=5)
    found = plan_batch(*asked, Aim.COMPLETE, Effort(5)).recommendations
    assert_sound(asked, found)
    assert score(asked[0], offered(found)) >= score(asked[0], offered(one_after_another(*asked)))
