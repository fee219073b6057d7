"""Several rounds of one candidate on one day: when can they follow each other, and who sits in each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval
from mianyue.scheduling.days import days
from mianyue.scheduling.explain import excluded
from mianyue.scheduling.facts import CELL, Excluded, Need, Option, Person, Room, day_reasons
from mianyue.scheduling.search import Field, Space, shadow_for, space, suitable_rooms
from mianyue.scheduling.staffing import Staff, Team, Used
from mianyue.scheduling.timeline import cells, first, reaching

BACK_TO_BACK = (0, 0)
ON_ONE_DAY = (0, 1440)


@dataclass(frozen=True, slots=True)
class SequenceRecommendation:
    """The answer to several steps: chains of one option per step, in order of time, and why there are not more.

    ``possible`` is how many first starts a chain can have, ``alone`` how many starts each step has by itself, ``excluded`` what
    excluded others, step by step.
    """

    chains: tuple[tuple[Option, ...], ...]
    possible: int
    alone: tuple[int, ...]
    excluded: tuple[tuple[Excluded, ...], ...]


def sequence_starts(
    steps: Sequence[Need],
    gap: tuple[int, int],
    people: Mapping[str, Person],
    rooms: Mapping[str, Room],
    span: int | None = None,
) -> list[datetime]:
    """The starts (UTC, in order) of the first step from which every next step can follow.

    Each step begins from ``gap[0]`` to ``gap[1]`` minutes after the one before it ends (to a cell: a length off the grid ends with
    its last cell), on a multiple of its own ``step``, and not before there was time to walk from the site before. All lie on one
    local date of the first step's zone; from the first start to the last end it is at most ``span`` minutes. One person may sit in
    several steps, as often as the caps allow. Raises ValueError for no steps or a gap that runs backwards, and
    ``zoneinfo.ZoneInfoNotFoundError``.
    """
    course = _Course(steps, gap, people, rooms, span)
    return [course.field.grid.at(starts[0]) for starts in course.chains()]


def recommend_sequence(
    steps: Sequence[Need],
    gap: tuple[int, int],
    people: Mapping[str, Person],
    rooms: Mapping[str, Room],
    span: int | None = None,
) -> SequenceRecommendation:
    """As many chains as the first step wants, on different days as far as there are, and never overlapping.

    For a first start, each step is taken as early as possible, with the people of its pools who are promised least and, if it is
    free, the room of the step before. Of one day, the chain with least waiting is taken, then that of the people promised
    least, then the earliest. Deterministic; raises as ``sequence_starts`` does.
    """
    course = _Course(steps, gap, people, rooms, span)
    plans = [(starts, course.staff.teams(starts) or ()) for starts in course.chains()]
    return SequenceRecommendation(
        tuple(course.options(plan) for plan in course.best(plans)),
        len(plans),
        tuple(found.starts.bit_count() for found in course.spaces),
        tuple(excluded(found, course.field, rooms) for found in course.spaces),
    )


_Chain = tuple[int, ...]
"""The start of every step."""
_Plan = tuple[_Chain, tuple[Team, ...]]


class _Course:
    """The steps on one field. ``onward[k]`` are the starts of step ``k`` from which all later ones can follow, as far as gaps go."""

    def __init__(
        self,
        steps: Sequence[Need],
        gap: tuple[int, int],
        people: Mapping[str, Person],
        rooms: Mapping[str, Room],
        span: int | None,
    ) -> None:
        if not steps:
            raise ValueError("a sequence has at least one step")
        if not 0 <= gap[0] <= gap[1]:
            raise ValueError(f"the gap between steps runs forward from at least 0 minutes, not {gap}")
        window = Interval(min(step.window.start for step in steps), max(step.window.end for step in steps))
        invited = {key: people[key] for step in steps for key in (*step.pool, *step.shadows) if key in people}
        places = {room.key: room for step in steps for room in suitable_rooms(step, rooms)}
        self.field = Field.over(window, invited.values(), places.values(), max(step.margin for step in steps))
        self.spaces: list[Space] = [space(step, self.field, rooms) for step in steps]
        self.staff = Staff(self.spaces, self.field.grid, invited)
        self.people, self.rooms = people, rooms
        self.zone = ZoneInfo(steps[0].zone)
        self.span = span
        self.gaps = [(-(-max(gap[0], _walk(one, two)) // CELL), gap[1] // CELL) for one, two in pairwise(steps)]
        self.onward = [self.spaces[-1].starts]
        for found, (least, most) in zip(self.spaces[-2::-1], self.gaps[::-1], strict=True):
            after = reaching(self.onward[0] >> (found.need.cells + least), most - least + 1) if least <= most else 0
            self.onward.insert(0, found.starts & after)
        self._hopeless: set[tuple[int, int, frozenset[Used]]] = set()

    def chains(self) -> Iterator[_Chain]:
        """For every first start, in order of time, the earliest chain that can be staffed."""
        for start in cells(self.onward[0]):
            found = self._chain((start,), frozenset([frozenset()]), self._until(start))
            if found:
                yield found

    def _until(self, start: int) -> int:
        """The cell by which all must have ended: with the local date, and within the span."""
        grid = self.field.grid
        day = days(grid.at(start).astimezone(self.zone).date(), 1, self.zone)
        until = (day.end - grid.origin) // timedelta(minutes=CELL) if day else start
        return until if self.span is None else min(until, start + self.span // CELL)

    def _chain(self, starts: _Chain, before: frozenset[Used], until: int) -> _Chain | None:
        """The earliest way to go on, whoever was used up before. What led nowhere before the same end is not tried again."""
        step, cell = len(starts) - 1, starts[-1]
        end = cell + self.spaces[step].need.cells
        used = self.staff.after(step, cell, before) if end <= until else None
        if not used:
            return None
        if len(starts) == len(self.spaces):
            return starts
        least, most = self.gaps[step]
        after = self.onward[step + 1] >> (end + least) & ((1 << (most - least + 1)) - 1)
        while after:
            following = end + least + first(after)
            after &= after - 1
            tried = (until, following, used)
            if following >= until:
                break
            if tried in self._hopeless:
                continue
            found = self._chain((*starts, following), used, until)
            if found:
                return found
            self._hopeless.add(tried)
        return None

    def best(self, plans: Sequence[_Plan]) -> list[_Plan]:
        """The plans to offer, in order of time: the best of each day first, then what else doesn't overlap them."""
        wanted = self.spaces[0].need.wanted
        ranked = sorted(plans, key=self._cost)
        of_day: dict[date, _Plan] = {}
        for plan in ranked:
            of_day.setdefault(self.field.grid.at(plan[0][0]).astimezone(self.zone).date(), plan)
        taken = sorted(of_day.values())[:wanted]
        for plan in ranked:
            if len(taken) < wanted and all(self._end(plan) <= other[0][0] or self._end(other) <= plan[0][0] for other in taken):
                taken.append(plan)
        return sorted(taken)

    def _end(self, plan: _Plan) -> int:
        return plan[0][-1] + self.spaces[-1].need.cells

    def _cost(self, plan: _Plan) -> tuple[int, int, int]:
        # All chains of the same steps last equally long but for the waiting between them.
        burden = sum(self.people[key].promised_minutes for team in plan[1] for key in team)
        return self._end(plan) - plan[0][0], burden, plan[0][0]

    def options(self, plan: _Plan) -> tuple[Option, ...]:
        """A plan as one option per step."""
        found: list[Option] = []
        for own, cell, team in zip(self.spaces, *plan, strict=True):
            free = [key for key, mask in own.rooms.items() if mask >> cell & 1]
            before = found[-1].room if found else None
            room = before if before in free else next(iter(free), None)
            shadow = shadow_for(own, cell, self.rooms[room] if room is not None else None, team)
            span = self.field.grid.interval(cell, own.need.minutes)
            told = day_reasons(own.need, (self.people[key] for key in team), span)
            found.append(Option(span, team, room, told, shadow))
        return tuple(found)


def _walk(before: Need, after: Need) -> int:
    """The minutes from the site of one step to that of the next."""
    return after.walk.get(before.site, 0) if after.site and before.site != after.site else 0
