"""The optional rules of a company's folder: what is written is understood, what is dirty is said, what is absent limits nothing."""

from datetime import UTC, date, datetime

import pytest

from mianyue.base.interval import Interval
from mianyue.domain.intake.records import Interviewing

TOML = """
name = "示例公司"
default_language = "zh-CN"
default_time_zone = "Asia/Shanghai"
working_week = [1, 2, 3, 4, 5]
public_holiday_country = "CN"
today = 2026-11-30

[contact.candidate]
name = "Recruiting"
email = "hr@example.com"
phone = "+86 21 0000 0000"

[contact.privacy]
name = "Privacy"
email = "privacy@example.com"
notice_url = "https://example.com/privacy"
"""


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_folder_without_rules_limits_nothing_and_misses_nothing(company):
    folder = company()
    assert (folder.problems, folder.site_distances) == ([], ())
    assert folder.company.interviewing == Interviewing()
    (round_,), (first, second) = folder.rounds, folder.employees
    assert (round_.equipment, round_.shadows, round_.buffer_before, round_.buffer_after) == ((), (), None, None)
    assert {(e.interviews_per_day, e.interviews_per_week) for e in (first, second)} == {(None, None)}
    assert {application.available for application in folder.applications} == {None}


def test_rules_of_the_company(company):
    rules = """
[interviews]
buffer_before = 5
buffer_after = 10
interviews_per_day = 3
interviews_per_week = 0
rest_after_night_shift = 11
blackout_dates = [2026-12-24, "2026/12/24", { from = 2026-12-30, to = 2027-01-01 }]
walking_minutes = 20
"""
    folder = company(toml=TOML + rules)
    assert folder.problems == []
    assert folder.company.interviewing == Interviewing(
        buffer_before=5,
        buffer_after=10,
        per_day=3,
        per_week=0,
        rest_after_night_shift=11,
        blackout=(date(2026, 12, 24), date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 1)),
        walking_minutes=20,
    )


@pytest.mark.parametrize(
    "line",
    [
        "buffer_before = -5",
        "buffer_after = 481",
        'buffer_after = "10"',
        "interviews_per_day = true",
        "interviews_per_week = 100",
        "rest_after_night_shift = 73",
        "rest_after_night_shift = 11.5",
        "blackout_dates = 2026-12-24",
        "blackout_dates = ['Christmas']",
        "blackout_dates = [{ from = 2026-12-24 }]",
        "blackout_dates = [{ from = 2026-12-24, to = 2026-12-23 }]",
        "blackout_dates = [{ from = 2026-01-01, to = 2027-01-02 }]",
        "walking_minutes = 'far'",
    ],
)
def test_a_dirty_rule_is_named_and_not_applied(company, line):
    folder = company(toml=f"{TOML}\n[interviews]\n{line}\n")
    key = f"interviews.{line.partition(' ')[0]}"
    assert [(p.code, p.severity, p.key) for p in folder.problems] == [("company_key_invalid", "error", key)]
    assert folder.company.interviewing == Interviewing()
    assert len(folder.applications) == 2


def test_rules_that_are_no_table(company):
    folder = company(toml=f"interviews = 3\n{TOML}")
    assert [(p.code, p.key) for p in folder.problems] == [("company_key_invalid", "interviews")]


def test_caps_of_people(company, findings):
    header = "工号,姓名,部门,职位,邮箱,手机,办公地点,每日面试上限,每周面试上限"
    folder = company(
        employees=f"{header}\nE1,施俊,技术,总监,e1@example.com,,SHA,２,６场\nE2,Anna Huber,Wien,Lead,e2@example.com,,VIE,often,"
    )
    assert [(e.interviews_per_day, e.interviews_per_week) for e in folder.employees] == [(2, 6), (None, None)]
    assert findings(folder) == [("ignored_value", "employees.csv", 3, "E2", "interviews_per_day", "often")]


