"""How a plan stands, over all its parts. What was found is counted and picked by the database: it may be megabytes."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Func, Q, Sum
from procrastinate.contrib.django.models import ProcrastinateJob

from mianyue.base.errors import NotFound
from mianyue.domain.interviews.models import Interview
from mianyue.domain.plans.models import Part, Plan

_COUNTED = """
    SELECT jsonb_array_length(kept.value), count(*)
    FROM plans_part part, jsonb_each(part.found) kept WHERE part.plan_id = %s GROUP BY 1 ORDER BY 1 DESC
"""
_WITH_TIMES = """
    SELECT kept.key, jsonb_array_length(kept.value)
    FROM plans_part part, jsonb_each(part.found) kept WHERE part.plan_id = %s
"""
_TIMES = """
    SELECT kept.key, kept.value
    FROM plans_part part, jsonb_each(part.found) kept WHERE part.plan_id = %s AND kept.key = ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class Summary:
    """A plan in figures; ``told`` is how many parts have said anything about what no plan can exceed."""

    applications: int = 0
    placed: int = 0
    most_placed: int = 0
    objective: int = 0
    bound: int = 0
    spent: float = 0.0
    parts: int = 0
    parts_begun: int = 0
    parts_done: int = 0
    failed: int = 0
    told: int = 0

    @property
    def proven(self) -> bool:
        """Whether all has been searched, so that ``more_possible`` is known."""
        return self.parts == self.parts_done

    @property
    def more_possible(self) -> int:
        """How many more applications could get a time in the best of all plans, at most."""
        return max(0, self.most_placed - self.placed)

    @property
    def bounded(self) -> bool:
        """Whether the gap is about the whole plan: every part has a bound."""
        return self.told == self.parts

    @property
    def gap(self) -> float:
        """How far the plan may be from the best one, as a part of the bound, over the parts that have one."""
        return (self.bound - self.objective) / self.bound if self.bound else 0.0


def plan_numbered(number: int) -> Plan:
    """Raises NotFound."""
    plan = Plan.objects.filter(number=number).first()
    if plan is None:
        raise NotFound(f"There is no plan {number}.", "The console lists all plans.")
    return plan


def summaries(plans: Iterable[Plan]) -> dict[UUID, Summary]:
    """The figures of several plans, by id. One query."""
    found = Q(state=Part.State.FOUND)
    rows = (
        Part.objects.filter(plan__in=[plan.pk for plan in plans])
        .order_by()
        .values("plan")
        .annotate(
            applications=Sum("application_ids__len"),
            parts=Count("pk"),
            parts_begun=Count("pk", filter=~Q(state=Part.State.WAITING)),
            parts_done=Count("pk", filter=found | Q(state=Part.State.FAILED)),
            failed=Count("pk", filter=Q(state=Part.State.FAILED)),
            told=Count("pk", filter=found | Q(state=Part.State.SEARCHING, bound__gt=0)),
            **{f"all_{name}": Sum(name) for name in ("placed", "most_placed", "objective", "bound", "spent")},
        )
    )
    return {row.pop("plan"): Summary(**{name.removeprefix("all_"): value for name, value in row.items()}) for row in rows}


def summary(plan: Plan) -> Summary:
    """The plan over all its parts."""
    return summaries([plan]).get(plan.pk, Summary())


def shares(plan: Plan) -> dict[int, int]:
    """How many applications get how many times, most times first; whoever was not searched for is in none of them."""
    return dict(_rows(_COUNTED, plan.pk))


def applications_in(plan: Plan) -> set[UUID]:
    """All applications the plan is for."""
    return {one for ids in Part.objects.filter(plan=plan).values_list("application_ids", flat=True) for one in ids}


def counts(plan: Plan) -> dict[UUID, int]:
    """By application, how many times were found; whoever was not searched for is missing."""
    return {UUID(key): many for key, many in _rows(_WITH_TIMES, plan.pk)}


def times_of(plan: Plan, application_ids: Collection[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """What was found for these applications, in the company's own ids."""
    rows = _rows(_TIMES, plan.pk, [str(one) for one in application_ids])
    return {UUID(key): json.loads(value) for key, value in rows}


def options_of(plan: Plan) -> dict[str, list[dict[str, Any]]]:
    """What was found for all, by application id."""
    return {application: found for part in plan.parts.all() for application, found in part.found.items()}


def invited(plan: Plan) -> int:
    """How many of the plan's applications were invited while it was being sent."""
    if plan.sending_at is None:
        return 0
    members = Part.objects.filter(plan=plan).order_by().values_list(_Each("application_ids"), flat=True)
    since = Interview.objects.filter(application__in=members, created_at__gte=plan.sending_at)
    if plan.settled_at is not None:
        since = since.filter(created_at__lte=plan.settled_at)
    return since.order_by().values("application").distinct().count()


def somebody_sends(plan: Plan) -> bool:
    """Whether a worker sends the plan's letters, or will."""
    jobs = ProcrastinateJob.objects.filter(task_name="send_plan", status__in=["todo", "doing"])
    return jobs.filter(args__plan_id=str(plan.pk)).exists()


class _Each(Func):
    """The elements of an array, one row each."""

    function = "unnest"
    set_returning = True


def _rows(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
