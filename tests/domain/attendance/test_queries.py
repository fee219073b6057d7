"""What the database knows of attendance, for many people in one query each."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from psycopg.types.range import TimestamptzRange

from mianyue.base.interval import Interval
from mianyue.domain.attendance.actions.shifts import new_shift
from mianyue.domain.attendance.models import Leave, Overtime, ShiftAssignment
from mianyue.domain.attendance.queries.plans import assignments_of
from mianyue.domain.attendance.queries.requests import absences, approved_overtime
from mianyue.domain.organization.models import Employee, Site
from mianyue.worktime.attendance import Assignment
from mianyue.worktime.shift import ShiftRule

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 12, 1, tzinfo=UTC)
WINDOW = Interval(DAY, DAY + timedelta(days=1))


@pytest.fixture
def people():
    site = Site.objects.create(code="S1", name="Shanghai", time_zone="Asia/Shanghai", holiday_country="CN")
    return [Employee.objects.create(code=f"E{n}", name=f"Employee {n}", site=site, time_zone="Asia/Shanghai") for n in range(3)]


def span(first: float, last: float) -> tuple[Interval, TimestamptzRange]:
    start, end = DAY + timedelta(hours=first), DAY + timedelta(hours=last)
    return Interval(start, end), TimestamptzRange(start, end, "[)")


@pytest.mark.parametrize(
    ("status", "blocks", "works"),
    [("approved", True, True), ("pending", True, False), ("rejected", False, False), ("cancelled", False, False)],
)
def test_pending_leave_blocks_already_and_pending_overtime_does_not_count_yet(people, status, blocks, works):
    interval, stored = span(2, 4)
    Leave.objects.create(employee=people[0], during=stored, status=status)
    Overtime.objects.create(employee=people[0], during=stored, status=status)
    ids = [person.pk for person in people]
    assert absences(ids, WINDOW) == ({people[0].pk: [("leave", interval)]} if blocks else {})
    assert approved_overtime(ids, WINDOW) == ({people[0].pk: [interval]} if works else {})


@pytest.mark.parametrize(
    ("first", "last", "touches"), [(-2, 0, False), (-2, 0.5, True), (23, 30, True), (24, 30, False), (-9, 40, True)]
)
def test_only_what_reaches_into_the_window_is_read(people, first, last, touches):
    interval, stored = span(first, last)
    Leave.objects.create(employee=people[0], during=stored, status="approved")
    assert absences([people[0].pk], WINDOW) == ({people[0].pk: [("leave", interval)]} if touches else {})
    assert absences([people[1].pk], WINDOW) == {}


def test_the_assignments_of_many_are_read_in_a_fixed_number_of_queries(people, django_assert_num_queries):
    shift = new_shift("D", "Day", [(540, 720), (780, 1080)], [1, 2])
    for person in people[:2]:
        ShiftAssignment.objects.create(employee=person, shift=shift, first_day=date(2026, 1, 1))
    with django_assert_num_queries(3):
        found = assignments_of(person.pk for person in people)
    rule = ShiftRule.between(time(9), time(18), time(12), time(13), frozenset({1, 2}))
    assert found == {person.pk: [Assignment(rule, date(2026, 1, 1), None)] for person in people[:2]}
