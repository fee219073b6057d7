"""Importing what people work by: versions of shifts, groups, rosters, who decides, and leave that was granted."""

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from mianyue.domain.attendance.actions.ledger import give_back, reserve
from mianyue.domain.attendance.models import (
    AttendanceGroup,
    GroupMember,
    Leave,
    LeaveType,
    LedgerEntry,
    RosterDay,
    ShiftAssignment,
    ShiftVersion,
    Trip,
)
from mianyue.domain.attendance.queries.plans import assignments_of
from mianyue.domain.organization.models import Department, Employee
from mianyue.domain.security.actor import SYSTEM
from mianyue.workflows.bring_in import bring_in
from mianyue.worktime.attendance import shift_on

SAMPLE = Path(__file__).parents[1] / "data" / "company"

TABLES = {
    "departments": "department,parent,manager_id,hr_id\n技术中心,,E001,E013\n后端组,技术中心,E002,\n",
    "rotations": "rotation_id,name,first_day,shifts\nT1,两班倒,2026-11-30,S1;S1;rest\n",
    "attendance_groups": "group_id,name,shift_id,rotation_id,overtime_opens,places\nG1,总部,S1,,false,SHA;BJS\nG2,轮班,,T1,,\n",
    "group_members": "employee_id,group_id,from,to\nE002,G1,2026-01-01,\nE003,G2,2026-12-01,\n",
    "rosters": "employee_id,day,shift_id\nE003,2026-12-05,S1\nE003,2026-12-02,rest\n",
    "trips": "employee_id,start,end,status,destination\nE003,2026-12-08,2026-12-09,pending,北京\n",
    "leave_types": "name,kind\n年假,annual\n",
    "leave_quotas": "employee_id,leave_type,year,amount\nE003,年假,2026,5\n",
}


@pytest.fixture
def folder(company, tmp_path) -> Path:
    copy = Path(shutil.copytree(SAMPLE, tmp_path / "company"))
    for name, text in TABLES.items():
        (copy / f"{name}.csv").write_text(text, encoding="utf-8")
    return copy


@pytest.fixture
def brought(folder, now):
    return bring_in(folder, SYSTEM, now)


def employee(code: str) -> Employee:
    return Employee.objects.get(code=code)


def balance(code: str) -> int:
    return sum(LedgerEntry.objects.filter(account__employee__code=code).values_list("minutes", flat=True))


def test_everything_becomes_rows_and_again_changes_nothing(folder, brought, now):
    assert {
        name: brought.tables[name]["added"] for name in ("departments", "group_members", "rosters", "trips", "leave_quotas")
    } == {
        "departments": 2,
        "group_members": 2,
        "rosters": 2,
        "trips": 1,
        "leave_quotas": 1,
    }
    backend = Department.objects.get(name="后端组")
    assert (backend.parent.name, backend.manager.code, backend.hr) == ("技术中心", "E002", None)
    group = AttendanceGroup.objects.get(code="G1")
    assert (group.overtime_opens, sorted(place.code for place in group.places.all())) == (False, ["BJS", "SHA"])
    assert Trip.objects.get().status == "pending"
    assert balance("E003") == 5 * 480
    assert bring_in(folder, SYSTEM, now).changes == 0


def test_roster_before_own_assignment_before_group(folder, brought):
    assigned = assignments_of([employee("E003").pk])[employee("E003").pk]
    ShiftAssignment.objects.filter(employee__code="E003").delete()
    grouped = assignments_of([employee("E003").pk])[employee("E003").pk]
    days = [date(2026, 12, day) for day in range(1, 8)]
    # December 1 is a Tuesday. By the roster the Saturday is worked and the Wednesday is not; the group's cycle of three days
    # began on November 30, and its third day, December 2, is rest anyway.
    assert [bool(shift_on(assigned, day, "CN")) for day in days] == [True, False, True, True, True, False, True]
    assert [bool(shift_on(grouped, day, "CN")) for day in days] == [True, False, True, True, True, True, True]


