"""Punches by phone and out of a clock's file: what counts, what is refused, and that nothing counts twice."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction
from openpyxl import Workbook

from mianyue.base.errors import NotFound
from mianyue.domain.attendance.actions.groups import put_into_group
from mianyue.domain.attendance.actions.shifts import new_shift
from mianyue.domain.attendance.models import (
    Account,
    AttendanceDay,
    AttendanceGroup,
    Punch,
    ShiftAssignment,
    Timesheet,
)
from mianyue.domain.organization.models import Company, Employee, Site
from mianyue.domain.security.actor import Actor
from mianyue.domain.security.models import JournalEntry
from mianyue.workflows.attendance.days import derive_days
from mianyue.workflows.attendance.punch import NotATable, NotEmployed, TooFar, bring_punches, punch

pytestmark = pytest.mark.django_db
HERE = {"latitude": 31.2304, "longitude": 121.4737}
NEAR = {"latitude": 31.2324, "longitude": 121.4737}  # 222 m north
AWAY = {"latitude": 31.2504, "longitude": 121.4737}  # 2,224 m north
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 12, 1, 9, 0, 5, tzinfo=SHANGHAI)
ACTOR = Actor("employee", "E1")
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def the_company(db) -> Company:
    return Company.objects.create(name="Sample", working_week=[1, 2, 3, 4, 5])


@pytest.fixture
def site() -> Site:
    return Site.objects.create(
        code="S1", name="Shanghai", time_zone="Asia/Shanghai", holiday_country="CN", latitude=31.2304, longitude=121.4737
    )


@pytest.fixture
def person(site) -> Employee:
    return Employee.objects.create(code="E1", name="One", site=site, time_zone="Asia/Shanghai")


def group(person: Employee, site: Site | None, **rule) -> AttendanceGroup:
    made = AttendanceGroup.objects.create(code="G", name="Group", **rule)
    if site:
        made.places.add(site)
    put_into_group(person.pk, made.pk, date(2026, 1, 1))
    return made


def test_a_tap_is_kept_with_the_wall_clock_and_the_zone(person):
    made = punch(person, ACTOR, NOW, device="Phone of One")
    assert (made.at, made.zone, made.wall, made.source) == (NOW, "Asia/Shanghai", "2026-12-01T09:00:05", "phone")
    assert (made.place, made.field, made.device, made.recorded_at) == (None, False, "Phone of One", NOW)
    assert list(JournalEntry.objects.values_list("act", "subject_id")) == [("punch.made", str(made.pk))]


@pytest.mark.parametrize(("after", "same"), [(0, True), (1, True), (59, True), (60, False), (-59, True), (-60, False)])
def test_a_second_tap_within_a_minute_is_the_same_punch(person, after, same):
    first = punch(person, ACTOR, NOW)
    second = punch(person, ACTOR, NOW + after * SECOND)
    assert (first == second, Punch.objects.count(), JournalEntry.objects.count()) == (same, 2 - same, 2 - same)


@pytest.mark.parametrize(
    ("rule", "at", "found"),
    [
        ({}, HERE, ("S1", False)),
        ({}, NEAR, ("S1", False)),
        ({"within_meters": 200}, NEAR, (None, True)),
        ({}, AWAY, (None, True)),
        ({}, {}, (None, True)),
        ({}, HERE | {"accuracy": 60.0}, ("S1", False)),
        ({}, HERE | {"accuracy": 3000.0}, (None, True)),  # the phone only knows the town
        ({"field_work": False}, NEAR, ("S1", False)),
    ],
)
def test_near_a_place_of_the_group_or_field_work(person, site, rule, at, found):
    group(person, site, **rule)
    made = punch(person, ACTOR, NOW, **at)
    assert (made.place and made.place.code, made.field) == found


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (AWAY, "2224 m away"),
        ({"latitude": 48.2082, "longitude": 16.3738}, "km away"),
        ({}, "doesn't say where it is"),
        (HERE | {"accuracy": 3000.0}, "doesn't say where it is"),
    ],
)
def test_where_field_work_is_not_allowed_a_tap_elsewhere_is_refused_and_says_how_far(person, site, at, said):
    group(person, site, field_work=False)
    with pytest.raises(TooFar, match=said) as refused:
        punch(person, ACTOR, NOW, **at)
    assert refused.value.hint
    assert (Punch.objects.count(), JournalEntry.objects.count()) == (0, 0)


def test_without_places_or_without_their_positions_anywhere_will_do(person, site):
    rule = group(person, None, field_work=False)
    assert punch(person, ACTOR, NOW).field is False
    nowhere = Site.objects.create(code="S2", name="New", time_zone="Asia/Shanghai", holiday_country="CN")
    rule.places.add(nowhere)
    assert punch(person, ACTOR, NOW + 60 * SECOND).field is False


@pytest.mark.parametrize(
    ("employed", "refused"),
    [
        ({"hire_date": date(2026, 12, 2)}, True),
        ({"hire_date": date(2026, 12, 1)}, False),
        ({"last_day": date(2026, 12, 1)}, False),
        ({"last_day": date(2026, 11, 30)}, True),
    ],
)
def test_only_who_works_here_on_that_day_can_punch(person, employed, refused):
    Employee.objects.update(**employed)
    if refused:
        with pytest.raises(NotEmployed):
            punch(person, ACTOR, NOW)
    else:
        assert punch(person, ACTOR, NOW)


def test_the_last_night_shift_is_punched_out_of_the_morning_after(person):
    night = new_shift("N", "Night", [(1320, 1800)], range(1, 8))
    ShiftAssignment.objects.create(employee=person, shift=night, first_day=date(2026, 1, 1))
    Employee.objects.update(last_day=date(2026, 11, 30))
    assert punch(person, ACTOR, NOW - timedelta(hours=3))
    with pytest.raises(NotEmployed):
        punch(person, ACTOR, NOW + timedelta(hours=12))


def test_nobody_punches_on_a_closed_account_or_as_a_stranger(person):
    with pytest.raises(NotFound):
        punch(Employee(pk=uuid4(), code="X", time_zone="Asia/Shanghai"), ACTOR, NOW)
    Account.objects.create(employee=person, opened_at=NOW, closed_at=NOW)
    with pytest.raises(NotEmployed):
        punch(person, ACTOR, NOW)


def test_a_punch_makes_its_day_be_derived_anew(person):
    day = date(2026, 12, 1)
    ShiftAssignment.objects.create(employee=person, shift=new_shift("D", "Day", [(540, 1080)], [2]), first_day=day)
    derive_days([person.pk], day, day, NOW)
    punch(person, ACTOR, NOW)
    assert derive_days([person.pk], day, day, NOW) == 1
    assert AttendanceDay.objects.get().first_in == NOW


@pytest.mark.django_db(transaction=True)
def test_two_phones_at_once_are_one_punch_and_two_people_are_two(site):
    Company.objects.get_or_create(pk=1, defaults={"name": "Sample"})
    people = [Employee.objects.create(code=f"E{n}", name="x", site=site, time_zone="Asia/Shanghai") for n in (1, 2)]
    gate, failed = threading.Barrier(8), []

    def tap(someone: Employee) -> None:
        try:
            gate.wait(10)
            punch(someone, ACTOR, NOW)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=tap, args=(people[n % 2],)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (failed, sorted(Punch.objects.values_list("employee__code", flat=True))) == ([], ["E1", "E2"])


def test_a_punch_is_never_changed(person):
    made = punch(person, ACTOR, NOW)
    for change in (lambda: Punch.objects.update(field=True), lambda: made.delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


# The clock's file.

LATER = datetime(2026, 12, 20, tzinfo=UTC)


def clock_file(folder: Path, text: str, name: str = "clock.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def brought(path: Path, now: datetime = LATER, **how):
    done = bring_punches(path, ACTOR, now, **how)
    return (done.read, done.added, done.known), [(p.code, p.row, p.column) for p in done.problems]


GOOD = "工号,打卡时间,设备\nE1,2026-12-01 08:58:10,门口\nE1,2026/12/1 18:03,门口\n"


def test_the_same_file_again_changes_nothing(person, tmp_path):
    path = clock_file(tmp_path, GOOD)
    assert brought(path, dry_run=True) == ((2, 2, 0), [])
    assert Punch.objects.count() == 0
    assert brought(path) == ((2, 2, 0), [])
    assert brought(path) == ((2, 0, 2), [])
    assert list(Punch.objects.values_list("wall", "source", "device", "zone")) == [
        ("2026-12-01T08:58:10", "clock", "门口", "Asia/Shanghai"),
        ("2026-12-01T18:03:00", "clock", "门口", "Asia/Shanghai"),
    ]
    assert JournalEntry.objects.filter(act="punches.brought").count() == 1


def test_gbk_a_title_above_the_header_and_an_xlsx_read_the_same(person, tmp_path):
    assert brought(clock_file(tmp_path, "考勤机导出\n\n" + GOOD, encoding="gb18030")) == ((2, 2, 0), [])
    book = Workbook()
    book.active.append(["Export of 2026-12"])
    book.active.append(["employee_id", "time"])
    book.active.append(["E1", datetime.fromisoformat("2026-12-01T08:58:10")])
    book.active.append(["E1", datetime.fromisoformat("2026-12-02T09:00:00")])
    book.save(tmp_path / "clock.xlsx")
    assert brought(tmp_path / "clock.xlsx") == ((2, 1, 1), [])


def test_what_is_wrong_is_said_row_by_row_and_the_rest_is_kept(person, tmp_path):
    Employee.objects.create(code="E2", name="Two", site=person.site, time_zone="Asia/Shanghai", hire_date=date(2026, 12, 5))
    rows = [
        "employee_id,time,time_zone",
        "E1,2026-12-01 09:00,",
        "E9,2026-12-01 09:00,",
        "E1,yesterday,",
        "E1,2026-12-01,",
        ",2026-12-01 09:00,",
        "E1,,",
        "E1,2026-12-21 09:00,",
        "E2,2026-12-01 09:00,",
        "E1,2026-12-01 10:00,Mars/Base",
        "E1,2026-12-01 09:00,",
    ]
    assert brought(clock_file(tmp_path, "\n".join(rows))) == (
        (10, 1, 1),
        [
            ("unknown_employee", 3, "employee_id"),
            ("bad_value", 4, "time"),
            ("bad_value", 5, "time"),
            ("missing_value", 6, "employee_id"),
            ("missing_value", 7, "time"),
            ("punch_in_future", 8, "time"),
            ("punch_not_employed", 9, "time"),
            ("bad_value", 10, "time_zone"),
        ],
    )


@pytest.mark.parametrize(
    ("written", "zone", "at", "found"),
    [
        ("2026-10-25 01:30", "Europe/Vienna", "2026-10-24T23:30", []),
        ("2026-10-25 02:30", "Europe/Vienna", "2026-10-25T00:30", ["clock_time_twice"]),  # the first of the two
        ("2026-10-25 02:30:00+01:00", "Europe/Vienna", "2026-10-25T01:30", []),
        ("2026-03-29 02:30", "Europe/Vienna", "2026-03-29T01:30", ["clock_time_skipped"]),  # by a clock left on winter time
        ("2026-11-01 01:30", "America/New_York", "2026-11-01T05:30", ["clock_time_twice"]),
        ("2026-11-01 24:00", "Asia/Shanghai", "2026-11-01T16:00", []),
        ("2026-11-01 09:00", "", "2026-11-01T01:00", []),  # on the employee's own clock
    ],
)
def test_the_devices_clock_counts_and_its_changes_are_said(person, tmp_path, written, zone, at, found):
    path = clock_file(tmp_path, f"employee_id,time,time_zone\nE1,{written},{zone}\n")
    _, problems = brought(path)
    assert (Punch.objects.get().at, [code for code, _, _ in problems]) == (datetime.fromisoformat(f"{at}+00:00"), found)


def test_a_late_punch_of_a_signed_off_month_is_kept_and_said(person, tmp_path):
    Timesheet.objects.create(employee=person, month=date(2026, 12, 1), closed_at=LATER, closed_by="user:1")
    assert brought(clock_file(tmp_path, GOOD)) == ((2, 2, 0), [("month_signed_off", 2, "time"), ("month_signed_off", 3, "time")])
    assert Punch.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [("no,header\n1,2\n", "unreadable_table"), ("工号,设备\nE1,门口\n", "missing_column"), ("", "unreadable_table")],
)
def test_a_file_that_is_no_table_of_punches_changes_nothing_and_says_so(person, tmp_path, text, code):
    counts, problems = brought(clock_file(tmp_path, text))
    assert (counts, problems[0][0], Punch.objects.count()) == ((0, 0, 0), code, 0)


def test_no_file_and_another_kind_of_file(person, tmp_path):
    with pytest.raises(NotFound):
        bring_punches(tmp_path / "none.csv", ACTOR, LATER)
    with pytest.raises(NotATable):
        bring_punches(clock_file(tmp_path, GOOD, "clock.dat"), ACTOR, LATER)
