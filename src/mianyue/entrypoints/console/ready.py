"""Who can be invited now: one by one after a look at the times, or several at once."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mianyue.base.errors import MianyueError
from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.queries import uninvited
from mianyue.domain.recruiting.models import Application, Job, Round
from mianyue.domain.recruiting.queries import search
from mianyue.entrypoints.console import pages, words
from mianyue.entrypoints.console.acts import actor, back
from mianyue.entrypoints.console.matching import reasons
from mianyue.workflows.invite import HINDERING, Invited, Wish, invite

PER_PAGE = 25


def page(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """The list; posted codes are invited."""
    if request.method == "POST":
        _invite(request, request.POST.getlist("application"))
        return back(request, reverse("admin:ready"))
    text, job, only = _filter(request.GET)
    by_match = request.GET.get("order") == "match"
    found = _found(request.GET).select_related("candidate", "job__site", "resume")
    found = found.defer("note", "resume__content", "resume__facts", "resume__confirmed")
    # Whoever's résumé couldn't be read comes last, but comes: the order leaves nobody out.
    shown = Paginator(found.order_by(*([F("match").desc(nulls_last=True)] if by_match else []), "code"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return pages.page(
        site,
        request,
        "ready",
        _("Ready to invite"),
        rows=_rows(shown.object_list),
        page=shown,
        jobs=Job.objects.order_by("code"),
        text=text,
        chosen_job=job,
        only=only or "ready",
        order="match" if by_match else "code",
        tabs=[("ready", _("Ready")), ("hindered", _("Hindered")), ("all", _("All"))],
    )


def codes(asked: QueryDict) -> list[str]:
    """The codes of everybody whom these filters leave, on all pages."""
    return list(_found(asked).order_by("code").values_list("code", flat=True))


def _found(asked: QueryDict) -> QuerySet[Application]:
    text, job, only = _filter(asked)
    found = search(uninvited(), text)
    if job:
        found = found.filter(job__code=job)
    if only == "hindered":
        return found.filter(problems__overlap=list(HINDERING))
    return found if only == "all" else found.exclude(problems__overlap=list(HINDERING))


def _filter(asked: QueryDict) -> tuple[str, str, str]:
    return asked.get("q", ""), asked.get("job", ""), asked.get("only", "")


def _rows(applications: Sequence[Application]) -> list[dict[str, object]]:
    """The applications of one page, each with its round and what is known to be in the way."""
    applications = list(applications)
    rounds = {(r.job_id, r.number): r for r in Round.objects.filter(job_id__in={a.job_id for a in applications})}
    tried = set(
        Task.objects.filter(subject_id__in=[a.pk for a in applications], kind=Task.Kind.NO_TIME, state=Task.State.OPEN).values_list(
            "subject_id", flat=True
        )
    )
    return [
        {
            "application": application,
            "round": rounds.get((application.job_id, application.round_number)),
            "match": reasons(application),
            "hindered": any(code in HINDERING for code in application.problems),
            "no_time": application.pk in tried,
        }
        for application in applications
    ]


def _invite(request: HttpRequest, codes: list[str]) -> None:
    """Invites and tells how each went: the sent ones as a number, the others one by one."""
    if not codes:
        messages.warning(request, _("Select at least one application."))
        return
    try:
        done = invite(Wish(applications=codes), actor(request), settings.CLOCK.now())
    except MianyueError as error:
        messages.error(request, words.error(error))
        return
    sent = sum(invited.fresh for invited in done)
    if sent:
        messages.success(
            request,
            ngettext(
                "%(count)s candidate is invited; the letter is on its way.",
                "%(count)s candidates are invited; the letters are on their way.",
                sent,
            )
            % {"count": sent},
        )
    for invited in done:
        if not invited.fresh:
            messages.warning(request, _why_not(invited))


def _why_not(invited: Invited) -> str:
    if invited.problem is None:
        return _("%(code)s is invited already.") % {"code": invited.application.code}
    why = {"code": invited.application.code, "why": words.of(words.PROBLEMS, invited.problem["code"])}
    if invited.problem["code"] == "no_time":
        return _("%(code)s: %(why)s. What stands in the way is in your queue.") % why
    return _("%(code)s: %(why)s. Correct the company's files and import again.") % why
