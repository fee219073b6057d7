"""Hiring drives: hundreds of candidates, a company's interviewers and rooms, two weeks; with a floor to beat and a checker.

Cells are quarter hours; a working day has 36 of them, from 09:00 on, and cell ``day * 36 + c`` is the c-th of that day. Interviews last
an hour. Candidates name half days with a weight; placing one is worth 100 + 3 · weight − day.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

DAY, HALF, HOUR, WEEK = 36, 18, 4, 5
PER_DAY, PER_WEEK = 4, 12
FAMILIES = 6


@dataclass(frozen=True, slots=True)
class Interviewer:
    """``free`` are the cells without anything else to do."""

    family: int
    senior: bool
    free: frozenset[int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A panel of one or of two, the latter with a senior; ``windows`` are (first start, last start, weight)."""

    family: int
    panel: int
    onsite: bool
    windows: tuple[tuple[int, int, int], ...]

    def worth(self, start: int) -> int | None:
        """What it is worth to begin in a cell; None where the candidate can't."""
        return next((100 + 3 * weight - start // DAY for first, last, weight in self.windows if first <= start <= last), None)


@dataclass(frozen=True, slots=True)
class Drive:
    """``rooms`` are the free cells of each."""

    days: int
    interviewers: tuple[Interviewer, ...]
    rooms: tuple[frozenset[int], ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """One interview: whose, when, with whom and where (None: remote)."""

    candidate: int
    start: int
    panel: tuple[int, ...]
    room: int | None


def draw(seed: int, candidates: int = 500, interviewers: int = 60, rooms: int = 12, days: int = 10) -> Drive:
    """A tight drive: full calendars, two to four half days each with a peak early on, four of five on site."""
    dice = random.Random(f"drive {seed}")

    def free(taken: Sequence[tuple[int, int]]) -> frozenset[int]:
        return frozenset(range(days * DAY)) - {cell for start, end in taken for cell in range(start, end)}

    def meetings(day: int, many: int, lengths: Sequence[int]) -> list[tuple[int, int]]:
        starts = [day * DAY + dice.randrange(DAY - 2) for _ in range(many)]
        return [(start, min((day + 1) * DAY, start + dice.choice(lengths))) for start in starts]

    people = []
    for index in range(interviewers):
        taken = [(day * DAY + 12, day * DAY + 16) for day in range(days)]
        for day in range(days):
            away = dice.random() < 0.08
            taken += [(day * DAY, (day + 1) * DAY)] if away else meetings(day, dice.randint(3, 6), (2, 4, 4, 6))
        people.append(Interviewer(index % FAMILIES, dice.random() < 0.4, free(taken)))
    places = [free([one for day in range(days) for one in meetings(day, dice.randint(3, 5), (4, 6, 8))]) for _ in range(rooms)]
    seekers = []
    for _ in range(candidates):
        halves: set[int] = set()
        while len(halves) < dice.choice((2, 3, 4)):
            halves.add(2 * min(days - 1, int(dice.random() ** 1.5 * days)) + (dice.random() < 0.6))
        windows = tuple((half * HALF, half * HALF + HALF - HOUR, dice.choice((2, 4, 6, 10))) for half in sorted(halves))
        seekers.append(Candidate(dice.randrange(FAMILIES), 2 if dice.random() < 0.4 else 1, dice.random() < 0.8, windows))
    return Drive(days, tuple(people), tuple(places), tuple(seekers))


def from_kit(instance: Any) -> Drive:
    """A drive made elsewhere, as its generator holds it."""
    every = frozenset(range(instance.days * DAY))

    def free(busy: Sequence[tuple[int, int]]) -> frozenset[int]:
        return every - {cell for start, end in busy for cell in range(start, end)}

    return Drive(
        instance.days,
        tuple(Interviewer(one.family, one.senior, free(one.busy)) for one in instance.interviewers),
        tuple(free(one.busy) for one in instance.rooms),
        tuple(Candidate(one.family, one.panel, one.onsite, one.windows) for one in instance.candidates),
    )


def objective(drive: Drive, plan: Sequence[Placed]) -> int:
    """What a plan is worth; raises AssertionError for the first broken rule. Looks at every cell of everybody."""
    worth, used, per_day, per_week = 0, set(), Counter(), Counter()
    assert len({one.candidate for one in plan}) == len(plan), "a candidate is placed twice"
    for one in plan:
        candidate = drive.candidates[one.candidate]
        value = candidate.worth(one.start)
        assert value is not None, "outside what the candidate named"
        team = [drive.interviewers[at] for at in one.panel]
        assert len(set(one.panel)) == len(one.panel) == candidate.panel, "not as many as asked"
        assert all(person.family == candidate.family for person in team), "somebody of another family"
        assert candidate.panel == 1 or any(person.senior for person in team), "no senior"
        assert (one.room is not None) == candidate.onsite, "a room that is missing or not needed"
        for cell in range(one.start, one.start + HOUR):
            assert all(cell in person.free for person in team), "an interviewer is busy"
            assert one.room is None or cell in drive.rooms[one.room], "the room is taken"
            taking = [("person", at, cell) for at in one.panel] + ([("room", one.room, cell)] if one.room is not None else [])
            assert not used.intersection(taking), "promised twice"
            used.update(taking)
        day = one.start // DAY
        per_day.update((at, day) for at in one.panel)
        per_week.update((at, day // WEEK) for at in one.panel)
        worth += value
    assert max(per_day.values(), default=0) <= PER_DAY, "too many a day"
    assert max(per_week.values(), default=0) <= PER_WEEK, "too many a week"
    return worth


def greedy(drive: Drive) -> list[Placed]:
    """The floor: whoever can come at the fewest times first, each at their best start that still fits, with whom has least to do."""
    plan: list[Placed] = []
    load: Counter[int] = Counter()
    taken: set[tuple[str, int, int]] = set()
    days, weeks = Counter(), Counter()

    def fits(kind: str, at: int, free: frozenset[int], start: int) -> bool:
        return all(cell in free and (kind, at, cell) not in taken for cell in range(start, start + HOUR))

    def starts(candidate: Candidate) -> list[int]:
        every = [start for first, last, _ in candidate.windows for start in range(first, last + 1)]
        return sorted(every, key=lambda start: -(candidate.worth(start) or 0))

    for number in sorted(range(len(drive.candidates)), key=lambda at: len(starts(drive.candidates[at]))):
        candidate = drive.candidates[number]
        for start in starts(candidate):
            day, week = start // DAY, start // DAY // WEEK
            able = [
                at
                for at, person in enumerate(drive.interviewers)
                if person.family == candidate.family
                and days[at, day] < PER_DAY
                and weeks[at, week] < PER_WEEK
                and fits("person", at, person.free, start)
            ]
            able.sort(key=lambda at: load[at])
            first = able if candidate.panel == 1 else [at for at in able if drive.interviewers[at].senior]
            panel = tuple([*first[:1], *[at for at in able if at not in first[:1]]][: candidate.panel])
            room = next((at for at, free in enumerate(drive.rooms) if fits("room", at, free, start)), None)
            if not first or len(panel) < candidate.panel or (candidate.onsite and room is None):
                continue
            plan.append(Placed(number, start, panel, room if candidate.onsite else None))
            for cell in range(start, start + HOUR):
                taken.update(("person", at, cell) for at in panel)
                if candidate.onsite and room is not None:
                    taken.add(("room", room, cell))
            load.update(panel)
            days.update((at, day) for at in panel)
            weeks.update((at, week) for at in panel)
            break
    return plan
