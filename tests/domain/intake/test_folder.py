import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from mianyue.base.errors import NotFound
from mianyue.base.interval import Interval
from mianyue.domain.intake.folder import read_folder

SAMPLE = Path(__file__).parents[2] / "data" / "company"


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def codes(folder, application_id):
    return next((a.problems, a.blocked) for a in folder.applications if a.application_id == application_id)


@pytest.fixture(scope="module")
def sample():
    return read_folder(SAMPLE)


def test_the_sample_has_exactly_the_expected_problems(sample):
    expected = json.loads((SAMPLE / "expected_problems.json").read_text(encoding="utf-8"))
    found = [{name: value for name, value in item.as_dict().items() if name != "done"} for item in sample.problems]

    def order(item):
        return (item["code"], item["file"], item["row"] or 0, item["value"])

    assert sorted(found, key=order) == sorted(expected, key=order)


def test_the_sample_is_read_completely(sample):
    names = (
        "sites",
        "rooms",
        "room_bookings",
        "employees",
        "shifts",
        "leave",
        "overtime",
        "jobs",
        "rounds",
        "applications",
        "calendars",
        "resumes",
    )
    counted = {name: len(getattr(sample, name)) for name in names}
    assert counted == {
        "sites": 3,
        "rooms": 10,
        "room_bookings": len((SAMPLE / "room_bookings.csv").read_text(encoding="utf-8").splitlines()) - 2,
        "employees": 40,
        "shifts": 6,
        "leave": 11,
        "overtime": 8,
        "jobs": 8,
        "rounds": 15,
        "applications": 40,
        "calendars": 40,
        "resumes": len(list((SAMPLE / "resumes").iterdir())),
    }


def test_records_of_the_sample(sample):
    people = {person.employee_id: person for person in sample.employees}
    assert (people["E010"].name, people["E007"].last_day, people["E007"].mobile) == ("韩涛", date(2026, 12, 4), "+8613800090007")
    assert (people["E019"].zone, people["E021"].zone, people["E021"].own_zone) == ("Asia/Tokyo", "Europe/Vienna", None)
    leave = {(item.employee_id, item.status): item for item in sample.leave}
    assert leave["E013", "approved"].interval == Interval(utc("2026-12-01T04:00"), utc("2026-12-03T04:00"))
    assert leave["E022", "pending"].interval == Interval(utc("2026-12-10T23:00"), utc("2026-12-11T23:00"))
    assert (leave["E005", "rejected"].absent, leave["E022", "pending"].absent) == (False, True)
    rounds = {(item.job_id, item.number): item for item in sample.rounds}
    assert rounds["J001", 2].seats == (("E002",), ("E006", "E007", "E026"))
    assert rounds["J003", 3].seats == (("E014",),)
    applications = {item.application_id: item for item in sample.applications}
    assert (applications["A009"].zone, applications["A013"].mobile, applications["A013"].name) == (
        "America/New_York",
        "+8613800000014",
        "吕志远",
    )
    assert (applications["A040"].duplicate_of, applications["A019"].duplicate_of, applications["A040"].blocked) == (
        "A019",
        None,
        False,
    )
    assert codes(sample, "A015") == (("job_without_rounds",), True)
    assert codes(sample, "A004") == (("invalid_email",), True)


def test_a_clean_company_has_no_problems(company, findings):
    assert findings(company()) == []


def test_progress_hears_every_file(company, tmp_path):
    company()
    heard = []
    read_folder(tmp_path, progress=heard.append)
    assert heard[0] == "company.toml"
    assert sorted(heard[1:]) == sorted(path.name for path in tmp_path.glob("*.csv"))


def test_no_folder():
    with pytest.raises(NotFound):
        read_folder(Path("/nonexistent"))


