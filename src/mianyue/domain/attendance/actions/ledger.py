"""The leave ledger: every movement a row that stays, the balance their sum, and nobody below nothing where there is a quota.

The row of the account is locked while its balance is looked at, so that two requests at once can't both spend the last hour. Every
movement has a key and is made once: whoever repeats an act gets the entry that it made the first time.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Sum

from mianyue.base.errors import NotFound, Refused
from mianyue.domain.attendance.models import LeaveAccount, LeaveType, LedgerEntry

Kind = LedgerEntry.Kind


class Overdrawn(Refused):
    """There is less left than was asked for; ``left`` and ``wanted`` in minutes of working time."""

    code = "overdrawn"

    def __init__(self, left: int, wanted: int) -> None:
        super().__init__("There is not enough left of this kind of leave.", "Ask for less, or for another kind.")
        self.left = left
        self.wanted = wanted


def grant(employee_id: UUID, leave_type: LeaveType, minutes: int, key: str, how: dict[str, Any], now: datetime) -> LedgerEntry:
    """Adds to what somebody may take. ``how``: the formula with its numbers, as people are shown it; ``expires_on`` there, an ISO date,
    is the last day on which it can be used (see ``expire``). Negative minutes take a grant back; raises Overdrawn."""
    return _move(employee_id, leave_type, Kind.GRANT, minutes, key, now, how=how)


def credit(
    employee_id: UUID, leave_type: LeaveType, minutes: int, key: str, how: dict[str, Any], now: datetime, overtime_id: UUID
) -> LedgerEntry | None:
    """Adds what was worked as overtime to compensatory leave (调休假). None: it was added before."""
    _locked(_account(employee_id, leave_type))
    if LedgerEntry.objects.filter(key=key).exists():
        return None
    return _move(employee_id, leave_type, Kind.CREDIT, minutes, key, now, how=how, request_id=overtime_id)


def reserve(employee_id: UUID, leave_type: LeaveType, minutes: int, request_id: UUID, now: datetime) -> LedgerEntry:
    """Takes what a request asks for, from the moment it is asked: what is pending can't be spent twice. Raises Overdrawn."""
    return _move(employee_id, leave_type, Kind.TAKE, -minutes, taken_by(request_id), now, request_id=request_id)


def expire(account: LeaveAccount, today: date, now: datetime) -> LedgerEntry | None:
    """Takes back what was granted to be used before ``today`` and wasn't; None where there is nothing to take.

    What a request gives back after its time expires with the next call.
    """
    account = _locked(account)
    unused = min(_unused(account, today), _balance(account))
    if unused <= 0:
        return None
    return LedgerEntry.objects.create(
        account=account, kind=Kind.EXPIRE, minutes=-unused, key=f"expire:{account.pk}:{today}", how={"before": f"{today}"}, at=now
    )


def adjust(employee_id: UUID, leave_type: LeaveType, minutes: int, key: str, how: dict[str, Any], now: datetime) -> LedgerEntry:
    """HR adds or, with negative minutes, takes away. Raises Overdrawn."""
    return _move(employee_id, leave_type, Kind.ADJUST, minutes, key, now, how=how)


def reverse(key: str, now: datetime) -> LedgerEntry:
    """Undoes the movement that was made under ``key``, once. Raises NotFound; Overdrawn, where what it gave has been used since."""
    entry = LedgerEntry.objects.select_related("account__leave_type").filter(key=key).first()
    if entry is None:
        raise NotFound("There is no such movement in the leave ledger.", "Nothing was changed.")
    account = _locked(entry.account)
    made = LedgerEntry.objects.filter(reverses=entry).first()
    if made is not None:
        return made
    _covered(account, -entry.minutes)
    return LedgerEntry.objects.create(
        account=account,
        kind=Kind.REVERSE,
        minutes=-entry.minutes,
        key=f"reverse:{entry.pk}",
        request_id=entry.request_id,
        reverses=entry,
        at=now,
    )


def give_back(request_id: UUID, now: datetime) -> LedgerEntry | None:
    """Reverses what a request had reserved, once. None where it had reserved nothing, as leave from the company's files."""
    taken = LedgerEntry.objects.filter(key=taken_by(request_id)).exists()
    return reverse(taken_by(request_id), now) if taken else None


def taken_by(request_id: UUID) -> str:
    """The key under which a request reserves."""
    return f"take:{request_id}"


def _move(
    employee_id: UUID,
    leave_type: LeaveType,
    kind: Kind,
    minutes: int,
    key: str,
    now: datetime,
    *,
    how: dict[str, Any] | None = None,
    request_id: UUID | None = None,
) -> LedgerEntry:
    account = _locked(_account(employee_id, leave_type))
    made = LedgerEntry.objects.filter(account=account, key=key).first()
    if made is not None:
        return made
    _covered(account, minutes)
    return LedgerEntry.objects.create(
        account=account, kind=kind, minutes=minutes, key=key, request_id=request_id, how=how or {}, at=now
    )


def _account(employee_id: UUID, leave_type: LeaveType) -> LeaveAccount:
    return LeaveAccount.objects.get_or_create(employee_id=employee_id, leave_type=leave_type)[0]


def _locked(account: LeaveAccount) -> LeaveAccount:
    """The account, which nobody else moves until the transaction ends."""
    return LeaveAccount.objects.select_for_update(of=("self",)).select_related("leave_type").get(pk=account.pk)


def _balance(account: LeaveAccount) -> int:
    return account.entries.aggregate(sum=Sum("minutes"))["sum"] or 0


def _covered(account: LeaveAccount, minutes: int) -> None:
    """Refuses what would leave less than nothing. What only adds is never refused, whatever the balance."""
    if minutes >= 0 or not account.leave_type.has_quota:
        return
    left = _balance(account)
    if left + minutes < 0:
        raise Overdrawn(left, -minutes)


def _unused(account: LeaveAccount, today: date) -> int:
    """The minutes granted to be used before ``today`` that nobody used: all of those grants, less everything that was taken and not
    given back, because what expires first is taken first, less what expired before."""
    granted = taken = expired = 0
    entries = account.entries.values_list("kind", "reverses__kind", "minutes", "how__expires_on", "reverses__how__expires_on")
    for kind, reversed_kind, minutes, own, reversed_until in entries:
        of, until = reversed_kind or kind, own or reversed_until
        if of == Kind.EXPIRE:
            expired -= minutes
        elif of == Kind.TAKE or (of == Kind.ADJUST and minutes < 0):
            taken -= minutes
        elif until is not None and date.fromisoformat(until) < today:
            granted += minutes
    return granted - taken - expired
