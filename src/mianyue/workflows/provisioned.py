"""How a hire stands, as the command line and the API print it."""

from __future__ import annotations

from typing import Any

from mianyue.domain.attendance.models import Account
from mianyue.domain.provisioning.models import Run
from mianyue.domain.provisioning.queries import steps_of


def provisioned(run: Run) -> dict[str, Any]:
    """``account``: whose it is and the shift, or None while attendance hasn't opened it; ``provisioning``: the run, step by step."""
    account = Account.objects.select_related("employee", "shift").filter(employee=run.employee_id, closed_at=None).first()
    shift = account.shift.code if account and account.shift else None
    return {
        "account": {"employee_id": account.employee.code, "shift_id": shift} if account else None,
        "provisioning": {
            "state": run.state,
            "first_day": run.first_day.isoformat(),
            "steps": {step.name: step.state for step in steps_of(run.pk)},
        },
    }
