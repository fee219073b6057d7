"""Approvals (审批): a request goes through its chain, each step decided once, by whoever's turn it is or their deputy, and never by the
asker."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction

from mianyue.base.errors import Refused, SomebodyWasFirst
from mianyue.domain.approvals import actions
from mianyue.domain.approvals.models import Approval, ApprovalStep
from mianyue.domain.approvals.policy import Line, chain, roles_of, successor
from mianyue.domain.approvals.queries import able_to_decide, deputies_of, is_there, line_of
from mianyue.domain.organization.models import Employee
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import SYSTEM, Actor
from mianyue.domain.timers.actions import cancel_timers, set_timer
from mianyue.workflows.requests.decided import EFFECTS
from mianyue.workflows.staff import tell as tell_staff

APPROVAL_REMINDER, APPROVAL_ESCALATION = "approval_reminder", "approval_escalation"
"""Timers of the step whose turn it is: the approver is reminded; HR may decide too."""

State, Step = Approval.State, ApprovalStep.State


class NotYours(Refused):
    """Somebody else decides this: nobody approves their own, and each step has its approver."""

    code = "not_yours"


def open_approval(
    kind: str, subject_id: UUID, asker: Employee, facts: dict[str, Any], said: str, actor: Actor, now: datetime
) -> Approval:
    """Sends a request on its way and tells whoever decides first.

    ``facts`` are codes, ids, minutes and instants (ISO 8601 with offset), no personal data; of ``start`` and ``end`` there the length
    is read, by which the chain may be shorter, and the moment until which it can be taken back.
    """
    with transaction.atomic():
        line, able = _who_could(asker, now)
        steps = chain(roles_of(kind, _length(facts)), asker.pk, line, able.__contains__)
        approval = actions.begin(kind, subject_id, asker, facts, said, steps, now)
        record("approval.asked", approval, actor, now, kind=kind, asker=asker.code, steps=[role for role, _ in steps])
        _its_turn(approval, now)
        return approval


def decide(
    approval_id: UUID,
    approve: bool,
    said: str,
    decider: Employee | None,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
) -> Approval:
    """Decides the step whose turn it is. ``decider`` is its approver or today's deputy; None is HR at the console, where the actor is an
    account. ``seen``: the number of the step that was shown to them, so that nobody decides one they never saw.

    Raises NotFound, NotYours, SomebodyWasFirst; Refused where the request can't be approved any more.
    """
    if seen is None:
        turn = ApprovalStep.objects.filter(approval_id=approval_id, state=Step.OPEN).values_list("number", flat=True)
        seen = turn.first()
    with transaction.atomic():
        approval = actions.lock(approval_id)
        step = actions.open_step(approval)
        if step is None or step.number != seen:
            raise SomebodyWasFirst("This has been decided or taken back already.", "Reload to see where it stands.")
        _refuse_others(approval, step, decider, actor, now)
        actions.decide_step(step, Step.APPROVED if approve else Step.REJECTED, f"{actor.kind} {actor.id}", said, now)
        record(
            "approval.decided",
            approval,
            actor,
            now,
            kind=approval.kind,
            step=step.number,
            approved=approve,
            by=decider.code if decider else "hr",
            in_place_of=step.approver.code if step.approver and step.approver != decider else None,
        )
        # Whoever has just decided is not asked again; anybody of HR is one voice.
        following = actions.go_on(approval, [decider.pk if decider else None]) if approve else None
        if following is None:
            _finish(approval, State.APPROVED if approve else State.REJECTED, actor, now)
        else:
            _replaced_if_gone(approval, following, now)
            _its_turn(approval, now)
        return approval


def withdraw(approval: Approval, actor: Actor, now: datetime) -> None:
    """Takes a locked approval back together with what it had brought about. Raises SomebodyWasFirst."""
    actions.close(approval, State.CANCELLED, now)
    cancel_timers(approval.pk, now)
    record("approval.taken_back", approval, actor, now, kind=approval.kind, asker=approval.asker.code)
    EFFECTS[approval.kind].undone(approval, actor, now)


def lapse(approval: Approval, now: datetime) -> None:
    """Nobody decided while there was time: a locked approval ends as rejected, and the asker is told. Raises SomebodyWasFirst."""
    record("approval.lapsed", approval, SYSTEM, now, kind=approval.kind, asker=approval.asker.code)
    _finish(approval, State.REJECTED, SYSTEM, now)


def pass_on(approval: Approval, step: ApprovalStep, now: datetime) -> bool:
    """Gives an open step to whoever comes next, if its approver has left or can't be reached any more, and tells them. Returns whether
    it did. The approval is locked."""
    gone = _replaced_if_gone(approval, step, now)
    if gone:
        record("approval.passed_on", approval, SYSTEM, now, kind=approval.kind, step=step.number)
        _its_turn(approval, now)
    return gone


def _replaced_if_gone(approval: Approval, step: ApprovalStep, now: datetime) -> bool:
    if step.approver is None or is_there(step.approver, _today(step.approver, now)):
        return False
    line, able = _who_could(approval.asker, now)
    actions.hand_over(step, successor(ApprovalStep.Role(step.role), approval.asker_id, line, able.__contains__))
    return True


def _who_could(asker: Employee, now: datetime) -> tuple[Line, set[UUID]]:
    """Who leads the asker, and which of them can decide today."""
    line = line_of(asker)
    people = {*line.managers, *([line.hr] if line.hr else [])}
    return line, able_to_decide(people, asker.pk, _today(asker, now))


def _its_turn(approval: Approval, now: datetime) -> None:
    """Tells whoever decides next, and sets the timers of their patience; HR looks at the console by itself."""
    cancel_timers(approval.pk, now)
    step = actions.open_step(approval)
    if step is None or step.approver_id is None:
        return
    for kind, after in (
        (APPROVAL_REMINDER, settings.MIANYUE_APPROVAL_REMIND_AFTER),
        (APPROVAL_ESCALATION, settings.MIANYUE_APPROVAL_ESCALATE_AFTER),
    ):
        if after > timedelta(0):
            set_timer(kind, approval.pk, now + after, step=step.number)
    tell_staff.approval_asked(approval, now)


def _finish(approval: Approval, state: str, actor: Actor, now: datetime) -> None:
    actions.close(approval, state, now)
    cancel_timers(approval.pk, now)
    effect = EFFECTS[approval.kind]
    (effect.approved if state == State.APPROVED else effect.undone)(approval, actor, now)
    tell_staff.approval_decided(approval, now)


def _refuse_others(approval: Approval, step: ApprovalStep, decider: Employee | None, actor: Actor, now: datetime) -> None:
    own = decider is not None and decider.pk == approval.asker_id
    if own or _is_asker(actor, approval.asker):
        raise NotYours("Nobody approves their own request.", "Somebody else will decide it.")
    if decider is None:
        if actor.kind != "user" or (step.approver_id is not None and step.escalated_at is None):
            raise NotYours("Somebody else decides this now.", "It comes to HR when it is its turn, or has waited too long.")
        return
    if actor.kind == tell_staff.STAFF and actor.id != str(decider.pk):
        raise NotYours("Somebody else decides this now.", "Everybody decides from their own page.")
    on = _today(step.approver or decider, now)
    deciding = [] if step.approver_id is None else [step.approver_id, *deputies_of(step.approver_id, on)]
    if decider.pk not in deciding or not is_there(decider, on):
        raise NotYours("Somebody else decides this now.", "It has been passed on, or it is another person's turn.")


def _is_asker(actor: Actor, asker: Employee) -> bool:
    """Whether who acts is the asker under another hat: their own page, or an account that bears their address or their number."""
    if actor.kind == tell_staff.STAFF:
        return actor.id == str(asker.pk)
    if actor.kind != "user" or not actor.id.isdecimal():
        return False
    account = get_user_model().objects.filter(pk=int(actor.id)).first()
    if account is None:
        return False
    names = {name.strip().casefold() for name in (account.get_username(), account.email) if name and name.strip()}
    return bool(names & {name.strip().casefold() for name in (asker.email, asker.code) if name})


def _today(person: Employee, now: datetime) -> date:
    return now.astimezone(ZoneInfo(person.time_zone)).date()


def _length(facts: dict[str, Any]) -> timedelta | None:
    if "start" not in facts or "end" not in facts:
        return None
    return datetime.fromisoformat(facts["end"]) - datetime.fromisoformat(facts["start"])
