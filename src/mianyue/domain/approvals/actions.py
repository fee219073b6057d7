"""Changing approvals: each change conditional on the state it starts from, so that a decision is made once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from mianyue.base.errors import NotFound, SomebodyWasFirst
from mianyue.domain.approvals.models import Approval, ApprovalStep, Delegation
from mianyue.domain.approvals.policy import Link
from mianyue.domain.approvals.states import STEPS, sources
from mianyue.domain.organization.models import Employee

State, Step = Approval.State, ApprovalStep.State


def begin(
    kind: str, subject_id: UUID, asker: Employee, facts: dict[str, Any], said: str, steps: Sequence[Link], now: datetime
) -> Approval:
    """A new approval whose first step is open."""
    approval = Approval.objects.create(kind=kind, subject_id=subject_id, asker=asker, facts=facts, said=said or None, opened_at=now)
    ApprovalStep.objects.bulk_create(
        ApprovalStep(
            approval=approval, number=number, role=role, approver_id=approver, state=Step.OPEN if number == 1 else Step.WAITING
        )
        for number, (role, approver) in enumerate(steps, 1)
    )
    return approval


def lock(approval_id: UUID) -> Approval:
    """The approval, which nobody else changes until the transaction ends. Raises NotFound."""
    found = Approval.objects.select_for_update(of=("self",)).select_related("asker__site").filter(pk=approval_id).first()
    if found is None:
        raise NotFound(f"There is no approval {approval_id}.", "Reload to see what waits.")
    return found


def open_step(approval: Approval) -> ApprovalStep | None:
    """The step whose turn it is; None once everything is decided."""
    return approval.steps.filter(state=Step.OPEN).select_related("approver").first()


def decide_step(step: ApprovalStep, state: str, decided_by: str, said: str, now: datetime) -> None:
    """Writes a decision down. Raises SomebodyWasFirst."""
    _change(step, state, decided_by=decided_by, decided_at=now)
    if said:
        step.said = said
        step.save(update_fields=["said"])


def go_on(approval: Approval, skipped: Sequence[UUID | None]) -> ApprovalStep | None:
    """Opens the next step, passing over those of ``skipped``, who have decided already. None: there is no further one."""
    for step in approval.steps.filter(state=Step.WAITING):
        if step.approver_id in skipped:
            _change(step, Step.SKIPPED)
            continue
        _change(step, Step.OPEN)
        return step
    return None


def close(approval: Approval, state: str, now: datetime) -> None:
    """Ends an approval; what is still to be decided is not needed any more. Raises SomebodyWasFirst."""
    if not Approval.objects.filter(pk=approval.pk, state__in=sources(state)).update(state=state, closed_at=now):
        raise SomebodyWasFirst("This has been decided already.", "Reload to see how.")
    approval.state, approval.closed_at = state, now
    approval.steps.filter(state__in=sources(Step.SKIPPED, STEPS)).update(state=Step.SKIPPED)


def hand_over(step: ApprovalStep, link: Link) -> None:
    """Somebody else decides this step, which has not been decided. Raises SomebodyWasFirst."""
    step.role, step.approver_id = link
    _change(step, step.state, role=link[0], approver_id=link[1])


def escalate(step: ApprovalStep, now: datetime) -> None:
    """From now on anybody of HR may decide this open step besides its approver. Raises SomebodyWasFirst."""
    _change(step, Step.OPEN, escalated_at=now)


def entrust(approver: Employee, deputy: Employee, first: date, last: date, now: datetime) -> Delegation:
    """From ``first`` to ``last`` the deputy decides in the approver's place, too."""
    return Delegation.objects.create(approver=approver, deputy=deputy, first_day=first, last_day=last, made_at=now)


def end_trust(delegation: Delegation, now: datetime) -> None:
    """The deputy decides no more. Raises SomebodyWasFirst."""
    if not Delegation.objects.filter(pk=delegation.pk, ended_at=None).update(ended_at=now):
        raise SomebodyWasFirst("This delegation has ended already.", "Nothing was changed.")
    delegation.ended_at = now


def _change(step: ApprovalStep, state: str, **changes: Any) -> None:
    """Conditional on the state the step comes from; staying in one is no transition."""
    origins = [state] if state == step.state else sources(state, STEPS)
    if not ApprovalStep.objects.filter(pk=step.pk, state__in=origins).update(state=state, **changes):
        raise SomebodyWasFirst("This step has been decided already.", "Reload to see how.")
    step.state = state
    for name, value in changes.items():
        setattr(step, name, value)
