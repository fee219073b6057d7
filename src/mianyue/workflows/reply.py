"""What a candidate or an interviewer says on the page behind their link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mianyue.base.errors import NotFound, SomebodyWasFirst
from mianyue.domain.desk.actions import ask
from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.actions import lock
from mianyue.domain.interviews.models import Interview, Seat
from mianyue.domain.interviews.queries import booked_option, on_offer, whole
from mianyue.domain.interviews.states import InterviewState
from mianyue.domain.notices.links import find_link, is_open
from mianyue.domain.notices.models import Link
from mianyue.domain.recruiting.models import Resume
from mianyue.domain.replies.actions import answered
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import Actor
from mianyue.workflows import change
from mianyue.workflows.book import book

LONGEST_QUESTION = 2000
"""Characters; enough for a page of text, too little to fill a disk."""


class LinkUnknown(NotFound):
    """There never was such a link."""

    code = "link_unknown"


class LinkEnded(NotFound):
    """The link was good once."""

    code = "link_ended"


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody at the door: who, and to which interview."""

    link: Link
    interview: Interview

    @property
    def actor(self) -> Actor:
        return Actor(self.link.scope, str(self.link.person_id))


def visit(token: str, scope: str, now: datetime) -> Visit:
    """Opens a link without changing anything. Raises LinkUnknown, LinkEnded."""
    link = find_link(token)
    if link is None or link.scope != scope:
        raise LinkUnknown("This link is not known.", "Open it exactly as it stands in the message.")
    if not is_open(link, now):
        raise LinkEnded("This link has ended.", "Use the newest message, or write to the contact in it.")
    return Visit(link, whole().get(pk=link.subject_id))


def pick(visit: Visit, number: int, proposal: int, now: datetime) -> Interview:
    """Books the option with that number of that proposal. Picking the booked one again changes nothing.

    Raises SomebodyWasFirst when the time is no longer there.
    """
    with transaction.atomic():
        return pick_for(lock(visit.interview.pk), number, proposal, visit.actor, now)


def pick_for(interview: Interview, number: int, proposal: int, actor: Actor, now: datetime) -> Interview:
    """``pick`` for whoever has no link at hand: a mail, a recruiter. ``interview`` is locked by the caller."""
    with transaction.atomic():
        booked = interview.booked
        if interview.state == InterviewState.BOOKED and booked and (booked.number, booked.proposal) == (number, proposal):
            return interview
        held = {(o.number, o.proposal): o for o in on_offer(interview)} if interview.state == InterviewState.OFFERED else {}
        option = held.get((number, proposal))
        if option is None or option.during.lower <= now:
            raise SomebodyWasFirst("This time is no longer available.", "Reload the page to see what is.")
        book(interview, option, actor, now)
        answered(interview.pk)
        return interview


def standing(interview: Interview) -> str:
    """A word for how things stand, which a page gives back with a wish, so that nobody changes what they haven't seen."""
    return f"{interview.state}-{interview.offering}"


def other_times(visit: Visit, said: str, now: datetime, *, seen: str) -> bool:
    """Asks for other times; what the person writes about them goes to a recruiter. Returns whether new ones could be offered.

    ``seen`` is the ``standing`` the person was looking at: a second tap on the same button changes nothing.
    Raises SomebodyWasFirst when it is another by now, or the interview has begun.
    """
    with transaction.atomic():
        interview = lock(visit.interview.pk)
        if seen != standing(interview):
            if interview.state == InterviewState.OFFERED:
                return True
            raise SomebodyWasFirst("The interview has moved on in the meantime.", "Reload to see where it stands.")
        _not_begun(interview, now)
        offered = change.offer_other_times(interview, visit.actor, now)
        answered(interview.pk)
        if said.strip() or not offered:
            _hand_over(visit, interview, "other_times", said, now, offered=offered)
        return offered


def decline(visit: Visit, now: datetime) -> None:
    """The candidate no longer wants the interview. Declining again changes nothing.

    Raises SomebodyWasFirst when the interview is over or has begun.
    """
    with transaction.atomic():
        interview = lock(visit.interview.pk)
        if interview.state != InterviewState.DECLINED:
            _not_begun(interview, now)
            change.decline(interview, visit.actor, now)
            answered(interview.pk)


def seat_of(visit: Visit) -> Seat | None:
    """The interviewer's seat in the booked interview; None when it isn't booked (any more), or not with them."""
    interview = visit.interview
    option = booked_option(interview) if interview.state == InterviewState.BOOKED else None
    return next((seat for seat in option.seats.all() if seat.employee_id == visit.link.person_id), None) if option else None


def open_resume(visit: Visit, now: datetime) -> Resume | None:
    """The candidate's résumé for an interviewer of the booked interview, and the journal knows; None for anybody else."""
    resume = visit.interview.application.resume if seat_of(visit) else None
    if resume:
        with transaction.atomic():
            record("resume.opened", visit.interview, visit.actor, now, application=visit.interview.application.code)
    return resume


def accept_seat(visit: Visit, now: datetime) -> None:
    """The interviewer will be there. Accepting again changes nothing. Raises SomebodyWasFirst when the seat isn't theirs any more."""
    with transaction.atomic():
        interview = lock(visit.interview.pk)
        if seat_of(Visit(visit.link, whole().get(pk=interview.pk))) is None:
            raise SomebodyWasFirst("This interview is no longer booked with you.", "There is nothing left to do.")
        seats = Seat.objects.filter(option_id=interview.booked_id, employee_id=visit.link.person_id)
        if seats.exclude(answer=Seat.Answer.ACCEPTED).update(answer=Seat.Answer.ACCEPTED):
            record("interview.accepted", interview, visit.actor, now, application=interview.application.code)


def give_up_seat(visit: Visit, said: str, now: datetime) -> str:
    """The interviewer can't make it. Returns what was done: replaced, reoffered, asked (a person decides) or left (a shadow).

    Raises SomebodyWasFirst when the seat isn't theirs any more, or the interview has begun.
    """
    with transaction.atomic():
        interview = lock(visit.interview.pk)
        _not_begun(interview, now)
        return change.without_interviewer(interview, visit.link.person_id, visit.actor, said, now)


def _not_begun(interview: Interview, now: datetime) -> None:
    booked = interview.booked
    if booked and booked.during.lower <= now:
        raise SomebodyWasFirst("The interview has begun.", "Write to the contact in the message.")


def _hand_over(visit: Visit, interview: Interview, about: str, said: str, now: datetime, **facts: object) -> None:
    words = said.strip()[:LONGEST_QUESTION]
    if words and _is_waiting(interview, words):
        return  # a second tap on the same button
    ask(Task.Kind.QUESTION, interview.application_id, interview.application.code, now, said=words or None, about=about, **facts)
    record("candidate.asked", interview, visit.actor, now, application=interview.application.code, about=about)


def _is_waiting(interview: Interview, words: str) -> bool:
    """Whether the very same words are the last that wait for a person."""
    task = Task.objects.filter(kind=Task.Kind.QUESTION, subject_id=interview.application_id, state=Task.State.OPEN).first()
    return task is not None and task.said is not None and f"\n\n{task.said}".endswith(f"\n\n{words}")
