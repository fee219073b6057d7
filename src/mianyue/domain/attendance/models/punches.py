"""Punches (打卡): what a clock or a phone said, never changed."""

from __future__ import annotations

from django.db import models

from mianyue.base.ids import new_id
from mianyue.domain.organization.models import Employee, Site


class Punch(models.Model):
    """Somebody was there at that instant. The application's database role may add rows and nothing else."""

    class Source(models.TextChoices):
        PHONE = "phone", "Phone"
        CLOCK = "clock", "Time clock"
        CORRECTION = "correction", "Approved correction"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="punches")
    at = models.DateTimeField(help_text="The instant, UTC.")
    zone = models.CharField(max_length=64, help_text="Whose wall clock showed ``wall``, IANA name.")
    wall = models.CharField(max_length=19, help_text="What the wall clock showed, ISO 8601 without offset.")
    source = models.CharField(max_length=12, choices=Source.choices)
    key = models.CharField(max_length=160, unique=True, help_text="What makes two punches the same punch.")
    device = models.CharField(max_length=100, blank=True)
    place = models.ForeignKey(
        Site, null=True, on_delete=models.PROTECT, related_name="+", help_text="Where the phone was, if near one."
    )
    field = models.BooleanField(default=False, help_text="Made away from every place of the group (外勤).")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["employee", "at"], name="punch_of_person")]
        ordering = ["at"]
        verbose_name_plural = "punches"
