"""Hours that became free are offered to candidates who have fewer than three times to choose from.

What they were offered stays as it is, with its numbers, links and deadline; further times are added to it, and one letter tells how
all of it stands now. Each interview is looked at in a transaction of its own, the oldest first.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from mianyue.base.errors import SomebodyWasFirst
from mianyue.domain.interviews.actions import TimeTaken, hold, lock, move
from mianyue.domain.interviews.models import Interview, Option
from mianyue.domain.interviews.queries import on_offer, whole
from mianyue.domain.interviews.states import InterviewState
from mianyue.domain.notices.actions import refuse_waiting, was_told
from mianyue.domain.notices.purposes import Purpose
from mianyue.domain.notices.queries import last_written
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import SYSTEM
from mianyue.domain.timers.actions import set_once, set_timer
from mianyue.domain.timers.models import Timer
from mianyue.scheduling.facts import Recommendation
from mianyue.workflows.change import reoffer
from mianyue.workflows.facts import span
from mianyue.workflows.find_slots import recommend_for
from mianyue.workflows.freed import ENOUGH, EVERYBODY, FREED, SETTLES, TIME_TO_ANSWER, too_few
from mianyue.workflows.gather import Search
from mianyue.workflows.invite import FOLLOW_UP, offers_of
from mianyue.workflows.write import Letters, ways

REFILL = "refill"
"""The timer that looks for further times for one interview."""

AT_ONCE = 100
"""Interviews thought of in one go; the next ones follow a minute later, so that reminders needn't wait behind them."""

BETWEEN_LETTERS = timedelta(hours=24)
"""A candidate gets one letter about new times in this time at most."""

BESIDE_FOLLOW_UP = timedelta(hours=1)
"""No such letter this close before or after the second notice: it shows all the times itself."""


def think_of_all(timer: Timer, now: datetime) -> None:
    """Hours were freed: whoever has too few times is looked at, each by a timer of their own."""
    waiting = too_few(now)
    if after := timer.facts.get("after"):
        waiting = waiting.filter(pk__gt=UUID(after))
    found = list(waiting.values_list("pk", flat=True)[: AT_ONCE + 1])
    these = found[:AT_ONCE]
    for ahead, interview_id in enumerate(reversed(these), 1):
        set_once(REFILL, interview_id, now - timedelta(microseconds=ahead))
    if len(found) > len(these):
        set_timer(FREED, EVERYBODY, now + SETTLES, after=str(these[-1]))


def refill(timer: Timer, now: datetime) -> None:
    """Adds what true times there are to an offer that has too few, and tells the candidate. Nothing else about the offer changes."""
    interview = lock(timer.subject_id)
    if interview.state != InterviewState.OFFERED or interview.held_until is None or interview.held_until <= now + TIME_TO_ANSWER:
        return
    interview = whole().get(pk=interview.pk)
    held = [option for option in on_offer(interview) if option.during.lower > now]
    if len(held) >= ENOUGH or not ways(interview.application.candidate):
        return
    not_before = _not_before(interview, now)
    if not_before > now:
        if not_before + TIME_TO_ANSWER < interview.held_until:
            set_timer(REFILL, interview.pk, not_before)
        return
    found = _find(interview, held, now)
    if not found.options:
        return
    try:
        with transaction.atomic():
            _add(interview, found, now) if held else reoffer(interview, offers_of(found), SYSTEM, now)
    except (TimeTaken, SomebodyWasFirst):
        set_timer(REFILL, interview.pk, now + SETTLES)  # somebody else was promised it meanwhile: there may be others


def _find(interview: Interview, held: list[Option], now: datetime) -> Recommendation:
    """Further times beside those held. What was lost from this very offer may come back; what was turned down before may not."""
    not_these = [o for o in interview.options.all() if o.proposal < interview.proposal or o in held]
    search = Search(not_these=tuple(span(option) for option in not_these), wanted=ENOUGH - len(held))
    return recommend_for(interview.application, interview.round, now, search, but_of=[interview.pk])


def _add(interview: Interview, found: Recommendation, now: datetime) -> None:
    candidate_id = interview.application.candidate_id
    hold(interview, offers_of(found), candidate_id, now)
    move(interview, InterviewState.OFFERED, now, offering=interview.offering + 1)
    # Whoever never received the first times is told of all of them as if they were the first.
    told = was_told(interview.pk, candidate_id)
    refuse_waiting(interview.pk, now)
    Letters(interview, now).to_candidate(Purpose.NEW_OPTIONS if told else Purpose.INVITATION, added=told)
    code = interview.application.code
    record("interview.refilled", interview, SYSTEM, now, application=code, options=len(found.options), proposal=interview.proposal)


def _not_before(interview: Interview, now: datetime) -> datetime:
    """When the candidate may be written to about new times at the earliest."""
    candidate_id, moments = interview.application.candidate_id, [now]
    if last := last_written(candidate_id, Purpose.NEW_OPTIONS):
        moments.append(last + BETWEEN_LETTERS)
    if last := last_written(candidate_id, Purpose.FOLLOW_UP):
        moments.append(last + BESIDE_FOLLOW_UP)
    coming = Timer.objects.filter(kind=FOLLOW_UP, subject_id=interview.pk, state=Timer.State.PENDING)
    moments += [at + BESIDE_FOLLOW_UP for at in coming.values_list("due_at", flat=True) if at <= now + BESIDE_FOLLOW_UP]
    return max(moments)
