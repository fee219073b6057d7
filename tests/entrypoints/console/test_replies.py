"""The recruiter sees what candidates wrote, what was understood and done, and puts it right."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.models import Interview
from mianyue.domain.notices.models import Notice
from mianyue.domain.recruiting.models import Application
from mianyue.domain.replies.models import Heard
from mianyue.domain.security.actor import SYSTEM
from mianyue.workflows import reply
from mianyue.workflows.hear import heard_on_page
from mianyue.workflows.invite import Wish, invite

PAGE = "/console/replies/"


@pytest.fixture
def says(company, now):
    """A candidate is invited, if that wasn't done, and writes on their page."""

    def say(code: str, words: str) -> Heard:
        invite(Wish(applications=[code]), SYSTEM, now)
        candidate = Application.objects.get(code=code).candidate
        letter = Notice.objects.filter(recipient_id=candidate.pk).order_by("-id").first()
        token = re.search(r"/i/([\w-]+)", letter.text)[1]
        visit = reply.visit(token, "candidate", now)
        return heard_on_page(visit, words, reply.standing(visit.interview), now)

    return say


def text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<(?!mark|/mark)[^>]+>", " ", response.content.decode()))


def test_words_evidence_and_what_was_done(console, says):
    says("A039", "第二个可以，谢谢")
    page = text(console.get(PAGE))
    assert "<mark>第二个</mark>" in page
    assert "chooses" in page and "(sure)" in page and "Done as asked" in page
    assert re.search(r"Booked Thu 3 Dec,? 10:00", page)


def test_words_are_text_and_not_html(console, says):
    says("A039", "<script>alert(1)</script>第二个")
    assert b"<script>alert(1)" not in console.get(PAGE).content


@pytest.mark.parametrize(("only", "shown"), [("all", 2), ("person", 1), ("asked", 1), ("waiting", 0), ("nonsense", 2)])
def test_filters(console, says, only, shown):
    says("A039", "哈哈")
    says("A003", "我不考虑了")
    assert console.get(PAGE, {"only": only}).content.count(b'id="reply-') == shown


def test_booking_what_was_meant_settles_the_task(console, recruiter, says):
    heard = says("A039", "哈哈")
    assert Task.objects.get(kind="question").state == "open"
    console.post(f"{PAGE}{heard.pk}/book/", {"time": "2.1"})
    heard.refresh_from_db()
    assert Interview.objects.get().booked.number == 2
    assert (heard.state, heard.corrected_as, heard.corrected_by) == ("acted", "book", f"user:{recruiter.pk}")
    assert Task.objects.get(kind="question").state == "done"
    assert "Corrected: they chose a time (recruiter" in text(console.get(PAGE))


def test_looking_where_they_meant(console, says):
    heard = says("A003", "哈哈")
    console.post(f"{PAGE}{heard.pk}/search/", {"starts": "2026-12-03T13:00", "ends": "2026-12-03T18:00"})
    interview = Interview.objects.get()
    assert interview.proposal == 2
    assert {o.during.lower.isoformat()[:10] for o in interview.options.filter(proposal=2)} == {"2026-12-03"}


@pytest.mark.parametrize(
    ("act", "form"),
    [
        ("book", {}),
        ("book", {"time": "9.9"}),
        ("search", {"starts": "2026-12-03T18:00", "ends": "2026-12-03T13:00"}),
        ("search", {"starts": "x", "ends": ""}),
        ("search", {"starts": "2026-12-05T01:00", "ends": "2026-12-05T02:00"}),
    ],
)
def test_what_is_impossible_changes_nothing_and_says_so(console, says, act, form):
    heard = says("A039", "哈哈")
    page = console.post(f"{PAGE}{heard.pk}/{act}/", form, follow=True)
    heard.refresh_from_db()
    assert (heard.state, heard.corrected_as) == ("with_person", "")
    assert (Interview.objects.get().state, Interview.objects.get().proposal) == ("offered", 1)
    assert re.search(r"nothing was (?:changed|done)|No time was chosen|no stretch of time|no longer available", text(page))


def test_stepping_back_is_carried_out_by_a_person(console, says):
    heard = says("A039", "我不考虑了")
    console.post(f"{PAGE}{heard.pk}/step_back/")
    assert Application.objects.get(code="A039").state == "withdrawn"
    heard.refresh_from_db()
    assert (heard.state, heard.corrected_as) == ("acted", "step_back")


def test_the_task_stays_open_while_another_message_waits(console, says):
    first, second = says("A039", "哈哈"), says("A039", "呵呵")
    console.post(f"{PAGE}{first.pk}/answered/")
    assert Task.objects.get(kind="question").state == "open"
    console.post(f"{PAGE}{second.pk}/nothing/")
    assert Task.objects.get(kind="question").state == "done"


def test_looking_changes_nothing(console, says):
    heard = says("A039", "哈哈")
    for act in ("book", "search", "answered", "step_back", "nothing"):
        assert console.get(f"{PAGE}{heard.pk}/{act}/").status_code == 405
    assert console.post(f"{PAGE}{heard.pk}/hire/").status_code == 404
    heard.refresh_from_db()
    assert heard.state == "with_person"


def test_only_staff_may_look(client, says):
    says("A039", "哈哈")
    assert client.get(PAGE).status_code == 302


def queries(console) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        console.get(PAGE)
    return len(caught)


def test_queries_do_not_grow_with_the_rows(console, says):
    says("A039", "第二个可以")
    console.get(PAGE)
    one = queries(console)
    says("A003", "哈哈")
    says("A018", "请问在哪里面试？")
    assert queries(console) == one


def test_in_chinese(console, says):
    says("A039", "请问在哪里面试？可以停车吗？")
    console.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-hans"
    page = text(console.get(PAGE))
    assert "询问：地点" in page and "已根据面试信息答复：地点" in page and "转人工" in page


def test_the_queue_leads_to_the_reply(console, says):
    heard = says("A039", "哈哈")
    page = console.get("/console/queue/").content.decode()
    assert f"#reply-{heard.pk}" in page
    assert "not understood for certain" in page
