"""A person confirms what a résumé says: it is kept, fills what the application lacks, and no import takes it back."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from mianyue.base.errors import NotFound, SomebodyWasFirst
from mianyue.domain.desk.models import Task
from mianyue.domain.intake.models import ImportBatch
from mianyue.domain.interviews.models import Interview
from mianyue.domain.notices.models import Notice
from mianyue.domain.recruiting import resume_fields
from mianyue.domain.recruiting.models import Application, Candidate, Resume
from mianyue.domain.recruiting.resume_fields import FIELDS, facts_of, fields_of, waiting
from mianyue.domain.security.actor import SYSTEM, Actor
from mianyue.domain.security.models import JournalEntry
from mianyue.understanding.resume import ocr
from mianyue.workflows.bring_in import Brought, bring_in
from mianyue.workflows.bring_in import resumes as reading
from mianyue.workflows.confirm_resume import FieldsInvalid, confirm, stamp
from mianyue.workflows.invite import Wish, invite
from mianyue.workflows.read_scan import read_waiting

SAMPLE = Path(__file__).parents[1] / "data" / "company"
RECRUITER, COLLEAGUE = Actor("user", "1"), Actor("user", "2")
REFEREE = "赵清\n\n教育背景\n2015.09-2019.06 江海大学 本科\n\n推荐人：钱舟，邮箱 qian.zhou@elsewhere.example\n"
"""A résumé whose only address is a referee's."""


@pytest.fixture
def folder(company, tmp_path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "company"))


@pytest.fixture
def again(folder, clock) -> Callable[..., Brought]:
    return lambda: bring_in(folder, SYSTEM, clock.now())


def application(code: str = "A039") -> Application:
    return Application.objects.select_related("candidate", "resume").get(code=code)


def write(folder: Path, resume: str, name: str = "A039.txt") -> None:
    (folder / "resumes" / name).write_text(resume, encoding="utf-8")


def blank(folder: Path, *columns: str, code: str = "A039") -> None:
    """Empties cells of an application's row."""
    path = folder / "applications.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    next(row for row in rows if row["application_id"] == code).update(dict.fromkeys(columns, ""))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def say(now, values, *, code="A039", chosen=(), seen=None, actor=RECRUITER):
    one = application(code)
    return confirm(one.pk, values, chosen, stamp(one.resume) if seen is None else seen, actor, now)


def open_tasks(code: str = "A039") -> dict[str, dict]:
    return {task.kind: task.facts for task in Task.objects.filter(application_code=code, state="open")}


def test_facts_are_kept_and_not_read_again(company, again, monkeypatch):
    def never(*_: object, **__: object) -> None:
        raise AssertionError("a known file was read again")

    monkeypatch.setattr(reading, "extract", never)
    monkeypatch.setattr(resume_fields, "read_facts", never)
    assert again().changes == 0
    resume = application("A036").resume
    assert (fields_of(resume, None)["school"].value, fields_of(resume, None)["degree"].value) == ("江海大学", "bachelor")


@pytest.mark.parametrize(("changed", "value"), [("version", 0), ("month", "2026-10")])
def test_another_reader_or_month_reads_again_and_changes_nothing_else(folder, again, now, changed, value):
    say(now, {"school": "东海大学"}, code="A036")
    resume = application("A036").resume
    whole = resume.facts
    resume.facts = {**whole, changed: value}
    resume.save()
    assert again().changes == 0
    resume = application("A036").resume
    assert resume.facts == whole
    assert (fields_of(resume, now.date())["school"].value, fields_of(resume, now.date())["school"].confidence) == ("东海大学", 1.0)


def test_rows_of_an_older_reader_are_read_from_their_text(company, now):
    resume = application("A036").resume
    kept = facts_of(resume, now.date())
    resume.facts = None
    assert facts_of(resume, now.date()) == kept


def test_an_unsure_address_waits_and_is_never_written_to(folder, again):
    write(folder, REFEREE)
    blank(folder, "email", "mobile")
    again()
    one = application()
    assert (one.candidate.email, one.candidate.mobile) == (None, None)
    assert set(open_tasks()["resume_fields"]["fields"]) == {"mobile", "email"}


def test_confirming_fills_blanks_and_makes_invitable(folder, again, now, mail, post):
    write(folder, REFEREE)
    blank(folder, "email", "mobile")
    again()
    (done,) = invite(Wish(applications=["A039"]), RECRUITER, now)
    assert done.fresh
    assert {"no_address", "resume_fields"} <= open_tasks().keys()
    assert not Notice.objects.filter(application_code="A039").exists()
    said = say(now, {"email": "qing.zhao@example.com", "mobile": "138 0013 8000"})
    assert (said.fields, sorted(said.filled), said.waits) == (["email", "mobile"], ["email", "mobile"], [])
    person = application().candidate
    assert (person.email, person.mobile) == ("qing.zhao@example.com", "+8613800138000")
    assert Candidate.objects.get(email_index=Candidate._meta.get_field("email_index").of("QING.zhao@example.com")) == person
    assert open_tasks() == {}
    (notice,) = Notice.objects.filter(application_code="A039")
    assert (notice.purpose, notice.subject_id) == ("invitation", Interview.objects.get().pk)
    post()
    assert [message.to for message in mail.arrived] == ["qing.zhao@example.com"]
    assert again().changes == 0
    assert application().candidate.email == "qing.zhao@example.com"


