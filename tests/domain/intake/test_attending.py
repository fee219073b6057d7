"""Tables that a small company need not have: who decides, who works with whom, rosters, trips, and what leave was granted."""

from datetime import UTC, date, datetime

import pytest

from mianyue.base.interval import Interval
from mianyue.domain.intake import cell_times, cells
from mianyue.domain.intake.cells import BadCell
from mianyue.domain.intake.records import AttendanceGroup, Department, GroupMember, LeaveQuota, LeaveType, RosterDay, Rotation

SHIFTS = (
    "班次编号,班次名称,上班时间,下班时间,适用星期,工作时段,迟到宽限,早退宽限,中间打卡\n"
    "S1,常白班,9:00,18:00,1-5,9:00-12:00;13:00-18:00,10,5分钟,是\n"
    "S2,夜班,22:00,6:00,1-7,22:00-2:00；2:30~6:00,,,\n"
)
GROUPS = "考勤组编号,考勤组名称,班次编号,轮班编号,加班时间可面试,加班计为调休假,打卡地点,打卡范围,允许外勤\n"


def codes(folder) -> list[tuple[str, str, int, str]]:
    return [(p.code, p.file, p.row, p.column) for p in folder.problems]


def test_a_folder_without_them_misses_nothing(company):
    folder = company()
    assert folder.problems == []
    assert (folder.departments, folder.attendance_groups, folder.rosters, folder.trips, folder.leave_quotas) == ((), (), (), (), ())


def test_the_day_of_the_first_job(company):
    header = "employee_id,name,department,title,email,site_id,参加工作日期\n"
    folder = company(
        employees=header + "E1,施俊,技术,总监,e1@example.com,SHA,2011/7/1\nE2,Anna,Wien,Lead,e2@example.com,VIE,long ago\n"
    )
    assert [person.worked_since for person in folder.employees] == [date(2011, 7, 1), None]
    assert codes(folder) == [("ignored_value", "employees.csv", 3, "worked_since")]


def test_shifts_of_several_segments(company):
    folder = company(shifts=SHIFTS)
    assert folder.problems == []
    day, night = folder.shifts
    assert day.segments == ((540, 720), (780, 1080))
    assert (day.late_grace, day.early_grace, day.punch_breaks) == (10, 5, True)
    assert night.segments == ((1320, 1560), (1590, 1800))
    assert (night.late_grace, night.early_grace, night.punch_breaks) == (0, 0, False)


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("9:00-12:00;13:00-18:00", ((540, 720), (780, 1080))),
        ("９：００—１２：００", ((540, 720),)),
        ("9:00-12:00;12:00-13:00", ((540, 720), (720, 780))),
        ("22:00-2:00;2:30-6:00", ((1320, 1560), (1590, 1800))),
        ("9:00-9:00", ((540, 1980),)),
        ("20:00-23:00;0:30-4:00", ((1200, 1380), (1470, 1680))),
    ],
)
def test_segments(raw, read):
    assert cell_times.segments(raw) == read


@pytest.mark.parametrize("raw", ["9:00", "9:00-25:00", "morning", "9:00-12:00;11:00-10:00", "9:00-18:00;8:00-9:30", ""])
def test_what_is_no_hours_of_work(raw):
    with pytest.raises(BadCell):
        cell_times.segments(raw)


@pytest.mark.parametrize(
    ("raw", "minutes"),
    [("5", 2400), ("5天", 2400), ("0.5 日", 240), ("7.5小时", 450), ("8h", 480), ("30分钟", 30), ("1.5 days", 720)],
)
def test_amounts_of_leave(raw, minutes):
    assert cells.leave_amount(480, raw) == minutes


def test_a_shift_whose_hours_are_not_understood_is_left_out(company):
    folder = company(shifts="shift_id,start,end,weekdays,segments\nS1,9:00,18:00,1-5,nine to five\n")
    assert folder.shifts == ()
    assert ("bad_value", "shifts.csv", 2, "segments") in codes(folder)


def test_departments_and_who_decides(company):
    folder = company(
        departments="部门,上级部门,负责人工号,人事工号\n技术,,E1,\n后端,技术,E2,E1\n前端,设计,E9,\n后端,,E1,\n运维,运维,,\n",
    )
    assert folder.departments == (
        Department("技术", None, "E1", None, 2),
        Department("后端", "技术", "E2", "E1", 3),
        Department("前端", "设计", None, None, 4),
        Department("运维", "运维", None, None, 6),
    )
    assert codes(folder) == [
        ("nobody_decides", "departments.csv", 4, "manager_id"),
        ("duplicate_key", "departments.csv", 5, "department"),
        ("empty_value", "departments.csv", 6, "manager_id"),
        ("unknown_department", "departments.csv", 4, "parent"),
        ("ignored_value", "departments.csv", 6, "parent"),
    ]


