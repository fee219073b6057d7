"""On the console's pages a time says in words that the holidays of its year are not announced yet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from mianyue.domain.organization.models import Company
from mianyue.domain.recruiting.models import Application
from mianyue.domain.security.actor import SYSTEM
from mianyue.workflows.invite import Wish, invite

SENTENCES = {"en": "that it is worked is predicted", "zh-hans": "放假安排尚未公布，此日为推算"}


@pytest.mark.parametrize("language", SENTENCES)
def test_application_and_interview_say_so(console, company, now, language):
    console.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    december = [date(2026, 12, 1) + timedelta(days=number) for number in range(31)]
    Company.objects.update(blackout_dates=december, horizon_working_days=40)
    page = reverse("admin:recruiting_application_change", args=[Application.objects.get(code="A001").pk])
    assert console.get(page).content.decode().count(SENTENCES[language]) == 3
    (invited,) = invite(Wish(["A001"]), SYSTEM, now)
    page = reverse("admin:interviews_interview_change", args=[invited.interview.pk])
    assert console.get(page).content.decode().count(SENTENCES[language]) == 3


def test_nothing_is_said_of_days_that_are_announced(console, company, now):
    page = reverse("admin:recruiting_application_change", args=[Application.objects.get(code="A001").pk])
    content = console.get(page).content.decode()
    assert "within 9:00" in content and SENTENCES["en"] not in content
