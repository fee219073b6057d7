"""What many people asked for and what was approved, a query each."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from psycopg.types.range import TimestamptzRange

from mianyue.base.interval import Interval
from mianyue.domain.attendance.models import Leave, Overtime, Request
from mianyue.domain.spans import spans_by


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
