"""Confirming a hire, from the queue or the application's page, and why a hire isn't ready yet, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from mianyue.domain.provisioning.models import Run
from mianyue.domain.recruiting.models import Application
from mianyue.entrypoints.console import attendance_words, words
from mianyue.entrypoints.console.acts import actor, back, perform
from mianyue.entrypoints.console.asked_days import posted_day
from mianyue.workflows.finish import confirm_hire


def hire(request: HttpRequest, application_code: str) -> Run:
    """Confirms the hire with what the form says: ``first_day`` and ``worked_since``, both may be empty. Raises Refused."""
    first_day, since = _day(request, "first_day"), _day(request, "worked_since")
    return confirm_hire(application_code, first_day, actor(request), settings.CLOCK.now(), since)


def hired(run: Run) -> str:
    """What became of it."""
    if run.state == Run.State.DONE:
        return _("The hire is confirmed and the attendance account is open.")
    return _("The hire is confirmed. Not every step is done yet; mianyue goes on with them and asks you where it can't.")


def act(site: AdminSite, request: HttpRequest, pk: UUID) -> HttpResponse:
    """The button on the application's page."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    application = get_object_or_404(Application, pk=pk)
    perform(request, lambda: hire(request, application.code), hired)
    return back(request, reverse("admin:recruiting_application_change", args=[pk]))


def stuck(facts: Mapping[str, Any]) -> list[str]:
    """Why a hire isn't ready: the steps that failed with what each met, then what is lacking for the first punch."""
    failed = [
        _("%(step)s: %(why)s")
        % {
            "step": words.of(attendance_words.RUN_STEPS, one["step"]),
            "why": words.of(attendance_words.STEP_ERRORS, one["code"]),
        }
        for one in facts.get("failed", [])
    ]
    return failed + [words.of(attendance_words.LACKING, code) for code in facts.get("lacking", [])]


def _day(request: HttpRequest, field: str) -> date | None:
    """The date of a field; None for none. Raises Refused for something that is no date."""
    return posted_day(request, field) if request.POST.get(field, "").strip() else None