def test_needs_of_rounds(company, findings):
    header = "职位编号,轮次,轮次名称,时长,面试官,面试方式,需要会议室,所需设备,旁听,面试前预留,面试后预留"
    folder = company(interview_rounds=f"{header}\nJ1,1,一面,60,E1,video,false,投影；白板,E2 | E9,0,15分钟")
    (round_,) = folder.rounds
    assert (round_.equipment, round_.shadows) == (("投影", "白板"), ("E2",))
    assert (round_.buffer_before, round_.buffer_after) == (0, 15)
    # A stranger among those who only learn spoils nothing but themselves.
    assert findings(folder) == [("unknown_interviewer", "interview_rounds.csv", 2, "J1/一面", "shadows", "E9")]
    assert not any(application.blocked for application in folder.applications)


def test_dirty_needs_of_rounds_are_ignored_with_a_word(company, findings):
    header = "job_id,round,name,minutes,interviewers,mode,needs_room,prepare,shadows,buffer_before"
    folder = company(interview_rounds=f"{header}\nJ1,1,一面,60,E1,video,false,,E2+E1,a while")
    assert [(code, column) for code, _, _, _, column, _ in findings(folder)] == [
        ("ignored_value", "shadows"),
        ("ignored_value", "buffer_before"),
    ]
    assert (folder.rounds[0].shadows, folder.rounds[0].buffer_before) == ((), None)


APPLICATIONS = "application_id,job_id,round,name,email,mobile,time_zone,可面试时间"


def test_stated_times_are_on_the_candidates_own_clock_or_else_the_sites(company):
    folder = company(
        applications=f"{APPLICATIONS}\n"
        "A1,J1,1,王芳,a1@example.org,,America/New_York,2026-12-02 09:00-12:00\n"
        "A2,J1,1,李雷,a2@example.org,,,2026-12-02 09:00-12:00;2026-12-02 11:00-13:00; 2026-12-03",
        files={"resumes/A1.txt": None},
    )
    assert folder.problems == []
    abroad, here = folder.applications
    assert abroad.available == (Interval(utc("2026-12-02T14:00"), utc("2026-12-02T17:00")),)
    assert here.available == (
        Interval(utc("2026-12-02T01:00"), utc("2026-12-02T05:00")),
        Interval(utc("2026-12-02T16:00"), utc("2026-12-03T16:00")),
    )


def test_stated_times_that_nobody_understands_are_not_passed_over(company, findings):
    folder = company(
        applications=f"{APPLICATIONS}\nA1,J1,1,王芳,a1@example.org,,,下周都可以\nA2,J1,1,李雷,a2@example.org,,,",
        files={"resumes/A1.txt": None},
    )
    assert findings(folder) == [("bad_value", "applications.csv", 2, "A1", "available", "下周都可以")]
    assert [(a.available, a.blocked, a.problems) for a in folder.applications] == [(None, True, ("bad_value",)), (None, False, ())]


def test_stated_times_of_an_unknown_job_have_no_clock(company, findings):
    folder = company(applications=f"{APPLICATIONS}\nA1,J9,1,王芳,a1@example.org,,,2026-12-02", files={"resumes/A1.txt": None})
    assert [code for code, *_ in findings(folder)] == ["unknown_job"]
    assert folder.applications[0].available is None


def test_ways_hold_in_both_directions_and_are_said_once(company, findings):
    folder = company(
        site_distances="起点,终点,步行分钟数\nVIE,SHA,25\nSHA,VIE,40\nSHA,SHA,5\nSHA,XXX,5\nSHA,VIE,\n",
    )
    assert [(d.one, d.other, d.minutes, d.row) for d in folder.site_distances] == [("SHA", "VIE", 25, 2)]
    assert [(code, row, column) for code, _, row, _, column, _ in findings(folder)] == [
        ("duplicate_key", 3, "from"),
        ("bad_value", 4, "to"),
        ("unknown_site", 5, "to"),
        ("missing_value", 6, "minutes"),
        ("duplicate_key", 6, "from"),
    ]


def test_a_broken_table_of_ways_stops_nothing(company, findings):
    folder = company(files={"site_distances.csv": b"\xff\xff\xff"})
    assert [(code, file) for code, file, *_ in findings(folder)] == [("unreadable_table", "site_distances.csv")]
    assert (folder.site_distances, len(folder.applications)) == ((), 2)
