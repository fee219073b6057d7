"""What a decision makes of a room that somebody asked for: it is theirs, or free again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from mianyue.base.errors import Refused
from mianyue.domain.approvals.models import Approval
from mianyue.domain.interviews import actions as claims
from mianyue.domain.rooms.actions import move
from mianyue.domain.rooms.models import RoomBooking
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import Actor
from mianyue.domain.timers.actions import cancel_timers, set_timer
from mianyue.workflows.freed import freed

ROOM_UNUSED = "room_unused"
"""The timer that frees a room which nobody came to, or which nobody decided about in time."""

State = RoomBooking.State


def approved(approval: Approval, actor: Actor, now: datetime) -> None:
    """The room that was held is booked. Raises Refused where it is held no more."""
    booking = RoomBooking.objects.select_related("room").get(pk=approval.subject_id)
    in_time = booking.during.lower > now
    if not in_time or not move(booking, State.BOOKED, out_of=[State.PENDING]) or not claims.keep_room(booking):
        raise Refused("This room is not held any more.", "Nothing was changed; book a room anew.")
    cancel_timers(booking.pk, now)
    watch_for_use(booking)
    record("room.approved", booking, actor, now, room=booking.room.code)


def undone(approval: Approval, actor: Actor, now: datetime) -> None:
    """The room was not granted, or is wanted no more: it is free again. What was ended before stays as it ended."""
    booking = RoomBooking.objects.select_related("room").get(pk=approval.subject_id)
    let_go(booking, State.CANCELLED, actor, now)


def let_go(booking: RoomBooking, to: str, actor: Actor, now: datetime) -> bool:
    """Ends a booking that nobody has checked in to, and frees what is left of it. False, changing nothing, where it is none any more."""
    if not move(booking, to, out_of=[State.PENDING, State.BOOKED], ended_at=now):
        return False
    claims.leave_room(booking, now)
    cancel_timers(booking.pk, now)
    freed(now)
    record(f"room.{to}", booking, actor, now, room=booking.room.code, start=booking.during.lower, end=booking.during.upper)
    return True


def watch_for_use(booking: RoomBooking) -> None:
    """Sees to it that a booked room which nobody comes to is freed; never where the setting is 0."""
    patience: timedelta = settings.MIANYUE_ROOM_NO_SHOW_AFTER
    if patience and booking.during.lower + patience < booking.during.upper:
        set_timer(ROOM_UNUSED, booking.pk, booking.during.lower + patience)
