"""The monthly timesheet: a department's figures, one person day by day, signing off, and leave balances changed by HR."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from psycopg.types.range import TimestamptzRange

from mianyue.domain.attendance.models import Leave, LeaveType, LedgerEntry, Overtime, Punch, Request, Timesheet
from mianyue.domain.attendance.queries.leave import balances
from mianyue.domain.organization.models import Employee
from mianyue.domain.security.models import JournalEntry

SHANGHAI = ZoneInfo("Asia/Shanghai")
OCTOBER = [date(2026, 10, n) for n in range(8, 32) if date(2026, 10, n).weekday() < 5 or n == 10]
"""The 18 days worked after the National Day holiday, with the Saturday that makes up for it."""


def of(code: str) -> Employee:
    return Employee.objects.get(code=code)


def at(day: date, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=SHANGHAI)


def punch(code: str, day: date, *clocks: str) -> None:
    Punch.objects.bulk_create(
        Punch(
            employee=of(code),
            at=at(day, clock),
            zone="Asia/Shanghai",
            wall=f"{day}T{clock}:00",
            source=Punch.Source.CLOCK,
            key=f"{code} {day} {clock}",
            recorded_at=at(day, clock),
        )
        for clock in clocks
    )


def month(console, month: str = "2026-11", **asked: str):
    response = console.get(reverse("admin:timesheet"), {"day": month, "department": "probe", **asked})
    assert response.status_code == 200
    return response


def figures(console, code: str, which: str = "2026-11") -> dict[str, int]:
    row = next(row for row in month(console, which).context["rows"] if row.month.employee.code == code)
    return {name: minutes for name, minutes in row.cells if minutes} | {"missing": row.month.totals["days_missing_punch"]}


@pytest.fixture
def probe(company) -> None:
    """E002 and E003 work 9:00 to 18:00 in Shanghai; nothing else is known of their autumn."""
    Employee.objects.filter(code__in=["E002", "E003"]).update(department="probe")
    for model in (Leave, Overtime):
        model.objects.filter(employee__code__in=["E002", "E003"]).delete()


@pytest.fixture
def week(probe) -> None:
    """A week in November: on time, late, early, without clock-out, and not there at all; everything else was punched."""
    workdays = [day for day in (date(2026, 11, n) for n in range(1, 30)) if day.weekday() < 5]
    odd = {9: ("09:12", "18:00"), 10: ("09:00", "17:20"), 11: ("09:00",), 12: ()}
    for day in workdays:
        punch("E002", day, *odd.get(day.day, ("08:58", "18:03")))


def test_a_month_in_figures(console, week):
    assert figures(console, "E002") == {
        "planned": 21 * 480,
        "worked": 16 * 480 + (480 - 12) + (480 - 40),
        "late": 12,
        "early": 40,
        "absent": 480,
        "missing": 1,
    }
    page = month(console).content.decode()
    for said in ("November 2026", "168:00", "0:12", "0:40", "8:00", "Punch missing", "1 day open"):
        assert said in page, said


def test_one_person_s_month_day_by_day(console, week):
    response = console.get(reverse("admin:timesheet_person", args=[of("E002").pk]), {"day": "2026-11"})
    days = {one.day.day: one for one in response.context["days"]}
    assert len(days) == 30
    found = {
        day: (days[day].shift, days[day].first_in, days[day].last_out, [said for _, said in days[day].findings])
        for day in (6, 9, 10, 11, 12, 14)
    }
    assert found == {
        6: ("常白班", "08:58", "18:03", []),
        9: ("常白班", "09:12", "18:00", ["late 12 min"]),
        10: ("常白班", "09:00", "17:20", ["left early 40 min"]),
        11: ("常白班", "09:00", "", ["no clock-out"]),
        12: ("常白班", "", "", ["absent 8:00 h"]),
        14: ("", "", "", []),
    }
    assert "韩静怡 · November 2026" in response.content.decode()


@pytest.mark.parametrize(("hours", "near", "said"), [(29, "", ""), (30, "warn", "30:00 · ≥ 30 h"), (36, "stop", "36:00 · ≥ 36 h")])
def test_overtime_near_the_law_s_limit_is_marked(console, probe, hours, near, said):
    left = timedelta(hours=hours)
    for day in OCTOBER:
        punch("E002", day, "08:58", "20:05")
        if length := min(left, timedelta(hours=2)):
            span = TimestamptzRange(at(day, "18:00"), at(day, "18:00") + length, "[)")
            Overtime.objects.create(employee=of("E002"), status=Request.Status.APPROVED, during=span)
            left -= length
    row = next(row for row in month(console, "2026-10").context["rows"] if row.month.employee.code == "E002")
    assert (row.month.totals["overtime"], row.overtime) == (hours * 60, near)
    assert said in month(console, "2026-10").content.decode()


def test_a_month_that_is_over_is_signed_off_and_opened_again(console, probe, recruiter):
    address = f"{reverse('admin:timesheet')}?day=2026-10&department=probe"
    posted = {"month": "2026-10-01", "department": "probe", "next": address}
    response = console.post(reverse("admin:timesheet_act", args=["sign-off"]), posted, follow=True)
    assert response.redirect_chain == [(address, 302)]
    assert "2 months are signed off." in response.content.decode()
    assert {sheet.employee.code for sheet in Timesheet.objects.all()} == {"E002", "E003"}
    assert "Signed off" in response.content.decode()
    entry = JournalEntry.objects.filter(act="timesheet.signed_off").first()
    assert (entry.actor_kind, entry.actor_id) == ("user", str(recruiter.pk))
    person = reverse("admin:timesheet_person", args=[of("E002").pk])
    page = console.get(person, {"day": "2026-10"}).content.decode()
    assert "Open again" in page
    assert "recruiter" in page
    posted = {"month": "2026-10-01", "employee": of("E002").pk, "next": person}
    page = console.post(reverse("admin:timesheet_act", args=["open-again"]), posted, follow=True).content.decode()
    assert "1 month is open again." in page
    assert {sheet.employee.code for sheet in Timesheet.objects.all()} == {"E003"}


def test_a_month_that_is_not_over_stays_open_and_says_whose(console, probe):
    posted = {"month": "2026-11-01", "department": "probe"}
    page = console.post(reverse("admin:timesheet_act", args=["sign-off"]), posted, follow=True).content.decode()
    assert "0 months are signed off. Left open: 韩静怡 (the month is not over), 唐思远 (the month is not over)." in page
    assert not Timesheet.objects.exists()


def test_the_month_as_a_file_for_a_spreadsheet(console, week):
    response = console.get(reverse("admin:timesheet_csv"), {"day": "2026-11", "department": "probe"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "timesheet-2026-11-probe.csv" in response["Content-Disposition"]
    header, first, second = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    assert (header[:4], first[:4], second[0]) == (
        ["Number", "Full name", "Department", "Month"],
        ["E002", "韩静怡", "probe", "2026-11"],
        "E003",
    )
    assert int(first[header.index("Late, minutes")]) == 12
    console.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-hans"
    assert "迟到（分钟）" in console.get(reverse("admin:timesheet_csv"), {"day": "2026-11"}).content.decode()


def adjust(console, code: str, kind: LeaveType, **posted: str) -> str:
    form = {"leave_type": kind.pk, "hours": "8", "reason": "agreed", "expires_on": "", "key": uuid4(), **posted}
    return console.post(reverse("admin:leave_adjust", args=[of(code).pk]), form, follow=True).content.decode()


@pytest.fixture
def annual(probe) -> LeaveType:
    return LeaveType.objects.create(name="年休假", code=LeaveType.Code.ANNUAL, has_quota=True)


def test_hr_grants_and_corrects_leave_with_a_reason(console, annual, recruiter):
    page = adjust(console, "E002", annual, hours="40", reason="carried_over", expires_on="2027-03-31")
    assert "The balance is changed." in page
    assert "carried over from last year · can be used until Wed, 31 Mar 2027" in page
    page = adjust(console, "E002", annual, hours="-1.5", reason="correction")
    assert balances([of("E002").pk]) == {(of("E002").pk, annual.pk): 40 * 60 - 90}
    assert "38:30 h" in page
    assert [entry.kind for entry in LedgerEntry.objects.order_by("at", "id")] == ["grant", "adjust"]
    entry = JournalEntry.objects.filter(act="leave.adjusted").last()
    assert (entry.actor_id, entry.facts) == (str(recruiter.pk), {"employee": "E002", "minutes": -90, "reason": "correction"})


def test_a_form_that_is_sent_twice_moves_the_balance_once(console, annual):
    key = uuid4()
    adjust(console, "E002", annual, key=key)
    adjust(console, "E002", annual, key=key)
    assert balances([of("E002").pk]) == {(of("E002").pk, annual.pk): 480}


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ({"reason": ""}, "Reason: This field is required."),
        ({"reason": "because"}, "Reason: Select a valid choice."),
        ({"hours": "many"}, "Hours: Enter a number."),
        ({"hours": "0"}, "That is no length of leave."),
        ({"hours": "nan"}, "Hours: Enter a number."),
        ({"hours": "-8"}, "There is not enough left of this kind of leave."),
        ({"hours": "-8", "expires_on": "2027-01-01"}, "What is taken off does not expire."),
        ({"expires_on": "soon"}, "Can be used until: Enter a valid date."),
        ({"leave_type": "99"}, "Kind of leave: Select a valid choice."),
    ],
)
def test_what_can_t_be_is_said_and_changes_nothing(console, annual, posted, said):
    assert said in adjust(console, "E002", annual, **posted)
    assert not LedgerEntry.objects.exists()


@pytest.mark.parametrize("day", ["garbage", "2026-13", "26-1"])
def test_an_address_nobody_can_read_gets_this_month_and_a_sentence(console, probe, day):
    for address in (reverse("admin:timesheet"), reverse("admin:timesheet_person", args=[of("E002").pk])):
        response = console.get(address, {"day": day})
        assert f"{day} is not a date; write it as 2026-12-31." in response.content.decode()
    assert console.post(reverse("admin:timesheet_act", args=["sign-off"]), {"month": day}).status_code == 302
    assert not Timesheet.objects.exists()


@pytest.mark.parametrize("asked", [{"day": "2027-01"}, {"department": "nobody's"}])
def test_an_empty_month_is_said_in_words(console, probe, asked):
    assert (
        "No day of this month has begun, or nobody who matches works here in it."
        in month(console, **{"month": asked.pop("day", "2026-11"), **asked}).content.decode()
    )


def test_buttons_are_posted_by_the_staff_with_their_token(client, console, recruiter, annual):
    buttons = [
        reverse("admin:timesheet_act", args=["sign-off"]),
        reverse("admin:timesheet_act", args=["open-again"]),
        reverse("admin:leave_adjust", args=[of("E002").pk]),
    ]
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(recruiter)
    for address in buttons:
        assert console.get(address).status_code == 405, address
        assert strict.post(address, {"month": "2026-10-01"}).status_code == 403, address
    assert console.post(reverse("admin:timesheet_act", args=["explode"])).status_code == 404
    client.logout()
    for address in [
        *buttons,
        reverse("admin:timesheet"),
        reverse("admin:timesheet_csv"),
        reverse("admin:timesheet_person", args=[of("E002").pk]),
    ]:
        assert client.post(address).url.startswith(reverse("admin:login")), address
    assert not Timesheet.objects.exists()


def test_more_people_need_no_more_queries(console, probe):
    def queries(department: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            month(console, department=department)
        return len(seen)

    Employee.objects.filter(code="E004").update(department="one")
    Employee.objects.filter(code__in=["E005", "E006", "E007"]).update(department="three")
    queries("nobody's")  # the first page of a session also loads what is kept for later ones
    first, again = (queries("one"), queries("three")), (queries("one"), queries("three"))
    assert first[0] == first[1] <= 50  # days are derived when somebody first looks
    assert again[0] == again[1] < first[0]
