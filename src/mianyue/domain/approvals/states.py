"""The life of an approval and of its steps as tables: what is not in them can't happen."""

from __future__ import annotations

from mianyue.domain.approvals.models import Approval, ApprovalStep

State, Step = Approval.State, ApprovalStep.State

TRANSITIONS: dict[str, frozenset[str]] = {
    State.PENDING: frozenset({State.APPROVED, State.REJECTED, State.CANCELLED}),
    # What lies ahead can still be taken back by whoever asked; a decision is never turned into the other one.
    State.APPROVED: frozenset({State.CANCELLED}),
    State.REJECTED: frozenset(),
    State.CANCELLED: frozenset(),
}

STEPS: dict[str, frozenset[str]] = {
    Step.WAITING: frozenset({Step.OPEN, Step.SKIPPED}),
    Step.OPEN: frozenset({Step.APPROVED, Step.REJECTED, Step.SKIPPED}),
    Step.APPROVED: frozenset(),
    Step.REJECTED: frozenset(),
    Step.SKIPPED: frozenset(),
}


def sources(target: str, table: dict[str, frozenset[str]] = TRANSITIONS) -> list[str]:
    """The states from which ``target`` can be reached."""
    return [state for state, targets in table.items() if target in targets]
