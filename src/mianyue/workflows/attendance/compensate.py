"""Compensatory leave (调休假): approved overtime that has ended is credited, once, where the group says so."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from mianyue.base.interval import Interval, subtract
from mianyue.domain.attendance.actions.ledger import credit
from mianyue.domain.attendance.models import GroupMember, LeaveType, LedgerEntry, Overtime
from mianyue.domain.attendance.queries.works import overtime_is_leave, works_of
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import SYSTEM, Actor
from mianyue.worktime.covered import Works, minutes_of
from mianyue.worktime.day_kinds import Kind, day_kind
from mianyue.worktime.days import dates, whole_day

LOOK_BACK = timedelta(days=62)
"""How far back overtime is credited: a group that begins to credit it doesn't reach back for years."""


def compensate(now: datetime) -> int:
    """Credits all overtime that ended and isn't credited yet, each in a transaction of its own. Returns how many."""
    in_crediting_group = GroupMember.objects.filter(employee=OuterRef("employee"), group__overtime_as_leave=True)
    credited = LedgerEntry.objects.filter(kind=LedgerEntry.Kind.CREDIT, request_id=OuterRef("pk"))
    ended = Overtime.objects.filter(
        Exists(in_crediting_group),
        ~Exists(credited),
        status=Overtime.Status.APPROVED,
        during__endswith__lte=now,
        during__endswith__gt=now - LOOK_BACK,
    )
    done = 0
    for overtime in ended.select_related("employee__site").order_by("during"):
        with transaction.atomic():
            done += credit_overtime(overtime, SYSTEM, now) is not None
    return done


def credit_overtime(overtime: Overtime, actor: Actor, now: datetime) -> LedgerEntry | None:
    """Credits one piece of overtime; None where it hasn't ended, or nothing is to be credited. Saying it again changes nothing.

    Work on statutory holidays is never made up for by time off (Labour Law of the People's Republic of China, Art. 44 (3)).
    """
    during, employee = Interval(overtime.during.lower, overtime.during.upper), overtime.employee
    works = works_of(employee, during)
    kind = LeaveType.objects.filter(code=LeaveType.Code.COMPENSATORY, in_use=True).order_by("pk").first()
    if during.end > now or kind is None or not overtime_is_leave(employee, during.start.astimezone(works.zone).date()):
        return None
    minutes = minutes_of(subtract([during], _never_made_up(during, works)))
    if not minutes:
        return None
    # By the span, not by the row: rows that come from the company's files are made anew with each import.
    key = f"overtime:{employee.pk}:{during.start:%Y%m%dT%H%M%S}-{during.end:%Y%m%dT%H%M%S}"
    how = {"overtime": overtime.pk.hex, "worked": minutes_of([during]), "credited": minutes}
    entry = credit(employee.pk, kind, minutes, key, how, now, overtime.pk)
    if entry is not None:
        record("leave.credited", overtime, actor, now, employee=employee.code, minutes=minutes)
    return entry


def _never_made_up(during: Interval, works: Works) -> list[Interval]:
    if works.country.partition("-")[0] != "CN":
        return []
    days = dates(during, works.zone)
    return [whole_day(day, works.zone) for day in days if day_kind(day, works.country).kind == Kind.STATUTORY_HOLIDAY]
