"""What many people asked for in a span, decided or not, for whoever draws their days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from psycopg.types.range import TimestamptzRange

from mianyue.base.interval import Interval
from mianyue.domain.attendance.models import Leave, Overtime, Request, Trip
from mianyue.domain.spans import spans_by

_STANDING = [Request.Status.APPROVED, Request.Status.PENDING]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: ``what`` is leave, overtime or trip, never which kind of leave."""

    what: str
    during: Interval
    approved: bool


def standing(employee_ids: Iterable[UUID], window: Interval) -> dict[UUID, list[Asked]]:
    """Approved and pending leave, overtime and trips that touch ``window``, by person, by their start. Three queries."""
    ids, touching = list(employee_ids), TimestamptzRange(window.start, window.end, "[)")
    found: dict[UUID, list[Asked]] = defaultdict(list)
    for what, model in (("leave", Leave), ("overtime", Overtime), ("trip", Trip)):
        rows = model.objects.filter(employee_id__in=ids, during__overlap=touching, status__in=_STANDING)
        for (employee_id, status), spans in spans_by(rows, "employee_id", "status").items():
            found[employee_id] += [Asked(what, span, status == Request.Status.APPROVED) for span in spans]
    return {employee_id: sorted(some, key=lambda asked: asked.during) for employee_id, some in found.items()}
