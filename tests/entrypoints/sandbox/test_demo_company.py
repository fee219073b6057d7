"""The demo company: on whatever day it is written, a newcomer finds a company that works, and the little dirt that is meant."""

import csv
import re
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mianyue.adapters.calendars.ics import IcsCalendar
from mianyue.base.interval import Interval
from mianyue.domain.desk.models import Task
from mianyue.domain.intake.folder import read_folder
from mianyue.domain.notices.models import Notice
from mianyue.domain.recruiting.models import Application
from mianyue.domain.security.actor import SYSTEM
from mianyue.entrypoints.sandbox.demo.days import Days
from mianyue.entrypoints.sandbox.demo_company import write_company, write_punches
from mianyue.understanding.keywords.evidence import shown_keywords
from mianyue.understanding.resume.extract import extract
from mianyue.understanding.resume.facts import read_facts
from mianyue.understanding.resume.sensitive import sensitive_spans
from mianyue.workflows.attendance.punch import bring_punches
from mianyue.workflows.bring_in import bring_in
from mianyue.workflows.invite import Wish, invite, look

SHANGHAI = ZoneInfo("Asia/Shanghai")
A_MONDAY = date(2026, 11, 23)
MORNING = datetime(2026, 11, 23, 8, tzinfo=SHANGHAI)
MEANT = [
    ("duplicate_application", "applications.csv", "A018"),
    ("resume_without_application", "resumes/投递邮件附件_戴清欢.txt", "投递邮件附件_戴清欢.txt"),
    ("unknown_room", "room_bookings.csv", "R09"),
]
WITHOUT_TIMES = {"A010": "no_time", "A018": "duplicate_application"}
MOMENTS_OF_NOTE = {
    "an ordinary Monday": "2026-11-23 08:00",
    "a Saturday": "2026-12-05 15:00",
    "the end of a month, late": "2026-11-30 23:00",
    "before Christmas in Berlin": "2026-12-22 08:00",
    "New Year": "2027-01-01 15:00",
    "before the Spring Festival, late": "2027-02-04 23:00",
    "in the Spring Festival": "2027-02-08 08:00",
    "Maundy Thursday, late": "2027-03-25 23:00",
    "before Labour Day": "2027-04-30 15:00",
    "before the National Day, late": "2027-09-29 23:00",
    "in the National Day week": "2027-10-03 08:00",
    "a leap day": "2028-02-29 15:00",
}


def written(tmp_path: Path, day: date) -> Path:
    write_company(tmp_path / "company", day)
    return tmp_path / "company"


@pytest.fixture(scope="module")
def monday(tmp_path_factory) -> Path:
    """The company of an ordinary Monday, for tests that only read it."""
    return written(tmp_path_factory.mktemp("monday"), A_MONDAY)


@settings(max_examples=15, deadline=None)
@given(st.dates(date(2025, 1, 1), date(2040, 12, 31)))
@example(date(2027, 2, 6))
@example(date(2028, 2, 29))
@example(date(2027, 12, 31))
def test_import_finds_the_dirt_that_is_meant_and_nothing_else(day):
    with TemporaryDirectory() as place:
        folder = read_folder(written(Path(place), day), today=day)
        assert sorted((p.code, p.file, p.key) for p in folder.problems) == MEANT
        assert folder.company.today is folder.company.now is None


def test_company_has_the_size_that_was_promised(monday):
    folder = read_folder(monday, today=A_MONDAY)
    counted = {name: len(getattr(folder, name)) for name in ("sites", "rooms", "employees", "jobs", "rounds", "applications")}
    assert counted == {"sites": 3, "rooms": 7, "employees": 16, "jobs": 5, "rounds": 11, "applications": 18}
    assert set(folder.calendars) == {e.employee_id for e in folder.employees}
    assert "（示例）" in folder.company.name


@pytest.mark.parametrize("moment", MOMENTS_OF_NOTE.values(), ids=MOMENTS_OF_NOTE)
def test_everybody_but_the_one_whose_interviewer_is_away_is_offered_three_times(db, tmp_path, moment):
    now = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)
    brought = bring_in(written(tmp_path, now.date()), SYSTEM, now)
    assert sorted((p.code, p.file, p.key) for p in brought.problems) == MEANT
    for later in (now, now + timedelta(weeks=1)):
        found = look(Wish(everyone=True), later)
        assert {one.application.code: one.problem["code"] for one in found if one.problem} == WITHOUT_TIMES
        assert {len(one.recommendation.options) for one in found if not one.problem} == {3}


