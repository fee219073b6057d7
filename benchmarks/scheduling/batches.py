"""Planning a hiring drive: how near the best possible plan, after how long, beside a greedy planner; every plan is checked."""

from __future__ import annotations

import importlib.util
import multiprocessing
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from types import ModuleType

from benchmarks.harness import Row
from benchmarks.scheduling.drives import DAY, PER_DAY, PER_WEEK, WEEK, Drive, Placed, draw, from_kit, greedy, objective
from benchmarks.scheduling.options import Options
from mianyue.base.interval import Interval
from mianyue.scheduling.batch.board import Board, Held, Openings, task
from mianyue.scheduling.batch.pieces import improve
from mianyue.scheduling.batch.program import Wish
from mianyue.scheduling.caps import periods
from mianyue.scheduling.facts import Blocked, Need, Person, Room, Why
from mianyue.scheduling.search import Field

MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
SIZES = {"500/60/12/10": (500, 60, 12, 10), "120/30/4/10": (120, 30, 4, 10)}
HELD_OUT = (1, 2, 3, 4, 5)


def run(options: Options) -> list[Row]:
    """Tight drives: the gap to the proven bound at two time limits, and what part of greedy's gap was closed on other seeds."""
    kit = _kit(options)
    sizes = ["120/30/4/10"] if options.quick else list(SIZES)
    rows = []
    for size in sizes:
        for limit, target in ((15, 4.5), (75, 2.0)) if size.startswith("500") else ((30, 0.2),):
            rows += _measured(f"tight {size}, {limit} s", _drive(kit, 11, size), limit, f"(target ≤ {target} %)")
    for seed in HELD_OUT[: options.times(5, 1)]:
        size = sizes[0]
        drive = _drive(kit, seed, size)
        floor, (found, bound, _) = objective(drive, greedy(drive)), solved(drive, 75, seed)
        worth = objective(drive, found)
        closed = 100 * (worth - floor) / (bound - floor) if bound > floor else 100.0
        rows.append(Row(f"tight {size}, seed {seed}: greedy's gap closed", closed, None, "%", "greedy", "(target ≥ 70 %)"))
    return [*rows, *_families(options)]


def _families(options: Options) -> list[Row]:
    """A backlog in families that share nobody and no room: one part each, as workers take them."""
    seeds = range(100, 100 + options.times(40, 2))
    began = time.perf_counter()
    with ProcessPoolExecutor(os.cpu_count(), mp_context=multiprocessing.get_context("spawn")) as workers:
        parts = list(workers.map(_family, seeds))
    wall = time.perf_counter() - began
    worth, bound, floor, placed, candidates = (sum(column) for column in zip(*parts, strict=True))
    told = f"greedy; {worth:,} of at most {bound:,}, {placed:,} of {candidates:,} placed"
    what = f"{candidates:,} candidates in {len(parts)} families"
    return [
        Row(f"{what}: gap to the proven bound", 100 * (bound - worth) / bound, 100 * (bound - floor) / bound, "%", told),
        Row(f"{what}: wall time", wall, None, "s", f"{os.cpu_count()} processes", "(target: minutes)"),
    ]


def _family(seed: int) -> tuple[int, int, int, int, int]:
    """What a family's plan is worth, the bound, what greedy's is worth, how many are placed, and of how many."""
    drive = draw(seed, 250, 30, 6, 10)
    plan, bound, _ = solved(drive, 60, seed)
    return objective(drive, plan), bound, objective(drive, greedy(drive)), len(plan), len(drive.candidates)


def _measured(what: str, drive: Drive, limit: float, target: str) -> list[Row]:
    floor = objective(drive, greedy(drive))
    began, worked = time.perf_counter(), time.process_time()
    plan, bound, _ = solved(drive, limit, 11)
    wall, cpu = time.perf_counter() - began, time.process_time() - worked
    worth = objective(drive, plan)
    told = f"greedy; {worth:,} of at most {bound:,}, {len(plan)} placed"
    return [
        Row(f"{what}: gap to the proven bound", 100 * (bound - worth) / bound, 100 * (bound - floor) / bound, "%", told, target),
        Row(f"{what}: wall time until proven or stopped", wall, None, "s", f"{cpu:.1f} s of CPU"),
    ]


