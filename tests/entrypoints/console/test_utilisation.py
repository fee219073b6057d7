"""How much the rooms are used in a week."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from psycopg.types.range import TimestamptzRange

from mianyue.domain.rooms.models import Room, RoomBooking

SHANGHAI = ZoneInfo("Asia/Shanghai")


def use(console, **asked: str) -> dict[str, tuple[int, int, int, int]]:
    """Minutes on offer, booked, used and freed, by room."""
    response = console.get(reverse("admin:room_use"), asked)
    assert response.status_code == 200
    rows = [row.use for row in response.context["rows"]]
    return {one.room.code: (one.offered, one.booked, one.used, one.released) for one in rows}


def book(room: Room, start: datetime, hours: int, state: str, ended: datetime | None = None) -> None:
    span = TimestamptzRange(start, start + timedelta(hours=hours), "[)")
    RoomBooking.objects.create(room=room, during=span, origin=RoomBooking.Origin.OWN, state=state, ended_at=ended)


@pytest.fixture
def room(company) -> Room:
    """A room of its own, whose bookings are known."""
    site = Room.objects.get(code="R01").site
    return Room.objects.create(code="R99", name="Probe", site=site, capacity=4)


def test_a_week_of_one_room(console, room):
    tuesday = datetime(2026, 12, 1, 10, tzinfo=SHANGHAI)
    book(room, tuesday, 2, RoomBooking.State.CHECKED_IN)
    book(room, tuesday + timedelta(hours=3), 1, RoomBooking.State.BOOKED)
    book(room, tuesday + timedelta(days=1), 2, RoomBooking.State.RELEASED, tuesday + timedelta(days=1, minutes=15))
    book(room, tuesday + timedelta(days=7), 2, RoomBooking.State.CHECKED_IN)
    assert use(console)["R99"] == (5 * 600, 300, 120, 105)
    [row] = [row for row in console.get(reverse("admin:room_use")).context["rows"] if row.use.room == room]
    assert (row.percent, row.used, row.unused, row.released) == (10, 4.0, 2.5, 3.5)
    text = console.get(reverse("admin:room_use")).content.decode()
    for said in ("Probe", "10 %", "5:00", "2:00", "1:45", "50:00", "Mon 30 Nov to Sun 6 Dec"):
        assert said in text, said


def test_a_room_booked_beyond_its_hours_fills_its_bar_and_no_more(console, room):
    book(room, datetime(2026, 12, 5, 0, tzinfo=SHANGHAI), 48, RoomBooking.State.CHECKED_IN)
    book(room, datetime(2026, 11, 30, 0, tzinfo=SHANGHAI), 48, RoomBooking.State.CHECKED_IN)
    [row] = [row for row in console.get(reverse("admin:room_use")).context["rows"] if row.use.room == room]
    assert (row.percent, row.used + row.unused + row.released) == (192, 100)


def test_another_week_and_one_site(console, room):
    assert set(use(console, site="SHA")) < set(use(console))
    assert use(console, day="2026-10-05", site="SHA")["R99"][0] == 3 * 600  # 8, 9 and, as a make-up workday, 10 October
    assert use(console, site="MOON") == use(console)


@pytest.mark.parametrize("day", ["garbage", "2026-99-99"])
def test_an_address_nobody_can_read_gets_this_week_and_a_sentence(console, company, day):
    response = console.get(reverse("admin:room_use"), {"day": day})
    assert response.context["day"] == date(2026, 11, 30)
    assert f"{day} is not a date; write it as 2026-12-31." in response.content.decode()


def test_without_rooms_it_is_said_in_words(console, company):
    Room.objects.update(in_use=False)
    assert "No room is in use." in console.get(reverse("admin:room_use")).content.decode()


def test_more_rooms_need_no_more_queries(console, company):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            use(console)
        return len(seen)

    Room.objects.exclude(code="R01").update(in_use=False)
    queries()  # the first page of a session also loads what is kept for later ones
    one = queries()
    Room.objects.filter(code__in=["R02", "R03"]).update(in_use=True)
    assert queries() == one <= 20


def test_it_is_for_the_staff_only(client, company):
    assert client.get(reverse("admin:room_use")).url.startswith(reverse("admin:login"))
