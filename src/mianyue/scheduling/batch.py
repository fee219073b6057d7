"""Planning many needs at once, so that no moment of a person, a room or a candidate is promised twice.

First as many needs as possible get all the options they want, then as many as possible at least one, then as many options as
possible, then good ones (the score of ``rank``). Deterministic: work is counted in steps, never in seconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mianyue.base.interval import Interval
from mianyue.scheduling.board import Board, Held, Openings, Task, task
from mianyue.scheduling.facts import Blocked, Need, Person, Recommendation, Room, Why
from mianyue.scheduling.panel import cheapest
from mianyue.scheduling.prices import Prices
from mianyue.scheduling.rank import Offer, answer, best_offers, best_set, room_costs
from mianyue.scheduling.repair import repair
from mianyue.scheduling.search import Field, own_space
from mianyue.scheduling.timeline import Grid, cells

_POLISHINGS = 2


def plan(needs: Sequence[Need], people: Mapping[str, Person], rooms: Mapping[str, Room]) -> dict[str, Recommendation]:
    """A recommendation for every need, by key in the given order; no two options of different needs promise the same moment.

    ``possible`` counts the valid starts beside what the others of the batch were promised, and these promises show in ``excluded``.
    Raises ValueError if two needs have the same key, ``zoneinfo.ZoneInfoNotFoundError`` for a zone that does not exist.
    """
    if len({need.key for need in needs}) < len(needs):
        raise ValueError("the needs of a batch have different keys")
    if not needs:
        return {}
    window = Interval(min(need.window.start for need in needs), max(need.window.end for need in needs))
    field = Field.over(window, people.values(), rooms.values())
    board = Board(task(index, need, field, rooms) for index, need in enumerate(needs))
    prices = Prices(board.tasks, field.grid.count)
    _begin(board, prices, people, rooms)
    repair(board, prices)
    for _ in range(_POLISHINGS):
        for one in board.tasks:
            _promise_well(board, one, people, rooms)
    return {one.need.key: _answer(board, one, field.grid, people, rooms) for one in board.tasks}


def _begin(board: Board, prices: Prices, people: Mapping[str, Person], rooms: Mapping[str, Room]) -> None:
    """The better of two quick plans: each need in the given order as if alone, and the scarcest first where others want least."""
    for one in board.tasks:
        _promise_well(board, one, people, rooms)
    in_order, score = board.snapshot(), board.score()
    board.restore([])
    for one in sorted(board.tasks, key=_slack):
        _promise_cheaply(board, one, prices)
    if board.score() < score:
        board.restore(in_order)


def _slack(one: Task) -> tuple[bool, int, int]:
    """The scarcest first; what can't be complete anyway comes last."""
    return one.reach < one.need.wanted, one.space.starts.bit_count() // (one.need.wanted * one.length), one.index


def _promise_cheaply(board: Board, one: Task, prices: Prices) -> None:
    """Gives a task the options that others want least, on different days where there are."""
    open_ = board.openings(one)
    offers = [_cheapest_at(one, cell, open_, prices) for cell in cells(open_.starts)]
    for offer in best_set(offers, one.need.wanted, one.length):
        board.add(_held(one, offer))


def _cheapest_at(one: Task, cell: int, open_: Openings, prices: Prices) -> Offer:
    cost = {key: prices.of(key, cell, one.length) for key, mask in open_.people.items() if mask >> cell & 1}
    team = cheapest(one.seats, cost) or ()
    price = {key: prices.of(key, cell, one.length) for key, mask in open_.rooms.items() if mask >> cell & 1}
    room = min(price, key=price.__getitem__, default=None)
    points = one.moments[cell].points - sum(cost[key] for key in team) - (price[room] if room is not None else 0)
    return Offer(one.moments[cell], team, room, points)


def _promise_well(board: Board, one: Task, people: Mapping[str, Person], rooms: Mapping[str, Room]) -> None:
    """Chooses a task's options anew among all that is free beside the others, now for their quality; never fewer than before."""
    for held in list(board.options[one.index]):
        board.remove(held)
    open_ = board.openings(one)
    load = {key: people[key[1:]].promised_minutes + _minutes(board, key) for key in open_.people}
    fit = {f"r{key}": cost for key, cost in room_costs(one.space, rooms).items()}
    offers = best_offers(one.moments, open_.starts, open_.people, open_.rooms, one.seats, load, fit)
    for offer in best_set(offers, one.need.wanted, one.length):
        board.add(_held(one, offer))


def _minutes(board: Board, resource: str) -> int:
    return sum(board.tasks[held.task].need.minutes for held in board.holders.get(resource, ()))


def _held(one: Task, offer: Offer) -> Held:
    cell = offer.moment.cell
    return Held(one.index, cell, cell + one.length, offer.people, offer.room or "", one.candidate)


def _answer(board: Board, one: Task, grid: Grid, people: Mapping[str, Person], rooms: Mapping[str, Room]) -> Recommendation:
    """A task's options as a recommendation, explained beside what all others were promised."""

    def others(resource: str) -> tuple[Blocked, ...]:
        held = (held for held in board.holders.get(resource, ()) if held.task != one.index)
        return tuple(Blocked(grid.interval(h.cell, board.tasks[h.task].need.minutes), Why.PROMISED) for h in held)

    beside_people = {
        key: replace(people[key], blocked=people[key].blocked + others(f"p{key}")) for key in one.need.pool if key in people
    }
    beside_rooms = {
        key: replace(rooms[key], blocked=rooms[key].blocked + others(f"r{key}")) for key in one.need.rooms or () if key in rooms
    }
    need = replace(one.need, blocked=one.need.blocked + others(one.candidate))
    found, field = own_space(need, beside_people, beside_rooms)
    shift = (field.grid.origin - grid.origin) // (grid.at(1) - grid.origin)
    chosen = [
        Offer(replace(one.moments[h.cell], cell=h.cell - shift), tuple(key[1:] for key in h.people), h.room[1:] or None, 0)
        for h in sorted(board.options[one.index], key=lambda held: held.cell)
    ]
    return answer(found, field, chosen, beside_people, beside_rooms)
