"""Leave as an account: every grant, taking and giving back a row that is never changed, the balance their sum."""

from __future__ import annotations

from django.db import models

from mianyue.base.ids import new_id
from mianyue.domain.organization.models import Employee


class LeaveType(models.Model):
    """A kind of leave (假期类型) the company grants. Leave is counted in minutes of working time."""

    class Code(models.TextChoices):
        ANNUAL = "annual", "Annual leave"
        SICK = "sick", "Sick leave"
        PERSONAL = "personal", "Personal leave"
        COMPENSATORY = "compensatory", "Compensatory leave"
        MARRIAGE = "marriage", "Marriage leave"
        MATERNITY = "maternity", "Maternity leave"
        PATERNITY = "paternity", "Paternity leave"
        BEREAVEMENT = "bereavement", "Bereavement leave"
        OTHER = "other", "Other"

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=100, unique=True)
    code = models.CharField(max_length=16, choices=Code.choices, default=Code.OTHER)
    has_quota = models.BooleanField(default=False, help_text="Can't be taken beyond its balance.")
    paid = models.BooleanField(default=True)
    step_minutes = models.PositiveSmallIntegerField(default=30, help_text="Taken in multiples of this.")
    day_minutes = models.PositiveSmallIntegerField(default=480, help_text="What a granted day is worth.")
    in_use = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class LeaveAccount(models.Model):
    """One person's balance of one kind: the row that is locked while the balance is looked at. The balance itself is in no column."""

    id = models.BigAutoField(primary_key=True)
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="leave_accounts")
    leave_type = models.ForeignKey(LeaveType, on_delete=models.PROTECT, related_name="accounts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["employee", "leave_type"], name="leave_account_once")]


class LedgerEntry(models.Model):
    """One movement. The application's database role may add rows and nothing else."""

    class Kind(models.TextChoices):
        GRANT = "grant", "Granted"
        CREDIT = "credit", "Credited for overtime"
        TAKE = "take", "Reserved by a request"
        REVERSE = "reverse", "Given back"
        EXPIRE = "expire", "Expired"
        ADJUST = "adjust", "Adjusted by HR"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(LeaveAccount, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    minutes = models.IntegerField(help_text="Working time; negative where it is taken.")
    key = models.CharField(max_length=100, unique=True, help_text="What it is for, so that the same movement is never made twice.")
    request_id = models.UUIDField(null=True, db_index=True)
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")
    how = models.JSONField(default=dict, help_text="The formula with its numbers, as it is shown.")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        verbose_name_plural = "ledger entries"
