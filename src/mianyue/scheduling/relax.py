"""What would have to give way for more times to be possible: the smallest changes, counted exactly, for a recruiter to ask about.

Something that alone stands in the way of a start frees it by moving. So it is enough to know, for each person and room, the starts
that nothing immovable rules out and that exactly one movable span does, or exactly two. Leave, holidays and times off duty never
give way, and neither does a calendar that can't be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import combinations

from mianyue.base.interval import Interval
from mianyue.scheduling.facts import Blocked, Loosened, Need, Person, Relaxation, Room, Step, Why
from mianyue.scheduling.panel import fillable
from mianyue.scheduling.rows import Row, Shape
from mianyue.scheduling.search import Field, Space, anywhere, space
from mianyue.scheduling.timeline import Grid, first, runs, side_by_side

MOVABLE = (Why.PROMISED, Why.CALENDAR, Why.ROOM_BOOKED)
AT_MOST = 5
"""How many relaxations are worth reading."""
_OF_OTHER_SORTS = 2
"""How many of these are kept for what is not an event that could move."""
_WIDER = 60
"""How many minutes the candidate's day is widened at both ends."""


def relaxations(found: Space, field: Field, people: Mapping[str, Person], rooms: Mapping[str, Room]) -> tuple[Relaxation, ...]:
    """The changes after which more options fit than now, those first that disturb least; at most ``AT_MOST``.

    First one event that moves, the shortest before longer ones, then those that give more starts. Then what changes the question:
    no buffer, another person of the panel in a seat, a room short of one seat, an hour more at both ends of the candidate's day,
    times beyond those the candidate stated, no room. Two events that move are named only where no single one helps.
    """
    return _Search(found, field, people, rooms).best()


@dataclass(frozen=True, slots=True)
class _Span:
    """Something that could move: whose it is, and the starts that it rules out and nothing immovable of theirs does."""

    who: str
    room: bool
    blocked: Blocked
    reach: int

    @property
    def step(self) -> Step:
        """Moving it."""
        return Step(Loosened.MOVED, self.who, self.blocked.why, self.blocked.interval)

    @property
    def disturbance(self) -> tuple[timedelta, Interval, str]:
        """The shortest first, then the earliest."""
        return self.blocked.interval.length, self.blocked.interval, self.who


@dataclass(frozen=True, slots=True)
class _Resource:
    """A person or room: the starts that are free now, and those that exactly one or exactly two movable spans rule out."""

    free: int
    one: int
    two: int
    spans: tuple[_Span, ...]

    def without(self, moved: Sequence[_Span]) -> int:
        """The starts that are free once these spans of its own are away, two at most."""
        both = moved[0].reach & moved[1].reach if len(moved) == 2 else 0
        return self.free | self.one & anywhere(span.reach for span in moved) | self.two & both


