"""What is written down about a writer: which letters wait for it, how it did, what it cost, and whether it may be asked at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F

from mianyue.domain.notices.facts import LetterFacts
from mianyue.domain.notices.models import Delivery, Notice, Wording, WriterMonth, WriterState
from mianyue.domain.notices.wording.breaker import Health
from mianyue.domain.notices.wording.kept import kept

State = Wording.State


@dataclass(frozen=True, slots=True)
class Price:
    """Millionths of the currency per token, in and out, and the most that a month may cost; a ``limit`` of 0 is none."""

    per_token_in: float = 0.0
    per_token_out: float = 0.0
    limit: int = 0

    def of(self, tokens_in: int, tokens_out: int) -> int:
        """What so many tokens cost, rounded up."""
        return -int(-(tokens_in * self.per_token_in + tokens_out * self.per_token_out) // 1)


def will_ask(notice: Notice, facts: LetterFacts, job_keywords: tuple[str, ...], now: datetime) -> Wording:
    """Notes that a writer may word this letter before it leaves, with all it takes to compose it again. In the caller's transaction."""
    return Wording.objects.create(notice=notice, facts={"facts": kept(facts), "job_keywords": list(job_keywords)}, created_at=now)


def begin(delivery_id: UUID, now: datetime) -> Wording | None:
    """Takes a letter's wording for asking, if its first attempt is about to be made. None: there is none, or somebody else has it."""
    waiting = Wording.objects.filter(notice__deliveries__pk=delivery_id, state=State.WAITING)
    found = waiting.select_related("notice").first()
    if found is None:
        return None
    if not Delivery.objects.filter(pk=delivery_id, attempt=1, state=Delivery.State.QUEUED, due_at__lte=now).exists():
        return None
    taken = Wording.objects.filter(pk=found.pk, state=State.WAITING).update(state=State.ASKING, asked_at=now)
    found.state, found.asked_at = State.ASKING, now
    return found if taken else None


def asking(delivery_id: UUID) -> Wording | None:
    """The wording of this delivery's letter, while a worker asks about it."""
    return Wording.objects.filter(notice__deliveries__pk=delivery_id, state=State.ASKING).defer("facts").first()


def settle(
    wording: Wording, state: str, now: datetime, *, check: str = "", model: str = "", attempts: int = 0, took: int = 0
) -> bool:
    """Writes down whose words the letter has and drops its facts. False when that was settled already. ``took`` in milliseconds."""
    return bool(
        Wording.objects.filter(pk=wording.pk, state__in=[State.WAITING, State.ASKING]).update(
            state=state,
            check_failed=check[:40],
            facts=None,
            model=model[:120],
            attempts=attempts,
            milliseconds=took,
            settled_at=now,
        )
    )


def drop_forgotten(written_before: datetime, now: datetime) -> int:
    """Settles, as the template's, wordings whose letter never came to be sent, so that no facts stay behind."""
    forgotten = Wording.objects.filter(state__in=[State.WAITING, State.ASKING], created_at__lt=written_before)
    return forgotten.update(state=State.TEMPLATE, check_failed="never_sent", facts=None, settled_at=now)


def reword(notice: Notice, delivery_id: UUID, text: str, html: str) -> bool:
    """Puts the worded letter in the place of the template while nothing has left; within the caller's transaction."""
    waiting = Delivery.objects.select_for_update().filter(pk=delivery_id, state=Delivery.State.QUEUED, attempt=1).first()
    if waiting is None:
        return False
    notice.text, notice.html = text, html
    notice.save(update_fields=["text", "html"])
    return True


def may_ask(month: str, price: Price, most: int, now: datetime) -> str:
    """Empty and ``most`` reserved, or why nobody is asked: ``switched_off``, ``breaker_open``, ``limit_reached``. In a transaction."""
    state = _locked()
    if not state.on:
        return "switched_off"
    WriterMonth.objects.get_or_create(month=month)
    spent = WriterMonth.objects.select_for_update().get(month=month).spent
    if price.limit and spent + most > price.limit:
        return "limit_reached"
    allowed, health = _health(state).may_ask(now)
    if not allowed:
        return "breaker_open"
    _keep(state, health)
    WriterMonth.objects.filter(month=month).update(spent=F("spent") + most, calls=F("calls") + 1)
    return ""


def meter(month: str, reserved: int, cost: int, tokens_in: int, tokens_out: int) -> None:
    """Replaces what was reserved for a call by what it cost."""
    WriterMonth.objects.filter(month=month).update(
        spent=F("spent") + (cost - reserved), tokens_in=F("tokens_in") + tokens_in, tokens_out=F("tokens_out") + tokens_out
    )


def count_used(month: str) -> None:
    """One more letter of the month left in the writer's words."""
    WriterMonth.objects.filter(month=month).update(used=F("used") + 1)


def note_outcome(answered: bool, now: datetime) -> bool:
    """Tells the breaker how a call went, in a transaction. True when that opened it."""
    state = _locked()
    before = _health(state)
    after = before.after(answered, now)
    _keep(state, after)
    return before.opened_at is None and after.opened_at is not None


def switch(on: bool) -> WriterState:
    """Turns the writer on or off for every worker, and forgives it: the breaker is closed. In a transaction."""
    state = _locked()
    state.on = on
    _keep(state, Health())
    return state


def _locked() -> WriterState:
    WriterState.objects.get_or_create(pk=1)
    return WriterState.objects.select_for_update().get(pk=1)


def _health(state: WriterState) -> Health:
    return Health(state.failures_in_a_row, state.lately, state.opened_at, state.probe_at)


def _keep(state: WriterState, health: Health) -> None:
    values: dict[str, Any] = {name: getattr(health, name) for name in ("failures_in_a_row", "lately", "opened_at", "probe_at")}
    for name, value in values.items():
        setattr(state, name, value)
    state.save()


STILL_ASKING = timedelta(seconds=12)
"""A worker that has begun asking is given this long; then it has died, and the template goes out."""
