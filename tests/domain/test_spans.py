"""Spans read by the thousand are the spans that were written, to the microsecond."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.range import TimestamptzRange

from mianyue.base.interval import Interval
from mianyue.domain.organization.models import Site
from mianyue.domain.rooms.models import Room, RoomBooking
from mianyue.domain.spans import between, end_of, spans_by, start_of

pytestmark = pytest.mark.django_db
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
instants = st.timedeltas(timedelta(days=-70 * 365), timedelta(days=430 * 365)).map(lambda since: EPOCH + since)
lengths = st.timedeltas(timedelta(microseconds=1), timedelta(days=1000))
spans = st.builds(lambda start, length: Interval(start, start + length), instants, lengths)
some = st.lists(spans, max_size=6)


@pytest.fixture
def rooms() -> list[Room]:
    site = Site.objects.create(code="S1", name="Shanghai", time_zone="Asia/Shanghai", holiday_country="CN")
    return [Room.objects.create(code=f"R{n}", name=f"R{n}", site=site, capacity=4) for n in range(3)]


def book(room: Room, spans: list[Interval]) -> None:
    RoomBooking.objects.bulk_create(RoomBooking(room=room, during=TimestamptzRange(span.start, span.end, "[)")) for span in spans)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some, some)
def test_every_span_comes_back_by_its_owner(rooms, ones, others):
    RoomBooking.objects.all().delete()
    book(rooms[0], ones)
    book(rooms[1], others)
    found = spans_by(RoomBooking.objects.all(), "room_id")
    expected = {room.pk: sorted(of) for room, of in zip(rooms, (ones, others), strict=False) if of}
    assert {pk: sorted(of) for pk, of in found.items()} == expected


def test_several_owners_are_a_tuple_and_one_query(rooms, django_assert_num_queries):
    span = Interval(datetime(2026, 12, 1, tzinfo=UTC), datetime(2026, 12, 2, tzinfo=UTC))
    book(rooms[0], [span, span])
    book(rooms[2], [span])
    with django_assert_num_queries(1):
        found = spans_by(RoomBooking.objects.order_by("-during"), "room__code", "room__capacity")
    assert found == {("R0", 4): [span, span], ("R2", 4): [span]}


def test_ends_of_single_rows(rooms):
    span = Interval(datetime(2100, 12, 31, 23, 59, 59, 999999, UTC), datetime(2101, 1, 1, tzinfo=UTC))
    book(rooms[0], [span])
    ((start, end),) = RoomBooking.objects.values_list(start_of("during"), end_of("during"))
    assert between(start, end) == span
