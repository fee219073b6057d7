"""Changing an interview: every change a conditional UPDATE from the state table, every promise a claim the database guards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import IntegrityError, transaction
from django.db.models import F, Func, Max, QuerySet, Value
from psycopg import errors as postgres
from psycopg.types.range import TimestamptzRange

from mianyue.base.errors import Refused, SomebodyWasFirst
from mianyue.domain.interviews.models import Claim, Interview, InterviewChange, Option, Seat
from mianyue.domain.interviews.offers import Offer, rows, wanted
from mianyue.domain.interviews.states import ClaimState, InterviewState, OptionState, sources
from mianyue.domain.interviews.turns import ACTIVE, take_turn
from mianyue.domain.recruiting.models import Application, Round
from mianyue.domain.rooms.models import RoomBooking


class TimeTaken(Refused):
    """Somebody else was promised one of these times a moment ago; nothing was changed."""

    code = "time_taken"


class AlreadyInvited(Refused):
    """The application has a live interview; nothing was changed."""

    code = "already_invited"


def open_interview(
    application: Application, round_: Round, state: str, held_until: datetime, now: datetime, offers: Sequence[Offer] = ()
) -> Interview:
    """A new interview of the application that holds these times, within the caller's transaction.

    Raises AlreadyInvited where a live one exists, TimeTaken where one of the times is promised already; then nothing was changed.
    """
    interview = Interview(application=application, round=round_, state=state, held_until=held_until, created_at=now, changed_at=now)
    _refuse_taken(offers, application.candidate_id, application)
    with _guarded(application):
        interview.save(force_insert=True)
        _write(interview, offers, application.candidate_id)
    return interview


def hold(interview: Interview, offers: Sequence[Offer], candidate_id: UUID, now: datetime) -> list[Option]:
    """Adds options to the interview's current proposal and claims everything they need, within the caller's transaction.

    What stands in the proposal stays as it is and keeps its number. Raises TimeTaken, changing nothing.
    """
    _refuse_taken(offers, candidate_id)
    given = Option.objects.filter(interview=interview, proposal=interview.proposal).aggregate(last=Max("number"))
    with _guarded():
        return _write(interview, offers, candidate_id, given["last"] or 0)


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


def rearrange(interview: Interview, option: Option, panel: Sequence[UUID], room: UUID | None) -> bool:
    """Gives a promised option another panel (in seat order) and room at the same time. Whoever stays keeps their answer.

    False, changing nothing, where the option isn't promised any more or somebody or something needed was just promised elsewhere.
    """
    seats = list(Seat.objects.filter(option=option))
    shadows = {seat.employee_id for seat in seats if seat.shadow} - set(panel)
    before = {seat.employee_id for seat in seats} | ({option.room_id} - {None})
    after = {*panel, *shadows} | ({room} - {None})
    if take_turn([(coming, option.during) for coming in after - before], also=before - after).taken:
        return False
    try:
        with transaction.atomic():
            held = Claim.objects.filter(option=option, state__in=ACTIVE)
            model = held.filter(resource_kind=Claim.Resource.CANDIDATE).first()
            if model is None:
                return False
            held.filter(resource_id__in=before - after).update(state=ClaimState.RELEASED)
            Claim.objects.bulk_create(
                Claim(
                    resource_kind=Claim.Resource.ROOM if resource == room else Claim.Resource.EMPLOYEE,
                    resource_id=resource,
                    during=model.during,
                    state=model.state,
                    expires_at=model.expires_at,
                    option=option,
                    interview=interview,
                )
                for resource in sorted(after - before)
            )
            _seat_anew(option, seats, panel)
            Option.objects.filter(pk=option.pk).update(room_id=room)
    except IntegrityError as error:
        if not isinstance(error.__cause__, postgres.ExclusionViolation):
            raise
        return False
    return True


def withdraw(option: Option) -> None:
    """Takes one held option back: its times are free, the others stay."""
    Claim.objects.filter(option=option, state__in=ACTIVE).update(state=ClaimState.RELEASED)
    Option.objects.filter(pk=option.pk, state=OptionState.HELD).update(state=OptionState.RELEASED)


def leave_shadow_seat(option: Option, employee_id: UUID) -> bool:
    """Takes somebody who would only sit in to learn out of an option; their time is free again, nothing else changes.

    False, changing nothing, where they have no such seat.
    """
    deleted, _ = Seat.objects.filter(option=option, employee_id=employee_id, shadow=True).delete()
    if deleted:
        Claim.objects.filter(option=option, resource_id=employee_id, state__in=ACTIVE).update(state=ClaimState.RELEASED)
    return bool(deleted)


def release(interview: Interview, keep: Option | None = None) -> int:
    """Frees every claimed time of the interview, except those of ``keep``. Returns how many claims became free."""
    claims = Claim.objects.filter(interview=interview, state__in=ACTIVE)
    options = Option.objects.filter(interview=interview, state__in=[OptionState.HELD, OptionState.CHOSEN])
    if keep is not None:
        claims, options = claims.exclude(option=keep), options.exclude(pk=keep.pk)
    options.update(state=OptionState.RELEASED)
    return claims.update(state=ClaimState.RELEASED)


def leave_early(interview: Interview, now: datetime) -> int:
    """Frees what is left of the interview's claimed times; what has passed stays on record. Returns how many claims that changed."""
    return _end(Claim.objects.filter(interview=interview, state__in=ACTIVE), now)


