"""What the tests of provisioning share: a source that fails on command, and people who passed."""

from __future__ import annotations

from collections import defaultdict, deque
from datetime import date, datetime
from typing import Any

from mianyue.domain.attendance.builtin import BuiltinAttendance
from mianyue.domain.attendance.models import Account, GroupMember, LedgerEntry, ShiftAssignment
from mianyue.domain.organization.models import Employee
from mianyue.domain.provisioning.models import Run, Step
from mianyue.domain.recruiting.models import Application, Candidate, Job
from mianyue.ports.attendance import AttendanceRefused, AttendanceUnavailable
from mianyue.workflows.provision.step import Step as Work

WRITES = {"account": "create_account", "shift": "assign_shift", "leave": "grant_leave"}
"""Which write of the source a step makes."""


class Killed(BaseException):
    """The process ends here: nothing after this line runs, nothing is written."""


class Troubled(BuiltinAttendance):
    """mianyue's own attendance behind a line that breaks: before the effect, after it, or for good."""

    def __init__(self) -> None:
        self.troubles: dict[tuple[str, str], deque[tuple[type[BaseException], bool]]] = defaultdict(deque)
        self.calls: list[tuple[str, str]] = []

    def will_fail(self, write: str, person: str, failure: type[BaseException], *, arrives: bool = False) -> None:
        self.troubles[write, person].append((failure, arrives))

    def create_account(self, account, now):
        return self._meet("create_account", account.person, lambda: BuiltinAttendance.create_account(self, account, now))

    def close_account(self, person, key, now):
        self._meet("close_account", person, lambda: BuiltinAttendance.close_account(self, person, key, now))

    def assign_shift(self, person, *rest):
        self._meet("assign_shift", person, lambda: BuiltinAttendance.assign_shift(self, person, *rest))

    def grant_leave(self, person, *rest, **more):
        self._meet("grant_leave", person, lambda: BuiltinAttendance.grant_leave(self, person, *rest, **more))

    def _meet(self, write: str, person: str, act) -> Any:
        self.calls.append((write, person))
        waiting = self.troubles[write, person]
        failure, arrives = waiting.popleft() if waiting else (None, True)
        told = act() if arrives else None
        if failure is not None:
            raise failure("This failure was asked for.")
        return told


class Stumbling(Work):
    """A step whose part in our own rooms fails on command: before it, or after it and before the commit."""

    def __init__(self, step: Work, troubles: dict[str, deque[tuple[type[BaseException], bool]]]) -> None:
        self.step, self.troubles = step, troubles
        self.name, self.needs, self.plans_anew = step.name, step.needs, step.plans_anew

    def plan(self, run, now):
        return self.step.plan(run, now)

    def do(self, run, plan, now):
        return self.step.do(run, plan, now)

    def undo(self, run, plan, now):
        self.step.undo(run, plan, now)

    def keep(self, run, plan, now):
        return self._meet(run, lambda: self.step.keep(run, plan, now))

    def forget(self, run, plan, now):
        self._meet(run, lambda: self.step.forget(run, plan, now))

    def _meet(self, run, act):
        waiting = self.troubles.get(f"{run.application_code}:{self.name}")
        failure, late = waiting.popleft() if waiting else (None, True)
        told = act() if late else None
        if failure is not None:
            raise failure("This failure was asked for.")
        return told


FAILURES = {
    "unavailable": (AttendanceUnavailable, False),
    "answer lost": (AttendanceUnavailable, True),
    "refused": (AttendanceRefused, False),
    "died before": (Killed, False),
    "died after": (Killed, True),
    "unforeseen": (RuntimeError, False),
    "unforeseen after": (RuntimeError, True),
}


def passed(code: str, job: Job) -> Application:
    """Somebody who passed and waits to be hired."""
    candidate = Candidate.objects.create(name=f"测试 {code}", email=f"{code.lower()}@example.cn", mobile=None)
    return Application.objects.create(
        code=code, candidate=candidate, job=job, round_number=1, language="zh-CN", time_zone="Asia/Shanghai", state="passed"
    )


def states(run: Run) -> dict[str, str]:
    """Each step's state."""
    return {step.name: step.state for step in Step.objects.filter(run=run)}


def belongings(code: str) -> dict[str, int]:
    """How many of everything a hire has."""
    employee = Employee.objects.filter(code=code)
    return {
        "employees": employee.count(),
        "accounts": Account.objects.filter(employee__code=code, closed_at=None).count(),
        "shifts": ShiftAssignment.objects.filter(employee__code=code).count(),
        "groups": GroupMember.objects.filter(employee__code=code).count(),
        "grants": LedgerEntry.objects.filter(account__employee__code=code, minutes__gt=0).count(),
        "minutes": sum(LedgerEntry.objects.filter(account__employee__code=code).values_list("minutes", flat=True)),
    }


def at(day: date, hour: int) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02}:00:00+08:00")
