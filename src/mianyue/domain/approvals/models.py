"""Approvals: what is to be decided, the steps in which it is, and who decides in whose place."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mianyue.base.ids import new_id
from mianyue.domain.organization.models import Employee
from mianyue.domain.security.fields import EncryptedTextField


class Approval(models.Model):
    """One request on its way through its chain; one per request, for as long as it is remembered."""

    class Kind(models.TextChoices):
        LEAVE = "leave", "Leave"
        OVERTIME = "overtime", "Overtime"
        TRIP = "trip", "Trip"
        CORRECTION = "correction", "Punch correction"
        ROOM = "room", "Room"
        INTERVIEW = "interview", "Interview change"

    class State(models.TextChoices):
        PENDING = "pending", "Waiting for a decision"
        APPROVED = "approved", "Approved"
        REJECTED = "rejected", "Rejected"
        CANCELLED = "cancelled", "Taken back"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    subject_id = models.UUIDField(unique=True, help_text="The request; of an interview change, the change itself.")
    asker = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="approvals_asked")
    state = models.CharField(max_length=12, choices=State.choices, default=State.PENDING)
    facts = models.JSONField(default=dict, help_text="What is asked for: codes, ids, instants, minutes.")
    said = EncryptedTextField(null=True, help_text="Why, in the asker's words.")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["opened_at"], condition=Q(state="pending"), name="approval_open")]
        ordering = ["-opened_at"]


class ApprovalStep(models.Model):
    """One decision of the chain. Steps are decided in order: ``open`` is the one whose turn it is."""

    class Role(models.TextChoices):
        MANAGER = "manager", "Manager"
        HR = "hr", "HR"

    class State(models.TextChoices):
        WAITING = "waiting", "Not yet"
        OPEN = "open", "To be decided"
        APPROVED = "approved", "Approved"
        REJECTED = "rejected", "Rejected"
        SKIPPED = "skipped", "Not needed any more"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField(help_text="From 1.")
    role = models.CharField(max_length=8, choices=Role.choices)
    approver = models.ForeignKey(
        Employee,
        null=True,
        on_delete=models.PROTECT,
        related_name="approval_steps",
        help_text="Empty: anybody of HR, at the console.",
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    decided_by = models.CharField(max_length=80, blank=True, help_text="The actor, as the journal names them.")
    said = EncryptedTextField(null=True, help_text="What the decider added.")
    decided_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True, help_text="From then on anybody of HR may decide it at the console, too.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["approval", "number"], name="approval_step_once"),
            models.UniqueConstraint(fields=["approval"], condition=Q(state="open"), name="approval_one_open_step"),
        ]
        indexes = [models.Index(fields=["approver"], condition=Q(state="open"), name="approval_step_mine")]
        ordering = ["approval", "number"]


class Delegation(models.Model):
    """Who decides in somebody's place (代理审批) on which dates, both included."""

    id = models.BigAutoField(primary_key=True)
    approver = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="delegations")
    deputy = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="deputises")
    first_day = models.DateField()
    last_day = models.DateField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(approver=models.F("deputy")), name="delegation_to_another"),
            models.CheckConstraint(condition=Q(first_day__lte=models.F("last_day")), name="delegation_in_order"),
        ]
