"""Delegation (代理审批): for some dates somebody else decides in one's place, and the journal says so of each decision."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from mianyue.base.errors import NotFound, Refused
from mianyue.domain.approvals import actions
from mianyue.domain.approvals.models import Delegation
from mianyue.domain.approvals.queries import delegations_of, is_there
from mianyue.domain.organization.models import Employee
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import Actor
from mianyue.workflows.staff.tell import STAFF


class DelegationRefused(Refused):
    """The deputy, or the dates, can't be."""

    code = "delegation_refused"


def delegate(approver: Employee, deputy: Employee, first: date, last: date, actor: Actor, now: datetime) -> Delegation:
    """From ``first`` to ``last`` (the approver's own dates, both included) the deputy may decide what waits for the approver.

    The approver still may, too. One deputy at a time; a deputy's own deputy doesn't decide for the first. Raises DelegationRefused.
    """
    today = now.astimezone(ZoneInfo(approver.time_zone)).date()
    if deputy.pk == approver.pk:
        raise DelegationRefused("Nobody deputises for themselves.", "Choose somebody else.")
    if last < first or last < today:
        raise DelegationRefused("These dates are over, or end before they begin.", "Choose other dates.")
    if not is_there(deputy, max(first, today)) or not is_there(deputy, last):
        raise DelegationRefused("The deputy does not work here on these dates, or can't be reached.", "Choose somebody else.")
    with transaction.atomic():
        Employee.objects.select_for_update(no_key=True).get(pk=approver.pk)  # two at once would both find the dates free
        if any(other.first_day <= last and first <= other.last_day for other in delegations_of(approver.pk, today)):
            raise DelegationRefused("There is a deputy for some of these dates already.", "End that delegation first.")
        delegation = actions.entrust(approver, deputy, first, last, now)
        record("approval.delegated", delegation, actor, now, approver=approver.code, deputy=deputy.code, first=first, last=last)
        return delegation


def end_delegation(delegation_id: int, actor: Actor, now: datetime) -> Delegation:
    """The deputy decides no more, from now on. Raises NotFound, also to anybody's own page that isn't the approver's; SomebodyWasFirst."""
    with transaction.atomic():
        found = Delegation.objects.select_related("approver", "deputy").filter(pk=delegation_id).first()
        if found is None or (actor.kind == STAFF and actor.id != str(found.approver_id)):
            raise NotFound("There is no such delegation.", "Reload to see who deputises for you.")
        actions.end_trust(found, now)
        record("approval.delegation_ended", found, actor, now, approver=found.approver.code, deputy=found.deputy.code)
        return found
