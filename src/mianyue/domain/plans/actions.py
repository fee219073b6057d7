"""Changing a plan: every change conditional, so that two workers, or two people, never both do the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max
from procrastinate.contrib.django import app

from mianyue.base.errors import SomebodyWasFirst
from mianyue.domain.plans.asked import Asked, Standing
from mianyue.domain.plans.models import Part, Plan
from mianyue.domain.security.actor import Actor

_ONE_AT_A_TIME = 0x706C616E
"""The advisory lock under which plans are numbered."""


def open_plan(asked: Asked, parts: Iterable[Sequence[UUID]], asked_by: str, now: datetime) -> Plan:
    """A new plan with its parts, and a job for each. Inside the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    number = (Plan.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    plan = Plan.objects.create(
        number=number,
        options=asked.options,
        earliest=asked.earliest,
        days=asked.days,
        seconds=asked.seconds,
        seed=asked.seed,
        asked_by=asked_by,
        created_at=now,
    )
    made = Part.objects.bulk_create(Part(plan=plan, number=at, application_ids=list(ids)) for at, ids in enumerate(parts, 1))
    for part in made:
        app.configure_task("search_part").defer(part_id=str(part.pk))
    return plan


def take(part_id: UUID) -> Part | None:
    """The part, to be searched now; None if that was done. A part whose worker died is searched again from the beginning."""
    open_ = Part.objects.filter(pk=part_id, state__in=[Part.State.WAITING, Part.State.SEARCHING], plan__state=Plan.State.SEARCHING)
    if not open_.update(state=Part.State.SEARCHING):
        return None
    return Part.objects.select_related("plan").get(pk=part_id)


def tell(part: Part, standing: Standing) -> bool:
    """Writes down how the search stands. False when somebody asked to stop, or the plan was discarded."""
    Part.objects.filter(pk=part.pk, state=Part.State.SEARCHING).update(**_columns(standing))
    return Plan.objects.filter(pk=part.plan_id, state=Plan.State.SEARCHING, stop_asked=False).exists()


def settle_part(part: Part, standing: Standing, found: dict[str, list[dict[str, Any]]]) -> None:
    """Keeps what was found; with the last part, the plan is ready. Inside the caller's transaction."""
    _end(part, Part.State.FOUND, found=found, **_columns(standing))


def fail_part(part: Part) -> None:
    """Gives a part up: its applications stay without times, and as far as anybody knows all of them could have had some."""
    _end(part, Part.State.FAILED, most_placed=len(part.application_ids))


def ask_to_stop(plan: Plan) -> None:
    """Asks the search to end with the best so far. Raises SomebodyWasFirst where it has ended."""
    if not Plan.objects.filter(pk=plan.pk, state=Plan.State.SEARCHING).update(stop_asked=True):
        raise SomebodyWasFirst("The search has ended already.", "Reload to see what it found.")


def begin_sending(plan: Plan, now: datetime) -> bool:
    """From now on letters go out. False: they do already, and what broke off may go on. Raises SomebodyWasFirst in other states."""
    if Plan.objects.filter(pk=plan.pk, state=Plan.State.READY).update(state=Plan.State.SENDING, sending_at=now):
        return True
    if not Plan.objects.filter(pk=plan.pk, state=Plan.State.SENDING).exists():
        raise SomebodyWasFirst("The plan is not ready, or somebody has dealt with it already.", "Reload to see where it stands.")
    return False


def defer_sending(plan: Plan, actor: Actor) -> None:
    """Leaves the letters to a worker, in the name of ``actor``. Inside the caller's transaction."""
    app.configure_task("send_plan").defer(plan_id=str(plan.pk), actor_kind=actor.kind, actor_id=actor.id)


def end_sending(plan: Plan, now: datetime) -> bool:
    """Everybody of the plan was dealt with. False: somebody else has said so."""
    return bool(Plan.objects.filter(pk=plan.pk, state=Plan.State.SENDING).update(state=Plan.State.SENT, settled_at=now))


def put_away(plan: Plan, now: datetime) -> None:
    """Discards a plan of which nothing was sent. Raises SomebodyWasFirst where somebody has dealt with it already."""
    open_ = Plan.objects.filter(pk=plan.pk, state__in=[Plan.State.READY, Plan.State.SEARCHING])
    if not open_.update(state=Plan.State.DISCARDED, settled_at=now):
        raise SomebodyWasFirst("Somebody has dealt with the plan already.", "Reload to see where it stands.")


def _end(part: Part, state: str, **changes: Any) -> None:
    # The plan's row is locked first, so that of two parts ending together exactly one is the last.
    Plan.objects.select_for_update().get(pk=part.plan_id)
    Part.objects.filter(pk=part.pk, state=Part.State.SEARCHING).update(state=state, **changes)
    if not Part.objects.filter(plan=part.plan_id, state__in=[Part.State.WAITING, Part.State.SEARCHING]).exists():
        Plan.objects.filter(pk=part.plan_id, state=Plan.State.SEARCHING).update(state=Plan.State.READY)


def _columns(standing: Standing) -> dict[str, Any]:
    return {name: getattr(standing, name) for name in Standing.__slots__}
