"""A video interview needs somewhere to meet: the company's own pattern, or a recruiter is asked."""

from datetime import timedelta

import pytest

from mianyue.base.errors import Refused
from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.models import Interview
from mianyue.domain.notices.models import Notice
from mianyue.domain.recruiting.models import Application
from mianyue.domain.security.actor import SYSTEM
from mianyue.workflows.book import book, set_video_link
from mianyue.workflows.finish import set_result
from mianyue.workflows.invite import Wish, invite

LINK = "https://meet.example.com/room-1"


@pytest.fixture
def booked(company, now, mail, sms):
    def book_one() -> Interview:
        code = (
            Application.objects.filter(job__rounds__mode="video", job__rounds__number=1, round_number=1)
            .exclude(problems__len__gt=0)[0]
            .code
        )
        (invited,) = invite(Wish([code]), SYSTEM, now)
        book(invited.interview, invited.interview.options.get(proposal=1, number=1), SYSTEM, now)
        return invited.interview

    return book_one


def _letters(interview, purpose):
    return Notice.objects.filter(subject_id=interview.pk, purpose=purpose).order_by("version")


def test_the_companys_pattern_gives_every_interview_its_link(booked, settings):
    settings.MIANYUE_VIDEO_LINK = "https://meet.example.com/{interview}"
    interview = booked()
    assert f"https://meet.example.com/{interview.pk}" in _letters(interview, "confirmation").get().text
    assert not Task.objects.filter(kind=Task.Kind.VIDEO_LINK).exists()


def test_without_a_pattern_a_recruiter_is_asked_and_everybody_gets_the_link(booked, now):
    interview = booked()
    assert Task.objects.get(kind=Task.Kind.VIDEO_LINK, state="open").subject_id == interview.application_id
    set_video_link(interview.application.code, f" {LINK} ", SYSTEM, now + timedelta(minutes=1))
    first, second = _letters(interview, "confirmation")
    assert LINK not in first.text
    assert LINK in second.text
    assert b"SEQUENCE:1" in bytes(second.calendar)
    assert LINK.encode() in bytes(second.calendar)
    assert LINK in _letters(interview, "interviewer_booked").last().text
    assert not Task.objects.filter(kind=Task.Kind.VIDEO_LINK, state="open").exists()


def test_nobody_is_asked_for_the_link_of_an_interview_that_is_over(booked, clock):
    interview = booked()
    clock.at = interview.options.get(proposal=1, number=1).during.upper
    set_result(interview.application.code, "no_show", SYSTEM, clock.now())
    assert not Task.objects.filter(kind=Task.Kind.VIDEO_LINK, state="open").exists()


@pytest.mark.parametrize("link", ["", "meet me", "javascript:alert(1)", "https://"])
def test_what_is_no_web_address_is_refused(booked, now, link):
    interview = booked()
    with pytest.raises(Refused):
        set_video_link(interview.application.code, link, SYSTEM, now)
    interview.refresh_from_db()
    assert (interview.video_link, interview.sequence) == ("", 0)
