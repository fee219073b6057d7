"""Which starts are possible at all: exact, over everybody who could fill a seat and every room that could hold the interview."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval
from mianyue.scheduling.days import days
from mianyue.scheduling.facts import CELL, Need, Option, Person, Room
from mianyue.scheduling.panel import fillable
from mianyue.scheduling.rows import Row, Shape
from mianyue.scheduling.timeline import Grid, cells, reaching, runs


@dataclass(frozen=True, slots=True)
class Field:
    """Everybody's cells on one grid, drawn once and asked by any number of needs.

    Rows keep what was found in them, so asking again costs next to nothing; an event that changes redraws one row.
    """

    grid: Grid
    people: Mapping[str, Row]
    rooms: Mapping[str, Row]

    @classmethod
    def over(cls, window: Interval, people: Iterable[Person], rooms: Iterable[Room], margin: int = 0) -> Field:
        """The field of a window and ``margin`` minutes on both sides of it (see ``Need.margin``), of these people and rooms."""
        beside = timedelta(minutes=margin)
        grid = Grid.over(Interval(window.start - beside, window.end + beside))
        return cls(
            grid,
            {person.key: Row.of_person(grid, person) for person in people},
            {room.key: Row.of_room(grid, room) for room in rooms},
        )

    def with_person(self, person: Person) -> Field:
        """The field after this person's facts changed, or with one person more."""
        return replace(self, people={**self.people, person.key: Row.of_person(self.grid, person)})

    def with_room(self, room: Room) -> Field:
        """The field after this room's facts changed, or with one room more."""
        return replace(self, rooms={**self.rooms, room.key: Row.of_room(self.grid, room)})

    def covers(self, need: Need) -> bool:
        """Whether all that can stand in a need's way lies on the grid."""
        beside = timedelta(minutes=need.margin)
        return self.grid.at(0) <= need.window.start - beside and need.window.end + beside <= self.grid.at(self.grid.count)


@dataclass(frozen=True, slots=True)
class Space:
    """All that is possible for one need: masks of starts, of the whole need and of each person and suitable room by itself.

    ``rooms`` stand in order of fit, and are empty where no room is needed; starts of people, rooms and ``shadows`` (who may sit in
    to learn, in order of mention) lie within ``open``, the starts that suit the candidate.
    """

    need: Need
    open: int
    people: Mapping[str, int]
    rooms: Mapping[str, int]
    starts: int
    shadows: Mapping[str, int] = field(default_factory=dict)


def space(need: Need, field: Field, rooms: Mapping[str, Room]) -> Space:
    """What is possible for a need. The field holds its people and rooms, as far as they are known.

    Raises ValueError if the field doesn't cover the need's window and margin: what lies beyond would count as free.
    """
    if not field.covers(need):
        raise ValueError("the field does not cover the need's window and margin")
    open_ = stated(need, field.grid) & thinkable(need, field.grid)
    if need.blocked or need.avoid:
        open_ &= ~reaching(field.grid.touched(one.interval for one in need.ruled_out), need.cells)
    asked, place = Shape.of_panel(need), Shape.of_room(need)
    people = {key: open_ & field.people[key].starts(asked) for key in need.pool if key in field.people}
    fitting = {room.key: open_ & field.rooms[room.key].starts(place) for room in suitable_rooms(need, rooms)}
    starts = open_ & fillable(need.seats, people)
    if need.rooms is not None:
        starts &= anywhere(fitting.values())
    shadows = {key: open_ & field.people[key].starts(asked) for key in need.shadows if key in field.people}
    return Space(need, open_, people, fitting, starts, shadows)


def own_space(need: Need, people: Mapping[str, Person], rooms: Mapping[str, Room]) -> tuple[Space, Field]:
    """The space of a need asked alone, and the field of its window that it was found in."""
    invited = [people[key] for key in dict.fromkeys((*need.pool, *need.shadows)) if key in people]
    field = Field.over(need.window, invited, suitable_rooms(need, rooms), need.margin)
    return space(need, field, rooms), field


