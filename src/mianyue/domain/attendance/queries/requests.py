"""What many people asked for and what was approved, a query each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from psycopg.types.range import TimestamptzRange

from mianyue.base.interval import Interval
from mianyue.domain.attendance.models import GroupMember, Leave, Overtime, Request, Trip
from mianyue.domain.spans import among, spans_by, spans_of_kinds

LEAVE, TRIP = "leave", "trip"
STANDING = [Request.Status.APPROVED, Request.Status.PENDING]
"""What isn't decided yet blocks too."""


def absences(
    people: Iterable[UUID] | Iterable[str], window: Interval, by: str = "employee_id"
) -> dict[Any, list[tuple[str, Interval]]]:
    """Approved and pending leave and trips that touch ``window``, each with which of the two it is, by person. One query.

    ``by`` is the field that names a person: the id, or ``employee__code``.
    """
    asked = among(by, people) & Q(during__overlap=_range(window), status__in=STANDING)
    return spans_of_kinds({LEAVE: Leave.objects.filter(asked), TRIP: Trip.objects.filter(asked)}, by)


def approved_overtime(
    people: Iterable[UUID] | Iterable[str], window: Interval, by: str = "employee_id"
) -> dict[Any, list[Interval]]:
    """Approved overtime that touches ``window``, by person as above. One query."""
    rows = Overtime.objects.filter(among(by, people), during__overlap=_range(window), status=Request.Status.APPROVED)
    return spans_by(rows, by)


def overtime_policies(
    people: Iterable[UUID] | Iterable[str], by: str = "employee_id"
) -> dict[Any, list[tuple[date, date | None, bool]]]:
    """The groups these people belong to as first day, last day (None: open) and whether overtime there is time for interviews, the
    one that counts first before the others. One query.
    """
    rows = GroupMember.objects.filter(among(by, people)).order_by("-first_day")
    found: dict[Any, list[tuple[date, date | None, bool]]] = defaultdict(list)
    for person, first, last, opens in rows.values_list(by, "first_day", "last_day", "group__overtime_opens"):
        found[person].append((first, last, opens))
    return found


def _range(window: Interval) -> TimestamptzRange:
    return TimestamptzRange(window.start, window.end, "[)")
