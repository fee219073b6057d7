"""Step 1 of the journey: let scheduling think about everything that is known, and find the times to offer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import combinations
from uuid import UUID

from mianyue.domain.recruiting.models import Application, Round
from mianyue.scheduling.batch.plan import plan
from mianyue.scheduling.best.rank import recommend
from mianyue.scheduling.facts import CELL, Need, Recommendation
from mianyue.scheduling.sequence import SequenceRecommendation, recommend_sequence
from mianyue.workflows.gather import Search, gather


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


def recommend_rounds(
    application: Application, rounds: Sequence[Round], gap: tuple[int, int], now: datetime, search: Search = Search()
) -> SequenceRecommendation:
    """The best chains of several rounds on one day, each round ``gap[0]`` to ``gap[1]`` minutes after the one before.

    Where that is no possible start, the first one after it counts too: a round begins on a multiple of its step, so after one of 50
    minutes the next begins 10 minutes later at the earliest, and whoever may sit in two rounds keeps the breathing space of both.
    Raises ValueError for a round that nobody may hold. The number of queries grows with the rounds alone.
    """
    # Asked one by one, since needs go by their application; horizon and promises are the same for all of them.
    asked = [gather([(application, round_)], now, search) for round_ in rounds]
    steps = [facts.needs[application.pk] for facts in asked]
    people = {key: person for facts in asked for key, person in facts.people.items()}
    rooms = {key: room for facts in asked for key, room in facts.rooms.items()}
    least = max(gap[0], _breathing_space(steps))
    most = max(gap[1], least) + max(step.step for step in steps) - CELL
    return recommend_sequence(steps, (least, most), people, rooms)


def _breathing_space(steps: Sequence[Need]) -> int:
    """The minutes between two steps after which anybody who may sit in both can."""
    spaces = (max(one.buffer[1], two.buffer[0]) for one, two in combinations(steps, 2) if _invited(one) & _invited(two))
    return max(spaces, default=0)


def _invited(step: Need) -> set[str]:
    return {*step.pool, *step.shadows}


def plan_for(pairs: Sequence[tuple[Application, Round]], now: datetime, search: Search = Search()) -> dict[UUID, Recommendation]:
    """The times for many applications at once, so that no two of them are given the same person, room or candidate's hour."""
    facts = gather(pairs, now, search)
    planned = plan(list(facts.needs.values()), facts.people, facts.rooms).recommendations
    return {application.pk: planned[facts.needs[application.pk].key] for application, _ in pairs}
