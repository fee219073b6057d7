"""Writing bookings of rooms: every change of state is a conditional UPDATE, so that of two acts at once only one counts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from psycopg.types.range import TimestamptzRange

from mianyue.base.interval import Interval
from mianyue.domain.organization.models import Employee
from mianyue.domain.rooms.models import Room, RoomBooking

State = RoomBooking.State


def book(room: Room, during: Interval, employee: Employee, subject: str, state: str, now: datetime) -> RoomBooking:
    """A booking by one of the staff; that nobody else has the room is the caller's to see to."""
    return RoomBooking.objects.create(
        room=room,
        during=TimestamptzRange(during.start, during.end, "[)"),
        subject=subject or None,
        origin=RoomBooking.Origin.OWN,
        state=state,
        booked_by=employee,
        booked_at=now,
    )


def move(booking: RoomBooking, to: str, *, out_of: Collection[str], **changes: Any) -> bool:
    """Brings a booking into state ``to`` if it is in one of ``out_of``. False, changing nothing, where it is in another by now."""
    if not RoomBooking.objects.filter(pk=booking.pk, state__in=out_of).update(state=to, **changes):
        return False
    for name, value in {"state": to, **changes}.items():
        setattr(booking, name, value)
    return True
