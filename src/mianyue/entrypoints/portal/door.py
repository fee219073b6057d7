"""Who stands at the door: opens a link, settles language and clock for the visit, and turns away kindly who has none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override

from mianyue.base.errors import NotFound
from mianyue.domain.notices.facts import Recipient
from mianyue.domain.notices.models import Link
from mianyue.domain.organization.models import Company, Employee
from mianyue.domain.organization.queries import company as the_company
from mianyue.entrypoints.portal.headers import sealed
from mianyue.entrypoints.portal.language import language_for, voice_of
from mianyue.workflows.facts import contact_of
from mianyue.workflows.reply import LinkEnded, Visit, visit


@dataclass(frozen=True, slots=True)
class Guest:
    """One visit: the link's token and what it opens, who reads (in the page's language), and the instant."""

    token: str
    visit: Visit
    company: Company
    reader: Recipient
    now: datetime

    def again(self) -> Guest:
        """The same guest after something changed: reads the interview anew."""
        return replace(self, visit=visit(self.token, self.visit.link.scope, self.now))


View = Callable[..., HttpResponse]


def by_link(scope: str) -> Callable[[View], View]:
    """Gives a view its ``Guest`` in place of the token in its address, beside whatever else the address names.

    Unknown links get a 404, ended ones a 410, both kind.
    """

    def decorated(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, token: str, **named: Any) -> HttpResponse:
            now = settings.CLOCK.now()
            try:
                opened = visit(token, scope, now)
            except NotFound as error:
                return turned_away(request, error)
            company = the_company()
            own = _reader(opened, company)
            language = language_for(request, own.language)
            reader = Recipient(own.name, voice_of(language, own.language).tag, own.zone)
            with override(language):
                return sealed(view(request, Guest(token, opened, company, reader, now), **named))

        return answer

    return decorated


def _reader(opened: Visit, company: Company) -> Recipient:
    application = opened.interview.application
    if opened.link.scope == Link.Scope.CANDIDATE:
        return Recipient(application.candidate.name, application.language, application.time_zone)
    employee = Employee.objects.get(pk=opened.link.person_id)
    return Recipient(employee.name, employee.language or company.default_language, employee.time_zone)


def turned_away(request: HttpRequest, error: NotFound, **shown: object) -> HttpResponse:
    """A kind word for whoever's link opens nothing."""
    company = Company.objects.first()
    shown |= {"error": error, "contact": contact_of(company) if company else None}
    if request.method == "GET":
        shown["here"] = request.path
    with override(language_for(request)):
        return sealed(render(request, "portal/error.html", shown, status=410 if isinstance(error, LinkEnded) else 404))
