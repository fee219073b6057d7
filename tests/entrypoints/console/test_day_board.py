"""The day board: who is there, late, missing, absent, away, travelling or in an interview, and who isn't due."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from psycopg.types.range import TimestamptzRange

from mianyue.domain.attendance.models import Leave, Punch, Request, Trip
from mianyue.domain.interviews.models import Claim, Interview, Option
from mianyue.domain.organization.models import Employee
from mianyue.domain.security.actor import SYSTEM
from mianyue.workflows.book import book
from mianyue.workflows.invite import Wish, invite

TODAY, FRIDAY = date(2026, 11, 30), date(2026, 11, 27)
FIVE = ("E002", "E003", "E005", "E007", "E014")  # all work 9:00 to 18:00, lunch 12:00 to 13:00, in Shanghai


def of(code: str) -> Employee:
    return Employee.objects.get(code=code)


def at(day: date, clock: str, employee: Employee) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo(employee.time_zone))


def punch(code: str, day: date, *clocks: str) -> None:
    employee = of(code)
    for clock in clocks:
        instant = at(day, clock, employee)
        Punch.objects.create(
            employee=employee,
            at=instant,
            zone=employee.time_zone,
            wall=f"{day}T{clock}:00",
            source=Punch.Source.CLOCK,
            key=f"{code} {instant}",
            recorded_at=instant,
        )


def away(model, code: str, day: date, start: str, end: str, status: str = Request.Status.APPROVED) -> None:
    employee = of(code)
    span = TimestamptzRange(at(day, start, employee), at(day, end, employee), "[)")
    model.objects.create(employee=employee, status=status, during=span)


def lists(console, day: date | str = "", **asked: str) -> dict[str, list[str]]:
    """The people of each list that isn't empty, by their numbers."""
    response = console.get(reverse("admin:attendance_day"), {"day": str(day), "department": "probe", **asked})
    assert response.status_code == 200
    groups = response.context["groups"]
    assert all(group.count == len(group.people) for group in groups)
    return {group.key: [person.employee.code for person in group.people] for group in groups if group.count}


def notes(console, code: str, day: date | str = "") -> list[str]:
    groups = console.get(reverse("admin:attendance_day"), {"day": str(day), "department": "probe"}).context["groups"]
    person = next(person for group in groups for person in group.people if person.employee.code == code)
    return [said for _tone, said in person.notes]


@pytest.fixture
def five(company, clock):
    """Five colleagues, at half past ten on Monday."""
    assert Employee.objects.filter(code__in=FIVE).update(department="probe", time_zone="Asia/Shanghai") == 5
    Leave.objects.filter(employee__code__in=FIVE).delete()
    clock.forward(timedelta(hours=2, minutes=30))


def test_a_morning_at_work(console, five):
    punch("E002", TODAY, "08:55")
    punch("E003", TODAY, "09:20")
    away(Leave, "E005", TODAY, "09:00", "12:00")
    away(Trip, "E007", TODAY, "09:00", "18:00")
    assert lists(console) == {
        "expected": ["E014"],
        "late": ["E003"],
        "there": ["E002", "E003"],
        "leave": ["E005"],
        "trip": ["E007"],
    }
    assert (notes(console, "E002"), notes(console, "E003")) == ([], ["late 20 min"])
    assert (notes(console, "E005"), notes(console, "E007")) == (["on leave until 12:00"], ["on a trip until 18:00"])


def test_before_work_everybody_comes_later_and_after_it_they_have_gone(console, five, clock):
    clock.forward(timedelta(hours=-2))
    assert lists(console) == {"later": [*FIVE]}
    clock.forward(timedelta(hours=10))
    punch("E002", TODAY, "08:55", "18:05")
    punch("E003", TODAY, "08:55")
    found = lists(console)
    assert (found["gone"], found["there"]) == (["E002"], ["E003"])


def test_who_sits_in_an_interview_now(console, five, now, clock):
    interview = invite(Wish(applications=["A001"]), SYSTEM, now)[0].interview
    option = interview.options.first()
    book(interview, option, SYSTEM, now)
    code = option.seats.first().employee.code
    span = TimestamptzRange(now, now + timedelta(hours=1), "[)")
    Option.objects.filter(pk=option.pk).update(during=span)
    Claim.objects.filter(option=option, state="booked").update(during=span)
    Employee.objects.filter(code=code).update(department="probe")
    assert code in lists(console)["interview"]
    assert any(said.startswith("in an interview until") for said in notes(console, code))
    clock.forward(timedelta(hours=2))
    assert "interview" not in lists(console)
    assert Interview.objects.count() == 1


