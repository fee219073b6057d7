"""Rooms booked by the staff: taken as interviews take theirs, used once somebody has checked in, free again when nobody comes.

A booking and an interview are the same kind of claim: whoever is first has the room, and neither ever pushes the other out.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from psycopg.types.range import TimestamptzRange

from mianyue.base.errors import NotFound, Refused, SomebodyWasFirst
from mianyue.base.interval import Interval
from mianyue.domain.approvals import actions as approvals
from mianyue.domain.approvals.models import Approval
from mianyue.domain.intake.queries import unread_tables
from mianyue.domain.interviews import actions as claims
from mianyue.domain.interviews.actions import TimeTaken
from mianyue.domain.interviews.turns import take_turn
from mianyue.domain.organization.models import Employee
from mianyue.domain.rooms import actions as rooms
from mianyue.domain.rooms.models import Room, RoomBooking
from mianyue.domain.rooms.queries import booked_elsewhere
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import SYSTEM, Actor
from mianyue.domain.timers.actions import cancel_timers, set_timer
from mianyue.domain.timers.models import Timer
from mianyue.workflows.freed import freed
from mianyue.workflows.give_up import give_up_expired
from mianyue.workflows.requests.approve import lapse, open_approval, withdraw
from mianyue.workflows.rooms.keep import ROOM_UNUSED, let_go, watch_for_use
from mianyue.workflows.staff import tell as tell_staff

LONGEST = timedelta(hours=8)
"""A booking lasts no longer: a room is not an office."""

HORIZON = timedelta(days=90)
"""No room is booked farther ahead."""

CHECK_IN_FROM = timedelta(minutes=15)
"""How long before the beginning people can check in."""

LONGEST_SUBJECT = 200
"""Characters."""

State = RoomBooking.State


class RoomTaken(Refused):
    """Somebody has the room at that time, or was promised it a moment ago; nothing was changed."""

    code = "room_taken"


class RoomUnknown(Refused):
    """Nobody can say whether the room is free: the list of its bookings elsewhere could not be read."""

    code = "room_unknown"


class NotBookable(Refused):
    """That room at that time is nothing that can be booked."""

    code = "not_bookable"


class NotYourBooking(Refused):
    """Somebody else booked this room."""

    code = "not_your_booking"


def book_room(employee: Employee, room: Room, during: Interval, subject: str, actor: Actor, now: datetime) -> RoomBooking:
    """Books the room, or asks for it where it needs an approval; then it is held until that is decided.

    Raises NotBookable for a time in the past, longer than 8 hours or farther away than 90 days, RoomTaken, RoomUnknown.
    """
    _refuse_impossible(room, during, now)
    give_up_expired(now)  # what has run out is free in our eyes, but not yet in the database's
    with transaction.atomic():
        _take_turn(room, during)
        pending = room.needs_approval
        words = subject.strip()[:LONGEST_SUBJECT]
        booking = rooms.book(room, during, employee, words, State.PENDING if pending else State.BOOKED, now)
        try:
            claims.claim_room(booking, held_until=during.start if pending else None)
        except TimeTaken as taken:
            raise _taken() from taken
        record("room.booked", booking, actor, now, room=room.code, start=during.start, end=during.end, pending=pending)
        if pending:
            set_timer(ROOM_UNUSED, booking.pk, during.start)
            facts = {"room": room.code, "start": during.start.isoformat(), "end": during.end.isoformat()}
            open_approval(Approval.Kind.ROOM, booking.pk, employee, facts, words, actor, now)
        else:
            watch_for_use(booking)
        return booking


def check_in(booking_id: UUID, employee: Employee, now: datetime) -> RoomBooking:
    """Somebody is there: the room stays theirs. From 15 minutes before the beginning; checking in again changes nothing.

    Raises NotFound, NotYourBooking, NotBookable when it is too early or too late, SomebodyWasFirst where the room was given away.
    """
    with transaction.atomic():
        booking = _of(booking_id, employee)
        if booking.state == State.CHECKED_IN:
            return booking
        if now < booking.during.lower - CHECK_IN_FROM:
            raise NotBookable("It is too early to check in.", "Check in from 15 minutes before the beginning.")
        if now >= booking.during.upper:
            raise NotBookable("This booking is over.", "Book a room anew.")
        if not rooms.move(booking, State.CHECKED_IN, out_of=[State.BOOKED], checked_in_at=now):
            raise SomebodyWasFirst("The room is not booked for you any more.", "Reload to see which rooms are free.")
        cancel_timers(booking.pk, now)
        record("room.checked_in", booking, Actor(tell_staff.STAFF, str(employee.pk)), now, room=booking.room.code)
        return booking


def give_back(booking_id: UUID, actor: Actor, now: datetime) -> RoomBooking:
    """Ends a booking early: one ahead is cancelled; of one in use, the rest is free. Again changes nothing.

    Raises NotFound, NotYourBooking from anybody else's page, NotBookable once it is over.
    """
    with transaction.atomic():
        found = RoomBooking.objects.filter(pk=booking_id, state=State.PENDING).exists()
        approval = _locked_approval(booking_id) if found else None  # first, as whoever decides does
        booking = _own(booking_id)
        if actor.kind == tell_staff.STAFF and actor.id != str(booking.booked_by_id):
            raise NotYourBooking("Somebody else booked this room.", "Ask them to give it back.")
        if booking.ended_at is not None:
            return booking
        if now >= booking.during.upper:
            raise NotBookable("This booking is over.", "There is nothing left to give back.")
        if approval is not None and approval.state == Approval.State.PENDING:
            withdraw(approval, actor, now)
            booking.refresh_from_db()
        elif booking.state == State.CHECKED_IN and now > booking.during.lower:
            _leave_early(booking, actor, now)
        else:
            rooms.move(booking, State.BOOKED, out_of=[State.CHECKED_IN])  # checked in early, and not begun
            let_go(booking, State.CANCELLED, actor, now)
        return booking


def release_unused(timer: Timer, now: datetime) -> None:
    """The time to come has passed: a room that nobody checked in to is free, and whoever booked it is told. What nobody decided about
    before its beginning is refused by time."""
    if RoomBooking.objects.filter(pk=timer.subject_id, state=State.PENDING).exists():
        approval = _locked_approval(timer.subject_id)
        if approval is not None and approval.state == Approval.State.PENDING:
            lapse(approval, now)
        return
    booking = RoomBooking.objects.select_related("room__site", "booked_by").filter(pk=timer.subject_id, state=State.BOOKED).first()
    patience: timedelta = settings.MIANYUE_ROOM_NO_SHOW_AFTER
    if booking is None or not patience or now < booking.during.lower + patience or now >= booking.during.upper:
        return
    if let_go(booking, State.RELEASED, SYSTEM, now):
        tell_staff.room_released(booking, now)


def _refuse_impossible(room: Room, during: Interval, now: datetime) -> None:
    if not room.in_use:
        raise NotBookable(f"The room {room.code} is not in use any more.", "Choose another room.")
    if during.start < now.replace(second=0, microsecond=0):
        raise NotBookable("This time has begun already.", "Choose a time from now on.")
    if during.length > LONGEST:
        raise NotBookable("A room can be booked for 8 hours at most.", "Choose a shorter time.")
    if during.end > now + HORIZON:
        raise NotBookable("Rooms can be booked 90 days ahead at most.", "Choose an earlier time.")


def _take_turn(room: Room, during: Interval) -> None:
    """Waits until nobody else is taking this room; raises RoomTaken where it is claimed here or booked elsewhere, RoomUnknown."""
    if take_turn([(room.pk, TimestamptzRange(during.start, during.end, "[)"))]).taken or booked_elsewhere([room.pk], during):
        raise _taken()
    if "room_bookings" in unread_tables():
        raise RoomUnknown("The other bookings of the rooms could not be read.", "Mend room_bookings and import again.")


def _leave_early(booking: RoomBooking, actor: Actor, now: datetime) -> None:
    used = TimestamptzRange(booking.during.lower, now, "[)")
    if rooms.move(booking, State.CHECKED_IN, out_of=[State.CHECKED_IN], during=used, ended_at=now):
        claims.leave_room(booking, now)
        freed(now)
        record("room.left", booking, actor, now, room=booking.room.code)


def _of(booking_id: UUID, employee: Employee) -> RoomBooking:
    booking = _own(booking_id)
    if booking.booked_by_id != employee.pk:
        raise NotYourBooking("Somebody else booked this room.", "Ask them to check in.")
    return booking


def _own(booking_id: UUID) -> RoomBooking:
    """A booking made here, locked. Raises NotFound."""
    own = RoomBooking.objects.select_for_update(of=("self",)).filter(pk=booking_id, origin=RoomBooking.Origin.OWN)
    booking = own.select_related("room__site", "booked_by").first()
    if booking is None:
        raise NotFound("There is no such booking.", "Reload to see what you have booked.")
    return booking


def _locked_approval(booking_id: UUID) -> Approval | None:
    approval_id = Approval.objects.filter(subject_id=booking_id).values_list("pk", flat=True).first()
    return approvals.lock(approval_id) if approval_id else None


def _taken() -> RoomTaken:
    return RoomTaken("Somebody else has this room at that time.", "Choose another room or another time.")
