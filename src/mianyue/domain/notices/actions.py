"""The life of a delivery: claimed before the call, settled after it, repeated by the rules and never twice at once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from mianyue.domain.notices.models import Delivery, Notice
from mianyue.domain.notices.purposes import Purpose


def claim(delivery_id: UUID, now: datetime) -> Delivery | None:
    """Takes a queued delivery for sending. None when it isn't due, or somebody else was first."""
    taken = Delivery.objects.filter(pk=delivery_id, state=Delivery.State.QUEUED, due_at__lte=now).update(
        state=Delivery.State.SENDING, started_at=now
    )
    return Delivery.objects.select_related("notice").get(pk=delivery_id) if taken else None


def settle(delivery: Delivery, state: str, now: datetime, *, code: str = "", error: str = "", reference: str = "") -> bool:
    """Writes down how a claimed delivery ended. False when its outcome was already written (it had been given up as unknown)."""
    return bool(
        Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.SENDING).update(
            state=state, settled_at=now, error_code=code, error=error[:300], reference=reference[:200]
        )
    )


def try_again(delivery: Delivery, due_at: datetime, *, repeats_unknown: bool = False) -> Delivery:
    """A further attempt of the same notice, as a row of its own."""
    return Delivery.objects.create(
        notice_id=delivery.notice_id,
        attempt=delivery.attempt + 1,
        due_at=due_at,
        repeats_unknown=repeats_unknown or delivery.repeats_unknown,
    )


def refuse_waiting(subject_id: UUID, now: datetime) -> int:
    """Takes back every letter about the subject that hasn't left yet: it is no longer true. Returns how many.

    Except that something is off: whoever was told of it before must still hear that, whatever happened since.
    """
    waiting = Delivery.objects.filter(notice__subject_id=subject_id, state=Delivery.State.QUEUED)
    return waiting.exclude(notice__purpose__in=[p for p in Purpose if p.cancels]).update(state=Delivery.State.STALE, settled_at=now)


def was_told(subject_id: UUID, recipient_id: UUID) -> bool:
    """Whether anything about the subject has left for that person, or may have."""
    may_have_left = [Delivery.State.SENDING, Delivery.State.ACCEPTED, Delivery.State.UNKNOWN]
    told = Delivery.objects.filter(notice__subject_id=subject_id, notice__recipient_id=recipient_id, state__in=may_have_left)
    return told.exclude(notice__purpose__in=[p for p in Purpose if p.cancels]).exists()


def give_up_lost(started_before: datetime, now: datetime) -> list[Delivery]:
    """Deliveries whose worker vanished while sending become unknown, within the caller's transaction, each for one caller only."""
    lost = list(
        Delivery.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("notice")
        .filter(state=Delivery.State.SENDING, started_at__lt=started_before)
    )
    for delivery in lost:
        settle(delivery, Delivery.State.UNKNOWN, now, code="worker_vanished")
    return lost


def overdue(due_before: datetime, at_most: int = 500) -> list[Delivery]:
    """Queued deliveries whose job must have been lost, oldest first."""
    return list(Delivery.objects.filter(state=Delivery.State.QUEUED, due_at__lte=due_before).order_by("due_at")[:at_most])


def message_id(notice: Notice) -> str:
    """The Message-ID of every attempt of this notice (RFC 5322 §3.6.4), without brackets."""
    return f"{notice.pk}@mianyue"