def test_a_day_that_is_over(console, five):
    punch("E002", FRIDAY, "08:55", "18:05")
    punch("E003", FRIDAY, "08:55")
    punch("E005", FRIDAY, "08:55", "17:30")
    away(Leave, "E007", FRIDAY, "09:00", "18:00")
    assert lists(console, FRIDAY) == {
        "late": ["E005"],
        "missing": ["E003"],
        "absent": ["E014"],
        "there": ["E003"],
        "gone": ["E002", "E005"],
        "leave": ["E007"],
    }
    assert notes(console, "E003", FRIDAY) == ["no clock-out"]
    assert notes(console, "E005", FRIDAY) == ["left early 30 min"]
    assert notes(console, "E014", FRIDAY) == ["absent 8:00 h"]


def test_a_day_to_come_and_a_day_of_rest(console, five):
    assert lists(console, "2026-12-01") == {"later": [*FIVE]}
    assert lists(console, "2026-11-28") == {"not_due": [*FIVE]}
    page = console.get(reverse("admin:attendance_day"), {"day": "2026-10-01", "department": "probe"}).content.decode()
    assert "Public holiday" in page


def test_leave_that_is_not_approved_yet_counts_as_away_too(console, five):
    away(Leave, "E005", TODAY, "09:00", "12:00", Request.Status.PENDING)
    assert lists(console)["leave"] == ["E005"]


def test_counts_stand_on_top_with_their_words(console, five):
    punch("E002", TODAY, "08:55")
    page = " ".join(console.get(reverse("admin:attendance_day"), {"department": "probe"}).content.decode().split())
    assert '<a class="c-tile is-quiet" href="#there"><strong>1</strong><span>There</span></a>' in page
    assert '<a class="c-tile is-warning" href="#expected"><strong>4</strong><span>Not here yet</span></a>' in page
    console.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-hans"
    page = console.get(reverse("admin:attendance_day"), {"department": "probe"}).content.decode()
    assert "在岗" in page
    assert "未到岗" in page


def test_of_many_people_a_list_shows_fifty_and_says_how_many_more(console, five, company):
    site = of("E002").site
    Employee.objects.bulk_create(
        Employee(code=f"X{n:03}", name=f"X{n}", department="many", site=site, time_zone="Asia/Shanghai") for n in range(53)
    )
    response = console.get(reverse("admin:attendance_day"), {"department": "many"})
    [group] = [group for group in response.context["groups"] if group.count]
    assert (group.key, group.count, len(group.people)) == ("not_due", 53, 50)
    assert "and 3 more: choose a department to see them." in response.content.decode()


@pytest.mark.parametrize("day", ["garbage", "2026-02-30"])
def test_an_address_nobody_can_read_gets_today_and_a_sentence(console, five, day):
    response = console.get(reverse("admin:attendance_day"), {"day": day})
    assert response.context["day"] == TODAY
    assert f"{day} is not a date; write it as 2026-12-31." in response.content.decode()


def test_an_empty_department_is_said_in_words(console, five):
    page = console.get(reverse("admin:attendance_day"), {"department": "nobody's"}).content.decode()
    assert "Nobody who matches works here in these days." in page


def test_more_people_need_no_more_queries(console, five):
    def queries(department: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert console.get(reverse("admin:attendance_day"), {"department": department}).status_code == 200
        return len(seen)

    Employee.objects.filter(code="E002").update(department="one")
    Employee.objects.filter(code__in=["E003", "E005", "E007"]).update(department="three")
    queries("nobody's")  # the first page of a session also loads what is kept for later ones
    first, again = (queries("one"), queries("three")), (queries("one"), queries("three"))
    assert first[0] == first[1] <= 50  # days are derived when somebody first looks
    assert again[0] == again[1] < first[0]


def test_it_is_for_the_staff_only(client, company):
    assert client.get(reverse("admin:attendance_day")).url.startswith(reverse("admin:login"))
