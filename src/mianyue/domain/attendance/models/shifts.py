"""What people are to work: shifts in versions, the groups that share one, rotations, rosters, and one's own assignment."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from mianyue.base.ids import new_id
from mianyue.domain.organization.models import Employee, Site


class Shift(models.Model):
    """A kind of working day (班次). What it is worked like stands in its versions."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=64, unique=True, help_text="The company's own id, shift_id.")
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class ShiftVersion(models.Model):
    """How a shift is worked from ``first_day`` on, until its next version: a changed shift leaves the days before as they were."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shift = models.ForeignKey(Shift, on_delete=models.CASCADE, related_name="versions")
    first_day = models.DateField(null=True, help_text="Counts for shifts that begin on this date or later; empty: since ever.")
    segments = ArrayField(
        ArrayField(models.PositiveSmallIntegerField(), size=2),
        help_text="What is worked between breaks: from, to in minutes of the wall clock; over 1440 is the next day.",
    )
    weekdays = ArrayField(models.PositiveSmallIntegerField(), help_text="ISO weekdays on which the shift begins.")
    late_grace = models.PositiveSmallIntegerField(default=0, help_text="Minutes after the start that are not yet late.")
    early_grace = models.PositiveSmallIntegerField(default=0, help_text="Minutes before the end that are not yet early.")
    punches_before = models.PositiveSmallIntegerField(
        default=240, help_text="Minutes before the start from which a punch belongs to it."
    )
    punches_after = models.PositiveSmallIntegerField(
        default=480, help_text="Minutes after the end until which a punch belongs to it."
    )
    punch_breaks = models.BooleanField(
        default=False, help_text="Each segment is punched, not only the first start and the last end."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shift", "first_day"], name="shift_version_once", nulls_distinct=False),
        ]
        ordering = ["shift", models.F("first_day").asc(nulls_first=True)]


class Rotation(models.Model):
    """Shifts and days of rest that follow one another in a cycle (轮班)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    anchor = models.DateField(help_text="A date on which the first day of the cycle is worked.")

    def __str__(self) -> str:
        return self.name


class RotationDay(models.Model):
    """One day of a rotation; no shift is rest."""

    id = models.BigAutoField(primary_key=True)
    rotation = models.ForeignKey(Rotation, on_delete=models.CASCADE, related_name="days")
    number = models.PositiveSmallIntegerField(help_text="From 0.")
    shift = models.ForeignKey(Shift, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rotation", "number"], name="rotation_day_once")]
        ordering = ["rotation", "number"]


class AttendanceGroup(models.Model):
    """People who work alike and punch by the same rule (考勤组)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    shift = models.ForeignKey(
        Shift, null=True, on_delete=models.PROTECT, related_name="groups", help_text="Worked by its weekdays."
    )
    rotation = models.ForeignKey(Rotation, null=True, on_delete=models.PROTECT, related_name="groups")
    overtime_opens = models.BooleanField(default=True, help_text="Approved overtime is time in which interviews may be held.")
    overtime_as_leave = models.BooleanField(default=False, help_text="Approved overtime is credited as compensatory leave.")
    places = models.ManyToManyField(Site, help_text="Where the phone must be to punch; none: anywhere.")
    within_meters = models.PositiveIntegerField(default=300, help_text="How near to a place is there.")
    field_work = models.BooleanField(
        default=True, help_text="A punch elsewhere counts, marked as field work (外勤); else it is refused."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(shift=None) | Q(rotation=None), name="group_shift_or_rotation"),
        ]

    def __str__(self) -> str:
        return self.name


class GroupMember(models.Model):
    """The period in which somebody belongs to a group, both days included; where two apply, the later ``first_day`` counts."""

    id = models.BigAutoField(primary_key=True)
    group = models.ForeignKey(AttendanceGroup, on_delete=models.PROTECT, related_name="members")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="group_memberships")
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    origin = models.CharField(max_length=8, default="folder", help_text="folder: from the company's files; own: made here.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["employee", "first_day"], name="group_member_once")]


class ShiftAssignment(models.Model):
    """The period in which somebody works a shift of their own, both days included; where two apply, the later ``first_day`` counts."""

    id = models.BigAutoField(primary_key=True)
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="shift_assignments")
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="assignments")
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    origin = models.CharField(max_length=8, default="folder", help_text="folder: from the company's files; own: made here.")


class RosterDay(models.Model):
    """What somebody works on one date (排班), before their assignment and their group; no shift is rest."""

    id = models.BigAutoField(primary_key=True)
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="roster_days")
    day = models.DateField()
    shift = models.ForeignKey(Shift, null=True, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(max_length=8, default="folder", help_text="folder: from the company's files; own: made here.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["employee", "day"], name="roster_day_once")]
