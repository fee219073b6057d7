"""Reading what people have been told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from mianyue.domain.notices.models import Delivery, Notice

_TOLD = [Delivery.State.QUEUED, Delivery.State.SENDING, Delivery.State.ACCEPTED, Delivery.State.UNKNOWN]


def said_to(subject_id: UUID, recipient_id: UUID, words: Iterable[str]) -> bool:
    """Whether a letter about the subject that has reached the person, or may, says one of the ``words`` (a name, a room)."""
    letters = Notice.objects.filter(subject_id=subject_id, recipient_id=recipient_id, deliveries__state__in=_TOLD).distinct()
    sought = [word for word in words if word]
    return any(word in letter.text for letter in letters for word in sought)


def last_written(recipient_id: UUID, purpose: str) -> datetime | None:
    """When the newest letter of that purpose was written to the person that has reached them, or may yet."""
    may_reach = [*_TOLD, Delivery.State.FAILED]
    letters = Notice.objects.filter(recipient_id=recipient_id, purpose=purpose, deliveries__state__in=may_reach)
    return letters.order_by("-created_at").values_list("created_at", flat=True).first()


def waiting_for(subject_id: UUID, recipient_id: UUID) -> set[str]:
    """The purposes of the letters about the subject that have not yet left for the person."""
    waiting = Notice.objects.filter(subject_id=subject_id, recipient_id=recipient_id, deliveries__state=Delivery.State.QUEUED)
    return set(waiting.values_list("purpose", flat=True))


def written_since(recipient_id: UUID, purposes: Iterable[str], since: datetime) -> int:
    """How many letters of these purposes were written to the person."""
    return Notice.objects.filter(recipient_id=recipient_id, purpose__in=list(purposes), created_at__gt=since).count()
