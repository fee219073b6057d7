"""Plans change: other times, a cancellation, an interviewer who can't come. Whoever was told before is told again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mianyue.base.errors import Refused, SomebodyWasFirst
from mianyue.domain.desk.actions import ask, settle
from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.actions import TimeTaken, hold, leave_shadow_seat, lock, move, release
from mianyue.domain.interviews.models import Interview, Option, Seat
from mianyue.domain.interviews.offers import Offer
from mianyue.domain.interviews.queries import booked_option, refused_times, whole
from mianyue.domain.interviews.states import InterviewState
from mianyue.domain.notices.actions import refuse_waiting, was_told
from mianyue.domain.notices.purposes import Purpose
from mianyue.domain.recruiting.actions import withdraw
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import Actor
from mianyue.domain.timers.actions import cancel_timers
from mianyue.scheduling.mend import mend
from mianyue.workflows.facts import span
from mianyue.workflows.find_slots import recommend_for
from mianyue.workflows.freed import freed
from mianyue.workflows.gather import Search
from mianyue.workflows.invite import announce, held_until, offers_of
from mianyue.workflows.overtaken import overtaken
from mianyue.workflows.stand_in import stand_in
from mianyue.workflows.standing import instead, look_at
from mianyue.workflows.write import Letters

MOST_PROPOSALS = 4
"""Sets of three a candidate can ask for by tapping; then a person takes over."""


def offer_other_times(interview: Interview, actor: Actor, now: datetime, search: Search | None = None) -> bool:
    """Replaces what is offered or booked by three new times. False, changing nothing, when there are none or it happened too often.

    ``interview`` is locked by the caller. Times offered before are not offered again, unless ``search`` says where to look.
    Raises SomebodyWasFirst when the interview is over.
    """
    if interview.state not in (InterviewState.OFFERED, InterviewState.BOOKED):
        raise SomebodyWasFirst("The interview has moved on in the meantime.", "Reload to see where it stands.")
    if actor.kind == "candidate" and interview.proposal >= MOST_PROPOSALS:
        return False
    application, round_ = interview.application, interview.round
    search = search or Search(not_these=tuple(refused_times(interview)))
    found = recommend_for(application, round_, now, search, but_of=[interview.pk])
    if not found.options:
        return False
    reoffer(interview, offers_of(found), actor, now)
    return True


def reoffer(interview: Interview, offers: Sequence[Offer], actor: Actor, now: datetime, **why: object) -> None:
    """Puts these times in the place of what is offered or booked, and tells whoever was told of that. ``why`` goes to the journal.

    ``interview`` is locked by the caller. Raises SomebodyWasFirst when one of the times was promised elsewhere a moment ago.
    """
    application = interview.application
    before = _booked(interview)
    release(interview)
    refuse_waiting(interview.pk, now)
    move(
        interview,
        InterviewState.OFFERED,
        now,
        booked=None,
        proposal=interview.proposal + 1,
        offering=interview.offering + 1,
        sequence=interview.sequence + (before is not None),
        held_until=held_until(offers, now),
    )
    try:
        hold(interview, offers, application.candidate_id, now)
    except TimeTaken as taken:
        raise SomebodyWasFirst(str(taken), "Please try once more.") from taken
    if before:
        _tell_panel_it_is_off(interview, before, now)
    # Whoever never received the first times can't be told of others.
    purpose = Purpose.NEW_OPTIONS if was_told(interview.pk, application.candidate_id) else Purpose.INVITATION
    announce(interview, purpose, now, previous=before and span(before), by_us=actor.kind != "candidate")
    settle(application.pk, now, [Task.Kind.PROMISE_BROKEN, Task.Kind.INTERVIEWER_OUT])
    overtaken(interview, now)
    freed(now)
    record(
        "interview.reoffered",
        interview,
        actor,
        now,
        application=application.code,
        proposal=interview.proposal,
        was_booked=bool(before),
        **why,
    )


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
    candidate gets new times (``reoffered``); else a person is asked (``asked``). Who would only sit in to learn just goes (``left``).
    ``interview`` is locked by the caller."""
    option = _booked(interview)
    seat = next((seat for seat in option.seats.all() if seat.employee_id == employee_id), None) if option else None
    if option is None or seat is None:
        raise SomebodyWasFirst("This interview is no longer booked with you.", "There is nothing left to do.")
    application = interview.application
    if seat.shadow:
        leave_shadow_seat(option, employee_id)
        Letters(interview, now).to_interviewer(
            seat.employee, Purpose.INTERVIEWER_CANCELLED, previous=span(option), method="CANCEL", sits_in=True
        )
        record("interviewer.out", interview, actor, now, application=application.code, done="left")
        return "left"
    done = "asked"
    standing, facts = look_at(interview, now, out=[employee_id])
    mended = next(iter(mend(standing.promises, facts.people, facts.rooms)), None)
    if mended and mended.option and mended.in_time and stand_in(interview, option, mended.option, now):
        done = "replaced"
    elif mended and (found := instead(standing, now, mended.promise)).options:
        reoffer(interview, offers_of(found), actor, now)
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
    done = [Task.Kind.VIDEO_LINK, Task.Kind.INTERVIEWER_OUT, Task.Kind.PROMISE_BROKEN, Task.Kind.NEXT_ROUND]
    settle(interview.application_id, now, done)
    overtaken(interview, now)
    freed(now)
    if before and coming:
        _tell_panel_it_is_off(interview, before, now)
        Letters(interview, now).to_candidate(Purpose.CANCELLED, previous=span(before), method="CANCEL")


def _end(interview: Interview, state: str, now: datetime) -> None:
    before, secret = _booked(interview), interview.state == InterviewState.TENTATIVE
    move(interview, state, now, booked=None, held_until=None, sequence=interview.sequence + (before is not None))
    release(interview)
    refuse_waiting(interview.pk, now)
    cancel_timers(interview.pk, now)
    settle(interview.application_id, now, [Task.Kind.VIDEO_LINK, Task.Kind.INTERVIEWER_OUT, Task.Kind.PROMISE_BROKEN])
    overtaken(interview, now)
    freed(now)
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
        letters.to_interviewer(
            seat.employee, Purpose.INTERVIEWER_CANCELLED, previous=span(before), method="CANCEL", sits_in=seat.shadow
        )


def _booked(interview: Interview) -> Option | None:
    return booked_option(whole().get(pk=interview.pk)) if interview.booked_id else None
