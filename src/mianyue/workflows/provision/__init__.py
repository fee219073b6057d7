"""From the hire to the first punch: a run of visible steps, each idempotent, retried, and taken back when the hire falls through."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from mianyue.base.errors import NotFound, Refused
from mianyue.domain.attendance.models import LeaveType, Punch
from mianyue.domain.desk.actions import settle
from mianyue.domain.desk.models import Task
from mianyue.domain.organization.actions import tell_worked_since
from mianyue.domain.organization.models import Employee
from mianyue.domain.provisioning import actions
from mianyue.domain.provisioning.models import Run, Step
from mianyue.domain.provisioning.queries import due, steps_of
from mianyue.domain.recruiting import actions as recruiting
from mianyue.domain.recruiting.models import Application
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import Actor
from mianyue.domain.timers.models import Timer
from mianyue.workflows.provision.going import PROVISION, go_on, wake
from mianyue.workflows.provision.quotas import annual_grant, by_law
from mianyue.workflows.provision.steps import STEPS

__all__ = [
    "PROVISION",
    "STEPS",
    "begin",
    "by_hand",
    "go_on",
    "go_on_later",
    "mend",
    "reverse",
    "set_worked_since",
    "sweep",
    "try_again",
]


PLANNING = ("group", "shift")
"""Steps whose earlier effect would stand beside the new one."""


def begin(hired: Application | Employee, first_day: date, actor: Actor, now: datetime, worked_since: date | None = None) -> Run:
    """The run of a hire, in the caller's transaction; ``go_on`` with it after the commit. Beginning again gives the same run.

    ``worked_since``: the first day of the hire's first job, if they told, for annual leave.
    """
    with transaction.atomic():
        application = hired if isinstance(hired, Application) else None
        run, fresh = actions.open_run(
            application_id=application and application.pk,
            application_code=application.code if application else "",
            employee=hired if isinstance(hired, Employee) else None,
            first_day=first_day,
            steps=list(STEPS),
            now=now,
        )
        if fresh:
            if worked_since is not None:
                _note_worked_since(run, worked_since)
            wake(run, now, now)
            record("provisioning.begun", run, actor, now, application=run.application_code, first_day=first_day.isoformat())
        return run


def reverse(run_id: UUID, actor: Actor, now: datetime) -> Run:
    """The hire fell through: everything the run did is taken back, in reverse order, as far as can be at once; a worker goes on with
    the rest. Again changes nothing. Raises NotFound, or Refused once the hire has punched: then they work here and leave as others do.
    """
    with transaction.atomic():
        run = _locked(run_id)
        if run.employee_id and Punch.objects.filter(employee=run.employee_id).exists():
            raise Refused("This hire has punched already.", "Set the last day at work instead.")
        if actions.move_run(run, Run.State.REVERSING, due_at=now, ended_at=None):
            actions.begin_taking_back(run)
            application = Application.objects.filter(pk=run.application_id).first()
            if application is not None:
                recruiting.fall_through(application)
            settle(run.pk, now, [Task.Kind.PROVISIONING, Task.Kind.FIRST_JOB])
            wake(run, now, now)
            record("provisioning.reversing", run, actor, now, application=run.application_code)
    return go_on(run_id, now)


def try_again(run_id: UUID, actor: Actor, now: datetime) -> Run:
    """A person saw to what was in the way: what was refused or failed is tried at once. Raises NotFound."""
    with transaction.atomic():
        run = _locked(run_id)
        names = [step.name for step in steps_of(run_id) if step.state == Step.State.REFUSED]
        if run.state == Run.State.REVERSING:
            actions.begin_taking_back(run)
        elif names:
            actions.again(run, names, anew=False)
        _due_at_once(run, now)
        record("provisioning.again", run, actor, now, application=run.application_code, steps=names)
    return go_on(run_id, now)


def by_hand(run_id: UUID, name: str, actor: Actor, now: datetime) -> Run:
    """A person did a step, or took it back, where attendance is kept; mianyue only writes down that it is so, and goes on.

    Raises NotFound, or Refused for a step that isn't waiting for that.
    """
    with transaction.atomic():
        run = _locked(run_id)
        row, step = Step.objects.filter(run=run, name=name).first(), STEPS.get(name)
        if row is None or step is None:
            raise NotFound(f"A run has no step {name!r}.", f"One of: {', '.join(STEPS)}.")
        back = run.state == Run.State.REVERSING
        if row.state not in (Step.State.REFUSED, Step.State.FAILED, Step.State.UNDOING):
            raise Refused(f"The step {name} is {row.state}.", "Only what failed or was refused can be done by hand.")
        if not back and not row.result.get("planned"):
            actions.planned(row, {**row.result, **step.plan(run, now), "planned": True})
        if back:
            step.forget(run, row.result, now)
            actions.move_step(row, Step.State.UNDOING)
            actions.move_step(row, Step.State.UNDONE, error_code="", error="")
        else:
            told = step.keep(run, row.result, now)
            actions.move_step(row, Step.State.DONE, done_at=now, error_code="", error="")
            actions.planned(row, {**row.result, **told, "by_hand": True})
        _due_at_once(run, now)
        record("provisioning.by_hand", run, actor, now, application=run.application_code, step=name)
    return go_on(run_id, now)


def mend(run_id: UUID, names: Collection[str], first_day: date, actor: Actor, now: datetime) -> Run:
    """Does those of these steps anew that were done, because what they did no longer stands or the first day moved, and goes on at
    once with what failed. What was refused waits for a person. Raises NotFound.
    """
    with transaction.atomic():
        run = _locked(run_id)
        Run.objects.filter(pk=run.pk).update(first_day=first_day)
        # A step that failed may have had its effect: it keeps its plan and its keys.
        anew = [row for row in steps_of(run_id) if row.name in names and row.state == Step.State.DONE]
        for row in anew:
            if row.name in PLANNING:
                STEPS[row.name].forget(run, row.result, now)
        if actions.again(run, [row.name for row in anew], anew=True):
            actions.move_run(run, Run.State.RUNNING, ended_at=None)
            record("provisioning.mended", run, actor, now, application=run.application_code, steps=[row.name for row in anew])
        _due_at_once(run, now)
    return go_on(run_id, now)


def set_worked_since(run_id: UUID, day: date, actor: Actor, now: datetime) -> Run:
    """HR learned since when the hire has worked: what annual leave that makes is granted, once, beside what was granted before.

    Raises NotFound; Refused where it was known already, or lies after the first day.
    """
    with transaction.atomic():
        run = _locked(run_id)
        if day > run.first_day:
            raise Refused("Nobody's first job begins after this one.", "Give the first day of the first job anywhere.")
        if run.employee is None:
            _note_worked_since(run, day)
            return run
        hire = Employee.objects.select_for_update(of=("self",)).select_related("site").get(pk=run.employee_id)
        if hire.worked_since is not None:
            raise Refused("It was told before.", "Correct the balance by an entry of its own.")
        tell_worked_since(hire, day)
        row = Step.objects.select_for_update().get(run=run, name="leave")
        annual = row.result.get("annual")
        if annual and annual.get("unknown"):
            kind = LeaveType.objects.get(name=annual["type"])
            grants = [*row.result["grants"], *annual_grant(run, hire, kind)]
            actions.planned(row, {**row.result, "annual": {"type": kind.name, **by_law(run, hire)}, "grants": grants})
            if actions.again(run, [row.name], anew=False):
                actions.move_run(run, Run.State.RUNNING, ended_at=None)
                _due_at_once(run, now)
        settle(run.pk, now, [Task.Kind.FIRST_JOB])
        record("employee.worked_since", hire, actor, now, application=run.application_code)
    return go_on(run_id, now)


def go_on_later(timer: Timer, now: datetime) -> None:
    """A run's timer is due: a worker goes on with it outside the timer's transaction, because vendors are called."""
    app.configure_task(PROVISION).defer(run_id=str(timer.subject_id))


def sweep(now: datetime, late: timedelta = timedelta(seconds=30), progress: Callable[[str], None] = lambda name: None) -> int:
    """Goes on with every run that no job will: those whose job was lost. ``late``: how long a job has had its chance.

    Returns how many runs there were.
    """
    waiting = due(now - late)
    for run_id in waiting:
        go_on(run_id, now)
        progress("")
    return len(waiting)


def _locked(run_id: UUID) -> Run:
    run = actions.lock(run_id)
    if run is None:
        raise NotFound("There is no such provisioning run.", "Look at the list of runs.")
    return run


def _due_at_once(run: Run, now: datetime) -> None:
    """To be gone on with now; a worker that is at it sees what changed when it is done."""
    if run.state not in (Run.State.DONE, Run.State.REVERSED):
        Run.objects.filter(pk=run.pk).update(due_at=now)
        wake(run, now, now)


def _note_worked_since(run: Run, day: date) -> None:
    row = Step.objects.get(run=run, name="employee")
    actions.planned(row, {**row.result, "worked_since": day.isoformat()})
