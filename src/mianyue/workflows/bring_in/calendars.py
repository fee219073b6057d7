"""Calendar files into busy times, spelled out as far ahead as anybody plans."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from psycopg.types.range import TimestamptzRange

from mianyue.base.interval import Interval
from mianyue.domain.calendars.models import BusyTime, CalendarAccount
from mianyue.domain.intake.problems import Problem, calendar_event_unreadable, calendar_unreadable
from mianyue.domain.intake.records import CompanyFolder
from mianyue.domain.organization.models import Employee
from mianyue.ports import registry
from mianyue.ports.calendar import BusyTimes, CalendarUnreadable
from mianyue.workflows.bring_in.rows import Tally

AHEAD = timedelta(days=200)
REFRESH_BELOW = timedelta(days=100)
"""A calendar is spelled out for AHEAD, and again when less than REFRESH_BELOW of that is left."""


@dataclass(frozen=True, slots=True)
class ReadCalendar:
    """One calendar file as it was read; ``times`` is None when it is no calendar, so that its owner's time is unknown."""

    sha256: bytes
    content: bytes
    times: BusyTimes | None


def read_calendars(
    folder: CompanyFolder, now: datetime, progress: Callable[[str], None]
) -> tuple[dict[str, ReadCalendar], list[Problem]]:
    """Every employee's calendar file, by employee, and what is wrong with them."""
    zones = {e.employee_id: e.zone for e in folder.employees}
    window = Interval(now - timedelta(days=1), now + AHEAD)
    found: dict[str, ReadCalendar] = {}
    problems: list[Problem] = []
    for owner, path in folder.calendars.items():
        progress(f"calendars/{path.name}")
        try:
            content = path.read_bytes()
        except OSError:
            content = b""
        # The zone belongs to the fingerprint: the same file means other instants after its owner moved.
        sha256 = hashlib.sha256(zones[owner].encode() + b"\0" + content).digest()
        try:
            times = registry.plug_class("calendar", "ics")(content, zones[owner]).busy(window)
        except CalendarUnreadable:
            problems.append(calendar_unreadable(owner))
            times = None
        else:
            problems += [calendar_event_unreadable(owner, event.uid, event.reason) for event in times.unreadable]
        found[owner] = ReadCalendar(sha256, content, times)
    return found, problems


def bring_calendars(calendars: dict[str, ReadCalendar], now: datetime, tally: Tally) -> None:
    """Writes the accounts and their busy times. An employee whose file is gone has no calendar any more."""
    employees = {e.code: e for e in Employee.objects.filter(code__in=calendars)}
    accounts = {a.employee.code: a for a in CalendarAccount.objects.select_related("employee")}
    for code, read in calendars.items():
        if code not in employees:
            continue
        tally.add("calendars", "read")
        account = accounts.get(code)
        fresh_enough = account and account.known and account.known.upper - now >= REFRESH_BELOW
        if account and bytes(account.sha256) == read.sha256 and (fresh_enough or read.times is None):
            tally.add("calendars", "unchanged")
            continue
        same_file = account is not None and bytes(account.sha256) == read.sha256
        tally.add("calendars", "added" if account is None else "unchanged" if same_file else "changed")
        account = account or CalendarAccount(employee=employees[code])
        window = read.times.window if read.times else None
        account.content, account.sha256, account.read_at = read.content, read.sha256, now
        account.known = TimestamptzRange(window.start, window.end, "[)") if window else None
        account.save()
        BusyTime.objects.filter(account=account).delete()
        spans = read.times.busy if read.times else ()
        BusyTime.objects.bulk_create(
            [BusyTime(account=account, during=TimestamptzRange(s.start, s.end, "[)")) for s in spans], batch_size=1000
        )
    gone = [account.pk for code, account in accounts.items() if code not in calendars]
    CalendarAccount.objects.filter(pk__in=gone).delete()
    tally.add("calendars", "removed", len(gone))
