"""What a résumé shows of what its job asks for, from the company's folder to the letter."""

import csv
import shutil

import pytest

from mianyue.base.errors import NotFound
from mianyue.domain.notices.models import Notice
from mianyue.domain.recruiting.models import Application, Job
from mianyue.domain.security.actor import SYSTEM
from mianyue.understanding.match.fairness import Difference
from mianyue.workflows.bring_in import bring_in
from mianyue.workflows.facts import material_for
from mianyue.workflows.fairness import check_fairness, report
from mianyue.workflows.invite import Wish, applications_of, invite
from tests.conftest import SAMPLE


def test_evidence_is_kept_as_places_of_the_text_and_never_as_its_words(company):
    for application in Application.objects.exclude(match=None).select_related("resume", "job"):
        assert 0 <= application.match <= 1
        assert set(application.keywords) <= set(application.job.keywords)
        shown = [entry["value"] for entry in application.evidence if entry["kind"] == "keyword" and entry["met"] != "not_shown"]
        assert set(shown) == set(application.keywords)
        for entry in application.evidence:
            assert set(entry) == {"kind", "value", "met", "places"}
            assert all(application.resume.text[start:end].strip() for start, end, _ in entry["places"])


def test_what_could_not_be_read_has_no_match(company):
    unread = Application.objects.filter(match=None)
    assert unread.exists()
    assert all(not (application.resume and application.resume.text) and application.keywords == [] for application in unread)


def test_the_order_by_match_leaves_nobody_out(company):
    by_code = applications_of(Wish(everyone=True))
    by_match = applications_of(Wish(everyone=True, by_match=True))
    assert sorted(a.code for a in by_match) == [a.code for a in by_code]
    known = [a.match for a in by_match if a.match is not None]
    assert known == sorted(known, reverse=True)
    assert all(a.match is None for a in by_match[len(known) :])


@pytest.mark.parametrize(
    ("materials", "keywords", "address"),
    [
        ([], ["Kafka"], "https://plain.example"),
        ([["MySQL", "https://m.example"], ["Kafka", "https://k.example"]], ["Kafka", "MySQL"], "https://k.example"),
        ([["kubernetes", "https://k8s.example"]], ["Java", "K8s"], "https://k8s.example"),
        ([["Redis", "https://r.example"]], ["Java", "Kafka", "MySQL", "Redis"], "https://plain.example"),
        ([["Kafka", "https://first.example"], ["Kafka", "https://second.example"]], ["Kafka"], "https://first.example"),
    ],
)
def test_the_material_of_the_first_named_keyword_goes_before_the_plain_one(materials, keywords, address):
    job = Job(materials_url="https://plain.example", materials=materials)
    assert material_for(Application(job=job, keywords=keywords)) == address


def test_material_and_portfolio_reach_the_letter(company, now, mail):
    application = Application.objects.select_related("job").get(code="A039")
    Job.objects.filter(pk=application.job_id).update(materials=[[application.keywords[0], "https://jobs.example.com/deep"]])
    application.portfolio = "behance.net"
    application.save()
    invite(Wish(applications=["A039"]), SYSTEM, now)
    notice = Notice.objects.get(application_code="A039")
    assert "https://jobs.example.com/deep" in notice.text
    assert "请备好您提供给我们的作品集（behance.net）" in notice.text


@pytest.mark.slow
def test_no_difference_between_exchanged_writers_of_the_sample(company, now):
    job = Application.objects.exclude(match=None).values_list("job__code", flat=True).first()
    found = check_fairness(job, now)
    assert found.resumes > 0
    assert found.pairs >= 15 * found.resumes
    assert (found.largest, found.differing) == (0.0, ())


def test_a_difference_is_told_with_its_group(now):
    found = report(1, [("A1", Difference("name", "X", 0.5, 0.75)), ("A1", Difference("age", "Y", 0.5, 0.5))])
    assert (found.largest, found.differing) == (0.25, (("A1", "name", 0.5, 0.75),))
    assert [(group.name, group.pairs, group.differing) for group in found.groups] == [("name", 1, 1), ("age", 1, 0)]


def test_fairness_of_an_unknown_job(company, now):
    with pytest.raises(NotFound):
        check_fairness("nonsense", now)


def test_materials_by_keyword_come_from_the_folder(company, now, tmp_path):
    folder = shutil.copytree(SAMPLE, tmp_path / "company")
    path = folder / "jobs.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0]["materials_url"] = "https://jobs.example.com/J001; Kafka=https://jobs.example.com/streams"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    bring_in(folder, SYSTEM, now)
    job = Job.objects.get(code=rows[0]["job_id"])
    assert (job.materials_url, job.materials) == ("https://jobs.example.com/J001", [["Kafka", "https://jobs.example.com/streams"]])
    assert bring_in(folder, SYSTEM, now).changes == 0
