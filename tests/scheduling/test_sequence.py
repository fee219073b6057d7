"""Rounds that follow each other, against trying every chain of starts and every choice of people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mianyue.base.interval import Interval
from mianyue.scheduling.facts import Blocked, Need, Option, Person, Room, Why
from mianyue.scheduling.search import valid_starts
from mianyue.scheduling.sequence import BACK_TO_BACK, ON_ONE_DAY, recommend_sequence, sequence_starts

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = datetime(2026, 12, 2, tzinfo=SHANGHAI)


def span(start: float, end: float, day: int = 0) -> Interval:
    return Interval(DAY + timedelta(days=day, hours=start), DAY + timedelta(days=day, hours=end))


def off(*spans: Interval) -> tuple[Blocked, ...]:
    return tuple(Blocked(one, Why.CALENDAR) for one in spans)


MORNING = span(9, 12)
FIRST = Need("1", 60, (("E001",),), MORNING, "Asia/Shanghai", step=30)
SECOND = replace(FIRST, key="2", minutes=30, seats=(("E002",),))
ONE, TWO = Person("E001", (MORNING,)), Person("E002", (MORNING,))


def starts(steps: Sequence[Need], gap: tuple[int, int], *people: Person, within: int | None = None) -> list[str]:
    found = sequence_starts(steps, gap, {person.key: person for person in people}, {}, within)
    return [f"{start.astimezone(SHANGHAI):%H:%M}" for start in found]


@pytest.mark.parametrize(
    ("gap", "second", "expected"),
    [
        (BACK_TO_BACK, (MORNING,), ["09:00", "09:30", "10:00", "10:30"]),
        (BACK_TO_BACK, (span(11, 12),), ["10:00", "10:30"]),
        ((15, 30), (span(11, 12),), ["09:30", "10:00"]),
        (ON_ONE_DAY, (span(11, 12),), ["09:00", "09:30", "10:00", "10:30"]),
        ((60, 24 * 60), (MORNING,), ["09:00", "09:30"]),
        (ON_ONE_DAY, (), []),
        ((1, 4), (MORNING,), []),
    ],
    ids=["back to back", "later", "a pause", "on one day", "at least an hour", "never", "no such pause on the grid"],
)
def test_the_second_round_follows_the_first(gap: tuple[int, int], second: tuple[Interval, ...], expected: list[str]) -> None:
    assert starts([FIRST, SECOND], gap, ONE, Person("E002", second)) == expected


def test_one_step_alone_is_a_sequence() -> None:
    assert starts([FIRST], BACK_TO_BACK, ONE) == ["09:00", "09:30", "10:00", "10:30", "11:00"]


def test_all_steps_lie_on_one_day_of_the_candidate() -> None:
    night = Interval(DAY + timedelta(hours=22), DAY + timedelta(hours=27))
    steps = [replace(step, window=night, day=(0, 1440), seats=(("E001",),)) for step in (FIRST, SECOND)]
    assert starts(steps, (0, 60), Person("E001", (night,))) == ["22:00", "22:30", "00:00", "00:30", "01:00", "01:30"]


def test_the_whole_lasts_no_longer_than_the_span() -> None:
    late = Person("E002", (span(11, 12),))
    assert starts([FIRST, SECOND], ON_ONE_DAY, ONE, late, within=120) == ["09:30", "10:00", "10:30"]
    assert starts([FIRST, SECOND], ON_ONE_DAY, ONE, late, within=119) == ["10:00", "10:30"]
    assert starts([FIRST, SECOND], ON_ONE_DAY, ONE, late, within=85) == []


def test_nobody_is_asked_to_be_at_two_sites_at_once() -> None:
    there = replace(SECOND, site="lab", walk={"hq": 20})
    assert starts([replace(FIRST, site="hq"), there], (0, 30), ONE, TWO) == ["09:00", "09:30", "10:00"]
    assert starts([replace(FIRST, site="hq"), there], (0, 15), ONE, TWO) == []
    assert starts([replace(FIRST, site="lab"), there], (0, 0), ONE, TWO) == ["09:00", "09:30", "10:00", "10:30"]


def test_one_person_may_sit_in_both_rounds_whatever_the_buffer() -> None:
    steps = [replace(step, seats=(("E001",),), buffer=(15, 15)) for step in (FIRST, SECOND)]
    assert starts(steps, BACK_TO_BACK, ONE) == ["09:00", "09:30", "10:00", "10:30"]


def test_a_cap_counts_over_all_rounds() -> None:
    capped = replace(ONE, engaged=((span(15, 16),),), day_cap=2, zone="Asia/Shanghai")
    either = replace(SECOND, seats=(("E001", "E002"),))
    assert starts([FIRST, replace(SECOND, seats=(("E001",),))], BACK_TO_BACK, capped) == []
    assert starts([FIRST, either], BACK_TO_BACK, capped, Person("E002", (span(11, 12),))) == ["10:00", "10:30"]
    assert starts([FIRST, replace(SECOND, seats=(("E001",),))], BACK_TO_BACK, replace(capped, week_cap=3, day_cap=3)) == [
        "09:00",
        "09:30",
        "10:00",
        "10:30",
    ]


def test_whoever_is_needed_later_is_spared_earlier() -> None:
    capped = replace(ONE, day_cap=1, zone="Asia/Shanghai")
    steps = [replace(FIRST, seats=(("E001", "E002"),)), replace(SECOND, seats=(("E001",),))]
    people = {"E001": capped, "E002": replace(TWO, promised_minutes=500)}
    chains = recommend_sequence(steps, BACK_TO_BACK, people, {}).chains
    assert [tuple(option.people for option in chain) for chain in chains] == [(("E002",), ("E001",))] * 2


def test_the_hours_of_the_rounds_before_count_as_promised() -> None:
    steps = [replace(step, wanted=1, seats=(("E001", "E002"),)) for step in (FIRST, SECOND)]
    people = {"E001": ONE, "E002": replace(TWO, promised_minutes=45)}
    (chain,) = recommend_sequence(steps, BACK_TO_BACK, people, {}).chains
    assert [option.people for option in chain] == [("E001",), ("E002",)]


def test_the_chains_to_offer_lie_on_different_days_with_least_waiting() -> None:
    window = Interval(DAY, DAY + timedelta(days=4))
    steps = [replace(step, window=window) for step in (FIRST, SECOND)]
    people = {
        "E001": Person("E001", tuple(span(9, 12, day) for day in (0, 1))),
        "E002": Person("E002", (span(11, 12), span(15, 16), span(10, 11, 1))),
    }
    found = recommend_sequence(steps, ON_ONE_DAY, people, {})
    assert [[option.interval for option in chain] for chain in found.chains] == [
        [span(10, 11), span(11, 11.5)],
        [span(9, 10, 1), span(10, 10.5, 1)],
    ]
    assert (found.possible, found.alone) == (7, (10, 6))


def test_further_chains_of_a_day_do_not_overlap() -> None:
    found = recommend_sequence([FIRST, SECOND], BACK_TO_BACK, {"E001": ONE, "E002": TWO}, {})
    assert [[option.interval for option in chain] for chain in found.chains] == [
        [span(9, 10), span(10, 10.5)],
        [span(10.5, 11.5), span(11.5, 12)],
    ]


def test_a_chain_names_panel_room_and_shadow_and_stays_in_its_room() -> None:
    steps = [replace(FIRST, rooms=("R01", "R02"), wanted=1), replace(SECOND, rooms=("R01", "R02"), shadows=("E002", "E009"))]
    rooms = {"R01": Room("R01", 2, off(span(9, 9.5))), "R02": Room("R02", 3)}
    people = {"E001": ONE, "E002": TWO, "E009": Person("E009", (MORNING,))}
    assert recommend_sequence(steps, BACK_TO_BACK, people, rooms).chains == (
        (Option(span(9, 10), ("E001",), "R02"), Option(span(10, 10.5), ("E002",), "R02", shadow="E009")),
    )


def test_what_stood_in_the_way_is_told_step_by_step() -> None:
    people = {"E001": replace(ONE, blocked=off(span(9, 11))), "E002": Person("E002", (span(9, 11),))}
    found = recommend_sequence([FIRST, SECOND], ON_ONE_DAY, people, {})
    assert (found.chains, found.possible, found.alone) == ((), 0, (1, 4))
    assert [[(fact.why, fact.who, fact.starts) for fact in facts] for facts in found.excluded] == [
        [(Why.CALENDAR, "E001", 4)],
        [(Why.NOT_AT_WORK, "E002", 2)],
    ]


@pytest.mark.parametrize(("steps", "gap"), [([], (0, 0)), ([FIRST], (30, 0)), ([FIRST], (-5, 0))])
def test_a_sequence_that_makes_no_sense_is_refused(steps: list[Need], gap: tuple[int, int]) -> None:
    with pytest.raises(ValueError):
        sequence_starts(steps, gap, {}, {})


Course = tuple[list[Need], tuple[int, int], dict[str, Person], int | None]


def course(number: int) -> Course:
    """Two or three steps within thirty hours, with pools that share people, and caps that bind."""
    dice = Random(number)
    window = Interval(DAY + timedelta(hours=14), DAY + timedelta(hours=38))

    def span(most: int) -> Interval:
        start = window.start + dice.randint(-60, 1400) * timedelta(minutes=1)
        return Interval(start, start + dice.randint(30, most) * timedelta(minutes=1))

    people = {
        key: Person(
            key,
            tuple(span(900) for _ in range(dice.randint(1, 2))),
            off(*(span(120) for _ in range(dice.randint(0, 3)))),
            engaged=tuple((span(60),) for _ in range(dice.randint(0, 2))),
            day_cap=dice.choice([None, 1, 2, 3]),
            week_cap=dice.choice([None, None, 2, 3]),
            zone=dice.choice(["Asia/Shanghai", "UTC"]),
        )
        for key in "ABC"
    }
    steps = [
        Need(
            str(step),
            dice.choice([30, 60, 90]),
            tuple(tuple(dice.sample("ABC", dice.randint(1, 3))) for _ in range(dice.choice([1, 1, 2]))),
            window,
            "Asia/Shanghai",
            day=(0, 1440),
            step=dice.choice([30, 60]),
            site=dice.choice(["", "hq", "lab"]),
            walk={"hq": 15, "lab": 20},
        )
        for step in range(dice.choice([2, 2, 3]))
    ]
    least = 30 * dice.randint(0, 3)
    return steps, (least, least + dice.choice([0, 30, 120, 600])), people, dice.choice([None, None, 150, 240])


def slow_chains(course: Course) -> Iterator[tuple[datetime, ...]]:
    steps, gap, people, within = course

    def grown(chains: list[tuple[datetime, ...]], step: int) -> list[tuple[datetime, ...]]:
        before, here = steps[step - 1], steps[step]
        walk = here.walk[before.site] if before.site and here.site and before.site != here.site else 0
        return [
            (*chain, start)
            for chain in chains
            for start in valid_starts(here, people, {})
            if max(gap[0], walk) <= (start - chain[-1]) / timedelta(minutes=1) - before.minutes <= gap[1]
        ]

    chains: list[tuple[datetime, ...]] = [(start,) for start in valid_starts(steps[0], people, {})]
    for step in range(1, len(steps)):
        chains = grown(chains, step)
    for chain in chains:
        whole = Interval(chain[0], chain[-1] + timedelta(minutes=steps[-1].minutes))
        one_day = len({moment.astimezone(SHANGHAI).date() for moment in (whole.start, whole.end - timedelta(seconds=1))}) == 1
        if one_day and (within is None or whole.length <= timedelta(minutes=within)) and can_be_staffed(chain, steps, people):
            yield chain


def can_be_staffed(chain: tuple[datetime, ...], steps: list[Need], people: dict[str, Person]) -> bool:
    def teams(step: int) -> list[tuple[str, ...]]:
        return [
            team
            for team in product(*steps[step].seats)
            if len(set(team)) == len(team)
            and all(chain[step] in valid_starts(replace(steps[step], seats=((key,),)), people, {}) for key in team)
        ]

    return any(within_caps(chain, staffing, people) for staffing in product(*(teams(step) for step in range(len(steps)))))


def within_caps(chain: tuple[datetime, ...], staffing: tuple[tuple[str, ...], ...], people: dict[str, Person]) -> bool:
    for person in people.values():
        zone = ZoneInfo(person.zone)
        new = [start.astimezone(zone).date() for start, team in zip(chain, staffing, strict=True) if person.key in team]
        dates = Counter([*new, *(span.start.astimezone(zone).date() for (span,) in person.engaged)])
        weeks = Counter(day.isocalendar()[:2] for day in dates.elements())
        if person.day_cap is not None and any(dates[day] > person.day_cap for day in new):
            return False
        if person.week_cap is not None and any(weeks[day.isocalendar()[:2]] > person.week_cap for day in new):
            return False
    return True


def agrees(one: Course) -> None:
    steps, gap, people, within = one
    chains = sorted(slow_chains(one))
    assert sequence_starts(steps, gap, people, {}, within) == sorted({chain[0] for chain in chains})
    found = recommend_sequence(steps, gap, people, {}, within)
    assert bool(found.chains) == bool(chains)
    for options in found.chains:
        taken = tuple(option.interval.start for option in options)
        assert taken == min(chain for chain in chains if chain[0] == taken[0])
        assert within_caps(taken, tuple(option.people for option in options), people)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**40).map(course))
def test_the_chains_are_exactly_those_found_by_trying_all(one: Course) -> None:
    agrees(one)


@pytest.mark.slow
@settings(max_examples=1000, deadline=None, derandomize=True)
@given(st.integers(0, 2**40).map(course))
def test_the_chains_are_exactly_those_found_by_trying_all_in_many_cases(one: Course) -> None:
    agrees(one)


def test_the_earliest_chain_is_not_kept_waiting_by_people_who_are_used_up() -> None:
    """Two can't do both rounds, so the second waits for a third person."""
    capped = [Person(key, (span(9, 18),), day_cap=1, zone="UTC") for key in ("E001", "E002")]
    steps = [
        replace(FIRST, window=span(9, 18), seats=(("E001",), ("E002",))),
        replace(FIRST, window=span(9, 18), seats=(("E001", "E003"),)),
    ]
    people = {person.key: person for person in (*capped, Person("E003", (span(15, 18),)))}
    assert recommend_sequence(steps, ON_ONE_DAY, people, {}).chains[0][1] == Option(span(15, 16), ("E003",), None)
    assert [start.astimezone(UTC).hour for start in sequence_starts(steps, ON_ONE_DAY, people, {})][-1] == 8
