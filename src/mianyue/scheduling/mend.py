"""Mending promises when facts change: which of them no longer hold, and what disturbs people least in their place.

What still holds is never moved. For each broken promise, in this order:

1. the same time, with other people only in the seats and rooms that fell away: a candidate may not even notice;
2. another time, for a booked promise: on the same local date of the candidate if there is one, else as near as possible;
3. nothing: the promise is lost, or, if it was one of several on offer, simply withdrawn.

The first is decided for all broken promises together, since two of them may need the same colleague: as many as possible keep
their time, booked ones first, by branch and bound over one cluster of promises after the other. Each asks for the colleague with
the fewest promised minutes first. The search is exact up to ``_STEPS`` looks per cluster, and keeps the best that it has seen beyond.
The second is greedy, in order of time: it only becomes true once a candidate has agreed to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval, union
from mianyue.scheduling.facts import CELL, Blocked, Need, Option, Person, Reason, Room, Why, day_reasons
from mianyue.scheduling.panel import cheapest
from mianyue.scheduling.search import Field, Space, own_space, shadow_for
from mianyue.scheduling.timeline import cells, first

BEARABLE = frozenset({Why.CALENDAR_UNKNOWN, Why.ATTENDANCE_UNKNOWN, Why.OVERTIME_FULL, Why.DAY_FULL, Why.WEEK_FULL, Why.ON_THE_WAY})
"""What keeps a person or a room from being promised anew, but breaks no promise that stands.

A calendar or an attendance that can't be read today says nothing about what was true yesterday: calling everything off because a
file is damaged would be the greatest disturbance of all. Caps, buffers and ways are there for planning well, not for calling off.
"""

_STEPS = 2000
_CLUSTERED = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Promise:
    """A time promised for a need: ``booked``, or one of several on offer. ``out`` are people who said that they can't come."""

    key: str
    need: Need
    option: Option
    booked: bool = True
    out: frozenset[str] = frozenset()

    @property
    def askable(self) -> Need:
        """The need without the people who can't come."""
        seats = self.need.seats
        return replace(self.need, seats=tuple(tuple(key for key in seat if key not in self.out) for seat in seats))


@dataclass(frozen=True, slots=True)
class Broken:
    """One thing that makes a promise untrue: why, and whose it is (a person's or room's key; empty for the candidate's side)."""

    why: Why
    who: str


@dataclass(frozen=True, slots=True)
class Mended:
    """What becomes of a promise: what broke it (nothing: it stands), and the option to have instead; None where there is none."""

    promise: Promise
    broken: tuple[Broken, ...]
    option: Option | None

    @property
    def in_time(self) -> bool:
        """Whether the promised time is kept."""
        return self.option is not None and self.option.interval == self.promise.option.interval


@dataclass(slots=True)
class Facts:
    """The people and rooms as they are, and what the candidates have been promised. Taking something leaves the given facts alone."""

    people: Mapping[str, Person]
    rooms: Mapping[str, Room]
    candidates: Mapping[str, tuple[Blocked, ...]]

    @classmethod
    def beside(cls, people: Mapping[str, Person], rooms: Mapping[str, Room], taken: Iterable[tuple[Need, Option]] = ()) -> Facts:
        """The facts once these options are promised."""
        facts = cls(people, rooms, {})
        for need, option in taken:
            facts = facts.with_(need, option)
        return facts

    def with_(self, need: Need, option: Option) -> Facts:
        """The facts once one more option is promised."""
        span = option.interval
        minutes = int(span.length.total_seconds()) // 60
        promised = Blocked(span, Why.PROMISED, need.site)
        attending = (*option.people, option.shadow) if option.shadow else option.people
        people = {
            key: replace(
                one,
                blocked=(*one.blocked, promised),
                promised_minutes=one.promised_minutes + minutes,
                engaged=(*one.engaged, (span,)),
            )
            for key in attending
            if (one := self.people.get(key))
        }
        rooms = dict(self.rooms)
        if option.room in rooms:
            rooms[option.room] = replace(rooms[option.room], blocked=(*rooms[option.room].blocked, promised))
        candidates = dict(self.candidates)
        if need.candidate:
            candidates[need.candidate] = (*candidates.get(need.candidate, ()), Blocked(span, Why.CANDIDATE_BUSY))
        return Facts({**self.people, **people}, rooms, candidates)

    def space(self, need: Need) -> tuple[Space, Field]:
        """What is possible for a need."""
        return own_space(self.asked(need), self.people, self.rooms)

    def asked(self, need: Need) -> Need:
        """The need, with what its candidate has been promised ruled out."""
        return replace(need, blocked=(*need.blocked, *self.candidates.get(need.candidate, ())))


