"""Somebody's leave as an account: what is left of each kind, every movement, and HR's form to change it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mianyue.base.ids import new_id
from mianyue.domain.attendance.models import LeaveType, LedgerEntry
from mianyue.domain.attendance.queries.leave import balances
from mianyue.domain.organization.models import Employee
from mianyue.entrypoints.console import attendance_words, formulas, words
from mianyue.entrypoints.console.acts import actor, back, perform
from mianyue.entrypoints.console.times import day_words
from mianyue.workflows.attendance.adjust_leave import adjust_leave

SHOWN = 100
"""Movements on the page, the newest first."""


class AdjustForm(forms.Form):
    """Hours of one kind of leave, more or less, and why."""

    leave_type = forms.ModelChoiceField(LeaveType.objects.filter(in_use=True).order_by("pk"), label=gettext_lazy("Kind of leave"))
    hours = forms.FloatField(label=gettext_lazy("Hours"), min_value=-9000, max_value=9000)
    reason = forms.ChoiceField(label=gettext_lazy("Reason"), choices=lambda: attendance_words.LEAVE_REASONS.items())
    expires_on = forms.DateField(label=gettext_lazy("Can be used until"), required=False)
    key = forms.UUIDField()


@dataclass(frozen=True, slots=True)
class Balance:
    """One kind of leave: minutes left, and the days they are; of a kind without a quota, what was taken."""

    leave_type: LeaveType
    minutes: int

    @property
    def days(self) -> float:
        return self.minutes / self.leave_type.day_minutes


@dataclass(frozen=True, slots=True)
class Movement:
    """One entry of the ledger, and how it was reckoned."""

    entry: LedgerEntry
    how: str


def shown(employee: Employee) -> dict[str, Any]:
    """The balances and movements of one person, and the form."""
    left = balances([employee.pk])
    kinds = LeaveType.objects.order_by("pk")
    entries = (
        LedgerEntry.objects.filter(account__employee=employee)
        .select_related("account__leave_type", "reverses")
        .order_by("-at", "-id")[:SHOWN]
    )
    return {
        "balances": [
            Balance(kind, left.get((employee.pk, kind.pk), 0)) for kind in kinds if (employee.pk, kind.pk) in left or kind.has_quota
        ],
        "movements": [Movement(entry, _how(entry.how)) for entry in entries],
        "leave_types": [kind for kind in kinds if kind.in_use],
        "reasons": attendance_words.LEAVE_REASONS.items(),
        "key": new_id(),
    }


def act(site: AdminSite, request: HttpRequest, pk: UUID) -> HttpResponse:
    """HR's form was sent."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = AdjustForm(request.POST)
    if form.is_valid():
        asked = form.cleaned_data
        perform(
            request,
            lambda: adjust_leave(
                pk,
                asked["leave_type"].pk,
                round(asked["hours"] * 60),
                asked["reason"],
                asked["expires_on"],
                asked["key"],
                actor(request),
                settings.CLOCK.now(),
            ),
            _("The balance is changed."),
        )
    else:
        for field, found in form.errors.items():
            messages.error(request, f"{form[field].label}: {' '.join(found)}")
    return back(request, reverse("admin:timesheet_person", args=[pk]))


def _how(how: dict[str, Any]) -> str:
    """Why and how a movement came about, as far as its kind doesn't say it."""
    said = []
    if how.get("reason"):
        said.append(words.of(attendance_words.LEAVE_REASONS, how["reason"]))
    if how.get("law"):
        said.append(formulas.annual(how))
    if how.get("like") == "team":
        said.append(formulas.like_team(how))
    until = parse_date(str(how.get("expires_on", "")))
    if until:
        said.append(_("can be used until %(day)s") % {"day": day_words(until)})
    return " · ".join(said)
