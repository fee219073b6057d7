"""The life of an interview as a table: what is not in it can't happen."""

from __future__ import annotations

from django.db.models import TextChoices


class InterviewState(TextChoices):
    TENTATIVE = "tentative", "Tentatively held"
    OFFERED = "offered", "Waiting for the candidate"
    BOOKED = "booked", "Booked"
    FINISHED = "finished", "Finished"
    DECLINED = "declined", "Declined by the candidate"
    CANCELLED = "cancelled", "Cancelled"
    SILENT = "silent", "No answer"
    RELEASED = "released", "Released"


class OptionState(TextChoices):
    HELD = "held", "Held"
    CHOSEN = "chosen", "Chosen"
    RELEASED = "released", "Released"


class ClaimState(TextChoices):
    HOLD = "hold", "Held"
    BOOKED = "booked", "Booked"
    RELEASED = "released", "Released"


LIVE = [InterviewState.TENTATIVE, InterviewState.OFFERED, InterviewState.BOOKED]
"""States in which an application needs no further invitation."""

TRANSITIONS: dict[str, frozenset[str]] = {
    InterviewState.TENTATIVE: frozenset({InterviewState.OFFERED, InterviewState.RELEASED, InterviewState.CANCELLED}),
    InterviewState.OFFERED: frozenset(
        {InterviewState.OFFERED, InterviewState.BOOKED, InterviewState.DECLINED, InterviewState.SILENT, InterviewState.CANCELLED}
    ),
    InterviewState.BOOKED: frozenset(
        {InterviewState.BOOKED, InterviewState.OFFERED, InterviewState.FINISHED, InterviewState.DECLINED, InterviewState.CANCELLED}
    ),
    InterviewState.FINISHED: frozenset(),
    InterviewState.DECLINED: frozenset(),
    InterviewState.CANCELLED: frozenset(),
    InterviewState.SILENT: frozenset(),
    InterviewState.RELEASED: frozenset(),
}


def sources(target: str) -> list[str]:
    """The states from which ``target`` can be reached."""
    return [state for state, targets in TRANSITIONS.items() if target in targets]
