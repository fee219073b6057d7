"""When people are at work, and the accounts that let new ones punch."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models

from mianyue.base.ids import new_id
from mianyue.domain.organization.models import Employee
from mianyue.domain.security.fields import EncryptedTextField


class Shift(models.Model):
    """A kind of working day (班次) in wall-clock times; an end not after the start lies on the next day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=64, unique=True, help_text="The company's own id, shift_id.")
    name = models.CharField(max_length=200)
    start = models.TimeField()
    end = models.TimeField()
    break_start = models.TimeField(null=True)
    break_end = models.TimeField(null=True)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), help_text="ISO weekdays on which the shift begins.")

    def __str__(self) -> str:
        return self.name


class ShiftAssignment(models.Model):
    """The period in which somebody works a shift, both days included; where two apply, the later ``first_day`` counts."""

    id = models.BigAutoField(primary_key=True)
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="shift_assignments")
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="assignments")
    first_day = models.DateField()
    last_day = models.DateField(null=True)


class Request(models.Model):
    """What leave and overtime have in common: a span of instants and how far its approval is."""

    class Status(models.TextChoices):
        APPROVED = "approved", "Approved"
        PENDING = "pending", "Pending"
        REJECTED = "rejected", "Rejected"
        CANCELLED = "cancelled", "Cancelled"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    during = DateTimeRangeField()
    status = models.CharField(max_length=12, choices=Status.choices)

    class Meta:
        abstract = True


class Leave(Request):
    """An absence (请假). Approved and pending leave blocks; what kind it is stays between the person and HR."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="leave")
    leave_type = EncryptedTextField(null=True)

    class Meta:
        indexes = [GistIndex(fields=["during"], name="leave_during")]


class Overtime(Request):
    """Work outside the shift (加班). Approved overtime is attendance without a break."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="overtime")

    class Meta:
        indexes = [GistIndex(fields=["during"], name="overtime_during")]


class LeaveType(models.Model):
    """A kind of leave (假期类型) the company grants, as its leave requests name it."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=100, unique=True)

    def __str__(self) -> str:
        return self.name


class Account(models.Model):
    """The attendance account of a new hire, opened when the hire is confirmed: shift and leave types like the team's."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    application_id = models.UUIDField(unique=True, help_text="The application it grew from: one hire, one account.")
    employee = models.OneToOneField(Employee, on_delete=models.PROTECT, related_name="account")
    shift = models.ForeignKey(Shift, null=True, on_delete=models.PROTECT)
    leave_types = models.ManyToManyField(LeaveType)
    opened_at = models.DateTimeField()
    first_day = models.DateField(null=True)