def claim_room(booking: RoomBooking, held_until: datetime | None = None) -> None:
    """Claims the room of a booking made here: booked, or only held until then. Raises TimeTaken, changing nothing."""
    with _guarded():
        Claim.objects.create(
            resource_kind=Claim.Resource.ROOM,
            resource_id=booking.room_id,
            during=booking.during,
            state=ClaimState.HOLD if held_until else ClaimState.BOOKED,
            expires_at=held_until,
            booking=booking,
        )


def keep_room(booking: RoomBooking) -> bool:
    """Makes the held room of a booking a booked one. False where it isn't held any more."""
    held = Claim.objects.filter(booking=booking, state=ClaimState.HOLD)
    return bool(held.update(state=ClaimState.BOOKED, expires_at=None))


def leave_room(booking: RoomBooking, now: datetime) -> int:
    """Frees what is left of a booking's room. Returns how many claims that changed."""
    return _end(Claim.objects.filter(booking=booking, state__in=ACTIVE), now)


def close_change(change: InterviewChange, state: str, now: datetime) -> bool:
    """Ends what an interviewer had asked for. False, changing nothing, where that was done before."""
    pending = InterviewChange.objects.filter(pk=change.pk, state=InterviewChange.State.PENDING)
    if not pending.update(state=state, closed_at=now):
        return False
    change.state, change.closed_at = state, now
    return True


def lock(interview_id: UUID) -> Interview:
    """The interview, locked for the rest of the transaction, so that two acts on it follow one another. Raises DoesNotExist."""
    # Two reads: rows joined to the locked one would be as they were before the wait for the lock (PostgreSQL 18, §13.2.1).
    Interview.objects.select_for_update().only("pk").get(pk=interview_id)
    return Interview.objects.select_related("application__candidate", "application__job__site", "round", "booked").get(
        pk=interview_id
    )


def _end(claims: QuerySet[Claim], now: datetime) -> int:
    """Ends these claims at ``now``: those that have begun become shorter, those to come are released."""
    ahead = claims.filter(during__startswith__gte=now).update(state=ClaimState.RELEASED)
    passed = Value(TimestamptzRange(None, now, "[)"), output_field=DateTimeRangeField())
    shorter = Func(F("during"), passed, template="%(expressions)s", arg_joiner=" * ", output_field=DateTimeRangeField())
    return ahead + claims.filter(during__startswith__lt=now, during__endswith__gt=now).update(during=shorter)


def _seat_anew(option: Option, seats: Sequence[Seat], panel: Sequence[UUID]) -> None:
    """Writes who sits in which seat now; a shadow who joins the panel gives up the seat from which to learn."""
    answers = {seat.employee_id: seat.answer for seat in seats if not seat.shadow}
    Seat.objects.filter(option=option, shadow=True, employee_id__in=panel).delete()
    for number, employee_id in enumerate(panel):
        answer = answers.get(employee_id, Seat.Answer.NONE)
        Seat.objects.filter(option=option, number=number).update(employee_id=employee_id, answer=answer)


def _refuse_taken(offers: Sequence[Offer], candidate_id: UUID, application: Application | None = None) -> None:
    """Waits for our turn with everything these offers need; refuses before anything is written."""
    if not offers:
        return
    seen = take_turn(wanted(offers, candidate_id), application_id=application and application.pk)
    # Invited already goes first: to search for other times would be in vain.
    if application and seen.live:
        raise _already_invited(application)
    if seen.taken:
        raise _time_taken()


@contextmanager
def _guarded(application: Application | None = None) -> Iterator[None]:
    """Writes all or nothing: what the database refuses although we looked, is taken back and told like what we saw."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if isinstance(error.__cause__, postgres.ExclusionViolation):
            raise _time_taken() from error
        if application and _violated(error) == "interview_one_live":
            raise _already_invited(application) from error
        raise


def _write(interview: Interview, offers: Sequence[Offer], candidate_id: UUID, after: int = 0) -> list[Option]:
    options, seats, claims = rows(interview, offers, candidate_id, after)
    Option.objects.bulk_create(options)
    Seat.objects.bulk_create(seats)
    Claim.objects.bulk_create(claims)
    return options


def _violated(error: IntegrityError) -> str | None:
    """The name of the constraint that refused, as the database tells it."""
    return error.__cause__.diag.constraint_name if isinstance(error.__cause__, postgres.Error) else None


def _time_taken() -> TimeTaken:
    return TimeTaken("One of these times was promised to somebody else a moment ago.", "Search again.")


def _already_invited(application: Application) -> AlreadyInvited:
    return AlreadyInvited(f"{application.code} already has a live interview.", "Look at it, or cancel it first.")
