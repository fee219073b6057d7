"""Leave that was granted until a date and not taken by then expires (假期过期), the night after."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from mianyue.domain.attendance.actions.ledger import expire
from mianyue.domain.attendance.queries.leave import accounts_past
from mianyue.domain.organization.queries import company as the_company
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import SYSTEM


def expire_leave(now: datetime) -> int:
    """Takes back what could be used before today, by the company's date, each account in a transaction of its own. Returns how many."""
    today, done = now.astimezone(ZoneInfo(the_company().time_zone)).date(), 0
    for account in accounts_past(today):
        with transaction.atomic():
            entry = expire(account, today, now)
            if entry is not None:
                record("leave.expired", entry, SYSTEM, now, employee=account.employee.code, minutes=-entry.minutes)
                done += 1
    return done
