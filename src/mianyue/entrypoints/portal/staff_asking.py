"""Asking for leave, overtime, a trip or a forgotten punch; what was asked for; and taking it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mianyue.base.errors import NotFound, Refused
from mianyue.base.interval import Interval
from mianyue.domain.approvals.models import Approval
from mianyue.domain.approvals.queries import of
from mianyue.domain.attendance.models import LeaveType, Request
from mianyue.domain.attendance.queries.asking import overtime_asked
from mianyue.domain.attendance.queries.leave import balances, kinds_to_ask_for
from mianyue.domain.notices.staff.times import length
from mianyue.entrypoints.portal import staff_words
from mianyue.entrypoints.portal.staff_deciding_page import open_step, what_of, when_of
from mianyue.entrypoints.portal.staff_door import Member, back_to, by_staff, shown_to
from mianyue.entrypoints.portal.staff_forms import AskCorrection, AskLeave, AskOvertime, AskTrip, When
from mianyue.entrypoints.portal.staff_time import OutOfOrder, Part, in_days, span_of
from mianyue.workflows.requests import ask
from mianyue.workflows.requests.asked_for import AskedFor, all_asked_for
from mianyue.worktime.days import local
from mianyue.worktime.overtime import STOP_AT, WARN_AT, by_month, is_capped, month_of, whole_months

FORMS: dict[str, type[forms.Form]] = {"leave": AskLeave, "overtime": AskOvertime, "trip": AskTrip, "correction": AskCorrection}


@dataclass(frozen=True, slots=True)
class Asked:
    """One of the reader's own requests; ``with_whom`` names who decides now, empty where HR does or nobody has to."""

    approval: Approval
    what: str
    when: str
    length: str
    state: str
    with_whom: str
    answers: tuple[str, ...]
    can_go_back: bool


@dataclass(frozen=True, slots=True)
class Balance:
    """What is left of one kind of leave; of one without a quota, what was taken."""

    kind: LeaveType
    left: str = ""
    taken: str = ""


@by_staff
@require_safe
def requests(request: HttpRequest, member: Member) -> HttpResponse:
    """Everything this person asked for, what is left of their leave, and the ways to ask."""
    return _list(request, member)


@by_staff
@require_http_methods(["GET", "HEAD", "POST"])
def asking(request: HttpRequest, member: Member, kind: str) -> HttpResponse:
    """The form for one kind of request; a refused one keeps what was filled in."""
    if kind not in FORMS:
        raise NotFound("There is no such request.", "Choose one of those offered.")
    if request.method != "POST":
        return _form(request, member, kind, FORMS[kind](initial=_initial(request, member)))
    form = FORMS[kind](request.POST)
    if not form.is_valid():
        return _form(request, member, kind, form, status=400, problem=_mistake(form))
    try:
        made = _ASK[kind](member, form.cleaned_data)
    except OutOfOrder:
        return _form(
            request, member, kind, form, status=400, problem=_("It ends before it begins. Please look at the dates and times.")
        )
    except Refused as error:
        if _just_asked(member, kind, form.cleaned_data):
            return back_to(request, member.address("requests"))
        return _form(request, member, kind, form, status=409, problem=staff_words.refusal(error))
    return back_to(request, member.address("requests"), _sent(made))


@by_staff
@require_POST
def take_back(request: HttpRequest, member: Member, approval_id: UUID) -> HttpResponse:
    """Takes a request back. Taking it back twice changes nothing."""
    approval = Approval.objects.filter(pk=approval_id, asker=member.employee).first()
    if approval is None:
        raise NotFound("There is no such request.", "Reload to see what you asked for.")
    if approval.state == Approval.State.CANCELLED:
        return back_to(request, member.address("requests"))
    try:
        ask.take_back(approval, member.actor, member.now)
    except Refused as error:
        return _list(request, member, status=409, problem=staff_words.refusal(error))
    return back_to(request, member.address("requests"), _("Taken back. What it had reserved is yours again."))


def _leave(member: Member, said: dict[str, Any]) -> Request:
    kind = LeaveType.objects.filter(pk=said["kind"]).first()
    if kind is None:
        raise ask.AskRefused("kind_not_in_use")
    return ask.ask_leave(member.employee, kind, _span(member, said), said["reason"], member.actor, member.now)


def _overtime(member: Member, said: dict[str, Any]) -> Request:
    return ask.ask_overtime(member.employee, _span(member, said), said["reason"], member.actor, member.now)


def _trip(member: Member, said: dict[str, Any]) -> Request:
    return ask.ask_trip(member.employee, _span(member, said), said["destination"], said["reason"], member.actor, member.now)


def _correction(member: Member, said: dict[str, Any]) -> Request:
    return ask.ask_correction(member.employee, _instant(member, said), said["side"], said["reason"], member.actor, member.now)


_ASK: dict[str, Callable[[Member, dict[str, Any]], Request]] = {
    "leave": _leave,
    "overtime": _overtime,
    "trip": _trip,
    "correction": _correction,
}


