"""The same time with others: somebody takes a seat, or the room changes, and only those hear of it whom it concerns."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from mianyue.base.interval import Interval
from mianyue.domain.interviews.actions import move, rearrange
from mianyue.domain.interviews.models import Interview, Option
from mianyue.domain.interviews.queries import booked_option, whole
from mianyue.domain.interviews.states import InterviewState
from mianyue.domain.notices.actions import refuse_waiting
from mianyue.domain.notices.purposes import Purpose
from mianyue.domain.notices.queries import said_to, waiting_for
from mianyue.domain.organization.models import Employee
from mianyue.scheduling import facts as scheduling
from mianyue.scheduling.facts import Recommendation
from mianyue.workflows.book import set_reminders
from mianyue.workflows.facts import room_of, span
from mianyue.workflows.invite import offers_of
from mianyue.workflows.overtaken import overtaken
from mianyue.workflows.write import Letters


def stand_in(interview: Interview, option: Option, wanted: scheduling.Option, now: datetime) -> bool:
    """Gives a promised option the panel and room of ``wanted``, which lies at the same time. ``interview`` is locked by the caller.

    Of a booked one, calendars follow: whoever leaves, whoever comes, and everybody whom a letter has told of a person or room that
    is no longer right. Of one that is only on offer nobody is told: the candidate's page shows how it stands.
    False, changing nothing, where somebody or something needed was promised elsewhere a moment ago.
    """
    (offer,) = offers_of(Recommendation("", (wanted,), (), 1))
    if interview.state != InterviewState.BOOKED:
        return rearrange(interview, option, offer.employees, offer.room)
    before = {seat.employee_id: seat.employee for seat in option.seats.all()}
    shadows = {seat.employee_id for seat in option.seats.all() if seat.shadow}
    if not rearrange(interview, option, offer.employees, offer.room):
        return False
    after = booked_option(whole().get(pk=interview.pk))
    assert after is not None  # it is booked, and locked
    leaving = [employee for pk, employee in before.items() if pk not in {seat.employee_id for seat in after.seats.all()}]
    gone = [employee.name for employee in leaving]
    if after.room_id != option.room_id:
        gone.append(room_of(option))
    _tell(interview, span(option), before, leaving, gone, shadows, now)
    set_reminders(interview, after, now)
    overtaken(interview, now)
    return True


def _tell(
    interview: Interview,
    when: Interval,
    before: dict[UUID, Employee],
    leaving: list[Employee],
    gone: list[str],
    shadows: set[UUID],
    now: datetime,
) -> None:
    """Writes to those concerned. What waits to be sent is no longer right: it is taken back and written anew."""
    candidate_id = interview.application.candidate_id
    concerned = {pk: said_to(interview.pk, pk, gone) for pk in (candidate_id, *before)}
    waiting = {pk: waiting_for(interview.pk, pk) for pk in (candidate_id, *before)}
    move(interview, InterviewState.BOOKED, now, sequence=interview.sequence + 1)
    refuse_waiting(interview.pk, now)
    letters = Letters(interview, now)
    for employee in leaving:
        sat_in = employee.pk in shadows
        letters.to_interviewer(employee, Purpose.INTERVIEWER_CANCELLED, previous=when, method="CANCEL", sits_in=sat_in)
    for employee in letters.panel:
        if employee.pk not in before or Purpose.INTERVIEWER_BOOKED in waiting[employee.pk]:
            letters.to_interviewer(employee, Purpose.INTERVIEWER_BOOKED, method="REQUEST")
        elif concerned[employee.pk] or waiting[employee.pk]:
            letters.to_interviewer(employee, Purpose.INTERVIEWER_CHANGED, previous=when, method="REQUEST")
    if Purpose.CONFIRMATION in waiting[candidate_id]:
        letters.to_candidate(Purpose.CONFIRMATION, method="REQUEST")
    elif concerned[candidate_id] or waiting[candidate_id]:
        letters.to_candidate(Purpose.CHANGED, previous=when, method="REQUEST")
