"""No false slot: every promised minute checked against every source by other means than the ones that chose it."""

import csv
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays
import pytest

from mianyue.domain.attendance.models import Leave, Overtime, ShiftAssignment
from mianyue.domain.calendars.models import BusyTime
from mianyue.domain.interviews.models import Claim, Option
from mianyue.domain.organization.models import Company, Employee, Site
from mianyue.domain.recruiting.models import SeatChoice
from mianyue.domain.rooms.models import RoomBooking
from mianyue.domain.security.actor import SYSTEM
from mianyue.workflows.bring_in import bring_in
from mianyue.workflows.invite import Wish, invite
from tests.conftest import remembered

SAMPLE = Path(__file__).parents[1] / "data" / "company"
HORIZON = [date(2026, 11, 30) + timedelta(days=n) for n in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11)]
"""Ten working days from the day of the export, counted on a calendar on the wall."""


RULES = """
[interviews]
buffer_before = 10
buffer_after = 5
interviews_per_day = 2
interviews_per_week = 3
rest_after_night_shift = 11
blackout_dates = [2026-12-03, { from = 2026-12-10, to = 2026-12-10 }]
walking_minutes = 30
"""
STATED = "2026-12-02 09:00-12:00; 2026-12-04 下午; 2026-12-07 至 2026-12-08; 2026-12-11 13:10-16:20"


@pytest.fixture
def ruled(tmp_path) -> Path:
    """The sample with all of a company's own rules; every third candidate states times, every on-site round needs a thing."""
    folder = Path(shutil.copytree(SAMPLE, tmp_path / "company"))
    with (folder / "company.toml").open("a", encoding="utf-8") as file:
        file.write(RULES)
    (folder / "site_distances.csv").write_text("from,to,minutes\nSHA,BJS,50\n", encoding="utf-8")
    rewrite(folder / "applications.csv", "available", lambda number, row: STATED if number % 3 == 0 else "")
    rewrite(folder / "interview_rounds.csv", "equipment", lambda number, row: "白板" if row["needs_room"] == "true" else "")
    rewrite(folder / "interview_rounds.csv", "shadows", lambda number, row: "E027|E028")
    with (folder / "overtime.csv").open("a", encoding="utf-8") as file:
        # The one who works nights stays on: without the rest, these hours would be the first to be offered.
        file.writelines(f"E025,2026-12-0{day} 09:00,2026-12-0{day} 20:00,approved\n" for day in (2, 4, 8, 9))
    return folder


