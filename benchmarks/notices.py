"""Notices a second over real SMTP, against a bare loop that sends the same bytes to the same server."""

from __future__ import annotations

import multiprocessing
import os
import smtplib
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

from benchmarks.harness import Row

THREADS = 8


class _Take:
    async def handle_DATA(self, server, session, envelope) -> str:
        return "250 OK"


def _serve(port: int) -> None:
    from aiosmtpd.controller import Controller

    Controller(_Take(), hostname="127.0.0.1", port=port).start()
    time.sleep(600)


def run(home: Path) -> list[Row]:
    """Delivers every queued letter from eight threads, then sends as many of the same size without us. Needs queued letters."""
    from django.conf import settings

    from mianyue.adapters.channels.email import EmailChannel, compose
    from mianyue.domain.notices import actions
    from mianyue.domain.notices.models import Delivery
    from mianyue.ports import registry
    from mianyue.ports.channel import Message
    from mianyue.workflows.deliver import deliver

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(port,), daemon=True)
    server.start()
    _wait_for(port)
    os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
    registry.register("channel", "email", "mianyue.adapters.channels.email:EmailChannel")
    queued = list(Delivery.objects.filter(state=Delivery.State.QUEUED, notice__channel="email").select_related("notice"))
    now = settings.CLOCK.now() + timedelta(seconds=1)
    ours = _per_second(lambda delivery: deliver(delivery.pk, now), queued)
    notice = queued[0].notice
    content = (
        compose(
            Message(
                key=actions.message_id(notice),
                to=notice.address,
                to_name="x",
                subject=notice.title,
                text=notice.text,
                html=notice.html or "",
            ),
            ("bench", "bench@example.com"),
            now,
        )
        .message()
        .as_bytes(linesep="\r\n")
    )

    def bare(share: list[object]) -> None:
        with smtplib.SMTP("127.0.0.1", port) as connection:
            for _ in share:
                connection.sendmail("bench@example.com", ["x@example.com"], content)

    shares = [queued[n::THREADS] for n in range(THREADS)]
    start = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(bare, shares))
    floor = len(queued) / (time.perf_counter() - start)
    server.terminate()
    assert issubclass(registry.plug_class("channel", "email"), EmailChannel)
    return [
        Row(
            f"notices by {THREADS} threads, recorded before and after",
            ours,
            floor,
            "per second",
            f"bare SMTP loop, {len(content)} bytes each",
        )
    ]


def _wait_for(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)


def _per_second(call, work: list) -> float:
    start = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(call, work))
    return len(work) / (time.perf_counter() - start)
