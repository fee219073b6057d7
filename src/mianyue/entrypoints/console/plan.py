"""One plan as HR looks at it before anything is sent: how good it is, who gets how many times, and everybody's times."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from mianyue.base.errors import NotFound
from mianyue.base.interval import Interval
from mianyue.domain.interviews.models import Interview
from mianyue.domain.organization.models import Employee
from mianyue.domain.plans.models import Plan
from mianyue.domain.plans.queries import (
    Summary,
    applications_in,
    counts,
    invited,
    plan_numbered,
    shares,
    somebody_sends,
    summary,
    times_of,
)
from mianyue.domain.recruiting.models import Application
from mianyue.domain.rooms.models import Room
from mianyue.entrypoints.console import pages

PER_PAGE = 25
PATIENCE = timedelta(seconds=10)
"""How long a plan may wait for a worker before the page says so."""
LIVE = (Plan.State.SEARCHING, Plan.State.SENDING)


@dataclass(frozen=True, slots=True)
class Share:
    """So many applications get so many times."""

    label: str
    count: int
    tone: str


@dataclass(frozen=True, slots=True)
class Time:
    """One planned time, with people and room by name."""

    interval: Interval
    panel: list[str]
    shadow: str
    room: str


@dataclass(frozen=True, slots=True)
class Row:
    """One application and its planned times; ``searched``: whether times were looked for at all."""

    application: Application
    times: list[Time]
    searched: bool
    interview: Interview | None


def page(site: AdminSite, request: HttpRequest, number: int) -> HttpResponse:
    """The plan with its table, by ``?only=``: all, those with fewer times than asked for, or those without."""
    plan = _plan(number)
    found = counts(plan)
    every = applications_in(plan)
    chosen = {
        "all": every,
        "fewer": {one for one in every if 0 < found.get(one, 0) < plan.options},
        "without": {one for one in every if not found.get(one)},
    }
    only = request.GET.get("only", "all")
    only = only if only in chosen else "all"
    applications = Application.objects.filter(pk__in=chosen[only]).select_related("candidate", "job").defer("note").order_by("code")
    shown = Paginator(applications, PER_PAGE).get_page(request.GET.get("page"))
    labels = {"all": _("All"), "fewer": _("Fewer times"), "without": _("Without a time")}
    return pages.page(
        site,
        request,
        "plan",
        _("Plan %(number)s") % {"number": number},
        rows=_rows(plan, list(shown.object_list), found) if plan.state != Plan.State.SEARCHING else [],
        page=shown,
        only=only,
        tabs=[(key, label, len(chosen[key])) for key, label in labels.items() if chosen[key] or key in ("all", only)],
        **_shown(plan),
    )


def standing(site: AdminSite, request: HttpRequest, number: int) -> HttpResponse:
    """How the plan stands, for the page to replace its own; 204 while ``version`` is the newest, a reload once other buttons fit."""
    plan = _plan(number)
    shown = _shown(plan)
    if request.GET.get("state") != shown["state"]:
        return HttpResponse(headers={"HX-Refresh": "true"})
    if request.GET.get("version") == shown["version"]:
        return HttpResponse(status=204)
    return TemplateResponse(request, "console/plan_standing.html", shown)


def headline(figures: Summary) -> str:
    """The sentence HR wants first: how many are placed, and how many more could be."""
    said = {"placed": figures.placed, "all": figures.applications, "more": figures.more_possible}
    if not figures.proven:
        said |= {"done": figures.parts_done, "parts": figures.parts}
        return _("Searching times for %(all)s candidates: %(done)s of %(parts)s parts are done.") % said
    if figures.more_possible:
        return (
            ngettext(
                "%(placed)s of %(all)s placed, at most %(more)s more is possible.",
                "%(placed)s of %(all)s placed, at most %(more)s more are possible.",
                figures.more_possible,
            )
            % said
        )
    if figures.placed < figures.applications:
        return _("%(placed)s of %(all)s placed, no more are possible.") % said
    return _("%(placed)s of %(all)s placed.") % said


def gap(figures: Summary) -> str:
    """How near the plan is to the best possible one, rounded up; nothing where that is not known of all its parts."""
    if not figures.bounded:
        return ""
    if figures.objective >= figures.bound:
        return _("No better plan is possible.")
    percent = number_format(math.ceil(figures.gap * 1000) / 10, 1)
    return _("At most %(percent)s %% from the best possible plan.") % {"percent": percent}


def _plan(number: int) -> Plan:
    try:
        return plan_numbered(number)
    except NotFound as error:
        raise Http404 from error


def _shown(plan: Plan) -> dict[str, Any]:
    """Everything above the table. ``version`` is a fingerprint of what changes while the page is open."""
    figures, now = summary(plan), settings.CLOCK.now()
    sent = invited(plan)
    broke_off = plan.state == Plan.State.SENDING and not somebody_sends(plan)
    unattended = plan.state == Plan.State.SEARCHING and not figures.parts_begun and now - plan.created_at > PATIENCE
    facts = [figures, sent, unattended, get_language()]
    live = plan.state in LIVE
    return {
        "plan": plan,
        "state": f"{plan.state}-broken-off" if broke_off else plan.state,
        "figures": figures,
        "headline": headline(figures),
        "gap": gap(figures),
        "shares": _shares(plan, figures) if figures.proven else [],
        "progress": _progress(plan, figures, sent) if live else None,
        "invited": sent,
        "without": figures.applications - figures.placed,
        "broke_off": broke_off,
        "unattended": unattended,
        "live": live,
        "version": hashlib.sha256(repr(facts).encode()).hexdigest()[:16],
    }


def _shares(plan: Plan, figures: Summary) -> list[Share]:
    """Who gets how many, most first; whoever could not be searched for last."""
    found = shares(plan)
    searched = sum(found.values())
    many = [
        Share(ngettext("%(times)s time", "%(times)s times", times) % {"times": times}, count, f"of-{times}")
        for times, count in found.items()
        if times
    ]
    none = [Share(_("none"), found[0], "of-none")] if found.get(0) else []
    unknown = [Share(_("not searched"), figures.applications - searched, "of-unknown")] if figures.applications > searched else []
    return [*many, *none, *unknown]


def _progress(plan: Plan, figures: Summary, sent: int) -> dict[str, int]:
    """How far the search or the sending is, of how much."""
    if plan.state == Plan.State.SENDING:
        return {"done": sent, "all": figures.placed}
    return {"done": max(figures.parts_done * plan.seconds, int(figures.spent)), "all": figures.parts * plan.seconds}


def _rows(plan: Plan, applications: Sequence[Application], found: Mapping[UUID, int]) -> list[Row]:
    """The applications of one page with their times, in a fixed number of queries."""
    ids = [application.pk for application in applications]
    kept = times_of(plan, ids)
    every = [time for times in kept.values() for time in times]
    names = _names({key for time in every for key in (*time["people"], time["shadow"]) if key})
    rooms = {room.code: room.name for room in Room.objects.filter(code__in={time["room"] for time in every if time["room"]})}
    interviews = _interviews(plan, ids)
    return [
        Row(
            application,
            [_time(time, names, rooms) for time in kept.get(application.pk, [])],
            application.pk in found,
            interviews.get(application.pk),
        )
        for application in applications
    ]


def _names(codes: Collection[str]) -> dict[str, str]:
    return {employee.code: employee.name for employee in Employee.objects.filter(code__in=codes)}


def _time(kept: Mapping[str, Any], names: Mapping[str, str], rooms: Mapping[str, str]) -> Time:
    return Time(
        Interval(datetime.fromisoformat(kept["start"]), datetime.fromisoformat(kept["end"])),
        [names.get(key, key) for key in kept["people"]],
        names.get(kept["shadow"], kept["shadow"]) if kept["shadow"] else "",
        rooms.get(kept["room"], kept["room"]) if kept["room"] else "",
    )


def _interviews(plan: Plan, ids: Sequence[UUID]) -> dict[UUID, Interview]:
    """By application, the newest interview since the plan was begun."""
    since = Interview.objects.filter(application__in=ids, created_at__gte=plan.created_at).order_by("created_at")
    return {interview.application_id: interview for interview in since}
