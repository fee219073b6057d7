"""The writer's page: its switch, what it costs, how it does, and which check spoke against which letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from mianyue.domain.notices.models import Wording, WriterMonth
from mianyue.domain.notices.wording.breaker import REST
from mianyue.domain.notices.wording.queries import months, newest, outcomes, writer_state
from mianyue.entrypoints.console import pages, wording_words, words
from mianyue.entrypoints.console.acts import actor, perform
from mianyue.workflows import word

LATELY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many letters of late ended so, and their share of all in percent."""

    state: str
    why: str
    number: int
    percent: int


@dataclass(frozen=True, slots=True)
class Line:
    """One letter whose words were settled."""

    wording: Wording
    why: str


@dataclass(frozen=True, slots=True)
class Month:
    """What a month cost, in the currency of the prices."""

    month: WriterMonth
    spent: str


def page(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """How the writer does; also where none is set up, since that is a fact too."""
    now, state = settings.CLOCK.now(), writer_state()
    settled = outcomes(now - LATELY)
    all_of_them = sum(number for *_rest, number in settled) or 1
    resting = state.opened_at + REST if state.opened_at else None
    return pages.page(
        site,
        request,
        "writer",
        _("Wording of letters"),
        in_use=word.in_use(),
        state=state,
        resting=resting if resting and resting > now else None,
        trying=state.opened_at is not None and (resting is None or resting <= now),
        outcomes=[Outcome(kind, said_why(why), number, round(100 * number / all_of_them)) for kind, why, number in settled],
        months=[Month(month, f"{month.spent / 1_000_000:.4f}") for month in months()],
        limit=settings.MIANYUE_WRITER_MONTHLY_LIMIT,
        lines=[Line(wording, said_why(wording.check_failed)) for wording in newest()],
    )


def act(site: AdminSite, request: HttpRequest, name: str) -> HttpResponse:
    """The switch was pressed: ``on`` or ``off``."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if name not in ("on", "off"):
        raise Http404
    told = _("The writer is asked again from now on.") if name == "on" else _("The writer is off; templates go out from now on.")
    perform(request, lambda: word.switch(name == "on", actor(request), settings.CLOCK.now()), told)
    return HttpResponseRedirect(reverse("admin:writer"))


def said_why(check: str) -> str:
    """What spoke against the writer's sentences, in words."""
    if check.startswith("guard_"):
        return str(wording_words.WORDING_GUARD) % {"check": check.removeprefix("guard_")}
    return words.of(wording_words.WORDING_CHECKS, check)
