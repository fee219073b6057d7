"""Picks a second under contention, against bare INSERTs into the same claims table under the same constraint."""

from __future__ import annotations

import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.harness import Row

THREADS = 8


def run(home: Path) -> list[Row]:
    """Every invited candidate picks at the same moment, from eight threads. Needs invited applications."""
    from django.conf import settings
    from django.db import connection

    from mianyue.domain.interviews.models import Interview
    from mianyue.domain.interviews.states import InterviewState
    from mianyue.domain.notices.models import Link
    from mianyue.workflows.reply import Visit, pick

    now = settings.CLOCK.now()
    interviews = list(Interview.objects.filter(state=InterviewState.OFFERED).select_related("application"))
    visits = [
        Visit(Link(scope="candidate", subject_id=i.pk, person_id=i.application.candidate_id, expires_at=now), i) for i in interviews
    ]

    def one_pick(visit: Visit) -> None:
        pick(visit, 1, visit.interview.proposal, now)

    ours = _per_second(one_pick, visits)
    model = interviews[0].claims.first()

    def bare_insert(n: int) -> None:
        start = datetime(2030, 1, 1, tzinfo=now.tzinfo) + timedelta(hours=n)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO interviews_claim (id, resource_kind, resource_id, during, state, option_id, interview_id)"
                " VALUES (%s, 'employee', %s, tstzrange(%s, %s), 'hold', %s, %s)",
                [uuid.uuid4(), model.resource_id, start, start + timedelta(hours=1), model.option_id, model.interview_id],
            )

    floor = _per_second(bare_insert, list(range(len(visits))))
    return [Row(f"picks by {THREADS} threads, booked and told", ours, floor, "per second", "bare INSERT of one claim")]


def _per_second(call, work: list) -> float:
    start = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(call, work))
    return len(work) / (time.perf_counter() - start)