def valid_starts(need: Need, people: Mapping[str, Person], rooms: Mapping[str, Room]) -> list[datetime]:
    """Every start (UTC, in order) at which all seats can be filled by different people who are free for the whole interview, one
    room is free for all of it, and the candidate's day, window and stated times are respected.

    People and rooms that are not in the mappings can't be used. A length that is not a multiple of 5 minutes occupies its last
    5 minutes as a whole. Raises ``zoneinfo.ZoneInfoNotFoundError`` for a zone that does not exist.
    """
    found, field = own_space(need, people, rooms)
    return [field.grid.at(cell) for cell in cells(found.starts)]


def still_possible(need: Need, option: Option, people: Mapping[str, Person], rooms: Mapping[str, Room]) -> Option | None:
    """An option that was found earlier and promised to nobody yet, if it would be found by these facts too; else None.

    Stricter than what breaks a promise (``mend.broken``): a time that is unknown now is not offered. Somebody who was to sit in to
    learn and can't come any more is left out.
    """
    seated = len(option.people) == len(need.seats) and all(key in seat for key, seat in zip(option.people, need.seats, strict=True))
    roomed = (option.room is None) if need.rooms is None else option.room in need.rooms
    start = option.interval.start
    span = Interval(start, start + timedelta(minutes=need.cells * CELL))
    as_long = option.interval.length == timedelta(minutes=need.minutes)
    if not (seated and roomed and as_long and need.window.contains(span)):
        return None
    exactly = replace(
        need,
        window=span,
        seats=tuple((key,) for key in option.people),
        rooms=None if option.room is None else (option.room,),
        shadows=tuple(key for key in need.shadows if key == option.shadow),
    )
    found, field = own_space(exactly, people, rooms)
    cell = next((cell for cell in cells(found.starts) if field.grid.at(cell) == start), None)
    if cell is None:
        return None
    return replace(option, shadow=shadow_for(found, cell, rooms[option.room] if option.room else None, option.people))


def thinkable(need: Need, grid: Grid) -> int:
    """The starts that the step and the window allow, and from which the interview stays within one day of the candidate."""
    zone = ZoneInfo(need.zone)
    first, last = (instant.astimezone(zone).date() for instant in (need.window.start, need.window.end))
    within = _within_days(grid, zone, need.day, first, last, need.cells)
    return within & runs(grid.whole([need.window]), need.cells) & _every(grid, need.step)


def stated(need: Need, grid: Grid) -> int:
    """The starts from which the interview lies within the times that the candidate stated; all (-1) where nothing was said."""
    return -1 if need.windows is None else runs(grid.whole(need.windows), need.cells)


def suitable_rooms(need: Need, rooms: Mapping[str, Room]) -> list[Room]:
    """The rooms at the site that are large enough and have what is needed, smallest first, so that large rooms stay free for those
    who need them.
    """
    places, equipment = need.places, need.equipment
    known = (rooms[key] for key in dict.fromkeys(need.rooms or ()) if key in rooms)
    fitting = (room for room in known if room.capacity >= places and room.equipment >= equipment)
    return sorted(fitting, key=lambda room: (room.capacity, -room.preference, room.key))


def shadow_for(found: Space, cell: int, room: Room | None, team: Sequence[str]) -> str | None:
    """Who sits in to learn at a start: the first shadow who is free and not of the team, if the room has a seat to spare."""
    if room is not None and room.capacity <= found.need.places:
        return None
    return next((key for key, mask in found.shadows.items() if mask >> cell & 1 and key not in team), None)


def anywhere(masks: Iterable[int]) -> int:
    """The starts that are in at least one of the masks."""
    found = 0
    for mask in masks:
        found |= mask
    return found


@lru_cache(maxsize=256)
def _within_days(grid: Grid, zone: ZoneInfo, part: tuple[int, int], first: date, last: date, length: int) -> int:
    """The starts from which ``length`` cells lie within the given part of one local date, from ``first`` to ``last``."""
    found = 0
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = days(date.fromordinal(ordinal), 1, zone, part)
        if day:
            found |= runs(grid.whole([day]), length)
    return found


@lru_cache(maxsize=256)
def _every(grid: Grid, step: int) -> int:
    return grid.every(step)
