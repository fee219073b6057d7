"""What would give more times, as a recruiter and a program are told."""

from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from mianyue.domain.organization.models import Employee
from mianyue.domain.rooms.models import Room, RoomBooking
from mianyue.domain.security.actor import SYSTEM
from mianyue.workflows.invite import Wish, invite, look
from mianyue.workflows.tell import describe

A039 = Wish(applications=["A039"])
THURSDAY = {"start": "2026-12-03T10:00:00+08:00", "end": "2026-12-03T11:00:00+08:00"}
"""One of the only three hours in the sample's expected example."""


def book_room_a_on_thursday() -> None:
    span = DateTimeTZRange(*(datetime.fromisoformat(at) for at in THURSDAY.values()))
    RoomBooking.objects.create(room=Room.objects.get(code="R07"), during=span)


def test_nothing_is_asked_for_where_three_times_were_found(company, now):
    assert describe(look(A039, now))[0]["relaxations"] == []


def test_two_times_come_with_what_would_give_a_third(company, now):
    book_room_a_on_thursday()
    (row,) = describe(look(A039, now))
    booking = {"what": "moved", "who": "R07", "why": "room_booked", **THURSDAY}
    assert (len(row["options"]), row["problem"]) == (2, None)
    assert {"steps": [booking], "starts": 1, "example": THURSDAY} in row["relaxations"]


def test_the_task_of_an_application_without_times_says_what_would_help(company, now, desk):
    RoomBooking.objects.bulk_create(
        RoomBooking(room=room, during=DateTimeTZRange(now, datetime.fromisoformat("2026-12-31T00:00:00+08:00")))
        for room in Room.objects.filter(site__employees=Employee.objects.get(code="E020"))
    )
    (done,) = invite(A039, SYSTEM, now)
    (task,) = desk("A039")
    assert (done.problem["code"], [step["what"] for one in task.facts["relaxations"] for step in one["steps"]][-1]) == (
        "no_time",
        "no_room",
    )
