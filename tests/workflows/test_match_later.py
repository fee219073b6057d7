"""What an import leaves to jobs: matching, and reading pictures. Run twice, broken off or without the extra, nothing is lost."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from mianyue.adapters.encoders.memory import MemoryEncoder
from mianyue.domain.desk.models import Task
from mianyue.domain.recruiting.models import Application, Job, Resume
from mianyue.domain.security.actor import SYSTEM
from mianyue.domain.security.models import JournalEntry
from mianyue.ports import registry
from mianyue.understanding.phrases.encoder import EncoderUnavailable
from mianyue.understanding.resume import ocr
from mianyue.understanding.resume.extract import Extracted
from mianyue.workflows import matching, read_scan
from mianyue.workflows.bring_in import bring_in
from mianyue.workflows.invite import Wish, invite
from mianyue.workflows.matching import match_waiting
from tests.conftest import SAMPLE

FOUND = ("keywords", "match", "evidence", "matched_from", "to_match")


@pytest.fixture
def folder(company, tmp_path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "company"))


@pytest.fixture
def encoder(settings, monkeypatch) -> MemoryEncoder:
    """An encoder that takes a skill of A039's résumé for what the job then asks for."""
    settings.MIANYUE_ENCODER = "memory"
    found = MemoryEncoder([("用户旅程洞察", "客户动线研究")])
    monkeypatch.setitem(registry._loaded, ("encoder", "memory"), found)
    return found


def found() -> dict[str, tuple]:
    return {row[0]: row[1:] for row in Application.objects.values_list("code", *FOUND)}


def jobs(name: str) -> int:
    return ProcrastinateJob.objects.filter(task_name=name).count()


def everybody_waits() -> None:
    Application.objects.exclude(resume=None).update(to_match=True, matched_from="", keywords=[], match=None, evidence=[])


def test_a_fresh_import_promises_one_job_and_thinks_nothing(db, now):
    bring_in(SAMPLE, SYSTEM, now)
    assert jobs("match") == 1
    assert set(Application.objects.filter(to_match=True).values_list("match", flat=True)) == {None}
    assert match_waiting(now) > 30
    assert not Application.objects.filter(to_match=True).exists()


def test_a_dry_run_promises_nothing(db, now):
    bring_in(SAMPLE, SYSTEM, now, dry_run=True)
    assert (jobs("match"), jobs("read_scan")) == (0, 0)


def test_run_twice_or_imported_again_it_comes_to_the_same(folder, now):
    before, promised = found(), jobs("match")
    assert match_waiting(now) == 0
    assert bring_in(folder, SYSTEM, now).changes == 0
    assert (found(), jobs("match")) == (before, promised)
    everybody_waits()
    match_waiting(now)
    assert found() == before


def test_broken_off_in_the_middle_the_rest_is_matched_and_ranked_the_same(company, now, monkeypatch):
    before = found()
    everybody_waits()
    monkeypatch.setattr(matching, "_AT_ONCE", 10)
    write, calls = matching._write, []

    def dies(*told):
        calls.append(told)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return write(*told)

    monkeypatch.setattr(matching, "_write", dies)
    with pytest.raises(KeyboardInterrupt):
        match_waiting(now)
    assert 0 < Application.objects.filter(to_match=True).count() < len(before)
    match_waiting(now)
    assert found() == before


def test_another_file_during_the_thinking_is_left_to_the_next_run(company, now, monkeypatch):
    everybody_waits()
    think = matching._found

    def meanwhile(*told):
        thought = think(*told)
        Resume.objects.filter(application__code="A039").update(sha256=b"x" * 32)
        return thought

    monkeypatch.setattr(matching, "_found", meanwhile)
    match_waiting(now)
    assert list(Application.objects.filter(to_match=True).values_list("code", flat=True)) == ["A039"]


def test_another_job_takes_old_keywords_away_at_once(folder, now):
    one = Application.objects.select_related("job").get(code="A039")
    assert one.keywords
    path = folder / "jobs.csv"
    text = path.read_text(encoding="utf-8-sig")
    assert one.keywords[0] in text
    path.write_text(text.replace(one.keywords[0], "泥塑修复"), encoding="utf-8")
    bring_in(folder, SYSTEM, now)
    one.refresh_from_db()
    assert (one.keywords, one.match, one.to_match) == ([], None, True)
    match_waiting(now)
    assert one.job_id and "泥塑修复" not in Application.objects.get(code="A039").keywords


def test_whoever_is_invited_before_any_worker_came_by_is_matched_first(company, now, mail):
    before = found()["A039"]
    everybody_waits()
    (invited,) = invite(Wish(applications=["A039"]), SYSTEM, now)
    assert invited.fresh
    assert found()["A039"][2:] == before[2:]
    assert Application.objects.filter(to_match=True).count() > 30


