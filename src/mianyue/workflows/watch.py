"""Step 5: time passes: silence is followed up, reminders go out, unanswered times become free. Every timer is a row and fires once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from mianyue.domain.interviews.actions import lock
from mianyue.domain.interviews.states import InterviewState
from mianyue.domain.notices.models import Notice
from mianyue.domain.notices.purposes import Purpose
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import SYSTEM
from mianyue.domain.timers.actions import claim_due, postpone
from mianyue.domain.timers.models import Timer
from mianyue.workflows import provision
from mianyue.workflows.ask_change import close_overtaken
from mianyue.workflows.freed import FREED
from mianyue.workflows.give_up import give_up
from mianyue.workflows.hold_next import TENTATIVE_WAITS, remind_recruiter
from mianyue.workflows.invite import FOLLOW_UP, GIVE_UP, REMINDER, TENTATIVE_ENDS
from mianyue.workflows.overtaken import CHANGE_OVERTAKEN
from mianyue.workflows.refill import REFILL, refill, think_of_all
from mianyue.workflows.requests.approve import APPROVAL_ESCALATION, APPROVAL_REMINDER
from mianyue.workflows.requests.chase import open_to_hr, remind_approver
from mianyue.workflows.rooms.book import release_unused
from mianyue.workflows.rooms.keep import ROOM_UNUSED
from mianyue.workflows.write import Letters, ways

log = logging.getLogger(__name__)

LAST_REMINDER = timedelta(hours=12)
"""A reminder closer than this is the one with the way and the "I can't make it"."""


def tick(now: datetime, at_most: int = 500) -> int:
    """Fires what is due, each timer in a transaction of its own together with its work. Returns how many fired."""
    fired = 0
    while fired < at_most:
        with transaction.atomic():
            due = claim_due(now, 1)
            if not due:
                return fired
            try:
                with transaction.atomic():
                    FIRE[due[0].kind](due[0], now)
            except Exception:
                log.exception("Timer %s (%s) failed and will be tried again.", due[0].pk, due[0].kind)
                postpone(due[0], now)
        fired += 1
    return fired


def follow_up(timer: Timer, now: datetime) -> None:
    """A day of silence: a second, shorter notice, on the next channel where there is one."""
    interview = lock(timer.subject_id)
    if interview.state != InterviewState.OFFERED or interview.proposal != timer.facts["proposal"]:
        return
    candidate = interview.application.candidate
    used = set(
        Notice.objects.filter(subject_id=interview.pk, recipient_id=candidate.pk, version=interview.offering).values_list(
            "channel", flat=True
        )
    )
    known = ways(candidate)
    way = next((way for way in known if way.channel not in used), known[0] if known else None)
    Letters(interview, now).to_candidate(Purpose.FOLLOW_UP, way=way)
    record("interview.followed_up", interview, SYSTEM, now, application=interview.application.code, channel=way and way.channel)


def end_of_patience(timer: Timer, now: datetime) -> None:
    """Still nothing: the times are free again and a person is asked."""
    give_up(timer.subject_id, timer.facts["proposal"], now)


def remind(timer: Timer, now: datetime) -> None:
    """Reminds the candidate, and shortly before the interview the interviewers too."""
    interview = lock(timer.subject_id)
    if interview.state != InterviewState.BOOKED or interview.sequence != timer.facts["sequence"]:
        return
    overtaken = Timer.objects.filter(kind=REMINDER, subject_id=interview.pk, state=Timer.State.PENDING, due_at__lte=now)
    if overtaken.exists():
        return  # the worker was down: the next reminder is due as well, and one is enough
    last = timedelta(minutes=timer.facts["minutes"]) < LAST_REMINDER
    letters = Letters(interview, now)
    letters.to_candidate(Purpose.REMINDER_2H if last else Purpose.REMINDER_24H)
    if last:
        for employee in letters.panel:
            letters.to_interviewer(employee, Purpose.INTERVIEWER_REMINDER)
    record("interview.reminded", interview, SYSTEM, now, application=interview.application.code, minutes=timer.facts["minutes"])


FIRE: dict[str, Callable[[Timer, datetime], None]] = {
    FOLLOW_UP: follow_up,
    GIVE_UP: end_of_patience,
    TENTATIVE_ENDS: end_of_patience,
    REMINDER: remind,
    provision.PROVISION: provision.go_on_later,
    TENTATIVE_WAITS: remind_recruiter,
    ROOM_UNUSED: release_unused,
    FREED: think_of_all,
    REFILL: refill,
    CHANGE_OVERTAKEN: close_overtaken,
    APPROVAL_REMINDER: remind_approver,
    APPROVAL_ESCALATION: open_to_hr,
}
