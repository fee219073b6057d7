"""Punches come in: by phone, where the place is looked at, and by the file of a time clock. They are kept for good."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from mianyue.base.errors import NotFound, Refused
from mianyue.domain.attendance.actions.days import forget_around, forget_days_of, lock_days_of
from mianyue.domain.attendance.actions.punches import NewPunch, add_punch, add_punches
from mianyue.domain.attendance.models import Account, AttendanceGroup, Punch
from mianyue.domain.attendance.queries.days import known_keys, shift_instances, signed_off
from mianyue.domain.attendance.queries.groups import group_on
from mianyue.domain.intake.problems import Problem, problem
from mianyue.domain.intake.punches import ClockPunch, Tapper, read_punches
from mianyue.domain.organization.models import Employee
from mianyue.domain.organization.queries import company
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import Actor
from mianyue.worktime.days import DAY
from mianyue.worktime.places import metres_between

DOUBLE_TAP = timedelta(seconds=60)
"""A second tap within this is the same punch."""
VAGUE = 500
"""Metres: a phone that is less sure than this of where it is, and less than the group asks for, doesn't know."""


class TooFar(Refused):
    """The phone is farther from every place of the group than it allows, or doesn't say where it is."""

    code = "too_far"


class NotATable(Refused):
    """The file is neither CSV nor XLSX."""

    code = "not_a_table"


class NotEmployed(Refused):
    """The person doesn't work here on that day, or their attendance account was closed."""

    code = "not_employed"


@dataclass(frozen=True, slots=True)
class _Where:
    """What the place check found: the place they are at, or that they are away from all of them."""

    place_id: UUID | None = None
    field: bool = False


def punch(
    employee: Employee,
    actor: Actor,
    now: datetime,
    latitude: float | None = None,
    longitude: float | None = None,
    accuracy: float | None = None,
    device: str = "",
) -> Punch:
    """A punch by phone, at ``now``; coordinates in decimal degrees (WGS 84), ``accuracy`` in metres, as the phone reports them.

    A second tap within a minute, from two phones at once too, gives the first punch and changes nothing. Raises NotFound for somebody
    who isn't in the company's files, NotEmployed, and TooFar with how far it is where the group doesn't allow field work (外勤).
    """
    with transaction.atomic():
        lock_days_of([employee.pk])
        found = Employee.objects.filter(pk=employee.pk).first()
        if found is None:
            raise NotFound("There is no such employee.", "Ask HR whether you are in the company's files.")
        today = now.astimezone(ZoneInfo(found.time_zone)).date()
        if not _works_here(found, today, now):
            raise NotEmployed("Only who works here on that day can punch.", "Ask HR to look at your first and last day.")
        tapped = Punch.objects.filter(employee=found, source=Punch.Source.PHONE)
        same = tapped.filter(at__gt=now - DOUBLE_TAP, at__lt=now + DOUBLE_TAP).first()
        if same:
            return same
        where = _look(group_on(found.pk, today), latitude, longitude, accuracy)
        new = NewPunch(
            employee_id=found.pk,
            at=now,
            zone=found.time_zone,
            source=Punch.Source.PHONE,
            key=f"phone:{found.pk}:{now.astimezone(UTC).isoformat()}",
            device=device[:100],
            place_id=where.place_id,
            field=where.field,
        )
        made = add_punch(new, now)
        forget_around(found, [now])
        record("punch.made", made, actor, now, source=made.source, field=made.field)
    return made


def _works_here(employee: Employee, today: date, now: datetime) -> bool:
    """Whether they are employed, or still on the night shift of their last day."""
    if Account.objects.filter(employee=employee, closed_at__isnull=False).exists():
        return False
    if employee.hire_date and today < employee.hire_date:
        return False
    if employee.last_day and today > employee.last_day:
        shifts = shift_instances([employee.pk], today - 2 * DAY, employee.last_day)[employee.pk]
        return any(shift.opens <= now < shift.closes for shift in shifts)
    return True


