"""mianyue's own attendance: what it refuses, what a hire leaves behind, and how often it asks the database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from mianyue.base.ids import new_id
from mianyue.base.interval import Interval
from mianyue.domain.attendance.actions.shifts import new_shift
from mianyue.domain.attendance.builtin import BuiltinAttendance
from mianyue.domain.attendance.models import Account, LeaveType, LedgerEntry, Punch, RosterDay, ShiftAssignment
from mianyue.domain.organization.models import Employee, Site
from mianyue.ports.attendance import AttendanceRefused, NewAccount, Staff

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, tzinfo=UTC)
MONDAY = date(2026, 12, 7)
WINDOW = Interval(datetime(2026, 12, 7, tzinfo=UTC), datetime(2026, 12, 12, tzinfo=UTC))
STAFF = [Staff(f"E{n}", "Asia/Shanghai", "CN") for n in range(3)]


@pytest.fixture
def people() -> list[Employee]:
    site = Site.objects.create(code="S1", name="Shanghai", time_zone="Asia/Shanghai", holiday_country="CN")
    day, late = (new_shift(code, code, [(start, start + 480)], [1, 2, 3, 4, 5]) for code, start in (("D", 540), ("L", 780)))
    LeaveType.objects.create(name="年假", code="annual", has_quota=True)
    LeaveType.objects.create(name="旧年假", code="annual", in_use=False)
    people = [Employee.objects.create(code=one.key, name="–", site=site, time_zone=one.zone) for one in STAFF]
    ShiftAssignment.objects.create(employee=people[0], shift=day, first_day=date(2026, 1, 1))
    RosterDay.objects.create(employee=people[1], day=MONDAY, shift=late)
    return people


@pytest.fixture
def plug(people) -> BuiltinAttendance:
    return BuiltinAttendance()


def account(key: str = "run-1", person: str = "E2", **given) -> NewAccount:
    return NewAccount(key, person, "–", None, None, "", "S1", MONDAY, **given)


@pytest.mark.parametrize(
    "write",
    [
        lambda plug: plug.create_account(account(person="E9"), NOW),
        lambda plug: plug.close_account("E9", "run-1", NOW),
        lambda plug: plug.assign_shift("E9", "D", MONDAY, "run-1", NOW),
        lambda plug: plug.assign_shift("E0", "Z", MONDAY, "run-1", NOW),
        lambda plug: plug.grant_leave("E9", "年假", 480, 2026, "run-1", NOW),
        lambda plug: plug.grant_leave("E0", "旧年假", 480, 2026, "run-1", NOW),
        lambda plug: plug.grant_leave("E0", "年假", -480, 2026, "run-1", NOW),
    ],
)
def test_what_can_not_be_done_is_refused_and_changes_nothing(plug, write):
    with pytest.raises(AttendanceRefused):
        write(plug)
    assert (Account.objects.count(), ShiftAssignment.objects.count(), LedgerEntry.objects.count()) == (0, 1, 0)


def test_leave_is_granted_by_the_name_or_the_code_of_its_kind_with_the_formula(plug):
    plug.grant_leave("E0", "年假", 480, 2026, "one", NOW, {"days": 1})
    plug.grant_leave("E0", "annual", 960, 2027, "two", NOW)
    rows = LedgerEntry.objects.order_by("key").values_list("account__leave_type__name", "minutes", "how")
    assert list(rows) == [("年假", 480, {"year": 2026, "days": 1}), ("年假", 960, {"year": 2027})]


def test_an_account_that_was_closed_opens_again_for_another_hire(plug):
    first, second = new_id(), new_id()
    opened = plug.create_account(account(application=first), NOW)
    plug.close_account("E2", "run-1", NOW)
    assert plug.create_account(account("run-2", application=second), NOW + timedelta(days=9)) == opened
    (found,) = Account.objects.all()
    assert (found.application_id, found.closed_at, found.opened_at) == (second, None, NOW + timedelta(days=9))


def test_closing_leaves_what_the_companys_files_said(plug, people):
    plug.create_account(account(person="E0"), NOW)
    plug.assign_shift("E0", "L", MONDAY, "run-1", NOW)
    plug.close_account("E0", "run-1", NOW)
    assert list(ShiftAssignment.objects.values_list("employee__code", "origin")) == [("E0", "folder")]


def hours(plug: BuiltinAttendance) -> list[int]:
    known = plug.shifts(STAFF, WINDOW)
    return [sum((span.length for span in known.spans[one.key]), timedelta()) // timedelta(hours=1) for one in STAFF]


def test_one_question_reads_what_people_work_once(plug, people, django_assert_num_queries):
    for minute in (0, 30):
        at = WINDOW.start + timedelta(minutes=minute)
        given = {"zone": "Asia/Shanghai", "wall": "–", "source": "clock", "recorded_at": at}
        Punch.objects.create(employee=people[0], at=at, key=str(minute), **given)
    with django_assert_num_queries(3 + 2):
        asked = plug.for_one_question()
        assert hours(asked) == [40, 8, 0]
        asked.rest(STAFF, WINDOW, 11)
        assert list(asked.away(STAFF, WINDOW)) == ["E0"]


def test_the_next_question_knows_what_has_changed(plug, people):
    assert hours(plug.for_one_question()) == [40, 8, 0]
    ShiftAssignment.objects.create(employee=people[2], shift=ShiftAssignment.objects.get().shift, first_day=MONDAY)
    assert (hours(plug.for_one_question()), hours(plug)) == ([40, 8, 40], [40, 8, 40])
