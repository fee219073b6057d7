"""Reading what is known of calendars."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from psycopg.types.range import TimestamptzRange

from mianyue.base.interval import Interval, subtract
from mianyue.domain.calendars.models import BusyTime, CalendarAccount
from mianyue.domain.spans import among, between, end_of, spans_by, start_of

Times = dict[UUID, list[Interval]]
"""By person."""


def busy_and_unknown(employee_ids: Iterable[UUID], window: Interval) -> tuple[Times, Times]:
    """The busy times of these people's calendars that touch ``window``, and the times in or about it for which a connected calendar
    gave no answer that can be understood. People without a calendar have neither. Two queries."""
    employee_ids = list(employee_ids)
    busy, unknown = _spans(employee_ids, window)
    accounts = CalendarAccount.objects.filter(among("employee_id", employee_ids))
    for employee_id, start, end in accounts.values_list("employee_id", start_of("known"), end_of("known")):
        if gaps := subtract([window], [] if start is None else [between(start, end)]):
            unknown[employee_id] = unknown.get(employee_id, []) + gaps
    return busy, unknown


def _spans(employee_ids: list[UUID], window: Interval) -> tuple[Times, Times]:
    touching = TimestamptzRange(window.start, window.end, "[)")
    rows = BusyTime.objects.filter(among("account__employee_id", employee_ids), during__overlap=touching)
    found = spans_by(rows, "account__employee_id", "unknown")
    busy, unknown = (
        {employee_id: spans for (employee_id, it_is), spans in found.items() if it_is is asked} for asked in (False, True)
    )
    return busy, unknown
