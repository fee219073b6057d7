"""Going on with a run: each step that is ready is tried once, what failed comes back later and later, what can't be done asks a person."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mianyue.base.errors import MianyueError, Refused, SomebodyWasFirst
from mianyue.domain.desk.actions import ask, settle
from mianyue.domain.desk.models import Task
from mianyue.domain.organization.queries import company
from mianyue.domain.provisioning import actions, policy
from mianyue.domain.provisioning.models import Run
from mianyue.domain.provisioning.models import Step as Row
from mianyue.domain.provisioning.queries import steps_of
from mianyue.domain.provisioning.states import TO_DO
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import SYSTEM
from mianyue.domain.timers.actions import cancel_timers, set_timer
from mianyue.ports.attendance import AttendanceRefused
from mianyue.workflows.deliver import backoff
from mianyue.workflows.provision.step import Step
from mianyue.workflows.provision.steps import STEPS, needed_by, needs

log = logging.getLogger(__name__)

PROVISION = "provision"
"""The timer that goes on with a run."""

RowState = Row.State
RunState = Run.State


def go_on(run_id: UUID, now: datetime) -> Run:
    """Tries every step of a run that is ready, or takes back every step that can be. Returns the run as it stands.

    Does nothing where the run isn't due or somebody else is at it. Must not be called inside a transaction: vendors are called.
    """
    with transaction.atomic():
        run = actions.hold(run_id, now)
        if run is not None:
            wake(run, run.due_at, now)  # should this process die, the run is gone on with all the same
    while run is not None:
        (_take_back if run.state == RunState.REVERSING else _carry_on)(run, now)
        run = _settled(run, now)
    return Run.objects.select_related("employee").get(pk=run_id)


def wake(run: Run, at: datetime | None, now: datetime) -> None:
    """Sets the run's one timer anew, or with None ends it; part of the caller's transaction."""
    cancel_timers(run.pk, now, [PROVISION])
    if at is not None:
        set_timer(PROVISION, run.pk, at)


def _carry_on(run: Run, now: datetime) -> None:
    for name, step in STEPS.items():
        rows = {row.name: row for row in steps_of(run.pk)}
        if rows[name].state not in TO_DO or name not in policy.ready(needs(), _done(rows.values())):
            continue
        row = rows[name]
        if not actions.attempted(row, now):
            continue  # it was settled, or the run is being taken back
        _tried(row, RowState.FAILED, lambda step=step, row=row: _do(step, run, row, now))
        if row.state == RowState.REFUSED and step.plans_anew:
            actions.planned(row, {})


def _do(step: Step, run: Run, row: Row, now: datetime) -> None:
    # What stands there from before may have had its effect: it is repeated as it is. A hint from the beginning is no plan yet.
    if not row.result.get("planned"):
        actions.planned(row, {**row.result, **step.plan(run, now), "planned": True})
    told = step.do(run, row.result, now)
    with transaction.atomic():
        # Where the plan was changed meanwhile, what it says now is still to be done.
        if actions.is_planned(row) and actions.move_step(row, RowState.DONE, done_at=now, error_code="", error=""):
            told = {**told, **step.keep(run, row.result, now)}
            actions.planned(row, {**row.result, **told})
            record("provisioning.step", run, SYSTEM, now, application=run.application_code, step=row.name, attempts=row.attempts)


def _take_back(run: Run, now: datetime) -> None:
    for name in reversed(STEPS):
        rows = {row.name: row for row in steps_of(run.pk)}
        row = rows[name]
        waiting = any(rows[other].state not in (RowState.UNDONE, RowState.REFUSED) for other in needed_by(name))
        if row.state == RowState.UNDOING and not waiting and actions.attempted(row, now):
            _tried(row, RowState.UNDOING, lambda name=name, row=row: _undo(STEPS[name], run, row, now))


def _undo(step: Step, run: Run, row: Row, now: datetime) -> None:
    step.undo(run, row.result, now)
    with transaction.atomic():
        if actions.move_step(row, RowState.UNDONE, error_code="", error=""):
            step.forget(run, row.result, now)
            record("provisioning.step_undone", run, SYSTEM, now, application=run.application_code, step=row.name)


def _tried(row: Row, failing: str, act: Callable[[], None]) -> None:
    """Makes one attempt. Whatever it meets is written to its row, and the next step is tried."""
    try:
        act()
    except (SomebodyWasFirst, AttendanceRefused, Refused) as error:
        refused = not isinstance(error, SomebodyWasFirst)
        actions.failed(row, RowState.REFUSED if refused else failing, error.code, str(error))
    except MianyueError as error:
        actions.failed(row, failing, error.code, str(error))
    except Exception as error:  # one step that chokes must not keep the others, least of all the account, from being done
        log.exception("Step %s of run %s failed in an unforeseen way.", row.name, row.run_id)
        actions.failed(row, failing, "unforeseen", type(error).__name__)


def _settled(run: Run, now: datetime) -> Run | None:
    """Lets go of the run, with what is to happen next. Returns it where it has to be gone on with at once, in the other direction."""
    with transaction.atomic():
        locked = actions.lock(run.pk)
        if locked is None:
            return None
        if locked.state == RunState.REVERSING != run.state:
            return locked
        rows = steps_of(run.pk)
        ended = RowState.UNDONE if locked.state == RunState.REVERSING else RowState.DONE
        if all(row.state == ended for row in rows):
            _ended(locked, now)
            return None
        due = _next(rows, now)
        actions.let_go(locked, due)
        wake(locked, due, now)
        _ask_perhaps(locked, rows, now)
        return None


def _ended(run: Run, now: datetime) -> None:
    to = RunState.REVERSED if run.state == RunState.REVERSING else RunState.DONE
    actions.move_run(run, to, ended_at=now)
    actions.let_go(run, None)
    wake(run, None, now)
    settle(run.pk, now, [Task.Kind.PROVISIONING])
    record(f"provisioning.{to}", run, SYSTEM, now, application=run.application_code)


def _next(rows: Sequence[Row], now: datetime) -> datetime | None:
    """When to go on: after a wait that doubles with the failures of the step that has the fewest; never, where none is to be repeated."""
    failures = [row.attempts for row in rows if row.state in (RowState.FAILED, RowState.UNDOING) and row.attempts]
    ready = set(policy.ready(needs(), _done(rows)))
    if any(row.state == RowState.WAITING and row.name in ready for row in rows):
        return now  # a person asked for it meanwhile
    return now + backoff(min(failures)) if failures else None


def _ask_perhaps(run: Run, rows: Sequence[Row], now: datetime) -> None:
    """Puts a run that can't be done, or not in time, before a person; it is tried on all the same. Whoever closes the task is asked
    again only when something new happens: another refusal, or another row of failures."""
    waiting = [row for row in rows if row.error_code]
    zone = run.employee.site.time_zone if run.employee else company().time_zone
    urgent = run.state != RunState.REVERSING and policy.is_urgent(run.first_day, zone, now)
    refused = any(row.state == RowState.REFUSED for row in rows)
    if not policy.asks_person((row.attempts for row in waiting), refused, urgent):
        return
    enough = policy.FAILURES_BEFORE_ASKING
    fresh = any(row.tried_at == now and (row.state == RowState.REFUSED or row.attempts == enough) for row in waiting)
    if _is_stuck_now(run) or fresh or _open_task(run) is not None:
        _ask(run, rows, now)


def put_before_person(run_id: UUID, lacks: Sequence[str], now: datetime) -> None:
    """A hire of whom something is still lacking for the first punch becomes a task, whether or not it was one before."""
    with transaction.atomic():
        run = actions.lock(run_id)
        if run is not None:
            _is_stuck_now(run)
            _ask(run, steps_of(run_id), now, lacks)


def _is_stuck_now(run: Run) -> bool:
    """Whether the run needs a person from now on and didn't before. One that is being taken back stays what it is."""
    return run.state == RunState.RUNNING and actions.move_run(run, RunState.STUCK)


def _open_task(run: Run) -> Task | None:
    return Task.objects.filter(kind=Task.Kind.PROVISIONING, subject_id=run.pk, state=Task.State.OPEN).first()


def _ask(run: Run, rows: Iterable[Row], now: datetime, lacks: Sequence[str] = ()) -> None:
    why = [{"step": row.name, "code": row.error_code} for row in rows if row.error_code]
    facts = {"run": str(run.pk), "first_day": run.first_day.isoformat(), "failed": why}
    if run.employee_id:
        facts["employee"] = str(run.employee_id)
    if lacks:
        facts["lacking"] = list(lacks)
    known = _open_task(run)
    if known is not None and known.facts == facts:
        return
    ask(Task.Kind.PROVISIONING, run.pk, run.application_code, now, **facts)
    record("provisioning.stuck", run, SYSTEM, now, application=run.application_code, failed=why)


def _done(rows: Iterable[Row]) -> list[str]:
    return [row.name for row in rows if row.state == RowState.DONE]
