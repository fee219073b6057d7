"""Step 5b: silence has lasted too long: the times are free again, and a person is asked."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mianyue.domain.desk.actions import ask, settle
from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.actions import lock, move, release
from mianyue.domain.interviews.models import Interview
from mianyue.domain.interviews.states import InterviewState
from mianyue.domain.notices.actions import refuse_waiting
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import SYSTEM
from mianyue.domain.timers.actions import cancel_timers
from mianyue.workflows.freed import freed


def give_up(interview_id: UUID, proposal: int, now: datetime) -> bool:
    """Ends an offer or a tentative hold that has run out. False when it was answered or renewed meanwhile."""
    interview = lock(interview_id)
    waiting = interview.state in (InterviewState.OFFERED, InterviewState.TENTATIVE)
    if not waiting or interview.proposal != proposal or (interview.held_until and interview.held_until > now):
        return False
    tentative = interview.state == InterviewState.TENTATIVE
    move(interview, InterviewState.RELEASED if tentative else InterviewState.SILENT, now, held_until=None)
    release(interview)
    refuse_waiting(interview.pk, now)
    cancel_timers(interview.pk, now)
    freed(now)
    application = interview.application
    settle(application.pk, now, [Task.Kind.NEXT_ROUND])
    ask(Task.Kind.NO_ANSWER, application.pk, application.code, now, tentative=tentative, round=interview.round.number)
    record("interview.released" if tentative else "interview.silent", interview, SYSTEM, now, application=application.code)
    return True


def give_up_expired(now: datetime) -> int:
    """Ends every offer whose time has run out, should the worker that watches them be down. Returns how many."""
    expired = Interview.objects.filter(state__in=[InterviewState.OFFERED, InterviewState.TENTATIVE], held_until__lte=now)
    ended = 0
    for interview_id, proposal in expired.values_list("pk", "proposal"):
        with transaction.atomic():
            ended += give_up(interview_id, proposal, now)
    return ended
