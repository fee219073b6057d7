"""Reading approvals: what waits for whom, who deputises for whom, and who leads whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from mianyue.base.errors import NotFound
from mianyue.domain.approvals.models import Approval, ApprovalStep, Delegation
from mianyue.domain.approvals.policy import Line
from mianyue.domain.organization.models import Department, Employee

OPEN = ApprovalStep.State.OPEN


def waiting_for(employee_id: UUID, on: date) -> list[Approval]:
    """What this person may decide on that date, their own steps and those of whoever they deputise for, the oldest first; with steps.

    Never what they asked for themselves.
    """
    approvers = [employee_id, *deputised_by(employee_id, on)]
    return list(_whole(_pending(steps__approver_id__in=approvers).exclude(asker_id=employee_id)).order_by("opened_at"))


def of(employee_id: UUID, at_most: int = 50) -> list[Approval]:
    """What this person asked for, the newest first; with steps."""
    return list(_whole(Approval.objects.filter(asker_id=employee_id)).order_by("-opened_at")[:at_most])


def open_at_console() -> QuerySet[Approval]:
    """What anybody of HR may decide: steps without an approver, and those that waited for theirs too long. The oldest first."""
    nobody, too_long = _pending(steps__approver=None), _pending(steps__escalated_at__isnull=False)
    return _whole(Approval.objects.filter(Q(pk__in=nobody.values("pk")) | Q(pk__in=too_long.values("pk")))).order_by("opened_at")


def whole(approval_id: UUID) -> Approval:
    """One approval with its asker and steps. Raises NotFound."""
    found = _whole(Approval.objects.filter(pk=approval_id)).first()
    if found is None:
        raise NotFound(f"There is no approval {approval_id}.", "Reload to see what waits.")
    return found


def deputised_by(deputy_id: UUID, on: date) -> list[UUID]:
    """For whom this person decides on that date. A deputy's own deputy is none of them: what was entrusted is not passed on."""
    return list(_in_force(on).filter(deputy_id=deputy_id).values_list("approver_id", flat=True))


def deputies_of(approver_id: UUID, on: date) -> list[UUID]:
    """Who decides in this person's place on that date."""
    return list(_in_force(on).filter(approver_id=approver_id).values_list("deputy_id", flat=True))


def delegations_of(approver_id: UUID, on: date) -> list[Delegation]:
    """The delegations of this person that hold on that date or later, the next one first, with their deputies."""
    coming = Delegation.objects.filter(approver_id=approver_id, ended_at=None, last_day__gte=on)
    return list(coming.select_related("deputy").order_by("first_day"))


def line_of(asker: Employee) -> Line:
    """Who leads the asker's department and those above it, and who is its HR. Without a department nobody does: HR decides. One query."""
    rows = {row["id"]: row for row in Department.objects.values("id", "name", "parent_id", "manager_id", "hr_id")}
    own = next((row for row in rows.values() if row["name"] == asker.department), None)
    managers: list[UUID] = []
    seen: set[int] = set()
    above = own
    while above is not None and above["id"] not in seen:  # two departments may have been entered above one another
        seen.add(above["id"])
        if above["manager_id"] is not None and above["manager_id"] not in managers:
            managers.append(above["manager_id"])
        above = rows.get(above["parent_id"])
    return Line(tuple(managers), own["hr_id"] if own else None)


def able_to_decide(candidates: Collection[UUID], asker_id: UUID, on: date) -> set[UUID]:
    """Which of these people can decide on that date: they work here, can be reached, and did not entrust it to the asker of all people."""
    entrusted = set(_in_force(on).filter(deputy_id=asker_id, approver_id__in=candidates).values_list("approver_id", flat=True))
    return {person.pk for person in Employee.objects.filter(pk__in=candidates) if is_there(person, on)} - entrusted - {asker_id}


def is_there(person: Employee, on: date) -> bool:
    """Whether somebody works here on that date and has any way to be reached."""
    began = person.hire_date is None or person.hire_date <= on
    left = person.last_day is not None and person.last_day < on
    return began and not left and bool(person.email or person.mobile)


def open_steps() -> Iterable[ApprovalStep]:
    """Every step that waits for a person by name, with its approval and its asker."""
    return ApprovalStep.objects.filter(state=OPEN, approver__isnull=False).select_related("approval__asker", "approver")


def _pending(**step: object) -> QuerySet[Approval]:
    return Approval.objects.filter(state=Approval.State.PENDING, steps__state=OPEN, **step)


def _in_force(on: date) -> QuerySet[Delegation]:
    return Delegation.objects.filter(first_day__lte=on, last_day__gte=on, ended_at=None)


def _whole(approvals: QuerySet[Approval]) -> QuerySet[Approval]:
    return approvals.select_related("asker__site").prefetch_related("steps__approver")
