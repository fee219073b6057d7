"""Booking under load: 32 connections, any 3 of 20 people at once, 200 starts, on the product's own PostgreSQL, durable."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.big_company import write_company
from benchmarks.harness import TODAY, Row, throw_away_installation
from benchmarks.scheduling import bookers
from benchmarks.scheduling.options import Options
from benchmarks.scheduling.race import Claim, Verdict, crowds, judge
from mianyue.config.web import WORKERS

CONNECTIONS, TRIES = 32, 60
PROCESSES = WORKERS
"""Python runs one thread at a time in a process, so the connections are spread over as many as the web server starts here."""


def run(options: Options) -> list[Row]:
    """The product's act beside two usual ways (one wrong, one that deadlocks) and the least that is right, in bare SQL."""
    tries = options.times(TRIES, 12)
    with throw_away_installation() as home:
        people = _company(home, CONNECTIONS * tries + CONNECTIONS)
        usual = {
            "look, then insert": _race(people, tries, "look_then_insert", bookers.plain_claims, bookers.TABLE),
            "constraint alone": _race(people, tries, "bare_constraint", bookers.plain_claims, bookers.GUARDED),
        }
        floor = _race(people, tries, "sorted_locks", bookers.plain_claims, bookers.GUARDED)
        ours = _race(people, tries, "product", bookers.product_claims)
        rows = [_wrongs(f"race, {name}: overlaps, deadlocks", verdict) for name, verdict in usual.items()]
        rows.append(_wrongs("race, sorted locks in bare SQL: overlaps, deadlocks", floor))
        rows.append(_wrongs("race, the product: overlaps, deadlocks, lost, errors", ours, "(target 0)"))
        rows += [
            Row(f"race, {name}", v.per_second, floor.per_second, "tries/s", "sorted locks, bare SQL") for name, v in usual.items()
        ]
        rows.append(
            Row("race, the product", ours.per_second, floor.per_second, "tries/s", "sorted locks, bare SQL", "(target ≥ 1000)")
        )
        if options.kit:
            rows += _race_of_kit(options.kit, people, tries)
    return rows


def _company(home: Path, applications: int) -> list[str]:
    """Twenty interviewers and so many candidates; returns the interviewers' ids."""
    from django.conf import settings

    from mianyue.domain.organization.models import Employee
    from mianyue.domain.recruiting.models import Application, Candidate
    from mianyue.domain.security.actor import SYSTEM
    from mianyue.workflows.bring_in import bring_in

    folder = write_company(home / "company", applications=4, interviewers=20, rooms=1, today=TODAY, days=10)
    bring_in(folder, SYSTEM, settings.CLOCK.now())
    one = Application.objects.first()
    candidates = Candidate.objects.bulk_create(Candidate(name=f"候选人{n}") for n in range(applications))
    Application.objects.bulk_create(
        Application(code=f"R{n:05}", candidate=c, job_id=one.job_id, round_number=1, language="zh-CN", time_zone="Asia/Shanghai")
        for n, c in enumerate(candidates)
    )
    return [str(key) for key in Employee.objects.order_by("code").values_list("pk", flat=True)]


def _race(people: list[str], tries: int, booker: str, read: Callable[[], Iterable[Claim]], table: str = "") -> Verdict:
    if table:
        with bookers.plain_connection() as plain:
            plain.execute(table)
    told = crowds(f"{bookers.__name__}:{booker}", people, PROCESSES, CONNECTIONS // PROCESSES, tries, "race")
    return judge(told, read())


def _wrongs(what: str, verdict: Verdict, target: str = "") -> Row:
    wrong = verdict.overlaps + verdict.lost + verdict.stray + sum(verdict.told.errors.values())
    return Row(
        f"{what} ({verdict.overlaps}, {verdict.deadlocks})", wrong, None, f"wrongs in {verdict.told.tries:,} tries", "–", target
    )


def _race_of_kit(kit: Path, people: list[str], tries: int) -> list[Row]:
    """The product against the kit's judge: all threads in one process, as that harness has them."""
    from mianyue.domain.interviews.models import Interview

    Interview.objects.all().delete()
    sys.path.insert(0, str(kit))
    race = importlib.import_module("race")
    booker, books = bookers.product(), []

    @contextmanager
    def around() -> Iterator[None]:
        with booker.connected() as book:
            books.append(book)
            yield

    result = race.run(
        lambda *asked: books[0](*asked),
        bookers.product_claims,
        threads=CONNECTIONS,
        tries=tries,
        resources=people,
        around_thread=around,
    )
    wrong = result.overlaps + result.lost + result.stray + sum(result.errors.values())
    return [
        Row(
            f"race of the kit, one process ({result.overlaps} overlaps)",
            wrong,
            None,
            f"wrongs in {result.tries:,} tries",
            "–",
            "(target 0)",
        ),
        Row("race of the kit, one process", result.tries_per_second, None, "tries/s", "–"),
    ]
