"""The interviewer's page: whom they meet, when and where, and two taps."""

from __future__ import annotations

from pathlib import PurePath

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mianyue.base.errors import Refused, SomebodyWasFirst
from mianyue.domain.interviews.models import InterviewChange
from mianyue.domain.notices.models import Link
from mianyue.entrypoints.portal import staff_words
from mianyue.entrypoints.portal.door import Guest, by_link
from mianyue.entrypoints.portal.forms import Words
from mianyue.entrypoints.portal.interviewer_page import read
from mianyue.workflows import ask_change, reply

TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    # No charset: old Chinese text files are GB 18030 as often as UTF-8, and programs look for themselves.
    ".txt": "text/plain",
}

by_interviewer = by_link(Link.Scope.INTERVIEWER)


@by_interviewer
@require_safe
def page(request: HttpRequest, guest: Guest) -> HttpResponse:
    """The interview as this interviewer may know it, or a kind word when it is no longer theirs."""
    return _shown(request, guest)


@by_interviewer
@require_safe
def resume(request: HttpRequest, guest: Guest) -> HttpResponse:
    """The résumé as it was sent to the company, to be saved and not shown: a browser must never run what is in it."""
    found = reply.open_resume(guest.visit, guest.now)
    if found is None:
        return _shown(request, guest, status=404)
    # The file's own name was given by the candidate and may say anything; it stays here.
    suffix = PurePath(found.file_name).suffix.lower()
    response = HttpResponse(found.content, content_type=TYPES.get(suffix, "application/octet-stream"))
    name = f"{guest.visit.interview.application.code}{suffix if suffix in TYPES else ''}"
    response["Content-Disposition"] = f'attachment; filename="{_plain(name)}"'
    return response


@by_interviewer
@require_POST
def accept(request: HttpRequest, guest: Guest) -> HttpResponse:
    """They will be there."""
    try:
        reply.accept_seat(guest.visit, guest.now)
    except SomebodyWasFirst:
        return _shown(request, guest.again(), status=409)
    return _back(request, guest, _("Thank you. It is noted that you will be there."))


@by_interviewer
@require_POST
def cannot(request: HttpRequest, guest: Guest) -> HttpResponse:
    """They can't make it: somebody else takes the seat, or the candidate gets other times, or a person decides."""
    form = Words(request.POST)
    if not form.is_valid():
        problem = _("Please write a little less: at most %(count)d characters.") % {"count": reply.LONGEST_QUESTION}
        return _shown(request, guest, status=400, problem=problem)
    try:
        done = reply.give_up_seat(guest.visit, form.cleaned_data["said"], guest.now)
    except SomebodyWasFirst:
        return _shown(request, guest.again(), status=409)
    said = {
        "replaced": _("Thank you for telling us. A colleague takes over; everybody has been told."),
        "left": _("Thank you for telling us. The interview goes on without you."),
        "reoffered": _("Thank you for telling us. The candidate has been sent other times."),
        "asked": _("Thank you for telling us. A recruiter will find a way and write to you."),
    }
    return _back(request, guest, said[done])


@by_interviewer
@require_POST
def change(request: HttpRequest, guest: Guest) -> HttpResponse:
    """They ask for another time. Asking twice changes nothing."""
    form = Words(request.POST)
    if not form.is_valid():
        problem = _("Please write a little less: at most %(count)d characters.") % {"count": reply.LONGEST_QUESTION}
        return _shown(request, guest, status=400, problem=problem, asking=True)
    seat = reply.seat_of(guest.visit)
    if seat is None:
        return _shown(request, guest, status=409)
    try:
        wish = InterviewChange.Wish.OTHER_TIME
        ask_change.ask_change(guest.visit.interview, seat.employee, wish, form.cleaned_data["said"], guest.visit.actor, guest.now)
    except SomebodyWasFirst:
        return _shown(request, guest.again(), status=409)
    except Refused as error:
        return _shown(request, guest.again(), status=409, problem=staff_words.refusal(error), asking=True)
    return _back(request, guest, _("Thank you. We write to you as soon as it is decided."))


def _shown(request: HttpRequest, guest: Guest, *, status: int = 200, problem: str = "", asking: bool = False) -> HttpResponse:
    shown = {
        "page": read(guest),
        "token": guest.token,
        "problem": problem,
        "asking": asking,
        "said": request.POST.get("said", ""),
        "here": reverse("portal:interviewer", args=[guest.token]),
        "longest": reply.LONGEST_QUESTION,
    }
    return render(request, "portal/interviewer.html", shown, status=status)


def _back(request: HttpRequest, guest: Guest, message: str) -> HttpResponse:
    messages.success(request, message)
    return HttpResponseRedirect(reverse("portal:interviewer", args=[guest.token]), status=303)


def _plain(name: str) -> str:
    return "".join(char if char.isascii() and (char.isalnum() or char in "-._") else "_" for char in name)
