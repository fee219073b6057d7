"""One person's roster over four weeks, planned by HR, and the lists of groups and rotations."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from mianyue.domain.attendance.models import AttendanceGroup, GroupMember, RosterDay, Rotation, RotationDay, Shift, Timesheet
from mianyue.domain.organization.models import Employee
from mianyue.domain.security.actor import SYSTEM
from mianyue.domain.security.models import JournalEntry
from mianyue.workflows.book import book
from mianyue.workflows.invite import Wish, invite

SATURDAY, TUESDAY = date(2026, 12, 5), date(2026, 12, 1)


@pytest.fixture
def employee(company) -> Employee:
    return Employee.objects.get(code="E003")


def address(employee: Employee) -> str:
    return reverse("admin:roster", args=[employee.pk])


def days(console, employee: Employee, day: str = "") -> dict[date, tuple[str, str]]:
    """What is worked on each date, and what is chosen for it."""
    response = console.get(address(employee), {"day": day})
    assert response.status_code == 200
    return {one.day: (one.worked, one.chosen) for week in response.context["weeks"] for one in week}


def save(console, employee: Employee, **dates: str) -> str:
    posted = {name.removeprefix("d").replace("_", "-"): value for name, value in dates.items()}
    response = console.post(address(employee), posted, follow=True)
    assert response.redirect_chain == [(address(employee), 302)]
    return response.content.decode()


def test_four_weeks_from_monday_as_shift_and_group_say(console, employee):
    found = days(console, employee)
    assert (min(found), max(found), len(found)) == (date(2026, 11, 30), date(2026, 12, 27), 28)
    assert (found[TUESDAY], found[SATURDAY]) == (("09:00–18:00", ""), ("", ""))


def test_a_date_is_planned_and_goes_as_usual_again(console, employee, recruiter):
    text = save(console, employee, d2026_12_05="S3", d2026_12_01="rest", d2026_12_02="")
    assert "2 dates are planned anew." in text
    found = days(console, employee)
    assert (found[SATURDAY], found[TUESDAY]) == (("07:00–15:30", "S3"), ("", "rest"))
    entry = JournalEntry.objects.get(act="roster.changed")
    assert (entry.actor_id, entry.facts["days"]) == (str(recruiter.pk), ["2026-12-01", "2026-12-05"])
    assert "1 date is planned anew." in save(console, employee, d2026_12_05="S3", d2026_12_01="")
    assert days(console, employee)[TUESDAY] == ("09:00–18:00", "")
    assert RosterDay.objects.filter(employee=employee).count() == 1


def test_saving_what_is_there_changes_nothing(console, employee):
    save(console, employee, d2026_12_05="S3")
    assert "Nothing was changed." in save(console, employee, d2026_12_05="S3", d2026_12_06="")
    assert JournalEntry.objects.filter(act="roster.changed").count() == 1


def test_interviews_promised_on_that_date_are_looked_at_again(console, company, now):
    interview = invite(Wish(applications=["A001"]), SYSTEM, now)[0].interview
    option = interview.options.first()
    book(interview, option, SYSTEM, now)
    interviewer = option.seats.first().employee
    ProcrastinateJob.objects.filter(task_name="replan").delete()
    save(console, interviewer, **{f"d{option.during.lower.date()}".replace("-", "_"): "rest"})
    assert ProcrastinateJob.objects.filter(task_name="replan").count() == 1


def test_a_month_that_is_signed_off_stays_as_it_is(console, employee, now):
    Timesheet.objects.create(employee=employee, month=date(2026, 11, 1), closed_at=now, closed_by="user:1")
    assert "HR has signed off this month already." in save(console, employee, d2026_11_30="rest")
    assert not RosterDay.objects.filter(employee=employee).exists()


@pytest.mark.parametrize("value", ["S99", "holiday"])
def test_a_shift_that_there_is_not_is_refused(console, employee, value):
    assert "There is no such shift." in save(console, employee, d2026_12_01=value)
    assert not RosterDay.objects.filter(employee=employee).exists()


def test_an_address_nobody_can_read_gets_this_week_and_a_sentence(console, employee):
    response = console.get(address(employee), {"day": "garbage"})
    assert response.context["weeks"][0][0].day == date(2026, 11, 30)
    assert "garbage is not a date; write it as 2026-12-31." in response.content.decode()
    assert "Nothing was changed." in save(console, employee, nonsense="S3")


def test_it_is_posted_by_the_staff_with_their_token(client, recruiter, employee):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(recruiter)
    assert strict.post(address(employee), {"2026-12-01": "rest"}).status_code == 403
    assert client.post(address(employee), {"2026-12-01": "rest"}).url.startswith(reverse("admin:login"))
    assert not RosterDay.objects.filter(employee=employee).exists()


def test_groups_and_rotations_say_who_works_what_and_punches_where(console, company, employee):
    early, site = Shift.objects.get(code="S3"), employee.site
    rotation = Rotation.objects.create(code="T1", name="Two and one", anchor=TUESDAY)
    for number, shift in enumerate([early, early, None]):
        RotationDay.objects.create(rotation=rotation, number=number, shift=shift)
    group = AttendanceGroup.objects.create(code="G1", name="Lab", rotation=rotation, within_meters=200, field_work=False)
    group.places.add(site)
    GroupMember.objects.create(group=group, employee=employee, first_day=TUESDAY - timedelta(days=30))
    GroupMember.objects.create(group=group, employee=Employee.objects.get(code="E004"), first_day=date(2026, 12, 24))
    text = console.get(reverse("admin:attendance_attendancegroup_changelist")).content.decode()
    for said in ("Lab", "Two and one", f"within 200 m of {site.name}, nowhere else"):
        assert said in text, said
    [row] = console.get(reverse("admin:attendance_attendancegroup_changelist")).context["cl"].result_list
    assert row.member_count == 1
    text = console.get(reverse("admin:attendance_rotation_changelist")).content.decode()
    assert "早班 → 早班 → rest" in text


@pytest.mark.parametrize("name", ["attendance_attendancegroup", "attendance_rotation"])
def test_more_rows_need_no_more_queries(console, company, name):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert console.get(reverse(f"admin:{name}_changelist")).status_code == 200
        return len(seen)

    def add(number: int) -> None:
        rotation = Rotation.objects.create(code=f"T{number}", name=f"T{number}", anchor=TUESDAY)
        RotationDay.objects.create(rotation=rotation, number=0, shift=Shift.objects.get(code="S3"))
        AttendanceGroup.objects.create(code=f"G{number}", name=f"G{number}", rotation=rotation)

    add(1)
    queries()  # the first page of a session also loads what is kept for later ones
    one = queries()
    add(2)
    add(3)
    assert queries() == one <= 15