def _look(group: AttendanceGroup | None, latitude: float | None, longitude: float | None, accuracy: float | None) -> _Where:
    """Where they are, by the group's rule. Places whose position nobody knows can't be checked; with none left, anywhere will do."""
    sites = group.places.filter(latitude__isnull=False, longitude__isnull=False).order_by("pk") if group else ()
    places = {site.pk: (site.latitude, site.longitude) for site in sites}
    if group is None or not places:
        return _Where()
    if latitude is None or longitude is None or (accuracy is not None and accuracy > max(group.within_meters, VAGUE)):
        if group.field_work:
            return _Where(field=True)
        raise TooFar("The phone doesn't say where it is, or not well enough.", "Allow the page to use the location, and tap again.")
    here = latitude, longitude
    far, nearest = min((metres_between(here, place), pk) for pk, place in places.items())
    if far <= group.within_meters:
        return _Where(nearest)
    if group.field_work:
        return _Where(field=True)
    raise TooFar(
        f"The phone is {_told(far)} away from the nearest place of the group; at most {group.within_meters} m are allowed.",
        "Go nearer and tap again, or ask for a correction of the punch.",
    )


def _told(metres: float) -> str:
    return f"{metres:.0f} m" if metres < 10_000 else f"{metres / 1000:.0f} km"


@dataclass(frozen=True, slots=True)
class Brought:
    """What a clock's file came to: rows read, punches that were new and that were known, and every finding."""

    read: int
    added: int
    known: int
    problems: list[Problem]


def bring_punches(
    path: Path, actor: Actor, now: datetime, *, dry_run: bool = False, progress: Callable[[str], None] = lambda name: None
) -> Brought:
    """Brings in the file of a time clock, CSV or XLSX, in one transaction; ``dry_run`` writes nothing. The same file again changes nothing.

    Somebody's punches of the same second are one. Raises NotFound where there is no file, NotATable for another kind of file.
    """
    if not path.is_file():
        raise NotFound("There is no such file.", "Name the file that the clock has written.")
    if path.suffix.casefold() not in (".csv", ".xlsx"):
        raise NotATable("Punches are read from CSV and XLSX only.", "Save the file as one of these and import it again.")
    problems: list[Problem] = []
    with transaction.atomic():
        rows = Employee.objects.values_list("code", "pk", "time_zone", "hire_date", "last_day")
        staff = {code: Tapper(*told) for code, *told in rows}
        read, tapped = read_punches(path, staff, now, problems, progress)
        zones = {who.employee_id: ZoneInfo(who.zone) for who in staff.values()}
        lock_days_of({one.employee_id for one in tapped})
        by_key = {_clock_key(one): one for one in tapped}
        known = known_keys(by_key)
        fresh = {key: one for key, one in by_key.items() if key not in known}
        add_punches([_of_clock(key, one) for key, one in fresh.items()], now)
        days = {key: one.at.astimezone(zones[one.employee_id]).date() for key, one in fresh.items()}
        problems += _in_closed_months(path.name, fresh, days)
        _forget(fresh, days)
        if fresh:
            record("punches.brought", company(), actor, now, read=read, added=len(fresh), problems=len(problems))
        if dry_run:
            transaction.set_rollback(True)
    return Brought(read, len(fresh), len(tapped) - len(fresh), sorted(problems, key=lambda found: found.row or 0))


def _clock_key(one: ClockPunch) -> str:
    return f"clock:{one.employee_id}:{one.at:%Y-%m-%dT%H:%M:%S}"


def _of_clock(key: str, one: ClockPunch) -> NewPunch:
    return NewPunch(one.employee_id, one.at, one.zone, Punch.Source.CLOCK, key, one.device)


def _in_closed_months(file: str, fresh: Mapping[str, ClockPunch], days: Mapping[str, date]) -> list[Problem]:
    if not fresh:
        return []
    closed = signed_off({one.employee_id for one in fresh.values()}, min(days.values()), max(days.values()))
    late = (one for key, one in fresh.items() if (one.employee_id, days[key].replace(day=1)) in closed)
    return [problem("month_signed_off", file, one.row, one.code, "time") for one in late]


def _forget(fresh: Mapping[str, ClockPunch], days: Mapping[str, date]) -> None:
    touched: dict[UUID, tuple[date, date]] = {}
    for key, one in fresh.items():
        first, last = touched.get(one.employee_id, (days[key], days[key]))
        touched[one.employee_id] = min(first, days[key]), max(last, days[key])
    together: dict[tuple[date, date], list[UUID]] = defaultdict(list)
    for employee_id, span in touched.items():
        together[span].append(employee_id)
    for (first, last), employee_ids in together.items():
        forget_days_of(employee_ids, first, last)
