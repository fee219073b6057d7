"""An import that changes what attendance days come from makes them be derived anew, and no other does."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from mianyue.domain.attendance.models import AttendanceDay, Timesheet
from mianyue.domain.organization.models import Employee
from mianyue.domain.security.actor import SYSTEM
from mianyue.workflows.attendance.days import derive_days
from mianyue.workflows.bring_in import bring_in
from tests.conftest import SAMPLE

FRIDAY = date(2026, 11, 27)


@pytest.fixture
def folder(company, tmp_path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "company"))


def absent(now) -> int:
    person = Employee.objects.get(code="E003")
    derive_days([person.pk], FRIDAY, FRIDAY, now)
    return AttendanceDay.objects.get(employee=person).absent


def test_leave_that_comes_in_late_excuses(folder, now):
    later = now + timedelta(days=20)
    whole = absent(later)
    assert whole > 0
    bring_in(folder, SYSTEM, later)
    assert AttendanceDay.objects.count() == 1  # nothing was new
    with (folder / "leave.csv").open("a", encoding="gb18030") as table:
        table.write("E003,年假,2026-11-27 00:00,2026-11-28 00:00,approved\n")
    bring_in(folder, SYSTEM, later, dry_run=True)
    assert AttendanceDay.objects.count() == 1
    bring_in(folder, SYSTEM, later)
    assert AttendanceDay.objects.count() == 0
    assert absent(later) == 0


def test_a_signed_off_month_does_not_change_by_an_import(folder, now):
    later = now + timedelta(days=20)
    whole = absent(later)
    Timesheet.objects.create(
        employee=Employee.objects.get(code="E003"), month=date(2026, 11, 1), closed_at=later, closed_by="user:1"
    )
    with (folder / "leave.csv").open("a", encoding="gb18030") as table:
        table.write("E003,年假,2026-11-27 00:00,2026-11-28 00:00,approved\n")
    bring_in(folder, SYSTEM, later)
    assert absent(later) == whole
