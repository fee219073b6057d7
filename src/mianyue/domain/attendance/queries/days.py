"""What attendance days are derived from, and the derived days, for many people in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import BigIntegerField, Func
from psycopg.types.range import TimestamptzRange

from mianyue.base.interval import Interval
from mianyue.domain.attendance.models import (
    AttendanceDay,
    Leave,
    Overtime,
    Punch,
    PunchCorrection,
    Request,
    Timesheet,
    Trip,
)
from mianyue.domain.attendance.queries.plans import assignments_of
from mianyue.domain.organization.models import Employee, Site
from mianyue.domain.spans import spans_by
from mianyue.worktime import instances
from mianyue.worktime.derive import Punched
from mianyue.worktime.instances import ShiftInstance
from mianyue.worktime.places import Place
from mianyue.worktime.sheet import NEIGHBOURS, Employment, Facts

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def employments_of(employee_ids: Iterable[UUID]) -> dict[UUID, Employment]:
    """Whose clock, public holidays and employment count for these people. One query."""
    rows = Employee.objects.filter(pk__in=list(employee_ids)).values_list(
        "pk", "time_zone", "site__holiday_country", "hire_date", "last_day"
    )
    return {pk: Employment(ZoneInfo(zone), country, hired, last) for pk, zone, country, hired, last in rows}


def days_of(employee_ids: Iterable[UUID], first: date, last: date) -> dict[UUID, dict[date, AttendanceDay]]:
    """The derived days from ``first`` to ``last`` (both included), by person and date. One query.

    Days that were forgotten are missing until ``workflows.attendance.days.derive_days`` derives them.
    """
    found: dict[UUID, dict[date, AttendanceDay]] = defaultdict(dict)
    for row in AttendanceDay.objects.filter(employee_id__in=list(employee_ids), day__range=(first, last)).order_by("day"):
        found[row.employee_id][row.day] = row
    return found


def derived_at(employee_ids: Collection[UUID], first: date, last: date) -> dict[UUID, dict[date, datetime]]:
    """When the days from ``first`` to ``last`` were derived, by person and date. One query."""
    found: dict[UUID, dict[date, datetime]] = defaultdict(dict)
    rows = AttendanceDay.objects.filter(employee_id__in=list(employee_ids), day__range=(first, last))
    for employee_id, day, at in rows.values_list("employee_id", "day", "derived_at"):
        found[employee_id][day] = at
    return found


def signed_off(employee_ids: Collection[UUID], first: date, last: date) -> set[tuple[UUID, date]]:
    """The months from that of ``first`` to that of ``last`` that are signed off, as person and first day. One query."""
    months = Timesheet.objects.filter(employee_id__in=list(employee_ids), month__range=(first.replace(day=1), last))
    return set(months.values_list("employee_id", "month"))


def shift_instances(employee_ids: Iterable[UUID], first: date, last: date) -> dict[UUID, list[ShiftInstance]]:
    """The shifts due from these people on the dates from ``first`` to ``last``. Four queries."""
    employments = employments_of(employee_ids)
    assigned = assignments_of(employments, (first - 2 * NEIGHBOURS, last + 2 * NEIGHBOURS))
    return {
        pk: instances.shift_instances(assigned.get(pk, ()), first, last, of.zone, of.country, of.hired, of.last_day)
        for pk, of in employments.items()
    }


def facts_of(employee_ids: Collection[UUID], first: date, last: date) -> dict[UUID, Facts]:
    """What the dates from ``first`` to ``last`` come from, but for interviews, which another room remembers. Nine queries."""
    window = around(first, last)
    assigned = assignments_of(employee_ids, (first - 2 * NEIGHBOURS, last + 2 * NEIGHBOURS))
    punched = punches_of(employee_ids, window)
    touching = TimestamptzRange(window.start, window.end, "[)")
    asked = {"employee_id__in": list(employee_ids), "during__overlap": touching}
    overtime = spans_by(Overtime.objects.filter(**asked, status=Request.Status.APPROVED), "employee_id")
    away: dict[tuple[str, UUID], list[Interval]] = defaultdict(list)
    for what, model in (("leave", Leave), ("trips", Trip)):
        rows = model.objects.filter(**asked, status__in=[Request.Status.APPROVED, Request.Status.PENDING])
        for (employee_id, status), spans in spans_by(rows, "employee_id", "status").items():
            away[what if status == Request.Status.APPROVED else "pending", employee_id] += spans
    return {
        pk: Facts(
            assignments=assigned.get(pk, ()),
            punches=punched.get(pk, ()),
            leave=away.get(("leave", pk), ()),
            trips=away.get(("trips", pk), ()),
            pending=away.get(("pending", pk), ()),
            overtime=overtime.get(pk, ()),
        )
        for pk in employee_ids
    }


def around(first: date, last: date) -> Interval:
    """Every instant that can have to do with these dates, wherever somebody's clock is."""
    start, end = first - NEIGHBOURS, last + NEIGHBOURS + timedelta(days=2)
    return Interval(datetime.combine(start, time(0), UTC), datetime.combine(end, time(0), UTC))


class _Microseconds(Func):
    """An instant in microseconds since 1970, exactly."""

    template = "(extract(epoch FROM %(expressions)s) * 1000000)::bigint"
    output_field = BigIntegerField()


def punches_of(employee_ids: Collection[UUID], window: Interval) -> dict[UUID, list[Punched]]:
    """The punches within ``window`` by person, in no order; those of corrections that are no longer approved don't count.

    Three queries. Gathered per person by PostgreSQL: reading 176,000 rows one by one costs more than all the thinking.
    """
    ids = list(employee_ids)
    undone = PunchCorrection.objects.filter(employee_id__in=ids, at__gte=window.start, at__lt=window.end)
    undone = undone.exclude(status=Request.Status.APPROVED).values_list("pk", flat=True)
    rows = (
        Punch.objects.filter(employee_id__in=ids, at__gte=window.start, at__lt=window.end)
        .exclude(key__in=[correction_key(pk) for pk in undone])
        .order_by()
        .values_list("employee_id")
        .annotate(ats=ArrayAgg(_Microseconds("at")), fields=ArrayAgg("field"), places=ArrayAgg("place_id"))
    )
    sites = _places()
    return {
        employee_id: [
            Punched(_EPOCH + timedelta(microseconds=at), field, place and sites.get(place))
            for at, field, place in zip(ats, fields, places, strict=True)
        ]
        for employee_id, ats, fields, places in rows
    }


def known_keys(keys: Iterable[str]) -> set[str]:
    """Those of these keys that punches have already. A query per 10,000."""
    asked = list(keys)
    chunks = (asked[at : at + 10_000] for at in range(0, len(asked), 10_000))
    return {key for some in chunks for key in Punch.objects.filter(key__in=some).values_list("key", flat=True)}


def correction_key(correction_id: UUID) -> str:
    """What makes the punch of a correction that punch."""
    return f"correction:{correction_id}"


def _places() -> dict[UUID, Place]:
    rows = Site.objects.filter(latitude__isnull=False, longitude__isnull=False)
    return {pk: (latitude, longitude) for pk, latitude, longitude in rows.values_list("pk", "latitude", "longitude")}
