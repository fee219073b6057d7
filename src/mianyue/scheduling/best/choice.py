"""Which set of options is best, when acceptance joins them and costs do not: exact, by branch and bound over kinds of options.

To acceptance, options of one kind on different days are alike, so a set is first a handful of kinds and then, for each, the cheapest
days that are still free. There are tens of kinds where there are thousands of starts. A plan is what one day gives: usually one
option, several where there are too few days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice, product
from operator import mul
from typing import NamedTuple

from mianyue.scheduling.best.acceptance import MILLE, SCALE, Acceptance, Kind, refusals
from mianyue.scheduling.best.moments import Moment


@dataclass(frozen=True, slots=True)
class Offer:
    """A moment with its best panel and room; ``points`` is the value of all but its acceptance (0 or less, unless a room is liked)."""

    moment: Moment
    people: tuple[str, ...]
    room: str | None
    points: int


class Plan(NamedTuple):
    """What one day gives, in order of time: cost in points, cells, day and offers. Plans compare by cost, then by earlier times."""

    cost: int
    cells: tuple[int, ...]
    day: date
    offers: tuple[Offer, ...]


@dataclass(slots=True)
class Supply:
    """All plans of the same kinds, one per day, cheapest first; looked at only as far as needed. ``least`` is what any costs at least."""

    kinds: tuple[Kind, ...]
    least: int
    rest: Iterator[Plan]
    known: list[Plan] = field(default_factory=list)

    def first(self, many: int) -> list[Plan]:
        """The first plans, fewer if there are not so many."""
        self.known.extend(islice(self.rest, max(0, many - len(self.known))))
        if self.known:
            self.least = self.known[0].cost
        return self.known[:many]


def choose(supplies: Sequence[Supply], wanted: int, accept: int, weights: Acceptance) -> tuple[Offer, ...]:
    """The best ``wanted`` offers, at most one plan per day, in order of time: most points, then the earlier times.

    Points are ``accept`` · P(at least one is accepted) − costs. Empty if there are no such sets.
    """
    return _Search(supplies, wanted, accept, weights).best()


@dataclass(frozen=True, slots=True)
class _Group:
    """The supplies that differ only in how well their times suit, and the best that any of them could do."""

    supplies: list[Supply]
    refused: list[tuple[int, ...]]
    count: int
    floor: tuple[int, ...]
    least: int


class _Search:
    """Branch and bound for the least loss: what refusals and costs take from certain acceptance.

    First come groups, which differ in how they are correlated with each other, so that the bound knows what goes together; then the
    supplies of each. A loss is in points, in parts of ``MILLE · SCALE ** wanted``, so that it is an exact integer.
    """

    def __init__(self, supplies: Sequence[Supply], wanted: int, accept: int, weights: Acceptance) -> None:
        self.wanted = wanted
        self.whole: int = MILLE * SCALE**wanted
        self.certain = tuple(accept * habit.share for habit in weights.habits)
        self.least: tuple[int, list[int]] | None = None
        self.chosen: tuple[Offer, ...] = ()
        alike: dict[tuple[tuple[int, int], ...], list[Supply]] = {}
        for one in supplies:
            if len(one.kinds) <= wanted:
                alike.setdefault(tuple((kind.day, kind.half) for kind in one.kinds), []).append(one)
        self.groups = [_group(several, weights) for several in alike.values()]

    def best(self) -> tuple[Offer, ...]:
        several = list(self._several(0, (), self.wanted))
        bounds = [self._loss(self._floor(groups), sum(group.least for group in groups)) for groups in several]
        for at in sorted(range(len(several)), key=bounds.__getitem__):
            if self.least is not None and bounds[at] > self.least[0]:
                break
            self._deeper(several[at], 0, (), self.certain, 0)
        return self.chosen

    def _several(self, start: int, taken: tuple[_Group, ...], left: int) -> Iterator[tuple[_Group, ...]]:
        """All combinations of groups that make ``left`` options more."""
        if not left:
            yield taken
        for at in range(start, len(self.groups)):
            if self.groups[at].count <= left:
                yield from self._several(at, (*taken, self.groups[at]), left - self.groups[at].count)

    def _floor(self, groups: Sequence[_Group]) -> Sequence[int]:
        floor: Sequence[int] = self.certain
        for group in groups:
            floor = list(map(mul, floor, group.floor))
        return floor

    def _loss(self, refused: Iterable[int], cost: int) -> int:
        return sum(refused) + cost * self.whole

    def _deeper(self, groups: tuple[_Group, ...], start: int, taken: tuple[Supply, ...], refused: Sequence[int], cost: int) -> None:
        """Tries the supplies of the next group; ``refused`` is, per habit, accept · share · the chance that all taken are refused."""
        group, rest = groups[0], groups[1:]
        cheapest = cost + sum(other.least for other in rest)
        for at in range(start, len(group.supplies)):
            both = list(map(mul, refused, group.refused[at]))
            at_best = both
            for other in rest:
                at_best = list(map(mul, at_best, other.floor))
            one = group.supplies[at]
            if self.least is not None and self._loss(at_best, cheapest + one.least) > self.least[0]:
                continue
            if rest:
                self._deeper(rest, at if rest[0] is group else 0, (*taken, one), both, cost + one.least)
            else:
                self._settle((*taken, one), both)

    def _settle(self, taken: tuple[Supply, ...], refused: Sequence[int]) -> None:
        """The cheapest days for these kinds; kept if that is the best so far."""
        plans = _on_different_days(taken)
        if plans is None:
            return
        loss = self._loss(refused, sum(plan.cost for plan in plans))
        found = loss, sorted(cell for plan in plans for cell in plan.cells)
        if self.least is None or found < self.least:
            self.least = found
            offers = (offer for plan in plans for offer in plan.offers)
            self.chosen = tuple(sorted(offers, key=lambda offer: offer.moment.cell))


def _group(supplies: list[Supply], weights: Acceptance) -> _Group:
    supplies = sorted(supplies, key=lambda one: refusals(one.kinds, weights))
    refused = [refusals(one.kinds, weights) for one in supplies]
    floor = tuple(map(min, *refused)) if len(refused) > 1 else refused[0]
    return _Group(supplies, refused, len(supplies[0].kinds), floor, min(one.least for one in supplies))


def _on_different_days(supplies: Sequence[Supply]) -> Sequence[Plan] | None:
    """One plan of each supply, all on different days, of least total cost, then at the earlier times.

    A supply's days are all different, so of each only as many plans as there are supplies can matter.
    """
    first = [one.first(1) for one in supplies]
    heads = [plans[0] for plans in first if plans]
    if len({plan.day for plan in heads}) == len(supplies):
        return heads
    fit = [
        plans
        for plans in product(*(one.first(len(supplies)) for one in supplies))
        if len({plan.day for plan in plans}) == len(plans)
    ]
    return min(fit, key=lambda plans: (sum(p.cost for p in plans), sorted(c for p in plans for c in p.cells)), default=None)
