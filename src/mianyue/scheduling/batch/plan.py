"""Planning many needs at once, so that no moment of a person, a room or a candidate is promised twice.

Where there is slack, each need takes its best options in turn, the scarcest first, and everybody has what they want. Where time is
tight, the batch becomes one integer program (``program``), which is solved from that plan on (``optimum``), and a batch too large
for that is improved piece by piece (``pieces``). In the end every need chooses again among all that is free, for quality.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from mianyue.base.interval import Interval
from mianyue.scheduling.batch.board import Board, Held, Openings, Task, task
from mianyue.scheduling.batch.optimum import Watch
from mianyue.scheduling.batch.pieces import improve, worth
from mianyue.scheduling.batch.program import Wish
from mianyue.scheduling.best.acceptance import DEFAULT, Acceptance, Kind, accepted, refusals
from mianyue.scheduling.best.choice import Offer
from mianyue.scheduling.best.moments import Moment
from mianyue.scheduling.best.rank import answer, best_of
from mianyue.scheduling.best.weights import ACCEPT
from mianyue.scheduling.caps import periods
from mianyue.scheduling.facts import Blocked, Need, Person, Recommendation, Room, Why
from mianyue.scheduling.search import Field, Space, own_space, shadow_for

SPREAD = 15_000
"""What another day is worth in the program, in points: about what two good times on different days are accepted more often than on one."""
_POLISHINGS = 2


class Aim(StrEnum):
    """Who comes first when there is not enough time for all.

    FAIR: a further option counts a tenth of the one before, more than one time can push aside where interviews are about equally
    long, so nobody gets a third one while somebody else could have a first. COMPLETE: as
    many needs as possible get all the options they want, then as many as possible at least one.
    """

    FAIR = "fair"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to search, in seconds of the wall clock, and the seed of whatever is drawn; ``watch`` is told and may stop it.

    The same question with the same seed has the same answer, unless it is the time that ends the search.
    """

    seconds: float = 20
    seed: int = 0
    watch: Watch = lambda progress: True


@dataclass(frozen=True, slots=True)
class Plan:
    """What was found: by key of the need, in the given order. No two options of different needs promise the same moment.

    ``objective`` and ``bound`` are in points of the aim (``wish``): no plan has more than ``bound``, nor places more needs than
    ``most_placed``. ``seconds`` is how long it took.
    """

    recommendations: dict[str, Recommendation]
    objective: int
    bound: int
    placed: int
    most_placed: int
    seconds: float

    @property
    def gap(self) -> float:
        """How far the plan may be from the best one, as a part of the bound."""
        return (self.bound - self.objective) / self.bound if self.bound else 0.0


def plan(
    needs: Sequence[Need],
    people: Mapping[str, Person],
    rooms: Mapping[str, Room],
    aim: Aim = Aim.COMPLETE,
    effort: Effort = Effort(),
    weights: Acceptance = DEFAULT,
    easing: bool = True,
) -> Plan:
    """The best plan found with this effort, with reasons, and with what no plan can exceed.

    ``possible`` of a recommendation counts the valid starts beside what the others of the batch were promised, and these promises
    show in its ``excluded``; whoever gets nothing is told what would help, if ``easing`` (a look at every event of everybody, which takes
    its time where hundreds get nothing). Raises ValueError if two needs have the same key, ``zoneinfo.ZoneInfoNotFoundError`` for a zone that does
    not exist.
    """
    began = time.monotonic()
    if len({need.key for need in needs}) < len(needs):
        raise ValueError("the needs of a batch have different keys")
    if not needs:
        return Plan({}, 0, 0, 0, 0, 0.0)
    window = Interval(min(need.window.start for need in needs), max(need.window.end for need in needs))
    field = Field.over(window, people.values(), rooms.values(), max(need.margin for need in needs))
    left = {f"p{key}": some for key, person in people.items() if (some := periods(field.grid, person))}
    board = Board((task(index, need, field, rooms) for index, need in enumerate(needs)), left)
    facts = _Facts(field, people, rooms, weights)
    for one in sorted(board.tasks, key=_slack):
        _promise(board, one, facts)
    wishes = [wish(one, aim, weights) for one in board.tasks]
    bound, most_placed = _everything(wishes), sum(one.reach > 0 for one in board.tasks)
    if any(len(options) < one.reach for options, one in zip(board.options, board.tasks, strict=True)):
        bound, most_placed = improve(board, wishes, effort.seconds, effort.seed, effort.watch)
    for _ in range(_POLISHINGS):
        for one in board.tasks:
            _promise(board, one, facts)
    objective = worth(board, wishes)
    placed = sum(bool(options) for options in board.options)
    found = {one.need.key: _answer(board, one, facts, easing) for one in board.tasks}
    return Plan(found, objective, max(bound, objective), placed, most_placed, time.monotonic() - began)


