"""The staff's first page and its one big button."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mianyue.base.errors import Refused
from mianyue.entrypoints.portal import staff_words
from mianyue.entrypoints.portal.headers import WITH_OWN_SCRIPTS
from mianyue.entrypoints.portal.staff_door import Member, back_to, by_staff, shown_to
from mianyue.entrypoints.portal.staff_forms import Punching
from mianyue.entrypoints.portal.staff_home_page import read
from mianyue.workflows.attendance import punch as punching


@by_staff
@require_safe
def home(request: HttpRequest, member: Member) -> HttpResponse:
    """Today."""
    return _shown(request, member)


@by_staff
@require_POST
def punch(request: HttpRequest, member: Member) -> HttpResponse:
    """Somebody is there. A phone that says nothing of its place, or nonsense, is one that is nowhere in particular."""
    form = Punching(request.POST)
    place = form.cleaned_data if form.is_valid() else {}
    where = {name: place.get(name) for name in ("latitude", "longitude", "accuracy")}
    if where["latitude"] is None or where["longitude"] is None:
        where = dict.fromkeys(where)
    try:
        made = punching.punch(member.employee, member.actor, member.now, **where, device="phone page")
    except Refused as error:
        return _shown(request, member, status=409, problem=staff_words.refusal(error), stuck=True)
    said = {"when": member.times.clock(made.at)}
    message = _("Punched at %(when)s, as field work.") % said if made.field else _("Punched at %(when)s.") % said
    return back_to(request, member.address("home"), message)


def _shown(request: HttpRequest, member: Member, *, status: int = 200, problem: str = "", stuck: bool = False) -> HttpResponse:
    shown = {
        "page": read(member),
        "problem": problem,
        "stuck": stuck,
        "here": member.address("home"),
        "clock": member.times.clock(member.now),
    }
    response = shown_to(request, member, "home", shown, status)
    response["Content-Security-Policy"] = WITH_OWN_SCRIPTS
    return response
