"""Which rooms are free, and how much they are used: interviews, bookings of the staff and bookings elsewhere together.

Here and not in the room ``rooms``, which knows nothing of interviews.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q
from psycopg.types.range import TimestamptzRange

from mianyue.base.interval import Interval
from mianyue.domain.interviews.models import Claim, Interview
from mianyue.domain.interviews.states import ClaimState, InterviewState
from mianyue.domain.rooms.models import Room, RoomBooking
from mianyue.domain.rooms.queries import booked_elsewhere, rooms_at
from mianyue.domain.spans import spans_by
from mianyue.worktime.day_kinds import is_working_day
from mianyue.worktime.days import dates, local

OPEN_FROM, OPEN_UNTIL = time(8), time(18)
"""The hours of a working day in which a room is counted as on offer, by the clock at its site."""

_MINUTE = timedelta(minutes=1)


def free_rooms(site_id: UUID, during: Interval, now: datetime, seats: int = 1) -> list[Room]:
    """The rooms of a site that nobody has at that time, with at least so many seats, the smallest first. Three queries."""
    there = [room for room in rooms_at([site_id])[site_id] if room.capacity >= seats]
    ids = [room.pk for room in there]
    promised = Q(state=ClaimState.BOOKED) | Q(state=ClaimState.HOLD, expires_at__gt=now)
    claims = Claim.objects.filter(promised, resource_id__in=ids, during__overlap=_range(during))
    taken = {*claims.values_list("resource_id", flat=True), *booked_elsewhere(ids, during)}
    return [room for room in there if room.pk not in taken]


@dataclass(frozen=True, slots=True)
class RoomUse:
    """How much one room was used, in minutes of a window.

    ``offered``: 8:00 to 18:00 at its site on the company's working days. ``booked``: at any hour, for interviews, by the staff, and
    elsewhere. ``used``, a part of it: somebody checked in, or the interview was held; nobody knows of what is booked elsewhere.
    ``released``, another part: what came free again because nobody came.
    """

    room: Room
    offered: int
    booked: int
    used: int
    released: int

    @property
    def share(self) -> float | None:
        """Booked minutes per minute on offer; None where none was. Above 1 where evenings and weekends are booked too."""
        return self.booked / self.offered if self.offered else None


def utilisation(window: Interval, working_week: list[int], site_id: UUID | None = None) -> list[RoomUse]:
    """The use of each room in use (of one site, or of all), by site and code. ``working_week``: ISO weekdays. Six queries."""
    in_use = Room.objects.filter(in_use=True, **({"site_id": site_id} if site_id else {})).select_related("site")
    rooms = list(in_use.order_by("site__code", "code"))
    ids = [room.pk for room in rooms]
    booked, used, released = Counter[UUID](), Counter[UUID](), Counter[UUID]()
    touching = _range(window)
    interviews = Claim.objects.filter(
        resource_id__in=ids, interview__isnull=False, state=ClaimState.BOOKED, during__overlap=touching
    )
    _add(booked, spans_by(interviews, "resource_id"), window)
    held = interviews.filter(interview__state=InterviewState.FINISHED).exclude(interview__result=Interview.Result.NO_SHOW)
    _add(used, spans_by(held, "resource_id"), window)
    _add(booked, booked_elsewhere(ids, window), window)
    kept = [RoomBooking.State.BOOKED, RoomBooking.State.CHECKED_IN, RoomBooking.State.RELEASED]
    own = RoomBooking.objects.filter(room_id__in=ids, origin=RoomBooking.Origin.OWN, state__in=kept, during__overlap=touching)
    for booking in own.defer("subject"):
        whole = Interval(booking.during.lower, booking.during.upper)
        _add(booked, {booking.room_id: [whole]}, window)
        if booking.state == RoomBooking.State.CHECKED_IN:
            _add(used, {booking.room_id: [whole]}, window)
        elif booking.state == RoomBooking.State.RELEASED and booking.ended_at and booking.ended_at < whole.end:
            _add(released, {booking.room_id: [Interval(booking.ended_at, whole.end)]}, window)
    offered = {site: _offered(window, working_week, *site) for site in {_clock(room) for room in rooms}}
    return [RoomUse(room, offered[_clock(room)], booked[room.pk], used[room.pk], released[room.pk]) for room in rooms]


def _add(minutes: Counter[UUID], spans: dict[UUID, list[Interval]], window: Interval) -> None:
    for room_id, some in spans.items():
        minutes[room_id] += _minutes(some, window)


def _minutes(spans: Iterable[Interval], window: Interval) -> int:
    inside = (span.clipped(window) for span in spans)
    return sum((span.length for span in inside if span), timedelta()) // _MINUTE


def _clock(room: Room) -> tuple[str, str]:
    return room.site.time_zone, room.site.holiday_country


def _offered(window: Interval, working_week: list[int], time_zone: str, country: str) -> int:
    zone = ZoneInfo(time_zone)
    open_ = (
        Interval(local(day, OPEN_FROM, zone), local(day, OPEN_UNTIL, zone))
        for day in dates(window, zone)
        if is_working_day(day, working_week, country)
    )
    return _minutes(open_, window)


def _range(interval: Interval) -> TimestamptzRange:
    return TimestamptzRange(interval.start, interval.end, "[)")