@pytest.fixture
def invited(db, monday):
    """The applications by number, after a recruiter pressed the button for everybody."""
    bring_in(monday, SYSTEM, MORNING)
    invite(Wish(everyone=True), SYSTEM, MORNING)
    return {a.code: a for a in Application.objects.select_related("resume")}


def test_people_queue_says_that_leave_is_what_hinders(invited):
    task = Task.objects.get()
    assert (task.kind, task.subject_id) == (Task.Kind.NO_TIME, invited["A010"].pk)
    assert {(fact["why"], fact["who"]) for fact in task.facts["excluded"]} >= {("leave", "E008")}


def test_those_without_an_address_are_written_a_text_message(invited):
    by_channel = {
        channel: set(Notice.objects.filter(channel=channel).values_list("application_code", flat=True))
        for channel in ("email", "sms")
    }
    assert by_channel == {"email": invited.keys() - {"A002", "A015"} - WITHOUT_TIMES.keys(), "sms": {"A002", "A015"}}


def test_private_lines_of_resumes_and_notes_are_in_no_letter(invited):
    said = "\n".join(f"{notice.title}\n{notice.text}\n{notice.html or ''}" for notice in Notice.objects.all())
    private = [application.note for application in invited.values() if application.note]
    for application in invited.values():
        if application.resume:
            text = application.resume.text
            private += [text[span.start : span.end].strip() for span in sensitive_spans(text)]
    assert len(private) > 40
    assert [passage for passage in private if passage in said] == []


def test_importing_the_same_demo_again_changes_nothing(db, tmp_path):
    assert bring_in(written(tmp_path, A_MONDAY), SYSTEM, MORNING).changes > 0
    assert bring_in(written(tmp_path, A_MONDAY), SYSTEM, MORNING).changes == 0


def test_same_day_gives_the_same_bytes(tmp_path):
    once = bytes_of(written(tmp_path / "once", A_MONDAY))
    sleep(2)  # what a ZIP archive keeps of a moment
    assert bytes_of(written(tmp_path / "twice", A_MONDAY)) == once
    assert len(once) == 19 + 16 + 18  # tables, calendars, resumes


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_resumes_are_their_applicants_and_show_what_the_job_asks_for(monday):
    folder = read_folder(monday, today=A_MONDAY)
    keywords = {job.job_id: job.keywords for job in folder.jobs}
    kinds = set()
    for application in folder.applications:
        if application.resume_file is None:
            continue
        read = extract(application.resume_file, folder.resumes[application.resume_file].read_bytes())
        facts = read_facts(read.text)
        assert (read.problem, facts.name.value, facts.mobile.value) == (None, application.name, application.mobile)
        assert (facts.email.value if facts.email else None) == application.email
        assert len(shown_keywords(keywords[application.job_id], read.text)) >= 4, application.application_id
        spans = sensitive_spans(read.text)
        assert spans, application.application_id
        kinds |= {span.kind for span in spans}
    assert kinds >= {"family", "health", "salary", "identity_number", "religion", "leave_reason", "birth", "ethnicity", "politics"}


