"""What is done once a day while the company sleeps. An act is one line in ``NIGHTLY``; each is safe to run twice and at once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, time
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from mianyue.domain.organization.models import Company
from mianyue.domain.timers.actions import note_done
from mianyue.domain.timers.models import Timer
from mianyue.workflows.attendance.compensate import compensate
from mianyue.workflows.attendance.expire_leave import expire_leave
from mianyue.workflows.reconcile import reconcile
from mianyue.workflows.requests.chase import replace_who_left
from mianyue.workflows.word import drop_forgotten

log = logging.getLogger(__name__)

BEGINS = time(2)
"""By the company's clock: a day's acts are done after this, whenever a worker first looks."""

KIND = "nightly"

Act = Callable[[datetime], object]

NIGHTLY: tuple[Act, ...] = (reconcile, compensate, expire_leave, replace_who_left, drop_forgotten)


def run_nightly(now: datetime) -> int:
    """Does each of today's acts that isn't done yet, by the company's date, and remembers it. Returns how many were done.

    An act that fails doesn't hold up the others and is tried again when the worker looks next.
    """
    company = Company.objects.first()
    if company is None:
        return 0
    here = now.astimezone(ZoneInfo(company.time_zone))
    if here.time() < BEGINS:
        return 0
    done = 0
    for act in NIGHTLY:
        key = _key(act, here.date().isoformat())
        if Timer.objects.filter(pk=key).exists():
            continue
        try:
            act(now)
        except Exception:  # the night's other acts must not wait for this one
            log.exception("The nightly act %s failed and will be tried again.", act.__name__)
            continue
        note_done(key, KIND, now)
        done += 1
    return done


def _key(act: Act, day: str) -> UUID:
    """The row that says that ``act`` was done on ``day``."""
    return uuid5(NAMESPACE_URL, f"mianyue:nightly:{act.__module__}.{act.__name__}:{day}")
