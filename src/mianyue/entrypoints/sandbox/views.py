"""The pages of the demo's mailbox and phone. They read files, and post what somebody answers; outside a demo they do not exist."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from mianyue.adapters.channels import sandbox as sms
from mianyue.entrypoints.sandbox import answering, invitation, mail_server, mails
from mianyue.entrypoints.sandbox.overviews import Recipient, by_number, by_recipient

View = Callable[..., HttpResponse]

POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'self'; base-uri 'none'"
)
"""A letter's frame inherits this (HTML standard, "srcdoc"): its own styles apply, and it can load nothing from anywhere."""


def _demo_only(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        if not settings.MIANYUE_DEMO:
            raise Http404
        response = never_cache(view)(request, *args, **kwargs)
        response.setdefault("Content-Security-Policy", POLICY)
        response.setdefault("X-Content-Type-Options", "nosniff")
        return response

    return guarded


@_demo_only
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Everybody who got something."""
    boxes = by_recipient(mails.summaries(_mail_folder()))
    phones = by_number(sms.received(_sms_folder()))
    return render(request, "sandbox/overview.html", {"boxes": boxes, "phones": phones, "lively": True})


@_demo_only
@require_safe
def mailbox(request: HttpRequest, address: str) -> HttpResponse:
    """One address's mails, newest first; an address that got nothing yet has an empty box."""
    received = [mail for mail in mails.summaries(_mail_folder()) if mail.recipient == address.lower()]
    box = by_recipient(received)[0] if received else Recipient(address)
    return render(request, "sandbox/mailbox.html", {"box": box, "mails": received, "lively": True})


@_demo_only
@require_safe
def phone(request: HttpRequest, number: str) -> HttpResponse:
    """One number's text messages, in the order of a phone."""
    texts = [text for text in sms.received(_sms_folder()) if text.to == number]
    box = by_number(texts)[0] if texts else Recipient(number)
    return render(request, "sandbox/phone.html", {"box": box, "texts": texts, "lively": True})


@_demo_only
@require_safe
def message(request: HttpRequest, name: str) -> HttpResponse:
    """One mail as its reader sees it; ``?view=text`` shows the plain part."""
    mail = _found(name)
    as_html = bool(mail.html) and request.GET.get("view") != "text"
    shown = {
        "mail": mail,
        "as_html": as_html,
        "framed": _framed(mail.html) if as_html else "",
        "invitation": invitation.read(mail.calendar, mail.method) if mail.calendar else None,
        "answerable": _answerable(mail),
        "longest": answering.LONGEST,
        "answered": request.GET.get("answered"),
    }
    return render(request, "sandbox/message.html", shown)


@_demo_only
@require_POST
def answer(request: HttpRequest, name: str) -> HttpResponse:
    """Posts what the recipient writes back; their mail program's part is played by ``answering``."""
    mail = _found(name)
    words = request.POST.get("words", "").strip()
    if not _answerable(mail):
        raise Http404
    outcome = "yes"
    if not 0 < len(words) <= answering.LONGEST:
        outcome = "length"
    else:
        try:
            answering.post(mail, words, settings.CLOCK.now())
        except answering.AnswerRefused:
            outcome = "refused"
    return redirect(f"{reverse('sandbox:message', args=[name])}?answered={outcome}#answer")


@_demo_only
@require_safe
def source(request: HttpRequest, name: str) -> HttpResponse:
    """The very bytes that were received; ``?download`` as an .eml file."""
    response = HttpResponse(_found(name).raw, content_type="text/plain; charset=utf-8")
    if "download" in request.GET:
        response = HttpResponse(_found(name).raw, content_type="message/rfc822")
        response["Content-Disposition"] = 'attachment; filename="message.eml"'
    return response


@_demo_only
@require_safe
def invite(request: HttpRequest, name: str) -> HttpResponse:
    """The mail's invitation, to be opened by a calendar program."""
    calendar = _found(name).calendar
    if not calendar:
        raise Http404
    response = HttpResponse(calendar, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="invite.ics"'
    return response


@_demo_only
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remembers the chosen language in Django's cookie and goes back."""
    return set_language(request)


def _mail_folder():
    return mail_server.folder_in(settings.MIANYUE_HOME)


def _sms_folder():
    return sms.folder_in(settings.MIANYUE_HOME)


def _found(name: str) -> mails.Mail:
    mail = mails.find(_mail_folder(), name)
    if mail is None:
        raise Http404
    return mail


def _answerable(mail: mails.Mail) -> bool:
    """Whether an answer to it comes to mianyue's own mailbox."""
    return bool(settings.MIANYUE_REPLY_TO) and answering.answers_go_to(mail) == settings.MIANYUE_REPLY_TO


def _framed(html: str) -> str:
    """The letter for its sandboxed frame: without a base target its links would open inside the frame, where nothing works."""
    base = '<base target="_blank">'
    openings = (re.search(rf"<{tag}\b[^>]*>", html, re.IGNORECASE) for tag in ("head", "html", "!doctype"))
    place = next((opening for opening in openings if opening), None)
    at = place.end() if place else 0
    return html[:at] + base + html[at:]
