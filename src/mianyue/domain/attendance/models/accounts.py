"""Attendance accounts: what lets a new hire punch on the first day."""

from __future__ import annotations

from django.db import models

from mianyue.base.ids import new_id
from mianyue.domain.attendance.models.ledger import LeaveType
from mianyue.domain.attendance.models.shifts import AttendanceGroup, Shift
from mianyue.domain.organization.models import Employee


class Account(models.Model):
    """The attendance account of a new hire: group, shift and leave types like the team's, opened by a provisioning run."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    application_id = models.UUIDField(unique=True, null=True, help_text="The application it grew from: one hire, one account.")
    employee = models.OneToOneField(Employee, on_delete=models.PROTECT, related_name="account")
    group = models.ForeignKey(AttendanceGroup, null=True, on_delete=models.PROTECT, related_name="+")
    shift = models.ForeignKey(Shift, null=True, on_delete=models.PROTECT)
    leave_types = models.ManyToManyField(LeaveType)
    punch_rule = models.BooleanField(default=False, help_text="The rule by which they punch is settled.")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, help_text="Taken back, because the hire fell through or the person left.")
    first_day = models.DateField(null=True)
