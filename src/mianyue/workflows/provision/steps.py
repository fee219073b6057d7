"""The steps of a provisioning run, in the order in which they are done; each waits for those it needs and for no other."""

from __future__ import annotations

from mianyue.workflows.provision.attending import GroupStep, RuleStep, ShiftStep
from mianyue.workflows.provision.person import AccountStep, EmployeeStep, FirstDayStep
from mianyue.workflows.provision.quotas import LeaveStep
from mianyue.workflows.provision.step import Step

STEPS: dict[str, Step] = {
    step.name: step for step in (EmployeeStep(), AccountStep(), GroupStep(), ShiftStep(), LeaveStep(), RuleStep(), FirstDayStep())
}


def needs() -> dict[str, tuple[str, ...]]:
    """What each step waits for, in their order."""
    return {name: step.needs for name, step in STEPS.items()}


def needed_by(name: str) -> list[str]:
    """The steps that need this one, which are taken back before it."""
    return [other for other, step in STEPS.items() if name in step.needs]
