"""Meeting rooms, and what they are booked for beside interviews."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models

from mianyue.base.ids import new_id
from mianyue.domain.organization.models import Employee, Site
from mianyue.domain.security.fields import EncryptedTextField


class Room(models.Model):
    """A meeting room."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=64, unique=True, help_text="The company's own id, room_id.")
    name = models.CharField(max_length=200)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="rooms")
    capacity = models.PositiveSmallIntegerField(help_text="Seats.")
    in_use = models.BooleanField(default=True, help_text="False once the company no longer lists it.")
    equipment = ArrayField(models.CharField(max_length=100), default=list)
    needs_approval = models.BooleanField(default=False, help_text="What the staff book here waits for an approval.")

    def __str__(self) -> str:
        return self.name


class RoomBooking(models.Model):
    """A room taken for something other than an interview: imported from elsewhere, or booked here by one of the staff.

    What is booked here is also a claim of the interviews room, so that the database refuses two promises of one hour.
    """

    class State(models.TextChoices):
        PENDING = "pending", "Waiting for approval"
        BOOKED = "booked", "Booked"
        CHECKED_IN = "checked_in", "In use"
        RELEASED = "released", "Released, nobody came"
        CANCELLED = "cancelled", "Cancelled"

    class Origin(models.TextChoices):
        FOLDER = "folder", "From the company's files"
        OWN = "own", "Booked here"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="bookings")
    during = DateTimeRangeField()
    subject = EncryptedTextField(null=True, help_text="Internal, never shown to candidates.")
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.FOLDER)
    state = models.CharField(max_length=12, choices=State.choices, default=State.BOOKED)
    booked_by = models.ForeignKey(Employee, null=True, on_delete=models.SET_NULL, related_name="room_bookings")
    booked_at = models.DateTimeField(null=True)
    checked_in_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="When it was released or cancelled.")

    STANDING = (State.PENDING, State.BOOKED, State.CHECKED_IN)
    """The states in which the room is kept for it."""

    class Meta:
        indexes = [GistIndex(fields=["during"], name="room_booking_during")]