def solved(drive: Drive, seconds: float, seed: int) -> tuple[list[Placed], int, int]:
    """The plan, the proven bound, and how many can be placed at most; by the product's own search, from greedy's plan on."""
    people, rooms, needs = _facts(drive)
    field = Field.over(needs[0].window, people.values(), rooms.values())
    left = {f"p{key}": periods(field.grid, person) for key, person in people.items()}
    board = Board((task(index, need, field, rooms) for index, need in enumerate(needs)), left)
    cells = {field.grid.at(cell): cell for cell in range(field.grid.count)}
    wishes = []
    for one, candidate in zip(board.tasks, drive.candidates, strict=True):
        value = {
            cells[_at(start)]: worth - 100 for start in range(drive.days * DAY) if (worth := candidate.worth(start)) is not None
        }
        allowed = sum(1 << cell for cell in value) & one.space.starts
        days = {cell: one.moments[cell].day for cell in value if cell in one.moments}
        wishes.append(Wish(one, Openings(allowed, one.people, one.rooms), (100,), value, days))
    for one in greedy(drive):
        room = "" if one.room is None else f"r{one.room}"
        begin, asked = cells[_at(one.start)], board.tasks[one.candidate]
        board.add(Held(one.candidate, begin, begin + asked.length, tuple(f"p{at}" for at in one.panel), room, asked.candidate))
    bound, most_placed = improve(board, wishes, seconds, seed, lambda progress: True)
    starts = {cells[_at(start)]: start for start in range(drive.days * DAY)}
    plan = [
        Placed(held.task, starts[held.cell], tuple(int(key[1:]) for key in held.people), int(held.room[1:]) if held.room else None)
        for held in (one for options in board.options for one in options)
    ]
    return plan, bound, most_placed


def _facts(drive: Drive) -> tuple[dict[str, Person], dict[str, Room], list[Need]]:
    days = [Interval(_at(day * DAY), _at(day * DAY) + DAY * QUARTER) for day in range(drive.days)]
    every = frozenset(range(drive.days * DAY))

    def busy(free: frozenset[int], why: Why) -> tuple[Blocked, ...]:
        return tuple(Blocked(Interval(_at(cell), _at(cell) + QUARTER), why) for cell in sorted(every - free))

    people = {
        str(at): Person(str(at), tuple(days), busy(one.free, Why.CALENDAR), day_cap=PER_DAY, week_cap=PER_WEEK)
        for at, one in enumerate(drive.interviewers)
    }
    rooms = {str(at): Room(str(at), 10, busy(free, Why.ROOM_BOOKED)) for at, free in enumerate(drive.rooms)}
    window = Interval(days[0].start, days[-1].end)
    needs = []
    for at, one in enumerate(drive.candidates):
        family = tuple(key for key, person in zip(people, drive.interviewers, strict=True) if person.family == one.family)
        seniors = tuple(key for key in family if drive.interviewers[int(key)].senior)
        seats = (family,) if one.panel == 1 else (seniors, family)
        needs.append(Need(str(at), 60, seats, window, "UTC", (0, 1440), tuple(rooms) if one.onsite else None, wanted=1))
    return people, rooms, needs


def _at(cell: int) -> datetime:
    day, quarter = divmod(cell, DAY)
    return MONDAY + timedelta(days=day + 2 * (day // WEEK)) + quarter * QUARTER


def _drive(kit: ModuleType | None, seed: int, size: str) -> Drive:
    return from_kit(kit.make("tight", seed, *SIZES[size])) if kit else draw(seed, *SIZES[size])


def _kit(options: Options) -> ModuleType | None:
    if options.kit is None:
        return None
    spec = importlib.util.spec_from_file_location("batch_instance", options.kit / "batch_instance.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(options.kit / "batch_instance.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module
