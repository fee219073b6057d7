"""A promised time that no longer holds: the recruiter reads why, tries again, and finds it in the interview's history."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from psycopg.types.range import TimestamptzRange

from mianyue.domain.attendance.models import Leave
from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.actions import lock
from mianyue.domain.interviews.models import Interview
from mianyue.domain.interviews.queries import on_offer, whole
from mianyue.domain.organization.models import Employee
from mianyue.domain.security.actor import SYSTEM, Actor
from mianyue.workflows.book import book
from mianyue.workflows.invite import Wish, invite
from mianyue.workflows.replan import replan


@pytest.fixture
def broken(company, now) -> Interview:
    """A booked interview whose only interviewer is on leave as far as anybody plans."""
    invite(Wish(applications=["A039"]), SYSTEM, now)
    with transaction.atomic():
        interview = whole().get(pk=lock(Interview.objects.get().pk).pk)
        book(interview, on_offer(interview)[0], Actor("candidate"), now)
    away = TimestamptzRange(now, now + timedelta(days=60), "[)")
    Leave.objects.create(employee=Employee.objects.get(code="E020"), status="approved", during=away)
    replan(SYSTEM, now)
    return Interview.objects.get()


def press(console) -> str:
    task = Task.objects.get(kind="promise_broken")
    return console.post(reverse("admin:queue_act", args=[task.pk, "replan"]), follow=True).content.decode()


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", ("A promised time no longer holds", ": on leave")), ("zh-hans", ("已约定的时间不再成立", "：请假"))],
)
def test_queue_says_when_who_and_why(console, broken, language, expected):
    console.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    page = console.get(reverse("admin:queue")).content.decode()
    assert all(words in page for words in expected)
    assert Employee.objects.get(code="E020").name in page


def test_trying_again_says_that_nothing_has_changed(console, broken):
    assert "Nothing can be mended yet." in press(console)
    broken.refresh_from_db()
    assert broken.state == "booked"


def test_trying_again_when_the_leave_is_over_mends_or_settles(console, broken, now):
    Leave.objects.filter(employee__code="E020").update(during=broken.booked.during)
    assert "1 interviews were mended or put before you." in press(console)
    broken.refresh_from_db()
    assert (broken.state, Task.objects.filter(kind="promise_broken", state="open").count()) == ("offered", 0)


def test_trying_again_when_the_reason_is_gone_settles(console, broken):
    Leave.objects.filter(employee__code="E020").delete()
    assert "Every promised time holds." in press(console)
    assert not Task.objects.filter(kind="promise_broken", state="open").exists()


def test_history_of_the_interview_says_what_broke(console, broken):
    page = console.get(reverse("admin:interviews_interview_change", args=[broken.pk])).content.decode()
    assert "A promised time no longer holds" in page
    assert "E020 on leave" in page