ROWS = [
    ("leave", "E9,年假,2026-12-02,2026-12-02,approved", [("unknown_employee", 3, "E9", "employee_id", "E9")]),
    ("overtime", "E9,2026-12-02 18:00,2026-12-02 19:00,approved", [("unknown_employee", 3, "E9", "employee_id", "E9")]),
    ("shift_assignments", "E9,S1,2026-01-01,", [("unknown_employee", 4, "E9", "employee_id", "E9")]),
    ("shift_assignments", "E1,S9,2026-01-01,", [("unknown_shift", 4, "E1", "shift_id", "S9")]),
    ("shift_assignments", "E1,S1,2026-12-02,2026-12-01", [("end_before_start", 4, "E1", "to", "2026-12-01")]),
    ("leave", "E1,年假,2026-12-03,2026-12-02,rejected", [("end_before_start", 3, "E1", "end", "2026-12-02")]),
    ("leave", "E1,年假,2026-12-03 下午,2026-12-03 上午,通过", [("end_before_start", 3, "E1", "end", "2026-12-03 上午")]),
    ("leave", "E1,年假,2026-12-03 9:00,2026-12-03 9:00,通过", [("empty_interval", 3, "E1", "end", "2026-12-03 9:00")]),
    ("leave", "E1,年假,03.12.2026,2026-12-03,通过", [("bad_value", 3, "E1", "start", "03.12.2026")]),
    ("leave", "E1,年假,,2026-12-03,通过", [("missing_value", 3, "E1", "start", "")]),
    (
        "overtime",
        "E1,2026-12-02 19:00,2026-12-02T10:00:00Z,approved",
        [("end_before_start", 3, "E1", "end", "2026-12-02T10:00:00Z")],
    ),
    ("room_bookings", "R9,2026-12-01,2026-12-01,x", [("unknown_room", 3, "R9", "room_id", "R9")]),
    ("room_bookings", "R1,2026-12-01 10:00,2026-12-01 9:00,x", [("end_before_start", 3, "R1", "end", "2026-12-01 9:00")]),
    ("rooms", "R2,白桦,XXX,4,", [("unknown_site", 3, "R2", "site_id", "XXX")]),
    ("rooms", "R2,白桦,SHA,几个,", [("bad_value", 3, "R2", "capacity", "几个")]),
    ("rooms", "R1,白桦,SHA,4,", [("duplicate_key", 3, "R1", "room_id", "R1")]),
    ("sites", "BJS,北京,路 1 号,39.9,116.4,Beijing", [("bad_value", 4, "BJS", "time_zone", "Beijing")]),
    ("sites", "BJS,北京,,39.9,116.4,Asia/Shanghai", [("empty_value", 4, "BJS", "address", "")]),
    ("employees", "E3,王,技术,x,e3(at)example.com,,SHA,,,,", [("invalid_email", 4, "E3", "email", "e3(at)example.com")]),
    (
        "employees",
        "E3,王,技术,x,e3@example.com,,SHA,,,2026-02-01,2026-01-01",
        [("end_before_start", 4, "E3", "last_day", "2026-01-01")],
    ),
    ("employees", "E3,王,技术,x,e3@example.com,12,SHA,,,,", [("ignored_value", 4, "E3", "mobile", "12")]),
    ("shifts", "S2,早班,9:00,18:00,12:00,,1-5", [("bad_value", 3, "S2", "break_end", "")]),
    ("shifts", "S2,早班,9:00,18:00,,,周一", [("bad_value", 3, "S2", "weekdays", "周一")]),
    (
        "jobs",
        "J2,x,standard,技术,XXX,Java,y,",
        [("unknown_site", 3, "J2", "site_id", "XXX"), ("job_without_rounds", 3, "J2", "job_id", "J2")],
    ),
    ("jobs", "J2,x,standard,技术,SHA,Java,y,", [("job_without_rounds", 3, "J2", "job_id", "J2")]),
    ("interview_rounds", "J1,2,二面,60,E1|E9,video,是,", [("unknown_interviewer", 3, "J1/二面", "interviewers", "E9")]),
    ("interview_rounds", "J9,1,一面,60,E1,video,是,", [("unknown_job", 3, "J9/一面", "job_id", "J9")]),
    ("interview_rounds", "J1,2,二面,60,E1+E1,video,是,", [("unfillable_seats", 3, "J1/二面", "interviewers", "E1+E1")]),
    ("interview_rounds", "J1,1,又一面,60,E1,video,是,", [("duplicate_key", 3, "J1/又一面", "job_id", "J1")]),
    (
        "interview_rounds",
        "J1,2,二面,0,E1,电话,是,",
        [("bad_value", 3, "J1/二面", "minutes", "0"), ("bad_value", 3, "J1/二面", "mode", "电话")],
    ),
    ("applications", "A3,J9,1,丁,d@x.cn,,,,,", [("unknown_job", 4, "A3", "job_id", "J9")]),
    ("applications", "A3,J1,7,丁,d@x.cn,,,,,", [("unknown_round", 4, "A3", "round", "7")]),
    ("applications", "A3,J1,1,丁,d(at)x.cn,,,,,", [("invalid_email", 4, "A3", "email", "d(at)x.cn")]),
    ("applications", "A3,J1,1,丁,d@x.cn,,,,B.pdf,", [("resume_missing", 4, "A3", "resume_file", "B.pdf")]),
    ("applications", "A3,J1,1,丁,d@x.cn,,,,../company.toml,", [("resume_missing", 4, "A3", "resume_file", "../company.toml")]),
    ("applications", "A3,J1,1,丁,d@x.cn,,,北京,,", [("bad_value", 4, "A3", "time_zone", "北京")]),
    ("applications", "A3,J1,1,丁,d@x.cn,,中文,,,", [("ignored_value", 4, "A3", "language", "中文")]),
    ("applications", "A1,J1,1,丁,d@x.cn,,,,,", [("duplicate_key", 4, "A1", "application_id", "A1")]),
    ("applications", "A3,J1,1,丁,A1@EXAMPLE.org,,,,,", [("duplicate_application", 4, "A3", "email", "A1@EXAMPLE.org")]),
    ("applications", "A3,J1,1,丁,d@x.cn,(+86)13800000001,,,,", [("duplicate_application", 4, "A3", "mobile", "+8613800000001")]),
    ("applications", "A3,J1,1,王芳,d@x.cn,13900000009,,,,", []),
    ("leave", "E1,年假,2026-12-10,2026-12-11,已提交", [("unknown_status", 3, "E1", "status", "已提交")]),
    ("leave", "E1,年假,2026-12-10,2026-12-11,", [("unknown_status", 3, "E1", "status", "")]),
]