def test_confirmed_values_are_sure_and_name_who_and_when(company, now):
    say(
        now,
        {"school": "", "years": ""} | {"skills": ["  Figma ", "", "Figma", "客户培训"], "jobs": [["甲", "乙"], ["", " "]]},
    )
    fields = fields_of(application().resume, now.date())
    told = {name: (f.value, f.confidence, f.method, f.by, f.at) for name, f in fields.items() if f.confirmed}
    at = now.isoformat()
    assert told == {
        "school": ("", 1.0, "person", "1", at),
        "years": ("", 1.0, "person", "1", at),
        "skills": (["Figma", "客户培训"], 1.0, "person", "1", at),
        "jobs": ([["甲", "乙"]], 1.0, "person", "1", at),
    }


def test_a_differing_value_is_never_overwritten_unless_chosen(folder, again, now):
    old = application().candidate.email
    say(now, {"email": "new@example.com"})
    assert application().candidate.email == old
    say(now, {"email": "new@example.com"}, chosen=["email"])
    assert application().candidate.email == "new@example.com"
    assert again().changes == 0
    assert application().candidate.email == "new@example.com"
    say(now, {"email": "new@example.com", "school": "江海大学"})  # confirming again forgets nothing
    again()
    assert application().candidate.email == "new@example.com"
    path = folder / "applications.csv"
    path.write_bytes(path.read_bytes().replace(old.encode(), b"newest@example.com"))
    again()
    assert application().candidate.email == "newest@example.com"  # the table says something new


def test_a_choice_holds_for_all_applications_of_the_candidate(folder, again, now):
    path = folder / "applications.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    row = next(row for row in rows if row["application_id"] == "A039")
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        # Before the one with the résumé: whose address counts is the first.
        writer.writerows([{**row, "application_id": "A900", "job_id": "J001", "resume_file": ""}, *rows])
    again()
    assert application("A900").candidate_id == application().candidate_id
    say(now, {"email": "new@example.com"}, chosen=["email"])
    assert again().changes == 0
    assert application("A900").candidate.email == "new@example.com"


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"email": "nobody at example"}, ("email",)),
        ({"mobile": "12"}, ("mobile",)),
        ({"mobile": "138 0013 800"}, ("mobile",)),
        ({"degree": "wizard"}, ("degree",)),
        ({"years": "many"}, ("years",)),
        ({"years": "nan"}, ("years",)),
        ({"years": "-1"}, ("years",)),
        ({"years": "61"}, ("years",)),
        ({"name": "x" * 101}, ("name",)),
        ({"skills": ["x" * 101]}, ("skills",)),
        ({"jobs": [["x" * 201, ""]]}, ("jobs",)),
        ({"email": "a@b.example", "years": "x", "mobile": "1"}, ("mobile", "years")),
    ],
)
def test_what_can_not_be_right_is_named_and_nothing_saved(company, now, values, wrong):
    with pytest.raises(FieldsInvalid) as refused:
        say(now, values)
    assert refused.value.fields == wrong
    assert not any(value in str(refused.value) for value in values.values() if isinstance(value, str))
    assert application().resume.confirmed is None


@pytest.mark.parametrize(("typed", "kept"), [("5,5", "5.5"), (" 7 ", "7.0"), ("0", "0.0")])
def test_years_as_people_type_them(company, now, typed, kept):
    say(now, {"years": typed})
    assert fields_of(application().resume, now.date())["years"].value == kept


def test_whoever_comes_second_is_told(company, now):
    seen = stamp(application().resume)
    say(now, {"school": "东海大学"}, seen=seen)
    with pytest.raises(SomebodyWasFirst):
        say(now, {"school": "西海大学"}, seen=seen, actor=COLLEAGUE)
    assert say(now, {"school": "东海大学"}, seen=seen, actor=COLLEAGUE).fields == []  # the same was meant
    field = fields_of(application().resume, now.date())["school"]
    assert (field.value, field.by) == ("东海大学", "1")


@pytest.mark.django_db(transaction=True)
def test_two_at_once_leave_one_answer(transactional_db, company, now, at_once):
    one = application()
    seen = stamp(one.resume)
    came = at_once(lambda n: confirm(one.pk, {"school": f"第{n}大学"}, (), seen, Actor("user", str(n)), now), 4)
    assert sorted(type(result).__name__ for result in came) == ["Confirmed", *["SomebodyWasFirst"] * 3]
    (winner,) = [n for n, result in enumerate(came) if not isinstance(result, SomebodyWasFirst)]
    field = fields_of(application().resume, now.date())["school"]
    assert (field.value, field.by) == (f"第{winner}大学", str(winner))


