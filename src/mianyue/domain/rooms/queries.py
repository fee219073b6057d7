"""Reading rooms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from psycopg.types.range import TimestamptzRange

from mianyue.base.interval import Interval
from mianyue.domain.rooms.models import Room, RoomBooking
from mianyue.domain.spans import spans_by


def rooms_at(site_ids: Iterable[UUID]) -> dict[UUID, list[Room]]:
    """The rooms in use at these sites, smallest first. One query."""
    found: dict[UUID, list[Room]] = defaultdict(list)
    for room in Room.objects.filter(site_id__in=list(site_ids), in_use=True).order_by("capacity", "code"):
        found[room.site_id].append(room)
    return found


def booked_elsewhere(room_ids: Iterable[UUID], window: Interval) -> dict[UUID, list[Interval]]:
    """What others booked these rooms for, within ``window``. One query.

    What was booked here is not among it: that is claimed, as interviews are.
    """
    touching = TimestamptzRange(window.start, window.end, "[)")
    elsewhere = RoomBooking.objects.filter(origin=RoomBooking.Origin.FOLDER)
    return spans_by(elsewhere.filter(room_id__in=list(room_ids), during__overlap=touching), "room_id")


def bookings_of(employee_id: UUID, since: datetime) -> QuerySet[RoomBooking]:
    """What this person has booked here and can still use or give back at ``since``: pending, booked, in use; the next one first."""
    standing = RoomBooking.objects.filter(booked_by_id=employee_id, during__endswith__gt=since, state__in=RoomBooking.STANDING)
    return standing.select_related("room__site").order_by("during", "pk")
