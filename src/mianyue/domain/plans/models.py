"""A plan promises nothing: it is a proposal to HR, in parts that any worker can search."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from mianyue.base.ids import new_id


class Plan(models.Model):
    """Times for many applications at once (批量排期), looked at by a person before anything is held or sent."""

    class State(models.TextChoices):
        SEARCHING = "searching", "Searching"
        READY = "ready", "Ready"
        SENDING = "sending", "Sending"
        SENT = "sent", "Sent"
        DISCARDED = "discarded", "Discarded"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.PositiveIntegerField(unique=True, help_text="As people call it.")
    state = models.CharField(max_length=12, choices=State.choices, default=State.SEARCHING)
    options = models.PositiveSmallIntegerField(help_text="How many times each candidate is to be offered.")
    earliest = models.DateField(null=True, help_text="No time before this date at the job's site.")
    days = models.PositiveSmallIntegerField(null=True, help_text="How many working days to look at; empty: the company's own.")
    seconds = models.PositiveIntegerField(help_text="How long each part may be searched.")
    seed = models.PositiveIntegerField()
    stop_asked = models.BooleanField(default=False)
    asked_by = models.CharField(max_length=100)
    created_at = models.DateTimeField()
    sending_at = models.DateTimeField(null=True, help_text="Since when letters go out.")
    settled_at = models.DateTimeField(null=True, help_text="When it was sent or discarded.")

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"#{self.number}"


class Part(models.Model):
    """Applications that share nobody and no room with those of any other part, so that parts can be searched side by side."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SEARCHING = "searching", "Searching"
        FOUND = "found", "Found"
        FAILED = "failed", "Failed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    application_ids = ArrayField(models.UUIDField())
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    placed = models.PositiveIntegerField(default=0, help_text="Applications with at least one time.")
    most_placed = models.PositiveIntegerField(
        default=0, help_text="No plan places more than these; known once the search has ended."
    )
    objective = models.BigIntegerField(default=0, help_text="Points, as the search counts them.")
    bound = models.BigIntegerField(default=0, help_text="No plan has more points.")
    spent = models.FloatField(default=0, help_text="Seconds.")
    found = models.JSONField(default=dict, help_text="By application: the times, in the company's own ids.")

    class Meta:
        ordering = ["plan", "number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_part_number")]
