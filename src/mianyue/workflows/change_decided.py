"""What a decision makes of an interviewer's wish for another time, or for somebody else in their seat."""

from __future__ import annotations

from datetime import datetime

from mianyue.base.errors import SomebodyWasFirst
from mianyue.domain.approvals.models import Approval
from mianyue.domain.desk.actions import ask
from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.actions import close_change, lock
from mianyue.domain.interviews.models import Interview, InterviewChange
from mianyue.domain.interviews.states import InterviewState
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import Actor
from mianyue.domain.timers.actions import cancel_timers
from mianyue.workflows import change

State = InterviewChange.State


def approved(approval: Approval, actor: Actor, now: datetime) -> None:
    """Looks for another time, or for somebody else; everybody concerned is told. Where there is neither, a person is asked.

    Raises SomebodyWasFirst where the interview is over or has changed meanwhile.
    """
    wish = InterviewChange.objects.select_related("employee").get(pk=approval.subject_id)
    interview = lock(wish.interview_id)
    if is_moot(wish, interview, now) or not close_change(wish, State.DONE, now):
        raise SomebodyWasFirst("The interview is over or has changed in the meantime.", "There is nothing left to decide.")
    cancel_timers(wish.pk, now)
    carry_out(wish, interview, approval.said or "", actor, now)


def undone(approval: Approval, actor: Actor, now: datetime) -> None:
    """The interview stays as it is."""
    wish = InterviewChange.objects.get(pk=approval.subject_id)
    interview = Interview.objects.select_related("application", "booked").get(pk=wish.interview_id)
    ended = State.REJECTED if approval.state == Approval.State.REJECTED else State.CANCELLED
    if close_change(wish, State.MOOT if is_moot(wish, interview, now) else ended, now):
        cancel_timers(wish.pk, now)
        record("change.closed", interview, actor, now, application=interview.application.code, state=wish.state)


def carry_out(wish: InterviewChange, interview: Interview, said: str, actor: Actor, now: datetime) -> None:
    """Does what was wished, and writes down what came of it. ``interview`` is locked by the caller."""
    application = interview.application
    if wish.wish == InterviewChange.Wish.STAND_IN:
        done = change.without_interviewer(interview, wish.employee_id, actor, said, now)
    elif change.offer_other_times(interview, actor, now):
        done = "reoffered"
    else:
        done = "asked"
        ask(Task.Kind.INTERVIEWER_OUT, application.pk, application.code, now, said=said or None, employee=str(wish.employee_id))
    wish.done = done
    wish.save(update_fields=["done"])
    record("change.done", interview, actor, now, application=application.code, wish=wish.wish, done=done)


def is_moot(wish: InterviewChange, interview: Interview, now: datetime) -> bool:
    """Whether there is nothing left to wish for: the time isn't booked any more, has begun, or somebody else sits in the seat."""
    booked = interview.booked
    if interview.state != InterviewState.BOOKED or booked is None or booked.pk != wish.option_id or booked.during.lower <= now:
        return True
    return not booked.seats.filter(employee_id=wish.employee_id).exists()