def ask_for_likeness(code: str = "A039") -> None:
    """The job asks for what the résumé names in other words."""
    one = Application.objects.select_related("job", "resume").get(code=code)
    Job.objects.filter(pk=one.job_id).update(keywords=["用户旅程洞察"])
    text = "周佳宁\n\n专业技能\n客户动线研究、Excel\n"
    one.resume.text, one.resume.facts = text, None
    one.resume.save()
    Application.objects.filter(code=code).update(to_match=True)


def test_likeness_reaches_the_stored_match_and_never_the_keywords(company, now, encoder):
    ask_for_likeness()
    assert match_waiting(now) == 1
    one = Application.objects.get(code="A039")
    assert [(entry["met"], entry.get("how")) for entry in one.evidence] == [("partly", "likeness")]
    assert (one.match, one.keywords) == (0.5, [])


@pytest.mark.parametrize("reason", ["timeout", "status_401", "other_model"])
def test_an_encoder_that_fails_costs_likeness_and_a_line_in_the_log(company, now, encoder, caplog, reason):
    ask_for_likeness()
    encoder.failure = EncoderUnavailable("It gave no answer.", reason=reason)
    with caplog.at_level(logging.WARNING, "mianyue"):
        assert match_waiting(now) == 1
    one = Application.objects.get(code="A039")
    assert ([entry["met"] for entry in one.evidence], one.to_match) == (["not_shown"], False)
    assert [record.getMessage() for record in caplog.records] == ["Matched without likeness: It gave no answer."]
    assert len(encoder.asked) == 3  # once: nobody waits for it application by application


def test_an_encoder_that_is_set_up_later_has_everybody_matched_anew(folder, now, encoder):
    assert bring_in(folder, SYSTEM, now).changes == 0
    assert Application.objects.filter(to_match=True).count() > 30
    assert set(Application.objects.filter(to_match=True, match=None)) == set()  # what was found stands until then


@pytest.fixture
def scans(folder, now, settings, monkeypatch):
    """The sample's three scans, brought where pictures can be read; ``extract`` reads a line of each."""
    settings.MIANYUE_READ_SCANS = True
    monkeypatch.setattr(ocr, "available", lambda: True)
    read = read_scan.extract

    def look(name, content, *, look=False):
        plain = read(name, content)
        return Extracted("姓名：范若琳\n\n专业技能\nPython、机器学习\n", plain.kind, 1, None, 1, True) if look else plain

    monkeypatch.setattr(read_scan, "extract", look)
    assert bring_in(folder, SYSTEM, now).changes == 0
    return Resume.objects.filter(unseen=True)


def tasks(code: str = "A008") -> list[str]:
    return [str(task.kind) for task in Task.objects.filter(application_code=code, state="open")]


def test_a_scan_waits_with_its_task_and_is_read_by_its_own_job(scans, folder, now):
    assert (scans.count(), jobs("read_scan"), tasks()) == (3, 3, ["resume_unreadable"])
    one = Application.objects.get(code="A008")
    assert read_scan.read_scan(one.resume_id, now)
    one.refresh_from_db()
    assert (one.resume.problem, one.resume.unseen, one.to_match) == ("", False, True)
    assert "resume_unreadable" not in tasks()
    assert JournalEntry.objects.filter(act="resume.scan_read").count() == 1
    match_waiting(now)
    assert set(Application.objects.get(code="A008").keywords) == {"Python", "机器学习"}
    assert not read_scan.read_scan(one.resume_id, now)
    assert bring_in(folder, SYSTEM, now).changes == 0
    assert Resume.objects.get(pk=one.resume_id).text.startswith("姓名：范若琳")


def test_an_import_that_looked_before_the_job_wrote_takes_nothing_back(scans, folder, now, monkeypatch):
    from mianyue.workflows import bring_in as importing

    check = importing.check_resumes

    def meanwhile(*told):
        read_scan.read_waiting(now)
        return check(*told)

    monkeypatch.setattr(importing, "check_resumes", meanwhile)
    assert bring_in(folder, SYSTEM, now).changes == 0
    assert not scans.exists()
    assert all(
        text for text in Resume.objects.filter(application__code__in=["A008", "A023", "A028"]).values_list("text", flat=True)
    )
    assert "resume_unreadable" not in tasks()


def test_without_the_extra_the_task_stays_and_the_next_import_with_it_asks_again(scans, folder, now, monkeypatch):
    monkeypatch.setattr(ocr, "available", lambda: False)
    assert read_scan.read_waiting(now) == 0
    bring_in(folder, SYSTEM, now)
    assert (scans.count(), tasks()) == (0, ["resume_unreadable"])
    monkeypatch.setattr(ocr, "available", lambda: True)
    bring_in(folder, SYSTEM, now)
    assert scans.count() == 3


def test_one_picture_that_can_not_be_read_holds_up_no_other(scans, now, monkeypatch):
    read, calls = read_scan.extract, []

    def chokes(*told, **more):
        calls.append(told)
        if len(calls) == 1:
            raise RuntimeError("The recogniser fell over.")
        return read(*told, **more)

    monkeypatch.setattr(read_scan, "extract", chokes)
    assert read_scan.read_waiting(now) == 2
    assert scans.count() == 1