def test_companies_files_come_in_the_forms_that_systems_write(monday):
    assert monday.joinpath("leave.csv").read_bytes().decode("gb18030").startswith("工号,请假类型")
    assert monday.joinpath("applications.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert {p.suffix for p in (monday / "resumes").iterdir()} == {".txt", ".docx"}
    with pytest.raises(UnicodeDecodeError):
        (monday / "resumes" / "A012.txt").read_bytes().decode("utf-8")


def test_all_addresses_and_numbers_are_reserved_for_inventions(monday):
    folder = read_folder(monday, today=A_MONDAY)
    people = [*folder.employees, *folder.applications]
    assert {p.email for p in people if p.email and not re.search(r"[@.]example\.(com|org|cn)$", p.email)} == set()
    invented = r"\+861380000\d{4}|\+493023125\d{3}|\+44207946\d{4}|\+1\d{3}55501\d{2}"
    assert {p.mobile for p in people if not re.fullmatch(invented, p.mobile)} == set()


def day_of(folder: Path, owner: str, zone: str, day: date) -> list[str]:
    """The busy times of an employee on one local day, as ``9:30-11:00``."""
    start = datetime.combine(day, time(0), ZoneInfo(zone))
    found = IcsCalendar((folder / "calendars" / f"{owner}.ics").read_bytes(), zone).busy(Interval(start, start + timedelta(days=1)))
    assert found.unreadable == ()
    return ["-".join(f"{moment.astimezone(ZoneInfo(zone)):%H:%M}" for moment in (span.start, span.end)) for span in found.busy]


@pytest.mark.parametrize(
    ("what", "owner", "zone", "day", "busy"),
    [
        ("a weekly meeting on its day", "E001", "Asia/Shanghai", A_MONDAY, ["09:30-11:00"]),
        ("the week in which it falls out", "E001", "Asia/Shanghai", date(2026, 11, 30), []),
        ("one that was moved away", "E001", "Asia/Shanghai", date(2026, 12, 3), []),
        ("the day it was moved to", "E001", "Asia/Shanghai", date(2026, 12, 4), ["16:00-17:00"]),
        ("focus time that blocks nobody", "E001", "Asia/Shanghai", date(2026, 12, 1), []),
        ("a tentative event, which blocks", "E001", "Asia/Shanghai", date(2026, 11, 27), ["10:00-12:00"]),
        ("a whole day", "E001", "Asia/Shanghai", date(2026, 12, 2), ["00:00-00:00"]),
        ("the first day of two", "E006", "Asia/Shanghai", date(2026, 11, 30), ["00:00-00:00"]),
        ("a cancelled event", "E009", "Asia/Shanghai", date(2026, 11, 27), []),
        ("a Windows zone, and one in UTC", "E011", "Asia/Tokyo", date(2026, 11, 27), ["15:00-16:00", "17:00-18:00"]),
        ("a meeting on Shanghai's clock, seen from Berlin", "E014", "Europe/Berlin", date(2026, 12, 3), ["08:30-09:30"]),
        ("a floating time", "E005", "Asia/Shanghai", date(2026, 11, 24), ["22:00-22:30"]),
    ],
)
def test_calendars_hold_what_calendars_hold(monday, what, owner, zone, day, busy):
    assert day_of(monday, owner, zone, day) == busy


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{w1} {w2} {w6}", "2027-02-04 2027-02-11 2027-02-17"),
        ("{d-4}/{d+30}", "2027-01-31/2027-03-06"),
        ("{mon+0} {sun+0} {thu-1}", "2027-02-01 2027-02-07 2027-01-28"),
        ("{y-3}.06", "2024.06"),
        ("no mark", "no mark"),
    ],
)
def test_marks_become_days(text, filled):
    assert Days(date(2027, 2, 4), [1, 2, 3, 4, 5], "CN").filled(text) == filled


@pytest.mark.parametrize("mark", ["{w0}", "{w21}", "{someday}", "{mon}", "{}"])
def test_unknown_mark_is_refused(mark):
    with pytest.raises(ValueError, match="no day is marked"):
        Days(A_MONDAY, [1, 2, 3, 4, 5], "CN").filled(mark)


def test_no_mark_is_left_in_what_is_written(monday):
    for file in monday.glob("*.csv"):
        rows = csv.reader(file.read_bytes().decode("gb18030" if file.stem == "leave" else "utf-8-sig").splitlines())
        assert [cell for row in rows for cell in row if "{" in cell] == []


@pytest.mark.parametrize("today", [A_MONDAY, date(2027, 2, 15), date(2028, 2, 29)])
def test_the_time_clock_knows_weeks_in_which_people_mostly_came_on_time(tmp_path, today):
    write_punches(tmp_path / "once.csv", today)
    write_punches(tmp_path / "twice.csv", today)
    text = (tmp_path / "once.csv").read_text(encoding="utf-8")
    assert (tmp_path / "twice.csv").read_text(encoding="utf-8") == text
    rows = [line.split(",") for line in text.splitlines()[1:]]
    assert {who for who, *_ in rows} == {f"E{number:03}" for number in range(1, 17)}
    days = {datetime.fromisoformat(at).date() for _, at, _ in rows}
    assert today - timedelta(weeks=5) <= min(days) and max(days) <= today
    # On maternity leave since twenty days ago, and ill for two days last week.
    assert max(datetime.fromisoformat(at).date() for who, at, _ in rows if who == "E008") < today - timedelta(days=20)
    ill = {today - timedelta(days=9), today - timedelta(days=8)}
    assert not [at for who, at, _ in rows if who == "E010" and datetime.fromisoformat(at).date() in ill]


@pytest.mark.django_db
def test_the_time_clocks_file_comes_in_whole_but_for_what_is_yet_to_come(tmp_path):
    bring_in(written(tmp_path, A_MONDAY), SYSTEM, MORNING)
    write_punches(tmp_path / "punches.csv", A_MONDAY)
    brought = bring_punches(tmp_path / "punches.csv", SYSTEM, MORNING)
    assert brought.added > 700
    assert {found.code for found in brought.problems} == {"punch_in_future"}
    assert {found.value[:10] for found in brought.problems} == {"2026-11-23"}
