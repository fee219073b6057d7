"""What people ask for: leave, overtime, trips, corrections of punches. How the approval goes stands in the room ``approvals``."""

from __future__ import annotations

from django.contrib.postgres.fields import DateTimeRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models

from mianyue.base.ids import new_id
from mianyue.domain.attendance.models.ledger import LeaveType
from mianyue.domain.organization.models import Employee
from mianyue.domain.security.fields import EncryptedTextField


class Request(models.Model):
    """What all have in common: whose it is, how far its approval is, and where it came from."""

    class Status(models.TextChoices):
        APPROVED = "approved", "Approved"
        PENDING = "pending", "Pending"
        REJECTED = "rejected", "Rejected"
        CANCELLED = "cancelled", "Cancelled"

    class Origin(models.TextChoices):
        FOLDER = "folder", "From the company's files"
        OWN = "own", "Asked for here"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="%(class)s")
    status = models.CharField(max_length=12, choices=Status.choices)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.FOLDER)
    reason = EncryptedTextField(null=True, help_text="In their own words; stays between the person and who decides.")
    asked_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Leave(Request):
    """An absence (请假). Approved and pending leave blocks; what kind it is stays between the person and HR."""

    during = DateTimeRangeField()
    leave_type = EncryptedTextField(null=True, help_text="As the company's files call it, or the name of the kind asked for here.")
    kind = models.ForeignKey(LeaveType, null=True, on_delete=models.PROTECT, related_name="+")
    minutes = models.PositiveIntegerField(
        null=True, help_text="Working time it takes, as it was reserved; empty where it came in a file."
    )

    class Meta:
        indexes = [GistIndex(fields=["during"], name="leave_during")]


class Overtime(Request):
    """Work outside the shift (加班). Approved overtime is attendance without a break, where the group's policy says so."""

    during = DateTimeRangeField()
    interview_id = models.UUIDField(null=True, db_index=True, help_text="The interview outside hours that it counts for.")

    class Meta:
        indexes = [GistIndex(fields=["during"], name="overtime_during")]


class Trip(Request):
    """Work elsewhere (出差, 外出). Approved and pending trips block."""

    during = DateTimeRangeField()
    destination = EncryptedTextField(null=True)

    class Meta:
        indexes = [GistIndex(fields=["during"], name="trip_during")]


class PunchCorrection(Request):
    """A punch that was forgotten or failed (补卡); when approved it becomes a punch with the source ``correction``."""

    class Side(models.TextChoices):
        IN = "in", "Start of work"
        OUT = "out", "End of work"

    at = models.DateTimeField()
    side = models.CharField(max_length=4, choices=Side.choices)
