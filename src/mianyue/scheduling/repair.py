"""Making more needs of a batch complete: guided ejection search.

A need that lacks an option takes the place that hurts least, and what stood there looks for another place, and so on (Y. Nagata and
O. Bräysy, "A powerful route minimization heuristic for the vehicle routing problem with time windows", 2009). What hurts is
learned: each time a need has to push others away, pushing *it* away becomes dearer, so the search leaves dead ends by itself.
Between pushes some options move at random to other free places. The best plan seen is kept. Work is counted and the dice have
a fixed seed, so the same question always has the same answer.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from heapq import nsmallest

from mianyue.scheduling.board import Board, Held, Task
from mianyue.scheduling.facts import CELL
from mianyue.scheduling.panel import cheapest
from mianyue.scheduling.prices import Prices
from mianyue.scheduling.timeline import cells, first

_MOST_WORK = 100_000
"""Free places looked for, and ``_PUSH`` for each look at all places: about two to four seconds of one core."""
_PATIENCE_EACH, _PATIENCE = 500, 30_000
"""Work without a better plan after which the search gives up, per need and in all."""
_PUSH = 10
_SHAKES = 4
_LOOKS = 6
"""Places that are tried out before something is pushed away for good."""
_SAMPLE = 16
"""Free places that are compared when an option looks for one."""
_BREAKS_COMPLETE, _TAKES_LAST, _TAKES_ONE = 1_000_000, 100_000, 10_000
"""The pain of losing an option: for a need that had all, for one that had no other, for others."""
_SAME_DAY = 500


def repair(board: Board, prices: Prices) -> None:
    """Leaves the best plan it finds on the board; never a worse one than it was given."""
    _Search(board, prices).run()


class _Search:
    def __init__(self, board: Board, prices: Prices) -> None:
        self.board, self.prices = board, prices
        self.dice = random.Random(0)
        self.weight = [1] * len(board.tasks)
        self.work = 0
        self.best, self.plan = board.score(), board.snapshot()

    def run(self) -> None:
        """Pushes and shakes until all needs are complete that could be, or patience ends; then serves those that stay short."""
        self._fill()
        self._keep_if_better()
        patience = min(_PATIENCE, _PATIENCE_EACH * len(self.board.tasks))
        until = patience
        while self.work < min(until, _MOST_WORK):
            lacking = [task for task in self.board.tasks if len(self._options(task)) < task.need.wanted == task.reach]
            if not lacking:
                break
            self._complete(min(lacking, key=lambda task: (self.weight[task.index], len(self._options(task)), task.index)))
            if self._keep_if_better():
                until = self.work + patience
            for _ in range(_SHAKES):
                self._shake()
        self.board.restore(self.plan)
        self._serve_the_rest()
        self._keep_if_better()
        self.board.restore(self.plan)

    def _options(self, task: Task) -> list[Held]:
        return self.board.options[task.index]

    def _keep_if_better(self) -> bool:
        score = self.board.score()
        if score <= self.best:
            return False
        self.best, self.plan = score, self.board.snapshot()
        return True

    def _complete(self, task: Task) -> None:
        """Gives a task all it wants, whoever has to go."""
        while len(self._options(task)) < task.need.wanted and (self._place(task) or self._push(task, None)):
            pass
        self._fill()

    def _fill(self) -> None:
        """Gives every task what is free for it, one option each in turn, the poorest first."""
        for count in range(max(task.reach for task in self.board.tasks)):
            for task in self.board.tasks:
                if len(self._options(task)) == count < task.reach:
                    self._place(task)

    def _serve_the_rest(self) -> None:
        """Something for those who have nothing, then more for those who lack some; nobody may lose as much by it."""
        for limit, poor in ((_TAKES_LAST, 1), (0, max(task.reach for task in self.board.tasks))):
            for task in self.board.tasks:
                while len(self._options(task)) < min(task.reach, poor) and (self._place(task) or self._push(task, limit)):
                    pass

    def _place(self, task: Task) -> Held | None:
        """Adds an option where all is free: of some such places one that others want little, on a new day if possible."""
        self.work += 1
        open_ = self.board.openings(task)
        starts = list(cells(open_.starts))
        if len(starts) > _SAMPLE:
            starts = self.dice.sample(starts, _SAMPLE)
        days = {task.moments[held.cell].day for held in self._options(task)}
        best, least = None, 0
        for cell in starts:
            cost, held = self._at(task, cell, self._priced(task, cell, open_.people), self._priced(task, cell, open_.rooms))
            cost += _SAME_DAY * (task.moments[cell].day in days)
            if best is None or cost < least:
                best, least = held, cost
        if best is not None:
            self.board.add(best)
        return best

    def _priced(self, task: Task, cell: int, masks: Mapping[str, int]) -> dict[str, int]:
        return {key: self.prices.of(key, cell, task.length) for key, mask in masks.items() if mask >> cell & 1}

    def _at(self, task: Task, cell: int, people: Mapping[str, int], rooms: Mapping[str, int]) -> tuple[int, Held]:
        """The cheapest option at a start where the need is possible, with its cost."""
        team = cheapest(task.seats, people) or ()
        room = min(rooms, key=rooms.__getitem__, default="")
        cost = sum(people[key] for key in team) + (rooms[room] if room else 0)
        return cost, Held(task.index, cell, cell + task.length, team, room, task.candidate)

    def _push(self, task: Task, limit: int | None) -> bool:
        """Adds an option where others stand. Of the least painful places, the first is taken whose victims all find another place.

        Otherwise the least painful one, if that hurts less than ``limit`` (None: however much), and the task gains weight by it.
        """
        places = nsmallest(_LOOKS, self._painful(task), key=lambda found: found[0])
        for _, held in places:
            victims = self._touched(held)
            self._displace(held, victims)
            moved = self._resettle(victims)
            if len(moved) == len(victims):
                return True
            self._undo(held, victims, moved)
        if not places:
            return False
        _, held = places[0]
        victims = self._touched(held)
        if limit is not None and sum(self._pain(victim) for victim in victims) >= limit:
            return False
        self._displace(held, victims)
        self.weight[task.index] += 1
        return True

    def _painful(self, task: Task) -> Iterable[tuple[float, Held]]:
        """Every possible start that does not touch the task's own options, with the least painful panel and room."""
        self.work += _PUSH
        own = 0
        for held in self._options(task):
            own |= (1 << held.end) - (1 << max(0, held.cell - task.length + 1))
        pains = {key: self._pains(key, task) for key in (*task.people, *task.rooms, task.candidate)}
        for cell in cells(task.space.starts & ~own):
            people = {key: pains[key].get(cell, 0) for key, mask in task.people.items() if mask >> cell & 1}
            rooms = {key: pains[key].get(cell, 0) for key, mask in task.rooms.items() if mask >> cell & 1}
            pain, held = self._at(task, cell, people, rooms)
            yield pain + pains[task.candidate].get(cell, 0) + self.dice.random(), held

    def _pains(self, resource: str, task: Task) -> dict[int, int]:
        """By start, how much it hurts to clear a resource for a task."""
        found: dict[int, int] = {}
        stride = task.need.step // CELL
        phase = first(task.space.starts) % stride
        for held in self.board.holders.get(resource, ()):
            pain = self._pain(held)
            earliest = max(0, held.cell - task.length + 1)
            for cell in range(earliest + (phase - earliest) % stride, held.end, stride):
                found[cell] = found.get(cell, 0) + pain
        return found

    def _pain(self, held: Held) -> int:
        if self.board.complete(held.task):
            return _BREAKS_COMPLETE * self.weight[held.task]
        return _TAKES_LAST if len(self.board.options[held.task]) == 1 else _TAKES_ONE

    def _touched(self, held: Held) -> list[Held]:
        """The options that stand where this one wants to, each once."""
        touching = {
            other: None
            for resource in held.uses
            for other in self.board.holders.get(resource, ())
            if other.cell < held.end and held.cell < other.end
        }
        return list(touching)

    def _displace(self, held: Held, victims: list[Held]) -> None:
        for victim in victims:
            self.board.remove(victim)
        self.board.add(held)

    def _resettle(self, victims: list[Held]) -> list[Held]:
        """New places for the victims, as far as there are any; stops at the first that finds none."""
        moved = []
        for victim in victims:
            new = self._place(self.board.tasks[victim.task])
            if new is None:
                break
            moved.append(new)
        return moved

    def _undo(self, held: Held, victims: list[Held], moved: list[Held]) -> None:
        for one in (*moved, held):
            self.board.remove(one)
        for victim in victims:
            self.board.add(victim)

    def _shake(self) -> None:
        """Moves one option of somebody to another free place."""
        holding = [options for options in self.board.options if options]
        if not holding:
            return
        held = self.dice.choice(self.dice.choice(holding))
        task = self.board.tasks[held.task]
        self.board.remove(held)
        open_ = self.board.openings(task)
        cell = self.dice.choice(list(cells(open_.starts)))
        people = {key: self.dice.getrandbits(8) for key, mask in open_.people.items() if mask >> cell & 1}
        rooms = {key: self.dice.getrandbits(8) for key, mask in open_.rooms.items() if mask >> cell & 1}
        self.board.add(self._at(task, cell, people, rooms)[1])
