"""Who sits in: seats with overlapping pools, filled by different people.

Both questions have exact short answers. *When* can the panel sit? Hall's theorem: when, for every union of pools, at least as many
of its people are free as there are seats that draw on it alone. *Who* sits best? Costs belong to people, not to seats, so the sets
that fill seats are the independent sets of a transversal matroid, where taking the cheapest person that still fits is optimal
(J. Edmonds and D. R. Fulkerson, "Transversals and matroid partition", 1965).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Seats = Sequence[Sequence[str]]
Demand = tuple[tuple[str, ...], int]


def fillable(seats: Seats, free: Mapping[str, int]) -> int:
    """The cells in which every seat can be filled by a different person. ``free`` holds a mask per person."""
    return met(demands(seats), free)


def met(conditions: Iterable[Demand], free: Mapping[str, int]) -> int:
    """The cells in which all of ``demands(seats)`` are met."""
    together = -1
    for pool, many in conditions:
        together &= _at_least(many, [free[key] for key in pool if key in free])
        if not together:
            return 0
    return together


def demands(seats: Seats) -> list[Demand]:
    """Hall's conditions, as (of these people, so many must be free). Pools that share nobody need not be united."""
    pools = [frozenset(seat) for seat in seats]
    unions = set(pools)
    growing = unions
    while growing:
        growing = {one | pool for one in growing for pool in pools if one & pool} - unions
        unions |= growing
    return [(tuple(sorted(people)), sum(pool <= people for pool in pools)) for people in sorted(unions, key=sorted)]


def _at_least(many: int, masks: Iterable[int]) -> int:
    """The cells that are in at least ``many`` of the masks; ``counts[k]`` collects those found in more than ``k``."""
    counts = [0] * many
    for mask in masks:
        for k in range(many - 1, 0, -1):
            counts[k] |= counts[k - 1] & mask
        counts[0] |= mask
    return counts[-1]


def cheapest(seats: Seats, cost: Mapping[str, int]) -> tuple[str, ...] | None:
    """The people of least total cost that fill all seats, in seat order, or None; only people in ``cost`` are free.

    Among equals, those mentioned first in the seats are taken.
    """
    if all(seat == seats[0] for seat in seats):
        free = sorted((key for key in seats[0] if key in cost), key=cost.__getitem__)
        return tuple(free[: len(seats)]) if len(free) >= len(seats) else None
    order = dict.fromkeys(key for seat in seats for key in seat if key in cost)
    sitting: dict[int, str] = {}
    for key in sorted(order, key=cost.__getitem__):
        if _seat(key, seats, sitting, set()) and len(sitting) == len(seats):
            return tuple(sitting[seat] for seat in range(len(seats)))
    return None


def _seat(key: str, seats: Seats, sitting: dict[int, str], asked: set[int]) -> bool:
    """Seats one more person, moving others to other seats where that helps (an augmenting path)."""
    for seat, pool in enumerate(seats):
        if seat in asked or key not in pool:
            continue
        asked.add(seat)
        if seat not in sitting or _seat(sitting[seat], seats, sitting, asked):
            sitting[seat] = key
            return True
    return False
