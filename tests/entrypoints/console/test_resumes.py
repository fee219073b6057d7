"""A résumé beside its fields: who may see it, what is marked where, and what a form does."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mianyue.domain.desk.models import Task
from mianyue.domain.recruiting.models import Application, Resume
from mianyue.domain.recruiting.resume_fields import FIELDS, fields_of
from mianyue.domain.security.actor import Actor
from mianyue.domain.security.models import JournalEntry
from mianyue.entrypoints.console import resume_words
from mianyue.understanding import resume
from mianyue.understanding.resume import prose
from mianyue.workflows.confirm_resume import confirm, stamp

PDF, DOCX, TXT, SCAN = "A036", "A003", "A039", "A028"


def application(code: str) -> Application:
    return Application.objects.select_related("candidate", "resume").get(code=code)


def address(code: str, name: str = "resume_fields", *more: object) -> str:
    return reverse(f"admin:{name}", args=[application(code).pk, *more])


def look(console, code: str) -> str:
    response = console.get(address(code))
    assert response.status_code == 200
    return response.content.decode()


def form(html: str, **changed: object) -> dict[str, object]:
    """The form of the page as a browser would send it, with changes."""
    values: dict[str, object] = {"seen": re.search(r'name="seen" value="(\w+)"', html)[1]}
    for name in ("name", "mobile", "email", "school", "years"):
        values[name] = re.search(rf'<input name="{name}" [^>]*?value="([^"]*)"', html)[1].replace("&#x27;", "'")
    values["degree"] = re.search(r'<option value="(\w+)" selected', html)[1] if "selected" in html else ""
    values["skills"] = re.search(r"<textarea[^>]*>(.*?)</textarea>", html, re.DOTALL)[1]
    for name in ("employer", "title"):
        values[name] = re.findall(rf'<input name="{name}" [^>]*?value="([^"]*)"', html)
    return {**values, **changed}


def acts(act: str) -> list[JournalEntry]:
    return list(JournalEntry.objects.filter(act=act))


def asks(code: str, fields: list[str], now) -> None:
    """Makes these fields unsure, and puts the task."""
    one = application(code)
    facts = one.resume.facts
    for name in fields:
        facts["facts"][name]["confidence"] = 0.4
    one.resume.facts = facts
    one.resume.save(update_fields=["facts"])
    about = {"fields": fields, "file": bytes(one.resume.sha256).hex()}
    Task.objects.create(kind="resume_fields", subject_id=one.pk, application_code=code, facts=about, opened_at=now)


@pytest.mark.parametrize("code", [PDF, DOCX, TXT])
def test_the_fields_are_shown_with_what_was_read_and_how_sure(console, code):
    html = look(console, code)
    read = fields_of(application(code).resume, None)
    sent = form(html)
    assert {name: sent[name] for name in ("name", "mobile", "email", "degree", "school", "years")} == {
        name: read[name].value for name in ("name", "mobile", "email", "degree", "school", "years")
    }
    assert sent["skills"].split("\n") == read["skills"].value
    assert [list(pair) for pair in zip(sent["employer"], sent["title"], strict=True)] == [*read["jobs"].value, ["", ""]]
    assert html.count("c-chip is-quiet") >= 4  # sure
    for name in FIELDS:
        assert f'id="at-{name}"' in html, name


def test_a_pdf_has_its_pages_and_places_on_them(console):
    html = look(console, PDF)
    assert html.count('class="c-sheet"') == 2
    shares = [
        [float(share) for share in mark]
        for mark in re.findall(r"left:([\d.]+)%;top:([\d.]+)%;width:([\d.]+)%;height:([\d.]+)%", html)
    ]
    assert len(shares) >= len(FIELDS)
    for left, top, width, height in shares:
        assert (left >= 0, top >= 0, left + width <= 100.01, top + height <= 100.01, width > 0, height > 0) == (True,) * 6
    pictures = re.findall(r'<img src="([^"]+)"', html)
    for source in pictures:
        response = console.get(source.replace("&amp;", "&"))
        width, height = struct.unpack(">II", response.content[16:24])
        assert (response["Content-Type"], response.content[:8], width) == ("image/png", b"\x89PNG\r\n\x1a\n", 1100)
        assert 1.40 < height / width < 1.42
        assert "no-store" in response["Cache-Control"]


def test_a_text_is_marked_and_never_markup(console, now):
    one = application(TXT)
    one.resume.text = one.resume.text + "\n<script>alert(1)</script>"
    one.resume.save()
    html = look(console, TXT)
    marked = dict(re.findall(r'<mark class="is-(\w+)" id="[^"]+"[^>]*>([^<]*)</mark>', html))
    read = fields_of(one.resume, None)
    assert {name: marked[name] for name in ("name", "email", "school")} == {
        name: read[name].value for name in ("name", "email", "school")
    }
    assert "<script>alert" not in html


def test_opening_is_journaled_and_pictures_need_the_page(console, recruiter):
    source = re.search(r'<img src="([^"]+)"', look(console, PDF))[1].replace("&amp;", "&")
    (opened,) = acts("resume.opened")
    assert (opened.actor_id, opened.facts) == (str(recruiter.pk), {"application": PDF})
    assert console.get(source).status_code == 200
    assert console.get(source.partition("?")[0]).status_code == 403
    other = source.replace(str(application(PDF).pk), str(application("A012").pk))
    assert console.get(other).status_code == 403
    assert [entry.facts for entry in acts("resume.refused")] == [{"application": PDF}, {"application": "A012"}]
    console.force_login(User.objects.create_user("colleague", is_staff=True))
    assert console.get(source).status_code == 403  # somebody else's key


@pytest.mark.parametrize("name", ["resume_fields", "resume_picture"])
def test_whoever_is_not_of_the_staff_is_refused_and_the_journal_knows(client, company, name):
    where = address(PDF, name, *([1] if name == "resume_picture" else []))
    assert client.get(where).url.startswith(reverse("admin:login"))
    assert acts("resume.refused") == []
    stranger = User.objects.create_user("stranger")
    client.force_login(stranger)
    assert client.get(where).status_code == 403
    assert client.post(where).status_code == 403
    assert [(entry.actor_id, entry.facts) for entry in acts("resume.refused")] == [(str(stranger.pk), {"application": PDF})] * 2
    assert acts("resume.opened") == []
    assert application(PDF).resume.confirmed is None


def test_what_does_not_exist_is_not_found(console):
    nobody = "00000000-0000-7000-8000-000000000000"
    assert console.get(reverse("admin:resume_fields", args=[nobody])).status_code == 404
    assert console.get(reverse("admin:resume_picture", args=[nobody, 1])).status_code == 404
    source = re.search(r'<img src="([^"]+)"', look(console, PDF))[1].replace("&amp;", "&")
    for number in (0, 3, 99):
        assert console.get(source.replace("/page/1/", f"/page/{number}/")).status_code == 404
    assert console.put(address(PDF)).status_code == 405
    assert console.post(source).status_code == 405


def test_confirming_all_goes_on_to_the_next_that_waits(console, now):
    Task.objects.filter(state="open").delete()
    asks("A036", ["school"], now)
    asks("A012", ["degree"], now)
    html = look(console, "A012")
    assert re.search(r'class="c-field is-waiting" id="field-degree"', html)
    sent = console.post(address("A012"), form(html))
    assert sent.url == address("A036")
    assert all(field.confirmed for field in fields_of(application("A012").resume, None).values())
    sent = console.post(address("A036"), form(look(console, "A036"), school="东海大学"))
    assert sent.url == reverse("admin:recruiting_application_change", args=[application("A036").pk])
    assert fields_of(application("A036").resume, None)["school"].value == "东海大学"
    assert not Task.objects.filter(kind="resume_fields", state="open").exists()


def test_one_tap_confirms_one_field(console, now):
    asks(PDF, ["school", "degree"], now)
    html = look(console, PDF)
    sent = console.post(address(PDF), form(html, right="school", years="many"))
    assert sent.url == f"{address(PDF)}#field-school"
    confirmed = [name for name, field in fields_of(application(PDF).resume, None).items() if field.confirmed]
    assert confirmed == ["school"]
    assert Task.objects.get(kind="resume_fields", state="open").facts["fields"] == ["degree"]
    assert "recruiter, " in look(console, PDF)


def test_what_can_not_be_right_is_said_beside_its_field_and_nothing_is_lost(console):
    html = look(console, PDF)
    response = console.post(address(PDF), form(html, email="nobody at all", years="5 1/2", school="东海大学"))
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count('role="alert"') == 2
    assert (form(page)["email"], form(page)["years"], form(page)["school"]) == ("nobody at all", "5 1/2", "东海大学")
    assert "This is no e-mail address" in page
    assert application(PDF).resume.confirmed is None


def test_whoever_comes_second_reads_a_kind_word(console, now):
    html = look(console, PDF)
    one = application(PDF)
    confirm(one.pk, {"school": "东海大学"}, (), stamp(one.resume), Actor("user", "77"), now)
    said = console.post(address(PDF), form(html, school="西海大学"), follow=True).content.decode()
    assert "Somebody else has confirmed this résumé in the meantime. Look at what they saved; then go on." in said
    assert 'value="东海大学"' in said


def test_a_differing_address_is_shown_and_chosen(console):
    html = look(console, PDF)
    old = application(PDF).candidate.email
    console.post(address(PDF), form(html, right="email", email="new@example.com"))
    page = look(console, PDF)
    assert f"The application says {old}." in page
    assert 'name="choose" value="email"' in page
    assert application(PDF).candidate.email == old
    console.post(address(PDF), form(page, right="email", choose="email"))
    assert application(PDF).candidate.email == "new@example.com"
    assert 'name="choose"' not in look(console, PDF)


def test_a_scan_has_its_picture_and_empty_fields(console):
    html = look(console, SCAN)
    assert html.count('class="c-sheet"') == 1
    assert "It is only a picture, without text." in html
    assert [value for name, value in form(html).items() if name != "seen"] == ["", "", "", "", "", "", "", [""], [""]]
    assert console.get(re.search(r'<img src="([^"]+)"', html)[1].replace("&amp;", "&")).status_code == 200
    sent = form(
        html, name="Elif Fairweather", degree="master", skills="SQL, Excel", employer=["Alpenfirn", ""], title=["Analyst", ""]
    )
    assert console.post(address(SCAN), sent).status_code == 302
    fields = fields_of(application(SCAN).resume, None)
    assert (fields["jobs"].value, fields["skills"].value, fields["degree"].value) == (
        [["Alpenfirn", "Analyst"]],
        ["SQL", "Excel"],
        "master",
    )
    assert not Task.objects.filter(kind="resume_unreadable", application_code=SCAN, state="open").exists()


@pytest.mark.parametrize(("content", "problem"), [(b"%PDF-1.7 broken", "unreadable"), (b"\xd0\xcf\x11\xe0", "unknown_type")])
def test_a_file_that_can_not_be_shown_says_so(console, content, problem):
    resume = application(PDF).resume
    resume.content, resume.text, resume.problem, resume.facts = content, None, problem, None
    resume.save()
    html = look(console, PDF)
    assert "This file can&#x27;t be shown here." in html or "This file can't be shown here." in html
    assert "<img src" not in html.partition('class="c-original"')[2].partition("</section>")[0]
    assert form(html)["school"] == ""


def test_as_many_queries_whatever_waits(console, now):
    counts = []
    for code in ("A036", "A012", "A027"):
        asks(code, ["school"], now)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            look(console, PDF)
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]


def test_the_application_tells_it_briefly_and_leads_there(console, now):
    asks(PDF, ["school"], now)
    html = console.get(reverse("admin:recruiting_application_change", args=[application(PDF).pk])).content.decode()
    read = fields_of(application(PDF).resume, None)
    assert f'{read["school"].value} <span class="c-chip is-warning">unsure</span>' in html
    assert "Bachelor" in html
    assert " · ".join(read["jobs"].value[0]) in html
    assert address(PDF) in html
    queue = console.get(reverse("admin:queue")).content.decode()
    assert "What a résumé says waits for your confirmation" in queue
    assert address(PDF) in queue


def test_every_way_of_finding_has_words(company):
    """The reader's own files say which there are: the word before a confidence."""
    source = "".join(path.read_text("utf-8") for path in sorted(Path(resume.__file__).parent.glob("*.py")))
    found = set(re.findall(r'"([a-z\' ]+)", (?:0\.\d|round\(|\w*confidence)', source)) | {"section", "position", prose.METHOD}
    assert found - set(resume_words.METHODS) == set()
    assert {fact.method for one in Resume.objects.all() for f in fields_of(one, None).values() for fact in f.read} <= found


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_both_languages(console, language):
    console.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    html = look(console, PDF)
    assert ("最高学历" in html, "Highest degree" in html) == (language == "zh-hans", language == "en")
