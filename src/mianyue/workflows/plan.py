"""Planning a hiring day or a backlog (批量排期): times for many candidates at once, shown to HR before anything is held or sent."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from mianyue.base.errors import Refused
from mianyue.base.interval import Interval
from mianyue.domain.interviews.queries import live
from mianyue.domain.plans.actions import (
    ask_to_stop,
    begin_sending,
    defer_sending,
    end_sending,
    fail_part,
    open_plan,
    put_away,
    settle_part,
    take,
    tell,
)
from mianyue.domain.plans.asked import Asked, Standing
from mianyue.domain.plans.models import Part, Plan
from mianyue.domain.plans.queries import invited, somebody_sends
from mianyue.domain.recruiting.models import Application, Round
from mianyue.domain.recruiting.queries import who_may_sit
from mianyue.domain.rooms.queries import rooms_at
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import Actor
from mianyue.scheduling.batch.families import families, gathered
from mianyue.scheduling.batch.optimum import Progress
from mianyue.scheduling.batch.plan import Aim, Effort, plan
from mianyue.scheduling.batch.plan import Plan as Planned
from mianyue.scheduling.facts import Need, Option, Reason, Recommendation
from mianyue.scheduling.search import still_possible
from mianyue.workflows.find_slots import recommend_for
from mianyue.workflows.gather import Facts, Search, gather
from mianyue.workflows.give_up import give_up_expired
from mianyue.workflows.invite import Invited, Wish, applications_of, invitable, promise

log = logging.getLogger(__name__)

PART = 100
"""How many applications a part has at least, where families are small."""
TOLD_EVERY = 1.0
"""Seconds between two looks at whether somebody asked to stop."""

Tell = Callable[[Standing], None]


class NothingToPlan(Refused):
    """Nobody named is waiting for an invitation; nothing was planned."""

    code = "nothing_to_plan"


def begin(wish: Wish, asked: Asked, actor: Actor, now: datetime) -> Plan:
    """A plan for everybody the wish names who can be invited, one job per part. Raises NothingToPlan, NotFound."""
    pairs = invitable(applications_of(wish), now)
    if not pairs:
        raise NothingToPlan("Nobody named is waiting for an invitation.", "Whoever is invited already keeps their times.")
    with transaction.atomic():
        parts = gathered(families(_wanted(pairs)), PART)
        opened = open_plan(asked, parts, f"{actor.kind} {actor.id}".strip(), now)
        record("plan.begun", opened, actor, now, applications=len(pairs), parts=len(parts), seed=asked.seed)
    return opened


def _wanted(pairs: Sequence[tuple[Application, Round]]) -> dict[UUID, list[Hashable]]:
    """By application, everything of which there is only one: the people of its seats, the rooms at its site, the candidate."""
    round_ids = {round_.pk for _, round_ in pairs}
    seats, shadows = who_may_sit(round_ids)
    at_site = rooms_at({a.job.site_id for a, r in pairs if r.needs_room})
    return {
        application.pk: [
            application.candidate_id,
            *(employee.pk for seat in seats[round_.pk] for employee in seat),
            *(employee.pk for employee in shadows.get(round_.pk, [])),
            *(room.pk for room in (at_site.get(application.job.site_id, []) if round_.needs_room else [])),
        ]
        for application, round_ in pairs
    }


def search(part_id: UUID, now: datetime, told: Tell = lambda standing: None, leaving: Callable[[], bool] = lambda: False) -> bool:
    """Searches one part and keeps what it found. Safe to run twice: a part that was found stays as it is.

    ``told`` hears how the search stands, about once a second. False where whoever searches is ``leaving`` before the end: nothing is
    kept then, and the part is to be searched again.
    """
    part = take(part_id)
    if part is None:
        return True
    try:
        found = _found(part, now, told, leaving)
    except Exception:
        # Whatever it is, it must not leave the other parts waiting for this one for ever.
        log.exception("Part %s of plan %s could not be searched.", part.number, part.plan.number)
        with transaction.atomic():
            fail_part(part)
        return True
    if leaving():
        return False
    standing = Standing(found.plan.placed, found.plan.most_placed, found.plan.objective, found.plan.bound, found.plan.seconds)
    with transaction.atomic():
        settle_part(part, standing, found.options)
    told(standing)
    return True


@dataclass(frozen=True, slots=True)
class _Found:
    plan: Planned
    options: dict[str, list[dict[str, Any]]]


def _found(part: Part, now: datetime, told: Tell, leaving: Callable[[], bool]) -> _Found:
    asked = part.plan
    every = Application.objects.select_related("candidate", "job__site").filter(pk__in=part.application_ids).order_by("code")
    facts = gather(invitable(every, now), now, Search(asked.earliest, asked.days, wanted=asked.options))
    last = 0.0

    def watch(progress: Progress) -> bool:
        nonlocal last
        if time.monotonic() - last < TOLD_EVERY:
            return True
        last = time.monotonic()
        standing = Standing(0, 0, progress.objective, progress.bound, progress.seconds)
        told(standing)
        return not leaving() and tell(part, standing)

    planned = plan(
        list(facts.needs.values()), facts.people, facts.rooms, Aim.FAIR, Effort(asked.seconds, asked.seed, watch), easing=False
    )
    times = planned.recommendations
    return _Found(planned, {str(pk): [_kept(option) for option in times[need.key].options] for pk, need in facts.needs.items()})


def stop(asked: Plan, actor: Actor, now: datetime) -> None:
    """Ends the search with the best so far. Raises SomebodyWasFirst."""
    with transaction.atomic():
        ask_to_stop(asked)
        record("plan.stopped", asked, actor, now)


def discard(asked: Plan, actor: Actor, now: datetime) -> None:
    """Puts a plan away; it has promised nothing, so nothing is to be undone. Raises SomebodyWasFirst."""
    with transaction.atomic():
        put_away(asked, now)
        record("plan.discarded", asked, actor, now)


def send_later(asked: Plan, actor: Actor, now: datetime) -> None:
    """Lets a worker do what ``send`` does. Raises SomebodyWasFirst unless the plan is ready, or its sending broke off."""
    with transaction.atomic():
        _begin_sending(asked, actor, now)
        if not somebody_sends(asked):
            defer_sending(asked, actor)


def send(asked: Plan, actor: Actor, now: datetime) -> list[Invited]:
    """Holds what was planned and sends the letters, application by application. Raises SomebodyWasFirst unless the plan is ready.

    Times that stopped being true since are left out. When everybody else's are held, whoever has none, or lost one to somebody else,
    is searched for anew; those without any come before people, with what excludes the times. A plan whose sending broke off goes on
    with those who were not invited yet.
    """
    with transaction.atomic():
        _begin_sending(asked, actor, now)
    sent = _send(asked, actor, now)
    offered = live([one.application.pk for one in sent if one.problem is None], now)
    return [replace(one, interview=offered.get(one.application.pk)) for one in sent]


def go_on_sending(plan_id: UUID, actor: Actor, now: datetime) -> None:
    """Sends what is left of a plan that is being sent; safe to run twice, even at once."""
    asked = Plan.objects.filter(pk=plan_id, state=Plan.State.SENDING).first()
    if asked is not None:
        _send(asked, actor, now)


def _begin_sending(asked: Plan, actor: Actor, now: datetime) -> None:
    if begin_sending(asked, now):
        record("plan.sending", asked, actor, now)


def _send(asked: Plan, actor: Actor, now: datetime) -> list[Invited]:
    give_up_expired(now)
    where = Search(asked.earliest, asked.days, wanted=asked.options)
    sent = [one for part in asked.parts.filter(state=Part.State.FOUND) for one in _send_part(part, where, actor, now)]
    asked.refresh_from_db()
    with transaction.atomic():
        if end_sending(asked, now):
            record("plan.sent", asked, actor, now, invited=invited(asked))
    return sent


def _send_part(part: Part, where: Search, actor: Actor, now: datetime) -> list[Invited]:
    every = Application.objects.select_related("candidate", "job__site").filter(pk__in=part.found).order_by("code")
    pairs = invitable(every, now)
    facts = gather(pairs, now, where)
    true = {
        application.pk: _still_true(part.found[str(application.pk)], facts.needs[application.pk], facts) for application, _ in pairs
    }
    sent = []
    # Whoever is searched for anew comes last: they must not take what was planned for another.
    for application, round_ in sorted(pairs, key=lambda pair: not true[pair[0].pk]):
        options = true[application.pk]
        recommendation = (
            Recommendation(application.code, options, (), len(options))
            if options
            else recommend_for(application, round_, now, where)
        )
        sent.append(promise(Invited(application, recommendation=recommendation), where, actor, now))
    return sent


def _still_true(kept: Sequence[dict[str, Any]], need: Need, facts: Facts) -> tuple[Option, ...]:
    looked_at = (still_possible(need, _option(one), facts.people, facts.rooms) for one in kept)
    return tuple(option for option in looked_at if option)


def _kept(option: Option) -> dict[str, Any]:
    return {
        "start": option.interval.start.isoformat(),
        "end": option.interval.end.isoformat(),
        "people": list(option.people),
        "room": option.room,
        "shadow": option.shadow,
        "reasons": [{"code": reason.code, **dict(reason.facts)} for reason in option.reasons],
    }


def _option(kept: dict[str, Any]) -> Option:
    reasons = tuple(Reason(one["code"], tuple((k, v) for k, v in one.items() if k != "code")) for one in kept["reasons"])
    span = Interval(datetime.fromisoformat(kept["start"]), datetime.fromisoformat(kept["end"]))
    return Option(span, tuple(kept["people"]), kept["room"], reasons, kept["shadow"])
