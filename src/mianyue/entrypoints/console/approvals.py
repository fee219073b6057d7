"""What people ask for and who decides it: leave, overtime, trips, punch corrections, rooms and interviews, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mianyue.domain.approvals.models import Approval, ApprovalStep
from mianyue.domain.approvals.queries import open_at_console
from mianyue.entrypoints.console import attendance_words, pages, words
from mianyue.entrypoints.console.acts import actor, back, perform
from mianyue.entrypoints.console.approval_facts import asked, warnings
from mianyue.entrypoints.console.journal import names_of, story
from mianyue.workflows.requests.approve import decide

PER_PAGE = 20
State = Approval.State
DECISIONS = {"approve": True, "reject": False}
_DONE = {
    State.PENDING: gettext_lazy("Approved; the next step is on its way."),
    State.APPROVED: gettext_lazy("Approved, and the asker is told."),
    State.REJECTED: gettext_lazy("Rejected, and the asker is told."),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: whose it is, how it stands, and who decided it, which may be a deputy or HR."""

    step: ApprovalStep
    whose: str
    decided_by: str

    @property
    def instead(self) -> bool:
        """Whether somebody else decided it than whose it was."""
        return bool(self.decided_by) and self.decided_by != self.whose


@dataclass(frozen=True, slots=True)
class Shown:
    """One approval with everything needed to decide it: the step whose ``turn`` it is ``since`` when; None once all is decided."""

    approval: Approval
    facts: list[str]
    warnings: list[str]
    steps: list[Step]
    turn: ApprovalStep | None
    since: datetime | None
    may_decide: bool


def open_count(request: HttpRequest) -> int:
    """How many steps wait for HR."""
    return open_at_console().count()


def page(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """``?only=``: what waits for HR, all that waits, or what is decided; the longest waiting first, the last decided first."""
    only = request.GET.get("only", "hr")
    mine = open_at_console()
    waiting = _whole(Approval.objects.filter(state=State.PENDING).order_by("opened_at"))
    decided = _whole(Approval.objects.exclude(state=State.PENDING).order_by("-closed_at"))
    chosen = {"hr": mine, "waiting": waiting, "decided": decided}
    only = only if only in chosen else "hr"
    kind = request.GET.get("kind", "")
    found = chosen[only].filter(kind=kind) if kind in attendance_words.APPROVAL_KINDS else chosen[only]
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return pages.page(
        site,
        request,
        "approvals",
        _("Approvals"),
        rows=_shown(shown.object_list),
        page=shown,
        only=only,
        tabs=[("hr", _("Waiting for HR")), ("waiting", _("All that wait")), ("decided", _("Decided"))],
        kinds=attendance_words.APPROVAL_KINDS.items(),
        kind=kind,
    )


def one(site: AdminSite, request: HttpRequest, pk: UUID) -> HttpResponse:
    """One approval with its story."""
    approval = get_object_or_404(_whole(Approval.objects.filter(pk=pk)))
    title = f"{approval.asker.name} · {words.of(attendance_words.APPROVAL_KINDS, approval.kind)}"
    return pages.page(site, request, "approval", title, row=_shown([approval])[0], history=story([approval]))


def act(site: AdminSite, request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """HR approves or rejects the step whose turn it is."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if name not in DECISIONS:
        raise Http404
    said = request.POST.get("said", "").strip()
    seen = request.POST.get("step", "")
    perform(
        request,
        lambda: decide(
            pk, DECISIONS[name], said, None, actor(request), settings.CLOCK.now(), int(seen) if seen.isdecimal() else None
        ),
        lambda approval: str(_DONE[State(approval.state)]),
    )
    return back(request, reverse("admin:approvals"))


def _whole(approvals: QuerySet[Approval]) -> QuerySet[Approval]:
    steps = ApprovalStep.objects.select_related("approver").order_by("number")
    return approvals.select_related("asker").prefetch_related(Prefetch("steps", steps))


def _shown(approvals: Iterable[Approval]) -> list[Shown]:
    """The approvals of one page, in a number of queries that doesn't grow with them."""
    approvals = list(approvals)
    facts = asked(approvals)
    at_console = set(open_at_console().filter(pk__in=[one.pk for one in approvals]).values_list("pk", flat=True))
    names = names_of(_deciders(approvals))
    return [_one(approval, facts[approval.pk], at_console, names) for approval in approvals]


def _deciders(approvals: Sequence[Approval]) -> list[tuple[str, str]]:
    return [_actor(step) for approval in approvals for step in approval.steps.all() if step.decided_by]


def _actor(step: ApprovalStep) -> tuple[str, str]:
    """Kind and id of who decided."""
    kind, _between, key = step.decided_by.partition(" ")
    return kind, key


def _one(approval: Approval, facts: list[str], at_console: set[UUID], names: dict[tuple[str, str], str]) -> Shown:
    turn = None
    steps, since = [], approval.opened_at
    for step in approval.steps.all():
        whose = step.approver.name if step.approver else str(_("anybody of HR"))
        by = names.get(_actor(step)) or words.of(words.ACTORS, _actor(step)[0]) if step.decided_by else ""
        steps.append(Step(step, whose, by))
        if step.state == ApprovalStep.State.OPEN:
            turn = step
        elif step.decided_at and not turn:
            since = step.decided_at
    return Shown(approval, facts, warnings(approval), steps, turn, since if turn else None, approval.pk in at_console)
