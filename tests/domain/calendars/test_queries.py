"""A calendar that gave no answer makes time unknown; a person without one is simply not asked."""

from datetime import UTC, datetime, timedelta

import pytest
from psycopg.types.range import TimestamptzRange

from mianyue.base.interval import Interval
from mianyue.domain.calendars.models import BusyTime, CalendarAccount
from mianyue.domain.calendars.queries import busy_and_unknown
from mianyue.domain.organization.models import Employee, Site

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 12, 1, tzinfo=UTC)


def hours(first: float, last: float) -> Interval:
    return Interval(DAY + timedelta(hours=first), DAY + timedelta(hours=last))


def stored(interval: Interval) -> TimestamptzRange:
    return TimestamptzRange(interval.start, interval.end, "[)")


WINDOW = hours(0, 24)


@pytest.fixture
def anna():
    site = Site.objects.create(code="S1", name="Shanghai", time_zone="Asia/Shanghai", holiday_country="CN")
    return Employee.objects.create(code="E1", name="Anna", site=site, time_zone="Asia/Shanghai")


def connect(person: Employee, known: Interval | None) -> CalendarAccount:
    return CalendarAccount.objects.create(
        employee=person, content=b"BEGIN:VCALENDAR", sha256=b"\0" * 32, known=known and stored(known), read_at=DAY
    )


@pytest.mark.parametrize(
    ("known", "gaps"),
    [
        (None, [WINDOW]),
        (hours(-9, 40), []),
        (hours(0, 24), []),
        (hours(0, 20), [hours(20, 24)]),
        (hours(4, 20), [hours(0, 4), hours(20, 24)]),
        (hours(30, 40), [WINDOW]),
    ],
)
def test_what_the_calendar_does_not_cover_is_unknown(anna, known, gaps):
    connect(anna, known)
    assert busy_and_unknown([anna.pk], WINDOW) == ({}, {anna.pk: gaps} if gaps else {})


def test_person_without_a_calendar_has_neither_busy_nor_unknown_times(anna):
    assert busy_and_unknown([anna.pk], WINDOW) == ({}, {})


def test_busy_times_that_reach_into_the_window(anna, django_assert_num_queries):
    account = connect(anna, hours(-48, 48))
    spans = [hours(-2, 0), hours(-2, 1), hours(3, 4), hours(23, 30), hours(24, 25)]
    for span in spans:
        BusyTime.objects.create(account=account, during=stored(span))
    with django_assert_num_queries(2):
        found, _ = busy_and_unknown([anna.pk], WINDOW)
    assert {person: sorted(times) for person, times in found.items()} == {anna.pk: spans[1:4]}


def test_times_that_could_not_be_understood_are_unknown_and_not_busy(anna, django_assert_num_queries):
    account = connect(anna, hours(-48, 20))
    BusyTime.objects.create(account=account, during=stored(hours(3, 4)))
    for span in (hours(-9, -8), hours(8, 12)):
        BusyTime.objects.create(account=account, during=stored(span), unknown=True)
    with django_assert_num_queries(2):
        found = busy_and_unknown([anna.pk], WINDOW)
    assert found == ({anna.pk: [hours(3, 4)]}, {anna.pk: [hours(8, 12), hours(20, 24)]})
