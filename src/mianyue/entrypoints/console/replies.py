"""What candidates wrote in their own words: what was understood, how sure, what was done, and one tap to put it right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mianyue.base.errors import Refused
from mianyue.base.interval import Interval
from mianyue.domain.interviews.models import Interview
from mianyue.domain.interviews.queries import whole
from mianyue.domain.interviews.states import LIVE
from mianyue.domain.recruiting.models import Application
from mianyue.domain.replies.models import Heard
from mianyue.domain.replies.states import HeardState
from mianyue.entrypoints.console import pages, reply_words, times, words
from mianyue.entrypoints.console.acts import actor, back, perform
from mianyue.entrypoints.console.journal import names_of
from mianyue.workflows.hearing.correct import Correction, correct
from mianyue.workflows.hearing.seen import open_options
from mianyue.workflows.hearing.understood import wanted_spans

PER_PAGE = 20
TABS = {"all": None, "person": HeardState.WITH_PERSON, "asked": HeardState.ASKED_BACK, "waiting": HeardState.WAITING}
ACTS = {Correction.BOOK, Correction.SEARCH, Correction.ANSWERED, Correction.STEP_BACK, Correction.NOTHING}


@dataclass(frozen=True, slots=True)
class Bookable:
    """A time on offer that a recruiter may book for the candidate."""

    number: int
    proposal: int
    when: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One message with everything needed to judge it. ``pieces`` are its words, each marked or not as evidence."""

    heard: Heard
    application: Application | None
    interview: Interview | None
    state: str
    tone: str
    channel: str
    pieces: list[tuple[str, bool]]
    understood: list[str]
    sure: str
    done: list[str]
    corrected: str
    bookable: list[Bookable]
    live: bool
    starts: str
    ends: str


