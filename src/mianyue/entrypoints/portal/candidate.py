"""The candidate's page and what can be done on it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mianyue.base.errors import SomebodyWasFirst
from mianyue.domain.notices.models import Link
from mianyue.domain.replies.models import Heard
from mianyue.entrypoints.portal import calendar_file, candidate_heard
from mianyue.entrypoints.portal.candidate_page import read
from mianyue.entrypoints.portal.door import Guest, by_link
from mianyue.entrypoints.portal.forms import Pick, Seen
from mianyue.workflows import hear, reply
from mianyue.workflows.hearing import correct

by_candidate = by_link(Link.Scope.CANDIDATE)


@by_candidate
@require_safe
def page(request: HttpRequest, guest: Guest) -> HttpResponse:
    """Where the interview stands. ``?pick=2`` shows that time first; it books nothing, since mail scanners open links too."""
    return _shown(request, guest)


@by_candidate
@require_safe
def calendar(request: HttpRequest, guest: Guest) -> HttpResponse:
    """The booked time for a calendar program, with the UID of the entry in the letter, so that it isn't kept twice."""
    entry = calendar_file.for_candidate(guest)
    if entry is None:
        return _shown(request, guest, status=404, problem=_("There is no booked time at the moment."))
    response = HttpResponse(entry, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="interview.ics"'
    return response


@by_candidate
@require_POST
def pick(request: HttpRequest, guest: Guest) -> HttpResponse:
    """Books one of the offered times."""
    form = Pick(request.POST)
    if not form.is_valid():
        return _shown(request, guest, status=400, problem=_("Please choose one of the times."))
    try:
        reply.pick(guest.visit, form.cleaned_data["number"], form.cleaned_data["proposal"], guest.now)
    except SomebodyWasFirst:
        return _moved_on(request, guest, _("We are sorry: this time is no longer available. This is how things stand now."))
    return _back(request, guest, _("Thank you. We are sending you a confirmation with everything you need."))


@by_candidate
@require_POST
def other(request: HttpRequest, guest: Guest) -> HttpResponse:
    """Asks for other times than those the person was looking at, with words about them or without."""
    form = Seen(request.POST)
    if not form.is_valid():
        return _shown(request, guest, status=400, problem=_mistake(form))
    said, seen = form.cleaned_data["said"], form.cleaned_data["seen"]
    try:
        if said:
            return _heard(guest, hear.other_times_in_words(guest.visit, said, seen, guest.now))
        found = reply.other_times(guest.visit, "", guest.now, seen=seen)
    except SomebodyWasFirst:
        return _moved_on(request, guest)
    except hear.TooMuchSaid:
        return _too_much(request, guest)
    return _others(guest, request, found)


@by_candidate
@require_POST
def say(request: HttpRequest, guest: Guest) -> HttpResponse:
    """Whatever the person wants to say: understood at once where it is plain, else a question back or a person."""
    form = Seen(request.POST)
    if not form.is_valid():
        return _shown(request, guest, status=400, problem=_mistake(form))
    if not form.cleaned_data["said"]:
        return _shown(request, guest, status=400, problem=_("Please write something first."))
    try:
        heard = hear.heard_on_page(guest.visit, form.cleaned_data["said"], form.cleaned_data["seen"], guest.now)
    except hear.TooMuchSaid:
        return _too_much(request, guest)
    return _heard(guest, heard)


@by_candidate
@require_POST
def misread(request: HttpRequest, guest: Guest, heard_id: UUID) -> HttpResponse:
    """That's not what I meant: a person reads it."""
    return _heard(guest, correct.not_meant(guest.visit, heard_id, guest.now))


@by_candidate
@require_POST
def stay(request: HttpRequest, guest: Guest, heard_id: UUID) -> HttpResponse:
    """No to a question back: everything stays as it is."""
    correct.stay(guest.visit, heard_id, guest.now)
    return _back(request, guest, _("Good: nothing was changed."))


@by_candidate
@require_POST
def move(request: HttpRequest, guest: Guest, heard_id: UUID) -> HttpResponse:
    """Yes, look for another time than the booked one."""
    try:
        found = correct.move(guest.visit, heard_id, request.POST.get("seen", ""), guest.now)
    except SomebodyWasFirst:
        return _moved_on(request, guest)
    return _others(guest, request, found)


@by_candidate
@require_POST
def decline(request: HttpRequest, guest: Guest) -> HttpResponse:
    """The candidate steps back."""
    try:
        reply.decline(guest.visit, guest.now)
    except SomebodyWasFirst:
        return _moved_on(request, guest)
    return _back(request, guest)


def _shown(request: HttpRequest, guest: Guest, *, status: int = 200, problem: str = "") -> HttpResponse:
    answer = candidate_heard.read(guest, request.GET.get("heard", ""))
    shown = {
        "page": read(guest, request.GET.get("pick", "")),
        "heard": answer,
        "token": guest.token,
        "standing": reply.standing(guest.visit.interview),
        "problem": problem,
        "said": request.POST.get("said", "") or (answer.heard.words if answer and answer.again else ""),
        "here": _address(guest) if request.method == "POST" else request.get_full_path(),
        "longest": reply.LONGEST_QUESTION,
    }
    return render(request, "portal/candidate.html", shown, status=status)


def _moved_on(request: HttpRequest, guest: Guest, problem: str = "") -> HttpResponse:
    problem = problem or _("Things have moved on in the meantime; nothing was changed. This is how they stand now.")
    return _shown(request, guest.again(), status=409, problem=problem)


def _heard(guest: Guest, heard: Heard) -> HttpResponse:
    return HttpResponseRedirect(f"{_address(guest)}?heard={heard.pk}#heard", status=303)


def _others(guest: Guest, request: HttpRequest, found: bool) -> HttpResponse:
    if found:
        return _back(request, guest, _("We have found other times for you. Please choose one below."))
    return _back(request, guest, _("Thank you. A recruiter will look for other times and write to you."))


def _too_much(request: HttpRequest, guest: Guest) -> HttpResponse:
    problem = _("You have written very often within an hour. Please wait a while, or write to the contact below.")
    return _shown(request, guest, status=429, problem=problem)


def _back(request: HttpRequest, guest: Guest, message: str = "") -> HttpResponse:
    if message:
        messages.success(request, message)
    return HttpResponseRedirect(_address(guest), status=303)


def _address(guest: Guest) -> str:
    return reverse("portal:candidate", args=[guest.token])


def _mistake(form: Seen) -> str:
    if form.has_error("said", "max_length"):
        return _("Please write a little less: at most %(count)d characters.") % {"count": reply.LONGEST_QUESTION}
    return _("Something was missing. Please try once more.")