def _span(member: Member, said: dict[str, Any]) -> Interval:
    part = Part(said.get("part") or Part.HOURS)
    return span_of(member, part, said["first"], said.get("last") or said["first"], said.get("begin"), said.get("end"))


def _instant(member: Member, said: dict[str, Any]) -> datetime:
    return local(said["first"], said["begin"], member.zone)


def _just_asked(member: Member, kind: str, said: dict[str, Any]) -> bool:
    """Whether the very same was asked for within this minute: the second of two taps."""
    lately = [one for one in of(member.employee.pk, 3) if one.kind == kind and member.now - one.opened_at < timedelta(minutes=1)]
    found = all_asked_for(lately).values()
    if kind == "correction":
        return any(one.at == _instant(member, said) and one.side == said["side"] for one in found)
    return any(one.interval == _span(member, said) for one in found)


def _sent(made: Request) -> str:
    """What becomes of it now, and what to know about it."""
    warnings = Approval.objects.get(subject_id=made.pk).facts.get("warnings", [])
    return " ".join(
        [_("Sent. You hear from us as soon as it is decided."), *(staff_words.of(staff_words.WARNINGS, one) for one in warnings)]
    )


def _list(request: HttpRequest, member: Member, *, status: int = 200, problem: str = "") -> HttpResponse:
    approvals = of(member.employee.pk)
    found = all_asked_for(approvals)
    shown = {
        "asked": [_asked(member, approval, found[approval.pk]) for approval in approvals],
        "balances": [one for one in _balances(member) if one.left or one.taken],
        "problem": problem,
    }
    return shown_to(request, member, "requests", shown, status)


def _form(
    request: HttpRequest, member: Member, kind: str, form: forms.Form, *, status: int = 200, problem: str = ""
) -> HttpResponse:
    kinds = _balances(member) if kind == "leave" else []
    shown = {
        "kind": kind,
        "title": staff_words.of(staff_words.REQUESTS, kind),
        "form": form,
        "kinds": kinds,
        "balances": [one for one in kinds if one.left or one.taken],
        "overtime": _overtime_so_far(member) if kind == "overtime" else "",
        "near_the_cap": kind == "overtime" and _is_near_the_cap(member),
        "longest": When.LONGEST,
        "problem": problem,
        "here": member.address("ask", kind=kind),
    }
    return shown_to(request, member, "ask", shown, status)


def _asked(member: Member, approval: Approval, asked: AskedFor) -> Asked:
    step = open_step(approval)
    starts = asked.interval.start if asked.interval else asked.at
    undecided = approval.state == Approval.State.PENDING
    return Asked(
        approval,
        what_of(asked, private=True),
        when_of(member, asked),
        length(member.times, asked.minutes) if asked.minutes is not None else "",
        staff_words.of(staff_words.STATES, approval.state),
        step.approver.name if step is not None and step.approver is not None else "",
        tuple(step.said for step in approval.steps.all() if step.said),
        undecided or (approval.state == Approval.State.APPROVED and starts is not None and starts > member.now),
    )


def _balances(member: Member) -> list[Balance]:
    """Every kind of leave: first those of which something is left, last those of which nothing can be taken now."""
    moved = {kind: minutes for (_, kind), minutes in balances([member.employee.pk]).items()}

    def usefulness(kind: LeaveType) -> tuple[bool, bool]:
        return kind.has_quota and moved.get(kind.pk, 0) <= 0, not kind.has_quota

    found = []
    for kind in sorted(kinds_to_ask_for(), key=usefulness):
        minutes = moved.get(kind.pk)
        if minutes is None:  # never granted to this person, never taken: no balance to speak of
            found.append(Balance(kind))
        elif kind.has_quota:
            found.append(Balance(kind, left=in_days(member, kind, max(minutes, 0))))
        else:
            found.append(Balance(kind, taken=in_days(member, kind, -minutes) if minutes < 0 else ""))
    return found


def _overtime_in_month(member: Member) -> timedelta:
    month = whole_months(Interval(member.day.start, member.day.start + timedelta(minutes=1)), member.zone)
    asked = by_month(overtime_asked(member.employee.pk, month), member.zone)
    return asked.get(month_of(member.now, member.zone), timedelta())


def _overtime_so_far(member: Member) -> str:
    return length(member.times, int(_overtime_in_month(member) / timedelta(minutes=1)))


def _is_near_the_cap(member: Member) -> bool:
    return is_capped(member.employee.site.holiday_country) and WARN_AT <= _overtime_in_month(member) <= STOP_AT


def _initial(request: HttpRequest, member: Member) -> dict[str, Any]:
    """What the page before knew already: which punch is missing on which day."""
    given = {name: request.GET[name] for name in ("first", "begin", "side") if name in request.GET}
    return {"part": Part.DAYS.value, "first": member.today.isoformat(), "last": member.today.isoformat(), "side": "in"} | given


def _mistake(form: forms.Form) -> str:
    if form.has_error("reason", "max_length"):
        return _("Please write a little less: at most %(count)d characters.") % {"count": When.LONGEST}
    return _("Something was missing. Please look at the dates and times once more.")
