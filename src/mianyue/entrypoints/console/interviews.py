"""One interview with its whole story, and the table of all of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.admin import AdminSite
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.models import Interview
from mianyue.domain.interviews.queries import whole
from mianyue.domain.interviews.states import LIVE
from mianyue.domain.notices.models import Notice
from mianyue.domain.recruiting.models import Application
from mianyue.domain.recruiting.queries import search
from mianyue.domain.replies.models import Heard
from mianyue.domain.timers.models import Timer
from mianyue.entrypoints.console import pages, times, words
from mianyue.entrypoints.console.acts import actor, back, perform
from mianyue.entrypoints.console.cards import shown_option
from mianyue.entrypoints.console.filters import coded_filter
from mianyue.entrypoints.console.interview_acts import ACTS, acts_of
from mianyue.entrypoints.console.journal import story
from mianyue.entrypoints.console.read_only import ReadOnlyAdmin


class InterviewAdmin(ReadOnlyAdmin):
    """Every interview as a row."""

    title = _("Interviews")
    list_display = ("candidate", "job", "round_name", "state_label", "time", "panel", "changed")
    search_fields = ("application__code",)
    search_help_text = _("Application, job, exact e-mail or mobile")
    list_filter = (
        coded_filter("state", _("State"), words.INTERVIEW_STATES),
        coded_filter("result", _("Result"), words.RESULTS),
    )
    ordering = ("-changed_at",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Interview]:
        return whole(super().get_queryset(request))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Interview], search_term: str
    ) -> tuple[QuerySet[Interview], bool]:
        if search_term.strip():
            queryset = queryset.filter(application__in=search(Application.objects.order_by(), search_term))
        return queryset, False

    @display(description=_("Candidate"), header=True, ordering="application__code")
    def candidate(self, interview: Interview) -> tuple[str, str]:
        return interview.application.candidate.name, interview.application.code

    @display(description=_("Job"), ordering="application__job__title")
    def job(self, interview: Interview) -> str:
        return interview.application.job.title

    @display(description=_("Round"), ordering="round__number")
    def round_name(self, interview: Interview) -> str:
        return interview.round.name

    @display(description=_("State"), ordering="state", label=words.STATE_TONES)
    def state_label(self, interview: Interview) -> tuple[str, str]:
        said = words.of(words.INTERVIEW_STATES, interview.state)
        return interview.state, words.of(words.RESULTS, interview.result) if interview.result else said

    @display(description=_("Time"), ordering="booked__during")
    def time(self, interview: Interview) -> str:
        option, _count = shown_option(interview)
        return times.span(option.during) if option else ""

    @display(description=_("Interviewers"))
    def panel(self, interview: Interview) -> str:
        option, _count = shown_option(interview)
        return times.enumerated([seat.employee.name for seat in option.seats.all()]) if option else ""

    @display(description=_("Last change"), ordering="changed_at")
    def changed(self, interview: Interview) -> str:
        return times.moment(interview.changed_at)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        interview = self.get_object(request, object_id)
        if interview is None:
            raise Http404
        return page(self.admin_site, request, interview)


def page(site: AdminSite, request: HttpRequest, interview: Interview) -> HttpResponse:
    """Facts, proposals, answers, letters, timers, history, and the buttons its state allows."""
    application = interview.application
    proposals: dict[int, list[Any]] = {}
    for option in interview.options.all():
        proposals.setdefault(option.proposal, []).append(option)
    notices = list(
        Notice.objects.filter(subject_id=interview.pk)
        .defer("text", "html", "calendar")
        .order_by("created_at")
        .prefetch_related("deliveries")
    )
    option, _count = shown_option(interview)
    lively = Interview.objects.filter(application=application, state__in=LIVE).exists()
    return pages.page(
        site,
        request,
        "interview",
        f"{application.candidate.name} · {interview.round.name}",
        interview=interview,
        application=application,
        option=option,
        acts=acts_of(interview),
        may_invite=not lively and application.state == Application.State.ACTIVE,
        proposals=sorted(proposals.items(), reverse=True),
        notices=notices,
        timers=Timer.objects.filter(subject_id=interview.pk, state=Timer.State.PENDING).order_by("due_at"),
        tasks=Task.objects.filter(subject_id__in=[application.pk, *(n.pk for n in notices)], state=Task.State.OPEN),
        history=story([interview, application, *notices, *Heard.objects.filter(interview_id=interview.pk).only("pk")]),
    )


def act(site: AdminSite, request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """One button was pressed."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    chosen = next((act for act in ACTS if act.name == name), None)
    if chosen is None:
        raise Http404
    interview = get_object_or_404(whole(), pk=pk)
    perform(request, lambda: chosen.run(interview, actor(request), settings.CLOCK.now()), str(chosen.done))
    return back(request, reverse("admin:interviews_interview_change", args=[pk]))
