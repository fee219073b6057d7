"""The console's list of interviews with 2,000 of them: how many SQL queries, how many milliseconds."""

from __future__ import annotations

from pathlib import Path

from benchmarks.harness import Row, median_ms

INTERVIEWS = 2000


def run(home: Path) -> list[Row]:
    """Fills up to 2,000 interviews with their options, seats and notices, then opens the list as a recruiter does."""
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    _fill()
    client = Client(headers={"host": "localhost"})
    client.force_login(get_user_model().objects.create_superuser("bench"))
    address = reverse("admin:interviews_interview_changelist")
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    count = len(captured.captured_queries)
    statements = [query["sql"] for query in captured.captured_queries if query["sql"].lstrip().upper().startswith("SELECT")]

    def sql_alone() -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
                cursor.fetchall()

    return [
        Row("list page, SQL queries", count, None, "queries", "–", "(target ≤ 15)"),
        Row(
            "list page",
            median_ms(lambda: client.get(address), times=10),
            median_ms(sql_alone, times=10),
            "ms",
            "its SQL alone",
            "(target ≤ 300)",
        ),
    ]


def _fill() -> None:
    """Silent interviews of the same applications, with everything the list shows of one."""
    from datetime import timedelta

    from django.conf import settings
    from psycopg.types.range import TimestamptzRange

    from mianyue.domain.interviews.models import Interview, Option, Seat
    from mianyue.domain.interviews.states import InterviewState
    from mianyue.domain.organization.models import Employee
    from mianyue.domain.recruiting.models import Application, Round

    now = settings.CLOCK.now()
    rounds = {r.job_id: r for r in Round.objects.filter(number=1)}
    applications = list(Application.objects.all())
    employees = list(Employee.objects.all())
    missing = INTERVIEWS - Interview.objects.count()
    interviews = [
        Interview(
            application=applications[n % len(applications)],
            round=rounds[applications[n % len(applications)].job_id],
            state=InterviewState.SILENT,
            created_at=now - timedelta(days=30 + n),
            changed_at=now - timedelta(minutes=n),
        )
        for n in range(missing)
    ]
    options = [
        Option(
            interview=i,
            proposal=1,
            number=k,
            state="released",
            during=TimestamptzRange(now + timedelta(days=k), now + timedelta(days=k, hours=1), "[)"),
        )
        for i in interviews
        for k in (1, 2, 3)
    ]
    Interview.objects.bulk_create(interviews)
    Option.objects.bulk_create(options)
    Seat.objects.bulk_create(Seat(option=o, number=0, employee=employees[n % len(employees)]) for n, o in enumerate(options))
