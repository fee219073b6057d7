"""Reads who decides, who works with whom, and what leave there is: tables that a small company need not have."""

from __future__ import annotations

from datetime import date
from functools import partial

from mianyue.domain.intake import cell_times, cells
from mianyue.domain.intake.reading import Catalogue, Reader, RowReader
from mianyue.domain.intake.records import (
    AttendanceGroup,
    Department,
    Employee,
    GroupMember,
    LeaveQuota,
    LeaveType,
    RosterDay,
    Rotation,
    Shift,
    Site,
)

_QUOTA_KINDS = frozenset({"annual", "compensatory"})
"""Kinds that are not taken beyond their balance where the table says nothing."""


def read_departments(reader: Reader, employees: Catalogue[Employee]) -> list[Department]:
    """The departments; a manager who doesn't exist leaves the decision to HR."""
    rows = list(reader.rows("departments"))
    found: Catalogue[Department] = reader.catalogue("departments")
    for row in rows:
        row.key = row.read("department", cells.text) or ""
        first = bool(row.key) and row.enter(found, row.key)
        deciding = [_decider(row, column, employees) for column in ("manager_id", "hr_id")]
        department = Department(row.key, row.read("parent", cells.text), deciding[0], deciding[1], row.number)
        if first and not row.broken:
            found.found[row.key] = department
    for row in rows:
        parent = row.cell("parent")
        if row.key in found.found and parent:
            if parent == row.key:
                row.report("ignored_value", "parent", reason="own_parent")
            elif found.is_unknown(parent):
                row.report("unknown_department", "parent")
    return list(found.found.values())


def _decider(row: RowReader, column: str, employees: Catalogue[Employee]) -> str | None:
    number = row.read(column, cells.text)
    if number and employees.is_unknown(number):
        row.report("nobody_decides", column)
    return number if number in employees.found else None


def read_rotations(reader: Reader, shifts: Catalogue[Shift]) -> Catalogue[Rotation]:
    rows = list(reader.rows("rotations"))
    rotations: Catalogue[Rotation] = reader.catalogue("rotations")
    for row in rows:
        row.key = row.read("rotation_id", cells.text) or ""
        first = bool(row.key) and row.enter(rotations, row.key)
        begins = row.read("first_day", cell_times.day)
        cycle = tuple(_shift_or_rest(row, named, shifts) for named in row.read("shifts", cells.items) or ())
        rotation = Rotation(row.key, row.read("name", cells.text) or row.key, begins or date.min, cycle, row.number)
        if first and cycle and not row.broken:
            rotations.found[row.key] = rotation
    return rotations


def _shift_or_rest(row: RowReader, named: str, shifts: Catalogue[Shift]) -> str | None:
    """The shift's id; None for a word of rest, and where the row is broken by a shift that can't be used."""
    if named.casefold() in cells.REST:
        return None
    if named not in shifts.found:
        if shifts.is_unknown(named):
            column = "shifts" if row.table == "rotations" else "shift_id"
            row.report("unknown_shift", column, value=named)
        row.broken = True
    return named


def read_groups(
    reader: Reader, shifts: Catalogue[Shift], rotations: Catalogue[Rotation], sites: Catalogue[Site]
) -> Catalogue[AttendanceGroup]:
    rows = list(reader.rows("attendance_groups"))
    groups: Catalogue[AttendanceGroup] = reader.catalogue("attendance_groups")
    for row in rows:
        row.key = row.read("group_id", cells.text) or ""
        first = bool(row.key) and row.enter(groups, row.key)
        shift = row.reference("shift_id", shifts, "unknown_shift") if row.cell("shift_id") else None
        rotation = row.reference("rotation_id", rotations, "unknown_rotation") if row.cell("rotation_id") else None
        if row.cell("shift_id") and row.cell("rotation_id"):
            row.report("bad_value", "rotation_id", reason="shift_and_rotation")
        # A place that isn't known must not make a group punch anywhere.
        places = row.read("places", cells.items) or ()
        for place in places:
            if place not in sites.found:
                row.report("unknown_site", "places", value=place)
        group = AttendanceGroup(
            group_id=row.key,
            name=row.read("name", cells.text) or row.key,
            shift_id=shift and shift.shift_id,
            rotation_id=rotation and rotation.rotation_id,
            overtime_opens=_yes(row, "overtime_opens", otherwise=True),
            overtime_as_leave=_yes(row, "overtime_as_leave", otherwise=False),
            places=tuple(places),
            within_meters=row.read("within_meters", lambda raw: cells.count(raw, "米|m")) or 300,
            field_work=_yes(row, "field_work", otherwise=True),
            row=row.number,
        )
        if first and not row.broken:
            groups.found[row.key] = group
    return groups


