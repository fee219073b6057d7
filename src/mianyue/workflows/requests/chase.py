"""Decisions that nobody makes: the approver is reminded, HR may decide too, and whoever has left is replaced."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mianyue.domain.approvals import actions
from mianyue.domain.approvals.models import Approval, ApprovalStep
from mianyue.domain.approvals.queries import open_steps
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import SYSTEM
from mianyue.domain.timers.models import Timer
from mianyue.workflows.requests.approve import pass_on
from mianyue.workflows.staff import tell as tell_staff


def remind_approver(timer: Timer, now: datetime) -> None:
    """A day has passed: whoever's turn it still is hears of it again."""
    approval, step = _still_open(timer)
    if step is None or pass_on(approval, step, now):
        return
    tell_staff.approval_reminder(approval, now)
    record("approval.reminded", approval, SYSTEM, now, kind=approval.kind, step=step.number)


def open_to_hr(timer: Timer, now: datetime) -> None:
    """Three days have passed: besides the approver anybody of HR may decide it at the console."""
    approval, step = _still_open(timer)
    if step is None or pass_on(approval, step, now):
        return
    actions.escalate(step, now)
    record("approval.escalated", approval, SYSTEM, now, kind=approval.kind, step=step.number)


def replace_who_left(now: datetime) -> int:
    """Gives the steps of people who left, or can't be reached any more, to whoever comes next. Returns how many."""
    passed = 0
    for seen in open_steps():
        with transaction.atomic():
            approval = actions.lock(seen.approval_id)
            step = actions.open_step(approval)
            passed += step is not None and step.pk == seen.pk and pass_on(approval, step, now)
    return passed


def _still_open(timer: Timer) -> tuple[Approval, ApprovalStep | None]:
    """The approval, locked, and its open step, if that is still the one the timer was set for."""
    approval = actions.lock(timer.subject_id)
    step = actions.open_step(approval)
    return approval, step if step is not None and step.number == timer.facts["step"] else None
