"""Every attendance plug gives the same answers about the same facts, does a repeated write once, and never says "free" for "don't know"."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from psycopg.types.range import TimestamptzRange

from mianyue.adapters.attendance.csv import CsvAttendance
from mianyue.adapters.attendance.memory import MemoryAttendance
from mianyue.base.clock import ManualClock
from mianyue.base.interval import Interval
from mianyue.domain.attendance.actions.shifts import new_shift
from mianyue.domain.attendance.builtin import BuiltinAttendance
from mianyue.domain.attendance.models import Account, Leave, LeaveType, LedgerEntry, Overtime, ShiftAssignment, Trip
from mianyue.domain.organization.models import Employee, Site
from mianyue.ports.attendance import AttendanceUnavailable, Away, AwayKind, NewAccount, Staff

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, tzinfo=UTC)
MONDAY = date(2026, 12, 7)
ANNA = Staff("E001", "Asia/Shanghai", "CN", hired=date(2020, 1, 1))
BEN = Staff("E002", "Europe/Vienna", "AT")
WINDOW = Interval(datetime(2026, 12, 7, tzinfo=UTC), datetime(2026, 12, 9, tzinfo=UTC))
ACCOUNT = NewAccount("run-1", "E002", '=Ben "B"\nBär', None, "+4366412345", "研发部, 一组", "VIE", MONDAY)


def utc(text: str) -> Interval:
    """``"07 01:00–04:00"`` of December 2026."""
    day, _, hours = text.partition(" ")
    start, _, end = hours.partition("–")
    return Interval(*(datetime.fromisoformat(f"2026-12-{day}T{at}+00:00") for at in (start, end)))


class Own:
    """mianyue's own tables."""

    def __init__(self, folder: Path) -> None:
        site = Site.objects.create(code="SHA", name="Shanghai", time_zone="Asia/Shanghai", holiday_country="CN")
        anna, _ = (Employee.objects.create(code=one.key, name=one.key, site=site, time_zone=one.zone) for one in (ANNA, BEN))
        shift = new_shift("S1", "Day", [(540, 720), (780, 1080)], range(1, 6))
        new_shift("S2", "Late", [(780, 1200)], range(1, 6))
        LeaveType.objects.create(name="年假", code="annual")
        ShiftAssignment.objects.create(employee=anna, shift=shift, first_day=date(2021, 1, 1))
        facts = [
            (Leave, "07 01:00–02:00", "approved"),
            (Leave, "07 06:00–07:00", "rejected"),
            (Trip, "08 05:00–10:00", "pending"),
            (Overtime, "07 11:00–13:00", "approved"),
            (Overtime, "08 11:00–13:00", "pending"),
        ]
        for model, text, status in facts:
            span = utc(text)
            model.objects.create(employee=anna, during=TimestamptzRange(span.start, span.end, "[)"), status=status)
        self.plug = BuiltinAttendance.from_environment({})

    def accounts(self) -> list[str]:
        return [account.employee.code for account in Account.objects.filter(closed_at=None)]

    def assigned(self) -> list[tuple[str, str, str]]:
        rows = ShiftAssignment.objects.filter(origin="own").values_list("employee__code", "shift__code", "first_day")
        return [(person, shift, str(first)) for person, shift, first in rows]

    def granted(self) -> list[tuple[str, int]]:
        return list(LedgerEntry.objects.values_list("account__leave_type__name", "minutes"))


