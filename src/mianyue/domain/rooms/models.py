"""Meeting rooms and the bookings others made."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models

from mianyue.base.ids import new_id
from mianyue.domain.organization.models import Site
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

    def __str__(self) -> str:
        return self.name


class RoomBooking(models.Model):
    """A booking from elsewhere; our own promises are claims of the interviews room."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="bookings")
    during = DateTimeRangeField()
    subject = EncryptedTextField(null=True, help_text="Internal, never shown to candidates.")

    class Meta:
        indexes = [GistIndex(fields=["during"], name="room_booking_during")]