@pytest.mark.parametrize(("table", "row", "expected"), ROWS)
def test_one_dirty_row_is_found_where_it_stands_and_nothing_else(company, findings, table, row, expected):
    found = findings(company(more={table: row}))
    files = [file for _, file, *_ in found]
    assert [(code, *rest) for code, _, *rest in found] == expected
    assert files == [f"{'jobs' if code == 'job_without_rounds' else table}.csv" for code, *_ in expected]


def test_a_broken_row_is_left_out_and_the_others_stay(company):
    folder = company(more={"leave": "E9,年假,2026-12-02,2026-12-02,approved\nE2,年假,2026-12-02,2026-12-02,approved"})
    assert [item.employee_id for item in folder.leave] == ["E1", "E2"]


def test_leave_of_unclear_status_is_absence_and_such_overtime_is_nothing(company):
    folder = company(
        leave="employee_id,leave_type,start,end,status\nE1,x,2026-12-01,2026-12-01,???",
        overtime="employee_id,start,end,status\nE1,2026-12-05 9:00,2026-12-05 10:00,???",
    )
    assert ([item.absent for item in folder.leave], [item.attends for item in folder.overtime]) == ([True], [False])


def test_times_are_local_to_the_person_or_the_room(company):
    folder = company(
        more={
            "leave": "E2,x,2026-12-01 上午,2026-12-01 上午,approved\nE2,x,2026-10-25 02:30,2026-10-25 04:00,approved",
            "overtime": "E2,2026-10-25 02:30,2026-10-25 04:00,approved",
            "rooms": "R9,Donau,VIE,4,",
            "room_bookings": "R9,2026-12-01 9:00,2026-12-01 10:00,",
        }
    )
    assert folder.leave[1].interval == Interval(utc("2026-11-30T23:00"), utc("2026-12-01T11:00"))
    assert folder.leave[2].interval == Interval(utc("2026-10-25T00:30"), utc("2026-10-25T03:00"))
    assert folder.overtime[1].interval == Interval(utc("2026-10-25T01:30"), utc("2026-10-25T03:00"))
    assert folder.room_bookings[1].interval == Interval(utc("2026-12-01T08:00"), utc("2026-12-01T09:00"))


