"""Writing derived days, and forgetting them so that they are derived anew; signed-off months stay as they are."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import DateField, Exists, Func, OuterRef

from mianyue.domain.attendance.models import AttendanceDay, Timesheet
from mianyue.domain.organization.models import Employee

AROUND = timedelta(days=1)
"""How far from its date a change is felt: a punch may belong to the night before, or to a shift that begins at midnight."""


def forget_days(employee_id: UUID, first: date, last: date) -> int:
    """Forgets the derived days from ``first`` to ``last`` (both included), except those of signed-off months. Returns how many.

    Inside the caller's transaction. Whoever changes a punch, a request, a roster, a shift or a group calls it for the dates that it
    touches; the neighbours of these dates, whose windows for punches move too, are forgotten with them.
    """
    return forget_days_of([employee_id], first, last)


def forget_days_of(employee_ids: Collection[UUID] | None, first: date | None, last: date | None) -> int:
    """``forget_days`` for many; None is everybody, and an open end."""
    lock_days_of(employee_ids)
    days = AttendanceDay.objects.all()
    if employee_ids is not None:
        days = days.filter(employee_id__in=list(employee_ids))
    if first is not None:
        days = days.filter(day__gte=_shifted(first, -AROUND))
    if last is not None:
        days = days.filter(day__lte=_shifted(last, AROUND))
    month = Func(OuterRef("day"), template="date_trunc('month', %(expressions)s)::date", output_field=DateField())
    return days.filter(~Exists(Timesheet.objects.filter(employee_id=OuterRef("employee_id"), month=month))).delete()[0]


def forget_around(employee: Employee, instants: Iterable[datetime]) -> int:
    """Forgets the days that these instants may touch, by the person's own clock."""
    days = {at.astimezone(ZoneInfo(employee.time_zone)).date() for at in instants}
    return forget_days(employee.pk, min(days), max(days)) if days else 0


def lock_days_of(employee_ids: Collection[UUID] | None) -> None:
    """Until the transaction ends, nobody else derives, forgets or signs off these people's days. Locked in one order.

    So a derivation never overwrites what another act made of the same day in between: it reads everything under this lock, and
    whoever changes what days come from forgets them under it.
    """
    people = Employee.objects.order_by("pk")
    if employee_ids is not None:
        people = people.filter(pk__in=list(employee_ids))
    list(people.select_for_update(no_key=True).values_list("pk", flat=True))


def write_days(days: Sequence[AttendanceDay]) -> None:
    """Writes derived days, in place of what was derived before. The caller holds ``lock_days_of``, which is why deleting and adding
    is safe, and none is of a signed-off month. By COPY: a tenth of the time of INSERT through the ORM, for 60,000 rows every night.
    """
    fields = [field for field in AttendanceDay._meta.concrete_fields if not field.primary_key]
    table, columns = AttendanceDay._meta.db_table, ", ".join(field.column for field in fields)
    names = [field.attname for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {table} AS old USING unnest(%s::uuid[], %s::date[]) AS new (employee_id, day) "
            "WHERE old.employee_id = new.employee_id AND old.day = new.day",
            [[day.employee_id for day in days], [day.day for day in days]],
        )
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for day in days:
                copy.write_row([getattr(day, name) for name in names])


def sign_off(employee_id: UUID, month: date, totals: dict[str, int], closed_by: str, now: datetime) -> Timesheet:
    """Signs a month off, ``month`` being its first day. The caller holds ``lock_days_of``, and it wasn't signed off yet."""
    return Timesheet.objects.create(employee_id=employee_id, month=month, totals=totals, closed_at=now, closed_by=closed_by)


def open_again(employee_ids: Collection[UUID], month: date) -> list[Timesheet]:
    """Opens signed-off months again and forgets their days, so that these are derived anew. Returns the sheets that are gone."""
    lock_days_of(employee_ids)
    sheets = Timesheet.objects.filter(employee_id__in=list(employee_ids), month=month).select_related("employee")
    gone = list(sheets.order_by("employee__code"))
    sheets.delete()
    whose = [sheet.employee_id for sheet in gone]
    AttendanceDay.objects.filter(employee_id__in=whose, day__range=(month, last_of(month))).delete()
    return gone


def last_of(month: date) -> date:
    """The last day of the month that begins on ``month``."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def _shifted(day: date, by: timedelta) -> date:
    """That much earlier or later, within the calendar."""
    try:
        return day + by
    except OverflowError:
        return day
