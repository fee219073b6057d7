"""Overtime becomes compensatory leave: when it has ended and was approved, where the group says so, once."""

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from psycopg.types.range import TimestamptzRange

from mianyue.base.interval import Interval
from mianyue.domain.approvals.models import Approval
from mianyue.domain.attendance.actions import ledger
from mianyue.domain.attendance.models import AttendanceGroup, GroupMember, LeaveType, LedgerEntry, Overtime
from mianyue.domain.attendance.queries.leave import balances
from mianyue.domain.security.models import JournalEntry
from mianyue.workflows.attendance.compensate import compensate
from mianyue.workflows.attendance.expire_leave import expire_leave
from mianyue.workflows.requests import ask
from mianyue.workflows.requests.approve import decide


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


@pytest.fixture
def kind(db) -> LeaveType:
    return LeaveType.objects.create(name="加班调休假", code="compensatory", has_quota=True)


@pytest.fixture
def credits(office, kind):
    AttendanceGroup.objects.filter(code="office").update(overtime_as_leave=True)


@pytest.fixture
def worked(office):
    """Overtime of the asker, as the company's files tell it."""

    def overtime(first: str, last: str, status: str = "approved") -> Overtime:
        return Overtime.objects.create(employee=office.asker, status=status, during=TimestamptzRange(at(first), at(last), "[)"))

    return overtime


def left(office) -> int:
    return sum(balances([office.asker.pk]).values())


def test_overtime_is_credited_once_it_has_ended(office, credits, by, now, clock):
    during = Interval(at("2026-11-30T18:00"), at("2026-11-30T20:30"))
    overtime = ask.ask_overtime(office.asker, during, "", by(office.asker), now)
    approval = Approval.objects.get(subject_id=overtime.pk)
    for person in (office.manager, office.hr):
        decide(approval.pk, True, "", person, by(person), now)
    assert (compensate(now), left(office)) == (0, 0)
    clock.forward(timedelta(hours=12, minutes=30))
    assert (compensate(clock.now()), compensate(clock.now()), left(office)) == (1, 0, 150)
    entry = LedgerEntry.objects.get()
    assert (entry.kind, entry.request_id, entry.how["credited"]) == ("credit", overtime.pk, 150)
    assert JournalEntry.objects.filter(act="leave.credited").count() == 1


def test_overtime_approved_afterwards_is_credited_at_once(office, credits, by, now):
    during = Interval(at("2026-11-28T10:00"), at("2026-11-28T12:00"))
    overtime = ask.ask_overtime(office.asker, during, "", by(office.asker), now)
    approval = Approval.objects.get(subject_id=overtime.pk)
    decide(approval.pk, True, "", office.manager, by(office.manager), now)
    assert left(office) == 0
    decide(approval.pk, True, "", office.hr, by(office.hr), now)
    assert (left(office), compensate(now)) == (120, 0)


@pytest.mark.parametrize("status", ["pending", "rejected", "cancelled"])
def test_what_was_not_approved_is_not_credited(office, credits, worked, now, status):
    worked("2026-11-28T10:00", "2026-11-28T12:00", status)
    assert (compensate(now), left(office)) == (0, 0)


def test_only_while_the_group_says_so(office, kind, worked, now):
    worked("2026-11-21T10:00", "2026-11-21T12:00")
    worked("2026-11-28T10:00", "2026-11-28T13:00")
    assert compensate(now) == 0
    crediting = AttendanceGroup.objects.create(code="crediting", name="调休组", overtime_as_leave=True)
    GroupMember.objects.create(group=crediting, employee=office.asker, first_day=date(2026, 11, 23))
    assert (compensate(now), left(office)) == (1, 180)


def test_a_group_that_begins_to_credit_does_not_reach_back_for_years(office, credits, worked, now):
    worked("2025-11-29T10:00", "2025-11-29T12:00")
    assert compensate(now) == 0


def test_without_such_a_kind_of_leave_nothing_is_credited(office, worked, now):
    AttendanceGroup.objects.filter(code="office").update(overtime_as_leave=True)
    LeaveType.objects.filter(code="compensatory").update(in_use=False)
    worked("2026-11-28T10:00", "2026-11-28T12:00")
    assert compensate(now) == 0


def test_work_on_a_statutory_holiday_is_paid_and_not_made_up(office, credits, worked):
    worked("2026-12-31T22:00", "2027-01-01T02:00")  # two hours of it on New Year's Day
    worked("2027-01-01T09:00", "2027-01-01T12:00")
    assert (compensate(at("2027-01-04T08:00")), left(office)) == (1, 120)


def test_a_row_that_an_import_made_anew_is_not_credited_again(office, credits, worked, now):
    worked("2026-11-28T10:00", "2026-11-28T12:00")
    assert compensate(now) == 1
    Overtime.objects.filter(employee=office.asker).delete()
    worked("2026-11-28T10:00", "2026-11-28T12:00")
    assert (compensate(now), left(office)) == (0, 120)
    assert JournalEntry.objects.filter(act="leave.credited").count() == 1


def test_two_workers_at_once_credit_once(transactional_db, office, credits, worked, now, at_once):
    for day in (21, 22, 28, 29):
        worked(f"2026-11-{day}T10:00", f"2026-11-{day}T12:00")
    done = at_once(lambda _: compensate(now), 6)
    assert (sum(done), left(office)) == (4, 480)


def test_what_was_not_taken_in_time_expires_the_night_after(office, kind, clock):
    with transaction.atomic():
        ledger.grant(office.asker.pk, kind, 480, "2026", {"expires_on": "2026-11-30"}, clock.now())
        ledger.grant(office.manager.pk, kind, 480, "2027", {"expires_on": "2027-11-30"}, clock.now())
    assert expire_leave(clock.now()) == 0
    clock.forward(timedelta(days=1))
    assert (expire_leave(clock.now()), expire_leave(clock.now())) == (1, 0)
    assert balances([office.asker.pk, office.manager.pk]) == {(office.asker.pk, kind.pk): 0, (office.manager.pk, kind.pk): 480}
