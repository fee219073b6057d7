"""The button in the list of employees that sends somebody the address of their page on the phone."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from mianyue.domain.organization.models import Employee
from mianyue.entrypoints.console.acts import actor, back, perform
from mianyue.workflows.staff.page import send_page


def button(employee: Employee) -> str:
    """For a cell of a list: it posts the list's own form, with its token, to ``send`` instead."""
    address, label = reverse("admin:phone_page", args=[employee.pk]), _("Send phone page")
    return format_html('<button type="submit" class="c-link" formaction="{}">{}</button>', address, label)


def send(site: AdminSite, request: HttpRequest, pk: UUID) -> HttpResponse:
    """The button was pressed."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    perform(
        request,
        lambda: send_page(pk, actor(request), settings.CLOCK.now()),
        lambda notice: _("The phone page is on its way.") if notice else _("It was sent a moment ago."),
    )
    return back(request, reverse("admin:organization_employee_changelist"))
