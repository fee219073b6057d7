"""Somebody will be away, or there after all: the interviews they were promised for are looked at again at once, not at the next round."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from procrastinate.contrib.django import app

from mianyue.base.interval import Interval
from mianyue.domain.interviews.queries import sittings
from mianyue.domain.security.actor import Actor


def mend_promises(employee_id: UUID, during: Interval, actor: Actor, now: datetime) -> bool:
    """Leaves the re-planning to a worker, where this person is to sit in an interview within ``during``. Inside the caller's
    transaction: it happens if, and only if, what they asked for is kept. Returns whether it will."""
    if not sittings([employee_id], during, now):
        return False
    app.configure_task("replan").defer(actor_kind=actor.kind, actor_id=actor.id)
    return True