def page(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """``?only=``: all messages, or those with a person, asked back, or not read yet; the newest first."""
    only = request.GET.get("only", "all")
    only = only if only in TABS else "all"
    found = Heard.objects.filter(state=TABS[only]) if TABS[only] else Heard.objects.all()
    shown = Paginator(found.defer("raw"), PER_PAGE).get_page(request.GET.get("page"))
    tabs = [("all", _("All")), ("person", _("With a person")), ("asked", _("Asked back")), ("waiting", _("Not read yet"))]
    return pages.page(site, request, "replies", _("Replies"), rows=_shown(shown.object_list), page=shown, only=only, tabs=tabs)


def act(site: AdminSite, request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """A recruiter says what was meant: ``book``, ``search``, ``answered``, ``step_back`` or ``nothing``."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if name not in ACTS:
        raise Http404
    get_object_or_404(Heard, pk=pk)
    perform(request, lambda: _correct(request, pk, Correction(name)), _("Corrected and done."))
    return back(request, reverse("admin:replies"))


def _correct(request: HttpRequest, pk: UUID, correction: Correction) -> None:
    time, within = None, ()
    if correction == Correction.BOOK:
        number, _dot, proposal = request.POST.get("time", "").partition(".")
        time = (int(number), int(proposal)) if number.isdecimal() and proposal.isdecimal() else None
    elif correction == Correction.SEARCH:
        within = (_interval(request.POST.get("starts", ""), request.POST.get("ends", "")),)
    correct(pk, correction, actor(request), settings.CLOCK.now(), time=time, within=within)


def _interval(starts: str, ends: str) -> Interval:
    """A stretch on the company's clock, as the form's fields give it. Raises Refused."""
    try:
        zone = timezone.get_current_timezone()
        start, end = (datetime.fromisoformat(text).replace(tzinfo=zone) for text in (starts, ends))
        return Interval(start, end)
    except ValueError:
        raise Refused("That is no stretch of time.", "Give when it begins and, after that, when it ends.") from None


def _shown(rows: Iterable[Heard]) -> list[Shown]:
    """The messages of one page with applications, interviews and people, in a fixed number of queries."""
    rows = list(rows)
    codes = {heard.application_code for heard in rows} - {""}
    applications = {a.code: a for a in Application.objects.filter(code__in=codes).select_related("candidate", "job")}
    ids = {heard.interview_id for heard in rows} - {None}
    interviews = {i.pk: i for i in whole(Interview.objects.filter(pk__in=ids))}
    names = names_of((kind, key) for heard in rows for kind, _colon, key in [heard.corrected_by.partition(":")] if kind)
    return [_one(heard, applications.get(heard.application_code), interviews.get(heard.interview_id), names) for heard in rows]


def _one(heard: Heard, application: Application | None, interview: Interview | None, names: Mapping[tuple[str, str], str]) -> Shown:
    now = settings.CLOCK.now()
    spans = wanted_spans(heard.understood, interview.round.minutes) if interview else []
    local = [timezone.localtime(at).strftime("%Y-%m-%dT%H:%M") for span in spans[:1] for at in (span.start, span.end)]
    options = open_options(interview, now) if interview else []
    return Shown(
        heard,
        application,
        interview,
        words.of(reply_words.STATES, heard.state),
        words.of(reply_words.STATE_TONES, heard.state),
        words.of(reply_words.CHANNELS, heard.channel),
        _pieces(heard.words, heard.understood),
        _understood(heard),
        words.of(reply_words.SURENESS, reply_words.sureness(heard.understood.get("certainty", 0))) if heard.understood else "",
        [said for one in heard.done if (said := _done(one))],
        _corrected(heard, names),
        [Bookable(o.number, o.proposal, times.span(o.during)) for o in options],
        interview is not None and interview.state in LIVE,
        *(local or ("", "")),
    )


def _pieces(said: str, understood: Mapping[str, Any]) -> list[tuple[str, bool]]:
    """The words in pieces, those that something was understood from marked."""
    marked = [False] * len(said)
    for span in (*understood.get("spans", ()), *understood.get("questions", ())):
        for place in range(span["start"], min(span["end"], len(said))):
            marked[place] = True
    pieces: list[tuple[str, bool]] = []
    for character, mark in zip(said, marked, strict=True):
        if pieces and pieces[-1][1] == mark:
            pieces[-1] = (pieces[-1][0] + character, mark)
        else:
            pieces.append((character, mark))
    return pieces


def _understood(heard: Heard) -> list[str]:
    found = heard.understood
    said: list[str] = []
    if found.get("pick"):
        said.append(_("chooses %(when)s") % {"when": _seen(heard, [found["pick"]])})
    elif found.get("fits"):
        said.append(_("may mean %(when)s") % {"when": _seen(heard, found["fits"])})
    if found.get("proposed"):
        said.append(_("could come %(when)s") % {"when": _windows(found["proposed"])})
    if found.get("excluded"):
        said.append(_("can't come %(when)s") % {"when": _windows(found["excluded"])})
    said += [words.of(reply_words.INTENTS, intent) for intent in found.get("intents", ()) if intent in reply_words.INTENTS]
    if found.get("late"):
        said.append(_("%(count)s min late") % {"count": found["late"]})
    if found.get("questions"):
        topics = dict.fromkeys(question["topic"] for question in found["questions"])
        said.append(_("asks: %(topics)s") % {"topics": _topics(topics)})
    if likeness := found.get("likeness"):
        kind, percent = words.of(reply_words.KINDS, likeness["kind"]), round(100 * likeness["certainty"])
        said.append(_("%(kind)s (told by likeness, not read: %(percent)s %%)") % {"kind": kind, "percent": percent})
    return said


def _done(one: Mapping[str, Any]) -> str:
    code = one["code"]
    if code == "person":
        return words.of(reply_words.WHY_PERSON, one["why"])
    facts = {
        "when": _windows(one.get("times") or one.get("windows") or ([one] if "start" in one else [])),
        "topics": _topics(one.get("topics", ())),
        "purpose": words.of(words.PURPOSES, one.get("purpose", "")),
    }
    return words.of(reply_words.DONE, code) % facts


def _corrected(heard: Heard, names: Mapping[tuple[str, str], str]) -> str:
    if not heard.corrected_as:
        return ""
    kind, _colon, key = heard.corrected_by.partition(":")
    who = names.get((kind, key)) or words.of(words.ACTORS, kind)
    facts = {"as": words.of(reply_words.CORRECTIONS, heard.corrected_as), "who": who, "when": times.moment(heard.corrected_at)}
    return _("Corrected: %(as)s (%(who)s, %(when)s)") % facts


def _seen(heard: Heard, positions: Sequence[int]) -> str:
    return _windows([heard.offered[position - 1] for position in positions if position <= len(heard.offered)])


def _windows(windows: Iterable[Mapping[str, Any]]) -> str:
    speak = times.reader_times()
    return times.enumerated([_window(window, speak) for window in windows])


def _window(window: Mapping[str, Any], speak: Any) -> str:
    start = datetime.fromisoformat(window["start"])
    return speak.stretch(Interval(start, datetime.fromisoformat(window["end"]))) if window["end"] else speak.moment(start)


def _topics(topics: Iterable[str]) -> str:
    return times.enumerated([words.of(reply_words.TOPICS, topic) for topic in topics])
