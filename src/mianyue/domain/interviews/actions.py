"""Changing an interview: every change a conditional UPDATE from the state table, every promise a claim the database guards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from psycopg import errors as postgres
from psycopg.types.range import TimestamptzRange

from mianyue.base.errors import Refused, SomebodyWasFirst
from mianyue.base.interval import Interval
from mianyue.domain.interviews.models import Claim, Interview, Option, Seat
from mianyue.domain.interviews.states import ClaimState, InterviewState, OptionState, sources
from mianyue.domain.recruiting.models import Application, Round

ACTIVE = [ClaimState.HOLD, ClaimState.BOOKED]


class TimeTaken(Refused):
    """Somebody else was promised one of these times a moment ago; nothing was changed."""

    code = "time_taken"


class AlreadyInvited(Refused):
    """The application has a live interview; nothing was changed."""

    code = "already_invited"


@dataclass(frozen=True, slots=True)
class Offer:
    """One time to promise: when, who sits in which seat, where, and the reasons as the ranking gave them."""

    during: Interval
    employees: tuple[UUID, ...]
    room: UUID | None
    reasons: list[dict[str, Any]]


def open_interview(application: Application, round_: Round, state: str, held_until: datetime, now: datetime) -> Interview:
    """A new interview of the application. Raises AlreadyInvited where a live one exists (the database decides)."""
    try:
        with transaction.atomic():
            return Interview.objects.create(
                application=application, round=round_, state=state, held_until=held_until, created_at=now, changed_at=now
            )
    except IntegrityError as error:
        raise AlreadyInvited(f"{application.code} already has a live interview.", "Look at it, or cancel it first.") from error


def hold(interview: Interview, offers: Sequence[Offer], candidate_id: UUID, now: datetime) -> list[Option]:
    """Makes the options of the interview's current proposal and claims everything they need. Raises TimeTaken, changing nothing."""
    options = [
        Option(
            interview=interview,
            proposal=interview.proposal,
            number=number,
            during=_range(offer.during),
            room_id=offer.room,
            reasons=offer.reasons,
        )
        for number, offer in enumerate(offers, 1)
    ]
    seats = [
        Seat(option=option, number=number, employee_id=employee)
        for option, offer in zip(options, offers, strict=True)
        for number, employee in enumerate(offer.employees)
    ]
    claims = [
        Claim(
            resource_kind=kind,
            resource_id=resource,
            during=option.during,
            option=option,
            interview=interview,
            expires_at=interview.held_until,
        )
        for option, offer in zip(options, offers, strict=True)
        for kind, resource in _resources(offer, candidate_id)
    ]
    try:
        with transaction.atomic():
            _lock(claim.resource_id for claim in claims)
            Option.objects.bulk_create(options)
            Seat.objects.bulk_create(seats)
            Claim.objects.bulk_create(claims)
    except IntegrityError as error:
        if not isinstance(error.__cause__, postgres.ExclusionViolation):
            raise
        raise TimeTaken("One of these times was promised to somebody else a moment ago.", "Search again.") from error
    return options


def move(interview: Interview, to: str, now: datetime, **changes: Any) -> None:
    """Brings the interview into state ``to`` if the table allows it from where it is now. Raises SomebodyWasFirst."""
    changed = Interview.objects.filter(pk=interview.pk, state__in=sources(to)).update(state=to, changed_at=now, **changes)
    if not changed:
        raise SomebodyWasFirst("The interview has moved on in the meantime.", "Reload to see where it stands.")
    # Set here instead of read again: reading would forget the application and round that came with the interview.
    for name, value in {"state": to, "changed_at": now, **changes}.items():
        setattr(interview, name, value)


def choose(interview: Interview, option: Option, now: datetime) -> None:
    """Books one held option of the current proposal and lets the other ones go.

    Where an earlier booking was called off, its calendar entries have seen this SEQUENCE: the new booking needs a higher one.

    Raises SomebodyWasFirst where it isn't held any more (expired, released, or another option was picked).
    """
    booked = Claim.objects.filter(option=option, state=ClaimState.HOLD, expires_at__gt=now).update(
        state=ClaimState.BOOKED, expires_at=None
    )
    expected = option.seats.count() + 1 + (option.room_id is not None)
    if booked != expected:
        raise SomebodyWasFirst("This time is no longer held.", "Ask for new times.")
    Option.objects.filter(pk=option.pk).update(state=OptionState.CHOSEN)
    release(interview, keep=option)
    again = interview.sequence > 0
    move(interview, InterviewState.BOOKED, now, booked=option, held_until=None, sequence=interview.sequence + again)


def take_seat(interview: Interview, option: Option, leaving: UUID, coming: UUID) -> bool:
    """Gives the seat of ``leaving`` in a booked option to ``coming``. False, changing nothing, when ``coming`` was just promised elsewhere."""
    try:
        with transaction.atomic():
            _lock([leaving, coming])
            Claim.objects.filter(option=option, resource_id=leaving, state__in=ACTIVE).update(state=ClaimState.RELEASED)
            Claim.objects.create(
                resource_kind=Claim.Resource.EMPLOYEE,
                resource_id=coming,
                during=option.during,
                state=ClaimState.BOOKED,
                option=option,
                interview=interview,
            )
            Seat.objects.filter(option=option, employee_id=leaving).update(employee_id=coming, answer=Seat.Answer.NONE)
    except IntegrityError as error:
        if not isinstance(error.__cause__, postgres.ExclusionViolation):
            raise
        return False
    return True


def release(interview: Interview, keep: Option | None = None) -> int:
    """Frees every claimed time of the interview, except those of ``keep``. Returns how many claims became free."""
    claims = Claim.objects.filter(interview=interview, state__in=ACTIVE)
    options = Option.objects.filter(interview=interview, state__in=[OptionState.HELD, OptionState.CHOSEN])
    if keep is not None:
        claims, options = claims.exclude(option=keep), options.exclude(pk=keep.pk)
    options.update(state=OptionState.RELEASED)
    return claims.update(state=ClaimState.RELEASED)


def lock(interview_id: UUID) -> Interview:
    """The interview, locked for the rest of the transaction, so that two acts on it follow one another. Raises DoesNotExist."""
    # Two reads: rows joined to the locked one would be as they were before the wait for the lock (PostgreSQL 18, §13.2.1).
    Interview.objects.select_for_update().only("pk").get(pk=interview_id)
    return Interview.objects.select_related("application__candidate", "application__job__site", "round", "booked").get(
        pk=interview_id
    )


def _resources(offer: Offer, candidate_id: UUID) -> Iterable[tuple[str, UUID]]:
    for employee in offer.employees:
        yield Claim.Resource.EMPLOYEE, employee
    if offer.room is not None:
        yield Claim.Resource.ROOM, offer.room
    yield Claim.Resource.CANDIDATE, candidate_id


def _lock(resources: Iterable[UUID]) -> None:
    # Taken in one order by everybody, so that claims on the same people wait for one another instead of deadlocking
    # in the exclusion constraint.
    keys = sorted({resource.int >> 64 ^ resource.int & (1 << 64) - 1 for resource in resources})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) AS key",
            [[key - (1 << 64) if key >> 63 else key for key in keys]],
        )


def _range(interval: Interval) -> TimestamptzRange:
    return TimestamptzRange(interval.start, interval.end, "[)")
