"""What has been promised and still lies ahead, in the terms of scheduling, beside the facts as they are now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from mianyue.base.interval import Interval
from mianyue.domain.interviews import queries as interviews
from mianyue.domain.interviews.models import Interview, Option, Seat
from mianyue.domain.interviews.queries import booked_option, on_offer
from mianyue.domain.interviews.states import InterviewState
from mianyue.domain.organization.models import Employee
from mianyue.scheduling import facts as scheduling
from mianyue.scheduling import mend
from mianyue.scheduling.best.rank import recommend
from mianyue.scheduling.facts import Blocked, Need, Recommendation, Why
from mianyue.scheduling.mend import Promise
from mianyue.workflows.facts import span
from mianyue.workflows.gather import Facts, Search, add_people, claimed_times, gather


@dataclass(frozen=True, slots=True)
class Standing:
    """An interview ahead with what it promises: the booked time, or the times held for it. ``options`` are their rows by key."""

    interview: Interview
    promises: tuple[Promise, ...]
    options: Mapping[str, Option]


def look_ahead(now: datetime) -> tuple[list[Standing], Facts]:
    """Every promise still to come, and everybody's facts without any of them. The number of queries doesn't grow with the rows."""
    return _seen(list(interviews.standing(now)), now)


def look_at(interview: Interview, now: datetime, out: Collection[UUID] = ()) -> tuple[Standing, Facts]:
    """The promises of one interview, and the facts beside all that others are promised. ``out``: employees who can't come."""
    (standing,), facts = _seen([interviews.whole().get(pk=interview.pk)], now, out)
    return standing, facts


def instead(
    standing: Standing, now: datetime, lost: Promise | None = None, taken: Iterable[tuple[Need, scheduling.Option]] = ()
) -> Recommendation:
    """New times for an interview whose promises fall through. In place of a booked one (``lost``), the nearest time comes first.

    What the candidate turned down before is not offered again. ``taken``: what others are about to be given.
    """
    interview = standing.interview
    search = Search(not_these=tuple(span(option) for option in interview.options.all() if option.proposal < interview.proposal))
    gathered = gather([(interview.application, interview.round)], now, search, but_of=[interview.pk])
    need = gathered.needs[interview.application_id]
    facts = mend.Facts.beside(gathered.people, gathered.rooms, taken)
    if lost is None or not lost.booked:
        return recommend(facts.asked(need), facts.people, facts.rooms)
    lost = replace(lost, need=need)
    first = mend.nearest(lost, facts)
    need = facts.asked(lost.askable)
    if first is None:
        return recommend(need, facts.people, facts.rooms)
    beside = replace(need, wanted=need.wanted - 1, blocked=(*need.blocked, Blocked(first.interval, Why.ALREADY_OFFERED)))
    found = recommend(beside, facts.people, facts.rooms)
    return replace(found, options=(first, *found.options))


def _seen(ahead: Sequence[Interview], now: datetime, out: Collection[UUID] = ()) -> tuple[list[Standing], Facts]:
    if not ahead:
        return [], Facts()
    rows = {interview.pk: _promised(interview, now) for interview in ahead}
    every = [option for options in rows.values() for option in options]
    over = Interval(now, max((option.during.upper for option in every), default=now + timedelta(days=1)))
    mine = [interview.pk for interview in ahead]
    facts = gather([(interview.application, interview.round) for interview in ahead], now, but_of=mine, over=over)
    _know_everybody_sitting(facts, every, over, now, mine)
    return [_standing(interview, rows[interview.pk], facts.needs[interview.application_id], out) for interview in ahead], facts


def _promised(interview: Interview, now: datetime) -> list[Option]:
    booked = booked_option(interview) if interview.state == InterviewState.BOOKED else None
    options = [booked] if booked else on_offer(interview)
    return [option for option in options if option.during.lower > now]


def _know_everybody_sitting(facts: Facts, options: Iterable[Option], over: Interval, now: datetime, mine: Collection[UUID]) -> None:
    """Adds those who sit in an interview though its round no longer names them: a promise given to them is one all the same."""
    sitting = {seat.employee_id for option in options for seat in option.seats.all() if seat.employee.code not in facts.people}
    if sitting:
        employees = list(Employee.objects.filter(pk__in=sitting).select_related("site"))
        add_people(facts, employees, over, claimed_times(over, now, mine))


def _standing(interview: Interview, rows: Sequence[Option], need: Need, out: Collection[UUID]) -> Standing:
    booked = interview.state == InterviewState.BOOKED
    promises = []
    for row in rows:
        seats = list(row.seats.all())
        panel = tuple(seat.employee.code for seat in seats if not seat.shadow)
        shadow = next((seat.employee.code for seat in seats if seat.shadow), None)
        gone = frozenset(s.employee.code for s in seats if s.employee_id in out or s.answer == Seat.Answer.DECLINED)
        option = scheduling.Option(span(row), panel, row.room.code if row.room else None, shadow=shadow)
        promises.append(Promise(str(row.pk), need, option, booked, gone))
    return Standing(interview, tuple(promises), {str(row.pk): row for row in rows})
