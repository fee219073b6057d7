"""The first page of the day: what waits for a person, who comes next, how everything stands."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.admin import AdminSite
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from mianyue.domain.desk.models import Task
from mianyue.domain.intake.models import ImportBatch
from mianyue.domain.interviews.models import Interview
from mianyue.domain.interviews.queries import uninvited, whole
from mianyue.domain.interviews.states import InterviewState
from mianyue.domain.notices.models import Delivery
from mianyue.domain.plans.models import Plan
from mianyue.entrypoints.console import cards, pages, plans
from mianyue.workflows.attendance.source import unanswered
from mianyue.workflows.invite import HINDERING

SHOWN_STATES = (InterviewState.OFFERED, InterviewState.BOOKED, InterviewState.TENTATIVE, InterviewState.FINISHED)


def page(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Counts, the oldest open tasks, the next interviews, the last import."""
    now = settings.CLOCK.now()
    counts = dict(Interview.objects.values_list("state").order_by("state").annotate(Count("pk")))
    open_tasks = Task.objects.filter(state=Task.State.OPEN)
    letters = Delivery.objects.aggregate(
        waiting=Count("pk", filter=Q(state__in=[Delivery.State.QUEUED, Delivery.State.SENDING])),
        unknown=Count("pk", filter=Q(state=Delivery.State.UNKNOWN)),
    )
    batch = ImportBatch.objects.annotate(
        errors=Count("problems", filter=Q(problems__severity="error")),
        warnings=Count("problems", filter=Q(problems__severity="warning")),
    ).first()
    return pages.page(
        site,
        request,
        "dashboard",
        _("Today"),
        ready=uninvited().exclude(problems__overlap=list(HINDERING)).count(),
        counts=[(state, counts.get(state, 0)) for state in SHOWN_STATES],
        kinds=open_tasks.values("kind").annotate(count=Count("pk")).order_by("-count"),
        plans=plans.rows(Plan.objects.filter(state__in=[Plan.State.SEARCHING, Plan.State.READY, Plan.State.SENDING])[:5]),
        coming=cards.cards(list(_coming(now)), now),
        letters=letters,
        batch=batch,
        attendance_silent=unanswered(now) is not None,
    )


def _coming(now: datetime) -> QuerySet[Interview]:
    """What is booked and not over yet, soonest first."""
    ahead = Interview.objects.filter(state=InterviewState.BOOKED, booked__during__endswith__gt=now)
    return whole(ahead).order_by("booked__during")[:12]
