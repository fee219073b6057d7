"""No false slot: every promised minute checked against every source by other means than the ones that chose it."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest

from mianyue.domain.attendance.models import Leave, Overtime, ShiftAssignment
from mianyue.domain.calendars.models import BusyTime
from mianyue.domain.interviews.models import Claim, Option
from mianyue.domain.organization.models import Employee, Site
from mianyue.domain.recruiting.models import SeatChoice
from mianyue.domain.rooms.models import RoomBooking
from mianyue.domain.security.actor import SYSTEM
from mianyue.workflows.invite import Wish, invite

HORIZON = [date(2026, 11, 30) + timedelta(days=n) for n in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11)]
"""Ten working days from the day of the export, counted on a calendar on the wall."""


@pytest.fixture
def options(company, now, mail, sms) -> list[Option]:
    invited = invite(Wish(everyone=True), SYSTEM, now)
    assert sum(done.fresh for done in invited) == 37
    found = Option.objects.select_related("interview__application__job__site", "interview__round", "room")
    return list(found.prefetch_related("seats__employee__site"))


def minutes(option: Option) -> Iterator[datetime]:
    at = option.during.lower
    while at < option.during.upper:
        yield at
        at += timedelta(minutes=1)


def test_length_and_horizon(options, now):
    for option in options:
        job = option.interview.application.job
        assert option.during.upper - option.during.lower == timedelta(minutes=option.interview.round.minutes)
        assert option.during.lower >= now + timedelta(hours=24)
        assert option.during.lower.astimezone(ZoneInfo(job.site.time_zone)).date() in HORIZON


def test_every_seat_is_filled_by_somebody_who_may_sit_there_and_nobody_fills_two(options):
    for option in options:
        allowed: dict[int, set] = {}
        for choice in SeatChoice.objects.filter(round=option.interview.round):
            allowed.setdefault(choice.seat, set()).add(choice.employee_id)
        seats = list(option.seats.all())
        assert len(seats) == len(allowed) == len({seat.employee_id for seat in seats})
        assert all(seat.employee_id in may_sit for seat, (_, may_sit) in zip(seats, sorted(allowed.items()), strict=True))


def test_interviewers_are_at_work_every_minute(options):
    for option in options:
        for seat in option.seats.all():
            roster = Roster(seat.employee)
            away = [at for at in minutes(option) if not roster.at_work(at)]
            assert not away, (option.interview.application.code, seat.employee.code, away[0])


def test_interviewers_are_neither_on_leave_nor_busy_any_minute(options):
    for option in options:
        for seat in option.seats.all():
            blocking = [
                *Leave.objects.filter(employee=seat.employee, status__in=["approved", "pending"]).values_list("during", flat=True),
                *BusyTime.objects.filter(account__employee=seat.employee).values_list("during", flat=True),
            ]
            clash = [at for at in minutes(option) if any(b.lower <= at < b.upper for b in blocking)]
            assert not clash, (option.interview.application.code, seat.employee.code, clash[0])


def test_no_minute_on_a_public_holiday(options):
    for option in options:
        job = option.interview.application.job
        sites: list[tuple[Site, str]] = [(s.employee.site, s.employee.time_zone) for s in option.seats.all()]
        if option.interview.round.mode == "onsite" or option.interview.round.needs_room:
            sites.append((job.site, job.site.time_zone))
        for site, zone in sites:
            off = holidays.country_holidays(site.holiday_country, years=[2026])
            assert not [at for at in minutes(option) if at.astimezone(ZoneInfo(zone)).date() in off]


def test_the_austrian_holiday_within_the_horizon_is_one(options):
    """The check above would be empty without it."""
    assert date(2026, 12, 8) in holidays.country_holidays("AT", years=[2026])
    vienna = [o for o in options if o.interview.application.job.site.code == "VIE"]
    assert len(vienna) == 21


def test_rooms_are_where_the_job_is_large_enough_and_free_every_minute(options):
    for option in options:
        assert (option.room is not None) == option.interview.round.needs_room
        if option.room:
            assert option.room.site == option.interview.application.job.site
            assert option.room.capacity >= option.seats.count() + 1
            booked = list(RoomBooking.objects.filter(room=option.room).values_list("during", flat=True))
            assert not [at for at in minutes(option) if any(b.lower <= at < b.upper for b in booked)]


def test_candidates_are_asked_for_waking_hours_only(options):
    for option in options:
        application, round_ = option.interview.application, option.interview.round
        zone = ZoneInfo(application.job.site.time_zone if round_.mode == "onsite" else application.time_zone)
        local = [at.astimezone(zone) for at in minutes(option)]
        assert {at.date() for at in local} == {local[0].date()}
        assert min(at.hour for at in local) >= 8
        assert max(at.hour for at in local) < 21


def test_nothing_is_promised_twice_at_any_minute(options):
    promised: Counter = Counter()
    for option in options:
        resources = [
            *(seat.employee_id for seat in option.seats.all()),
            option.interview.application.candidate_id,
            *([option.room_id] if option.room_id else []),
        ]
        claims = Claim.objects.filter(option=option, state="hold")
        assert sorted(claims.values_list("resource_id", flat=True)) == sorted(resources)
        assert {claim.during for claim in claims} == {option.during}
        promised.update((resource, at) for resource in resources for at in minutes(option))
    assert {key: count for key, count in promised.items() if count > 1} == {}


class Roster:
    """When somebody works, by wall-clock minutes counted from local midnight."""

    def __init__(self, employee: Employee) -> None:
        self.employee = employee
        self.zone = ZoneInfo(employee.time_zone)
        self.overtime = list(Overtime.objects.filter(employee=employee, status="approved").values_list("during", flat=True))
        self.assignments = list(ShiftAssignment.objects.filter(employee=employee).select_related("shift").order_by("first_day"))

    def at_work(self, at: datetime) -> bool:
        """Shift less break, or approved overtime, between hire and last day; a night shift belongs to the day it starts on."""
        local = at.astimezone(self.zone)
        if not (self.employee.hire_date or date.min) <= local.date() <= (self.employee.last_day or date.max):
            return False
        if any(span.lower <= at < span.upper for span in self.overtime):
            return True
        return any(self._in_shift(local.date() - timedelta(days=n), n * 1440 + of_day(local)) for n in (0, 1))

    def _in_shift(self, day: date, minute: int) -> bool:
        rows = [a for a in self.assignments if a.first_day <= day <= (a.last_day or date.max)]
        if not rows or day.isoweekday() not in rows[-1].shift.weekdays:
            return False
        shift = rows[-1].shift
        start, end = of_day(shift.start), of_day(shift.end)
        end += 1440 * (end <= start)
        if not start <= minute < end:
            return False
        if shift.break_start is None:
            return True
        pause, pause_end = of_day(shift.break_start), of_day(shift.break_end)
        pause += 1440 * (pause < start)
        pause_end += 1440 * (pause_end < pause)
        return not pause <= minute < pause_end


def of_day(at: datetime | time) -> int:
    return at.hour * 60 + at.minute