def test_groups_rotations_and_members(company):
    folder = company(
        shifts=SHIFTS,
        rotations="轮班编号,轮班名称,起始日期,班次循环\nT1,四班三运转,2026-11-30,S1;S2;休\nT2,,2026-11-30,S1;S7\n",
        attendance_groups=GROUPS
        + "G1,总部,S1,,否,是,SHA,500米,否\nG2,生产,,T1,,,,,\nG3,两者,S1,T1,,,,,\nG4,某处,S1,,,,XXX,,\nG5,无,,T9,,,,,\n",
        group_members="工号,考勤组编号,生效日期,失效日期\nE1,G1,2026-01-01,\nE1,G2,2026-12-01,2026-12-31\nE2,G9,2026-01-01,\nE2,G3,2026-01-01,\nE9,G1,2026-01-01,\n",
    )
    assert folder.rotations == (Rotation("T1", "四班三运转", date(2026, 11, 30), ("S1", "S2", None), 2),)
    assert folder.attendance_groups == (
        AttendanceGroup("G1", "总部", "S1", None, False, True, ("SHA",), 500, False, 2),
        AttendanceGroup("G2", "生产", None, "T1", True, False, (), 300, True, 3),
    )
    assert folder.group_members == (
        GroupMember("E1", "G1", date(2026, 1, 1), None, 2),
        GroupMember("E1", "G2", date(2026, 12, 1), date(2026, 12, 31), 3),
    )
    assert codes(folder) == [
        ("unknown_shift", "rotations.csv", 3, "shifts"),
        ("empty_value", "rotations.csv", 3, "name"),
        ("bad_value", "attendance_groups.csv", 4, "rotation_id"),
        ("unknown_site", "attendance_groups.csv", 5, "places"),
        ("unknown_rotation", "attendance_groups.csv", 6, "rotation_id"),
        ("unknown_group", "group_members.csv", 4, "group_id"),
        ("unknown_employee", "group_members.csv", 6, "employee_id"),
    ]


def test_rosters_and_whoever_works_by_one(company):
    folder = company(
        shift_assignments="employee_id,shift_id,from,to\nE1,S1,2020-01-01,",
        rosters="工号,日期,班次\nE2,2026-12-01,S1\nE2,2026-12-02,休息\nE2,2026-12-01,S1\nE2,2026-12-03,S8\nE1,someday,S1\n",
    )
    assert folder.rosters == (RosterDay("E2", date(2026, 12, 1), "S1", 2), RosterDay("E2", date(2026, 12, 2), None, 3))
    # E2 has no assignment, but is at work by the roster: not reported as never at work.
    assert codes(folder) == [
        ("duplicate_key", "rosters.csv", 4, "employee_id"),
        ("unknown_shift", "rosters.csv", 5, "shift_id"),
        ("bad_value", "rosters.csv", 6, "day"),
    ]


def test_trips_are_local_to_the_employee_and_a_doubtful_status_blocks(company):
    folder = company(
        trips="工号,开始时间,结束时间,状态,目的地\nE1,2026-12-01 下午,2026-12-02,已通过,北京\nE2,2026-12-01 9:00,2026-12-01 10:00,嗯,\n"
    )
    first, second = folder.trips
    assert first.interval == Interval(datetime(2026, 12, 1, 4, tzinfo=UTC), datetime(2026, 12, 2, 16, tzinfo=UTC))
    assert second.interval == Interval(datetime(2026, 12, 1, 8, tzinfo=UTC), datetime(2026, 12, 1, 9, tzinfo=UTC))
    assert [(t.employee_id, t.status, t.destination) for t in folder.trips] == [("E1", "approved", "北京"), ("E2", None, "")]
    assert codes(folder) == [("unknown_status", "trips.csv", 3, "status")]


def test_kinds_of_leave_and_quotas(company):
    folder = company(
        leave_types="假期名称,类别,有额度,带薪,最小单位,一天折合,启用\n年假,,,,240,450,\n事假,,,,,,\n生日假,other,是,是,,,\n调休假,,,,,,否\n怪假,weird,,,,,\n",
        leave_quotas="工号,假期类型,年度,额度\nE1,年假,2026,5\nE1,年假,2026,6\nE2,生日假,2026年,4小时\nE2,育儿假,2026,1\nE2,年假,26,1\nE1,事假,2026,many\n",
    )
    assert folder.leave_types == (
        LeaveType("年假", "annual", True, True, 240, 450, True, 2),
        LeaveType("事假", "personal", False, False, 30, 480, True, 3),
        LeaveType("生日假", "other", True, True, 30, 480, True, 4),
        LeaveType("调休假", "compensatory", True, True, 30, 480, False, 5),
        LeaveType("怪假", "other", False, True, 30, 480, True, 6),
    )
    assert folder.leave_quotas == (LeaveQuota("E1", "年假", 2026, 2250, 2), LeaveQuota("E2", "生日假", 2026, 240, 4))
    assert codes(folder) == [
        ("ignored_value", "leave_types.csv", 6, "kind"),
        ("duplicate_key", "leave_quotas.csv", 3, "employee_id"),
        ("unknown_leave_type", "leave_quotas.csv", 5, "leave_type"),
        ("bad_value", "leave_quotas.csv", 6, "year"),
        ("bad_value", "leave_quotas.csv", 7, "amount"),
    ]
