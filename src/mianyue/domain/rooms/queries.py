"""Reading rooms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

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
    """What others booked these rooms for, within ``window``. One query."""
    touching = TimestamptzRange(window.start, window.end, "[)")
    return spans_by(RoomBooking.objects.filter(room_id__in=list(room_ids), during__overlap=touching), "room_id")
