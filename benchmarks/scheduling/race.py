"""Many connections claim the same few people and rooms at once; afterwards storage is read and judged.

A booker is anything with ``connected()``, a context that one thread enters for its connection and that yields
``book(resources, start, end) -> bool``: all of them claimed, or none because somebody else has the time. Whatever it raises is counted
by name. Resources come in random order: sorting them is the booker's affair.
"""

from __future__ import annotations

import importlib
import multiprocessing
import random
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

Claim = tuple[str, datetime, datetime]
Book = Callable[[list[str], datetime, datetime], bool]

FIRST = datetime(2027, 3, 1, tzinfo=UTC)
STEP, LENGTH = timedelta(minutes=15), timedelta(hours=1)
STARTS, AT_ONCE = 200, 3


class Booker(Protocol):
    def connected(self) -> AbstractContextManager[Book]: ...


class Waiting(Protocol):
    """What the threads of a crowd meet at before the first try: a barrier of threads or of processes."""

    def wait(self) -> Any: ...


@dataclass(slots=True)
class Told:
    """What the bookers said: times promised, refusals, errors by name, seconds from the first try to the last."""

    promised: list[Claim] = field(default_factory=list)
    booked: int = 0
    refused: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def tries(self) -> int:
        return self.booked + self.refused + sum(self.errors.values())

    def add(self, other: Told) -> None:
        """Takes in what another thread or process was told; they ran side by side."""
        self.promised += other.promised
        self.booked += other.booked
        self.refused += other.refused
        self.errors += other.errors
        self.seconds = max(self.seconds, other.seconds)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A race, judged: ``lost`` claims were promised and aren't there, ``stray`` ones are there and weren't promised."""

    told: Told
    overlaps: int
    lost: int
    stray: int

    @property
    def deadlocks(self) -> int:
        return self.told.errors["DeadlockDetected"]

    @property
    def per_second(self) -> float:
        return self.told.tries / self.told.seconds

    @property
    def clean(self) -> bool:
        """No overlap, nothing lost or stray, nothing raised."""
        return not (self.overlaps or self.lost or self.stray or self.told.errors)


def crowd(booker: Booker, resources: Sequence[str], threads: int, tries: int, seed: str, gate: Waiting | None = None) -> Told:
    """The race of one process. ``gate`` is waited at once by the whole process before the first try."""
    together, lock, told = threading.Barrier(threads + 1), threading.Lock(), Told()
    ends: list[float] = []

    def work(number: int) -> None:
        dice, mine = random.Random(f"{seed}/{number}"), Told()
        try:
            with booker.connected() as book:
                together.wait()
                for _ in range(tries):
                    _try(book, dice, resources, mine)
                ended = time.perf_counter()
        except threading.BrokenBarrierError:
            return  # another thread could not begin, and says why
        except BaseException:
            together.abort()
            raise
        with lock:
            told.add(mine)
            ends.append(ended)

    crew = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
    for thread in crew:
        thread.start()
    if gate:
        gate.wait()
    together.wait()
    begun = time.perf_counter()
    for thread in crew:
        thread.join()
    told.seconds = max(ends) - begun
    return told


def _try(book: Book, dice: random.Random, resources: Sequence[str], told: Told) -> None:
    wanted = dice.sample(resources, AT_ONCE)
    start = FIRST + dice.randrange(STARTS) * STEP
    try:
        booked = book(wanted, start, start + LENGTH)
    except Exception as error:  # noqa: BLE001 - a race counts whatever reaches the caller
        told.errors[type(error).__name__] += 1
        return
    told.booked += booked
    told.refused += not booked
    if booked:
        told.promised += [(name, start, start + LENGTH) for name in wanted]


def crowds(booker: str, resources: Sequence[str], processes: int, threads: int, tries: int, seed: str) -> Told:
    """The race of several processes with so many threads each; ``booker`` is ``module:factory``, called in each
    process with its number and how many there are."""
    fresh = multiprocessing.get_context("spawn")
    gate, said = fresh.Barrier(processes), fresh.Queue()
    running = [
        fresh.Process(target=_in_process, args=(booker, (number, processes), resources, threads, tries, seed, gate, said))
        for number in range(processes)
    ]
    for process in running:
        process.start()
    told = Told()
    for _ in running:
        told.add(said.get())
    for process in running:
        process.join()
    return told


def _in_process(
    booker: str, share: tuple[int, int], resources: Sequence[str], threads: int, tries: int, seed: str, gate: Waiting, said: Any
) -> None:
    module, _, factory = booker.partition(":")
    made: Booker = getattr(importlib.import_module(module), factory)(*share)
    said.put(crowd(made, resources, threads, tries, f"{seed}/{share[0]}", gate))


def judge(told: Told, standing: Iterable[Claim]) -> Verdict:
    """What the bookers said against what storage holds."""
    held, promised = Counter((name, *(at.astimezone(UTC) for at in span)) for name, *span in standing), Counter(told.promised)
    return Verdict(told, overlaps(held.elements()), (promised - held).total(), (held - promised).total())


def overlaps(claims: Iterable[Claim]) -> int:
    """Pairs of claims on the same resource that share an instant; touching is not sharing."""
    spans: defaultdict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    for name, start, end in claims:
        spans[name].append((start, end))
    pairs = 0
    for one in spans.values():
        running: list[datetime] = []
        for start, end in sorted(one):
            running = [until for until in running if until > start]
            pairs += len(running)
            running.append(end)
    return pairs
