"""Calendar files into busy times, spelled out as far ahead as anybody plans."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from psycopg.types.range import TimestamptzRange

from mianyue.base import zones
from mianyue.base.interval import Interval
from mianyue.domain.calendars.models import BusyTime, CalendarAccount
from mianyue.domain.intake.problems import Problem, calendar_event_unreadable, calendar_hours_unreadable, calendar_unreadable
from mianyue.domain.intake.records import CompanyFolder
from mianyue.domain.interviews.models import Interview
from mianyue.domain.organization.models import Employee
from mianyue.ports import registry
from mianyue.ports.calendar import BusyTimes, CalendarUnreadable
from mianyue.workflows.bring_in.rows import Tally
from mianyue.workflows.facts import of_interviewer

AHEAD = timedelta(days=200)
REFRESH_BELOW = timedelta(days=100)
"""A calendar is spelled out for AHEAD, and again when less than REFRESH_BELOW of that is left."""
EDITION = 2
"""Raised when a plug begins to read something else out of the same file, so that unchanged files are read once more."""


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
    zone_of = {e.employee_id: e.zone for e in folder.employees}
    echoes = _echoes(folder.calendars)
    edition = f"{EDITION}\0{zones.release()}"
    window = Interval(now - timedelta(days=1), now + AHEAD)
    found: dict[str, ReadCalendar] = {}
    problems: list[Problem] = []
    for owner, path in folder.calendars.items():
        progress(f"calendars/{path.name}")
        try:
            content = path.read_bytes()
        except OSError:
            content = b""
        # The zone and its laws belong to the fingerprint: with others, the same file means other instants.
        sha256 = hashlib.sha256(f"{edition}\0{zone_of[owner]}\0".encode() + content).digest()
        try:
            times = registry.plug_class("calendar", "ics")(content, zone_of[owner], echoes(owner)).busy(window)
        except CalendarUnreadable:
            problems.append(calendar_unreadable(owner))
            times = None
        else:
            problems += [calendar_event_unreadable(owner, event.uid, event.reason) for event in times.unreadable]
            problems += [calendar_hours_unreadable(owner, hours.uid, hours.reason) for hours in times.unreadable_hours]
        found[owner] = ReadCalendar(sha256, content, times)
    return found, problems


def _echoes(owners: Iterable[str]) -> Callable[[str], Callable[[str], bool]]:
    """By owner, which events of a calendar are the echo of entries sent to that very person: a booked interview blocks its
    interviewer by its claim, and would else stand in its own way for ever after the next import."""
    employees = dict(Employee.objects.filter(code__in=list(owners)).values_list("code", "pk"))
    sent = {str(pk) for pk in Interview.objects.values_list("pk", flat=True)} if employees else set()

    def of(owner: str) -> Callable[[str], bool]:
        end = of_interviewer(employees.get(owner))
        return lambda uid: uid.endswith(end) and uid.removesuffix(end) in sent

    return of


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
        spans = [(s, False) for s in read.times.busy] + [(s, True) for s in read.times.unknown] if read.times else []
        BusyTime.objects.bulk_create(
            [BusyTime(account=account, during=TimestamptzRange(s.start, s.end, "[)"), unknown=dark) for s, dark in spans],
            batch_size=1000,
        )
    gone = [account.pk for code, account in accounts.items() if code not in calendars]
    CalendarAccount.objects.filter(pk__in=gone).delete()
    tally.add("calendars", "removed", len(gone))
