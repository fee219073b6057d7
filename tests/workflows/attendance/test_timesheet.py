"""The month: what it adds up to, when it can be signed off, and that it stays as it was signed."""

from __future__ import annotations

import csv
import io
import threading
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from psycopg.types.range import TimestamptzRange

from mianyue.base.errors import NotFound
from mianyue.domain.attendance.actions.days import forget_days
from mianyue.domain.attendance.actions.punches import NewPunch, add_punch
from mianyue.domain.attendance.actions.shifts import new_shift
from mianyue.domain.attendance.models import AttendanceDay, Leave, ShiftAssignment, Timesheet
from mianyue.domain.organization.models import Company, Employee, Site
from mianyue.domain.security.actor import Actor
from mianyue.domain.security.models import JournalEntry
from mianyue.workflows.attendance.timesheet import HEADER, as_csv, month_of, open_again, people, sign_off

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOVEMBER = date(2026, 11, 1)
LATER = datetime(2026, 12, 20, tzinfo=UTC)
HR = Actor("user", "7")


@pytest.fixture(autouse=True)
def site(db) -> Site:
    Company.objects.create(name="Sample", working_week=[1, 2, 3, 4, 5])
    return Site.objects.create(code="S1", name="Shanghai", time_zone="Asia/Shanghai", holiday_country="CN")


@pytest.fixture
def person(site) -> Employee:
    return employee(site, "E1")


def employee(site: Site, code: str, **more) -> Employee:
    someone = Employee.objects.create(code=code, name=f"=Name {code}", site=site, time_zone="Asia/Shanghai", **more)
    shift = new_shift(f"S-{code}", "Shift", [(540, 720), (780, 1080)], range(1, 6))
    ShiftAssignment.objects.create(employee=someone, shift=shift, first_day=date(2020, 1, 1))
    return someone


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def punched(someone: Employee, *times: str) -> None:
    for text in times:
        add_punch(NewPunch(someone.pk, wall(text), "Asia/Shanghai", "clock", f"{someone.pk}:{text}"), LATER)


def on_leave(someone: Employee, start: str, end: str, status: str = "approved") -> Leave:
    return Leave.objects.create(employee=someone, status=status, during=TimestamptzRange(wall(start), wall(end), "[)"))


def nonzero(totals) -> dict[str, int]:
    return {name: value for name, value in totals.items() if value}


def test_a_month_adds_up(person):
    punched(person, "2026-11-02T09:00", "2026-11-02T18:00")
    punched(person, "2026-11-03T09:30", "2026-11-03T18:00")
    punched(person, "2026-11-04T09:00")
    punched(person, "2026-11-07T10:00", "2026-11-07T12:00")
    on_leave(person, "2026-11-05T00:00", "2026-12-01T00:00")
    (month,) = month_of([person.pk], date(2026, 11, 17), LATER)
    assert (month.employee, month.month, len(month.days), month.signed) == (person, NOVEMBER, 30, None)
    assert nonzero(month.totals) == {
        "days_planned": 21,
        "days_attended": 2,
        "planned": 21 * 480,
        "worked": 480 + 450,
        "late": 30,
        "open": 480,
        "on_leave": 18 * 480,
        "days_late": 1,
        "days_missing_punch": 1,
        "days_rest_worked": 1,
    }


def test_only_who_is_employed_in_the_month_by_number(site):
    employee(site, "E3")
    employee(site, "E2", hire_date=date(2026, 11, 30))
    employee(site, "E4", last_day=date(2026, 10, 31))
    employee(site, "E5", hire_date=date(2026, 12, 1))
    months = month_of(people(), NOVEMBER, LATER)
    assert [(month.employee.code, len(month.days)) for month in months] == [("E2", 1), ("E3", 30)]


