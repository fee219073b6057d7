"""Improving a plan: as one program where that is small enough, else piece by piece, while everything else stands still.

A piece (a neighbourhood, in the words of P. Shaw, "Using constraint programming and local search methods to solve vehicle routing
problems", 1998) is a number of tasks that want the same people and rooms. Its options leave the board, the program of what is then
open to it is solved, and the better options return.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from mianyue.scheduling.batch.board import Board, Openings
from mianyue.scheduling.batch.optimum import Progress, Solved, Watch, relaxed, solve
from mianyue.scheduling.batch.program import Program, Wish
from mianyue.scheduling.caps import Period

SMALL, WHOLE = 20_000, 60_000
"""The columns up to which a program is solved at once, and at all: some 500 and 2,000 needs of one option, or 80 and 250 of three."""
PIECE = 12_000
"""How many columns a piece has, about."""
PIECE_SECONDS = 20.0
_PATIENCE = 2
"""How often every part of the batch may be looked at in vain, about, before the search ends."""


def improve(board: Board, wishes: Sequence[Wish], seconds: float, seed: int, watch: Watch) -> tuple[int, int]:
    """Makes the plan on the board worth more, if possible; returns the proven bound and how many needs can be placed at most.

    Pieces bring most of what there is to win soon, the whole program the rest and the proof. One that would be too large is asked
    with as few options of one day as each need must take, which counts better; where somebody lacks something then, days are shared.
    """
    ends = time.monotonic() + seconds
    loose = [replace(one, per_day=one.task.need.wanted) for one in wishes]
    limits = Program(loose, board.spacing, board.periods, apart=False)
    bound = relaxed(limits, limits.gain, seconds / 5)
    most_placed = relaxed(limits, limits.counting(), seconds / 5)

    def told(progress: Progress) -> bool:
        return watch(Progress(seconds - (ends - time.monotonic()), progress.objective, min(bound, progress.bound)))

    def left() -> float:
        return ends - time.monotonic()

    whole, strict = Program(loose, board.spacing, board.periods), Program(wishes, board.spacing, board.periods)
    if len(whole.gain) > SMALL:
        most = left() if len(strict.gain) > WHOLE else left() / 2
        _piece_by_piece(board, strict, time.monotonic() + most, seed, told, bound)
    if len(whole.gain) <= WHOLE:
        return min(bound, _settle(board, whole, left(), seed, told).bound), most_placed
    if len(strict.gain) <= WHOLE:
        _settle(board, strict, left(), seed, told)
    if any(len(board.options[one.task.index]) < one.task.reach and one.per_day < one.task.need.wanted for one in wishes):
        _piece_by_piece(board, whole, ends, seed, told, bound)
    return bound, most_placed


def _piece_by_piece(board: Board, program: Program, ends: float, seed: int, watch: Watch, bound: int) -> None:
    """Improves the plan on the board until the time ends, the bound is reached, or looking everywhere a few times did not help."""
    size = len(program.gain)
    pieces = _pieces(board, program.wishes, max(2, len(program.wishes) * PIECE // size), random.Random(seed))
    in_vain, patience = 0, _PATIENCE * size // PIECE
    while in_vain < patience and (left := ends - time.monotonic()) > 0:
        before = worth(board, program.wishes)
        if before >= bound or not watch(Progress(0.0, before, bound)):
            return
        _improve_piece(board, next(pieces), min(PIECE_SECONDS, left), seed)
        in_vain = 0 if worth(board, program.wishes) > before else in_vain + 1


def worth(board: Board, wishes: Iterable[Wish]) -> int:
    """What the options of these wishes on the board are worth, in points."""
    return sum(one.worth([held.cell for held in board.options[one.task.index]]) for one in wishes)


def _pieces(board: Board, wishes: Sequence[Wish], many: int, dice: random.Random) -> Iterator[list[Wish]]:
    """Without end: a task that lacks something (or any, where none does) with those that want most of the same people."""
    while True:
        lacking = [one for one in wishes if len(board.options[one.task.index]) < one.task.reach]
        people = dice.choice(lacking or wishes).task.people.keys()
        near = sorted(wishes, key=lambda one: (-len(people & one.task.people.keys()), dice.random()))
        yield near[:many]


def _improve_piece(board: Board, piece: Sequence[Wish], seconds: float, seed: int) -> None:
    held = [one for wish in piece for one in board.options[wish.task.index]]
    for one in held:
        board.remove(one)
    open_ = [replace(wish, openings=_open(board, wish)) for wish in piece]
    program = Program(open_, board.spacing, _left(board))
    for one in held:
        board.add(one)
    _settle(board, program, seconds, seed, lambda progress: True)


def _open(board: Board, wish: Wish) -> Openings:
    """What a wish may take beside all that stands on the board."""
    now = board.openings(wish.task)
    return Openings(now.starts & wish.openings.starts, now.people, now.rooms)


def _left(board: Board) -> dict[str, list[Period]]:
    """What the caps of people leave beside all that stands on the board."""
    return {
        key: [
            Period(mask, left - len({held.task for held in board.holders.get(key, ()) if mask >> held.cell & 1}))
            for mask, left in periods
        ]
        for key, periods in board.periods.items()
    }


def _settle(board: Board, program: Program, seconds: float, seed: int, watch: Watch) -> Solved:
    """Solves a program from the plan on the board, which takes over what is better."""
    now = worth(board, program.wishes)

    def told(progress: Progress) -> bool:
        return watch(replace(progress, objective=max(now, progress.objective)))

    solved = solve(program, program.columns_of(board), seconds, seed, told)
    if solved.values is not None and solved.objective > now:
        for wish in program.wishes:
            for held in list(board.options[wish.task.index]):
                board.remove(held)
        for held in program.options(solved.values):
            board.add(held)
    return solved
