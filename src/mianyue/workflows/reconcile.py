"""Every night: whoever starts within a week and couldn't punch on the first day is found, mended, or put before a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from mianyue.domain.organization.models import Employee
from mianyue.domain.organization.queries import company
from mianyue.domain.provisioning import policy
from mianyue.domain.provisioning.models import Run
from mianyue.domain.provisioning.queries import coming, lacking, open_runs, unhired
from mianyue.domain.recruiting.models import Application
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import SYSTEM
from mianyue.workflows import provision
from mianyue.workflows.provision.going import put_before_person
from mianyue.workflows.provision.person import employee_code

NO_RUN, NO_EMPLOYEE, UNFINISHED, MOVED = "no_run", "no_employee", "unfinished", "first_day_moved"

STEPS_FOR = {"no_account": ("account", "rule"), "no_plan": ("group", "shift"), "no_rule": ("rule",)}
"""Which steps of a run bring what is lacking."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A hire who couldn't have punched on the first day: ``why`` (codes), and whether they can now."""

    employee: str
    application: str
    first_day: date
    why: tuple[str, ...]
    mended: bool
    left: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The finding as ``mianyue reconcile --json`` prints it."""
        return {
            "employee_id": self.employee or None,
            "application_id": self.application or None,
            "first_day": self.first_day.isoformat(),
            "why": list(self.why),
            "mended": self.mended,
            "left": list(self.left),
        }


def reconcile(now: datetime) -> list[Finding]:
    """Looks at every hire whose first day is within seven days, or has come while the run isn't done, and mends what is lacking.

    Begins the runs that are missing, goes on with those that stand still, and does steps anew whose effect is gone. What is lacking
    after that becomes a task. Not to be called inside a transaction: vendors are called.
    """
    here = company()
    today = now.astimezone(ZoneInfo(here.time_zone)).date()
    last = today + policy.LOOK_AHEAD
    hires = list(coming(today, last))
    people = {hire.pk: hire.hire_date for hire in hires}
    known = {run.employee_id: run for run in Run.objects.filter(employee__in=people)}
    before = lacking(people)
    wrong = {hire.pk: _why(hire, known.get(hire.pk), before[hire.pk]) for hire in hires}
    for hire in hires:
        if wrong[hire.pk]:
            _mend(hire, known.get(hire.pk), before[hire.pk], now)
    after = lacking({pk: people[pk] for pk, why in wrong.items() if why})
    found = [_finding(hire, wrong[hire.pk], after[hire.pk], now) for hire in hires if wrong[hire.pk]]
    seen = {hire.pk for hire in hires}
    found += [_overdue(run, now) for run in _others(last, seen, now)]
    mended = sum(one.mended for one in found)
    record("provisioning.reconciled", here, SYSTEM, now, found=len(found), mended=mended)
    return found


def _why(hire: Employee, run: Run | None, lacks: tuple[str, ...]) -> tuple[str, ...]:
    """What is wrong with somebody's first day, codes of ``policy.LACKING`` and of the run itself."""
    if run is None:
        return (NO_RUN, *lacks)
    moved = (MOVED,) if run.first_day != hire.hire_date else ()
    unfinished = (UNFINISHED,) if run.state != Run.State.DONE else ()
    return (*moved, *lacks) if moved or lacks else unfinished


def _mend(hire: Employee, run: Run | None, lacks: tuple[str, ...], now: datetime) -> None:
    if run is None:
        run = provision.begin(_application_of(hire) or hire, hire.hire_date, SYSTEM, now)
        provision.go_on(run.pk, now)
        return
    names = [name for code in lacks for name in STEPS_FOR.get(code, ())]
    if run.first_day != hire.hire_date:
        names += ["group", "shift", "rule", "first_day"]
    # Steps that are still to do go on by themselves: only what was done and is gone is done anew.
    provision.mend(run.pk, sorted(set(names)), hire.hire_date, SYSTEM, now)


def _finding(hire: Employee, why: tuple[str, ...], left: tuple[str, ...], now: datetime) -> Finding:
    run = Run.objects.get(employee=hire)
    unfinished = (UNFINISHED,) if not left and run.state != Run.State.DONE else ()
    if left or unfinished:
        put_before_person(run.pk, left, now)
    return Finding(hire.code, run.application_code, hire.hire_date, why, not left and not unfinished, (*left, *unfinished))


def _others(last: date, seen: Iterable[UUID], now: datetime) -> list[Run]:
    """Runs of hires who have no employee yet or whose first day has passed; and those of applications that were hired without a run."""
    for application in unhired():
        employee = Employee.objects.filter(code=employee_code(application.code)).first()
        first_day = (employee and employee.hire_date) or now.astimezone(ZoneInfo(application.job.site.time_zone)).date()
        provision.begin(application, first_day, SYSTEM, now)
    return [run for run in open_runs(last) if run.employee_id not in set(seen)]


def _overdue(run: Run, now: datetime) -> Finding:
    why = (UNFINISHED,) if run.employee_id else (NO_EMPLOYEE,)
    run = provision.mend(run.pk, [], run.first_day, SYSTEM, now)
    mended = run.state == Run.State.DONE
    if not mended:
        put_before_person(run.pk, (), now)
    code = run.employee.code if run.employee else ""
    return Finding(code, run.application_code, run.first_day, why, mended, () if mended else (UNFINISHED,))


def _application_of(hire: Employee) -> Application | None:
    """The application this employee grew from, if it was here."""
    hired = Application.objects.filter(state=Application.State.HIRED)
    return next((a for a in hired.filter(code=hire.code.removeprefix("N-")) if employee_code(a.code) == hire.code), None)