def test_a_shift_worked_differently_leaves_the_days_before_as_they_were(folder, brought, now):
    before = {code: ShiftVersion.objects.filter(shift__code=code).count() for code in ("S1", "S2")}
    shifts = folder / "shifts.csv"
    shifts.write_text(shifts.read_text("utf-8").replace("S1,常白班,9:00,18:00", "S1,常白班,9:30,18:30"), "utf-8")
    later = now + timedelta(days=3)
    again = bring_in(folder, SYSTEM, later)
    assert (again.tables["shifts"]["changed"], again.tables["shifts"]["added"]) == (1, 0)
    assert {code: ShiftVersion.objects.filter(shift__code=code).count() for code in before} == {"S1": 2, "S2": 1}
    newest = ShiftVersion.objects.get(shift__code="S1", first_day__isnull=False)
    assert newest.first_day == date(2026, 12, 3)
    worked = assignments_of([employee("E002").pk])[employee("E002").pk]
    begins = [shift_on(worked, date(2026, 12, day), "CN").segments[0][0] for day in (1, 2, 3, 4)]
    assert begins == [9 * 60, 9 * 60, 9 * 60 + 30, 9 * 60 + 30]
    # Once more on the same day, differently: still one version of that day.
    shifts.write_text(shifts.read_text("utf-8").replace("9:30,18:30", "8:30,17:30"), "utf-8")
    bring_in(folder, SYSTEM, later)
    assert ShiftVersion.objects.filter(shift__code="S1").count() == 2


def test_what_was_asked_for_and_set_here_survives_an_import(folder, brought, now):
    person = employee("E003")
    span = Trip.objects.get().during
    own = {"employee": person, "during": span, "status": "approved", "origin": "own"}
    Leave.objects.create(**own)
    Trip.objects.create(**own)
    RosterDay.objects.create(employee=person, day=date(2026, 12, 20), shift=None, origin="own")
    ShiftAssignment.objects.create(
        employee=person, shift=ShiftVersion.objects.first().shift, first_day=date(2027, 1, 1), origin="own"
    )
    for name in ("rosters", "trips", "group_members"):
        (folder / f"{name}.csv").unlink()
    bring_in(folder, SYSTEM, now)
    kept = [model.objects.filter(origin="own").count() for model in (Leave, Trip, RosterDay, ShiftAssignment)]
    assert kept == [1, 1, 1, 1]
    assert [model.objects.filter(origin="folder").count() for model in (Trip, RosterDay, GroupMember)] == [0, 0, 0]


def test_a_changed_quota_books_the_difference_and_never_what_was_taken(folder, brought, now):
    person, kind = employee("E003"), LeaveType.objects.get(name="年假")
    quotas = folder / "leave_quotas.csv"
    quotas.write_text("employee_id,leave_type,year,amount\nE003,年假,2026,7\n", "utf-8")
    bring_in(folder, SYSTEM, now)
    assert balance("E003") == 7 * 480
    reserve(person.pk, kind, 6 * 480, person.pk, now)
    quotas.write_text("employee_id,leave_type,year,amount\nE003,年假,2026,5\n", "utf-8")
    bring_in(folder, SYSTEM, now)
    assert balance("E003") == 0
    give_back(person.pk, now)
    bring_in(folder, SYSTEM, now)  # what could not be taken back goes now
    assert balance("E003") == 5 * 480


def test_the_day_of_the_import_is_the_companys_own(folder, brought):
    shifts = folder / "shifts.csv"
    shifts.write_text(shifts.read_text("utf-8").replace("S1,常白班,9:00,18:00", "S1,常白班,9:30,18:30"), "utf-8")
    bring_in(folder, SYSTEM, datetime.fromisoformat("2026-12-02T16:30:00+00:00"))  # half past midnight in Shanghai
    assert ShiftVersion.objects.get(first_day__isnull=False).first_day == date(2026, 12, 3)