def broken(promise: Promise, people: Mapping[str, Person], rooms: Mapping[str, Room]) -> tuple[Broken, ...]:
    """What makes a promise untrue by these facts, in which it is not counted itself; empty where it holds.

    A shadow breaks nothing, nor does whatever is ``BEARABLE``.
    """
    need, option = promise.need, promise.option
    found = [Broken(why, "") for why in _hit(need.blocked, option.interval)]
    for key in option.people:
        found += [Broken(why, key) for why in _against(people.get(key), option.interval, key in promise.out)]
    if option.room is not None:
        room = rooms.get(option.room)
        if room is None:
            found.append(Broken(Why.UNKNOWN_ROOM, option.room))
        else:
            if room.capacity < need.places:
                found.append(Broken(Why.ROOM_TOO_SMALL, room.key))
            found += [Broken(why, room.key) for why in _hit(room.blocked, option.interval)]
    return tuple(found)


def mend(promises: Sequence[Promise], people: Mapping[str, Person], rooms: Mapping[str, Room]) -> list[Mended]:
    """What becomes of every promise, in the given order. In ``people`` and ``rooms`` none of the promises is counted.

    Deterministic. Raises ``zoneinfo.ZoneInfoNotFoundError`` for a zone that does not exist.
    """
    flaws = {promise.key: broken(promise, people, rooms) for promise in promises}
    holding = [promise for promise in promises if not flaws[promise.key]]
    falling = [promise for promise in promises if flaws[promise.key]]
    chosen: dict[str, Option] = {promise.key: promise.option for promise in holding}
    if falling:
        facts = Facts.beside(people, rooms, ((promise.need, promise.option) for promise in holding))
        for cluster in _clusters(falling, flaws, facts):
            best = _Assignment(cluster, flaws, facts).best
            for promise in cluster:
                if option := best.get(promise.key):
                    chosen[promise.key] = option
                    facts = facts.with_(promise.need, option)
        for promise in sorted(falling, key=_in_time):
            if promise.booked and promise.key not in chosen and (option := nearest(promise, facts)):
                chosen[promise.key] = option
                facts = facts.with_(promise.need, option)
    return [Mended(promise, flaws[promise.key], chosen.get(promise.key)) for promise in promises]


def nearest(promise: Promise, facts: Facts) -> Option | None:
    """Another time for a broken promise, within its need's window: on the same local date if there is one, and there the nearest.

    Of the panel and the room, what can be kept is kept. None where no start is possible.
    """
    need = promise.askable
    found, field = facts.space(need)
    zone, before = ZoneInfo(need.zone), promise.option.interval.start

    def distance(cell: int) -> tuple[bool, timedelta, datetime]:
        start = field.grid.at(cell)
        return start.astimezone(zone).date() != before.astimezone(zone).date(), abs(start - before), start

    cell = min(cells(found.starts), key=distance, default=None)
    if cell is None:
        return None
    cost = {
        key: (0 if key in promise.option.people else 1 + facts.people[key].promised_minutes)
        for key, mask in found.people.items()
        if mask >> cell & 1
    }
    places = [key for key, mask in found.rooms.items() if mask >> cell & 1]
    room = promise.option.room if promise.option.room in places else next(iter(places), None)
    team = cheapest(need.seats, cost) or ()
    shadow = shadow_for(found, cell, facts.rooms[room] if room else None, team)
    span = field.grid.interval(cell, need.minutes)
    told = (Reason("nearest"), *day_reasons(need, (facts.people[key] for key in team), span))
    return Option(span, team, room, told, shadow)


class _Assignment:
    """The search for the most promises of a cluster that can keep their time together."""

    def __init__(self, cluster: Iterable[Promise], flaws: Mapping[str, tuple[Broken, ...]], facts: Facts) -> None:
        self._flaws = flaws
        self._steps = 0
        self._most = (-1, -1)
        self.best: Mapping[str, Option] = {}
        # Booked ones first, so that the first plan looked at is already good for them.
        self._look(sorted(cluster, key=lambda promise: (not promise.booked, *_in_time(promise))), {}, (0, 0), facts)

    def _look(self, left: Sequence[Promise], plan: Mapping[str, Option], worth: tuple[int, int], facts: Facts) -> None:
        booked, offered = worth
        waiting = sum(promise.booked for promise in left)
        if (booked + waiting, offered + len(left) - waiting) <= self._most:
            return
        if not left:
            self.best, self._most = plan, worth
            return
        promise, rest = left[0], left[1:]
        with_this = (booked + 1, offered) if promise.booked else (booked, offered + 1)
        for option in same_time(promise, self._flaws[promise.key], facts):
            self._steps += 1
            self._look(rest, {**plan, promise.key: option}, with_this, facts.with_(promise.need, option))
            # Beyond the limit, every promise takes the first that comes and nothing is taken back: still a good plan.
            if self._steps > _STEPS:
                return
        self._look(rest, plan, worth, facts)


