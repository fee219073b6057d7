"""The judge of a race tells a careful booker from careless, forgetful and quarrelsome ones."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from benchmarks.scheduling.race import FIRST, STEP, Book, Claim, Told, crowd, crowds, judge, overlaps

PEOPLE = [f"person{n}" for n in range(6)]


class InMemory:
    """Looks, waits, writes; carefully means under a lock."""

    def __init__(self, carefully: bool) -> None:
        self.claims: list[Claim] = []
        self.guard = threading.Lock() if carefully else None
        self.pause = 0.0 if carefully else 0.002

    @contextmanager
    def connected(self) -> Iterator[Book]:
        yield self._book

    def _book(self, names: list[str], start: datetime, end: datetime) -> bool:
        if self.guard is None:
            return self._look_and_write(names, start, end)
        with self.guard:
            return self._look_and_write(names, start, end)

    def _look_and_write(self, names: list[str], start: datetime, end: datetime) -> bool:
        if any(name in names and start < stop and begin < end for name, begin, stop in self.claims):
            return False
        time.sleep(self.pause)
        self.claims += [(name, start, end) for name in names]
        return True


class Quarrelsome:
    """Breaks on the second try of each connection, and forgets what it promised on the others."""

    @contextmanager
    def connected(self) -> Iterator[Book]:
        tries = 0

        def book(names: list[str], start: datetime, end: datetime) -> bool:
            nonlocal tries
            tries += 1
            if tries == 2:
                raise RuntimeError
            return True

        yield book


def quarrelsome(number: int, of: int) -> Quarrelsome:
    return Quarrelsome()


def test_touching_is_not_overlapping_and_pairs_are_counted() -> None:
    at = [FIRST + n * STEP for n in range(9)]
    assert overlaps([("a", at[0], at[4]), ("a", at[4], at[8]), ("b", at[0], at[4])]) == 0
    assert overlaps([("a", at[0], at[4]), ("a", at[3], at[7]), ("a", at[2], at[5])]) == 3


def test_a_careful_booker_is_clean() -> None:
    booker = InMemory(carefully=True)
    verdict = judge(crowd(booker, PEOPLE, threads=8, tries=40, seed="race"), booker.claims)
    assert verdict.clean
    assert verdict.told.tries == 8 * 40
    assert verdict.told.booked * 3 == len(booker.claims) > 0


def test_a_careless_booker_is_not() -> None:
    booker = InMemory(carefully=False)
    verdict = judge(crowd(booker, PEOPLE, threads=16, tries=40, seed="race"), booker.claims)
    assert verdict.overlaps > 0
    assert not verdict.clean


def test_what_was_promised_and_is_not_there_is_lost_and_errors_have_names() -> None:
    verdict = judge(crowd(Quarrelsome(), PEOPLE, threads=2, tries=4, seed="race"), [("x", FIRST, FIRST + STEP)])
    assert (verdict.told.booked, verdict.lost, verdict.stray) == (6, 18, 1)
    assert verdict.told.errors == {"RuntimeError": 2}


def test_processes_run_the_same_race() -> None:
    told = crowds(f"{__name__}:quarrelsome", PEOPLE, processes=2, threads=2, tries=3, seed="race")
    assert (told.tries, told.booked, told.errors) == (12, 8, {"RuntimeError": 4})


def test_what_was_told_adds_up() -> None:
    told = Told(booked=1, refused=2, seconds=1.0)
    told.add(Told(booked=3, seconds=2.0))
    assert (told.booked, told.refused, told.tries, told.seconds) == (4, 2, 6, 2.0)
