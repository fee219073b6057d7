"""Booking a room on a phone: free ones only, once, by whom it is, and given back."""

from datetime import timedelta

import pytest

from mianyue.domain.rooms.models import Room, RoomBooking

WHEN = {"day": "2026-12-05", "begin": "10:00", "minutes": "60"}


@pytest.fixture
def room(asker) -> Room:
    """A room at the asker's site that nobody has on that Saturday."""
    return Room.objects.filter(site=asker.row.site, in_use=True).order_by("code").first()


def book(client, member, wanted, **given: str):
    return client.post(f"{member.address}/rooms/book", WHEN | {"room": wanted.code, "subject": "周会"} | given)


def test_free_rooms_are_shown_and_looking_takes_none(asker, room, client):
    text = client.get(f"{asker.address}/rooms", WHEN).content.decode()
    assert f'value="{room.code}"' in text
    assert RoomBooking.objects.filter(origin="own").count() == 0


def test_booked_room_is_mine_and_no_longer_free(asker, manager, room, client):
    assert book(client, asker, room).status_code == 303
    own = RoomBooking.objects.get(origin="own")
    assert (own.booked_by_id, own.subject, own.state) == (asker.row.pk, "周会", "booked")
    assert "周会" in client.get(f"{asker.address}/rooms").content.decode()
    others = client.get(f"{manager.address}/rooms", WHEN).content.decode()
    assert f'value="{room.code}"' not in others or manager.row.site_id != asker.row.site_id
    assert "周会" not in others


def test_second_tap_books_nothing_more(asker, room, client):
    assert [book(client, asker, room).status_code for _ in range(2)] == [303, 303]
    assert RoomBooking.objects.filter(origin="own").count() == 1


def test_taken_room_is_refused_in_words_and_the_words_stay(asker, manager, room, client):
    manager.row.site = asker.row.site
    manager.row.save()
    book(client, manager, room)
    answer = book(client, asker, room)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "该会议室此时段已被占用" in text
    assert 'value="周会"' in text


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"day": "2026-11-01"}, 409),
        ({"day": "2027-11-01"}, 409),
        ({"minutes": "600"}, 400),
        ({"begin": ""}, 400),
        ({"room": "no-such-room"}, 404),
    ],
)
def test_impossible_wish(given, status, asker, room, client):
    answer = book(client, asker, room, **given)
    assert answer.status_code == status
    assert 'class="problem"' in answer.content.decode()


def test_room_that_needs_an_approval_is_asked_for(asker, manager, room, client):
    Room.objects.filter(pk=room.pk).update(needs_approval=True)
    assert "已提交申请" in client.post(f"{asker.address}/rooms/book", WHEN | {"room": room.code}, follow=True).content.decode()
    assert f"会议室预订 · {room.name}" in client.get(f"{manager.address}/decide").content.decode()


def test_check_in_from_a_quarter_of_an_hour_before(asker, room, client, clock):
    book(client, asker, room, day="2026-11-30", begin="09:00")
    own = RoomBooking.objects.get(origin="own")
    early = client.post(f"{asker.address}/rooms/{own.pk}/here")
    assert (early.status_code, "开始前 15 分钟" in early.content.decode()) == (409, True)
    clock.forward(timedelta(minutes=50))
    for _ in range(2):
        assert client.post(f"{asker.address}/rooms/{own.pk}/here").status_code == 303
    own.refresh_from_db()
    assert own.state == "checked_in"


def test_giving_back_twice_is_nothing(asker, room, client):
    book(client, asker, room)
    own = RoomBooking.objects.get(origin="own")
    for _ in range(2):
        assert client.post(f"{asker.address}/rooms/{own.pk}/back").status_code == 303
    own.refresh_from_db()
    assert own.state == "cancelled"


@pytest.mark.parametrize("act", ["here", "back"])
def test_booking_of_another_is_nowhere(act, asker, manager, room, client):
    book(client, asker, room)
    own = RoomBooking.objects.get(origin="own")
    assert client.post(f"{manager.address}/rooms/{own.pk}/{act}").status_code == 404
    own.refresh_from_db()
    assert own.state == "booked"
