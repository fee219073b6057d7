"""Attendance files: what can't be read is unknown and never free, and what is written is written once, whole."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mianyue.adapters.attendance.csv import CsvAttendance
from mianyue.base.clock import ManualClock
from mianyue.base.errors import SettingError
from mianyue.base.interval import Interval
from mianyue.ports.attendance import AttendanceUnavailable, AwayKind, NewAccount, Staff

SHANGHAI, VIENNA = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Vienna")
NOW = datetime(2026, 11, 30, tzinfo=UTC)
MONDAY = date(2026, 12, 7)
WINDOW = Interval(datetime(2026, 12, 7, tzinfo=SHANGHAI), datetime(2026, 12, 9, tzinfo=SHANGHAI))
ANNA, BEN = Staff("E001", "Asia/Shanghai", "CN"), Staff("E002", "Asia/Shanghai", "CN")
SHIFTS = "shift_id,start,end,break_start,break_end,weekdays,segments\nS1,09:00,18:00,12:00,13:00,1-5,\n"
ASSIGNED = "employee_id,shift_id,from,to\nE001,S1,2021-01-01,\nE002,S1,2021-01-01,2026-12-07\n"
REQUESTS = "employee_id,start,end,status\n"
EMPTY = {
    "exported_at.txt": "2026-11-30T00:00:00+00:00",
    "shifts.csv": SHIFTS,
    "shift_assignments.csv": ASSIGNED,
    "leave.csv": REQUESTS,
    "trips.csv": REQUESTS,
    "overtime.csv": REQUESTS,
    "room_bookings.csv": "room_id,start,end\n",
}
OFFICE = ["07 09:00–12:00", "07 13:00–18:00", "08 09:00–12:00", "08 13:00–18:00"]


@pytest.fixture
def folder(tmp_path) -> Path:
    for name, text in EMPTY.items():
        write(tmp_path / name, text)
    return tmp_path


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOW)


@pytest.fixture
def plug(folder, clock) -> CsvAttendance:
    return CsvAttendance(folder, timedelta(hours=24), clock)


def write(path: Path, text: str) -> None:
    """As the other system does: under another name first."""
    other = path.with_suffix(".tmp")
    other.write_text(text, encoding="utf-8")
    other.rename(path)


def told(spans, zone: ZoneInfo = SHANGHAI) -> list[str]:
    return [
        f"{one.start.astimezone(zone):%d %H:%M}–{one.end.astimezone(zone):%d %H:%M}".replace("–07 ", "–").replace("–08 ", "–")
        for one in spans
    ]


def works(plug: CsvAttendance, staff: Staff = ANNA) -> list[str] | None:
    """None: unknown."""
    known = plug.shifts([staff], WINDOW)
    return None if staff.key in known.unknown else told(known.spans[staff.key])


def away(plug: CsvAttendance, staff: Staff = ANNA, window: Interval = WINDOW) -> list[tuple[str, str]]:
    return [(one.kind.value, *told([one.during], ZoneInfo(staff.zone))) for one in plug.away([staff], window).get(staff.key, ())]


def test_shifts_between_their_first_and_last_day(plug):
    assert (works(plug), works(plug, BEN)) == (OFFICE, OFFICE[:2])


def test_whoever_the_files_do_not_name_has_no_shift(plug):
    assert works(plug, Staff("E009", "Asia/Shanghai", "CN")) == []


@pytest.mark.parametrize(
    ("row", "spans"),
    [
        ("S1,09:00,18:00,,,1-5,", ["07 09:00–18:00", "08 09:00–18:00"]),
        ("S1,09:00,18:00,,,2,", ["08 09:00–18:00"]),
        ("S1,,,,,1-5,09:00-11:00;12:00-14:00", ["07 09:00–11:00", "07 12:00–14:00", "08 09:00–11:00", "08 12:00–14:00"]),
        ("S1,22:00,06:00,,,1,", ["07 22:00–06:00"]),
        ("S1,,,,,1,22:00-01:00;02:00-06:00", ["07 22:00–01:00", "08 02:00–06:00"]),
        ("S1,9:00,18:00,,,1-5,", None),
        ("S1,09:00,18:00,12:00,,1-5,", None),
        ("S1,09:00,18:00,,,5-1,", None),
        ("S1,09:00,18:00,,,Mon,", None),
        ("S1,09:00,25:00,,,1-5,", None),
        ("S1,,,,,1-5,09:00-12:00;10:00-09:30", None),
        ("S1,09:00,18:00,,,1-5,\nS1,10:00,19:00,,,1-5,", None),
        ("S2,09:00,18:00,,,1-5,", None),
    ],
)
def test_a_shift_that_is_not_understood_makes_all_who_work_it_unknown(plug, folder, row, spans):
    write(folder / "shifts.csv", SHIFTS.splitlines()[0] + f"\n{row}\n")
    assert works(plug) == spans


@pytest.mark.parametrize("row", ["E001,S1,2021-1-1,", "E001,,2021-01-01,", "E001,S1,2021-01-02,2021-01-01", "E001,S7,2026-01-01,"])
def test_a_bad_assignment_makes_one_person_unknown_and_the_others_not(plug, folder, row):
    write(folder / "shift_assignments.csv", f"{ASSIGNED}{row}\n")
    assert (works(plug), works(plug, BEN)) == (None, OFFICE[:2])


@pytest.mark.parametrize(
    ("row", "spans"),
    [
        ("E001,2026-12-07T14:00,2026-12-07T16:00,approved", [("leave", "07 14:00–16:00")]),
        ("E001,2026-12-07T14:00:30,2026-12-07T16:00,pending", [("leave", "07 14:00–16:00")]),
        ("E001,2026-12-07T06:00Z,2026-12-07T16:00+08:00,pending", [("leave", "07 14:00–16:00")]),
        ("E001,2026-12-08,2026-12-08,approved", [("leave", "08 00:00–09 00:00")]),
        ("E001,2026-12-07T14:00,2026-12-07T16:00,rejected", []),
        ("E001,2026-12-10,2026-12-11,approved", []),
        ("E001,2026-12-07T14:00,2026-12-07T16:00,Approved", [("unknown", "07 00:00–09 00:00")]),
        ("E001,2026-12-07 14:00,2026-12-07 16:00,approved", [("unknown", "07 00:00–09 00:00")]),
        ("E001,2026-12-07T16:00,2026-12-07T16:00,approved", [("unknown", "07 00:00–09 00:00")]),
        ("E001,2026-12-07T16:00,2026-12-07T18:00Z,approved", [("unknown", "07 00:00–09 00:00")]),
        ("E001,2026-02-30,2026-03-01,rejected", [("unknown", "07 00:00–09 00:00")]),
    ],
)
def test_leave_that_is_not_understood_makes_the_person_unknown(plug, folder, row, spans):
    write(folder / "leave.csv", f"{REQUESTS}{row}\n")
    assert (away(plug), away(plug, BEN)) == (spans, [])


def test_a_time_that_the_clocks_leave_in_doubt_is_absence_and_no_overtime(plug, folder):
    row = "E001,2026-10-25T02:30,2026-10-25T02:45,approved\n"
    write(folder / "leave.csv", REQUESTS + row)
    write(folder / "overtime.csv", REQUESTS + row)
    vienna = Staff("E001", "Europe/Vienna", "AT")
    day = Interval(datetime(2026, 10, 25, tzinfo=VIENNA), datetime(2026, 10, 26, tzinfo=VIENNA))
    (one,) = plug.away([vienna], day)["E001"]
    assert (one.kind, one.during.length) == (AwayKind.LEAVE, timedelta(minutes=75))
    assert dict(plug.overtime([vienna], day).spans) == {}


def test_overtime_with_a_bad_row_is_not_known(plug, folder):
    write(folder / "overtime.csv", REQUESTS + "E001,2026-12-07T19:00,2026-12-07T21:00,approved\nE002,soon,later,approved\n")
    known = plug.overtime([ANNA, BEN], WINDOW)
    assert (told(known.spans["E001"]), known.unknown) == (["07 19:00–21:00"], {"E002"})


def test_rest_after_a_night(plug, folder):
    write(folder / "shifts.csv", SHIFTS + "S2,22:00,06:00,,,1-5,\n")
    write(folder / "shift_assignments.csv", ASSIGNED + "E001,S2,2026-12-01,\n")
    assert told(plug.rest([ANNA], WINDOW, 11).spans["E001"]) == ["08 06:00–17:00"]
    assert plug.rest([ANNA], WINDOW, 0).spans == {}


def test_rooms(plug, folder):
    rows = "R1,2026-12-07T09:00+08:00,2026-12-07T10:00+08:00\nR2,2026-12-07T09:00,2026-12-07T10:00\n"
    write(folder / "room_bookings.csv", "room_id,start,end\n" + rows)
    known = plug.rooms_busy(["R1", "R2", "R3"], WINDOW)
    assert ({room: told(spans) for room, spans in known.spans.items()}, known.unknown) == ({"R1": ["07 09:00–10:00"]}, {"R2"})


def test_days_of_the_companys_own(plug, folder):
    before = plug.day_kinds("CN", MONDAY, MONDAY)[MONDAY]
    write(folder / "day_kinds.csv", "country,day,kind\nCN,2026-12-07,bridge_day_off\nAT,2026-12-08,plain\n")
    assert (before.kind, plug.day_kinds("CN", MONDAY, MONDAY)[MONDAY].kind) == ("plain", "bridge_day_off")
    with pytest.raises(AttendanceUnavailable):
        plug.day_kinds("AT", MONDAY, MONDAY)


def ask(plug: CsvAttendance) -> None:
    plug.shifts([ANNA], WINDOW)
    plug.away([ANNA], WINDOW)
    plug.overtime([ANNA], WINDOW)
    plug.rooms_busy(["R1"], WINDOW)


@pytest.mark.parametrize("name", [name for name in EMPTY if name.endswith(".csv")])
@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"\x00\xff",
        b"employee_id,start\n",
        b"one,two,two\nx,y,z\n",
        b'employee_id,start,end,status\n"E001\n',
    ],
    ids=["missing", "empty", "no text", "without columns", "twice", "a quote that never ends"],
)
def test_a_file_that_is_no_table_makes_everybody_unknown(plug, folder, name, content):
    ask(plug)
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content)
    with pytest.raises(AttendanceUnavailable):
        ask(plug)
    write(folder / name, EMPTY[name])
    ask(plug)


@pytest.mark.parametrize("name", [name for name in EMPTY if name.endswith(".csv")])
def test_a_file_that_is_cut_off_anywhere_is_never_taken_for_whole(plug, folder, name):
    rows = {"shifts.csv": "", "shift_assignments.csv": "", "room_bookings.csv": "R1,2026-12-07T09:00Z,2026-12-07T10:00Z\n"}
    whole = EMPTY[name] + rows.get(name, "E001,2026-12-07T14:00,2026-12-07T16:00,approved\n")
    ends = {number for number, letter in enumerate(whole, 1) if letter == "\n"}
    for length in set(range(len(whole))) - ends:
        (folder / name).write_text(whole[:length], encoding="utf-8")
        with pytest.raises(AttendanceUnavailable):
            ask(plug)


@pytest.mark.parametrize(
    "row", [",2026-12-07,2026-12-08,approved", "E001,2026-12-07,2026-12-08", "E001,2026-12-07,2026-12-08,approved,x"]
)
def test_a_row_of_nobody_makes_everybody_unknown(plug, folder, row):
    write(folder / "leave.csv", f"{REQUESTS}{row}\n")
    with pytest.raises(AttendanceUnavailable):
        plug.away([BEN], WINDOW)


def test_an_export_of_the_day_before_yesterday_is_too_old(plug, clock):
    clock.forward(timedelta(hours=24))
    ask(plug)
    clock.forward(timedelta(seconds=1))
    with pytest.raises(AttendanceUnavailable):
        ask(plug)


@pytest.mark.parametrize("said", ["", "yesterday", "2026-11-30T00:00:00"])
def test_an_instant_of_the_export_that_is_none_counts_as_too_old(plug, folder, said):
    write(folder / "exported_at.txt", said)
    with pytest.raises(AttendanceUnavailable):
        ask(plug)


def test_without_the_instant_the_newest_file_says_when_it_was(plug, folder, clock):
    (folder / "exported_at.txt").unlink()
    for name in EMPTY:
        if name.endswith(".csv"):
            os.utime(folder / name, (NOW.timestamp() - 90000, NOW.timestamp() - 90000))
    with pytest.raises(AttendanceUnavailable):
        ask(plug)
    os.utime(folder / "leave.csv", (NOW.timestamp(), NOW.timestamp()))
    ask(plug)


def test_two_thousand_people_are_read_once_and_answered_at_once_afterwards(plug, folder):
    staff = [Staff(f"E{n:04}", "Asia/Shanghai", "CN") for n in range(2000)]
    write(
        folder / "shift_assignments.csv", ASSIGNED.splitlines()[0] + "\n" + "".join(f"{one.key},S1,2021-01-01,\n" for one in staff)
    )
    rows = "".join(f"{one.key},2026-12-{day:02},2026-12-{day:02},approved\n" for one in staff for day in range(1, 15))
    write(folder / "leave.csv", REQUESTS + rows)
    ask(plug)
    start = time.process_time()
    known, absent = plug.shifts(staff, WINDOW), plug.away(staff, WINDOW)
    assert time.process_time() - start < 0.8
    assert (len(known.spans), len(absent)) == (2000, 2000)


ACCOUNT = NewAccount("run-1", "E100", '=1+1, "Ann"\nB', "a@example.com", None, "研发", "SHA", MONDAY)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_what_is_written(plug, folder):
    plug.create_account(ACCOUNT, NOW)
    assert rows_of(folder / "out" / "accounts.csv") == [
        {
            "key": "run-1",
            "person": "E100",
            "name": '=1+1, "Ann" B',
            "email": "a@example.com",
            "mobile": "",
            "department": "研发",
            "site": "SHA",
            "first_day": "2026-12-07",
            "written_at": "2026-11-30T00:00:00+00:00",
        }
    ]
    assert (folder / "out" / "accounts.csv").stat().st_mode & 0o007 == 0


def test_a_row_cut_off_by_a_crash_is_written_anew(plug, folder):
    for number in range(3):
        plug.grant_leave("E100", "年假", 480, 2026, f"key-{number}", NOW)
    path = folder / "out" / "granted_leave.csv"
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        for number in range(3):
            plug.grant_leave("E100", "年假", 480, 2026, f"key-{number}", NOW)
        assert path.read_bytes() == whole


def test_a_folder_that_can_not_be_written_to_says_so(plug, folder):
    (folder / "out").write_text("not a folder")
    with pytest.raises(AttendanceUnavailable):
        plug.close_account("E100", "run-1", NOW)


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from mianyue.adapters.attendance.csv_outbox import Outbox
for number in range(50):
    Outbox(Path(sys.argv[1])).append("granted_leave", ("minutes",), (f"key-{number}", "480" * 50))
"""


def test_several_processes_write_each_key_once(folder):
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(folder / "out")]) for _ in range(4)]
    assert [writer.wait(60) for writer in writers] == [0] * 4
    rows = rows_of(folder / "out" / "granted_leave.csv")
    assert sorted(row["key"] for row in rows) == sorted(f"key-{number}" for number in range(50))
    assert {row["minutes"] for row in rows} == {"480" * 50}


@pytest.mark.parametrize(
    "env",
    [{}, {"MIANYUE_ATTENDANCE_FOLDER": ""}, {"MIANYUE_ATTENDANCE_FOLDER": "/x", "MIANYUE_ATTENDANCE_STALE_AFTER": "a day"}],
)
def test_settings_are_understood_or_refused(env):
    with pytest.raises(SettingError):
        CsvAttendance.from_environment(env)


def test_a_folder_is_all_it_needs(folder):
    plug = CsvAttendance.from_environment({"MIANYUE_ATTENDANCE_FOLDER": str(folder), "MIANYUE_CLOCK": "2026-11-30T10:00:00+00:00"})
    ask(plug)
