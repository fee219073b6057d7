"""One recommendation as a program asks for it: HTTP, key, PostgreSQL, everything; and that its SQL doesn't grow with the company."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from benchmarks.big_company import write_company
from benchmarks.harness import TODAY, Row, Timing, throw_away_installation, timed
from benchmarks.scheduling.options import Options

if TYPE_CHECKING:
    from django.test import Client

INTERVIEWERS, ROOMS, WORKING_DAYS = 60, 50, 20
SIZES = ((60, 50), (30, 25), (15, 12))
ASKED, UNKNOWN = "/api/v1/applications/A00000/recommendation", "/api/v1/applications/nobody/recommendation"


def run(options: Options) -> list[Row]:
    """A panel of any two of 60 interviewers, any fitting of 50 rooms, four weeks; the floor is a request whose application is unknown."""
    with throw_away_installation() as home:
        from django.conf import settings
        from django.test import Client

        from mianyue.domain.security.actor import SYSTEM
        from mianyue.workflows.bring_in import bring_in
        from mianyue.workflows.tokens import make_token

        now = settings.CLOCK.now()
        folder = write_company(
            home / "company", applications=20, interviewers=INTERVIEWERS, rooms=ROOMS, today=TODAY, days=WORKING_DAYS
        )
        bring_in(folder, SYSTEM, now)
        _everybody_may_sit(INTERVIEWERS)
        key = make_token("bench", SYSTEM, now)
        with _web() as port:
            rows = [row for clients in (1, 2) for row in _asked_by(clients, port, key, options.times(200, 25))]
        program = Client(headers={"Authorization": f"Bearer {key}", "host": "localhost"})
        rows.append(_alone(program, options.times(30, 10)))
        rows += [_statements(people, rooms, program) for people, rooms in SIZES]
    return rows


def _asked_by(clients: int, port: int, key: str, times: int) -> list[Row]:
    floor = _timed(clients, port, key, UNKNOWN, 404, times)
    ours = _timed(clients, port, key, ASKED, 200, times)
    who = f"{clients} client{'s' * (clients > 1)} at once"
    return [
        Row(
            f"recommend over HTTP, p50, {who}", ours.median, floor.median, "ms", "an unknown application", "", ours.least, ours.p95
        ),
        Row(f"recommend over HTTP, p95, {who}", ours.p95, floor.p95, "ms", "an unknown application", "(target ≤ 100)"),
    ]


def _timed(clients: int, port: int, key: str, path: str, status: int, times: int) -> Timing:
    """Every client asks over and over on one connection of its own; wall time, the first few not counted."""

    def ask(_: int) -> list[float]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        taken = []
        for n in range(times + 5):
            start = time.perf_counter()
            connection.request("GET", path, headers={"Authorization": f"Bearer {key}"})
            answer = connection.getresponse()
            answer.read()
            if answer.status != status:
                raise AssertionError(f"{path} answered {answer.status}")
            if n >= 5:
                taken.append((time.perf_counter() - start) * 1000)
        connection.close()
        return taken

    with ThreadPoolExecutor(clients) as pool:
        return Timing.of([one for taken in pool.map(ask, range(clients)) for one in taken])


@contextmanager
def _web() -> Iterator[int]:
    """``mianyue web`` in a process of its own, on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "mianyue", "web", "--port", str(port)], env=os.environ, start_new_session=True)
    try:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        else:
            raise TimeoutError("the web server did not listen within half a minute")
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


def _alone(program: Client, times: int) -> Row:
    """The same request without HTTP: the processor time of Python, which waits for nobody; PostgreSQL's is not in it."""
    from django.db import connection

    statements = [query["sql"] for query in _captured(program)]

    def sql_alone() -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
                cursor.fetchall()

    ours, floor = (timed(call, times, cpu=True) for call in (lambda: program.get(ASKED), sql_alone))
    return Row(
        "recommend in one process, CPU", ours.median, floor.median, "ms", "its SQL, rows thrown away", "", ours.least, ours.p95
    )


def _captured(program: Client) -> list[dict[str, str]]:
    """The SQL statements of one request."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        answer = program.get(ASKED)
    if len(answer.json()["options"]) != 3:
        raise AssertionError("the company of the benchmark must have times to offer")
    return list(captured.captured_queries)


def _statements(people: int, rooms: int, program: Client) -> Row:
    """SQL statements of one request in a company cut down to so many people and rooms."""
    from mianyue.domain.rooms.models import Room

    _everybody_may_sit(people)
    Room.objects.exclude(pk__in=list(Room.objects.order_by("code").values_list("pk", flat=True)[:rooms])).delete()
    count = len(_captured(program))
    return Row(f"SQL statements, {people} interviewers, {rooms} rooms", count, None, "statements", "–", "(target: the same)")


def _everybody_may_sit(people: int) -> None:
    """The round needs two of these people, whichever, and a room."""
    from mianyue.domain.organization.models import Employee
    from mianyue.domain.recruiting.models import Application, Round, SeatChoice

    job = Application.objects.get(code="A00000").job_id
    Round.objects.filter(job=job).update(mode=Round.Mode.ONSITE, needs_room=True, minutes=60)
    round_ = Round.objects.get(job=job, number=1)
    SeatChoice.objects.filter(round=round_).delete()
    SeatChoice.objects.bulk_create(
        SeatChoice(round=round_, seat=seat, place=place, employee=employee)
        for seat in (0, 1)
        for place, employee in enumerate(Employee.objects.order_by("code")[:people])
    )
