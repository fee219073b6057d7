"""Step 1 of the journey: let scheduling think about everything that is known, and find the times to offer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from mianyue.base.interval import Interval
from mianyue.domain.interviews.models import Interview, Option
from mianyue.domain.organization.models import Employee
from mianyue.domain.recruiting.models import Application, Round
from mianyue.scheduling.batch import plan
from mianyue.scheduling.facts import Recommendation
from mianyue.scheduling.rank import recommend
from mianyue.workflows.gather import Facts, Search, add_people, claimed_times, gather, seats_of

FAIR_OVER = timedelta(days=14)
"""How far ahead promised hours count when somebody has to stand in for a colleague."""


def recommend_for(
    application: Application,
    round_: Round,
    now: datetime,
    search: Search = Search(),
    but_of: Iterable[UUID] = (),
    without: UUID | None = None,
) -> Recommendation:
    """The best three times for one application's round.

    ``but_of``: interviews whose claims don't count (the one being replaced); ``without``: an interviewer who can't come.
    """
    facts = gather([(application, round_)], now, search, but_of, without)
    return recommend(facts.needs[application.pk], facts.people, facts.rooms)


def plan_for(pairs: Sequence[tuple[Application, Round]], now: datetime, search: Search = Search()) -> dict[UUID, Recommendation]:
    """The times for many applications at once, so that no two of them are given the same person, room or candidate's hour."""
    facts = gather(pairs, now, search)
    planned = plan(list(facts.needs.values()), facts.people, facts.rooms)
    return {application.pk: planned[facts.needs[application.pk].key] for application, _ in pairs}


def who_can_replace(interview: Interview, option: Option, leaving: UUID, now: datetime) -> Employee | None:
    """Somebody else of the leaving interviewer's seat who is at work and free for the whole booked time; least promised first."""
    seat = next(seat for seat in option.seats.all() if seat.employee_id == leaving)
    sitting = {seat.employee_id for seat in option.seats.all()}
    choices = [e for e in seats_of([interview.round_id])[interview.round_id][seat.number] if e.pk not in sitting]
    span = Interval(option.during.lower, option.during.upper)
    if span.start <= now:
        return None
    claimed = claimed_times(Interval(now, max(span.end, now + FAIR_OVER)), now)
    facts = Facts()
    add_people(facts, choices, span, claimed)
    free = [
        person
        for person in facts.people.values()
        if any(work.contains(span) for work in person.attendance) and not any(b.interval.overlaps(span) for b in person.blocked)
    ]
    best = min(free, key=lambda person: (person.promised_minutes, person.key), default=None)
    return next((e for e in choices if best and e.code == best.key), None)
