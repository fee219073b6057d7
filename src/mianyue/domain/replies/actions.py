"""Writing down what was said, what was understood, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from procrastinate.contrib.django import app

from mianyue.domain.replies.models import Heard
from mianyue.domain.replies.states import HeardState, sources


def keep(channel: str, vendor_id: str, **said: Any) -> tuple[Heard, bool]:
    """Keeps what was said, and promises to think about it, in the caller's transaction. The same again is the row there is."""
    heard, fresh = Heard.objects.get_or_create(channel=channel, vendor_id=vendor_id, defaults=said)
    if fresh and heard.state == HeardState.WAITING:
        app.configure_task("hear").defer(heard_id=str(heard.pk))
    return heard, fresh


def waiting(heard_id: UUID) -> Heard | None:
    """The row, locked, if nobody has thought about it yet."""
    return Heard.objects.select_for_update().filter(pk=heard_id, state=HeardState.WAITING).first()


def lock(heard_id: UUID) -> Heard:
    """The row, locked for the rest of the transaction. Raises DoesNotExist. Lock its interview first."""
    return Heard.objects.select_for_update().get(pk=heard_id)


def thought(heard: Heard, state: str, understood: dict[str, Any], done: Sequence[dict[str, Any]], now: datetime) -> None:
    """Writes down what was understood and done."""
    heard.state, heard.understood, heard.done, heard.thought_at = state, understood, list(done), now
    heard.save(update_fields=["state", "understood", "done", "thought_at"])


def move(heard: Heard, state: str, done: dict[str, Any] | None = None) -> bool:
    """Moves the row on, with one more thing done. False, changing nothing, where its state doesn't allow it."""
    if heard.state not in sources(state):
        return False
    heard.state, heard.done = state, [*heard.done, done] if done else heard.done
    heard.save(update_fields=["state", "done"])
    return True


def also(heard: Heard, done: dict[str, Any]) -> None:
    """Writes down one more thing that was done."""
    heard.done = [*heard.done, done]
    heard.save(update_fields=["done"])


def correct(heard: Heard, corrected_as: str, by: str, now: datetime) -> None:
    """Writes down that somebody understood it otherwise; ``by`` is a kind and an id."""
    heard.corrected_as, heard.corrected_by, heard.corrected_at = corrected_as, by, now
    heard.save(update_fields=["corrected_as", "corrected_by", "corrected_at"])


def answered(interview_id: UUID) -> int:
    """What was asked back about the interview has been answered by a tap. Returns how many questions that settles."""
    return Heard.objects.filter(interview_id=interview_id, state=HeardState.ASKED_BACK).update(state=HeardState.ACTED)
