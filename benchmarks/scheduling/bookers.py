"""Ways to book in a database that many use at once: the product's own, two usual ones, and the least that is right.

A factory is told which process it serves, and of how many.
"""

from __future__ import annotations

import time
import uuid
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import psycopg
from psycopg import errors

from benchmarks.scheduling.race import Book, Claim

TABLE = """
DROP TABLE IF EXISTS bench_claim;
CREATE TABLE bench_claim (id uuid PRIMARY KEY, resource uuid NOT NULL, during tstzrange NOT NULL);
CREATE INDEX bench_claim_resource ON bench_claim USING gist (resource, during);
"""
GUARDED = TABLE + "ALTER TABLE bench_claim ADD CONSTRAINT bench_no_overlap EXCLUDE USING gist (resource WITH =, during WITH &&);"
LOOK = "SELECT 1 FROM bench_claim WHERE resource = ANY(%s::uuid[]) AND during && tstzrange(%s, %s) LIMIT 1"
INSERT = "INSERT INTO bench_claim SELECT gen_random_uuid(), unnest(%s::uuid[]), tstzrange(%s, %s)"
PAUSE = 0.002
"""Seconds between looking and inserting, as a page has between reading and writing."""


@contextmanager
def plain_connection() -> Iterator[psycopg.Connection[Any]]:
    """A connection to the same database without Django, each statement its own transaction unless said otherwise."""
    from django.db import connection

    wanted = {k: v for k, v in connection.get_connection_params().items() if k in ("dbname", "user", "password", "host", "port")}
    with psycopg.connect(**wanted, autocommit=True) as plain:
        yield plain


def look_then_insert(number: int = 0, of: int = 1) -> Plain:
    """No guard but a look before the leap."""
    _begin()
    return Plain(look=True)


def bare_constraint(number: int = 0, of: int = 1) -> Plain:
    """The exclusion constraint alone, a claim after the other, in the order they were asked for."""
    _begin()
    return Plain()


def sorted_locks(number: int = 0, of: int = 1) -> Plain:
    """Advisory locks in one order, then the constraint: the least that is right, in bare SQL."""
    _begin()
    return Plain(lock=True)


class Plain:
    """Three claims in a bare table, by hand-written SQL."""

    def __init__(self, look: bool = False, lock: bool = False) -> None:
        self.look, self.lock = look, lock

    @contextmanager
    def connected(self) -> Iterator[Book]:
        with plain_connection() as plain:

            def book(resources: list[str], start: datetime, end: datetime) -> bool:
                if self.look:
                    if plain.execute(LOOK, [resources, start, end]).fetchone():
                        return False
                    time.sleep(PAUSE)
                try:
                    with plain.transaction():
                        if self.lock:
                            keys = sorted(uuid.UUID(name).int & (1 << 63) - 1 for name in resources)
                            plain.execute("SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) AS key", [keys])
                        for claimed in [resources] if self.lock else [[name] for name in resources]:
                            plain.execute(INSERT, [claimed, start, end])
                except errors.ExclusionViolation:
                    return False
                return True

            yield book


def plain_claims() -> list[Claim]:
    """What stands in the bare table."""
    with plain_connection() as plain:
        rows = plain.execute("SELECT resource, lower(during), upper(during) FROM bench_claim").fetchall()
    return [(str(resource), start, end) for resource, start, end in rows]


def product(number: int = 0, of: int = 1) -> Product:
    """The product's own way; this process takes every ``of``-th application."""
    _begin()
    return Product(number, of)


def _begin() -> None:
    from django.apps import apps

    from mianyue.config import bootstrap

    if not apps.ready:  # a process of its own
        bootstrap.start(migrate=False)


class Product:
    """An invitation as the product makes it: an interview opened, one time held for three people and the candidate, in one transaction.

    Every try is another candidate's, as in a drive in which many are invited at once.
    """

    def __init__(self, number: int = 0, of: int = 1) -> None:
        from django.conf import settings

        from mianyue.domain.recruiting.models import Application, Round

        self.now = settings.CLOCK.now()
        self.applications = deque(Application.objects.filter(interviews=None).order_by("code")[number::of])
        self.rounds = {r.job_id: r for r in Round.objects.filter(number=1)}

    @contextmanager
    def connected(self) -> Iterator[Book]:
        from django.db import connection

        connection.ensure_connection()
        try:
            yield self._book
        finally:
            connection.close()

    def _book(self, resources: list[str], start: datetime, end: datetime) -> bool:
        from django.db import transaction

        from mianyue.base.interval import Interval
        from mianyue.domain.interviews.actions import TimeTaken, open_interview
        from mianyue.domain.interviews.offers import Offer
        from mianyue.domain.interviews.states import InterviewState

        application = self.applications.popleft()
        offer = Offer(Interval(start, end), tuple(uuid.UUID(name) for name in resources), None, [])
        try:
            with transaction.atomic():
                open_interview(application, self.rounds[application.job_id], InterviewState.OFFERED, end, self.now, [offer])
        except TimeTaken:
            return False
        return True


def product_claims() -> list[Claim]:
    """What the product holds of people; the candidates' own hours are nobody's rivals."""
    from mianyue.domain.interviews.models import Claim as Held

    held = Held.objects.filter(state__in=["hold", "booked"], resource_kind=Held.Resource.EMPLOYEE)
    return [(str(claim.resource_id), claim.during.lower, claim.during.upper) for claim in held]
