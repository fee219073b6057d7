"""What the punches come to: one derived row per person and date, and the month that is signed off."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from mianyue.base.ids import new_id
from mianyue.domain.attendance.models.shifts import ShiftVersion
from mianyue.domain.organization.models import Employee


class AttendanceDay(models.Model):
    """One person's date, as ``worktime.derive`` finds it from shift, punches and requests; derived again whenever one of them changes.

    All lengths in minutes.
    """

    id = models.BigAutoField(primary_key=True)
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="attendance_days")
    day = models.DateField()
    day_kind = models.CharField(max_length=20, help_text="A code of worktime.day_kinds.")
    shift = models.ForeignKey(ShiftVersion, null=True, on_delete=models.SET_NULL, related_name="+")
    findings = ArrayField(
        models.CharField(max_length=16), default=list, help_text="Codes of worktime.derive; none: all as planned."
    )
    first_in = models.DateTimeField(null=True)
    last_out = models.DateTimeField(null=True)
    planned = models.PositiveSmallIntegerField(default=0)
    worked = models.PositiveSmallIntegerField(default=0)
    late = models.PositiveSmallIntegerField(default=0)
    early = models.PositiveSmallIntegerField(default=0)
    absent = models.PositiveSmallIntegerField(default=0)
    on_leave = models.PositiveSmallIntegerField(default=0)
    on_trip = models.PositiveSmallIntegerField(default=0)
    overtime = models.PositiveSmallIntegerField(default=0)
    open = models.PositiveSmallIntegerField(default=0, help_text="What nothing decides yet: see worktime.derive.")
    punches = models.PositiveSmallIntegerField(default=0)
    derived_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["employee", "day"], name="attendance_day_once")]
        indexes = [models.Index(fields=["day"], name="attendance_day_date")]


class Timesheet(models.Model):
    """A month of somebody's days, signed off by HR: from then on its days are not derived anew until it is opened again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="timesheets")
    month = models.DateField(help_text="Its first day.")
    totals = models.JSONField(default=dict, help_text="Minutes and days by what they are, as they were signed off.")
    closed_at = models.DateTimeField()
    closed_by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["employee", "month"], name="timesheet_once")]
