"""What people have left of each kind of leave."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Sum

from mianyue.domain.attendance.models import LeaveAccount, LeaveType, LedgerEntry


def balances(employee_ids: Iterable[UUID]) -> dict[tuple[UUID, int], int]:
    """By person and kind of leave (its primary key), the minutes left, pending requests taken off already. One query.

    Of a kind without a quota nothing is granted: there it is, below zero, what was taken. Who never had a movement is absent.
    """
    rows = LeaveAccount.objects.filter(employee_id__in=list(employee_ids), entries__isnull=False)
    sums = rows.values_list("employee_id", "leave_type_id").annotate(left=Sum("entries__minutes"))
    return {(employee, kind): left for employee, kind, left in sums}


def kinds_to_ask_for() -> list[LeaveType]:
    """The kinds of leave that people may ask for now."""
    return list(LeaveType.objects.filter(in_use=True).order_by("pk"))


def accounts_past(today: date) -> list[LeaveAccount]:
    """The accounts, with their people, that hold something and were granted something to be used before ``today``."""
    due = LedgerEntry.objects.filter(account=OuterRef("pk"), kind=LedgerEntry.Kind.GRANT, how__expires_on__lt=today.isoformat())
    held = LeaveAccount.objects.filter(Exists(due)).annotate(left=Sum("entries__minutes")).filter(left__gt=0)
    return list(held.select_related("employee").order_by("pk"))
