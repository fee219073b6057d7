"""The privacy page: what is kept, why, for how long, and whom to write to (PIPL Art. 17, GDPR Art. 13 and 14)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from mianyue.domain.organization.queries import company as the_company
from mianyue.entrypoints.portal.headers import sealed
from mianyue.entrypoints.portal.language import language_for
from mianyue.workflows.facts import contact_of, is_web, privacy_of


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The same for everybody. Raises NothingImported while there is no company."""
    company = the_company()
    shown = {
        "company": company.name,
        "contact": contact_of(company),
        "privacy": privacy_of(company),
        "here": request.path,
        "notice": company.privacy_notice_url if is_web(company.privacy_notice_url) else "",
    }
    with override(language_for(request, company.default_language)):
        return sealed(render(request, "portal/privacy.html", shown))
