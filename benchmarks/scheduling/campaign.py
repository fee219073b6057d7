"""A hiring campaign of some weeks, simulated: who is offered what, what is held meanwhile, who accepts the first letter.

Both ways of choosing get the same candidates, interviewers, hours, calendars and rooms, and hold three times each exclusively until the
candidate answers, or 48 hours have passed. Only the choice differs.
"""

from __future__ import annotations

import heapq
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from benchmarks.harness import Row
from benchmarks.scheduling.candidates import Candidate
from benchmarks.scheduling.choices import Choose, best_three, first_free_of_three_days, first_three_free
from benchmarks.scheduling.options import Options
from benchmarks.scheduling.race import Claim, overlaps
from mianyue.base.interval import Interval
from mianyue.scheduling.facts import Blocked, Need, Option, Person, Room, Why
from mianyue.worktime.attendance import Assignment, attendance
from mianyue.worktime.shift import ShiftRule

SEEDS = ("campaign/0", "campaign/1", "campaign/2")
CANDIDATES, FAMILIES, FAMILY, ROOMS = 1000, 12, 5, 20
ARRIVING = timedelta(days=28)
HELD, NOTICE, AHEAD = timedelta(hours=48), timedelta(hours=4), timedelta(days=14)
MINUTES, LETTERS = 60, 3
BEGIN = datetime(2027, 3, 1, 0, 0, tzinfo=UTC)
OFFICE = ZoneInfo("Asia/Shanghai")
DESK_HOURS = (9, 18)
"""Letters leave in the recruiters' hours."""

FIRST_THREE, THREE_DAYS = "first three free", "first free of three days"


@dataclass(slots=True)
class Held:
    """A time promised to somebody: until then, or for good (None)."""

    interval: Interval
    owner: int
    until: datetime | None

    def counts(self, now: datetime) -> bool:
        return self.until is None or now < self.until


@dataclass(slots=True)
class Tally:
    """What became of a campaign."""

    first_letters: int = 0
    accepted_first: int = 0
    accepted: int = 0
    dead_clicks: int = 0
    nothing_found: int = 0
    hours: float = 0.0
    on_shift: float = 0.0
    waits: list[float] = field(default_factory=list)
    booked: list[Claim] = field(default_factory=list)

    @property
    def percent(self) -> float:
        """Of the candidates, how many accepted the first letter."""
        return 100 * self.accepted_first / self.first_letters

    @property
    def percent_in_the_end(self) -> float:
        """Of the candidates, how many accepted any letter."""
        return 100 * self.accepted / self.first_letters


def run(options: Options) -> list[Row]:
    """The product's choice beside "the first three free"; a second baseline spreads them over days, as a careful recruiter would."""
    many = options.times(CANDIDATES, 240)
    seeds = SEEDS[: options.times(len(SEEDS), 1)]
    baseline, spread, ours = (_tallies(choose, many, seeds) for choose in (first_three_free, first_free_of_three_days, best_three))
    return [
        _percent(f"accepted on the first letter, {many * len(seeds):,} candidates", ours, baseline, FIRST_THREE),
        _percent("accepted on the first letter", ours, spread, THREE_DAYS),
        Row(
            "accepted on the first letter, more than", ours.percent - baseline.percent, None, "points", FIRST_THREE, "(target ≥ 10)"
        ),
        Row("accepted after all letters", ours.percent_in_the_end, baseline.percent_in_the_end, "percent", FIRST_THREE),
        Row("dead clicks", ours.dead_clicks, None, "clicks", "–", "(target 0)"),
        Row("people or rooms booked twice at a time", overlaps(ours.booked), None, "pairs", "–", "(target 0)"),
        Row("letters for which no time was left", ours.nothing_found, baseline.nothing_found or None, "letters", FIRST_THREE),
        Row("interviewer hours on shift", ours.on_shift, baseline.on_shift, "hours", FIRST_THREE, "(target: the same)"),
        Row(
            "interviewer hours booked per acceptance",
            ours.hours / ours.accepted,
            baseline.hours / baseline.accepted,
            "hours",
            FIRST_THREE,
        ),
        Row("days from the first letter to the interview", median(ours.waits), median(baseline.waits), "days", FIRST_THREE),
    ]