def test_another_file_brings_new_facts_and_asks_anew(folder, again, now):
    say(now, {"school": "东海大学", "email": "own@example.com"}, chosen=["email"])
    write(
        folder,
        REFEREE.replace("推荐人：钱舟，邮箱 qian.zhou@elsewhere.example", "毕业后一直在本科学历的路上学习")
        + "\n毕业于江海，学历本科",
    )
    assert again().tables["resumes"]["changed"] == 1
    one = application()
    fields = fields_of(one.resume, now.date())
    assert (fields["school"].value, fields["school"].confirmed) == ("江海大学", False)
    assert one.candidate.email == "own@example.com"
    stale = "0" * 32
    with pytest.raises(SomebodyWasFirst):
        say(now, {"school": "东海大学"}, seen=stale)


def test_another_file_with_unsure_facts_is_a_new_task(folder, again, now):
    blank(folder, "email", "mobile")
    write(folder, REFEREE)
    again()
    task = Task.objects.get(kind="resume_fields", application_code="A039")
    task.state = "done"
    task.save()
    again()
    assert "resume_fields" not in open_tasks()  # closed by hand, and nothing is new
    write(folder, REFEREE + "\n自我评价：认真。\n")
    again()
    assert set(open_tasks()["resume_fields"]["fields"]) == {"mobile", "email"}


def test_a_scan_is_typed_and_never_asked_about_again(again, now):
    scan = Application.objects.filter(resume__problem="scan").first()
    assert "resume_unreadable" in open_tasks(scan.code)
    values = {name: {"jobs": [["甲公司", "工程师"]], "skills": ["焊接"], "years": "3"}.get(name, "") for name in FIELDS}
    assert say(now, values, code=scan.code).waits == []
    assert open_tasks(scan.code) == {}
    again()
    assert open_tasks(scan.code) == {}


@pytest.mark.skipif(not ocr.available(), reason="the extra ocr is not installed")
def test_a_scan_is_read_once_the_extra_is_there_and_its_addresses_wait(folder, again, now, settings, monkeypatch):
    for code in ("A008", "A023"):
        blank(folder, "resume_file", code=code)
    blank(folder, "email", code="A028")
    crop(folder / "resumes" / "A028_Elif Fairweather.pdf", 0.72)  # fewer lines are read sooner
    again()
    settings.MIANYUE_READ_SCANS = True
    again()
    assert open_tasks("A028") == {"resume_unreadable": {"why": "scan"}}
    assert read_waiting(now) == 1
    one = application("A028")
    fields = fields_of(one.resume, now.date())
    assert (one.resume.problem, fields["name"].value) == ("", "Elif Fairweather")
    assert fields["email"].confidence == 0.55
    assert one.candidate.email is None  # a letter of it may be wrong
    assert open_tasks("A028") == {"resume_fields": {"fields": ["email"], "file": bytes(one.resume.sha256).hex()}}
    monkeypatch.setattr(reading, "extract", None)
    assert again().changes == 0


def crop(path: Path, share: float) -> None:
    """Leaves the upper part of a PDF's first page, from this share of its height on."""
    document = pdfium.PdfDocument(path.read_bytes())
    width, height = document[0].get_size()
    document[0].set_cropbox(0, share * height, width, height)
    document[0].set_mediabox(0, share * height, width, height)
    document.save(path)


def test_an_empty_form_is_no_answer_about_a_scan(company, now):
    scan = Application.objects.filter(resume__problem="scan").first()
    say(now, dict.fromkeys(("name", "email", "school"), ""), code=scan.code)
    assert "resume_unreadable" in open_tasks(scan.code)


def test_the_journal_knows_which_fields_and_no_words(company, now):
    say(now, {"school": "东海大学", "email": "own@example.com"}, chosen=["email"])
    entry = JournalEntry.objects.get(act="resume.confirmed")
    assert entry.facts == {"application": "A039", "fields": ["email", "school"], "filled": [], "chosen": ["email"]}
    assert (entry.actor_kind, entry.actor_id) == ("user", "1")


def test_nothing_to_confirm_without_a_resume(company, now):
    one = application()
    Application.objects.filter(pk=one.pk).update(resume=None)
    with pytest.raises(NotFound):
        confirm(one.pk, {"school": ""}, (), "", RECRUITER, now)


def test_an_import_that_fails_takes_nothing_back(folder, again, now, monkeypatch):
    say(now, {"school": "东海大学"})
    write(folder, REFEREE)
    monkeypatch.setattr(ImportBatch, "save", lambda *_, **__: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        again()
    assert fields_of(application().resume, now.date())["school"].value == "东海大学"


def test_what_the_application_says_too_needs_nobody(company, now):
    one = application()
    facts = one.resume.facts
    facts["facts"]["email"]["confidence"] = 0.4
    facts["facts"]["school"]["confidence"] = 0.4
    resume = Resume(sha256=one.resume.sha256, facts=facts)
    assert waiting(fields_of(resume, now.date()), one.candidate) == ["school"]
    stranger = Candidate(name=one.candidate.name, email="other@example.com")
    assert waiting(fields_of(resume, now.date()), stranger) == ["email", "school"]
    assert waiting(fields_of(resume, now.date() + timedelta(days=60)), stranger) == ["email", "school"]
