"""Shifts in their versions, groups, rotations and rosters, who decides, trips, and what leave was granted: into their rooms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F
from psycopg.types.range import TimestamptzRange

from mianyue.domain.attendance.actions.ledger import Overdrawn, grant
from mianyue.domain.attendance.models import (
    AttendanceGroup,
    GroupMember,
    LeaveType,
    LedgerEntry,
    RosterDay,
    Rotation,
    RotationDay,
    Shift,
    ShiftVersion,
    Trip,
)
from mianyue.domain.intake.cells import LEAVE_KINDS
from mianyue.domain.intake.records import CompanyFolder
from mianyue.domain.organization.models import Department, Employee, Site
from mianyue.workflows.bring_in.rows import Tally, bring, replace


def bring_shifts(folder: CompanyFolder, now: datetime, tally: Tally) -> dict[Any, Shift]:
    """The shifts; one that is worked differently now gets a version that counts from today, and what was before stays."""
    today = now.astimezone(ZoneInfo(folder.company.default_zone)).date()
    wanted = {s.shift_id: {"code": s.shift_id, "name": s.name} for s in folder.shifts}
    shifts = bring("shifts", Shift, {s.code: s for s in Shift.objects.all()}, wanted, tally)
    newest = {version.shift_id: version for version in ShiftVersion.objects.order_by(F("first_day").asc(nulls_first=True))}
    for told in folder.shifts:
        shift = shifts[told.shift_id]
        known = newest.get(shift.pk)
        values = {
            "segments": [list(part) for part in told.segments],
            "weekdays": sorted(told.weekdays),
            "late_grace": told.late_grace,
            "early_grace": told.early_grace,
            "punch_breaks": told.punch_breaks,
        }
        if known is None:
            ShiftVersion.objects.create(shift=shift, **values)
        elif any(getattr(known, name) != value for name, value in values.items()):
            kept = {name: getattr(known, name) for name in ("punches_before", "punches_after")}
            ShiftVersion.objects.update_or_create(shift=shift, first_day=today, defaults={**values, **kept})
            tally.add("shifts", "changed")
            tally.add("shifts", "unchanged", -1)
    return shifts


def bring_attending(
    folder: CompanyFolder,
    sites: dict[Any, Site],
    employees: dict[Any, Employee],
    shifts: dict[Any, Shift],
    absent: frozenset[str],
    now: datetime,
    tally: Tally,
) -> None:
    """What a small company's folder need not have."""
    if "departments" not in absent:
        _departments(folder, employees, tally)
    rotations = _rotations(folder, shifts, absent, tally)
    groups = _groups(folder, sites, shifts, rotations, tally)
    if "group_members" not in absent:
        replace(
            "group_members",
            GroupMember,
            GroupMember.objects.filter(origin="folder"),
            (
                {"employee": employees[m.employee_id], "group": groups[m.group_id], "first_day": m.first, "last_day": m.last}
                for m in folder.group_members
            ),
            lambda row: (row.employee_id, row.group_id, row.first_day, row.last_day),
            tally,
        )
    if "rosters" not in absent:
        replace(
            "rosters",
            RosterDay,
            RosterDay.objects.filter(origin="folder"),
            (
                {"employee": employees[r.employee_id], "day": r.day, "shift": shifts[r.shift_id] if r.shift_id else None}
                for r in folder.rosters
            ),
            lambda row: (row.employee_id, row.day, row.shift_id),
            tally,
        )
    if "trips" not in absent:
        replace(
            "trips",
            Trip,
            Trip.objects.filter(origin=Trip.Origin.FOLDER),
            (
                {
                    "employee": employees[trip.employee_id],
                    "during": TimestamptzRange(trip.interval.start, trip.interval.end, "[)"),
                    # A word that wasn't understood must not make somebody available.
                    "status": trip.status or Trip.Status.PENDING,
                    "destination": trip.destination or None,
                }
                for trip in folder.trips
            ),
            lambda row: (row.employee_id, row.during.lower, row.during.upper, row.status, row.destination),
            tally,
        )
    types = _leave_types(folder, tally)
    if "leave_quotas" not in absent:
        _quotas(folder, employees, types, now, tally)


def name_leave_types(names: Iterable[str]) -> None:
    """The kinds of leave that requests name and no table describes: of each, what its name tells."""
    known = set(LeaveType.objects.values_list("name", flat=True))
    fresh = sorted({name[:100] for name in names if name} - known)
    LeaveType.objects.bulk_create(LeaveType(name=name, code=LEAVE_KINDS.get(name, "other")) for name in fresh)


