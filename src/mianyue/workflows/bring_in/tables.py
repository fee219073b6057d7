"""The company's tables into their rooms: places, people, attendance, openings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from psycopg.types.range import TimestamptzRange

from mianyue.base.interval import Interval
from mianyue.domain.attendance.models import Leave, Overtime, ShiftAssignment
from mianyue.domain.intake.records import CompanyFolder
from mianyue.domain.organization.models import Company, Employee, Site, SiteDistance
from mianyue.domain.recruiting.models import Job, Round, SeatChoice, ShadowChoice
from mianyue.domain.rooms.models import Room, RoomBooking
from mianyue.workflows.bring_in.attending import bring_attending, bring_shifts, name_leave_types
from mianyue.workflows.bring_in.rows import Tally, bring, replace


def bring_tables(folder: CompanyFolder, now: datetime, absent: frozenset[str], tally: Tally) -> None:
    """Everything but candidates and calendars. Of tables named in ``absent`` nothing is known now: what was known before stays."""
    _company(folder, tally)
    sites = _sites(folder, tally)
    _distances(folder, sites, absent, tally)
    _rooms(folder, sites, absent, tally)
    employees = _employees(folder, sites, tally)
    _attendance(folder, sites, employees, now, absent, tally)
    _openings(folder, sites, employees, absent, tally)


def _company(folder: CompanyFolder, tally: Tally) -> None:
    told, rules = folder.company, folder.company.interviewing
    values = {
        "id": 1,
        "name": told.name,
        "default_language": told.default_language,
        "time_zone": told.default_zone,
        "working_week": sorted(told.working_week),
        "holiday_country": told.holiday_country,
        "horizon_working_days": told.horizon_working_days,
        "buffer_before": rules.buffer_before,
        "buffer_after": rules.buffer_after,
        "interviews_per_day": rules.per_day,
        "interviews_per_week": rules.per_week,
        "rest_after_night_shift": rules.rest_after_night_shift,
        "blackout_dates": list(rules.blackout),
        "walking_minutes": rules.walking_minutes,
        "contact_name": told.candidate_contact.name,
        "contact_email": told.candidate_contact.email,
        "contact_phone": told.candidate_contact.phone,
        "privacy_name": told.privacy_contact.name,
        "privacy_email": told.privacy_contact.email,
        "privacy_notice_url": told.privacy_contact.notice_url,
    }
    bring("company", Company, {c.pk: c for c in Company.objects.all()}, {1: values}, tally)


def _sites(folder: CompanyFolder, tally: Tally) -> dict[Any, Site]:
    by_site = folder.company.holiday_country_by_site
    wanted = {
        site.site_id: {
            "code": site.site_id,
            "name": site.name,
            "address": site.address,
            "latitude": site.latitude,
            "longitude": site.longitude,
            "time_zone": site.zone,
            "holiday_country": by_site.get(site.site_id, folder.company.holiday_country),
        }
        for site in folder.sites
    }
    return bring("sites", Site, {s.code: s for s in Site.objects.all()}, wanted, tally)


def _distances(folder: CompanyFolder, sites: dict[Any, Site], absent: frozenset[str], tally: Tally) -> None:
    if "site_distances" in absent:
        return
    replace(
        "site_distances",
        SiteDistance,
        SiteDistance.objects.all(),
        ({"one": sites[d.one], "other": sites[d.other], "minutes": d.minutes} for d in folder.site_distances),
        lambda row: (row.one_id, row.other_id, row.minutes),
        tally,
    )


def _rooms(folder: CompanyFolder, sites: dict[Any, Site], absent: frozenset[str], tally: Tally) -> None:
    wanted = {
        room.room_id: {
            "code": room.room_id,
            "name": room.name,
            "site": sites[room.site_id],
            "capacity": room.capacity,
            "equipment": list(room.equipment),
            "in_use": True,
        }
        for room in folder.rooms
    }
    rooms = bring("rooms", Room, {r.code: r for r in Room.objects.select_related("site")}, wanted, tally)
    if "rooms" not in absent:
        # A room the company no longer lists must not be proposed; what was booked in it stays readable.
        gone = Room.objects.filter(in_use=True).exclude(code__in=wanted)
        tally.add("rooms", "removed", gone.update(in_use=False))
    if "room_bookings" not in absent:
        replace(
            "room_bookings",
            RoomBooking,
            RoomBooking.objects.filter(origin="folder"),
            ({"room": rooms[b.room_id], "during": _range(b.interval), "subject": b.subject or None} for b in folder.room_bookings),
            lambda row: (row.room_id, _key(row.during), row.subject),
            tally,
        )


def _employees(folder: CompanyFolder, sites: dict[Any, Site], tally: Tally) -> dict[Any, Employee]:
    wanted = {
        e.employee_id: {
            "code": e.employee_id,
            "name": e.name,
            "department": e.department,
            "title": e.title,
            "email": e.email or None,
            "mobile": e.mobile,
            "site": sites[e.site_id],
            "time_zone": e.zone,
            "language": e.language or "",
            "hire_date": e.hire_date,
            "last_day": e.last_day,
            # What HR entered here is not undone by a file that doesn't know of it.
            **({"worked_since": e.worked_since} if e.worked_since else {}),
            "interviews_per_day": e.interviews_per_day,
            "interviews_per_week": e.interviews_per_week,
        }
        for e in folder.employees
    }
    return bring("employees", Employee, {e.code: e for e in Employee.objects.select_related("site")}, wanted, tally)


def _attendance(
    folder: CompanyFolder,
    sites: dict[Any, Site],
    employees: dict[Any, Employee],
    now: datetime,
    absent: frozenset[str],
    tally: Tally,
) -> None:
    shifts = bring_shifts(folder, now, tally)
    if "shift_assignments" not in absent:
        replace(
            "shift_assignments",
            ShiftAssignment,
            # New hires get their shift from us, not from the company's files.
            ShiftAssignment.objects.filter(origin="folder"),
            (
                {"employee": employees[a.employee_id], "shift": shifts[a.shift_id], "first_day": a.first, "last_day": a.last}
                for a in folder.shift_assignments
            ),
            lambda row: (row.employee_id, row.shift_id, row.first_day, row.last_day),
            tally,
        )
    if "leave" not in absent:
        replace(
            "leave",
            Leave,
            Leave.objects.filter(origin=Leave.Origin.FOLDER),
            (
                {
                    "employee": employees[leave.employee_id],
                    "during": _range(leave.interval),
                    # A word that wasn't understood must not make somebody available.
                    "status": leave.status or Leave.Status.PENDING,
                    "leave_type": leave.leave_type or None,
                }
                for leave in folder.leave
            ),
            lambda row: (row.employee_id, _key(row.during), row.status, row.leave_type),
            tally,
        )
        name_leave_types(leave.leave_type for leave in folder.leave)
    if "overtime" not in absent:
        replace(
            "overtime",
            Overtime,
            Overtime.objects.filter(origin=Overtime.Origin.FOLDER),
            (
                {
                    "employee": employees[o.employee_id],
                    "during": _range(o.interval),
                    "status": o.status or Overtime.Status.PENDING,
                }
                for o in folder.overtime
            ),
            lambda row: (row.employee_id, _key(row.during), row.status),
            tally,
        )
    bring_attending(folder, sites, employees, shifts, absent, now, tally)


def _openings(
    folder: CompanyFolder, sites: dict[Any, Site], employees: dict[Any, Employee], absent: frozenset[str], tally: Tally
) -> None:
    wanted = {
        j.job_id: {
            "code": j.job_id,
            "title": j.title,
            "family": j.family,
            "department": j.department,
            "site": sites[j.site_id],
            "keywords": list(j.keywords),
            "description": j.description,
            "materials_url": j.materials_url,
            "materials": [list(pair) for pair in j.materials],
        }
        for j in folder.jobs
    }
    jobs = bring("jobs", Job, {j.code: j for j in Job.objects.select_related("site")}, wanted, tally)
    rounds_wanted = {
        (r.job_id, r.number): {
            "job": jobs[r.job_id],
            "number": r.number,
            "name": r.name,
            "minutes": r.minutes,
            "mode": r.mode,
            "needs_room": r.needs_room,
            "prepare": list(r.prepare),
            "equipment": list(r.equipment),
            "buffer_before": r.buffer_before,
            "buffer_after": r.buffer_after,
        }
        for r in folder.rounds
    }
    existing = {(r.job.code, r.number): r for r in Round.objects.select_related("job")}
    rounds = bring("interview_rounds", Round, existing, rounds_wanted, tally)
    if "interview_rounds" not in absent:
        replace(
            "interviewers",
            SeatChoice,
            SeatChoice.objects.all(),
            (
                {"round": rounds[r.job_id, r.number], "seat": seat, "place": place, "employee": employees[person]}
                for r in folder.rounds
                for seat, people in enumerate(r.seats)
                for place, person in enumerate(people)
            ),
            lambda row: (row.round_id, row.seat, row.place, row.employee_id),
            tally,
        )
        replace(
            "shadows",
            ShadowChoice,
            ShadowChoice.objects.all(),
            (
                {"round": rounds[r.job_id, r.number], "place": place, "employee": employees[person]}
                for r in folder.rounds
                for place, person in enumerate(r.shadows)
            ),
            lambda row: (row.round_id, row.place, row.employee_id),
            tally,
        )


def _range(interval: Interval) -> TimestamptzRange:
    return TimestamptzRange(interval.start, interval.end, "[)")


def _key(during: TimestamptzRange) -> tuple[float, float]:
    return during.lower.timestamp(), during.upper.timestamp()
