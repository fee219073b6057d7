"""A team's week in the console: shifts, overtime, leave, trips, interviews and special days, one strip per person and day."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from psycopg.types.range import TimestamptzRange

from mianyue.domain.attendance.models import Leave, Overtime, Request, RosterDay, Shift, Trip
from mianyue.domain.organization.models import Employee
from mianyue.domain.security.actor import SYSTEM
from mianyue.workflows.book import book
from mianyue.workflows.invite import Wish, invite

APPROVED, PENDING = Request.Status.APPROVED, Request.Status.PENDING


def week(console, day: str = "", **asked: str) -> dict[str, dict[date, object]]:
    """By employee, the cells of the week by date."""
    response = console.get(reverse("admin:team"), {"day": day, **asked})
    assert response.status_code == 200
    return {row.employee.code: {cell.day: cell for cell in row.cells} for row in response.context["rows"]}


def said(cell) -> list[tuple[str, str]]:
    return [(line.kind, line.clock) for line in cell.lines]


def during(employee: Employee, start: str, end: str) -> TimestamptzRange:
    zone = ZoneInfo(employee.time_zone)
    return TimestamptzRange(*(datetime.fromisoformat(text).replace(tzinfo=zone) for text in (start, end)), "[)")


def of(code: str) -> Employee:
    return Employee.objects.get(code=code)


def test_a_plain_week_is_the_shift_with_its_break_and_a_free_weekend(console):
    cells = week(console)["E002"]
    assert [said(cells[date(2026, 11, 30)]), said(cells[date(2026, 12, 6)])] == [[("shift", "09:00–18:00")], []]
    marks = cells[date(2026, 11, 30)].marks
    # Night shifts elsewhere on the page: all strips show 0 to 24.
    assert [(mark.kind, round(mark.left * 0.24, 2), round(mark.width * 0.24, 2)) for mark in marks] == [
        ("shift", 9.0, 3.0),
        ("shift", 13.0, 5.0),
    ]


def test_strips_show_office_hours_and_what_goes_beyond_them(console):
    response = console.get(reverse("admin:team"), {"department": "行政部"})
    assert (response.context["axis"].first, response.context["axis"].last) == (8 * 60, 21 * 60)  # overtime until 20:30
    assert {row.employee.department for row in response.context["rows"]} == {"行政部"}


def test_a_night_shift_is_told_on_the_day_it_begins_and_its_end_on_the_next(console):
    cells = week(console)["E025"]
    assert said(cells[date(2026, 11, 30)]) == [("shift", "22:00–06:00")]
    assert said(cells[date(2026, 12, 5)]) == [("shift", "until 06:00")]


def test_leave_says_away_and_never_why(console):
    employee = of("E002")
    Leave.objects.create(
        employee=employee, status=APPROVED, leave_type="病假", during=during(employee, "2026-12-01T14:00", "2026-12-01T18:00")
    )
    Leave.objects.create(
        employee=employee, status=PENDING, leave_type="病假", during=during(employee, "2026-12-03T00:00", "2026-12-05T00:00")
    )
    cells = week(console)["E002"]
    assert said(cells[date(2026, 12, 1)])[1:] == [("away", "14:00–18:00")]
    assert [said(cells[date(2026, 12, day)])[1:] for day in (3, 4)] == [[("away_asked", "all day")]] * 2
    page = console.get(reverse("admin:team")).content.decode()
    assert "病假" not in page
    assert "Away, not approved yet" in page


def test_a_long_absence_says_from_when_and_until_when(console):
    employee = of("E002")
    Trip.objects.create(employee=employee, status=APPROVED, during=during(employee, "2026-12-01T14:00", "2026-12-03T10:00"))
    cells = week(console)["E002"]
    clocks = [line.clock for day in (1, 2, 3) for line in cells[date(2026, 12, day)].lines if line.kind == "trip"]
    assert clocks == ["from 14:00", "all day", "until 10:00"]


def test_overtime_counts_once_it_is_approved(console):
    employee = of("E002")
    for status, day in ((APPROVED, 1), (PENDING, 2)):
        span = during(employee, f"2026-12-0{day}T18:30", f"2026-12-0{day}T20:30")
        Overtime.objects.create(employee=employee, status=status, during=span)
    cells = week(console)["E002"]
    assert said(cells[date(2026, 12, 1)]) == [("shift", "09:00–18:00"), ("overtime", "18:30–20:30")]
    assert said(cells[date(2026, 12, 2)]) == [("shift", "09:00–18:00")]


@pytest.mark.django_db
def test_interviews_are_held_or_booked_and_lead_to_their_page(console, company, now):
    interview = invite(Wish(applications=["A001"]), SYSTEM, now)[0].interview
    option = interview.options.first()
    panel = {seat.employee.code for seat in option.seats.all()}
    code = sorted(panel)[0]

    def kinds() -> list[str]:
        lines = [line for cell in week(console)[code].values() for line in cell.lines]
        return [line.kind for line in lines if line.address == reverse("admin:interviews_interview_change", args=[interview.pk])]

    held = kinds()
    assert set(held) == {"held"}
    book(interview, option, SYSTEM, now)
    assert kinds() == ["booked"]


def test_public_holidays_are_named_and_no_shift_is_worked_on_them(console):
    cells = week(console, "2026-10-01")["E002"]
    first = cells[date(2026, 10, 1)]
    assert first.note.free
    assert "Public holiday" in first.note.said
    assert said(first) == []
    assert said(cells[date(2026, 9, 30)]) == [("shift", "09:00–18:00")]
    # The colleagues in Vienna work.
    assert said(week(console, "2026-10-01")["E021"][date(2026, 10, 1)]) == [("shift", "08:30–17:00")]


def test_bridge_days_and_make_up_workdays_are_named(console):
    cells = week(console, "2026-02-14")["E002"]
    assert cells[date(2026, 2, 14)].note.said.startswith("Make-up workday · ")
    assert said(cells[date(2026, 2, 14)]) == [("shift", "09:00–18:00")]
    console.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-hans"
    cells = week(console, "2026-02-16")["E002"]
    notes = [cells[day].note.said for day in sorted(cells)]
    assert "法定节假日 · 春节" in notes
    assert any(note.startswith("调休放假 · 春节") for note in notes)


def test_what_is_not_announced_yet_is_marked_as_predicted(console):
    page = console.get(reverse("admin:team"), {"day": "2027-10-01"}).content.decode()
    assert "are not announced yet: what is shown is predicted" in page
    assert week(console, "2027-10-01")["E002"][date(2027, 10, 1)].note.predicted
    assert "are not announced yet" not in console.get(reverse("admin:team")).content.decode()


def test_a_roster_counts_before_the_week(console):
    RosterDay.objects.create(employee=of("E003"), day=date(2026, 12, 5), shift=Shift.objects.get(code="S3"))
    RosterDay.objects.create(employee=of("E003"), day=date(2026, 12, 1), shift=None)
    cells = week(console)["E003"]
    assert said(cells[date(2026, 12, 5)]) == [("shift", "07:00–15:30")]
    assert said(cells[date(2026, 12, 1)]) == []


def test_everybody_s_own_clock_is_shown_and_named(console):
    response = console.get(reverse("admin:team"))
    zones = {row.employee.code: row.zone for row in response.context["rows"]}
    assert (zones["E002"], zones["E021"]) == ("", "Vienna time")


def test_only_who_works_here_in_that_week_is_shown(console):
    Employee.objects.filter(code="E002").update(last_day=date(2026, 12, 1))
    cells = week(console)["E002"]
    assert [said(cells[date(2026, 12, day)]) for day in (1, 2)] == [[("shift", "09:00–18:00")], []]
    assert "E002" not in week(console, "2026-12-07")


@pytest.mark.parametrize("day", ["garbage", "2026-13-01", "9999-12-31", "0001-01-01", "２０２６"])
def test_an_address_nobody_can_read_gets_this_week_and_a_sentence(console, day):
    response = console.get(reverse("admin:team"), {"day": day, "page": "many"})
    assert response.status_code == 200
    assert response.context["days"][0] == date(2026, 11, 30)
    assert "is not a date; write it as 2026-12-31." in response.content.decode()


@pytest.mark.parametrize("asked", [{"department": "nobody's"}, {"site": "MOON"}, {"day": "1990-01-01"}])
def test_an_empty_team_is_said_in_words(console, asked):
    assert "Nobody who matches works here in these days." in console.get(reverse("admin:team"), asked).content.decode()


def test_nothing_is_told_by_colour_alone(console):
    page = console.get(reverse("admin:team")).content.decode()
    assert 'title="Shift 09:00–18:00"' in page
    assert '<span class="c-clock">09:00–18:00</span>' in page
    for word in ("Overtime", "Away", "Trip", "Interview, held", "Interview, booked"):
        assert word in page


def test_more_people_need_no_more_queries(console, company):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert console.get(reverse("admin:team"), {"department": "probe"}).status_code == 200
        return len(seen)

    Employee.objects.filter(code="E002").update(department="probe")
    queries()  # the first page of a session also loads what is kept for later ones
    one = queries()
    Employee.objects.filter(code__in=["E021", "E025"]).update(department="probe")
    assert queries() == one <= 25


def test_fifty_people_a_page(console, company):
    site = of("E002").site
    Employee.objects.bulk_create(
        Employee(code=f"X{n:03}", name=f"X{n}", department="many", site=site, time_zone="Asia/Shanghai") for n in range(51)
    )
    response = console.get(reverse("admin:team"), {"department": "many"})
    assert [len(response.context["rows"]), response.context["page"].paginator.num_pages] == [50, 2]


def test_it_is_for_the_staff_only(client, company):
    assert client.get(reverse("admin:team")).url.startswith(reverse("admin:login"))
