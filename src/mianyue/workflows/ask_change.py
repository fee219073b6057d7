"""An interviewer asks for another time, or for somebody else in their seat; who decides is asked, unless the interview is near."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from mianyue.base.errors import Refused, SomebodyWasFirst
from mianyue.domain.approvals import actions as approvals
from mianyue.domain.approvals.models import Approval
from mianyue.domain.interviews.actions import close_change, lock
from mianyue.domain.interviews.models import Interview, InterviewChange, Option
from mianyue.domain.interviews.states import InterviewState
from mianyue.domain.organization.models import Employee
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import SYSTEM, Actor
from mianyue.domain.timers.actions import set_timer
from mianyue.domain.timers.models import Timer
from mianyue.workflows import change
from mianyue.workflows.change_decided import is_moot
from mianyue.workflows.overtaken import CHANGE_OVERTAKEN
from mianyue.workflows.requests.approve import open_approval, withdraw

URGENT = timedelta(hours=24)
"""So close to the interview nobody is asked: that somebody can't come is dealt with at once."""

LONGEST_REASON = 2000
"""Characters."""

Wish, State = InterviewChange.Wish, InterviewChange.State


class AskedBefore(Refused):
    """The interviewer has asked for something else about this interview, and nobody has decided yet."""

    code = "asked_before"


def ask_change(interview: Interview, employee: Employee, wish: str, reason: str, actor: Actor, now: datetime) -> InterviewChange:
    """Asks for ``wish`` (``other_time`` or ``stand_in``) about an interview booked with this person.

    Within 24 hours of its beginning, and of somebody who only sits in to learn, nobody is asked: it is done at once, as by "I can't
    make it" (``done`` says what came of it). Asking the same again changes nothing. Raises SomebodyWasFirst where the interview is not
    booked with them any more or has begun, AskedBefore, Refused for a wish that there isn't.
    """
    if wish not in Wish.values:
        raise Refused(f"{wish!r} is nothing that can be asked for.", f"One of: {', '.join(Wish.values)}.")
    said = reason.strip()[:LONGEST_REASON]
    with transaction.atomic():
        interview = lock(interview.pk)
        option = interview.booked if interview.state == InterviewState.BOOKED else None
        seat = option.seats.filter(employee=employee).first() if option else None
        if option is None or seat is None or option.during.lower <= now:
            raise SomebodyWasFirst(
                "This interview is not booked with you any more, or has begun.", "There is nothing left to change."
            )
        pending = InterviewChange.objects.filter(interview=interview, employee=employee, state=State.PENDING).first()
        if pending is not None and pending.wish != wish:
            raise AskedBefore("You have asked for something else already.", "Take that back first.")
        if pending is not None:
            return pending
        asked = InterviewChange.objects.create(interview=interview, option=option, employee=employee, wish=wish, asked_at=now)
        code = interview.application.code
        record("change.asked", interview, actor, now, application=code, wish=wish, employee=employee.code)
        if seat.shadow or option.during.lower - now <= URGENT:
            _at_once(asked, interview, said, actor, now)
        else:
            set_timer(CHANGE_OVERTAKEN, asked.pk, option.during.lower)
            open_approval(Approval.Kind.INTERVIEW, asked.pk, employee, _facts(interview, option, wish), said, actor, now)
        return asked


def close_overtaken(timer: Timer, now: datetime) -> None:
    """Takes a wish back that has no point any more, so that nobody has to decide about it."""
    wish = InterviewChange.objects.filter(pk=timer.subject_id, state=State.PENDING).first()
    if wish is None or not is_moot(wish, Interview.objects.select_related("booked").get(pk=wish.interview_id), now):
        return
    approval_id = Approval.objects.filter(subject_id=wish.pk).values_list("pk", flat=True).first()
    approval = approvals.lock(approval_id) if approval_id else None
    if approval is not None and approval.state == Approval.State.PENDING:
        withdraw(approval, SYSTEM, now)


def _at_once(asked: InterviewChange, interview: Interview, said: str, actor: Actor, now: datetime) -> None:
    close_change(asked, State.DONE, now)
    asked.done = change.without_interviewer(interview, asked.employee_id, actor, said, now)
    asked.save(update_fields=["done"])


def _facts(interview: Interview, option: Option, wish: str) -> dict[str, str]:
    return {
        "interview": str(interview.pk),
        "application": interview.application.code,
        "wish": wish,
        "start": option.during.lower.isoformat(),
        "end": option.during.upper.isoformat(),
    }
