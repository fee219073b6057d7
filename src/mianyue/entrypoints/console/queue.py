"""What waits for a person: why, in words, and the buttons that settle it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.models import Interview
from mianyue.domain.organization.models import Employee
from mianyue.domain.recruiting.models import Application
from mianyue.entrypoints.console import pages, reply_words, times, words
from mianyue.entrypoints.console.acts import actor, back, perform
from mianyue.entrypoints.console.eased import Easing, easings
from mianyue.entrypoints.console.excluded import Obstacle, obstacles
from mianyue.entrypoints.console.hiring import hire, hired, stuck
from mianyue.workflows.book import set_video_link
from mianyue.workflows.desk import close_task
from mianyue.workflows.finish import send_closing_letter
from mianyue.workflows.read_scan import can_look
from mianyue.workflows.replan import LEFT, Replanned, replan

PER_PAGE = 20
Kind = Task.Kind


@dataclass(frozen=True, slots=True)
class Waiting:
    """One task with everything needed to decide it."""

    task: Task
    application: Application | None
    interview_id: UUID | None
    obstacles: list[Obstacle]
    easings: list[Easing]
    why: list[str]


def open_count(request: HttpRequest) -> int:
    """How many tasks wait."""
    return Task.objects.filter(state=Task.State.OPEN).count()


def page(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """The queue, oldest first; ``?done`` what was settled, newest first."""
    done = "done" in request.GET
    tasks = Task.objects.filter(state=Task.State.DONE if done else Task.State.OPEN)
    shown = Paginator(tasks.order_by("-closed_at" if done else "opened_at"), PER_PAGE).get_page(request.GET.get("page"))
    return pages.page(site, request, "queue", _("Waiting for you"), waiting=_waiting(shown.object_list), page=shown, done=done)


def act(site: AdminSite, request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """One button was pressed: ``done``, ``hire``, ``video-link``, ``closing-letter`` or ``replan``."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    task = get_object_or_404(Task, pk=pk)
    now, who = settings.CLOCK.now(), actor(request)
    if name == "done":
        perform(request, lambda: close_task(task.pk, who, now), _("Done."))
    elif name == "hire" and task.kind == Kind.HIRE:
        perform(
            request,
            lambda: hire(request, task.application_code),
            hired,
        )
    elif name == "video-link" and task.kind == Kind.VIDEO_LINK:
        perform(
            request,
            lambda: set_video_link(task.application_code, request.POST.get("link", ""), who, now),
            _("The link is on its way to everybody."),
        )
    elif name == "closing-letter" and task.kind == Kind.CLOSING_LETTER:
        perform(
            request,
            lambda: send_closing_letter(task.application_code, who, now),
            lambda sent: (
                _("The closing letter is on its way.") if sent else _("No letter went out: it was sent before, or see your queue.")
            ),
        )
    elif name == "replan" and task.kind == Kind.PROMISE_BROKEN:
        perform(request, lambda: replan(who, now), _replanned)
    else:
        raise Http404
    return back(request, reverse("admin:queue"))


def _replanned(done: Sequence[Replanned]) -> str:
    changed = sum(one.done != LEFT for one in done)
    if changed:
        return _("%(value)s interviews were mended or put before you.") % {"value": changed}
    return _("Nothing can be mended yet.") if done else _("Every promised time holds.")


def _waiting(tasks: Sequence[Task]) -> list[Waiting]:
    """The tasks of one page with their applications, interviews and people, in a fixed number of queries."""
    tasks = list(tasks)
    codes = {task.application_code for task in tasks}
    applications = {a.code: a for a in Application.objects.filter(code__in=codes).select_related("candidate", "job")}
    latest = dict(
        Interview.objects.filter(application__code__in=codes)
        .order_by("application_id", "created_at")
        .values_list("application__code", "pk")
    )
    found = obstacles(task.facts.get("excluded", []) for task in tasks)
    eased = easings(task.facts.get("relaxations", []) for task in tasks)
    names = _employees(tasks)
    return [
        Waiting(
            task, applications.get(task.application_code), latest.get(task.application_code), excluding, easing, _why(task, names)
        )
        for task, excluding, easing in zip(tasks, found, eased, strict=True)
    ]


def _employees(tasks: list[Task]) -> dict[str, str]:
    """The names of employees that tasks mention, by id and by code."""
    ids = {str(task.facts["employee"]) for task in tasks if task.facts.get("employee")}
    ids |= {flaw["who"] for task in tasks for flaw in task.facts.get("broken", []) if flaw["who"]}
    if not ids:
        return {}
    by_id = Employee.objects.filter(pk__in=[i for i in ids if _is_uuid(i)])
    by_code = Employee.objects.filter(code__in=ids)
    return {**{str(e.pk): e.name for e in by_id}, **{e.code: e.name for e in by_code}}


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _why(task: Task, names: dict[str, str]) -> list[str]:
    """The facts of a task as short sentences."""
    facts, why = task.facts, []
    if facts.get("employee"):
        why.append(names.get(str(facts["employee"]), str(facts["employee"])))
    if facts.get("purpose"):
        why.append(words.of(words.PURPOSES, facts["purpose"]))
    if facts.get("channel"):
        why.append(words.of(words.CHANNELS, facts["channel"]))
    why += [_broken(flaw, names) for flaw in facts.get("broken", [])]
    if task.kind == Kind.RESUME_UNREADABLE:
        why.append(words.of(words.RESUME_PROBLEMS, facts.get("why", "")))
        if facts.get("why") == "scan" and not can_look():
            why.append(_("Where the extra ocr is installed, the next import has it read."))
    elif task.kind == Kind.RESUME_FIELDS:
        why += [words.of(words.RESUME_FIELDS, name) for name in facts.get("fields", [])]
    elif task.kind == Kind.LETTER_REFUSED:
        why.append(str(facts.get("why", "")))
    elif task.kind == Kind.PROVISIONING:
        why += stuck(facts)
    elif task.kind == Kind.NEXT_ROUND and (until := parse_datetime(str(facts.get("until", "")))):
        why.append(_("Held until %(until)s; then the times are free again.") % {"until": times.moment(until)})
    elif task.kind == Kind.NO_ANSWER:
        why.append(_("The tentative times ran out.") if facts.get("tentative") else _("Both notices stayed without an answer."))
    elif task.kind == Kind.QUESTION and facts.get("about") == "other_times" and "heard" not in facts:
        why.append(_("New times were offered.") if facts.get("offered") else _("No other times could be offered."))
    elif task.kind in (Kind.QUESTION, Kind.UNPLACED_MAIL) and facts.get("about") in reply_words.WHY_PERSON:
        why.append(words.of(reply_words.WHY_PERSON, facts["about"]))
    return why


def _broken(flaw: dict[str, str], names: dict[str, str]) -> str:
    """What makes a promised time untrue: when it is, whose time or which room, and why."""
    said = words.of(words.EXCLUDED, flaw["why"])
    if flaw["who"]:
        said = _("%(who)s: %(why)s") % {"who": names.get(flaw["who"], flaw["who"]), "why": said}
    at = parse_datetime(flaw["start"])
    return f"{times.moment(at)} {said}" if at else said