def _departments(folder: CompanyFolder, employees: dict[Any, Employee], tally: Tally) -> None:
    wanted = {
        d.name: {
            "name": d.name,
            "manager_id": employees[d.manager].pk if d.manager else None,
            "hr_id": employees[d.hr].pk if d.hr else None,
        }
        for d in folder.departments
    }
    rows = bring("departments", Department, {d.name: d for d in Department.objects.all()}, wanted, tally)
    for told in folder.departments:
        row, parent = rows[told.name], rows.get(told.parent) if told.parent != told.name else None
        if row.parent_id != (parent and parent.pk):
            row.parent = parent
            row.save(update_fields=["parent"])


def _rotations(folder: CompanyFolder, shifts: dict[Any, Shift], absent: frozenset[str], tally: Tally) -> dict[Any, Rotation]:
    wanted = {r.rotation_id: {"code": r.rotation_id, "name": r.name, "anchor": r.first_day} for r in folder.rotations}
    rotations = bring("rotations", Rotation, {r.code: r for r in Rotation.objects.all()}, wanted, tally)
    if "rotations" not in absent:
        replace(
            "rotation_days",
            RotationDay,
            RotationDay.objects.filter(rotation__code__in=wanted),
            (
                {"rotation": rotations[r.rotation_id], "number": number, "shift": shifts[shift] if shift else None}
                for r in folder.rotations
                for number, shift in enumerate(r.shifts)
            ),
            lambda row: (row.rotation_id, row.number, row.shift_id),
            tally,
        )
    return rotations


def _groups(
    folder: CompanyFolder, sites: dict[Any, Site], shifts: dict[Any, Shift], rotations: dict[Any, Rotation], tally: Tally
) -> dict[Any, AttendanceGroup]:
    wanted = {
        g.group_id: {
            "code": g.group_id,
            "name": g.name,
            "shift_id": shifts[g.shift_id].pk if g.shift_id else None,
            "rotation_id": rotations[g.rotation_id].pk if g.rotation_id else None,
            "overtime_opens": g.overtime_opens,
            "overtime_as_leave": g.overtime_as_leave,
            "within_meters": g.within_meters,
            "field_work": g.field_work,
        }
        for g in folder.attendance_groups
    }
    groups = bring("attendance_groups", AttendanceGroup, {g.code: g for g in AttendanceGroup.objects.all()}, wanted, tally)
    for told in folder.attendance_groups:
        groups[told.group_id].places.set(sites[place] for place in told.places)
    return groups


def _leave_types(folder: CompanyFolder, tally: Tally) -> dict[Any, LeaveType]:
    wanted = {
        kind.name: {
            "name": kind.name,
            "code": kind.code,
            "has_quota": kind.has_quota,
            "paid": kind.paid,
            "step_minutes": kind.step,
            "day_minutes": kind.day,
            "in_use": kind.in_use,
        }
        for kind in folder.leave_types
    }
    return bring("leave_types", LeaveType, {kind.name: kind for kind in LeaveType.objects.all()}, wanted, tally)


def _quotas(
    folder: CompanyFolder, employees: dict[Any, Employee], types: dict[Any, LeaveType], now: datetime, tally: Tally
) -> None:
    """Books what was granted, and only the difference where the table says otherwise than before: the ledger forgets nothing."""
    booked: dict[str, list[int]] = {}
    entries = LedgerEntry.objects.filter(key__startswith="folder:").values_list("key", "minutes")
    for key, minutes in entries:
        booked.setdefault(":".join(key.split(":")[:4]), []).append(minutes)
    for quota in folder.leave_quotas:
        employee, kind = employees[quota.employee_id], types[quota.leave_type]
        key = f"folder:{employee.pk}:{kind.pk}:{quota.year}"
        before = booked.get(key, [])
        difference = quota.minutes - sum(before)
        tally.add("leave_quotas", "read")
        if not difference:
            tally.add("leave_quotas", "unchanged")
            continue
        how = {"year": quota.year, "minutes": quota.minutes, "from": "leave_quotas"}
        key = f"{key}:{len(before)}" if before else key
        try:
            grant(employee.pk, kind, difference, key, how, now)
        except Overdrawn as overdrawn:
            # What was taken can't be taken back: the rest is, and the next import sees what is still missing.
            if overdrawn.left > 0:
                grant(employee.pk, kind, -overdrawn.left, key, how, now)
        tally.add("leave_quotas", "changed" if before else "added")