def same_time(promise: Promise, flaws: Iterable[Broken], facts: Facts) -> Iterator[Option]:
    """Every way to keep the promised time, those of the least promised people first, then by how well the room fits.

    Whoever and whatever is not among the flaws stays.
    """
    gone = {flaw.who for flaw in flaws}
    option = promise.option
    staying = [key for key in option.people if key not in gone]
    kept_room = None if option.room in gone else option.room
    if "" in gone or not _still_free(staying, kept_room, option.interval, facts):
        return
    space, field = facts.space(_as_promised(promise))
    cell = first(field.grid.touched([option.interval]))
    free = [key for key, mask in space.people.items() if mask >> cell & 1 and key not in gone and key not in staying]
    free.sort(key=lambda key: (facts.people[key].promised_minutes, key))
    rooms = [kept_room] if kept_room or option.room is None else [key for key, mask in space.rooms.items() if mask >> cell & 1]
    for coming in combinations(free, len(option.people) - len(staying)):
        team = cheapest(space.need.seats, dict.fromkeys((*staying, *coming), 0))
        if team is not None:
            shadow = None if option.shadow in team else option.shadow
            yield from (replace(option, people=team, room=room, shadow=shadow) for room in rooms)


def _as_promised(promise: Promise) -> Need:
    """The need at the very time that was promised: as long as it was promised for, whoever sits in may stay, and neither the notice
    nor the hours that new times keep to matter any more."""
    need, option = promise.need, promise.option
    sitting = tuple(option.people)
    seats = tuple((key, *(need.seats[number] if number < len(need.seats) else ())) for number, key in enumerate(sitting))
    minutes = int(option.interval.length.total_seconds()) // 60
    length = timedelta(minutes=-(-minutes // CELL) * CELL)
    return replace(
        need,
        minutes=minutes,
        seats=tuple(tuple(dict.fromkeys(key for key in seat if key not in promise.out)) for seat in seats),
        window=Interval(option.interval.start, option.interval.start + length),
        day=(0, 1440),
        rooms=None if option.room is None else need.rooms,
        avoid=(),
        windows=None,
        step=CELL,
        shadows=(),
    )


def _still_free(staying: Iterable[str], room: str | None, span: Interval, facts: Facts) -> bool:
    """Whether those who stay were not given away meanwhile, to stand in elsewhere."""
    kept = [facts.people[key].blocked for key in staying] + ([facts.rooms[room].blocked] if room else [])
    return not any(one.why is Why.PROMISED and one.interval.overlaps(span) for blocked in kept for one in blocked)


def _clusters(falling: Sequence[Promise], flaws: Mapping[str, tuple[Broken, ...]], facts: Facts) -> list[list[Promise]]:
    """The promises that can keep their time at all, in groups that can't get into each other's way.

    Two may if a person or room could serve both within a day of each other, or within a week of a person who has a cap.
    """
    able: list[tuple[Promise, frozenset[str]]] = []
    for promise in sorted(falling, key=_in_time):
        if next(same_time(promise, flaws[promise.key], facts), None):
            rooms = promise.need.rooms or ()
            able.append((promise, frozenset((*promise.need.pool, *promise.option.people, *(f"room {key}" for key in rooms)))))
    clusters: list[list[tuple[Promise, frozenset[str]]]] = []
    for one in able:
        met = [cluster for cluster in clusters if any(_meet(one, other, facts) for other in cluster)]
        clusters = [cluster for cluster in clusters if cluster not in met]
        clusters.append([*(other for cluster in met for other in cluster), one])
    return [[promise for promise, _ in cluster] for cluster in clusters]


def _meet(one: tuple[Promise, frozenset[str]], other: tuple[Promise, frozenset[str]], facts: Facts) -> bool:
    shared = one[1] & other[1]
    apart = abs(one[0].option.interval.start - other[0].option.interval.start)
    people = (facts.people.get(key) for key in shared)
    if any(person and (person.day_cap is not None or person.week_cap is not None) for person in people):
        return apart < 7 * _CLUSTERED
    return bool(shared) and apart < _CLUSTERED


def _against(person: Person | None, span: Interval, out: bool) -> list[Why]:
    if person is None:
        return [Why.UNKNOWN_PERSON]
    reasons = [Why.CANNOT_COME] if out else []
    # Leave is on top of a shift: who isn't even at work is said first.
    if not any(work.contains(span) for work in union(person.attendance)):
        reasons.append(Why.NOT_AT_WORK)
    return reasons + _hit(person.blocked, span)


def _hit(blocked: Iterable[Blocked], span: Interval) -> list[Why]:
    """What of it breaks a promise of that time, each reason once."""
    return list(dict.fromkeys(one.why for one in blocked if one.why not in BEARABLE and one.interval.overlaps(span)))


def _in_time(promise: Promise) -> tuple[datetime, str]:
    return promise.option.interval.start, promise.key