def _yes(row: RowReader, column: str, *, otherwise: bool) -> bool:
    said = row.read(column, cells.boolean)
    return otherwise if said is None else said


def read_members(reader: Reader, employees: Catalogue[Employee], groups: Catalogue[AttendanceGroup]) -> list[GroupMember]:
    """Who belongs to which group; of two rows from the same day, the later row is kept."""
    members: dict[tuple[str, date], GroupMember] = {}
    for row in reader.rows("group_members"):
        row.key = row.cell("employee_id")
        employee = row.reference("employee_id", employees, "unknown_employee")
        group = row.reference("group_id", groups, "unknown_group")
        first, last = row.read("from", cell_times.day), row.strict("to", cell_times.day)
        if first and last and last < first:
            row.report("end_before_start", "to")
        if employee and group and first and not row.broken:
            members[employee.employee_id, first] = GroupMember(employee.employee_id, group.group_id, first, last, row.number)
    return list(members.values())


def read_rosters(reader: Reader, employees: Catalogue[Employee], shifts: Catalogue[Shift]) -> list[RosterDay]:
    """What is worked on single dates; of two rows for one date, the first counts."""
    rows = list(reader.rows("rosters"))
    days: Catalogue[RosterDay] = reader.catalogue("rosters")
    for row in rows:
        row.key = row.cell("employee_id")
        employee = row.reference("employee_id", employees, "unknown_employee")
        day, named = row.read("day", cell_times.day), row.read("shift_id", cells.text)
        shift = _shift_or_rest(row, named, shifts) if named else None
        if employee and day and named and not row.broken and row.enter(days, f"{employee.employee_id}/{day}"):
            days.found[f"{employee.employee_id}/{day}"] = RosterDay(employee.employee_id, day, shift, row.number)
    return list(days.found.values())


def read_leave_types(reader: Reader) -> Catalogue[LeaveType]:
    rows = list(reader.rows("leave_types"))
    types: Catalogue[LeaveType] = reader.catalogue("leave_types")
    for row in rows:
        row.key = (row.read("name", cells.text) or "")[:100]
        first = bool(row.key) and row.enter(types, row.key)
        code = row.read("kind", cells.leave_kind) or cells.LEAVE_KINDS.get(row.key, "other")
        kind = LeaveType(
            name=row.key,
            code=code,
            has_quota=_yes(row, "has_quota", otherwise=code in _QUOTA_KINDS),
            paid=_yes(row, "paid", otherwise=code != "personal"),
            step=row.read("step", cells.minutes) or 30,
            day=row.read("day", cells.minutes) or 480,
            in_use=_yes(row, "in_use", otherwise=True),
            row=row.number,
        )
        if first and not row.broken:
            types.found[row.key] = kind
    return types


def read_quotas(reader: Reader, employees: Catalogue[Employee], types: Catalogue[LeaveType]) -> list[LeaveQuota]:
    """What was granted per person, kind and year; of two rows for the same, the first counts."""
    rows = list(reader.rows("leave_quotas"))
    quotas: Catalogue[LeaveQuota] = reader.catalogue("leave_quotas")
    for row in rows:
        row.key = row.cell("employee_id")
        employee = row.reference("employee_id", employees, "unknown_employee")
        kind = row.reference("leave_type", types, "unknown_leave_type")
        year = row.read("year", cells.year)
        minutes = row.read("amount", partial(cells.leave_amount, kind.day if kind else 480))
        if employee and kind and year and minutes is not None and not row.broken:
            key = f"{employee.employee_id}/{kind.name}/{year}"
            if row.enter(quotas, key):
                quotas.found[key] = LeaveQuota(employee.employee_id, kind.name, year, minutes, row.number)
    return list(quotas.found.values())
