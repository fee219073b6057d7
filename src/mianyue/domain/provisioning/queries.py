"""Reading runs, and who could punch on a date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from mianyue.base.errors import NotFound
from mianyue.domain.attendance.models import Account
from mianyue.domain.attendance.queries.plans import assignments_of
from mianyue.domain.organization.models import Employee
from mianyue.domain.provisioning import policy
from mianyue.domain.provisioning.models import Run, Step
from mianyue.domain.provisioning.states import OPEN
from mianyue.domain.recruiting.models import Application


def runs(state: str | None = None) -> QuerySet[Run]:
    """Runs with their steps and people, the newest first, in a number of queries that doesn't grow with them."""
    found = Run.objects.select_related("employee__site").prefetch_related(Prefetch("steps", Step.objects.order_by("number")))
    return found.filter(state=state) if state else found


def run_of(application_code: str) -> Run:
    """The run of an application, with its steps. Raises NotFound."""
    found = runs().filter(application_code=application_code).first()
    if found is None:
        raise NotFound(f"{application_code} has no provisioning run.", "Confirm the hire first.")
    return found


def due(now: datetime) -> list[UUID]:
    """The runs that are to be gone on with and that nobody is at, the longest waiting first."""
    free = Q(held_until=None) | Q(held_until__lte=now)
    return list(Run.objects.filter(free, due_at__lte=now, state__in=OPEN).order_by("due_at").values_list("pk", flat=True))


def coming(first: date, last: date) -> QuerySet[Employee]:
    """Who starts on a date from ``first`` to ``last`` and has not left by then; taken-back hires are nobody's any more."""
    starting = Employee.objects.select_related("site").filter(hire_date__range=(first, last))
    return starting.exclude(provisioning__state__in=[Run.State.REVERSING, Run.State.REVERSED]).order_by("hire_date", "code")


def lacking(people: Mapping[UUID, date]) -> dict[UUID, tuple[str, ...]]:
    """What each of these people lacks for a punch on their date: codes of ``policy.LACKING``, none for whoever can punch.

    Six queries, however many people.
    """
    if not people:
        return {}
    found = Employee.objects.filter(pk__in=people)
    employed = {e.pk: (e.hire_date is None or e.hire_date <= people[e.pk]) and _works_on(e, people[e.pk]) for e in found}
    accounts = {account.employee_id: account for account in Account.objects.filter(employee_id__in=people)}
    days = people.values()
    planned = assignments_of(people, within=(min(days), max(days)))
    standings = {
        pk: policy.Standing(
            employed=employed.get(pk, False),
            account_open=pk in accounts and accounts[pk].closed_at is None,
            planned=any(assignment.covers(day) for assignment in planned.get(pk, ())),
            rule_settled=pk in accounts and accounts[pk].punch_rule,
        )
        for pk, day in people.items()
    }
    return {pk: policy.lacking(standing) for pk, standing in standings.items()}


def punchable(employee: Employee, day: date) -> bool:
    """Whether a punch of this new hire would be taken and counted on ``day``."""
    return not lacking({employee.pk: day})[employee.pk]


def _works_on(employee: Employee, day: date) -> bool:
    return employee.last_day is None or day <= employee.last_day


def unhired() -> list[Application]:
    """Applications that were hired while nobody began a run, and of whom there is no employee."""
    hired = Application.objects.filter(state=Application.State.HIRED).select_related("job__site")
    known = set(Run.objects.exclude(application_id=None).values_list("application_id", flat=True))
    made = set(Account.objects.exclude(application_id=None).values_list("application_id", flat=True))
    return [application for application in hired if application.pk not in known | made]


def steps_of(run_id: UUID) -> list[Step]:
    """The steps of a run in their order."""
    return list(Step.objects.filter(run=run_id).order_by("number"))


def open_runs(last: date) -> Iterable[Run]:
    """The runs that aren't done and whose first day is ``last`` or earlier."""
    states = [Run.State.RUNNING, Run.State.STUCK]
    return Run.objects.select_related("employee").filter(state__in=states, first_day__lte=last).order_by("first_day", "pk")
