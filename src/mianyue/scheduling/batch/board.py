"""Who is promised what while a batch is planned: every moment of a person, a room and a candidate at most once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mianyue.scheduling.best.moments import Moment, moments
from mianyue.scheduling.caps import Period
from mianyue.scheduling.facts import CELL, Need, Room
from mianyue.scheduling.panel import Demand, demands, met
from mianyue.scheduling.search import Field, Space, anywhere, space
from mianyue.scheduling.timeline import side_by_side


@dataclass(frozen=True, slots=True)
class Task:
    """One need of the batch, prepared. Resources are named apart: ``p`` + person, ``r`` + room, ``c`` + candidate.

    ``reach`` is how many options the need could have if it were alone, at most as many as it wants.
    """

    index: int
    need: Need
    space: Space
    moments: Mapping[int, Moment]
    seats: tuple[tuple[str, ...], ...]
    conditions: tuple[Demand, ...]
    people: Mapping[str, int]
    rooms: Mapping[str, int]
    candidate: str
    reach: int

    @property
    def length(self) -> int:
        """How many cells the interview occupies."""
        return self.need.cells


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """One option on the board: the start, who sits in (in seat order), where (empty: nowhere), and the candidate."""

    task: int
    cell: int
    end: int
    people: tuple[str, ...]
    room: str
    candidate: str

    @property
    def uses(self) -> tuple[str, ...]:
        """All resources that the option takes."""
        return (*self.people, self.room, self.candidate) if self.room else (*self.people, self.candidate)


@dataclass(frozen=True, slots=True)
class Openings:
    """What one task may still take: its possible starts, and those of each person and room."""

    starts: int
    people: Mapping[str, int]
    rooms: Mapping[str, int]


def task(index: int, need: Need, field: Field, rooms: Mapping[str, Room]) -> Task:
    """Prepares a need of the batch."""
    found = space(need, field, rooms)
    seats = tuple(tuple(f"p{key}" for key in seat) for seat in need.seats)
    return Task(
        index,
        need,
        found,
        moments(found, field.grid),
        seats,
        tuple(demands(seats)),
        {f"p{key}": mask for key, mask in found.people.items()},
        {f"r{key}": mask for key, mask in found.rooms.items()},
        f"c={need.candidate}" if need.candidate else f"c#{index}",
        side_by_side(found.starts, need.cells, need.wanted),
    )


class Board:
    """The options of all tasks, and the cells they take.

    ``spacing`` are the cells that lie at least between two promises of one person, ``periods`` what the caps of people leave: a task
    counts once in a period however many options it has there, because only one of them takes place.
    """

    def __init__(self, tasks: Iterable[Task], periods: Mapping[str, Sequence[Period]]) -> None:
        self.tasks = tuple(tasks)
        self.options: list[list[Held]] = [[] for _ in self.tasks]
        self.holders: dict[str, list[Held]] = {}
        self.spacing = _spacing(self.tasks)
        self.periods = periods
        self._blocked: dict[str, dict[int, int]] = {}

    def add(self, held: Held) -> None:
        """Puts an option on the board; its resources must be free then."""
        self.options[held.task].append(held)
        for resource in held.uses:
            self.holders.setdefault(resource, []).append(held)
            self._blocked.pop(resource, None)

    def remove(self, held: Held) -> None:
        """Takes an option off the board."""
        self.options[held.task].remove(held)
        for resource in held.uses:
            self.holders[resource].remove(held)
            self._blocked.pop(resource, None)

    def blocked(self, resource: str, length: int) -> int:
        """The starts from which ``length`` cells would come too close to what the resource is promised for, or pass a cap of it."""
        known = self._blocked.setdefault(resource, {})
        if length not in known:
            apart = self.spacing.get(resource, 0)
            holders = self.holders.get(resource, ())
            mask = 0
            for held in holders:
                mask |= (1 << held.end + apart) - (1 << max(0, held.cell - length - apart + 1))
            for period, left in self.periods.get(resource, ()):
                if len({held.task for held in holders if period >> held.cell & 1}) >= left:
                    mask |= period
            known[length] = mask
        return known[length]

    def openings(self, task: Task) -> Openings:
        """What a task may take without touching anything promised."""
        length = task.length
        starts = task.space.starts & ~self.blocked(task.candidate, length)
        people = {key: mask & ~self.blocked(key, length) for key, mask in task.people.items()}
        rooms = {key: mask & ~self.blocked(key, length) for key, mask in task.rooms.items()}
        if starts:
            starts &= met(task.conditions, people)
        if task.need.rooms is not None and starts:
            starts &= anywhere(rooms.values())
        return Openings(starts, people, rooms)

    def snapshot(self) -> list[list[Held]]:
        """The options as they stand."""
        return [list(held) for held in self.options]

    def restore(self, snapshot: list[list[Held]]) -> None:
        """Brings the options back to how they stood."""
        self.options = [[] for _ in self.tasks]
        self.holders.clear()
        self._blocked.clear()
        for held in (one for options in snapshot for one in options):
            self.add(held)


def _spacing(tasks: Iterable[Task]) -> dict[str, int]:
    """By person, the cells between two promises: the longest buffer of the needs they may sit in, and the longest walk between their
    sites. One figure per person is on the safe side where buffers differ.
    """
    found: dict[str, int] = {}
    sites: dict[str, set[str]] = {}
    for one in tasks:
        for key in one.people:
            sites.setdefault(key, set()).add(one.need.site)
    for one in tasks:
        for key in one.people:
            walk = max(
                (minutes for site, minutes in one.need.walk.items() if site in sites[key] and site != one.need.site), default=0
            )
            apart = -(-(max(one.need.buffer) + walk) // CELL)
            if apart > found.get(key, 0):
                found[key] = apart
    return found
