"""What the days can give to a set of options: plans of one or several offers, by what acceptance sees of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from heapq import heapify, heappop, heappush

from mianyue.scheduling.best.acceptance import Kind
from mianyue.scheduling.best.choice import Offer, Plan, Supply
from mianyue.scheduling.best.moments import Bin
from mianyue.scheduling.best.places import Places


def lazily(open_: Iterable[tuple[Bin, int]], places: Places) -> list[Supply]:
    """Plans of one offer each, from bins and their valid starts (relative to the bin). A bin's cheapest start is found only if asked."""
    kinds: dict[tuple[Kind, bool], list[tuple[Bin, int]]] = {}
    for one, starts in open_:
        kinds.setdefault((one.kind, one.comfortable), []).append((one, starts))
    return [
        Supply((kind,), places.least - max(one.points for one, _ in several), _cheapest_first(several, places))
        for (kind, _), several in kinds.items()
    ]


def _cheapest_first(several: list[tuple[Bin, int]], places: Places) -> Iterator[Plan]:
    # A bin waits under what its starts cost at least; once that is the least of all, its cheapest start is found and waits instead.
    waiting: list[tuple[int, int, int, Plan | None]] = [
        (places.least - one.points, one.first, at, None) for at, (one, _) in enumerate(several)
    ]
    heapify(waiting)
    while waiting:
        _, _, at, plan = heappop(waiting)
        if plan is not None:
            yield plan
            continue
        one, starts = several[at]
        place = places.cheapest(one.first, starts)
        offer = Offer(one.moment(place.cell), place.people, place.room, one.points - place.cost)
        plan = Plan(-offer.points, (place.cell,), one.day, (offer,))
        heappush(waiting, (plan.cost, place.cell, at, plan))


def by_day(offers: Sequence[Offer], most: int, length: int) -> list[Supply]:
    """Plans of one to ``most`` offers of a day that do not overlap, ``length`` cells each, from all offers in order of time."""
    days: dict[date, list[Offer]] = {}
    for offer in offers:
        days.setdefault(offer.moment.day, []).append(offer)
    plans: dict[tuple[Kind, ...], list[Plan]] = {}
    for day, of_day in days.items():
        for kinds, (cost, chosen) in _of_one_day(of_day, most, length).items():
            plans.setdefault(kinds, []).append(Plan(cost, tuple(offer.moment.cell for offer in chosen), day, chosen))
    return [Supply(kinds, min(found).cost, iter(sorted(found))) for kinds, found in plans.items()]


_Best = dict[tuple[Kind, ...], tuple[int, tuple[Offer, ...]]]
"""The cheapest plan of each combination of kinds, of equals the earliest."""


def _of_one_day(offers: Sequence[Offer], most: int, length: int) -> _Best:
    """Weighted interval scheduling: whatever ends before an offer begins can be continued by it."""
    ended: _Best = {(): (0, ())}
    going: deque[tuple[int, _Best]] = deque()
    for offer in offers:
        while going and going[0][0] <= offer.moment.cell:
            _improve(ended, going.popleft()[1])
        longer = {}
        for kinds, (cost, chosen) in ended.items():
            if len(kinds) < most:
                longer[tuple(sorted((*kinds, offer.moment.kind)))] = cost - offer.points, (*chosen, offer)
        going.append((offer.moment.cell + length, longer))
    for _, rest in going:
        _improve(ended, rest)
    del ended[()]
    return ended


def _improve(best: _Best, found: _Best) -> None:
    for kinds, (cost, chosen) in found.items():
        known = best.get(kinds)
        if known is None or cost < known[0] or (cost == known[0] and _when(chosen) < _when(known[1])):
            best[kinds] = cost, chosen


def _when(chosen: tuple[Offer, ...]) -> list[int]:
    return [offer.moment.cell for offer in chosen]
