"""What every step of a provisioning run has: its pair of doing and taking back, each in a part at the source and a part here."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from mianyue.base.errors import Refused
from mianyue.domain.organization.models import Employee
from mianyue.domain.provisioning.models import Run

Plan = dict[str, Any]
"""Ids, codes and numbers; what stands in ``Step.result``."""


class Step:
    """One step. Each method may run twice, also when the time before it died after its effect and before anybody knew.

    The plan is made once and written down before the first effect, so that a repetition does the same under the same keys.
    """

    name: ClassVar[str]
    needs: ClassVar[tuple[str, ...]] = ()
    plans_anew: ClassVar[bool] = True
    """Whether a refusal means that nothing was done, so that the next attempt may go by what is true then."""

    def plan(self, run: Run, now: datetime) -> Plan:
        """What is to be done, found by reading alone."""
        return {}

    def do(self, run: Run, plan: Plan, now: datetime) -> Plan:
        """The part at the attendance source, outside any transaction. Returns what the source told, to be remembered."""
        return {}

    def keep(self, run: Run, plan: Plan, now: datetime) -> Plan:
        """The part in our own rooms, in the transaction that settles the step. Returns what is to be remembered."""
        return {}

    def undo(self, run: Run, plan: Plan, now: datetime) -> None:
        """Takes back the part at the source, outside any transaction; also where it is not known whether it was ever done."""

    def forget(self, run: Run, plan: Plan, now: datetime) -> None:
        """Takes back the part in our own rooms, in the transaction that settles the step."""


class NobodyToFollow(Refused):
    """Nobody in the company has a shift or an attendance group that a new hire could have too."""

    code = "no_team_shift"

    def __init__(self) -> None:
        super().__init__("There is no team to take the shift from.", "Give the hire a shift or a group, then try again.")


def hire_of(run: Run) -> Employee:
    """The employee of a run whose first step is done, read anew."""
    return Employee.objects.select_related("site").get(pk=run.employee_id)
