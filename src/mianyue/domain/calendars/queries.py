"""Reading what is known of calendars."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from psycopg.types.range import TimestamptzRange

from mianyue.base.interval import Interval, subtract
from mianyue.domain.calendars.models import BusyTime, CalendarAccount


def busy(employee_ids: Iterable[UUID], window: Interval) -> dict[UUID, list[Interval]]:
    """The busy times of these people's calendars within ``window``. One query."""
    found: dict[UUID, list[Interval]] = defaultdict(list)
    touching = TimestamptzRange(window.start, window.end, "[)")
    rows = BusyTime.objects.filter(account__employee_id__in=list(employee_ids), during__overlap=touching)
    for employee_id, during in rows.values_list("account__employee_id", "during"):
        found[employee_id].append(Interval(during.lower, during.upper))
    return found


def unknown(employee_ids: Iterable[UUID], window: Interval) -> dict[UUID, list[Interval]]:
    """The parts of ``window`` for which a connected calendar gave no answer. People without a calendar have none. One query."""
    found: dict[UUID, list[Interval]] = {}
    for account in CalendarAccount.objects.filter(employee_id__in=list(employee_ids)).only("employee_id", "known"):
        known = [Interval(account.known.lower, account.known.upper)] if account.known else []
        gaps = subtract([window], known)
        if gaps:
            found[account.employee_id] = gaps
    return found
