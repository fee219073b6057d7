"""Which starts are possible at all: exact, over everybody who could fill a seat and every room that could hold the interview."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval
from mianyue.scheduling.facts import Blocked, Need, Person, Room, Why
from mianyue.scheduling.panel import fillable
from mianyue.scheduling.timeline import Grid, cells, reaching, runs


@dataclass(frozen=True, slots=True)
class Row:
    """One person or room on the grid: the cells of being there at all, those that each reason blocks, and those left free."""

    there: int
    blocked: Mapping[Why, int]
    free: int

    @classmethod
    def drawn(cls, grid: Grid, there: int, blocked: Iterable[Blocked]) -> Row:
        """The row of somebody who is there in these cells, less what is blocked."""
        spans: dict[Why, list[Interval]] = {}
        for one in blocked:
            spans.setdefault(one.why, []).append(one.interval)
        masks = {why: grid.touched(intervals) for why, intervals in spans.items()}
        return cls(there, masks, there & ~anywhere(masks.values()))


@dataclass(frozen=True, slots=True)
class Field:
    """Everybody's cells on one grid, drawn once and asked by any number of needs."""

    grid: Grid
    people: Mapping[str, Row]
    rooms: Mapping[str, Row]

    @classmethod
    def over(cls, window: Interval, people: Iterable[Person], rooms: Iterable[Room]) -> Field:
        """The field of a window, of these people and rooms."""
        grid = Grid.over(window)
        always = (1 << grid.count) - 1
        return cls(
            grid,
            {person.key: Row.drawn(grid, grid.whole(person.attendance), person.blocked) for person in people},
            {room.key: Row.drawn(grid, always, room.blocked) for room in rooms},
        )


@dataclass(frozen=True, slots=True)
class Space:
    """All that is possible for one need: masks of starts, of the whole need and of each person and suitable room by itself.

    ``rooms`` stand in order of fit, and are empty where no room is needed; starts of people and rooms lie within ``open``, the
    starts that suit the candidate.
    """

    need: Need
    open: int
    people: Mapping[str, int]
    rooms: Mapping[str, int]
    starts: int


def space(need: Need, field: Field, rooms: Mapping[str, Room]) -> Space:
    """What is possible for a need. The field covers the need's window and holds its people and rooms, as far as they are known."""
    grid, length = field.grid, need.cells
    open_ = thinkable(need, grid) & ~reaching(grid.touched(one.interval for one in need.ruled_out), length)
    people = {key: open_ & runs(field.people[key].free, length) for key in need.pool if key in field.people}
    fitting = {room.key: open_ & runs(field.rooms[room.key].free, length) for room in suitable_rooms(need, rooms)}
    starts = open_ & fillable(need.seats, people)
    if need.rooms is not None:
        starts &= anywhere(fitting.values())
    return Space(need, open_, people, fitting, starts)


def own_space(need: Need, people: Mapping[str, Person], rooms: Mapping[str, Room]) -> tuple[Space, Field]:
    """The space of a need asked alone, and the field of its window that it was found in."""
    invited = [people[key] for key in need.pool if key in people]
    field = Field.over(need.window, invited, suitable_rooms(need, rooms))
    return space(need, field, rooms), field


def valid_starts(need: Need, people: Mapping[str, Person], rooms: Mapping[str, Room]) -> list[datetime]:
    """Every start (UTC, in order) at which all seats can be filled by different people who are free for the whole interview, one
    room is free for all of it, and the candidate's day and window are respected.

    People and rooms that are not in the mappings can't be used. A length that is not a multiple of 5 minutes occupies its last
    5 minutes as a whole. Raises ``zoneinfo.ZoneInfoNotFoundError`` for a zone that does not exist.
    """
    found, field = own_space(need, people, rooms)
    return [field.grid.at(cell) for cell in cells(found.starts)]


def thinkable(need: Need, grid: Grid) -> int:
    """The starts that the step and the window allow, and from which the interview stays within one day of the candidate."""
    inside = runs(grid.whole([need.window]), need.cells) & grid.every(need.step)
    days = 0
    for day in _local_days(need):
        days |= runs(grid.whole([day]), need.cells)
    return inside & days


def suitable_rooms(need: Need, rooms: Mapping[str, Room]) -> list[Room]:
    """The rooms at the site that are large enough, smallest first, so that large rooms stay free for those who need them."""
    known = (rooms[key] for key in dict.fromkeys(need.rooms or ()) if key in rooms)
    return sorted((room for room in known if room.capacity >= need.places), key=lambda r: (r.capacity, -r.preference, r.key))


def anywhere(masks: Iterable[int]) -> int:
    """The starts that are in at least one of the masks."""
    found = 0
    for mask in masks:
        found |= mask
    return found


def _local_days(need: Need) -> Iterable[Interval]:
    """The candidate's day on every local date that the window touches.

    A wall-clock time that a clock change skips or repeats is read with the offset before the change (RFC 5545 §3.3.5). A day that
    a change swallows whole (one in Samoa, 2011) is none.
    """
    zone = ZoneInfo(need.zone)
    day = need.window.start.astimezone(zone).date()
    last = need.window.end.astimezone(zone).date()
    while day <= last:
        start, end = (_instant(day, minutes, zone) for minutes in need.day)
        if start < end:
            yield Interval(start, end)
        day += timedelta(days=1)


def _instant(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    # Adding to an aware datetime moves its wall clock, which is what "at 21:00 that day" means.
    return (datetime.combine(day, time(), zone) + timedelta(minutes=minutes)).astimezone(UTC)
