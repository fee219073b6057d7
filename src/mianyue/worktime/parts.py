"""What was punched of a shift: which punch is the coming and which the going, and what that makes of the minutes between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mianyue.worktime.minutes import Span, common, total
from mianyue.worktime.shift import PunchRule

ONE_TAP = 2
"""Minutes within which punches are one: nobody works that long, many tap twice."""

Tap = tuple[int, int]
"""The first and the last minute of punches that are one."""


@dataclass(slots=True)
class Part:
    """What is punched as one: a whole shift, or one of its segments. Spans are sorted and disjoint.

    ``due`` is what neither approved leave nor an approved trip excuses, ``firm`` what no request that still waits may excuse either.
    """

    due: list[Span]
    firm: list[Span]
    came: int | None = None
    left: int | None = None

    @property
    def bounds(self) -> Span:
        """When they are to come and to go."""
        spans = self.firm or self.due
        return spans[0][0], spans[-1][1]


@dataclass(slots=True)
class Tally:
    """Minutes of ``due`` by what became of them; together all of them."""

    worked: int = 0
    late: int = 0
    early: int = 0
    absent: int = 0
    open: int = 0
    missing_in: bool = False
    missing_out: bool = False


def taps(punched: Sequence[int]) -> list[Tap]:
    """Sorted minutes, those that are one put together."""
    found: list[Tap] = []
    for at in punched:
        if found and at - found[-1][0] <= ONE_TAP:
            found[-1] = found[-1][0], at
        else:
            found.append((at, at))
    return found


def match(parts: Sequence[Part], tapped: Sequence[Tap]) -> None:
    """Gives each part its coming and going.

    A shift that is punched as a whole takes the first punch and the last; a single one is the end it is nearer to. Where breaks are
    punched, as many punches as can be find their place in the order of the day, each as near to where it is due as the others let it.
    """
    if len(parts) == 1 and len(tapped) > 1:
        parts[0].came, parts[0].left = tapped[0][0], tapped[-1][1]
        return
    places = [(part, side) for part in parts for side in (0, 1)]
    for (part, side), tap in _nearest(places, tapped):
        if side == 0:
            part.came = tap[0]
        else:
            part.left = tap[1]


def tally(part: Part, rule: PunchRule, over: bool) -> Tally:
    """What became of a part. Before the shift is ``over`` nobody has left early, forgotten a punch or stayed away: that is open.

    Lateness within the grace is none, beyond it counts from the start of work; going early likewise.
    """
    came, left, firm = part.came, part.left, part.firm
    counted, due, owed = Tally(), total(part.due), total(firm)
    start, end = part.bounds
    if came is not None and start < came <= start + rule.late_grace:
        came = start
    if left is not None and end - rule.early_grace <= left < end:
        left = end
    if came is not None and left is not None:
        present = [(came, left)]
        counted.worked = total(common(part.due, present))
        if owed and not common(firm, present):
            counted.absent = owed if over else 0
        else:
            counted.late = _before(firm, came)
            counted.early = _after(firm, left) if over else 0
    elif came is not None:
        counted.late = _before(firm, came)
        counted.missing_out = over and owed > 0
    elif left is not None:
        counted.early = _after(firm, left) if over else 0
        counted.missing_in = over and owed > 0
    elif over:
        counted.absent = owed
    counted.open = due - counted.worked - counted.late - counted.early - counted.absent
    return counted


def _before(spans: Sequence[Span], at: int) -> int:
    return sum(min(end, at) - start for start, end in spans if start < at)


def _after(spans: Sequence[Span], at: int) -> int:
    return sum(end - max(start, at) for start, end in spans if at < end)


Place = tuple[Part, int]


def _nearest(places: Sequence[Place], tapped: Sequence[Tap]) -> list[tuple[Place, Tap]]:
    """The matching in order with the most pairs, and of these the least distance; of equals the earlier place."""
    if len(places) == len(tapped):
        return list(zip(places, tapped, strict=True))
    # best[j]: the best matching of the places so far with the first j taps, as (pairs missing, distance, pairs).
    Best = tuple[int, int, tuple[tuple[Place, Tap], ...]]
    best: list[Best] = [(0, 0, ())] * (len(tapped) + 1)
    for place in places:
        row = [best[0]]
        for j, tap in enumerate(tapped, 1):
            pairs, distance, matched = best[j - 1]
            with_it = (pairs - 1, distance + _distance(place, tap), (*matched, (place, tap)))
            row.append(min(best[j], row[j - 1], with_it, key=lambda option: option[:2]))
        best = row
    return list(best[-1][2])


def _distance(place: Place, tap: Tap) -> int:
    part, side = place
    return abs(part.bounds[side] - tap[side])
