"""Reads employees and their attendance: shifts, who works which, leave, overtime and trips."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval
from mianyue.domain.intake import cell_times, cells
from mianyue.domain.intake.cells import BadCell
from mianyue.domain.intake.reading import Catalogue, Reader, RowReader
from mianyue.domain.intake.records import Company, Employee, Leave, Overtime, Shift, ShiftAssignment, Site, Trip


def read_employees(reader: Reader, sites: Catalogue[Site]) -> Catalogue[Employee]:
    rows = list(reader.rows("employees"))
    employees: Catalogue[Employee] = reader.catalogue("employees")
    for row in rows:
        row.key = row.read("employee_id", cells.text) or ""
        first = bool(row.key) and row.enter(employees, row.key)
        employee = _employee(row, sites)
        if first and employee:
            employees.found[row.key] = employee
    return employees


def _employee(row: RowReader, sites: Catalogue[Site]) -> Employee | None:
    name, email = row.read("name", cells.person_name), row.email()
    site = row.reference("site_id", sites, "unknown_site")
    # A zone or last day that can't be read must not be guessed: the person would be offered at wrong hours, or after leaving.
    zone = row.strict("time_zone", cells.zone)
    hired, last = row.strict("hire_date", cell_times.day), row.strict("last_day", cell_times.day)
    if hired and last and last < hired:
        row.report("end_before_start", "last_day")
    employee = Employee(
        employee_id=row.key,
        name=name or "",
        department=row.read("department", cells.text) or "",
        title=row.read("title", cells.text) or "",
        email=email or "",
        mobile=row.mobile(),
        site_id=site.site_id if site else "",
        zone=zone or (site.zone if site else ""),
        own_zone=zone,
        language=row.read("language", cells.language),
        hire_date=hired,
        last_day=last,
        interviews_per_day=row.read("interviews_per_day", cells.limit),
        interviews_per_week=row.read("interviews_per_week", cells.limit),
        row=row.number,
        worked_since=row.read("worked_since", cell_times.day),
    )
    return None if row.broken else employee


def read_shifts(reader: Reader) -> Catalogue[Shift]:
    rows = list(reader.rows("shifts"))
    shifts: Catalogue[Shift] = reader.catalogue("shifts")
    for row in rows:
        row.key = row.read("shift_id", cells.text) or ""
        first = bool(row.key) and row.enter(shifts, row.key)
        name = row.read("name", cells.text) or ""
        start, end = row.read("start", cell_times.clock), row.read("end", cell_times.clock)
        break_start, break_end = row.strict("break_start", cell_times.clock), row.strict("break_end", cell_times.clock)
        if bool(row.cell("break_start")) != bool(row.cell("break_end")):
            row.report("bad_value", "break_end" if row.cell("break_start") else "break_start", reason="break")
        weekdays = row.read("weekdays", cell_times.weekdays)
        if first and start is not None and end is not None and weekdays and not row.broken:
            shifts.found[row.key] = Shift(
                shift_id=row.key,
                name=name,
                start=start,
                end=end,
                break_start=break_start,
                break_end=break_end,
                weekdays=weekdays,
                row=row.number,
                named_segments=row.strict("segments", cell_times.segments) or (),
                late_grace=row.read("late_grace", cells.spare_minutes) or 0,
                early_grace=row.read("early_grace", cells.spare_minutes) or 0,
                punch_breaks=row.read("punch_breaks", cells.boolean) or False,
            )
            if row.broken:
                del shifts.found[row.key]
    return shifts


def read_assignments(reader: Reader, employees: Catalogue[Employee], shifts: Catalogue[Shift]) -> list[ShiftAssignment]:
    """The assignments; of two from the same day, which the rule of the later day can't part, the later row is kept."""
    assignments: dict[tuple[str, date], ShiftAssignment] = {}
    for row in reader.rows("shift_assignments"):
        row.key = row.cell("employee_id")
        employee = row.reference("employee_id", employees, "unknown_employee")
        shift = row.reference("shift_id", shifts, "unknown_shift")
        first, last = row.read("from", cell_times.day), row.strict("to", cell_times.day)
        if first and last and last < first:
            row.report("end_before_start", "to")
        if employee is None or shift is None or first is None or row.broken:
            continue
        earlier = assignments.get((employee.employee_id, first))
        if earlier and earlier.shift_id != shift.shift_id:
            row.report("conflicting_shifts", "from", related=str(earlier.row))
        assignments[employee.employee_id, first] = ShiftAssignment(employee.employee_id, shift.shift_id, first, last, row.number)
    return list(assignments.values())


def read_leave(reader: Reader, employees: Catalogue[Employee], company: Company) -> list[Leave]:
    """The leave requests, local to the employee. A time that the clocks leave in doubt counts as absence."""
    leave: list[Leave] = []
    for row in reader.rows("leave"):
        employee, interval, status = _request(row, employees, company, widen=True)
        kind = row.read("leave_type", cells.text) or ""
        if employee and interval and not row.broken:
            leave.append(Leave(employee.employee_id, kind, interval, status, row.number))
    return leave


def read_overtime(reader: Reader, employees: Catalogue[Employee], company: Company) -> list[Overtime]:
    """The overtime requests, local to the employee. A time that the clocks leave in doubt is no attendance."""
    overtime: list[Overtime] = []
    for row in reader.rows("overtime"):
        employee, interval, status = _request(row, employees, company, widen=False)
        if employee and interval and not row.broken:
            overtime.append(Overtime(employee.employee_id, interval, status, row.number))
    return overtime


def read_trips(reader: Reader, employees: Catalogue[Employee], company: Company) -> list[Trip]:
    """The trips, local to the employee. A time that the clocks leave in doubt counts as absence."""
    trips: list[Trip] = []
    for row in reader.rows("trips"):
        employee, interval, status = _request(row, employees, company, widen=True)
        destination = row.read("destination", cells.text) or ""
        if employee and interval and not row.broken:
            trips.append(Trip(employee.employee_id, interval, status, destination, row.number))
    return trips


def _request(
    row: RowReader, employees: Catalogue[Employee], company: Company, *, widen: bool
) -> tuple[Employee | None, Interval | None, str | None]:
    row.key = row.cell("employee_id")
    employee = row.reference("employee_id", employees, "unknown_employee")
    interval = row.interval(ZoneInfo(employee.zone if employee else company.default_zone), "widen" if widen else "narrow")
    return employee, interval, _status(row)


def _status(row: RowReader) -> str | None:
    try:
        return cells.status(row.cell("status"))
    except BadCell:
        # Not an error: leaving the row out would turn doubtful leave into free time.
        row.report("unknown_status", "status")
        return None
