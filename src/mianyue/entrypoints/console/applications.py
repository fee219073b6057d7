"""One application: who, for what, how it went so far, and the three times that would be offered now."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.admin import AdminSite
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.models import Interview
from mianyue.domain.interviews.queries import whole
from mianyue.domain.interviews.states import LIVE
from mianyue.domain.organization.models import Employee
from mianyue.domain.provisioning.models import Run
from mianyue.domain.recruiting.models import Application, Round
from mianyue.domain.recruiting.queries import search
from mianyue.domain.rooms.models import Room
from mianyue.entrypoints.console import cards, pages, words
from mianyue.entrypoints.console.acts import actor
from mianyue.entrypoints.console.eased import easings
from mianyue.entrypoints.console.excluded import obstacles
from mianyue.entrypoints.console.filters import coded_filter
from mianyue.entrypoints.console.framed import framed
from mianyue.entrypoints.console.matching import reasons
from mianyue.entrypoints.console.read_only import ReadOnlyAdmin
from mianyue.entrypoints.console.rehearsal import letter_to
from mianyue.entrypoints.console.resumes import brief
from mianyue.scheduling.facts import Recommendation
from mianyue.workflows.desk import open_resume
from mianyue.workflows.invite import Invited, Wish, look
from mianyue.workflows.relaxed import relaxed


class ApplicationAdmin(ReadOnlyAdmin):
    """Every application the company's files named."""

    title = gettext_lazy("Applications")
    list_display = ("code", "name", "job_title", "round_number", "keyword_list", "state_label")
    search_fields = ("code",)
    search_help_text = gettext_lazy("Application, job, exact e-mail or mobile")
    list_filter = (coded_filter("state", gettext_lazy("State"), words.APPLICATION_STATES),)
    ordering = ("code",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Application]:
        return super().get_queryset(request).select_related("candidate", "job")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Application], search_term: str
    ) -> tuple[QuerySet[Application], bool]:
        return search(queryset, search_term), False

    @display(description=gettext_lazy("Candidate"))
    def name(self, application: Application) -> str:
        return application.candidate.name

    @display(description=gettext_lazy("Job"), ordering="job__title")
    def job_title(self, application: Application) -> str:
        return application.job.title

    @display(description=gettext_lazy("Keywords"))
    def keyword_list(self, application: Application) -> str:
        return " · ".join(application.keywords[:4])

    @display(
        description=gettext_lazy("State"),
        ordering="state",
        label={"active": "info", "hired": "success", "passed": "success", "rejected": "danger", "withdrawn": "warning"},
    )
    def state_label(self, application: Application) -> tuple[str, str]:
        return application.state, words.of(words.APPLICATION_STATES, application.state)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        application = self.get_object(request, object_id)
        if application is None:
            raise Http404
        return page(self.admin_site, request, application)


def page(site: AdminSite, request: HttpRequest, application: Application) -> HttpResponse:
    """Everything about one application, and, where nobody is invited yet, the times it could be offered."""
    now = settings.CLOCK.now()
    interviews = list(whole(Interview.objects.filter(application=application)).order_by("-created_at"))
    live = any(interview.state in LIVE for interview in interviews)
    active = application.state == Application.State.ACTIVE
    looked = look(Wish(applications=[application.code]), now)[0] if active and not live else None
    return pages.page(
        site,
        request,
        "application",
        f"{application.candidate.name} · {application.code}",
        application=application,
        round=Round.objects.filter(job_id=application.job_id, number=application.round_number).first(),
        problems=[words.of(words.PROBLEMS, code) for code in application.problems],
        cards=cards.cards(interviews, now),
        match=reasons(application),
        passed=application.state == Application.State.PASSED,
        run=Run.objects.filter(application_id=application.pk).first(),
        tasks=Task.objects.filter(subject_id=application.pk, state=Task.State.OPEN),
        read=brief(application),
        looked=looked,
        options=_options(looked.recommendation) if looked and looked.recommendation else [],
        obstacles=obstacles([looked.problem["facts"]])[0] if looked and looked.problem else [],
        easings=easings([relaxed(looked.recommendation)])[0] if looked else [],
        problem=_problem(looked),
    )


def letter(site: AdminSite, request: HttpRequest, pk: UUID) -> HttpResponse:
    """The invitation as it would leave now. Nothing is sent and nothing is kept."""
    application = get_object_or_404(Application, pk=pk)
    notice = letter_to(application.code, actor(request), settings.CLOCK.now())
    html = framed(notice.html) if notice and notice.html else ""
    return TemplateResponse(request, "console/letter.html", {"notice": notice, "html": html})


def resume(site: AdminSite, request: HttpRequest, pk: UUID) -> HttpResponse:
    """The résumé as a download, never shown by the browser itself: a stranger wrote it."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    found = open_resume(pk, actor(request), settings.CLOCK.now())
    application = get_object_or_404(Application, pk=pk)
    # The file's own name was given by a stranger; the application's code says enough.
    name = f"{application.code}{PurePath(found.file_name).suffix.lower()}"
    return FileResponse(BytesIO(found.content), as_attachment=True, filename=name, content_type="application/octet-stream")


def _problem(looked: Invited | None) -> str:
    return words.of(words.PROBLEMS, looked.problem["code"]) if looked and looked.problem else ""


def _options(recommendation: Recommendation) -> list[dict[str, Any]]:
    """The recommended times with people and rooms by name."""
    people = {key for option in recommendation.options for key in (*option.people, option.shadow) if key}
    names = {employee.code: employee.name for employee in Employee.objects.filter(code__in=people)}
    places = {option.room for option in recommendation.options if option.room}
    rooms = {room.code: room.name for room in Room.objects.filter(code__in=places)}
    return [
        {
            "number": number,
            "interval": option.interval,
            "panel": [names[key] for key in option.people],
            "shadow": names[option.shadow] if option.shadow else "",
            "room": rooms.get(option.room or "", ""),
            "reasons": [words.reason({"code": reason.code, **dict(reason.facts)}) for reason in option.reasons],
        }
        for number, option in enumerate(recommendation.options, 1)
    ]
