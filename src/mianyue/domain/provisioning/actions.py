"""Writing runs and steps: every change conditional, so that of two workers one is first and the other sees it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from mianyue.domain.organization.models import Employee
from mianyue.domain.provisioning.models import Run, Step
from mianyue.domain.provisioning.policy import HELD_FOR
from mianyue.domain.provisioning.states import OPEN, run_sources, step_sources


def open_run(
    *,
    application_id: UUID | None,
    application_code: str,
    employee: Employee | None,
    first_day: date,
    steps: Sequence[str],
    now: datetime,
) -> tuple[Run, bool]:
    """The run of an application, or of an employee without one, with its steps; whether it is new. Due at once."""
    whose: dict[str, Any] = {"application_id": application_id} if application_id else {"employee": employee}
    run, fresh = Run.objects.get_or_create(
        **whose,
        defaults={
            "application_code": application_code,
            "employee": employee,
            "first_day": first_day,
            "started_at": now,
            "due_at": now,
        },
    )
    if fresh:
        Step.objects.bulk_create(Step(run=run, number=number, name=name) for number, name in enumerate(steps, 1))
    return run, fresh


def hold(run_id: UUID, now: datetime) -> Run | None:
    """Takes a run that is due, so that nobody else goes on with it meanwhile; None where it isn't due or somebody is at it."""
    free = Q(held_until=None) | Q(held_until__lte=now)
    until = now + HELD_FOR
    if not Run.objects.filter(free, pk=run_id, due_at__lte=now, state__in=OPEN).update(held_until=until, due_at=until):
        return None
    return Run.objects.select_related("employee__site").get(pk=run_id)


def let_go(run: Run, due_at: datetime | None) -> None:
    """Done with it for now; to be gone on with at ``due_at``, or, with None, when a person says so."""
    Run.objects.filter(pk=run.pk).update(held_until=None, due_at=due_at)
    run.held_until, run.due_at = None, due_at


def move_run(run: Run, to: str, **fields: Any) -> bool:
    """Brings the run into state ``to`` if the table allows it. False, changing nothing, when it doesn't."""
    if not Run.objects.filter(pk=run.pk, state__in=run_sources(to)).update(state=to, **fields):
        return False
    run.state = to
    return True


def whose_run(run: Run, employee: Employee) -> None:
    """The run's hire is an employee now."""
    Run.objects.filter(pk=run.pk).update(employee=employee)
    run.employee = employee


def lock(run_id: UUID) -> Run | None:
    """The run, which nobody else changes until the transaction ends."""
    return Run.objects.select_for_update(of=("self",)).select_related("employee__site").filter(pk=run_id).first()


def attempted(step: Step, now: datetime) -> bool:
    """Counts an attempt before it is made: from here on it may have had its effect. False where somebody else settled the step."""
    tried = {"attempts": F("attempts") + 1, "tried_at": now}
    if not Step.objects.filter(pk=step.pk, state=step.state).update(**tried):
        return False
    step.refresh_from_db()
    return True


def planned(step: Step, what: dict[str, Any]) -> None:
    """Remembers what the step is about to do, before it does it."""
    Step.objects.filter(pk=step.pk).update(result=what)
    step.result = what


def is_planned(step: Step) -> bool:
    """Whether the plan that was carried out is still the one that stands there; the row is locked."""
    return Step.objects.select_for_update().get(pk=step.pk).result == step.result


def move_step(step: Step, to: str, **fields: Any) -> bool:
    """Brings the step into state ``to`` if the table allows it. False, changing nothing, when it doesn't."""
    if not Step.objects.filter(pk=step.pk, state__in=step_sources(to)).update(state=to, **fields):
        return False
    step.state = to
    return True


def failed(step: Step, to: str, code: str, text: str) -> bool:
    """The attempt failed; ``code`` and ``text`` say why, without anything personal."""
    return move_step(step, to, error_code=code[:40], error=text[:300])


def begin_taking_back(run: Run) -> None:
    """Steps that were never tried are undone as they are, all others are to be taken back; attempts count anew."""
    steps = Step.objects.filter(run=run)
    steps.filter(tried_at=None, state__in=step_sources(Step.State.UNDONE)).exclude(state=Step.State.UNDOING).update(
        state=Step.State.UNDONE
    )
    steps.filter(state__in=step_sources(Step.State.UNDOING)).update(state=Step.State.UNDOING, attempts=0, error_code="", error="")


def again(run: Run, names: Sequence[str], *, anew: bool) -> int:
    """Steps that were refused or done are to be tried once more; ``anew``: by what is true now, not by what was planned before."""
    fields: dict[str, Any] = {"state": Step.State.WAITING, "attempts": 0, "error_code": "", "error": ""}
    if anew:
        fields["result"] = {}
    return Step.objects.filter(run=run, name__in=names, state__in=step_sources(Step.State.WAITING)).update(**fields)
