"""People ask for leave, overtime, trips and missing punches: weighed at once, kept, reserved, and given back when nothing comes of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from mianyue.base.errors import NotFound, SomebodyWasFirst
from mianyue.base.interval import Interval
from mianyue.domain.approvals.models import Approval
from mianyue.domain.attendance.actions import ledger
from mianyue.domain.attendance.actions.ledger import Overdrawn
from mianyue.domain.attendance.models import (
    AttendanceDay,
    Leave,
    LeaveType,
    LedgerEntry,
    Overtime,
    Punch,
    RosterDay,
    Shift,
    Timesheet,
)
from mianyue.domain.attendance.queries.leave import balances
from mianyue.domain.organization.models import Employee
from mianyue.domain.security.actor import Actor
from mianyue.domain.security.models import JournalEntry
from mianyue.workflows.requests import ask
from mianyue.workflows.requests.approve import decide
from mianyue.workflows.requests.ask import AskRefused
from mianyue.workflows.requests.decided import MonthSignedOff

HR = Actor("user", "1")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


def span(first: str, last: str) -> Interval:
    return Interval(at(first), at(last))


@pytest.fixture
def annual(db) -> LeaveType:
    return LeaveType.objects.create(name="带薪年假", code="annual", has_quota=True, step_minutes=60)


@pytest.fixture
def sick(db) -> LeaveType:
    return LeaveType.objects.create(name="带薪病假", code="sick", step_minutes=30)


@pytest.fixture
def granted(office, annual, now):
    """Five days of annual leave, in minutes."""
    with transaction.atomic():
        ledger.grant(office.asker.pk, annual, 2400, "2026", {}, now)
    return 2400


@pytest.fixture
def asks(office, by, now, annual):
    """The asker asks for leave of a kind (annual, unless told otherwise) from a time to another."""

    def leave(first: str, last: str, kind: LeaveType | None = None) -> Leave:
        return ask.ask_leave(office.asker, kind or annual, span(first, last), "搬家", by(office.asker), now)

    return leave


def approval_of(request) -> Approval:
    return Approval.objects.get(subject_id=request.pk)


def approved(request, office, by, now) -> Approval:
    """Everybody in the chain agrees."""
    for decider in (office.manager, office.hr):
        approval = approval_of(request)
        if approval.state == "pending":
            decide(approval.pk, True, "", decider, by(decider), now)
    return approval_of(request)


def left(office, kind: LeaveType) -> int:
    return balances([office.asker.pk]).get((office.asker.pk, kind.pk), 0)


# Leave costs the working time it covers.


@pytest.mark.parametrize(
    ("first", "last", "minutes"),
    [
        ("2026-12-02T09:00", "2026-12-02T18:00", 480),  # a day, its break aside
        ("2026-12-02T00:00", "2026-12-03T00:00", 480),  # the same day by the calendar
        ("2026-12-02T09:00", "2026-12-02T12:00", 180),  # the morning
        ("2026-12-02T13:30", "2026-12-02T18:00", 300),  # four and a half hours, by whole hours
        ("2026-12-04T13:00", "2026-12-07T10:00", 360),  # over a weekend
        ("2026-12-31T09:00", "2027-01-04T18:00", 960),  # New Year's Day is a holiday
        ("2026-11-30T09:00", "2026-11-30T10:00", 60),  # today
    ],
)
def test_leave_costs_the_working_time_it_covers(asks, granted, office, annual, first, last, minutes):
    leave = asks(first, last)
    assert (leave.minutes, leave.status, leave.origin, left(office, annual)) == (minutes, "pending", "own", granted - minutes)
    approval = approval_of(leave)
    assert approval.facts["minutes"] == minutes
    assert [(step.role, step.approver, step.state) for step in approval.steps.all()] == [
        ("manager", office.manager, "open"),
        ("hr", office.hr, "waiting"),
    ]


def test_leave_of_a_night_shift_costs_the_night(asks, granted, office):
    night = Shift.objects.get(code="S4")
    RosterDay.objects.create(employee=office.asker, day=date(2026, 12, 2), shift=night)
    RosterDay.objects.create(employee=office.asker, day=date(2026, 12, 3), shift=None)
    assert asks("2026-12-02T22:00", "2026-12-03T06:00").minutes == 480  # 7½ hours, by whole hours


@pytest.mark.parametrize(
    ("first", "last", "rule"),
    [
        ("2026-12-05T09:00", "2026-12-06T18:00", "no_working_time"),
        ("2026-12-02T12:00", "2026-12-02T13:00", "no_working_time"),
        ("2027-01-01T00:00", "2027-01-02T00:00", "no_working_time"),
        ("2026-11-27T09:00", "2026-11-27T18:00", "too_late"),
        ("2026-12-02T09:00", "2027-12-20T09:00", "too_long"),
        ("2027-12-02T09:00", "2027-12-02T18:00", "too_long"),
    ],
)
def test_leave_that_makes_no_sense_is_refused_and_nothing_is_taken(asks, granted, office, annual, first, last, rule):
    with pytest.raises(AskRefused) as refused:
        asks(first, last)
    assert refused.value.rule == rule
    assert refused.value.hint
    assert not Leave.objects.filter(employee=office.asker).exists()
    assert left(office, annual) == granted


def test_before_the_first_day_and_after_the_last_nothing_is_asked_for(asks, granted, office):
    office.asker.hire_date, office.asker.last_day = date(2026, 12, 2), date(2026, 12, 9)
    office.asker.save()
    for first in ("2026-12-01T09:00", "2026-12-10T09:00"):
        with pytest.raises(AskRefused) as refused:
            asks(first, "2026-12-11T18:00")
        assert refused.value.rule == "not_employed"
    assert asks("2026-12-08T09:00", "2026-12-11T18:00").minutes == 960


def test_illness_is_told_afterwards_other_leave_before(asks, sick, granted, settings):
    assert asks("2026-11-26T09:00", "2026-11-27T18:00", sick).minutes == 960
    with pytest.raises(AskRefused) as refused:
        asks("2026-10-26T09:00", "2026-10-26T18:00", sick)
    assert refused.value.rule == "too_late"


def test_a_kind_that_is_no_longer_in_use_is_not_asked_for(asks, sick, granted):
    LeaveType.objects.filter(pk=sick.pk).update(in_use=False)
    sick.refresh_from_db()
    with pytest.raises(AskRefused) as refused:
        asks("2026-12-02T09:00", "2026-12-02T18:00", sick)
    assert refused.value.rule == "kind_not_in_use"


def test_the_same_time_is_asked_for_once(asks, granted, office, by, now):
    leave = asks("2026-12-02T09:00", "2026-12-02T12:00")
    for first, last in [("2026-12-02T11:00", "2026-12-02T15:00"), ("2026-12-01T00:00", "2026-12-05T00:00")]:
        with pytest.raises(AskRefused) as refused:
            asks(first, last)
        assert refused.value.rule == "overlaps"
        with pytest.raises(AskRefused) as refused:
            ask.ask_trip(office.asker, span(first, last), "苏州", "", by(office.asker), now)
        assert refused.value.rule == "overlaps"
    assert asks("2026-12-02T12:00", "2026-12-02T15:00").minutes == 120
    ask.take_back(approval_of(leave), by(office.asker), now)
    assert asks("2026-12-02T10:00", "2026-12-02T12:00").minutes == 120


def test_nobody_takes_more_than_they_have(asks, granted, office, annual):
    asks("2026-12-01T09:00", "2026-12-04T18:00")
    with pytest.raises(Overdrawn):
        asks("2026-12-07T09:00", "2026-12-08T10:00")
    assert asks("2026-12-07T09:00", "2026-12-07T18:00").minutes == 480
    assert (left(office, annual), Leave.objects.filter(employee=office.asker).count()) == (0, 2)


def test_a_signed_off_month_stays_as_it_is(asks, sick, office, by, now):
    Timesheet.objects.create(employee=office.asker, month=date(2026, 11, 1), closed_at=now, closed_by="user 1")
    with pytest.raises(MonthSignedOff):
        asks("2026-11-27T09:00", "2026-11-27T18:00", sick)
    with pytest.raises(MonthSignedOff):
        ask.ask_correction(office.asker, at("2026-11-27T09:01"), "in", "", by(office.asker), now)
    assert asks("2026-12-01T09:00", "2026-12-01T18:00", sick).minutes == 480


def test_leave_approved_after_its_month_was_signed_off_is_not(asks, sick, office, by, now):
    leave = asks("2026-11-27T09:00", "2026-11-27T18:00", sick)
    decide(approval_of(leave).pk, True, "", office.manager, by(office.manager), now)
    Timesheet.objects.create(employee=office.asker, month=date(2026, 11, 1), closed_at=now, closed_by="user 1")
    with pytest.raises(MonthSignedOff), transaction.atomic():
        decide(approval_of(leave).pk, True, "", office.hr, by(office.hr), now)
    assert approval_of(leave).state == "pending"
    decide(approval_of(leave).pk, False, "已封账", office.hr, by(office.hr), now)
    assert left(office, sick) == 0


# What nothing came of is given back, once.


def test_rejected_leave_is_given_back_exactly_once(asks, granted, office, annual, by, now):
    leave = asks("2026-12-02T09:00", "2026-12-02T18:00")
    decide(approval_of(leave).pk, False, "那天上线", office.manager, by(office.manager), now)
    leave.refresh_from_db()
    assert (leave.status, left(office, annual)) == ("rejected", granted)
    for again in (
        lambda: decide(approval_of(leave).pk, False, "", office.manager, by(office.manager), now),
        lambda: decide(approval_of(leave).pk, True, "", office.hr, by(office.hr), now),
        lambda: ask.take_back(approval_of(leave), by(office.asker), now),
    ):
        with pytest.raises(SomebodyWasFirst):
            again()
    assert LedgerEntry.objects.filter(kind="reverse").count() == 1


def test_taken_back_while_pending_or_before_it_begins(asks, granted, office, annual, by, now):
    pending = asks("2026-12-02T09:00", "2026-12-02T18:00")
    ask.take_back(approval_of(pending), by(office.asker), now)
    coming = asks("2026-12-03T09:00", "2026-12-03T18:00")
    assert approved(coming, office, by, now).state == "approved"
    assert left(office, annual) == granted - 480
    ask.take_back(approval_of(coming), by(office.asker), now)
    for leave in (pending, coming):
        leave.refresh_from_db()
        assert (leave.status, approval_of(leave).state) == ("cancelled", "cancelled")
    assert left(office, annual) == granted
    with pytest.raises(SomebodyWasFirst):
        ask.take_back(approval_of(coming), by(office.asker), now)
    reversed_ = LedgerEntry.objects.filter(kind="reverse").values_list("reverses__request_id", flat=True)
    assert sorted(reversed_) == sorted([pending.pk, coming.pk])


def test_approved_leave_that_has_begun_is_not_taken_back(asks, granted, office, annual, by, now):
    leave = asks("2026-12-02T09:00", "2026-12-02T18:00")
    approved(leave, office, by, now)
    with pytest.raises(AskRefused) as refused:
        ask.take_back(approval_of(leave), by(office.asker), at("2026-12-02T09:00"))
    assert refused.value.rule == "begun"
    assert left(office, annual) == granted - 480


def test_only_the_asker_takes_back_or_hr_in_their_name(asks, granted, office, by, now):
    leave = asks("2026-12-02T09:00", "2026-12-02T18:00")
    for stranger in (office.manager, office.colleague):
        with pytest.raises(NotFound):
            ask.take_back(approval_of(leave), by(stranger), now)
    assert ask.take_back(approval_of(leave), HR, now).state == "cancelled"


def test_two_taps_at_once_ask_once(transactional_db, asks, granted, office, annual, at_once):
    became = at_once(lambda _: asks("2026-12-02T09:00", "2026-12-02T18:00"), 8)
    assert sorted(type(one).__name__ for one in became) == ["AskRefused"] * 7 + ["Leave"]
    assert left(office, annual) == granted - 480


def test_ten_days_asked_at_once_for_five_days_of_quota(transactional_db, asks, granted, office, annual, at_once):
    days = [f"2026-12-{day:02}" for day in (1, 2, 3, 4, 7, 8, 9, 10, 11, 14)]
    became = at_once(lambda n: asks(f"{days[n]}T09:00", f"{days[n]}T18:00"), 10)
    assert sorted(type(one).__name__ for one in became) == ["Leave"] * 5 + ["Overdrawn"] * 5
    assert left(office, annual) == 0
    assert Approval.objects.count() == Leave.objects.filter(employee=office.asker).count() == 5


def test_journal_says_who_asked_but_not_for_what_kind_and_not_why(asks, granted, office):
    leave = asks("2026-12-02T09:00", "2026-12-02T18:00")
    (entry,) = JournalEntry.objects.filter(act="approval.asked")
    assert entry.actor_id == str(office.asker.pk)
    assert entry.facts == {"kind": "leave", "asker": "X-asker", "steps": ["manager", "hr"]}
    assert approval_of(leave).said == "搬家"


def test_days_it_touches_are_derived_anew(asks, sick, office, now):
    for day in (23, 26, 27):
        AttendanceDay.objects.create(employee=office.asker, day=date(2026, 11, day), derived_at=now, day_kind="plain")
    asks("2026-11-27T09:00", "2026-11-27T18:00", sick)
    assert list(AttendanceDay.objects.filter(employee=office.asker).values_list("day__day", flat=True)) == [23]


# Overtime.


@pytest.fixture
def works_late(office, by, now):
    def overtime(first: str, last: str, when: datetime = now) -> Overtime:
        return ask.ask_overtime(office.asker, span(first, last), "上线", by(office.asker), when)

    return overtime


def test_overtime_lies_outside_shifts_and_other_overtime_and_leave(works_late, asks, sick):
    assert works_late("2026-12-02T18:00", "2026-12-02T20:00").status == "pending"
    works_late("2026-12-02T12:00", "2026-12-02T13:00")  # the break is no working time
    asks("2026-12-07T09:00", "2026-12-08T18:00", sick)
    for first, last, rule in [
        ("2026-12-02T17:30", "2026-12-02T18:00", "in_working_time"),
        ("2026-12-02T19:00", "2026-12-02T21:00", "overlaps"),
        ("2026-12-07T19:00", "2026-12-07T21:00", "overlaps"),
        ("2026-10-07T19:00", "2026-10-07T21:00", "too_late"),
    ]:
        with pytest.raises(AskRefused) as refused:
            works_late(first, last)
        assert refused.value.rule == rule


def test_a_public_holiday_is_worked_as_overtime(works_late):
    assert works_late("2027-01-01T09:00", "2027-01-01T18:00").status == "pending"


def test_overtime_is_warned_of_at_thirty_hours_and_stops_at_thirty_six(works_late, office, by, now):
    first = works_late("2026-12-05T09:00", "2026-12-05T21:00")
    assert approval_of(first).facts["warnings"] == ["day_3h"]
    assert approval_of(first).facts["month_minutes"] == 720
    decide(approval_of(first).pk, True, "", office.manager, by(office.manager), now)
    rejected = works_late("2026-12-06T09:00", "2026-12-06T21:00")
    decide(approval_of(rejected).pk, False, "", office.manager, by(office.manager), now)
    works_late("2026-12-12T09:00", "2026-12-12T21:00")
    near = works_late("2026-12-13T09:00", "2026-12-13T15:00")
    assert approval_of(near).facts["warnings"] == ["month_30h", "day_3h"]
    with pytest.raises(AskRefused) as refused:
        works_late("2026-12-19T09:00", "2026-12-19T15:01")
    assert refused.value.rule == "month_cap"
    assert approval_of(works_late("2026-12-16T18:00", "2026-12-16T20:00")).facts["warnings"] == ["month_30h"]
    assert approval_of(works_late("2026-12-19T09:00", "2026-12-19T13:00")).facts["month_minutes"] == 36 * 60
    assert approval_of(works_late("2027-01-02T09:00", "2027-01-02T10:00")).facts == {
        "start": "2027-01-02T01:00:00+00:00",
        "end": "2027-01-02T02:00:00+00:00",
        "minutes": 60,
        "month_minutes": 60,
        "warnings": [],
    }


def test_overtime_over_the_end_of_a_month_counts_in_both(works_late):
    works_late("2026-12-05T00:00", "2026-12-06T11:30")
    with pytest.raises(AskRefused) as refused:
        works_late("2026-12-31T23:00", "2027-01-01T02:00")
    assert refused.value.rule == "month_cap"
    assert approval_of(works_late("2026-12-31T23:30", "2027-01-01T02:00")).facts["month_minutes"] == 36 * 60


def test_many_at_once_never_pass_the_cap(transactional_db, works_late, at_once):
    became = at_once(
        lambda n: works_late(f"2026-12-{5 + n % 2:02}T{9 + n // 2 * 3:02}:00", f"2026-12-{5 + n % 2:02}T{12 + n // 2 * 3:02}:00"), 8
    )
    assert {type(one).__name__ for one in became} == {"Overtime"}
    days = (1, 2, 3, 4, 7, 8, 9, 10)
    became = at_once(lambda n: works_late(f"2026-12-{days[n]:02}T18:00", f"2026-12-{days[n]:02}T20:00"), 8)
    assert sorted(type(one).__name__ for one in became) == ["AskRefused"] * 2 + ["Overtime"] * 6


# Trips and corrections.


def test_a_day_away_is_the_managers_affair_a_longer_trip_hrs_too(office, by, now):
    short = ask.ask_trip(office.asker, span("2026-12-02T08:00", "2026-12-03T08:00"), "苏州", "客户", by(office.asker), now)
    long = ask.ask_trip(office.asker, span("2026-12-07T08:00", "2026-12-09T08:00"), "北京", "", by(office.asker), now)
    assert [step.role for step in approval_of(short).steps.all()] == ["manager"]
    assert [step.role for step in approval_of(long).steps.all()] == ["manager", "hr"]
    assert (short.destination, short.reason, long.reason) == ("苏州", "客户", None)
    assert approved(short, office, by, now).state == "approved"
    short.refresh_from_db()
    assert short.status == "approved"


def test_an_approved_correction_is_a_punch(office, by, now):
    correction = ask.ask_correction(office.asker, at("2026-11-27T09:00"), "in", "忘打卡", by(office.asker), now)
    assert not Punch.objects.filter(employee=office.asker).exists()
    approval = approval_of(correction)
    assert [step.role for step in approval.steps.all()] == ["manager"]
    decide(approval.pk, True, "", office.manager, by(office.manager), now)
    (punch,) = Punch.objects.filter(employee=office.asker)
    assert (punch.at, punch.wall, punch.source) == (at("2026-11-27T09:00"), "2026-11-27T09:00:00", "correction")
    with pytest.raises(AskRefused) as refused:
        ask.take_back(approval_of(correction), by(office.asker), now)
    assert refused.value.rule == "begun"


def test_a_correction_that_is_refused_is_none(office, by, now):
    correction = ask.ask_correction(office.asker, at("2026-11-27T09:00"), "in", "", by(office.asker), now)
    decide(approval_of(correction).pk, False, "", office.manager, by(office.manager), now)
    correction.refresh_from_db()
    assert (correction.status, Punch.objects.filter(employee=office.asker).exists()) == ("rejected", False)


def test_the_end_of_a_night_is_corrected_in_the_month_in_which_it_began(office, by, now, clock):
    night = Shift.objects.get(code="S4")
    RosterDay.objects.create(employee=office.asker, day=date(2026, 11, 30), shift=night)
    Timesheet.objects.create(employee=office.asker, month=date(2026, 11, 1), closed_at=now, closed_by="user 1")
    clock.forward(timedelta(days=3))
    with pytest.raises(MonthSignedOff):
        ask.ask_correction(office.asker, at("2026-12-01T06:05"), "out", "", by(office.asker), clock.now())
    ask.ask_correction(office.asker, at("2026-12-02T09:00"), "in", "", by(office.asker), clock.now())


@pytest.mark.parametrize(
    ("when", "rule"),
    [("2026-11-30T08:01", "not_yet"), ("2026-10-30T07:59", "too_late"), ("2026-11-27T09:00", "known_already")],
)
def test_corrections_that_make_no_sense(office, by, now, when, rule):
    ask.ask_correction(office.asker, at("2026-11-27T09:00"), "in", "", by(office.asker), now)
    with pytest.raises(AskRefused) as refused:
        ask.ask_correction(office.asker, at(when), "in", "", by(office.asker), now)
    assert refused.value.rule == rule


def test_so_many_corrections_a_month_and_no_more(office, by, now, settings):
    settings.MIANYUE_CORRECTIONS_PER_MONTH = 2
    for day in (25, 26):
        ask.ask_correction(office.asker, at(f"2026-11-{day}T09:00"), "in", "", by(office.asker), now)
    with pytest.raises(AskRefused) as refused:
        ask.ask_correction(office.asker, at("2026-11-27T09:00"), "in", "", by(office.asker), now)
    assert refused.value.rule == "too_many_corrections"
    ask.ask_correction(office.asker, at("2026-10-31T09:00"), "in", "", by(office.asker), now)
    approval = Approval.objects.filter(kind="correction").order_by("pk").first()
    ask.take_back(approval, by(office.asker), now)
    ask.ask_correction(office.asker, at("2026-11-27T09:00"), "in", "", by(office.asker), now)


def test_what_an_employee_of_another_time_zone_asks_for_counts_by_their_own_clock(office, by, now, annual):
    with transaction.atomic():
        ledger.grant(office.asker.pk, annual, 2400, "2026", {}, now)
    Employee.objects.filter(pk=office.asker.pk).update(time_zone="Europe/Vienna")
    day = Interval(datetime(2026, 12, 2, 8, tzinfo=UTC), datetime(2026, 12, 2, 17, tzinfo=UTC))
    assert ask.ask_leave(office.asker, annual, day, "", by(office.asker), now).minutes == 480
    half = Interval(day.start + timedelta(days=1), day.end + timedelta(days=1, hours=-4))
    assert ask.ask_leave(office.asker, annual, half, "", by(office.asker), now).minutes == 240
