"""The approvals page: what waits for somebody's decision, one request to decide, and who decides while they are away."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mianyue.base.errors import NotFound, Refused, SomebodyWasFirst
from mianyue.domain.approvals.queries import delegations_of
from mianyue.domain.organization.models import Employee
from mianyue.entrypoints.portal import staff_words
from mianyue.entrypoints.portal.staff_deciding_page import read, waiting_lines
from mianyue.entrypoints.portal.staff_door import Member, back_to, by_staff, shown_to
from mianyue.entrypoints.portal.staff_forms import Decision, Deputy
from mianyue.workflows.requests import approve, delegate


@by_staff
@require_safe
def waiting(request: HttpRequest, member: Member) -> HttpResponse:
    """Everything that waits for this person, and their deputy."""
    return _list(request, member)


@by_staff
@require_safe
def one(request: HttpRequest, member: Member, approval_id: UUID) -> HttpResponse:
    """One request with what a decision needs; a kind word when it is decided already."""
    return _one(request, member, approval_id)


@by_staff
@require_POST
def decide(request: HttpRequest, member: Member, approval_id: UUID) -> HttpResponse:
    """Approves or rejects. The second of two taps finds the request decided and says so."""
    page = read(member, approval_id)
    form = Decision(request.POST)
    if not form.is_valid():
        return _one(request, member, approval_id, status=400, problem=_("Please write a little less."))
    if page.step is None:
        return _one(request, member, approval_id, status=409)
    agreed = form.cleaned_data["decision"] == "approve"
    try:
        said, seen = form.cleaned_data["said"], form.cleaned_data["seen"]
        approve.decide(approval_id, agreed, said, member.employee, member.actor, member.now, seen=seen)
    except SomebodyWasFirst:
        return _one(request, member, approval_id, status=409)
    except Refused as error:
        return _one(request, member, approval_id, status=409, problem=staff_words.refusal(error))
    message = _("Approved. The person is told once everybody has decided.") if agreed else _("Not approved. The person is told.")
    return back_to(request, member.address("decide"), message)


@by_staff
@require_POST
def name_deputy(request: HttpRequest, member: Member) -> HttpResponse:
    """For some dates a colleague decides, too."""
    form = Deputy(request.POST)
    if not form.is_valid():
        return _list(request, member, form, status=400, problem=_("Please choose a colleague and both dates."))
    deputy = Employee.objects.filter(code=form.cleaned_data["deputy"]).first()
    if deputy is None:
        return _list(request, member, form, status=400, problem=_("Please choose a colleague and both dates."))
    try:
        first, last = form.cleaned_data["first"], form.cleaned_data["last"]
        delegate.delegate(member.employee, deputy, first, last, member.actor, member.now)
    except Refused as error:
        return _list(request, member, form, status=409, problem=staff_words.refusal(error))
    said = _("On these dates %(name)s decides in your place.") % {"name": deputy.name}
    return back_to(request, member.address("decide"), said)


@by_staff
@require_POST
def end_deputy(request: HttpRequest, member: Member, delegation_id: int) -> HttpResponse:
    """The colleague decides no more. Ending twice changes nothing."""
    if delegation_id not in {one.pk for one in delegations_of(member.employee.pk, member.today)}:
        raise NotFound("There is no such delegation.", "Reload to see who deputises for you.")
    try:
        delegate.end_delegation(delegation_id, member.actor, member.now)
    except SomebodyWasFirst:
        return back_to(request, member.address("decide"))
    return back_to(request, member.address("decide"), _("From now on only you decide."))


def _list(
    request: HttpRequest, member: Member, form: Deputy | None = None, *, status: int = 200, problem: str = ""
) -> HttpResponse:
    lines = waiting_lines(member)
    decides = bool(lines) or _leads(member)
    shown = {
        "lines": lines,
        "delegations": delegations_of(member.employee.pk, member.today),
        "colleagues": _colleagues(member) if decides else [],
        "form": form or Deputy(initial={"first": member.today, "last": member.today}),
        "problem": problem,
        "today": member.today,
    }
    return shown_to(request, member, "decide", shown, status)


def _one(request: HttpRequest, member: Member, approval_id: UUID, *, status: int = 200, problem: str = "") -> HttpResponse:
    shown = {
        "page": read(member, approval_id),
        "said": request.POST.get("said", ""),
        "longest": Decision.LONGEST,
        "problem": problem,
        "here": member.address("decide_one", approval_id=approval_id),
    }
    return shown_to(request, member, "decide_one", shown, status)


def _leads(member: Member) -> bool:
    """Whether requests may ever come to this person."""
    return member.employee.manages.exists() or member.employee.approval_steps.exists()


def _colleagues(member: Member) -> list[Employee]:
    """Who may be named as a deputy: whoever works here, those of the own department first."""
    here = [e for e in Employee.objects.exclude(pk=member.employee.pk) if e.last_day is None or e.last_day >= member.today]
    return sorted(here, key=lambda e: (e.department != member.employee.department, e.department, e.name))
