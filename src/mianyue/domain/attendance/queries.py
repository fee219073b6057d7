"""Reading attendance for many people at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from psycopg.types.range import TimestamptzRange

from mianyue.base.interval import Interval
from mianyue.domain.attendance.models import Leave, Overtime, Request, ShiftAssignment
from mianyue.domain.attendance.policy import Assignment, ShiftRule
from mianyue.domain.spans import spans_by


def assignments_of(employee_ids: Iterable[UUID]) -> dict[UUID, list[Assignment]]:
    """Every shift assignment of these people, by person. One query."""
    found: dict[UUID, list[Assignment]] = defaultdict(list)
    for row in ShiftAssignment.objects.filter(employee_id__in=list(employee_ids)).select_related("shift"):
        shift = row.shift
        rule = ShiftRule(shift.start, shift.end, shift.break_start, shift.break_end, frozenset(shift.weekdays))
        found[row.employee_id].append(Assignment(rule, row.first_day, row.last_day))
    return found


def absences(employee_ids: Iterable[UUID], window: Interval) -> dict[UUID, list[Interval]]:
    """Approved and pending leave that touches ``window``, by person: what isn't decided yet blocks too. One query."""
    return _spans(Leave, employee_ids, window, [Request.Status.APPROVED, Request.Status.PENDING])


def approved_overtime(employee_ids: Iterable[UUID], window: Interval) -> dict[UUID, list[Interval]]:
    """Approved overtime that touches ``window``, by person. One query."""
    return _spans(Overtime, employee_ids, window, [Request.Status.APPROVED])


def _spans(
    model: type[Leave] | type[Overtime], employee_ids: Iterable[UUID], window: Interval, states: list[str]
) -> dict[UUID, list[Interval]]:
    touching = TimestamptzRange(window.start, window.end, "[)")
    rows = model.objects.filter(employee_id__in=list(employee_ids), during__overlap=touching, status__in=states)
    return spans_by(rows, "employee_id")
