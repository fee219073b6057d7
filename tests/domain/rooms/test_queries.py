"""Rooms at a site, smallest first, and what others booked them for."""

from datetime import UTC, datetime, timedelta

import pytest
from psycopg.types.range import TimestamptzRange

from mianyue.base.interval import Interval
from mianyue.domain.organization.models import Site
from mianyue.domain.rooms.models import Room, RoomBooking
from mianyue.domain.rooms.queries import booked_elsewhere, rooms_at

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 12, 1, tzinfo=UTC)


def hours(first: float, last: float) -> Interval:
    return Interval(DAY + timedelta(hours=first), DAY + timedelta(hours=last))


@pytest.fixture
def sites():
    return [Site.objects.create(code=code, name=code, time_zone="Asia/Shanghai", holiday_country="CN") for code in ("SHA", "BJS")]


def test_rooms_in_use_smallest_first_then_by_code(sites, django_assert_num_queries):
    for code, capacity, in_use in [("R4", 2, False), ("R3", 8, True), ("R2", 4, True), ("R1", 4, True)]:
        Room.objects.create(code=code, name=code, site=sites[0], capacity=capacity, in_use=in_use)
    Room.objects.create(code="B1", name="B1", site=sites[1], capacity=1)
    with django_assert_num_queries(1):
        found = rooms_at(site.pk for site in sites)
    assert {site: [room.code for room in rooms] for site, rooms in found.items()} == {
        sites[0].pk: ["R1", "R2", "R3"],
        sites[1].pk: ["B1"],
    }
    assert rooms_at([]) == {}


def test_bookings_that_reach_into_the_window(sites):
    one, other = (Room.objects.create(code=code, name=code, site=sites[0], capacity=4) for code in ("R1", "R2"))
    for room, span in [(one, hours(-1, 0)), (one, hours(2, 3)), (one, hours(23, 25)), (other, hours(2, 3)), (one, hours(24, 25))]:
        RoomBooking.objects.create(room=room, during=TimestamptzRange(span.start, span.end, "[)"), subject="预算沟通")
    found = booked_elsewhere([one.pk], hours(0, 24))
    assert {room: sorted(spans) for room, spans in found.items()} == {one.pk: [hours(2, 3), hours(23, 25)]}