class Files:
    """Another system's files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, text in FILES.items():
            (folder / name).write_text(text, encoding="utf-8")
        self.plug = CsvAttendance(folder, timedelta(hours=24), ManualClock(NOW))

    def _rows(self, name: str) -> list[dict[str, str]]:
        path = self.folder / "out" / name
        if not path.exists():
            return []
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def accounts(self) -> list[str]:
        closed = {row["person"] for row in self._rows("closed_accounts.csv")}
        return [row["person"] for row in self._rows("accounts.csv") if row["person"] not in closed]

    def assigned(self) -> list[tuple[str, str, str]]:
        closed = {row["person"] for row in self._rows("closed_accounts.csv")}
        rows = (row for row in self._rows("shift_assignments.csv") if row["person"] not in closed)
        return [(row["person"], row["shift_id"], row["from"]) for row in rows]

    def granted(self) -> list[tuple[str, int]]:
        return [(row["leave_type"], int(row["minutes"])) for row in self._rows("granted_leave.csv")]


FILES = {
    "exported_at.txt": "2026-11-30T06:00:00+08:00\n",
    "shifts.csv": "shift_id,name,start,end,break_start,break_end,weekdays\nS1,Day,09:00,18:00,12:00,13:00,1-5\n",
    "shift_assignments.csv": "employee_id,shift_id,from,to\nE001,S1,2021-01-01,\n",
    "leave.csv": "employee_id,start,end,status\n"
    "E001,2026-12-07T09:00,2026-12-07T10:00,approved\nE001,2026-12-07T14:00,2026-12-07T15:00,rejected\n",
    "trips.csv": "employee_id,start,end,status,destination\nE001,2026-12-08T13:00,2026-12-08T18:00,pending,北京\n",
    "overtime.csv": "employee_id,start,end,status\n"
    "E001,2026-12-07T19:00,2026-12-07T21:00,approved\nE001,2026-12-08T11:00Z,2026-12-08T13:00Z,pending\n",
    "room_bookings.csv": "room_id,start,end\nR1,2026-12-07T09:00+08:00,2026-12-07T10:00+08:00\n",
}


class Twin:
    """The twin of tests, told the same."""

    def __init__(self, folder: Path) -> None:
        self.plug = MemoryAttendance()
        self.plug.working = {"E001": [utc(one) for one in WORKED], "E002": []}
        self.plug.absent = {"E001": list(AWAY)}

    def accounts(self) -> list[str]:
        return list(self.plug.accounts)

    def assigned(self) -> list[tuple[str, str, str]]:
        return [(who, shift, str(first)) for who, shifts in self.plug.shifts_of.items() for first, shift in shifts.items()]

    def granted(self) -> list[tuple[str, int]]:
        return [row for granted in self.plug.granted.values() for row in granted.items()]


WORKED = ["07 01:00–04:00", "07 05:00–10:00", "08 01:00–04:00", "08 05:00–10:00"]
AWAY = (Away(utc("07 01:00–02:00"), AwayKind.LEAVE), Away(utc("08 05:00–10:00"), AwayKind.TRIP))


@pytest.fixture(params=[Own, Files, Twin], ids=["builtin", "csv", "memory"])
def kept(request, tmp_path):
    return request.param(tmp_path)


@pytest.fixture(params=[Own, Files], ids=["builtin", "csv"])
def told(request, tmp_path):
    """Those that keep overtime and know the law."""
    return request.param(tmp_path)


def test_who_works_when(kept):
    known = kept.plug.shifts([ANNA, BEN], WINDOW)
    assert {key: list(spans) for key, spans in known.spans.items()} == {"E001": [utc(one) for one in WORKED], "E002": []}
    assert known.unknown == frozenset()


def test_who_is_away_approved_or_not_decided_yet(kept):
    assert [one for one in kept.plug.away([ANNA, BEN], WINDOW).items() if one[1]] == [("E001", list(AWAY))]


def test_only_approved_overtime_opens_time(told):
    assert dict(told.plug.overtime([ANNA, BEN], WINDOW).spans) == {"E001": [utc("07 11:00–13:00")]}


def test_days_are_what_the_law_says(told):
    kinds = told.plug.day_kinds("CN", date(2026, 9, 30), date(2026, 10, 10))
    assert [kind.kind for kind in kinds.values()] == [
        "plain",
        *["statutory_holiday"] * 3,
        "weekend",
        *["bridge_day_off"] * 3,
        "plain",
        "plain",
        "make_up_workday",
    ]
    assert all(kind.announced for kind in kinds.values())


def test_nobody_rests_after_a_day_shift(kept):
    assert not any(kept.plug.rest([ANNA, BEN], WINDOW, 11).spans.values())


def test_nobody_asked_nobody_answered(kept):
    assert not kept.plug.shifts([], WINDOW).spans
    assert not kept.plug.away([], WINDOW)


def test_a_repeated_write_changes_nothing(kept):
    for _ in range(2):
        assert kept.plug.create_account(ACCOUNT, NOW) == kept.plug.create_account(ACCOUNT, NOW)
        kept.plug.assign_shift("E002", "S2", MONDAY, "run-1:shift", NOW)
        kept.plug.grant_leave("E002", "年假", 2400, 2026, "run-1:annual", NOW)
    assert (kept.accounts(), kept.assigned(), kept.granted()) == (["E002"], [("E002", "S2", "2026-12-07")], [("年假", 2400)])


def test_an_account_that_is_taken_back_takes_its_shift_along(kept):
    kept.plug.create_account(ACCOUNT, NOW)
    kept.plug.assign_shift("E002", "S2", MONDAY, "run-1:shift", NOW)
    kept.plug.grant_leave("E002", "年假", 2400, 2026, "run-1:annual", NOW)
    kept.plug.grant_leave("E002", "年假", -2400, 2026, "run-1:annual:back", NOW)
    for _ in range(2):
        kept.plug.close_account("E002", "run-1", NOW)
    assert (kept.accounts(), kept.assigned(), sum(minutes for _, minutes in kept.granted())) == ([], [], 0)


def test_who_does_not_answer_says_so(tmp_path):
    files, twin = Files(tmp_path), Twin(tmp_path)
    (tmp_path / "exported_at.txt").write_text("2026-11-28T06:00:00+08:00\n", encoding="utf-8")
    twin.plug.away_from_desk = True
    for plug in (files.plug, twin.plug):
        for ask in (
            lambda plug=plug: plug.shifts([ANNA], WINDOW),
            lambda plug=plug: plug.away([ANNA], WINDOW),
            lambda plug=plug: plug.overtime([ANNA], WINDOW),
            lambda plug=plug: plug.rest([ANNA], WINDOW, 0),
            lambda plug=plug: plug.rooms_busy(["R1"], WINDOW),
            lambda plug=plug: plug.day_kinds("CN", MONDAY, MONDAY),
        ):
            with pytest.raises(AttendanceUnavailable):
                ask()