def _percent(what: str, ours: Tally, floor: Tally, name: str) -> Row:
    return Row(what, ours.percent, floor.percent, "percent", name)


def _tallies(choose: Choose, many: int, seeds: Sequence[str]) -> Tally:
    whole = Tally()
    for seed in seeds:
        one = Campaign(choose, many, seed).run()
        for name in (
            "first_letters",
            "accepted_first",
            "accepted",
            "dead_clicks",
            "nothing_found",
            "hours",
            "on_shift",
            "waits",
            "booked",
        ):
            setattr(whole, name, getattr(whole, name) + getattr(one, name))
    return whole


class Campaign:
    """The company and its candidates, and what happens in order of time."""

    def __init__(self, choose: Choose, many: int, seed: str) -> None:
        self.choose, self.seed, self.tally = choose, seed, Tally()
        self.candidates = [Candidate(number, seed) for number in range(many)]
        self.families = _families(seed, max(1, FAMILIES * many // CANDIDATES))
        self.rooms = max(2, ROOMS * many // CANDIDATES)
        self.tally.on_shift = sum(_minutes(span) / 60 for pool in self.families for work, _ in pool.values() for span in work)
        self.held: defaultdict[str, list[Held]] = defaultdict(list)
        self.offered: dict[int, list[Option]] = {}
        self.refused: defaultdict[int, list[Interval]] = defaultdict(list)
        self.first_told: dict[int, datetime] = {}
        self.letters: defaultdict[int, int] = defaultdict(int)
        dice = random.Random(f"{seed}/arrivals")
        arrivals = sorted(BEGIN + dice.random() * ARRIVING for _ in self.candidates)
        self.coming = [(_office_time(at), number, "letter") for number, at in enumerate(arrivals)]
        heapq.heapify(self.coming)

    def run(self) -> Tally:
        """Everything until nobody waits for anything."""
        while self.coming:
            now, number, what = heapq.heappop(self.coming)
            if what == "letter":
                self._write(number, now)
            else:
                self._hear(number, now)
        return self.tally

    def _write(self, number: int, now: datetime) -> None:
        """Offers three times, holds them, and waits for the answer."""
        candidate, family = self.candidates[number], self.families[number % len(self.families)]
        window = Interval(now + NOTICE, now + AHEAD)
        need = Need(
            key=str(number),
            minutes=MINUTES,
            seats=(tuple(family),),
            window=window,
            zone=candidate.zone.key,
            rooms=tuple(f"r{n}" for n in range(self.rooms)),
            avoid=tuple(self.refused[number]),
        )
        people = {key: self._person(key, family[key], window, now) for key in family}
        rooms = {key: Room(key, 4, tuple(self._promised(key, now))) for key in need.rooms or ()}
        options = self.choose(need, people, rooms)
        self.letters[number] += 1
        if self.letters[number] == 1:
            self.tally.first_letters += 1
            self.first_told[number] = now
        if not options:
            self.tally.nothing_found += 1
            return
        self.offered[number] = options
        for option in options:
            for key in (*option.people, option.room or ""):
                self.held[key].append(Held(option.interval, number, now + HELD))
        heapq.heappush(self.coming, (now + candidate.answers_after, number, "answer"))

    def _hear(self, number: int, now: datetime) -> None:
        """The candidate takes the first time that suits, or says that none does, or says nothing."""
        candidate, options = self.candidates[number], self.offered.pop(number)
        taken = next((option for option in options if now < option.interval.start and candidate.suits(option.interval, now)), None)
        if taken is None:
            self._let_go(number, options, None, now if candidate.asks_again else now + HELD - candidate.answers_after)
            self.refused[number] += [option.interval for option in options]
            if candidate.asks_again and self.letters[number] < LETTERS:
                heapq.heappush(self.coming, (_office_time(now), number, "letter"))
            return
        if not self._still_held(number, taken, now):
            self.tally.dead_clicks += 1
            return
        self._let_go(number, options, taken, now)
        self.tally.accepted += 1
        self.tally.accepted_first += self.letters[number] == 1
        self.tally.booked += [
            (f"{self.seed}/{key}", taken.interval.start, taken.interval.end) for key in (*taken.people, taken.room or "")
        ]
        self.tally.hours += MINUTES / 60 * len(taken.people)
        self.tally.waits.append((taken.interval.start - self.first_told[number]) / timedelta(days=1))

    def _still_held(self, number: int, option: Option, now: datetime) -> bool:
        """Whether every person and the room of an option are this candidate's alone at that time."""
        for key in (*option.people, option.room or ""):
            overlapping = [held for held in self.held[key] if held.counts(now) and held.interval.overlaps(option.interval)]
            if [held.owner for held in overlapping] != [number]:
                return False
        return True

    def _let_go(self, number: int, options: list[Option], keep: Option | None, until: datetime) -> None:
        for option in options:
            for key in (*option.people, option.room or ""):
                for held in self.held[key]:
                    if held.owner == number and held.interval == option.interval and held.until is not None:
                        held.until = None if option is keep else min(held.until, until)

    def _promised(self, key: str, now: datetime) -> Iterator[Blocked]:
        self.held[key] = [held for held in self.held[key] if held.counts(now) and held.interval.end > now]
        return (Blocked(held.interval, Why.PROMISED) for held in self.held[key])

    def _person(self, key: str, own: tuple[list[Interval], list[Interval]], window: Interval, now: datetime) -> Person:
        work = tuple(clipped for span in own[0] if (clipped := span.clipped(window)))
        promised = tuple(self._promised(key, now))
        return Person(
            key,
            work,
            tuple(Blocked(span, Why.CALENDAR) for span in own[1] if span.overlaps(window)) + promised,
            promised_minutes=sum(_minutes(one.interval) for one in promised if one.interval.overlaps(window)),
            shift_minutes=sum(map(_minutes, work)),
            zone=OFFICE.key,
        )


def _minutes(span: Interval) -> int:
    return span.length // timedelta(minutes=1)


def _families(seed: str, many: int) -> list[dict[str, tuple[list[Interval], list[Interval]]]]:
    """Pools of interviewers who can stand in for one another: their working hours and their meetings."""
    whole = Interval(BEGIN, BEGIN + ARRIVING + LETTERS * (HELD + AHEAD))
    shift = ShiftRule.between(time(9), time(18), time(12), time(13), frozenset(range(1, 6)))
    work = attendance(whole, OFFICE, "", [Assignment(shift, date(2020, 1, 1), None)], (), None, None)
    families = []
    for family in range(many):
        pool = {}
        for place in range(FAMILY):
            dice = random.Random(f"{seed}/interviewer/{family}/{place}")
            meetings = [
                Interval(start, min(start + timedelta(minutes=dice.choice((30, 60, 60, 90, 120))), span.end))
                for span in work
                for _ in range(dice.randrange(3))
                for start in [span.start + timedelta(minutes=30 * dice.randrange(span.length // timedelta(minutes=30)))]
            ]
            pool[f"f{family}p{place}"] = (work, meetings)
        families.append(pool)
    return families


def _office_time(at: datetime) -> datetime:
    """The same instant in office hours, or the next office morning."""
    local = at.astimezone(OFFICE)
    while local.weekday() > 4 or local.hour >= DESK_HOURS[1]:
        local = datetime.combine(local.date() + timedelta(days=1), time(DESK_HOURS[0]), OFFICE)
    if local.hour < DESK_HOURS[0]:
        local = datetime.combine(local.date(), time(DESK_HOURS[0]), OFFICE)
    return local.astimezone(UTC)