def test_signed_off_it_stays_as_it_was_signed(person):
    done = sign_off([person.pk], NOVEMBER, HR, LATER)
    assert ([sheet.employee for sheet in done.signed], done.left) == ([person], [])
    assert (done.signed[0].closed_by, done.signed[0].totals["absent"]) == ("user:7", 21 * 480)
    punched(person, "2026-11-02T09:00", "2026-11-02T18:00")
    forget_days(person.pk, date(2026, 11, 2), date(2026, 11, 2))
    (month,) = month_of([person.pk], NOVEMBER, LATER)
    assert (month.totals["absent"], month.totals["worked"], month.signed) == (21 * 480, 0, done.signed[0])
    assert sum(day.worked for day in month.days) == 0
    again = sign_off([person.pk], NOVEMBER, HR, LATER)
    assert (again.signed, again.left, Timesheet.objects.count()) == ([], [], 1)


def test_opened_again_it_is_derived_anew(person):
    sign_off([person.pk], NOVEMBER, HR, LATER)
    punched(person, "2026-11-02T09:00", "2026-11-02T18:00")
    assert open_again([person.pk], NOVEMBER, HR, LATER) == 1
    assert open_again([person.pk], NOVEMBER, HR, LATER) == 0
    (month,) = month_of([person.pk], NOVEMBER, LATER)
    assert (month.totals["worked"], month.signed) == (480, None)
    acts = JournalEntry.objects.order_by("pk").values_list("act", flat=True)
    assert sorted(acts) == ["timesheet.opened", "timesheet.signed_off"]


def test_who_still_waits_for_a_decision_is_left(site, person):
    other = employee(site, "E2")
    leave = on_leave(person, "2026-11-05T09:00", "2026-11-05T18:00", "pending")
    done = sign_off([person.pk, other.pk], NOVEMBER, HR, LATER)
    assert ([sheet.employee.code for sheet in done.signed], [(one.employee.code, one.why) for one in done.left]) == (
        ["E2"],
        [("E1", "open")],
    )
    leave.status = "rejected"
    leave.save()
    forget_days(person.pk, date(2026, 11, 5), date(2026, 11, 5))
    assert [sheet.employee.code for sheet in sign_off([person.pk, other.pk], NOVEMBER, HR, LATER).signed] == ["E1"]


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ("2026-11-30T23:59", "not_over"),
        ("2026-12-01T01:00", "open"),  # who is still at work may punch out until two
        ("2026-12-01T02:00", None),
    ],
)
def test_a_month_is_signed_off_once_its_last_shift_is_over(person, now, left):
    done = sign_off([person.pk], NOVEMBER, HR, wall(now))
    assert [one.why for one in done.left] == ([left] if left else [])
    assert Timesheet.objects.count() == (0 if left else 1)


@pytest.mark.django_db(transaction=True)
def test_two_who_sign_off_at_once_sign_off_once(person):
    results, gate = [], threading.Barrier(2)

    def sign() -> None:
        gate.wait(10)
        results.append(len(sign_off([person.pk], NOVEMBER, HR, LATER).signed))
        connection.close()

    threads = [threading.Thread(target=sign) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sorted(results), Timesheet.objects.count()) == ([0, 1], 1)


def test_the_table_for_payroll(person):
    punched(person, "2026-11-02T09:00", "2026-11-02T18:00")
    Employee.objects.update(department="研发,一部")
    done = sign_off([person.pk], NOVEMBER, HR, LATER)
    header, row = csv.reader(io.StringIO(as_csv(month_of([person.pk], NOVEMBER, LATER))))
    told = dict(zip(header, row, strict=True))
    assert tuple(header) == HEADER
    assert (told["employee_id"], told["name"], told["department"], told["month"]) == ("E1", "'=Name E1", "研发,一部", "2026-11")
    assert (told["worked"], told["absent"], told["signed_off_at"]) == ("480", "9600", done.signed[0].closed_at.isoformat())


def test_a_department_nobody_is_in(person):
    Employee.objects.update(department="R&D")
    assert people("R&D") == [person.pk]
    with pytest.raises(NotFound):
        people("Sales")


def test_the_queries_do_not_grow_with_the_people(site, django_assert_max_num_queries):
    for n in range(6):
        employee(site, f"E{n}")
    month_of(people(), NOVEMBER, LATER)
    with django_assert_max_num_queries(10):
        assert len(month_of(people(), NOVEMBER, LATER + timedelta(days=30))) == 6
    assert AttendanceDay.objects.count() == 180
