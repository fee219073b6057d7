"""What attendance days are derived from in the database, when they are derived anew, and when they stay as they are."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from psycopg.types.range import TimestamptzRange

from mianyue.domain.attendance.actions.days import forget_days
from mianyue.domain.attendance.actions.groups import new_rotation, put_into_group, set_rotation
from mianyue.domain.attendance.actions.punches import NewPunch, add_corrected, add_punch
from mianyue.domain.attendance.actions.rosters import clear_roster, set_roster
from mianyue.domain.attendance.actions.shifts import InThePast, new_shift, new_version
from mianyue.domain.attendance.models import (
    AttendanceDay,
    AttendanceGroup,
    Leave,
    Overtime,
    PunchCorrection,
    ShiftAssignment,
    Timesheet,
    Trip,
)
from mianyue.domain.attendance.queries.days import days_of, shift_instances
from mianyue.domain.organization.models import Company, Employee, Site
from mianyue.workflows.attendance.days import derive_days, derive_latest
from mianyue.worktime.shift import PunchRule

pytestmark = pytest.mark.django_db
SHANGHAI, VIENNA = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Vienna")
OFFICE = [(540, 720), (780, 1080)]
NIGHT = [(1320, 1800)]
TUESDAY = date(2026, 12, 1)
LATER = datetime(2027, 1, 20, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def company_of_one(db) -> Company:
    return Company.objects.create(name="Sample", working_week=[1, 2, 3, 4, 5])


@pytest.fixture
def site() -> Site:
    return Site.objects.create(code="S1", name="Shanghai", time_zone="Asia/Shanghai", holiday_country="CN")


@pytest.fixture
def person(site) -> Employee:
    return employee(site, "E1")


def employee(site: Site, code: str, zone: str = "Asia/Shanghai", segments=OFFICE, **more) -> Employee:
    someone = Employee.objects.create(code=code, name=f"Employee {code}", site=site, time_zone=zone, **more)
    shift = new_shift(f"S-{code}", "Shift", segments, range(1, 6), PunchRule(late_grace=5))
    ShiftAssignment.objects.create(employee=someone, shift=shift, first_day=date(2020, 1, 1))
    return someone


def wall(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def punched(someone: Employee, *times: str) -> None:
    for text in times:
        at = wall(text, ZoneInfo(someone.time_zone))
        add_punch(NewPunch(someone.pk, at, someone.time_zone, "clock", f"{someone.pk}:{text}"), LATER)


def asked(model, someone: Employee, start: str, end: str, status: str = "approved"):
    zone = ZoneInfo(someone.time_zone)
    return model.objects.create(employee=someone, status=status, during=TimestamptzRange(wall(start, zone), wall(end, zone), "[)"))


def derived(someone: Employee, day: date = TUESDAY, now: datetime = LATER) -> AttendanceDay:
    derive_days([someone.pk], day, day, now)
    return AttendanceDay.objects.get(employee=someone, day=day)


def told(row: AttendanceDay) -> dict[str, object]:
    lengths = ("planned", "worked", "late", "early", "absent", "on_leave", "on_trip", "overtime", "open")
    return {"findings": row.findings} | {name: getattr(row, name) for name in lengths if getattr(row, name)}


def test_a_day_as_planned(person):
    punched(person, "2026-12-01T08:57:30", "2026-12-01T18:01")
    row = derived(person)
    assert told(row) == {"findings": [], "planned": 480, "worked": 480}
    assert (row.first_in, row.last_out, row.punches) == (wall("2026-12-01T08:57:30"), wall("2026-12-01T18:01"), 2)
    assert (row.day_kind, row.shift.shift.code, row.derived_at) == ("plain", "S-E1", LATER)


def test_everything_that_was_asked_for_counts(person):
    punched(person, "2026-12-01T09:20", "2026-12-01T20:00")
    asked(Leave, person, "2026-12-01T14:00", "2026-12-01T15:00")
    asked(Leave, person, "2026-12-01T16:00", "2026-12-01T17:00", "pending")
    asked(Leave, person, "2026-12-01T17:00", "2026-12-01T18:00", "rejected")
    asked(Trip, person, "2026-12-01T10:00", "2026-12-01T11:00")
    asked(Overtime, person, "2026-12-01T18:00", "2026-12-01T19:30")
    asked(Overtime, person, "2026-12-01T19:30", "2026-12-01T20:00", "pending")
    assert told(derived(person)) == {
        "findings": ["late", "leave", "trip", "overtime"],
        "planned": 480,
        "worked": 340,
        "late": 20,
        "on_leave": 60,
        "on_trip": 60,
        "overtime": 90,
    }


def test_the_punches_of_a_night_belong_to_the_night(site):
    someone = employee(site, "E2", segments=NIGHT)
    punched(someone, "2026-12-01T21:50", "2026-12-02T06:05", "2026-12-02T21:58", "2026-12-03T06:30")
    derive_days([someone.pk], TUESDAY, TUESDAY + DAY, LATER)
    rows = days_of([someone.pk], TUESDAY, TUESDAY + DAY)[someone.pk]
    assert {day: told(row) for day, row in rows.items()} == {
        TUESDAY: {"findings": [], "planned": 480, "worked": 480},
        TUESDAY + DAY: {"findings": [], "planned": 480, "worked": 480},
    }


@pytest.mark.parametrize(("night", "minutes"), [("2026-03-28", 420), ("2026-10-24", 540)])
def test_the_night_the_clocks_change(site, night, minutes):
    someone = employee(site, "E3", "Europe/Vienna", NIGHT)
    day = date.fromisoformat(night)
    set_roster(someone.pk, {day: someone.shift_assignments.get().shift_id})  # it is a Saturday
    punched(someone, f"{night}T21:55", f"{day + DAY}T06:00")
    assert told(derived(someone, day)) == {"findings": [], "planned": minutes, "worked": minutes}


@pytest.mark.parametrize(
    ("day", "kind", "planned"),
    [
        ("2026-10-01", "statutory_holiday", 0),  # a Thursday
        ("2026-10-10", "make_up_workday", 480),  # a Saturday
        ("2026-12-05", "weekend", 0),
        ("2026-12-04", "plain", 480),
    ],
)
def test_holidays_are_free_and_make_up_workdays_are_worked(person, day, kind, planned):
    row = derived(person, date.fromisoformat(day))
    assert (row.day_kind, row.planned, row.findings) == (kind, planned, ["absent"] if planned else [])


def test_a_roster_names_holidays_too(person):
    day = date(2026, 10, 1)
    assert derived(person, day).planned == 0
    set_roster(person.pk, {day: person.shift_assignments.get().shift_id})
    assert derived(person, day).planned == 480
    clear_roster(person.pk, day, day)
    assert derived(person, day).planned == 0


def test_work_on_a_day_off_belongs_to_its_date(person):
    punched(person, "2026-12-05T10:00", "2026-12-05T15:00")
    asked(Overtime, person, "2026-12-05T10:00", "2026-12-05T14:00")
    assert told(derived(person, date(2026, 12, 5))) == {"findings": ["overtime", "rest_worked"], "overtime": 240}


def test_a_correction_counts_while_it_is_approved(person):
    punched(person, "2026-12-01T18:00")
    assert derived(person).findings == ["missing_in"]
    correction = PunchCorrection.objects.create(employee=person, status="approved", at=wall("2026-12-01T09:00"), side="in")
    add_corrected(correction, LATER)
    add_corrected(correction, LATER)
    forget_days(person.pk, TUESDAY, TUESDAY)
    assert (told(derived(person)), derived(person).punches) == ({"findings": [], "planned": 480, "worked": 480}, 2)
    PunchCorrection.objects.update(status="cancelled")
    forget_days(person.pk, TUESDAY, TUESDAY)
    assert derived(person).findings == ["missing_in"]


def test_only_dates_of_the_employment_that_have_begun(site):
    someone = employee(site, "E4", hire_date=date(2026, 12, 2), last_day=date(2026, 12, 8))
    assert derive_days([someone.pk], date(2026, 11, 20), date(2026, 12, 31), LATER) == 7
    other = employee(site, "E5")
    assert derive_days([other.pk], TUESDAY, TUESDAY + 9 * DAY, wall("2026-12-02T00:30")) == 2


def test_a_row_is_derived_again_until_its_day_is_settled(person):
    noon = wall("2026-12-01T12:00")
    assert told(derived(person, now=noon)) == {"findings": ["open"], "planned": 480, "open": 480}
    assert derive_days([person.pk], TUESDAY, TUESDAY, noon) == 0
    assert derive_days([person.pk], TUESDAY, TUESDAY, noon + DAY) == 1
    assert told(derived(person, now=noon + DAY)) == {"findings": ["absent"], "planned": 480, "absent": 480}
    assert derive_days([person.pk], TUESDAY, TUESDAY, noon + 5 * DAY) == 1
    assert derive_days([person.pk], TUESDAY, TUESDAY, noon + 9 * DAY) == 0


def test_forgetting_takes_the_neighbours_and_spares_signed_off_months(person):
    first, last = date(2026, 11, 25), date(2026, 12, 5)
    derive_days([person.pk], first, last, LATER)
    Timesheet.objects.create(employee=person, month=date(2026, 11, 1), closed_at=LATER, closed_by="user:1")
    assert forget_days(person.pk, TUESDAY, TUESDAY) == 2
    assert set(days_of([person.pk], first, last)[person.pk]) == {first + n * DAY for n in range(11)} - {TUESDAY, TUESDAY + DAY}
    assert derive_days([person.pk], first, last, LATER) == 2


def test_a_signed_off_month_stays_as_it_is(person):
    before = told(derived(person))
    Timesheet.objects.create(employee=person, month=date(2026, 12, 1), closed_at=LATER, closed_by="user:1")
    punched(person, "2026-12-01T09:00", "2026-12-01T18:00")
    assert forget_days(person.pk, TUESDAY, TUESDAY) == 0
    assert derive_days([person.pk], TUESDAY, TUESDAY + 9 * DAY, LATER) == 0
    assert told(AttendanceDay.objects.get()) == before


def test_a_changed_shift_leaves_the_days_before_as_they_were(person):
    shift = person.shift_assignments.get().shift
    wednesday = TUESDAY + DAY
    derive_days([person.pk], TUESDAY, wednesday, LATER)
    new_version(shift, wednesday, [(600, 840)], range(1, 6), today=wednesday)
    assert (derived(person).planned, derived(person, wednesday).planned) == (480, 240)
    with pytest.raises(InThePast):
        new_version(shift, TUESDAY, [(600, 660)], range(1, 6), today=wednesday)


def test_a_newer_version_of_an_older_assignment_does_not_push_a_newer_assignment_aside(person):
    own = person.shift_assignments.get().shift
    other = new_shift("OTHER", "Other", [(0, 60)], range(1, 6))
    ShiftAssignment.objects.create(employee=person, shift=other, first_day=date(2026, 11, 1))
    new_version(own, TUESDAY, [(0, 120)], range(1, 6), today=TUESDAY)
    assert derived(person).planned == 60


def test_moving_into_a_group_and_its_rotation(site):
    someone = Employee.objects.create(code="E6", name="Six", site=site, time_zone="Asia/Shanghai")
    day, night = new_shift("D", "Day", OFFICE, [1]), new_shift("N", "Night", NIGHT, [1])
    rotation = new_rotation("R", "Two on, one off", TUESDAY, [day.pk, night.pk, None])
    one = AttendanceGroup.objects.create(code="G1", name="One", shift=day)
    two = AttendanceGroup.objects.create(code="G2", name="Two")
    put_into_group(someone.pk, one.pk, date(2026, 11, 1))
    put_into_group(someone.pk, two.pk, TUESDAY)
    put_into_group(someone.pk, two.pk, TUESDAY)
    assert [(m.group.code, m.last_day) for m in someone.group_memberships.order_by("first_day")] == [
        ("G1", date(2026, 11, 30)),
        ("G2", None),
    ]
    assert [i.day for i in shift_instances([someone.pk], date(2026, 11, 23), TUESDAY + 5 * DAY)[someone.pk]] == [
        date(2026, 11, 23),
        date(2026, 11, 30),
    ]
    derive_days([someone.pk], TUESDAY, TUESDAY + 2 * DAY, LATER)
    set_rotation(two.pk, rotation.pk)
    derive_days([someone.pk], TUESDAY, TUESDAY + 2 * DAY, LATER)
    planned = [row.planned for row in days_of([someone.pk], TUESDAY, TUESDAY + 2 * DAY)[someone.pk].values()]
    assert planned == [480, 480, 0]


def test_the_queries_do_not_grow_with_the_people(site):
    people = [employee(site, f"P{n}") for n in range(5)]
    for someone in people:
        punched(someone, "2026-12-01T09:00", "2026-12-01T18:00")
        asked(Leave, someone, "2026-12-02T09:00", "2026-12-02T18:00")
    counts = []
    for some in (people[:1], people[1:]):
        with CaptureQueriesContext(connection) as queries:
            derive_days([one.pk for one in some], TUESDAY, TUESDAY + 9 * DAY, LATER)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_each_night_derives_yesterday_for_everybody_once(site):
    shanghai, vienna = employee(site, "E7"), employee(site, "E8", "Europe/Vienna")
    now = wall("2026-12-03T00:30")
    assert derive_latest(now) == 8 + 7  # in Vienna it is still the second
    assert derive_latest(now + timedelta(hours=1)) == 0
    assert AttendanceDay.objects.filter(employee=vienna, day=date(2026, 12, 2)).count() == 0
    assert derive_latest(now + timedelta(hours=9)) > 0
    assert AttendanceDay.objects.filter(employee=vienna, day=date(2026, 12, 2)).count() == 1
    forget_days(shanghai.pk, TUESDAY, TUESDAY)
    assert derive_latest(now + timedelta(hours=10)) == 3


def test_yesterday_is_derived_at_night_though_somebody_looked_at_it_by_day(person):
    derive_days([person.pk], TUESDAY, TUESDAY, wall("2026-12-01T12:00"))
    derive_latest(wall("2026-12-02T03:00"))
    assert AttendanceDay.objects.get(day=TUESDAY).findings == ["absent"]


@pytest.mark.django_db(transaction=True)
def test_a_derivation_never_overwrites_what_was_punched_meanwhile(site):
    someone = employee(site, "E9")
    punched(someone, "2026-12-01T09:00")
    begun = threading.Event()

    def derive() -> None:
        begun.wait(5)
        derive_days([someone.pk], TUESDAY, TUESDAY, LATER)
        connection.close()

    thread = threading.Thread(target=derive)
    thread.start()
    with transaction.atomic():
        forget_days(someone.pk, TUESDAY, TUESDAY)  # holds the person's days
        begun.set()
        thread.join(0.5)
        assert thread.is_alive()
        punched(someone, "2026-12-01T18:00")
    thread.join(5)
    assert told(AttendanceDay.objects.get()) == {"findings": [], "planned": 480, "worked": 480}