def test_what_depends_on_a_broken_record_is_marked_but_not_reported_again(company, findings):
    employees = "employee_id,name,department,title,email,site_id\nE1,施俊,技术,总监,e1(at)example.com,SHA"
    folder = company(
        employees=employees,
        shift_assignments="employee_id,shift_id,from,to\nE1,S1,2020-01-01,",
        interview_rounds="job_id,round,name,minutes,interviewers,mode,needs_room\nJ1,1,一面,60,E1,video,false",
        files={"calendars/E2.ics": None},
    )
    assert [code for code, *_ in findings(folder)] == ["invalid_email"]
    assert (folder.employees, folder.leave, folder.rounds) == ((), (), ())
    assert codes(folder, "A1") == (("invalid_email",), True)


def test_an_interviewer_who_does_not_exist_empties_only_their_own_choice(company):
    header = "job_id,round,name,minutes,interviewers,mode,needs_room\n"
    usable = company(interview_rounds=f"{header}J1,1,一面,60,E1|E9+E2,video,false")
    assert usable.rounds[0].seats == (("E1",), ("E2",))
    assert codes(usable, "A1") == ((), False)
    empty = company(interview_rounds=f"{header}J1,1,一面,60,E1+E9,video,false")
    assert empty.rounds == ()
    assert codes(empty, "A1") == (("unknown_interviewer",), True)


@pytest.mark.parametrize(
    ("third", "expected"),
    [
        ("J1,1,丙,a1@example.org,13800000002", [("A3", "A1", "email"), ("A2", "A1", "mobile")]),
        ("J2,1,丙,a1@example.org,13800000002", [("A2", "A1", "mobile")]),
    ],
)
def test_being_one_person_is_passed_on_from_application_to_application(company, third, expected):
    header = "application_id,job_id,round,name,email,mobile\n"
    rows = f"A1,J1,1,甲,a1@example.org,13800000001\nA3,{third}\nA2,J1,1,乙,a2@example.org,13800000002"
    folder = company(
        applications=header + rows,
        more={"jobs": "J2,x,standard,技术,SHA,Java,y,", "interview_rounds": "J2,1,一面,60,E1,video,是,"},
        files={"resumes/A1.txt": None},
    )
    found = [p for p in folder.problems if p.code == "duplicate_application"]
    assert [(p.key, p.related, p.column) for p in found] == expected


def test_two_broken_addresses_are_not_one_person(company):
    rows = "application_id,job_id,round,name,email,mobile\nA1,J1,1,甲,x(at)y.cn,\nA2,J1,1,甲,x(at)y.cn,"
    folder = company(applications=rows, files={"resumes/A1.txt": None})
    assert [p.code for p in folder.problems] == ["invalid_email", "invalid_email"]


def test_resumes_are_found_by_their_normalised_name(company, findings):
    folder = company(
        more={"applications": "A3,J1,1,丁,d@x.cn,,,,简历（Ａ3）.pdf,"},
        files={"resumes/简历（Ａ3）.pdf": b"%PDF", "resumes/other.txt": b"x", "resumes/.DS_Store": b"", "resumes/~$x.docx": b""},
    )
    assert folder.applications[2].resume_file == "简历（Ａ3）.pdf"
    assert findings(folder) == [("resume_without_application", "resumes/other.txt", None, "other.txt", "", "")]


def test_files_from_outside_the_folder_are_not_taken(company, findings, tmp_path_factory):
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.txt"
    secret.write_text("x")
    folder = company()
    root = folder.resumes["A1.txt"].parent
    (root / "A2.txt").symlink_to(secret)
    assert list(read_folder(root.parent).resumes) == ["A1.txt"]


def test_calendars_missing_and_of_nobody(company, findings):
    more = {"employees": "E3,王,技术,x,e3@example.com,,SHA,,,,"}
    folder = company(more=more, files={"calendars/E2.ics": None, "calendars/E9.ics": "x", "calendars/notes.txt": "x"})
    assert findings(folder) == [
        ("calendar_missing", "calendars/E2.ics", None, "E2", "", ""),
        ("calendar_without_employee", "calendars/E9.ics", None, "E9", "", ""),
    ]
    assert list(folder.calendars) == ["E1"]


