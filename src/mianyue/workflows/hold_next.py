"""Tentative holds (待确认): a next round's times are kept, for people and room, until somebody invites to it, lets it go, or its own
deadline passes."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from mianyue.base.errors import SomebodyWasFirst
from mianyue.domain.desk.actions import ask, settle
from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.actions import lock, move, open_interview, release
from mianyue.domain.interviews.states import InterviewState
from mianyue.domain.recruiting.models import Application, Round
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import Actor
from mianyue.domain.timers.actions import cancel_timers, set_timer
from mianyue.domain.timers.models import Timer
from mianyue.scheduling.facts import Recommendation
from mianyue.workflows.find_slots import recommend_for
from mianyue.workflows.freed import freed
from mianyue.workflows.invite import TENTATIVE_ENDS, no_time, offers_of
from mianyue.workflows.relaxed import relaxed

TENTATIVE_WAITS = "tentative_waits"
"""The timer that puts a held next round before a recruiter while there is still time to invite to it."""

LAST_DAY = timedelta(hours=24)
"""So long before the deadline a recruiter is asked; of a shorter hold, halfway."""


def hold_tentatively(application: Application, following: Round, actor: Actor, now: datetime) -> Recommendation:
    """Holds times for a next round without telling anybody. Where there are none, a person is asked."""
    found = recommend_for(application, following, now)
    if not found.options:
        asked = {"excluded": no_time(found)["facts"], "relaxations": relaxed(found)}
        ask(Task.Kind.NO_TIME, application.pk, application.code, now, **asked)
        return found
    until = min(now + settings.MIANYUE_TENTATIVE_HOLD, max(option.interval.start for option in found.options))
    coming = open_interview(application, following, InterviewState.TENTATIVE, until, now, offers_of(found))
    set_timer(TENTATIVE_WAITS, coming.pk, until - min(LAST_DAY, (until - now) / 2))
    set_timer(TENTATIVE_ENDS, coming.pk, until, proposal=coming.proposal)
    record("interview.held", coming, actor, now, application=application.code, round=following.number, options=len(found.options))
    return found


def release_tentative(interview_id: UUID, actor: Actor, now: datetime) -> None:
    """Lets the held times go before their deadline; nobody had heard of them. Raises SomebodyWasFirst where they aren't held any more."""
    with transaction.atomic():
        interview = lock(interview_id)
        if interview.state != InterviewState.TENTATIVE:
            raise SomebodyWasFirst("These times are no longer held tentatively.", "Reload to see where the interview stands.")
        move(interview, InterviewState.RELEASED, now, held_until=None)
        release(interview)
        cancel_timers(interview.pk, now)
        settle(interview.application_id, now, [Task.Kind.NEXT_ROUND])
        freed(now)
        record("interview.released", interview, actor, now, application=interview.application.code)


def remind_recruiter(timer: Timer, now: datetime) -> None:
    """The deadline comes near: a recruiter is asked to invite, or to let the times go."""
    interview = lock(timer.subject_id)
    if interview.state != InterviewState.TENTATIVE or interview.held_until is None or interview.held_until <= now:
        return
    application, until = interview.application, interview.held_until
    ask(Task.Kind.NEXT_ROUND, application.pk, application.code, now, round=interview.round.number, until=until.isoformat())