def rewrite(path: Path, column: str, cell) -> None:
    """Adds a column to a table; ``cell(number, row)`` says what stands in it."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0], column])
        writer.writeheader()
        writer.writerows({**row, column: cell(number, row)} for number, row in enumerate(rows))


@pytest.fixture(params=["as exported", "with every rule"])
def options(request, db, now, mail, sms) -> list[Option]:
    def make() -> None:
        request.getfixturevalue("company")
        if request.param == "with every rule":
            bring_in(request.getfixturevalue("ruled"), SYSTEM, now)
        invited = invite(Wish(everyone=True), SYSTEM, now)
        if request.param == "as exported":
            assert sum(done.fresh for done in invited) == 37
        else:
            assert 25 <= sum(done.fresh for done in invited) <= 37

    remembered(f"invited {request.param}", make)
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
        seats = [seat for seat in option.seats.all() if not seat.shadow]
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
    assert len(vienna) == 21 if not Company.objects.get().blackout_dates else vienna


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


@pytest.mark.parametrize("options", ["with every rule"], indirect=True)
def test_no_interview_on_a_blackout_date(options):
    for option in options:
        zone = ZoneInfo(option.interview.application.job.site.time_zone)
        dates = {at.astimezone(zone).date() for at in minutes(option)}
        assert not dates & {date(2026, 12, 3), date(2026, 12, 10)}


@pytest.mark.parametrize("options", ["with every rule"], indirect=True)
def test_every_minute_lies_in_the_times_the_candidate_stated(options):
    asked = [o for o in options if o.interview.application.available is not None]
    assert len(asked) > 10
    for option in asked:
        zone = ZoneInfo(option.interview.application.time_zone)
        local = [at.astimezone(zone) for at in minutes(option)]
        assert all(stated_free(at) for at in local), (option.interview.application.code, local[0])


def stated_free(at: datetime) -> bool:
    """STATED, read by a person."""
    day, minute = (at.month, at.day), of_day(at)
    return (
        (day == (12, 2) and 540 <= minute < 720)
        or (day == (12, 4) and minute >= 720)
        or day in ((12, 7), (12, 8))
        or (day == (12, 11) and 790 <= minute < 980)
    )


@pytest.mark.parametrize("options", ["with every rule"], indirect=True)
def test_rooms_have_the_equipment(options):
    rooms = [option.room for option in options if option.room]
    assert rooms
    assert all("白板" in room.equipment for room in rooms)


@pytest.mark.parametrize("options", ["with every rule"], indirect=True)
def test_nobody_has_more_interviews_than_the_caps_allow(options):
    on_day: dict[tuple, set] = {}
    in_week: dict[tuple, set] = {}
    for option in options:
        for seat in option.seats.all():
            day = option.during.lower.astimezone(ZoneInfo(seat.employee.time_zone)).date()
            on_day.setdefault((seat.employee.code, day), set()).add(option.interview_id)
            in_week.setdefault((seat.employee.code, day.isocalendar()[:2]), set()).add(option.interview_id)
    # Both are reached, so both are felt.
    assert max(map(len, on_day.values())) == 2
    assert max(map(len, in_week.values())) == 3


@pytest.mark.parametrize("options", ["with every rule"], indirect=True)
def test_nobody_is_interviewed_with_within_eleven_hours_of_a_night_shift(options):
    worker = Roster(Employee.objects.get(code="E025"))
    morning, evening = (datetime(2026, 12, 2, hour, tzinfo=worker.zone) for hour in (10, 18))
    assert worker.at_work(morning)
    assert [worker.worked_a_night_before(at, 11) for at in (morning, evening)] == [True, False]
    for option in options:
        for seat in option.seats.all():
            roster = Roster(seat.employee)
            assert not roster.worked_a_night_before(option.during.lower, 11), (
                option.interview.application.code,
                seat.employee.code,
            )
            assert not roster.worked_a_night_before(option.during.upper - timedelta(minutes=1), 11)


@pytest.mark.parametrize("options", ["with every rule"], indirect=True)
def test_panels_are_not_blocked_in_the_minutes_before_and_after_nor_on_the_way(options):
    walk = {frozenset({"SHA", "BJS"}): 50}
    for option in options:
        here = place_of(option)
        for seat in option.seats.all():
            employee = seat.employee
            blocked = [
                *(
                    (span, employee.site.code)
                    for span in Leave.objects.filter(employee=employee, status__in=["approved", "pending"]).values_list(
                        "during", flat=True
                    )
                ),
                *(
                    (span, employee.site.code)
                    for span in BusyTime.objects.filter(account__employee=employee).values_list("during", flat=True)
                ),
                *(
                    (other.during, place_of(other) or employee.site.code)
                    for other in options
                    if other.pk != option.pk and employee.pk in {s.employee_id for s in other.seats.all()}
                ),
            ]
            for span, there in blocked:
                way = walk.get(frozenset({here, there}), 30) if here and here != there else 0
                before, after = timedelta(minutes=10 + way), timedelta(minutes=5 + way)
                apart = span.upper <= option.during.lower - before or option.during.upper + after <= span.lower
                assert apart, (option.interview.application.code, employee.code, option.during, span)


def place_of(option: Option) -> str:
    """The site where an option takes place; empty for a video meeting without a room."""
    if option.room:
        return option.room.site.code
    return option.interview.application.job.site.code if option.interview.round.mode == "onsite" else ""


@pytest.mark.parametrize("options", ["with every rule"], indirect=True)
def test_some_learn_and_everybody_who_does_is_there_besides_the_panel(options):
    learning = [seat for option in options for seat in option.seats.all() if seat.shadow]
    assert {seat.employee.code for seat in learning} <= {"E027", "E028"}
    assert learning
    for option in options:
        if option.room and any(seat.shadow for seat in option.seats.all()):
            assert option.room.capacity >= option.seats.count() + 1


class Roster:
    """When somebody works, by wall-clock minutes counted from local midnight."""

    def __init__(self, employee: Employee) -> None:
        self.employee = employee
        self.zone = ZoneInfo(employee.time_zone)
        self.overtime = list(Overtime.objects.filter(employee=employee, status="approved").values_list("during", flat=True))
        self.assignments = list(
            ShiftAssignment.objects.filter(employee=employee).order_by("first_day").prefetch_related("shift__versions")
        )

    def at_work(self, at: datetime) -> bool:
        """Shift less break, or approved overtime, between hire and last day; a night shift belongs to the day it starts on."""
        local = at.astimezone(self.zone)
        if not (self.employee.hire_date or date.min) <= local.date() <= (self.employee.last_day or date.max):
            return False
        if any(span.lower <= at < span.upper for span in self.overtime):
            return True
        return any(self._in_shift(local.date() - timedelta(days=n), n * 1440 + of_day(local)) for n in (0, 1))

    def worked_a_night_before(self, at: datetime, hours: int) -> bool:
        """Whether a shift with a part between 00:00 and 05:00 ended within the hours before that minute."""
        for day in (at.astimezone(self.zone).date() - timedelta(days=n) for n in range(4)):
            segments = self._segments(day)
            if not segments:
                continue
            over = datetime.combine(day, time(), self.zone) + timedelta(minutes=segments[-1][1])
            if (segments[0][0] < 300 or segments[-1][1] > 1440) and over <= at < over + timedelta(hours=hours):
                return True
        return False

    def _in_shift(self, day: date, minute: int) -> bool:
        return any(start <= minute < end for start, end in self._segments(day))

    def _segments(self, day: date) -> list[list[int]]:
        rows = [a for a in self.assignments if a.first_day <= day <= (a.last_day or date.max)]
        (version,) = rows[-1].shift.versions.all() if rows else (None,)
        return version.segments if version and day.isoweekday() in version.weekdays else []


def of_day(at: datetime | time) -> int:
    return at.hour * 60 + at.minute
