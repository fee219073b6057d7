"""Importing: the same folder changes nothing, a changed one updates, a broken file costs only itself."""

import shutil
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

import openpyxl
import pytest
from django.apps import apps

from mianyue.domain.calendars.models import BusyTime, CalendarAccount
from mianyue.domain.interviews.models import Interview
from mianyue.domain.recruiting.models import Application, Candidate, Resume
from mianyue.domain.rooms.models import Room, RoomBooking
from mianyue.domain.security.actor import SYSTEM
from mianyue.workflows import finish
from mianyue.workflows.bring_in import Brought, bring_in, calendars
from mianyue.workflows.invite import Invited, Wish, look
from mianyue.workflows.matching import match_waiting

SAMPLE = Path(__file__).parents[1] / "data" / "company"


@pytest.fixture
def folder(company, tmp_path) -> Path:
    """A copy of the sample's folder, already imported once."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "company"))


@pytest.fixture
def again(folder, now) -> Callable[..., Brought]:
    return lambda **how: bring_in(folder, SYSTEM, now, **how)


def edit(path: Path, old: str, new: str) -> None:
    raw = path.read_bytes()
    try:
        text, encoding = raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text, encoding = raw.decode("gb18030"), "gb18030"
    assert text.count(old) == 1, (path.name, text.count(old))
    path.write_bytes(text.replace(old, new).encode(encoding))


def changed(brought: Brought) -> dict[str, tuple[int, int, int]]:
    """Per table that changed at all: added, changed, removed."""
    counts = {name: (c["added"], c["changed"], c["removed"]) for name, c in brought.tables.items()}
    return {name: count for name, count in counts.items() if any(count)}


def rows() -> dict[str, int]:
    return {model._meta.label: model.objects.count() for model in apps.get_models() if model.__module__.startswith("mianyue")}


def times(code: str, now: datetime) -> Invited:
    return look(Wish(applications=[code]), now)[0]


def test_same_folder_again_changes_nothing(again):
    before = rows()
    brought = again()
    assert (brought.changes, changed(brought)) == (0, {})
    assert {name: n - before[name] for name, n in rows().items() if n != before[name]} == {
        "intake.ImportBatch": 1,
        "intake.ImportProblem": len(brought.problems),
        "security.JournalEntry": 1,
    }


def test_new_leave_takes_the_time_away(folder, again, now):
    busy = times("A039", now).recommendation.options[0].interval.start
    with (folder / "leave.csv").open("a", encoding=_encoding(folder / "leave.csv")) as file:
        file.write("E020,年假,2026-12-02,2026-12-02,审批中\n")
    assert changed(again()) == {"leave": (1, 0, 0)}
    assert busy not in {o.interval.start for o in times("A039", now).recommendation.options}


def test_new_calendar_takes_the_time_away(folder, again, now):
    assert len(times("A001", now).recommendation.options) == 3
    (folder / "calendars" / "E023.ics").write_bytes(
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\nBEGIN:VEVENT\r\nUID:trade-fair\r\nDTSTAMP:20261101T000000Z\r\n"
        b"DTSTART;VALUE=DATE:20261130\r\nDTEND;VALUE=DATE:20261220\r\nSUMMARY:Trade fair\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    assert changed(again()) == {"calendars": (0, 1, 0)}
    found = times("A001", now)
    assert (found.problem["code"], {(f["why"], f["who"]) for f in found.problem["facts"]} >= {("calendar", "E023")}) == (
        "no_time",
        True,
    )


HOURS = (
    b"BEGIN:VCALENDAR\r\nBEGIN:VAVAILABILITY\r\nUID:h\r\nBEGIN:AVAILABLE\r\nUID:a\r\nDTSTART;TZID=Asia/Shanghai:20261130T170000\r\n"
    b"DTEND;TZID=Asia/Shanghai:20261130T200000\r\nRRULE:FREQ=DAILY\r\nEND:AVAILABLE\r\nEND:VAVAILABILITY\r\nEND:VCALENDAR\r\n"
)


def test_published_hours_are_the_only_times_offered(folder, again, now):
    """17:00 to 20:00 in Shanghai is 9:00 to 12:00 in UTC."""
    (folder / "calendars" / "E023.ics").write_bytes(HOURS)
    assert {p.code for p in again().problems if p.key == "E023"} == set()
    options = times("A001", now).recommendation.options
    assert len(options) == 3
    assert all(time(9) <= o.interval.start.time() and o.interval.end.time() <= time(12) for o in options)


def test_published_hours_are_no_attendance(folder, again, now):
    (folder / "calendars" / "E023.ics").write_bytes(HOURS.replace(b"T170000", b"T010000").replace(b"T200000", b"T030000"))
    again()
    assert times("A001", now).problem["code"] == "no_time"


def test_published_hours_that_can_not_be_read_make_their_time_unknown(folder, again, now):
    (folder / "calendars" / "E023.ics").write_bytes(HOURS.replace(b"FREQ=DAILY", b"FREQ=NOW"))
    (problem,) = [p for p in again().problems if p.key == "E023"]
    assert (problem.code, problem.severity, problem.value) == ("calendar_hours_unreadable", "error", "h")
    assert problem.message["en"] == "the published working hours can't be read: the recurrence rule can't be understood"
    refused = times("A001", now).problem
    assert refused["code"] == "no_time"
    assert ("calendar_unknown", "E023") in {(f["why"], f["who"]) for f in refused["facts"]}


def test_a_file_is_read_again_when_it_is_read_in_another_way(folder, again, monkeypatch):
    assert changed(again()) == {}
    monkeypatch.setattr(calendars, "EDITION", calendars.EDITION + 1)
    assert changed(again()) == {"calendars": (0, CalendarAccount.objects.count(), 0)}
    monkeypatch.setattr(calendars.zones, "release", lambda: "2099a")
    assert changed(again()) == {"calendars": (0, CalendarAccount.objects.count(), 0)}


def test_calendar_that_went_away_means_no_events(folder, again):
    (folder / "calendars" / "E020.ics").unlink()
    brought = again()
    assert changed(brought) == {"calendars": (0, 0, 1)}
    assert not CalendarAccount.objects.filter(employee__code="E020").exists()


def test_moved_room_is_used_where_it_is_now(folder, again, now):
    book = openpyxl.load_workbook(folder / "rooms.xlsx")
    for row in book.active.iter_rows():
        if row[0].value == "R08":
            row[2].value = "SHA"
    book.save(folder / "rooms.xlsx")
    assert changed(again()) == {"rooms": (0, 1, 0)}
    assert Room.objects.get(code="R08").site.code == "SHA"
    assert {o.room for o in times("A039", now).recommendation.options} == {"R07"}


def test_room_no_longer_listed_is_not_proposed(folder, again, now):
    book = openpyxl.load_workbook(folder / "rooms.xlsx")
    sheet = book.active
    sheet.delete_rows(next(row[0].row for row in sheet.iter_rows() if row[0].value == "R08"))
    book.save(folder / "rooms.xlsx")
    again()
    assert {o.room for o in times("A039", now).recommendation.options} == {"R07"}


def test_changed_mobile_is_the_same_person(folder, again):
    before = Application.objects.get(code="A039").candidate
    edit(folder / "applications.csv", "+86 138 0000 0040", "139 1111 2222")
    assert changed(again()) == {"candidates": (0, 1, 0)}
    candidate = Application.objects.get(code="A039").candidate
    assert (candidate.pk, candidate.mobile) == (before.pk, "+8613911112222")
    index = Candidate._meta.get_field("mobile_index")
    assert Candidate.objects.get(mobile_index=index.of("+8613911112222")).pk == before.pk


def test_new_resume_brings_its_keywords(folder, again, now):
    (folder / "resumes" / "A039.txt").write_text("姓名：周佳宁\n手机：13800000040\n技能：CRM、数据分析\n", encoding="utf-8")
    assert changed(again()) == {"resumes": (0, 1, 0)}
    assert Application.objects.get(code="A039").keywords == []  # those of the other file are nobody's to name
    match_waiting(now)
    assert set(Application.objects.get(code="A039").keywords) == {"CRM", "数据分析"}


def test_new_application_arrives_alone(folder, again):
    path = folder / "applications.csv"
    with path.open("a", encoding=_encoding(path)) as file:
        file.write("A041,J002,1,秦朗,lang.qin@example.com,13800000041,zh-CN,,,\n")
    assert changed(again()) == {"applications": (1, 0, 0), "candidates": (1, 0, 0)}


def test_dry_run_counts_and_writes_nothing(folder, again, now):
    edit(folder / "applications.csv", "+86 138 0000 0040", "139 1111 2222")
    before = rows()
    assert changed(again(dry_run=True)) == {"candidates": (0, 1, 0)}
    assert (rows(), Application.objects.get(code="A039").candidate.mobile) == (before, "+8613800000040")


def test_folder_of_a_new_company_in_a_dry_run_leaves_the_database_empty(db, now):
    brought = bring_in(SAMPLE, SYSTEM, now, dry_run=True)
    assert brought.tables["applications"]["added"] == 40
    assert set(rows().values()) == {0}


@pytest.mark.parametrize("name", ["leave.csv", "shift_assignments.csv"])
def test_unreadable_table_that_would_have_blocked_proposes_nobody(folder, again, now, name):
    (folder / name).write_bytes(b"\x00\x01\x02 this is no table \xff\xfe")
    brought = again()
    assert [p.code for p in brought.problems if p.file == name] == ["unreadable_table"]
    looked = look(Wish(everyone=True), now)
    assert not [one for one in looked if one.recommendation and one.recommendation.options]
    facts = {f["why"] for one in looked if one.problem and one.problem["code"] == "no_time" for f in one.problem["facts"]}
    assert "attendance_unknown" in facts


def test_mended_table_proposes_again(folder, again, now):
    (folder / "leave.csv").write_bytes(b"\x00")
    again()
    shutil.copy(SAMPLE / "leave.csv", folder / "leave.csv")
    assert again().changes == 0
    assert len(times("A039", now).recommendation.options) == 3


def test_unreadable_overtime_is_no_attendance(folder, again, now):
    """What was approved before may have been withdrawn since: nobody is proposed in it."""
    (folder / "overtime.csv").write_bytes(b"\x00")
    again()
    for one in look(Wish(everyone=True), now):
        for option in one.recommendation.options if one.recommendation else ():
            assert option.interval.start.astimezone().isoweekday() <= 5


def test_unreadable_bookings_make_rooms_unknown_but_not_people(folder, again, now):
    (folder / "room_bookings.csv").write_bytes(b"\x00")
    bookings = RoomBooking.objects.count()
    again()
    assert RoomBooking.objects.count() == bookings
    assert times("A039", now).problem["code"] == "no_time"
    assert len(times("A001", now).recommendation.options) == 3


def test_broken_files_cost_only_themselves(folder, again, now):
    (folder / "calendars" / "E020.ics").write_bytes(b"\xff\xfenothing of the kind")
    (folder / "resumes" / "A012.pdf").write_bytes(b"%PDF-1.7 torn off")
    edit(folder / "applications.csv", "+86 138 0000 0040", "139 1111 2222")
    brought = again()
    assert {"calendar_unreadable"} <= {p.code for p in brought.problems}
    assert Application.objects.get(code="A039").candidate.mobile == "+8613911112222"
    assert not BusyTime.objects.filter(account__employee__code="E020").exists()
    assert times("A039", now).problem["code"] == "no_time"  # the calendar's owner is not free but unknown
    assert Application.objects.get(code="A012").resume.problem == "unreadable"
    assert len(times("A001", now).recommendation.options) == 3


def test_resumes_that_are_only_pictures_are_put_before_a_person_until_they_are_readable(folder, again, desk, now):
    assert [(t.kind, t.facts) for code in ("A008", "A023", "A028") for t in desk(code)] == [
        ("resume_unreadable", {"why": "scan"})
    ] * 3
    assert desk("A039") == []
    again()
    assert len(desk("A008")) == 1
    next((folder / "resumes").glob("*A008*")).unlink()
    (folder / "resumes" / "A008.txt").write_text("姓名：范若琳\n手机：13800000009\nPython、机器学习\n", encoding="utf-8")
    edit(folder / "applications.csv", "简历 - 范若琳 (A008).pdf", "A008.txt")
    again()
    match_waiting(now)
    assert (desk("A008"), Application.objects.get(code="A008").keywords) == ([], ["机器学习", "Python"])


def test_round_that_was_reached_is_not_undone(booked, clock, again):
    interview = booked("A018")
    clock.at = interview.booked.during.upper
    finish.set_result("A018", "next_round", SYSTEM, clock.now())
    again()
    assert Application.objects.get(code="A018").round_number == 3


def test_result_and_live_interviews_survive_an_import(booked, invited, clock, again, claimed):
    booked("A024")
    invited("A039").declines()
    before = sorted((str(c.pk), c.state) for c in claimed())
    again()
    assert Application.objects.get(code="A039").state == "withdrawn"
    assert sorted((str(c.pk), c.state) for c in claimed()) == before
    assert Interview.objects.filter(state="booked").count() == 1


def test_account_of_a_new_hire_survives_an_import(booked, clock, again):
    interview = booked("A039")
    clock.at = interview.booked.during.upper
    finish.set_result("A039", "passed", SYSTEM, clock.now())
    account = finish.confirm_hire("A039", None, SYSTEM, clock.now())
    assert again().changes == 0
    assert account.employee.shift_assignments.count() == 1


def test_two_imports_at_once_are_as_good_as_one(transactional_db, company, folder, again, at_once):
    edit(folder / "applications.csv", "+86 138 0000 0040", "139 1111 2222")
    changes = at_once(lambda _: again().changes, 2)
    assert sorted(changes) == [0, 1]
    assert Candidate.objects.count() == len({a.candidate_id for a in Application.objects.all()})


def test_a_resume_is_kept_once(again):
    again()
    assert Resume.objects.count() == Application.objects.exclude(resume=None).count() == 39


def _encoding(path: Path) -> str:
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"
