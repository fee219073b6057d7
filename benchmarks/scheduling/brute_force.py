"""The best options of small questions by trying every set, scored by the objective as ``docs/scheduling.md`` writes it down.

Only the weights are the product's; who is free when, what a set is worth and which sets there are is worked out here anew.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise, product
from zoneinfo import ZoneInfo

from benchmarks.scheduling.questions import Question
from mianyue.base.interval import Interval
from mianyue.scheduling.best import weights
from mianyue.scheduling.best.acceptance import DEFAULT
from mianyue.scheduling.best.rank import recommend
from mianyue.scheduling.facts import Blocked, Need, Option, Person, Recommendation, Room, Why

Choose = Callable[[Need, dict[str, Person], dict[str, Room]], Recommendation]

SEED = 5
ZONES = ("Asia/Shanghai", "Asia/Kolkata", "Europe/Berlin")
MOST_STARTS = 24
_HOUR = timedelta(hours=1)


def differing(count: int, choose: Choose = recommend) -> int:
    """In how many drawn questions the choice has fewer options than fit, or less valuable ones, or impossible ones."""
    return sum(not _as_good(one, choose(one.need, one.people, one.rooms).options) for one in _questions(count))


def worth(options: Sequence[Option], asked: Question) -> float:
    """U(O): what certain acceptance is worth times the chance that one is accepted, less what the options cost."""
    return weights.ACCEPT * _accepted(options, asked.need) - sum(_cost(one, asked) for one in options)


def _as_good(asked: Question, offered: Sequence[Option]) -> bool:
    possible = [every for start in _starts(asked.need) if (every := _ways(start, asked))]
    if any(_bare(one) not in {_bare(way) for ways in possible for way in ways} for one in offered):
        return False
    cheapest = [min(ways, key=lambda way: _cost(way, asked)) for ways in possible]
    for count in range(asked.need.wanted, 0, -1):
        sets = [
            chosen
            for chosen in combinations(cheapest, count)
            if all(a.interval.end <= b.interval.start for a, b in pairwise(chosen))
        ]
        if sets:
            best = max(worth(chosen, asked) for chosen in sets)
            return len(offered) == count and abs(worth(offered, asked) - best) < 1e-4
    return not offered


def _bare(one: Option) -> tuple[Interval, tuple[str, ...], str | None]:
    return one.interval, one.people, one.room


def _accepted(options: Sequence[Option], need: Need) -> float:
    zone = ZoneInfo(need.zone)
    days: defaultdict[datetime, defaultdict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for one in options:
        start = one.interval.start.astimezone(zone)
        half = 0 if start.hour < 12 else 1 if start.hour < 18 else 2
        days[start.replace(hour=0, minute=0)][half].append(_suits(one.interval, need, zone))
    total = 0.0
    for habit in DEFAULT.habits:
        nobody = 1.0
        for day, halves in days.items():
            none = 1.0
            for half, suits in halves.items():
                refused = 1.0
                for suit in suits:
                    refused *= 1 - suit
                none *= 1 - habit.halves[half] / 1000 * (1 - refused)
            nobody *= 1 - DEFAULT.days[day.weekday()] / 1000 * (1 - none)
        total += habit.share / 1000 * (1 - nobody)
    return total


def _suits(interval: Interval, need: Need, zone: ZoneInfo) -> float:
    start, end = interval.start.astimezone(zone), interval.end.astimezone(zone)
    begins, ends = start.hour * 60 + start.minute, end.hour * 60 + end.minute
    found = DEFAULT.suits
    if begins < 9 * 60 or ends > 18 * 60:
        found -= DEFAULT.outside
    elif begins < 13 * 60 and ends > 12 * 60:
        found -= DEFAULT.lunch
    found -= DEFAULT.odd * (start.minute % 30 != 0)
    found -= DEFAULT.rushed * (interval.start - need.window.start < timedelta(days=1))
    return found / 1000


def _cost(one: Option, asked: Question) -> int:
    zone = ZoneInfo(asked.need.zone)
    today = asked.need.window.start.astimezone(zone).date()
    cost = min(weights.DELAY_MOST, weights.DAY_LATER * (one.interval.start.astimezone(zone).date() - today).days)
    for key in one.people:
        person = asked.people[key]
        unfair = min(weights.UNFAIR_MOST, weights.UNFAIR * 60 * person.promised_minutes // person.shift_minutes)
        cost += unfair // len(asked.need.seats)
    if one.room is not None:
        room = asked.rooms[one.room]
        misfit = weights.SPARE_SEAT * (room.capacity - len(asked.need.seats) - 1) - room.preference
        cost += max(weights.MISFIT_LEAST, min(weights.MISFIT_MOST, misfit))
    return cost


def _starts(need: Need) -> Iterator[Interval]:
    zone, start = ZoneInfo(need.zone), need.window.start
    while start + timedelta(minutes=need.minutes) <= need.window.end:
        span = Interval(start, start + timedelta(minutes=need.minutes))
        begins, ends = (at.astimezone(zone) for at in (span.start, span.end))
        if (
            begins.date() == ends.date()
            and need.day[0] <= begins.hour * 60 + begins.minute
            and ends.hour * 60 + ends.minute <= need.day[1]
        ):
            yield span
        start += timedelta(minutes=need.step)


def _ways(span: Interval, asked: Question) -> list[Option]:
    """Every panel and room for a time."""

    def free(blocked: Sequence[Blocked]) -> bool:
        return not any(one.interval.overlaps(span) for one in blocked)

    able = {key for key, one in asked.people.items() if free(one.blocked) and any(work.contains(span) for work in one.attendance)}
    panels = [panel for panel in product(*asked.need.seats) if len(set(panel)) == len(panel) and able >= set(panel)]
    rooms: list[str | None] = [None]
    if asked.need.rooms is not None:
        rooms = [key for key, one in asked.rooms.items() if one.capacity > len(asked.need.seats) and free(one.blocked)]
    return [Option(span, panel, room) for panel in panels for room in rooms]


def _questions(count: int) -> Iterator[Question]:
    """Few people, few days, few starts, at most ``MOST_STARTS`` of them possible: every set can be tried."""
    number = found = 0
    while found < count:
        asked = _question(random.Random(f"best/{SEED}/{number}"))
        number += 1
        if sum(bool(_ways(start, asked)) for start in _starts(asked.need)) <= MOST_STARTS:
            found += 1
            yield asked


def _question(dice: random.Random) -> Question:
    midnight = datetime(2027, 3, dice.randrange(1, 20), tzinfo=UTC)
    days = dice.randrange(1, 6)
    people = {}
    for key in ("a", "b", "c", "d")[: dice.randrange(1, 5)]:
        work = [_span(dice, midnight + timedelta(days=day), (2, 3, 4)) for day in range(days) if dice.random() < 0.8]
        busy = [_span(dice, midnight + timedelta(days=day), (0.5, 1)) for day in range(days)]
        blocked = tuple(Blocked(span, Why.CALENDAR) for span in busy)
        people[key] = Person(key, tuple(work), blocked, dice.choice((0, 60, 120, 480, 3000)), dice.choice((600, 2400)))
    rooms = {
        key: Room(key, dice.randrange(2, 12), (Blocked(_span(dice, midnight, (1, 9)), Why.ROOM_BOOKED),), dice.randrange(5))
        for key in ("r", "s")
    }
    pools = [tuple(dice.sample(sorted(people), dice.randrange(1, len(people) + 1))) for _ in range(dice.choice((1, 1, 2)))]
    need = Need(
        key="small",
        minutes=dice.choice((30, 45, 60, 90)),
        seats=tuple(pools),
        window=Interval(midnight, midnight + timedelta(days=days)),
        zone=dice.choice(ZONES),
        rooms=dice.choice((None, tuple(rooms))),
        step=dice.choice((30, 45, 60)),
        wanted=dice.choice((1, 2, 3, 3, 3)),
    )
    return Question(need, people, rooms)


def _span(dice: random.Random, midnight: datetime, hours: Sequence[float]) -> Interval:
    start = midnight + dice.randrange(18) * _HOUR / 2
    return Interval(start, start + dice.choice(hours) * _HOUR)
