"""A proposal in somebody's own words becomes a search for exactly those times."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from mianyue.base.errors import SomebodyWasFirst
from mianyue.base.interval import Interval
from mianyue.domain.interviews.models import Interview
from mianyue.domain.organization.queries import company as the_company
from mianyue.domain.security.actor import Actor
from mianyue.workflows import change
from mianyue.workflows.find_slots import recommend_for
from mianyue.workflows.gather import Search

FARTHEST_DAYS = 60
"""Calendar days ahead within which a proposed time is looked for."""


def offer_within(
    interview: Interview, spans: Sequence[Interval], actor: Actor, now: datetime, not_these: Sequence[Interval] = ()
) -> bool:
    """Offers times that lie in ``spans``, in place of what is offered or booked; False, changing nothing, where there are none.

    ``interview`` is locked by the caller. Times that were on offer before may come again, since it is the candidate who names them;
    except ``not_these``.
    """
    search = _search(spans, now, not_these)
    return search is not None and offer_by(search, interview, actor, now)


def offer_by(search: Search, interview: Interview, actor: Actor, now: datetime) -> bool:
    """Offers other times as ``search`` says; False, changing nothing, where there are none or somebody else was faster."""
    try:
        # A point to go back to: what was released before a time turned out to be taken is held again.
        with transaction.atomic():
            return change.offer_other_times(interview, actor, now, search)
    except SomebodyWasFirst:
        return False


def any_within(interview: Interview, spans: Sequence[Interval], now: datetime) -> bool:
    """Whether ``offer_within`` would find a time, changing nothing."""
    search = _search(spans, now)
    found = search and recommend_for(interview.application, interview.round, now, search, but_of=[interview.pk])
    return bool(found and found.options)


def _search(spans: Sequence[Interval], now: datetime, not_these: Sequence[Interval] = ()) -> Search | None:
    days = _days_to(max(span.end for span in spans), now) if spans else 0
    if not 0 < days <= FARTHEST_DAYS:
        return None
    days = max(days, the_company().horizon_working_days)
    return Search(days=days, within=tuple(spans), not_these=tuple(not_these))


def _days_to(end: datetime, now: datetime) -> int:
    """How many days, today among them, reach that far; no fewer than the working days there are."""
    zone = ZoneInfo(the_company().time_zone)
    return (end.astimezone(zone).date() - now.astimezone(zone).date()).days + 1
