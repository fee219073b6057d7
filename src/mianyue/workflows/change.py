"""Plans change: other times, a cancellation, an interviewer who can't come. Whoever was told before is told again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mianyue.base.errors import Refused, SomebodyWasFirst
from mianyue.domain.desk.actions import ask, settle
from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.actions import TimeTaken, hold, lock, move, release, take_seat
from mianyue.domain.interviews.models import Interview, Option, Seat
from mianyue.domain.interviews.queries import booked_option, refused_times, whole
from mianyue.domain.interviews.states import InterviewState
from mianyue.domain.notices.actions import refuse_waiting
from mianyue.domain.notices.purposes import Purpose
from mianyue.domain.organization.models import Employee
from mianyue.domain.recruiting.actions import withdraw
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import Actor
from mianyue.domain.timers.actions import cancel_timers
from mianyue.workflows.book import set_reminders
from mianyue.workflows.facts import span
from mianyue.workflows.find_slots import recommend_for, who_can_replace
from mianyue.workflows.gather import Search
from mianyue.workflows.invite import announce, held_until, offers_of
from mianyue.workflows.write import Letters

MOST_PROPOSALS = 4
"""Sets of three a candidate can ask for by tapping; then a person takes over."""


def offer_other_times(interview: Interview, actor: Actor, now: datetime, *, excused: UUID | None = None) -> bool:
    """Replaces what is offered or booked by three new times. False, changing nothing, when there are none or it happened too often.

    ``interview`` is locked by the caller. Times offered before are not offered again; ``excused`` is an interviewer who can't come.
    Raises SomebodyWasFirst when the interview is over.
    """
    if interview.state not in (InterviewState.OFFERED, InterviewState.BOOKED):
        raise SomebodyWasFirst("The interview has moved on in the meantime.", "Reload to see where it stands.")
    if actor.kind == "candidate" and interview.proposal >= MOST_PROPOSALS:
        return False
    application, round_ = interview.application, interview.round
    refused = tuple(refused_times(interview))
    found = recommend_for(application, round_, now, Search(not_these=refused), but_of=[interview.pk], without=excused)
    if not found.options:
        return False
    offers = offers_of(found)
    before = _booked(interview)
    release(interview)
    refuse_waiting(interview.pk, now)
    move(
        interview,
        InterviewState.OFFERED,
        now,
        booked=None,
        proposal=interview.proposal + 1,
        sequence=interview.sequence + (before is not None),
        held_until=held_until(offers, now),
    )
    try:
        hold(interview, offers, application.candidate_id, now)
    except TimeTaken as taken:
        raise SomebodyWasFirst(str(taken), "Please try once more.") from taken
    if before:
        _tell_panel_it_is_off(interview, before, now)
    announce(interview, Purpose.NEW_OPTIONS, now, previous=before and span(before))
    record(
        "interview.reoffered",
        interview,
        actor,
        now,
        application=application.code,
        proposal=interview.proposal,
        was_booked=bool(before),
    )
    return True


def cancel(interview_id: UUID, actor: Actor, now: datetime) -> None:
    """The company calls the interview off: times free, candidate and interviewers told. Raises SomebodyWasFirst."""
    with transaction.atomic():
        interview = lock(interview_id)
        _end(interview, InterviewState.CANCELLED, now)
        record("interview.cancelled", interview, actor, now, application=interview.application.code)


def reschedule(interview_id: UUID, actor: Actor, now: datetime) -> None:
    """The company asks the candidate to pick again. Raises Refused when there is no other time."""
    with transaction.atomic():
        if not offer_other_times(lock(interview_id), actor, now):
            raise Refused(
                "There is no other time to offer; nothing was changed.", "Widen the horizon or add an interviewer to the round."
            )


def decline(interview: Interview, actor: Actor, now: datetime) -> None:
    """The candidate steps back: times free, interviewers told, application withdrawn. ``interview`` is locked by the caller."""
    _end(interview, InterviewState.DECLINED, now)
    withdraw(interview.application)
    settle(interview.application_id, now)
    record("interview.declined", interview, actor, now, application=interview.application.code)


def without_interviewer(interview: Interview, employee_id: UUID, actor: Actor, said: str, now: datetime) -> str:
    """An interviewer of a booked interview can't come: another one of the pool who is free takes the seat (``replaced``); else the
    candidate gets new times (``reoffered``); else a person is asked (``asked``). ``interview`` is locked by the caller."""
    option = _booked(interview)
    if option is None or employee_id not in {seat.employee_id for seat in option.seats.all()}:
        raise SomebodyWasFirst("This interview is no longer booked with you.", "There is nothing left to do.")
    application = interview.application
    done = "asked"
    replacement = who_can_replace(interview, option, employee_id, now)
    if replacement and take_seat(interview, option, employee_id, replacement.pk):
        done = "replaced"
        move(interview, InterviewState.BOOKED, now, sequence=interview.sequence + 1)
        refuse_waiting(interview.pk, now)
        leaving = Employee.objects.get(pk=employee_id)
        letters = Letters(interview, now)
        letters.to_interviewer(leaving, Purpose.INTERVIEWER_CANCELLED, previous=span(option), method="CANCEL")
        for employee in letters.panel:
            fresh = employee.pk == replacement.pk
            purpose = Purpose.INTERVIEWER_BOOKED if fresh else Purpose.INTERVIEWER_CHANGED
            letters.to_interviewer(employee, purpose, previous=None if fresh else span(option), method="REQUEST")
        letters.to_candidate(Purpose.CHANGED, previous=span(option), method="REQUEST")
        set_reminders(interview, option, now)
    elif offer_other_times(interview, actor, now, excused=employee_id):
        done = "reoffered"
    elif (
        Seat.objects.filter(option=option, employee_id=employee_id)
        .exclude(answer=Seat.Answer.DECLINED)
        .update(answer=Seat.Answer.DECLINED)
    ):
        ask(
            Task.Kind.INTERVIEWER_OUT,
            application.pk,
            application.code,
            now,
            said=said.strip()[:2000] or None,
            employee=str(employee_id),
        )
    record("interviewer.out", interview, actor, now, application=application.code, done=done)
    return done


def end_with_result(interview: Interview, result: str, now: datetime) -> None:
    """Ends a live interview because of a result: times free, and whoever was to come is told that it is off, without a reason."""
    before = _booked(interview)
    coming = before is not None and before.during.lower > now
    target = InterviewState.FINISHED if before else InterviewState.CANCELLED
    if interview.state == InterviewState.TENTATIVE:
        target = InterviewState.RELEASED
    move(interview, target, now, result=result, held_until=None, sequence=interview.sequence + coming)
    release(interview)
    refuse_waiting(interview.pk, now)
    cancel_timers(interview.pk, now)
    settle(interview.application_id, now, [Task.Kind.VIDEO_LINK, Task.Kind.INTERVIEWER_OUT])
    if before and coming:
        _tell_panel_it_is_off(interview, before, now)
        Letters(interview, now).to_candidate(Purpose.CANCELLED, previous=span(before), method="CANCEL")


def _end(interview: Interview, state: str, now: datetime) -> None:
    before, secret = _booked(interview), interview.state == InterviewState.TENTATIVE
    move(interview, state, now, booked=None, held_until=None, sequence=interview.sequence + (before is not None))
    release(interview)
    refuse_waiting(interview.pk, now)
    cancel_timers(interview.pk, now)
    settle(interview.application_id, now, [Task.Kind.VIDEO_LINK, Task.Kind.INTERVIEWER_OUT])
    if before:
        _tell_panel_it_is_off(interview, before, now)
    if before or (state == InterviewState.CANCELLED and not secret):
        offered = [o for o in whole().get(pk=interview.pk).options.all() if o.proposal == interview.proposal]
        spoken_of = before or next(iter(offered), None)
        if spoken_of:
            purpose = Purpose.WITHDRAWN if state == InterviewState.DECLINED else Purpose.CANCELLED
            Letters(interview, now).to_candidate(purpose, previous=span(spoken_of), method="CANCEL" if before else "")


def _tell_panel_it_is_off(interview: Interview, before: Option, now: datetime) -> None:
    letters = Letters(interview, now)
    for seat in before.seats.all():
        letters.to_interviewer(seat.employee, Purpose.INTERVIEWER_CANCELLED, previous=span(before), method="CANCEL")


def _booked(interview: Interview) -> Option | None:
    return booked_option(whole().get(pk=interview.pk)) if interview.booked_id else None
