"""Reading what was said."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from mianyue.domain.replies.models import Heard
from mianyue.domain.replies.states import HeardState


def said_since(interview_id: UUID, since: datetime, channel: str) -> int:
    """How many things were said about the interview on that channel."""
    return Heard.objects.filter(interview_id=interview_id, channel=channel, received_at__gt=since).count()


def newest_asked(interview_id: UUID, standing: str) -> Heard | None:
    """The newest question back that still waits for a tap, and was asked as the interview stands now."""
    asked = Heard.objects.filter(interview_id=interview_id, state=HeardState.ASKED_BACK, standing=standing)
    return asked.order_by("-received_at").first()


def of_interview(heard_id: UUID, interview_id: UUID, candidate_id: UUID) -> Heard | None:
    """What this candidate said about this interview under that id."""
    return Heard.objects.filter(pk=heard_id, interview_id=interview_id, candidate_id=candidate_id).first()


def left_waiting(received_before: datetime, at_most: int = 100) -> list[Heard]:
    """What nobody has thought about since then, oldest first."""
    return list(Heard.objects.filter(state=HeardState.WAITING, received_at__lte=received_before).order_by("received_at")[:at_most])


def waits_for_person(application_code: str) -> bool:
    """Whether anything said about the application still waits for a person."""
    return Heard.objects.filter(application_code=application_code, state=HeardState.WITH_PERSON).exists()