def wish(one: Task, aim: Aim, weights: Acceptance) -> Wish:
    """What the options of a task are worth, in points: all that they add by the aim and by their number to the chance of acceptance,
    as if each were a good time on a day of its own, less what a start is worse than that, and later.
    """
    wanted = one.need.wanted
    good = Kind(max(weights.days), 0, weights.suits)
    chances = [0, *(_chance((good,) * many, weights) for many in range(1, wanted + 1))]
    first = {Aim.FAIR: [10**left for left in range(wanted - 1, -1, -1)], Aim.COMPLETE: _complete(wanted)}[aim]
    rewards = tuple(ACCEPT * many + after - before for many, before, after in zip(first, chances, chances[1:], strict=False))
    value = {cell: _chance((moment.kind,), weights) - chances[1] + moment.points for cell, moment in one.moments.items()}
    days = {cell: moment.day for cell, moment in one.moments.items()}
    many = len(set(days.values()))
    return Wish(
        one, Openings(one.space.starts, one.people, one.rooms), rewards, value, days, max(1, -(-wanted // max(1, many))), SPREAD
    )


def _complete(wanted: int) -> list[int]:
    return [11, *[1] * (wanted - 2), 101] if wanted > 1 else [1]


def _chance(kinds: Sequence[Kind], weights: Acceptance) -> int:
    """What it is worth to offer these kinds on as many days, in points."""
    refused = [1] * len(weights.habits)
    for kind in kinds:
        refused = [one * other for one, other in zip(refused, refusals((kind,), weights), strict=True)]
    return ACCEPT * accepted(refused, len(kinds), weights) // accepted([0] * len(refused), len(kinds), weights)


def _everything(wishes: Sequence[Wish]) -> int:
    """What it would be worth if everybody had the best of all that is possible for them alone."""
    found = 0
    for one in wishes:
        many = one.task.reach
        found += sum(one.rewards[:many]) + sum(sorted(one.value.values(), reverse=True)[:many]) + many * one.spread
    return found


def _slack(one: Task) -> tuple[bool, int, int]:
    """The scarcest first; what can't be complete anyway comes last."""
    return one.reach < one.need.wanted, one.space.starts.bit_count() // (one.need.wanted * one.length), one.index


@dataclass(frozen=True, slots=True)
class _Facts:
    field: Field
    people: Mapping[str, Person]
    rooms: Mapping[str, Room]
    weights: Acceptance


def _promise(board: Board, one: Task, facts: _Facts) -> None:
    """Chooses a task's options anew among all that is free beside the others; never fewer than before."""
    before = list(board.options[one.index])
    for held in before:
        board.remove(held)
    open_ = board.openings(one)
    found = Space(
        one.need,
        one.space.open,
        {key[1:]: mask & open_.starts for key, mask in open_.people.items()},
        {key[1:]: mask & open_.starts for key, mask in open_.rooms.items()},
        open_.starts,
    )
    loaded = {key: _loaded(board, facts.people[key]) for key in found.people}
    chosen = best_of(found, facts.field, loaded, facts.rooms, facts.weights) if open_.starts else ()
    for held in [_held(one, offer) for offer in chosen] if len(chosen) >= len(before) else before:
        board.add(held)


def _loaded(board: Board, person: Person) -> Person:
    """The person with what the batch promises them on top."""
    minutes = sum(board.tasks[held.task].need.minutes for held in board.holders.get(f"p{person.key}", ()))
    return replace(person, promised_minutes=person.promised_minutes + minutes) if minutes else person


def _held(one: Task, offer: Offer) -> Held:
    cell = offer.moment.cell
    people = tuple(f"p{key}" for key in offer.people)
    return Held(one.index, cell, cell + one.length, people, f"r{offer.room}" if offer.room else "", one.candidate)


def _answer(board: Board, one: Task, facts: _Facts, easing: bool) -> Recommendation:
    """A task's options as a recommendation, explained beside what all others were promised."""
    grid, need = facts.field.grid, one.need

    def others(resource: str) -> tuple[Blocked, ...]:
        held = (held for held in board.holders.get(resource, ()) if held.task != one.index)
        tasks = ((grid.interval(h.cell, board.tasks[h.task].need.minutes), board.tasks[h.task].need.site) for h in held)
        return tuple(Blocked(interval, Why.PROMISED, site) for interval, site in tasks)

    def beside(person: Person) -> Person:
        taken = others(f"p{person.key}")
        times: dict[int, list[Interval]] = {}
        for held in board.holders.get(f"p{person.key}", ()):
            if held.task != one.index:
                times.setdefault(held.task, []).append(grid.interval(held.cell, board.tasks[held.task].need.minutes))
        engaged = tuple(tuple(some) for some in times.values())
        return replace(person, blocked=person.blocked + taken, engaged=person.engaged + engaged)

    invited = (key for key in (*need.pool, *need.shadows) if key in facts.people)
    people = {key: beside(facts.people[key]) for key in invited}
    rooms = {
        key: replace(facts.rooms[key], blocked=facts.rooms[key].blocked + others(f"r{key}"))
        for key in need.rooms or ()
        if key in facts.rooms
    }
    found, field = own_space(replace(need, blocked=need.blocked + others(one.candidate)), people, rooms)
    shift = (field.grid.origin - grid.origin) // (grid.at(1) - grid.origin)
    options = sorted(board.options[one.index], key=lambda held: held.cell)
    chosen = [_offer(one.moments[held.cell], held, shift) for held in options]
    for held, offer in zip(options, chosen, strict=True):
        # Whoever sits in to learn is promised too, so that they are in one place at a time.
        shadow = shadow_for(found, offer.moment.cell, rooms[offer.room] if offer.room else None, offer.people)
        if shadow is not None:
            board.holders.setdefault(f"p{shadow}", []).append(held)
    return answer(found, field, chosen, people, rooms, facts.weights, easing and not chosen)


def _offer(moment: Moment, held: Held, shift: int) -> Offer:
    return Offer(replace(moment, cell=moment.cell - shift), tuple(key[1:] for key in held.people), held.room[1:] or None, 0)
