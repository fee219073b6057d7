"""Where one of the staff who lost their link has a new one sent: the same answer whether or not the address is known."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from mianyue.domain.organization.queries import company as the_company
from mianyue.entrypoints.portal.headers import sealed
from mianyue.entrypoints.portal.language import language_for
from mianyue.entrypoints.portal.staff_door import back_to
from mianyue.entrypoints.portal.staff_forms import LostPage
from mianyue.workflows.facts import contact_of
from mianyue.workflows.staff.page import ask_for_page


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Asks for an e-mail address or mobile number; a worker sends the page there if somebody of ours is reached at it."""
    company = the_company()
    with override(language_for(request, company.default_language)):
        form = LostPage(request.POST if request.method == "POST" else None)
        shown = {"company": company.name, "contact": contact_of(company), "here": request.path, "form": form}
        if request.method != "POST":
            return sealed(render(request, "portal/staff/lost.html", shown))
        if not form.is_valid():
            shown["problem"] = _("Please enter your e-mail address or mobile number.")
            return sealed(render(request, "portal/staff/lost.html", shown, status=400))
        ask_for_page(form.cleaned_data["address"])
        return sealed(back_to(request, request.path, _("If we know this address, your page is on its way to it.")))