@pytest.mark.parametrize(
    ("assignments", "warned"),
    [
        ("", True),
        ("E2,S1,2020-01-01,2026-11-29", True),
        ("E2,S1,2020-01-01,2026-11-30", False),
        ("E2,S1,2027-05-01,", False),
        ("E2,S1,2020-01-01,\nE2,S6,2026-11-01,", False),
        ("E2,S6,2026-12-01,2026-12-04", True),
        ("E2,S1,2020-01-01,2026-12-04\nE2,S6,2026-11-30,2026-12-04", True),
        ("E2,S6,2026-12-01,2026-12-05", False),
    ],
)
def test_an_interviewer_who_is_never_at_work(company, findings, assignments, warned):
    folder = company(
        shift_assignments=f"employee_id,shift_id,from,to\nE1,S1,2020-01-01,\n{assignments}",
        more={"shifts": 'S6,周末,9:00,18:00,,,"6,7"'},
    )
    expected = [("interviewer_without_shift", "employees.csv", 3, "E2", "employee_id", "E2")]
    assert findings(folder) == (expected if warned else [])


def test_somebody_who_left_or_works_only_overtime(company, findings):
    shifts = "employee_id,shift_id,from,to\nE1,S1,2020-01-01,"
    assert findings(company(shift_assignments=shifts, more={"overtime": "E2,2026-12-05 9:00,2026-12-05 12:00,approved"})) == []
    gone = "employee_id,name,department,title,email,site_id,last_day\nE1,施俊,x,y,e1@x.cn,SHA,\nE2,Anna,x,y,e2@x.cn,VIE,2026-11-27"
    assert [code for code, *_ in findings(company(employees=gone))] == ["interviewer_without_shift"]


def test_of_two_shifts_from_the_same_day_the_later_row_counts(company):
    folder = company(more={"shifts": "S2,早班,7:00,15:00,,,1-5", "shift_assignments": "E1,S2,2020-01-01,"})
    assert [(p.code, p.row, p.related) for p in folder.problems] == [("conflicting_shifts", 4, "2")]
    assert [(item.employee_id, item.shift_id) for item in folder.shift_assignments] == [("E1", "S2"), ("E2", "S1")]


@pytest.mark.parametrize(
    "table", ["sites", "rooms", "employees", "shifts", "shift_assignments", "jobs", "interview_rounds", "applications", "leave"]
)
@pytest.mark.parametrize(
    ("content", "code"), [(None, "missing_table"), (b"\xff\xff\xff", "unreadable_table"), (b"x,y\n1,2\n", "unreadable_table")]
)
def test_a_table_that_fails_is_one_problem_and_stops_nothing(company, findings, table, content, code):
    folder = company(files={f"{table}.csv": content})
    assert [(found, file) for found, file, *_ in findings(folder) if found != "unknown_site"] == [(code, f"{table}.csv")]
    assert folder.company.name == "示例公司"
    if table in ("sites", "jobs", "employees", "interview_rounds"):
        assert codes(folder, "A1")[1]


def test_missing_columns(company, findings):
    folder = company(
        rooms="room_id,name,capacity\nR1,x,4", sites="site_id,name,time_zone\nSHA,上海,Asia/Shanghai\nVIE,Wien,Europe/Vienna"
    )
    assert [(code, file, column) for code, file, _, _, column, _ in findings(folder)] == [
        ("absent_column", "sites.csv", "address"),
        ("absent_column", "sites.csv", "latitude"),
        ("absent_column", "sites.csv", "longitude"),
        ("missing_column", "rooms.csv", "site_id"),
    ]
    assert (len(folder.sites), folder.rooms, folder.room_bookings) == (2, (), ())


def test_a_table_as_workbook_or_twice(company, findings, tmp_path):
    book = Workbook()
    for line in (["请假"], ["工号", "请假类型", "开始时间", "结束时间", "审批状态"], ["E1", "年假", 46357, 46357, "通过"]):
        book.active.append(line)
    book.save(tmp_path / "leave.xlsx")
    assert findings(company()) == [("table_twice", "leave.xlsx", None, "", "", "")]
    (tmp_path / "leave.csv").unlink()
    folder = read_folder(tmp_path)
    assert (folder.problems, folder.leave[0].interval) == ([], Interval(utc("2026-11-30T16:00"), utc("2026-12-01T16:00")))
    assert folder.leave[0].row == 3
