"""A batch as one integer program that stays small: needs that are alike are counted together, and who sits where is a flow.

Columns, all whole numbers:

    y[need, g]          the need has an option in group g; needs are in one group if they ask the same (shape, seats, rooms) and may
                        begin in the same cells, which are worth the same to each of them
    n[g, t]             so many needs of g begin in cell t
    w[resource, q, t]   a person or room serves demand q from t on; q is a shape with a pool: the people of a seat, the rooms of a need
    l[need, k]          the need has a k-th option
    d[need, day]        the need has an option on a day, where it may have several

Rows: the y of a group are as many as its n; the l of a need as many as its y; a need has at most so many options a day; of every
demand no more is asked in a cell than served; whatever overlaps on one resource (with the spacing between two promises) is at most
one, one row per maximal set that shares a cell; the caps of a person's days and weeks.

Nothing is lost by counting: whoever serves a demand in a cell can serve any of the needs that ask for it there. The rows of one
resource are intervals in time, so its part of the matrix is totally unimodular, and the relaxation is nearly always whole already.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from mianyue.scheduling.batch.board import Board, Held, Openings, Task
from mianyue.scheduling.caps import Period
from mianyue.scheduling.rows import Shape
from mianyue.scheduling.timeline import cells


@dataclass(frozen=True, slots=True)
class Wish:
    """What a task may take, and what that is worth in points: ``rewards`` for its first, second … option, and the ``value`` of each
    possible start on top. ``days`` names the day of each start, of which at most ``per_day`` are taken; each day used is worth
    ``spread``.
    """

    task: Task
    openings: Openings
    rewards: tuple[int, ...]
    value: Mapping[int, int]
    days: Mapping[int, Hashable]
    per_day: int = 1
    spread: int = 0

    def worth(self, taken: Sequence[int]) -> int:
        """What it is worth to begin in these cells, in points."""
        days = self.spread * len({self.days[cell] for cell in taken})
        return sum(self.rewards[: len(taken)]) + sum(self.value[cell] for cell in taken) + days


class Demand(NamedTuple):
    """What is asked of one person or room, and the pool that may serve it."""

    shape: Shape
    pool: tuple[str, ...]


@dataclass(slots=True)
class _Group:
    demands: Mapping[Demand, int]
    length: int
    starts: int
    members: list[tuple[int, int]] = field(default_factory=list)
    """(index of the wish, points)."""


@dataclass(frozen=True, slots=True)
class Row:
    """Σ factor · column ≤ ``most``, or = ``most`` if ``exactly``."""

    columns: Sequence[int]
    factors: Sequence[int]
    most: int
    exactly: bool = False


class Program:
    """The columns with what they gain and how large they may be, and the rows.

    Without ``apart``, options of one candidate may overlap: a smaller program, only good for a bound.
    """

    def __init__(
        self, wishes: Sequence[Wish], spacing: Mapping[str, int], periods: Mapping[str, Sequence[Period]], apart: bool = True
    ) -> None:
        self.wishes = tuple(wishes)
        self._apart = self._to_keep_apart() if apart else frozenset()
        self.gain: list[int] = []
        self.most: list[int] = []
        self.rows: list[Row] = []
        self._spacing, self._periods = spacing, periods
        self._groups = self._grouped()
        self._taken: dict[tuple[int, int], int] = {}
        self._begun: dict[tuple[int, int], int] = {}
        self._served: dict[tuple[Demand, int], dict[str, int]] = defaultdict(dict)
        self._level: list[list[int]] = []
        self._used: list[tuple[int, list[int]]] = []
        self._add_needs()
        self._add_resources()
        self._add_candidates()

    # ------------------------------------------------------------------------------------------------------ building

    def _column(self, gain: int, most: int) -> int:
        self.gain.append(gain)
        self.most.append(most)
        return len(self.gain) - 1

    def _row(self, entries: Iterable[tuple[int, int]], most: int, exactly: bool = False) -> None:
        columns, factors = zip(*entries, strict=True)
        self.rows.append(Row(columns, factors, most, exactly))

    def _to_keep_apart(self) -> frozenset[str]:
        """The candidates who might get options that overlap: several on one day, or for several needs."""
        wanted = Counter(wish.task.candidate for wish in self.wishes)
        return frozenset(wish.task.candidate for wish in self.wishes if wish.per_day > 1 or wanted[wish.task.candidate] > 1)

    def _grouped(self) -> list[_Group]:
        found: dict[Hashable, _Group] = {}
        for index, wish in enumerate(self.wishes):
            demands = _demands(wish.task)
            parts: dict[tuple[Hashable, int], int] = defaultdict(int)
            for cell in cells(wish.openings.starts):
                parts[wish.days[cell], wish.value[cell]] |= 1 << cell
            # Needs whose own options might overlap must know their cells, so they are not counted with others.
            alone = index if wish.task.candidate in self._apart else None
            for (_, points), starts in parts.items():
                key = (tuple(demands.items()), starts, alone)
                group = found.setdefault(key, _Group(demands, wish.task.length, starts))
                group.members.append((index, points))
        return list(found.values())

    def _add_needs(self) -> None:
        of_day: list[dict[Hashable, list[int]]] = [defaultdict(list) for _ in self.wishes]
        for number, group in enumerate(self._groups):
            for index, points in group.members:
                wish = self.wishes[index]
                own_day = wish.spread if wish.per_day == 1 else 0
                column = self._taken[index, number] = self._column(points + own_day, wish.per_day)
                of_day[index][wish.days[_first(group.starts)]].append(column)
            apart = self.wishes[group.members[0][0]].task.candidate in self._apart
            most = 1 if apart else sum(self.wishes[index].per_day for index, _ in group.members)
            for cell in cells(group.starts):
                self._begun[number, cell] = self._column(0, most)
            taken = [(self._taken[index, number], 1) for index, _ in group.members]
            self._row([*taken, *((self._begun[number, cell], -1) for cell in cells(group.starts))], 0, exactly=True)
        for wish, by_day in zip(self.wishes, of_day, strict=True):
            self._level.append([self._column(reward, 1) for reward in wish.rewards])
            every = [column for columns in by_day.values() for column in columns]
            self._row([*((column, 1) for column in every), *((column, -1) for column in self._level[-1])], 0, exactly=True)
            if any(later > sooner for sooner, later in pairwise(wish.rewards)):
                # A dearer level would be taken without those before it.
                for sooner, later in pairwise(self._level[-1]):
                    self._row([(later, 1), (sooner, -1)], 0)
            for columns in by_day.values():
                if len(columns) > 1:
                    self._row([(column, 1) for column in columns], wish.per_day)
                if wish.per_day > 1:
                    used = self._column(wish.spread, 1)
                    self._used.append((used, columns))
                    self._row([(used, 1), *((column, -1) for column in columns)], 0)

    def _add_resources(self) -> None:
        asked: dict[tuple[Demand, int], list[tuple[int, int]]] = defaultdict(list)
        for number, group in enumerate(self._groups):
            for cell in cells(group.starts):
                for demand, many in group.demands.items():
                    asked[demand, cell].append((self._begun[number, cell], many))
        free = self._free()
        used: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        for (demand, cell), entries in asked.items():
            shape, pool = demand
            served = self._served[demand, cell]
            for key in pool:
                if free.get((key, shape), 0) >> cell & 1:
                    served[key] = self._column(0, 1)
                    used[key].append((cell, cell + shape.length + self._spacing.get(key, 0), served[key]))
            self._row([*entries, *((column, -1) for column in served.values())], 0)
        for key, spans in used.items():
            self._at_most_one_at_a_time(spans)
            for mask, left in self._periods.get(key, ()):
                within = [(column, 1) for cell, _, column in spans if mask >> cell & 1]
                if len(within) > left:
                    self._row(within, left)

    def _free(self) -> dict[tuple[str, Shape], int]:
        """By resource and shape, the starts for which it is free, as far as some need may begin then."""
        free: dict[tuple[str, Shape], int] = defaultdict(int)
        for wish in self.wishes:
            panel, place = Shape.of_panel(wish.task.need), Shape.of_room(wish.task.need)
            for masks, shape in ((wish.openings.people, panel), (wish.openings.rooms, place)):
                for key, mask in masks.items():
                    free[key, shape] |= mask
        return free

    def _add_candidates(self) -> None:
        """One person is in one place: options of the same candidate don't overlap."""
        spans: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        for (number, cell), column in self._begun.items():
            group = self._groups[number]
            wish = self.wishes[group.members[0][0]]
            if wish.task.candidate in self._apart:
                spans[wish.task.candidate].append((cell, cell + group.length, column))
        for of_one in spans.values():
            self._at_most_one_at_a_time(of_one)

    def _at_most_one_at_a_time(self, spans: list[tuple[int, int, int]]) -> None:
        """One row for every maximal set of spans (from, to, column) that share a cell."""
        active: list[tuple[int, int]] = []
        grown = False
        for begin, end, column in sorted(spans):
            if grown and any(until <= begin for until, _ in active):
                self._row_of_active(active)
                grown = False
            active = [one for one in active if one[0] > begin]
            active.append((end, column))
            grown = True
        self._row_of_active(active)

    def _row_of_active(self, active: Sequence[tuple[int, int]]) -> None:
        if len(active) > 1:
            self._row([(column, 1) for _, column in active], 1)

    # ------------------------------------------------------------------------------------------- asking and answering

    def counting(self) -> list[int]:
        """What columns gain if nothing counts but how many needs have an option at all."""
        gain = [0] * len(self.gain)
        for levels in self._level:
            gain[levels[0]] = 1
        return gain

    def columns_of(self, board: Board) -> list[int] | None:
        """The columns of a plan on the board, to start from; None if the plan does what the program doesn't allow for."""
        found = [0] * len(self.gain)
        where = {
            (index, cell): number
            for number, group in enumerate(self._groups)
            for index, _ in group.members
            for cell in cells(group.starts)
        }
        for index, wish in enumerate(self.wishes):
            options = board.options[wish.task.index]
            for column in self._level[index][: len(options)]:
                found[column] = 1
            for held in options:
                number = where.get((index, held.cell), -1)
                if number < 0:
                    return None
                found[self._taken[index, number]] += 1
                found[self._begun[number, held.cell]] += 1
                for demand, key in _served_by(wish.task, held):
                    server = self._served[demand, held.cell].get(key)
                    if server is None:
                        return None
                    found[server] = 1
        for used, columns in self._used:
            found[used] = int(any(found[column] for column in columns))
        return found if all(value <= most for value, most in zip(found, self.most, strict=True)) else None

    def options(self, values: Sequence[int]) -> list[Held]:
        """The plan that columns stand for, with a person for every seat and a room where one is needed."""
        serving = {at: [key for key, column in served.items() if values[column]] for at, served in self._served.items() if served}
        found = []
        for number, group in enumerate(self._groups):
            begins = [cell for cell in cells(group.starts) for _ in range(values[self._begun[number, cell]])]
            taking = [index for index, _ in group.members for _ in range(values[self._taken[index, number]])]
            for index, cell in zip(taking, begins, strict=True):
                task = self.wishes[index].task
                shape, place = Shape.of_panel(task.need), Shape.of_room(task.need)
                people = tuple(serving[Demand(shape, _pool(seat, task)), cell].pop(0) for seat in task.seats)
                room = serving[Demand(place, tuple(task.rooms)), cell].pop(0) if task.need.rooms is not None else ""
                found.append(Held(task.index, cell, cell + task.length, people, room, task.candidate))
        return found


def _demands(task: Task) -> dict[Demand, int]:
    """How much of each demand one interview of the task asks for."""
    found: dict[Demand, int] = defaultdict(int)
    shape = Shape.of_panel(task.need)
    for seat in task.seats:
        found[Demand(shape, _pool(seat, task))] += 1
    if task.need.rooms is not None:
        found[Demand(Shape.of_room(task.need), tuple(task.rooms))] += 1
    return dict(found)


def _served_by(task: Task, held: Held) -> Iterable[tuple[Demand, str]]:
    shape = Shape.of_panel(task.need)
    for seat, key in zip(task.seats, held.people, strict=True):
        yield Demand(shape, _pool(seat, task)), key
    if held.room:
        yield Demand(Shape.of_room(task.need), tuple(task.rooms)), held.room


def _pool(seat: Sequence[str], task: Task) -> tuple[str, ...]:
    return tuple(sorted(key for key in seat if key in task.people))


def _first(mask: int) -> int:
    return (mask & -mask).bit_length() - 1
