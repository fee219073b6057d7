"""What is known of people's calendars: the file as it came, and the busy times read from it."""

from __future__ import annotations

from django.contrib.postgres.fields import DateTimeRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models

from mianyue.base.ids import new_id
from mianyue.domain.organization.models import Employee
from mianyue.domain.security.fields import EncryptedBytesField


class CalendarAccount(models.Model):
    """Where one employee's busy times come from. Outside ``known``, or when unreadable, the person's time is unknown: never free."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    employee = models.OneToOneField(Employee, on_delete=models.CASCADE, related_name="calendar")
    kind = models.CharField(max_length=16, default="ics")
    content = EncryptedBytesField(null=True)
    sha256 = models.BinaryField(max_length=32)
    known = DateTimeRangeField(null=True, help_text="The span in which the busy times below are complete; null: nothing is known.")
    read_at = models.DateTimeField()


class BusyTime(models.Model):
    """A span in which the calendar says "busy"; occurrences of recurring events are spelled out within ``known``.

    With ``unknown`` it says something that could not be understood. Spans of one account are disjoint.
    """

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(CalendarAccount, on_delete=models.CASCADE, related_name="busy_times")
    during = DateTimeRangeField()
    unknown = models.BooleanField(default=False)

    class Meta:
        indexes = [GistIndex(fields=["during"], name="busy_time_during")]
