"""The worker: does the jobs, fires the timers, and sweeps up what a killed worker left behind. Run as many as you like."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from procrastinate.contrib.django import app
from procrastinate.jobs import DeleteJobCondition

from mianyue.domain.security.actor import SYSTEM
from mianyue.workflows import deliver, hear, hear_mail, matching, nightly, provision, read_scan, watch
from mianyue.workflows.attendance.days import derive_latest
from mianyue.workflows.replan import replan

log = logging.getLogger(__name__)

EVERY = 1.0
"""Seconds between two looks at what is due."""
RESCUE_EVERY = 30.0
PROVISION_EVERY = 10.0
HEAR_EVERY = 10.0
"""Seconds between two looks for what candidates said that no job thought about."""
NIGHTLY_EVERY = 600.0
"""Seconds between two looks at whether the night's acts were done: see workflows.nightly."""
DAYS_EVERY = 1800.0
"""Seconds between two looks at whose yesterday has ended: midnight is at another time on every clock."""
MAIL_EVERY = 60.0
"""Seconds between two looks into the mailbox on a server; a folder of this machine is looked into at each turn."""
REPLAN_EVERY = 900.0
"""Seconds between two looks at whether every promise still holds: imports and declines are looked at right away anyway."""
CONCURRENCY = 8
"""Letters sent at once; each keeps a connection to the mail server."""


def run() -> None:
    """Works until SIGINT or SIGTERM, then finishes what it is doing and returns."""
    stopping = threading.Event()
    loops = [
        threading.Thread(target=_again_and_again, args=(watch.tick, stopping), name="timers", daemon=True),
        threading.Thread(target=_again_and_again, args=(deliver.sweep, stopping), name="sweep", daemon=True),
        threading.Thread(target=_again_and_again, args=(hear.sweep, stopping, HEAR_EVERY), name="replies", daemon=True),
        threading.Thread(target=_again_and_again, args=(keep_promises, stopping, REPLAN_EVERY), name="promises", daemon=True),
        threading.Thread(target=_again_and_again, args=(provision.sweep, stopping, PROVISION_EVERY), name="hires", daemon=True),
        threading.Thread(target=_again_and_again, args=(derive_latest, stopping, DAYS_EVERY), name="days", daemon=True),
        threading.Thread(target=_again_and_again, args=(nightly.run_nightly, stopping, NIGHTLY_EVERY), name="nightly", daemon=True),
        *_mail_loop(stopping),
    ]
    for loop in loops:
        loop.start()
    try:
        asyncio.run(_work())
    finally:
        stopping.set()
        for loop in loops:
            loop.join(timeout=10)


def _mail_loop(stopping: threading.Event) -> list[threading.Thread]:
    """What reads answers by mail; nothing where no mailbox is set."""
    if not settings.MIANYUE_MAILBOX:
        return []
    every = EVERY if settings.MIANYUE_MAILBOX == "maildir" else MAIL_EVERY
    return [threading.Thread(target=_again_and_again, args=(hear_mail.sweep, stopping, every), name="mail", daemon=True)]


def run_once(now: datetime) -> None:
    """Mends broken promises, hears what came by mail, reads and matches what an import brought, derives yesterday's attendance, fires
    every timer that is due, goes on with every hire and makes every delivery that waits, until nothing is left to do."""
    keep_promises(now)
    hear_mail.sweep(now)
    read_scan.read_waiting(now)
    matching.match_waiting(now)
    derive_latest(now)
    nightly.run_nightly(now)
    none = timedelta(0)
    while watch.tick(now) + hear.sweep(now, none) + deliver.sweep(now, none) + provision.sweep(now, none):
        pass


def keep_promises(now: datetime) -> int:
    """Mends what no longer holds. Returns how many interviews it was. Several workers may do so at once: each interview is locked."""
    return len(replan(SYSTEM, now))


async def _work() -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as worker_app:
        async with worker_app.open_async():
            rescue = asyncio.create_task(_rescue(worker_app))
            # One at a time: a search, a scan, a match takes a core for as long as it may, and letters must not wait for it.
            plans = asyncio.create_task(_do(worker_app, "plans", concurrency=1, grace=1, install_signal_handlers=False))
            try:
                await _do(worker_app, "letters", concurrency=CONCURRENCY, grace=20)
            finally:
                rescue.cancel()
                plans.cancel()
                await asyncio.gather(plans, return_exceptions=True)


async def _do(worker_app, queue: str, concurrency: int, grace: float, **more: bool) -> None:
    """Works on one queue until told to stop, and then for ``grace`` seconds more at most."""
    await worker_app.run_worker_async(
        name=f"mianyue-{queue}-{threading.get_native_id()}",
        queues=[queue],
        concurrency=concurrency,
        wait=True,
        delete_jobs=DeleteJobCondition.ALWAYS,
        shutdown_graceful_timeout=grace,
        **more,
    )


async def _rescue(worker_app) -> None:
    """Jobs whose worker died are done again: each begins by asking its row whether anything is left to do."""
    while True:
        await asyncio.sleep(RESCUE_EVERY)
        try:
            for job in await worker_app.job_manager.get_stalled_jobs():
                await worker_app.job_manager.retry_job(job)
        except Exception:
            log.exception("Could not look for stalled jobs; trying again.")


def _again_and_again(step: Callable[[datetime], int], stopping: threading.Event, every: float = EVERY) -> None:
    while not stopping.wait(every):
        try:
            close_old_connections()
            step(settings.CLOCK.now())
        except DatabaseError as error:
            log.warning("The database does not answer (%s); trying again.", type(error).__name__)
            connection.close()
        except Exception:
            log.exception("%s failed; it is tried again.", step.__name__)