class _Search:
    def __init__(self, found: Space, field: Field, people: Mapping[str, Person], rooms: Mapping[str, Room]) -> None:
        self.found, self.field, self.every_room = found, field, rooms
        self.need = found.need
        panel, place = Shape.of_panel(self.need), Shape.of_room(self.need)
        self.people = {key: self._resource(people[key], field.people[key], panel) for key in found.people}
        self.rooms = {key: self._resource(rooms[key], field.rooms[key], place) for key in found.rooms}
        self.seated = found.open & fillable(self.need.seats, found.people)
        self.placed = -1 if self.need.rooms is None else anywhere(found.rooms.values())
        self.now = side_by_side(found.starts, self.need.cells, self.need.wanted)

    def best(self) -> tuple[Relaxation, ...]:
        others = [one for steps, starts in self._asked_otherwise() if (one := self._relaxation(steps, starts))]
        spans = sorted(
            self._one_moved(), key=lambda found: (found[0].blocked.interval.length, -found[1].bit_count(), found[0].disturbance)
        )
        moved = [one for span, starts in spans if (one := self._relaxation((span.step,), starts))]
        most = AT_MOST - min(len(others), _OF_OTHER_SORTS)
        named = (*moved[:most], *others)
        if not moved and len(named) < AT_MOST:
            named += tuple(self._two_moved(AT_MOST - len(named)))
        return named[:AT_MOST]

    def _resource(self, owner: Person | Room, row: Row, shape: Shape) -> _Resource:
        grid, room = self.field.grid, isinstance(owner, Room)
        home = owner.site if isinstance(owner, Person) else ""
        able = self.found.open & runs(row.there, shape.length) & ~anywhere(row.full.values())
        movable: dict[Interval, list[Blocked]] = {}
        for one in owner.blocked:
            if one.why in MOVABLE:
                # Two records of one span are one thing: what we promised stands in the calendar as well.
                movable.setdefault(one.interval, []).append(one)
            else:
                able &= ~_ruled_out(grid, one, home, shape)
        once = twice = thrice = 0
        spans = []
        for same in movable.values():
            if reach := able & anywhere(_ruled_out(grid, one, home, shape) for one in same):
                spans.append(_Span(owner.key, room, same[0], reach))
                thrice |= twice & reach
                twice |= once & reach
                once |= reach
        return _Resource(able & ~once, once & ~twice, twice & ~thrice, tuple(spans))

    def _relaxation(self, steps: tuple[Step, ...], starts: int) -> Relaxation | None:
        """What makes these starts possible too; None if no more options fit by that."""
        gained = starts & ~self.found.starts
        if not gained or side_by_side(starts | self.found.starts, self.need.cells, self.need.wanted) <= self.now:
            return None
        return Relaxation(steps, gained.bit_count(), self.field.grid.interval(first(gained), self.need.minutes))

    def _one_moved(self) -> Iterator[tuple[_Span, int]]:
        """Every span with the starts that its moving makes possible."""
        for key, person in self.people.items():
            gained = self._with({key: person.free | person.one}) & self.placed & person.one if person.one else 0
            yield from ((span, starts) for span in person.spans if (starts := gained & span.reach))
        for room in self.rooms.values():
            gained = self.seated & ~self.placed & room.one
            yield from ((span, starts) for span in room.spans if (starts := gained & span.reach))

    def _two_moved(self, at_most: int) -> list[Relaxation]:
        """The shortest pairs of spans that help together."""
        found: list[Relaxation] = []
        for pair in sorted(dict.fromkeys(self._pairs()), key=_disturbance):
            if one := self._relaxation(tuple(span.step for span in pair), self._after(pair)):
                found.append(one)
            if len(found) == at_most:
                break
        return found

    def _pairs(self) -> Iterator[tuple[_Span, _Span]]:
        """Pairs of spans that alone rule out some start; with a person's, only the shortest of all rooms' that would do."""
        bookings = [span for room in self.rooms.values() for span in room.spans]
        for key, person in self.people.items():
            both = self._with({key: person.free | person.two}) & self.placed & person.two
            yield from _ruling_out(both, person.spans)
            alone = self._with({key: person.free | person.one}) & ~self.placed & person.one
            shortest: dict[_Span, _Span] = {}
            for span, booking in _ruling_out(alone, person.spans, bookings):
                if self.rooms[booking.who].one & booking.reach & span.reach & alone:
                    shortest[span] = min(shortest.get(span, booking), booking, key=lambda one: one.disturbance)
            yield from shortest.items()
        for (key, one), (other_key, other) in combinations(self.people.items(), 2):
            starts = self._with({key: one.free | one.one, other_key: other.free | other.one})
            yield from _ruling_out(starts & self.placed & one.one & other.one, one.spans, other.spans)
        for room in self.rooms.values():
            yield from _ruling_out(self.seated & ~self.placed & room.two, room.spans)

    def _with(self, changed: Mapping[str, int]) -> int:
        """The starts at which the panel could sit if these people's were others."""
        return self.found.open & fillable(self.need.seats, {**self.found.people, **changed})

    def _after(self, moved: Sequence[_Span]) -> int:
        """All starts that are possible once these spans are away."""
        starts = self._with({key: one.without(_own(key, False, moved)) for key, one in self.people.items()})
        if self.need.rooms is not None:
            starts &= anywhere(room.without(_own(key, True, moved)) for key, room in self.rooms.items())
        return starts

    def _asked_otherwise(self) -> Iterator[tuple[tuple[Step, ...], int]]:
        """What can change about the question itself, with all starts that are possible then."""
        need = self.need
        if any(need.buffer):
            yield self._if(Step(Loosened.NO_BUFFER), replace(need, buffer=(0, 0)))
        for at, seat in enumerate(need.seats):
            if set(seat) != set(need.pool) and seat not in need.seats[:at]:
                seats = (*need.seats[:at], need.pool, *need.seats[at + 1 :])
                yield self._if(Step(Loosened.OTHER_PERSON, "|".join(seat)), replace(need, seats=seats))
        for key in dict.fromkeys(need.rooms or ()):
            room = self.every_room.get(key)
            if room and room.capacity == need.places - 1 and room.equipment >= need.equipment:
                row = Row.of_room(self.field.grid, room)
                yield (Step(Loosened.SMALLER_ROOM, key),), self.seated & row.starts(Shape.of_room(need))
        earlier, later = max(0, need.day[0] - _WIDER), min(1440, need.day[1] + _WIDER)
        yield self._if(Step(Loosened.WIDER_DAY), replace(need, day=(earlier, later)))
        if need.windows is not None:
            yield self._if(Step(Loosened.OTHER_WINDOWS), replace(need, windows=None))
        if need.rooms is not None:
            yield (Step(Loosened.NO_ROOM),), self.seated

    def _if(self, step: Step, need: Need) -> tuple[tuple[Step, ...], int]:
        return (step,), space(need, self.field, self.every_room).starts


def _ruled_out(grid: Grid, one: Blocked, home: str, shape: Shape) -> int:
    """The starts that a blocked span rules out, with buffer and walk."""
    touched = grid.touched([one.interval])
    ways = ((ahead, behind) for site, ahead, behind in shape.ways if site == (one.site or home))
    ahead, behind = max(((shape.ahead, shape.behind), *ways))
    return (1 << touched.bit_length() + ahead) - (1 << max(0, first(touched) - behind + 1)) if touched else 0


def _ruling_out(starts: int, spans: Sequence[_Span], others: Sequence[_Span] | None = None) -> Iterator[tuple[_Span, _Span]]:
    """The pairs, one of each (or two of the same), that both rule out one of these starts; found in one sweep over time."""
    both = (spans,) if others is None else (spans, others)
    rows = [(first(span.reach), at, span) for at, some in enumerate(both) for span in some if span.reach & starts]
    going: tuple[list[_Span], ...] = tuple([] for _ in both)
    for begin, at, span in sorted(rows, key=lambda row: row[:2]):
        beside = going[at - 1]
        beside[:] = [other for other in beside if other.reach.bit_length() > begin]
        for other in beside:
            if other.reach & span.reach & starts:
                yield (other, span) if at or others is None else (span, other)
        going[at].append(span)


def _own(key: str, room: bool, moved: Sequence[_Span]) -> list[_Span]:
    return [span for span in moved if span.room is room and span.who == key]


def _disturbance(pair: tuple[_Span, _Span]) -> tuple[timedelta, Interval, Interval]:
    one, other = (span.blocked.interval for span in pair)
    return one.length + other.length, one, other
