"""Setting, cancelling and claiming timers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from mianyue.domain.timers.models import Timer


def set_timer(kind: str, subject_id: UUID, due_at: datetime, **facts: Any) -> Timer:
    """Promises ``kind`` for the subject at ``due_at``; part of the caller's transaction."""
    return Timer.objects.create(kind=kind, subject_id=subject_id, due_at=due_at, facts=facts)


def set_once(kind: str, subject_id: UUID, due_at: datetime, **facts: Any) -> bool:
    """Promises ``kind`` for the subject unless that is promised already, however late. Returns whether it was not.

    A timer that is being fired this moment is no promise: it may have looked before the caller's change could be seen. One that waits
    is kept waiting until the caller's transaction ends, so that it fires after it.
    """
    pending = Timer.objects.select_for_update(skip_locked=True).filter(kind=kind, subject_id=subject_id, state=Timer.State.PENDING)
    if pending.first() is not None:
        return False
    set_timer(kind, subject_id, due_at, **facts)
    return True


def cancel_timers(subject_id: UUID, now: datetime, kinds: Sequence[str] = ()) -> int:
    """Takes back what is still pending for the subject, of all kinds or of those named. Returns how many.

    A timer that another worker is firing this moment is left to it: that worker waits for the subject, which the caller holds, and
    then sees that there is nothing left to do. Waiting for one another would be a deadlock.
    """
    pending = Timer.objects.select_for_update(skip_locked=True).filter(subject_id=subject_id, state=Timer.State.PENDING)
    if kinds:
        pending = pending.filter(kind__in=kinds)
    return Timer.objects.filter(pk__in=[timer.pk for timer in pending]).update(state=Timer.State.CANCELLED, settled_at=now)


def claim_due(now: datetime, at_most: int = 100) -> list[Timer]:
    """Takes due timers for firing, oldest first, skipping those another worker holds. The caller's transaction must do their work:
    if it rolls back, they are due again."""
    due = list(
        Timer.objects.select_for_update(skip_locked=True)
        .filter(state=Timer.State.PENDING, due_at__lte=now)
        .order_by("due_at")[:at_most]
    )
    Timer.objects.filter(pk__in=[timer.pk for timer in due]).update(state=Timer.State.FIRED, settled_at=now)
    return due


def postpone(timer: Timer, now: datetime) -> None:
    """Puts a timer whose work failed back, doubling the wait with each failure, up to an hour."""
    failures = int(timer.facts.get("failures", 0)) + 1
    timer.facts = {**timer.facts, "failures": failures}
    timer.state, timer.settled_at = Timer.State.PENDING, None
    timer.due_at = now + min(timedelta(seconds=10) * 2 ** min(failures, 20), timedelta(hours=1))
    timer.save(update_fields=["facts", "state", "settled_at", "due_at"])


def note_done(key: UUID, kind: str, now: datetime) -> bool:
    """Remembers under ``key`` that something was done which is to be done once. False where it was remembered before."""
    done = {"kind": kind, "subject_id": key, "due_at": now, "state": Timer.State.FIRED, "settled_at": now}
    return Timer.objects.get_or_create(pk=key, defaults=done)[1]
