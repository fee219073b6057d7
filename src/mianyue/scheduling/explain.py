"""What stood in the way: for every person, room and rule, how many starts it took, so that a recruiter sees whom to ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mianyue.scheduling.facts import Excluded, Need, Person, Room, Why
from mianyue.scheduling.panel import fillable
from mianyue.scheduling.rows import Shape, by_reason
from mianyue.scheduling.search import Field, Space, anywhere, own_space, stated, thinkable
from mianyue.scheduling.timeline import Grid, first, reaching, runs


def explain(need: Need, people: Mapping[str, Person], rooms: Mapping[str, Room]) -> tuple[Excluded, ...]:
    """The excluding facts of one need, those that cost most starts first.

    Counted are the starts that step, window and the candidate's day allow. A person's leave, calendar, promises (each with the
    buffer around it), walks and caps count only where that person would be at work; people and rooms only where the candidate could
    come. On top of the single facts stand the joint ones: a seat that nobody of its pool can fill, a panel whose seats can be filled
    only one by one, a panel without a room.
    """
    found, field = own_space(need, people, rooms)
    return excluded(found, field, rooms)


def excluded(found: Space, field: Field, rooms: Mapping[str, Room]) -> tuple[Excluded, ...]:
    """The same for a space that was found already."""
    grid = field.grid
    facts = [*_candidate(found, grid), *_people(found, field), *_panel(found), *_rooms(found, field, rooms)]
    counted = [
        Excluded(why, who, starts.bit_count(), grid.interval(first(starts), found.need.minutes) if starts else None)
        for why, who, starts in facts
        if starts or why in _ABOUT_THE_QUESTION
    ]
    return tuple(sorted(counted, key=lambda fact: (-fact.starts, fact.why, fact.who)))


_ABOUT_THE_QUESTION = (
    Why.WINDOW_TOO_SHORT,
    Why.UNKNOWN_PERSON,
    Why.UNKNOWN_ROOM,
    Why.ROOM_TOO_SMALL,
    Why.ROOM_LACKS_EQUIPMENT,
    Why.NO_ROOM_AT_SITE,
)
"""Worth saying even where no start was left to lose."""

_Fact = tuple[Why, str, int]
"""Why, who, and the mask of the starts that are lost."""


def _candidate(found: Space, grid: Grid) -> Iterator[_Fact]:
    need = found.need
    in_window = runs(grid.whole([need.window]), need.cells) & grid.every(need.step)
    in_day = thinkable(need, grid)
    if not in_window:
        yield Why.WINDOW_TOO_SHORT, "", 0
    yield Why.OUTSIDE_CANDIDATE_DAY, "", in_window & ~in_day
    yield Why.OUTSIDE_STATED_WINDOWS, "", in_day & ~stated(need, grid)
    for why, blocked in by_reason(grid, need.ruled_out).items():
        yield why, "", in_day & reaching(blocked, need.cells)


def _people(found: Space, field: Field) -> Iterator[_Fact]:
    need, shape = found.need, Shape.of_panel(found.need)
    for key in need.pool:
        if key not in field.people:
            yield Why.UNKNOWN_PERSON, key, found.open
            continue
        row = field.people[key]
        at_work = found.open & runs(row.there, need.cells)
        yield Why.NOT_AT_WORK, key, found.open & ~at_work
        touching = {why: shape.touching(blocked) for why, blocked in row.blocked.items()}
        for why, starts in touching.items():
            yield why, key, at_work & starts
        yield Why.ON_THE_WAY, key, at_work & row.on_the_way(shape) & ~anywhere(touching.values())
        for why, cells in row.full.items():
            yield why, key, at_work & cells


def _panel(found: Space) -> Iterator[_Fact]:
    seats = found.need.seats
    for seat in dict.fromkeys(seats):
        filled = anywhere(found.people[key] for key in seat if key in found.people)
        if len(seat) != 1:
            yield Why.SEAT_NOT_FILLED, "|".join(seat), found.open & ~filled
    if len(seats) > 1:
        yield Why.PANEL_NOT_TOGETHER, "", found.open & ~fillable(seats, found.people)


def _rooms(found: Space, field: Field, rooms: Mapping[str, Room]) -> Iterator[_Fact]:
    need = found.need
    if need.rooms is None:
        return
    for key in dict.fromkeys(need.rooms):
        if key not in rooms:
            yield Why.UNKNOWN_ROOM, key, found.open
            continue
        if rooms[key].capacity < need.places:
            yield Why.ROOM_TOO_SMALL, key, found.open
        if not rooms[key].equipment >= need.equipment:
            yield Why.ROOM_LACKS_EQUIPMENT, key, found.open
        if key in found.rooms:
            for why, blocked in field.rooms[key].blocked.items():
                yield why, key, found.open & reaching(blocked, need.cells)
    if not need.rooms:
        yield Why.NO_ROOM_AT_SITE, "", found.open
    else:
        yield Why.NO_ROOM_FREE, "", found.open & fillable(need.seats, found.people) & ~anywhere(found.rooms.values())
