"""Hires on their way to the first punch (入职开通): every run with its steps, who starts soon, and what they lack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from mianyue.domain.organization.models import Employee
from mianyue.domain.provisioning.models import Run, Step
from mianyue.domain.provisioning.policy import LOOK_AHEAD
from mianyue.domain.provisioning.queries import coming, lacking, runs
from mianyue.domain.provisioning.states import OPEN
from mianyue.domain.security.models import JournalEntry
from mianyue.entrypoints.console import attendance_words, formulas, pages, words
from mianyue.entrypoints.console.acts import actor, perform
from mianyue.entrypoints.console.asked_days import posted_day, today
from mianyue.entrypoints.console.journal import story
from mianyue.entrypoints.console.times import enumerated
from mianyue.workflows import provision

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Row:
    """One run in short: how many of its steps are done, and which of them failed."""

    run: Run
    done: int
    all: int
    failing: list[Step]


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step: what it came to in sentences, or why it failed."""

    step: Step
    came_to: list[str]
    error: str

    @property
    def by_hand(self) -> bool:
        """Whether a person may do it where attendance is kept, and say so here."""
        return self.step.state in (Step.State.FAILED, Step.State.REFUSED, Step.State.UNDOING)

    @property
    def asks_first_job(self) -> bool:
        """Whether annual leave waits for the first day of the first job."""
        return bool(self.step.result.get("annual", {}).get("unknown"))


@dataclass(frozen=True, slots=True)
class Starter:
    """Somebody who starts soon and could not punch yet."""

    employee: Employee
    lacks: list[str]


def page(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """``?only=``: the runs in which something is still to be done, or all; the newest first. Above them who starts within a week."""
    only = request.GET.get("only", "open")
    found = runs() if only == "all" else runs().filter(state__in=OPEN)
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    people = list(coming(today(), today() + LOOK_AHEAD))
    return pages.page(
        site,
        request,
        "provisioning",
        _("Provisioning"),
        rows=[_row(run) for run in shown.object_list],
        page=shown,
        only="all" if only == "all" else "open",
        tabs=[("open", _("Running")), ("all", _("All"))],
        starting=len(people),
        lacking=_lacking(people),
        checked=JournalEntry.objects.filter(act="provisioning.reconciled").last(),
    )


def one(site: AdminSite, request: HttpRequest, pk: UUID) -> HttpResponse:
    """One run, step by step."""
    run = get_object_or_404(runs(), pk=pk)
    subjects = [run] if run.employee is None else [run, run.employee]
    return pages.page(
        site,
        request,
        "provisioning_run",
        run.employee.name if run.employee else run.application_code,
        run=run,
        steps=[StepRow(step, _came_to(step), _error(step)) for step in run.steps.all()],
        open=run.state in OPEN,
        reversible=run.state not in (Run.State.REVERSING, Run.State.REVERSED),
        history=story(subjects),
    )


def act(site: AdminSite, request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """One button was pressed: ``try-again``, ``take-back``, ``by-hand`` for a step, or ``worked-since`` with a date."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    now, who = settings.CLOCK.now(), actor(request)
    if name == "try-again":
        perform(request, lambda: provision.try_again(pk, who, now), _("Tried again; what each step came to stands below."))
    elif name == "take-back":
        perform(request, lambda: provision.reverse(pk, who, now), _("What the run had done is being taken back."))
    elif name == "by-hand":
        step = request.POST.get("step", "")
        perform(request, lambda: provision.by_hand(pk, step, who, now), _("Noted as done by hand."))
    elif name == "worked-since":
        perform(
            request,
            lambda: provision.set_worked_since(pk, posted_day(request, "since"), who, now),
            _("Annual leave is reckoned anew."),
        )
    else:
        raise Http404
    return HttpResponseRedirect(reverse("admin:provisioning_run", args=[pk]))


def _row(run: Run) -> Row:
    steps = list(run.steps.all())
    done = sum(step.state == Step.State.DONE for step in steps)
    return Row(run, done, len(steps), [step for step in steps if step.state in (Step.State.FAILED, Step.State.REFUSED)])


def _lacking(people: Sequence[Employee]) -> list[Starter]:
    """Who of these could not punch on their first day."""
    found = lacking({person.pk: person.hire_date for person in people if person.hire_date})
    said = {pk: [words.of(attendance_words.LACKING, code) for code in codes] for pk, codes in found.items()}
    return [Starter(person, said[person.pk]) for person in people if said.get(person.pk)]


def _came_to(step: Step) -> list[str]:
    """What a step did, as far as a person can make something of it; of leave, the formula with its numbers."""
    kept = step.result
    if step.name == "leave":
        law = [formulas.annual(kept["annual"])] if kept.get("annual") else []
        return [*law, *(formulas.grant(given) for given in kept.get("grants", []))]
    if step.name == "rule" and kept.get("rule"):
        if not kept.get("places"):
            return [_("anywhere")]
        return [_("within %(meters)s m of %(places)s") % {"meters": kept["within_meters"], "places": enumerated(kept["places"])}]
    named = kept.get(step.name)
    if step.name == "group" and step.state == Step.State.DONE and not named:
        return [_("none, like the team")]
    if step.name == "account" or not isinstance(named, str):
        return []  # the source's own id says nothing to anybody
    return [named if kept.get("made", True) else _("%(name)s, as before") % {"name": named}]


def _error(step: Step) -> str:
    """Why a step failed, in the reader's words; what nobody foresaw in the words of the source."""
    if not step.error_code:
        return ""
    said = attendance_words.STEP_ERRORS.get(step.error_code)
    return str(said) if said else f"{step.error_code}: {step.error}"
