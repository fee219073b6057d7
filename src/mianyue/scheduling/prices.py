"""What it costs others when a resource is taken: how much the needs of the batch are expected to want each of its cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import accumulate

from mianyue.scheduling.board import Task
from mianyue.scheduling.timeline import cells, covering

_SCALE = 1000
"""The price of a cell that one need is certain to want."""


class Prices:
    """Expected demand of every resource in every cell, if each need spread its wishes evenly over all that is possible for it."""

    def __init__(self, tasks: Iterable[Task], count: int) -> None:
        steps: dict[str, list[int]] = {}
        for task in tasks:
            pools: list[Mapping[str, int]] = [{key: task.people[key] for key in seat if key in task.people} for seat in task.seats]
            for pool in [*pools, task.rooms]:
                _spread(task, pool, steps, count)
        self._sums = {key: list(accumulate(accumulate(step), initial=0)) for key, step in steps.items()}

    def of(self, resource: str, cell: int, length: int) -> int:
        """The mean price of ``length`` cells of a resource from ``cell`` on."""
        sums = self._sums[resource]
        return (sums[cell + length] - sums[cell]) // length


def _spread(task: Task, pool: Mapping[str, int], steps: dict[str, list[int]], count: int) -> None:
    """Adds one task's demand for a pool of alternatives, as the changes between neighbouring cells."""
    wanted = {key: covering(mask & task.space.starts, task.length) for key, mask in pool.items()}
    supply = sum(mask.bit_count() for mask in wanted.values())
    for key, mask in wanted.items():
        changes = steps.setdefault(key, [0] * (count + 2))
        share = _SCALE * task.need.wanted * task.length // supply if supply else 0
        for cell in cells(mask & ~(mask << 1)):
            changes[cell] += share
        for cell in cells(~mask & (mask << 1)):
            changes[cell] -= share
