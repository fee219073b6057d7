"""Which times a candidate had before them, and which of those are still on offer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from mianyue.base.interval import Interval
from mianyue.domain.interviews.models import Interview, Option
from mianyue.domain.interviews.queries import booked_option, on_offer
from mianyue.domain.interviews.states import InterviewState
from mianyue.domain.notices.models import Notice
from mianyue.domain.notices.purposes import Purpose
from mianyue.domain.replies.policy import Stage
from mianyue.workflows.facts import span

Seen = dict[str, Any]
"""A time as somebody saw it: ``number``, ``proposal``, ``start``, ``end`` (ISO 8601)."""


def stage_of(interview: Interview, now: datetime) -> Stage:
    """How the interview stands. ``interview`` is whole."""
    if interview.state == InterviewState.OFFERED:
        return Stage.OFFERED if open_options(interview, now) else Stage.LAPSED
    booked = booked_option(interview)
    if interview.state == InterviewState.BOOKED and booked:
        return Stage.BOOKED if now < booked.during.lower else Stage.BEGUN
    return Stage.ENDED


def open_options(interview: Interview, now: datetime) -> list[Option]:
    """The times that the candidate's page shows to choose from now."""
    if interview.state != InterviewState.OFFERED or (interview.held_until and interview.held_until <= now):
        return []
    return [option for option in on_offer(interview) if option.during.lower > now]


def on_the_page(interview: Interview, now: datetime) -> list[Seen]:
    """The times that the page speaks of now: those to choose from, or the booked one."""
    booked = booked_option(interview) if interview.state == InterviewState.BOOKED else None
    return as_seen([booked] if booked else open_options(interview, now))


def in_the_letter(interview: Interview, notice: Notice, now: datetime) -> list[Seen]:
    """The times that a letter spoke of. One that offers: of the options made before it, those of the newest proposal, as it counted
    them. Whoever answers any other speaks of how things stand now.

    Ids begin with the millisecond they were made in.
    """
    if not Purpose(notice.purpose).offers:
        return on_the_page(interview, now)
    made = [option for option in interview.options.all() if option.pk.int >> 80 <= notice.pk.int >> 80]
    newest = max((option.proposal for option in made), default=0)
    return as_seen(option for option in made if option.proposal == newest)


def as_seen(options: Iterable[Option]) -> list[Seen]:
    return [
        {
            "number": option.number,
            "proposal": option.proposal,
            "start": option.during.lower.isoformat(),
            "end": option.during.upper.isoformat(),
        }
        for option in options
    ]


def interval_of(seen: Seen) -> Interval:
    return Interval(datetime.fromisoformat(seen["start"]), datetime.fromisoformat(seen["end"]))


def still_open(seen: Sequence[Seen], interview: Interview, now: datetime) -> frozenset[int]:
    """The positions (from 1) of the times that can be chosen now exactly as they were seen, or of the booked one."""
    booked = booked_option(interview) if interview.state == InterviewState.BOOKED else None
    options = [booked] if booked else open_options(interview, now)
    there = {(option.number, option.proposal, span(option)) for option in options}
    return frozenset(
        position for position, one in enumerate(seen, 1) if (one["number"], one["proposal"], interval_of(one)) in there
    )


def counts_plainly(seen: Sequence[Seen]) -> bool:
    """Whether the times were numbered 1, 2, 3: else "the second" could mean two of them."""
    return [one["number"] for one in seen] == list(range(1, len(seen) + 1))
