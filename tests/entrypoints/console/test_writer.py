"""The writer's page: what a recruiter sees of it, and the switch."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

import mianyue.adapters.writers.openai as openai
from mianyue.domain.notices.models import Notice, Wording, WriterMonth, WriterState
from mianyue.domain.notices.wording import read_back
from mianyue.domain.security.actor import SYSTEM
from mianyue.entrypoints.console.wording_words import WORDING_CHECKS, WORDING_STATES
from mianyue.understanding.wording.check import names
from mianyue.workflows import word
from mianyue.workflows.invite import Wish, invite


@pytest.fixture
def letters(company, settings, now) -> list[Wording]:
    """Two invitations: one in the writer's words, one in the template's."""
    settings.MIANYUE_WRITER = "openai"
    settings.MIANYUE_WRITER_MONTHLY_LIMIT = 20
    invite(Wish(applications=["A039", "A024"]), SYSTEM, now)
    used, kept = Wording.objects.order_by("notice__application_code")
    ended = {"settled_at": now, "facts": None, "model": "small", "milliseconds": 812}
    Wording.objects.filter(pk=used.pk).update(state="used", **ended)
    Wording.objects.filter(pk=kept.pk).update(state="template", check_failed="weekday", **ended)
    WriterMonth.objects.create(month="2026-11", calls=2, used=1, tokens_in=640, tokens_out=180, spent=3_080)
    return [used, kept]


def test_the_page_shows_state_outcomes_and_money(console, letters):
    text = console.get(reverse("admin:writer")).content.decode()
    shown = (
        "Switch off at once",
        "A024",
        "A039",
        "a weekday",
        "every check passed",
        "1 · 50 %",
        "0.0031</strong> / 20",
        "640 / 180",
        "812 ms",
    )
    assert [said for said in shown if said not in text] == []


def test_each_notice_says_whose_words_it_has(console, letters):
    used, kept = (console.get(reverse("admin:notices_notice_change", args=[one.pk])).content.decode() for one in letters)
    assert "The writer&#x27;s sentences" in used
    assert "a weekday" in kept


def test_a_notice_that_nobody_was_to_word_says_nothing_of_it(console, company, now):
    invite(Wish(applications=["A039"]), SYSTEM, now)
    text = console.get(reverse("admin:notices_notice_change", args=[Notice.objects.get().pk])).content.decode()
    assert "Wording</h2>" not in text
    assert "Templates only" in console.get(reverse("admin:writer")).content.decode()


def test_the_switch(console, letters):
    off = reverse("admin:writer_act", args=["off"])
    assert console.get(off).status_code == 405
    assert WriterState.objects.filter(on=False).count() == 0
    text = console.post(off, follow=True).content.decode()
    assert "The writer is off; templates go out from now on." in text
    assert "Switch on" in text
    assert WriterState.objects.get().on is False
    console.post(reverse("admin:writer_act", args=["on"]))
    assert WriterState.objects.get().on is True
    assert console.post(reverse("admin:writer_act", args=["aside"])).status_code == 404


def test_a_writer_that_is_left_alone_says_until_when(console, letters, now):
    WriterState.objects.create(pk=1, failures_in_a_row=5, opened_at=now - timedelta(seconds=30))
    assert "Left alone" in console.get(reverse("admin:writer")).content.decode()
    WriterState.objects.update(opened_at=now - timedelta(seconds=61))
    assert "On trial" in console.get(reverse("admin:writer")).content.decode()


def test_every_check_and_every_reason_has_words():
    told = set(
        re.findall(r'_Template\("(\w+)"\)|reason="(\w+)"', Path(word.__file__).read_text() + Path(openai.__file__).read_text())
    )
    reasons = {one or other for one, other in told} | set(openai._REASONS.values())
    assert {*names(), *read_back.CHECKS, *reasons} - set(WORDING_CHECKS) == set()
    assert set(WORDING_STATES) == set(Wording.State.values)
