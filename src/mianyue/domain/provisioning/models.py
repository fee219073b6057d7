"""Provisioning runs and their steps, each a row that says what was done, how often it was tried, and why it failed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mianyue.base.ids import new_id
from mianyue.domain.organization.models import Employee


class Run(models.Model):
    """One hire on the way to the first punch. One run per application, and one per employee without an application."""

    class State(models.TextChoices):
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        STUCK = "stuck", "Needs a person"
        REVERSING = "reversing", "Being taken back"
        REVERSED = "reversed", "Taken back"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    application_id = models.UUIDField(null=True, unique=True, help_text="The application it grew from; empty: hired elsewhere.")
    application_code = models.CharField(max_length=64, blank=True)
    employee = models.OneToOneField(Employee, null=True, on_delete=models.PROTECT, related_name="provisioning")
    state = models.CharField(max_length=12, choices=State.choices, default=State.RUNNING)
    first_day = models.DateField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True, help_text="When to go on with it; empty: nothing to do, or a person has to.")
    held_until = models.DateTimeField(null=True, help_text="Somebody is at it; counts as lost after this.")

    class Meta:
        indexes = [
            models.Index(fields=["first_day"], condition=Q(state__in=["running", "stuck"]), name="provisioning_open"),
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="provisioning_due"),
        ]
        ordering = ["-started_at"]


class Step(models.Model):
    """One step of a run.

    ``result`` holds ids, codes and numbers only: what the step is about to do, written before it is done, so that a repetition does
    the same and taking it back knows what to take back.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        DONE = "done", "Done"
        FAILED = "failed", "Failed, is retried"
        REFUSED = "refused", "Refused, needs a person"
        UNDOING = "undoing", "Being taken back"
        UNDONE = "undone", "Taken back"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField(help_text="From 1, the order in which they are done.")
    name = models.CharField(max_length=24, help_text="A name in workflows.provision.")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    error_code = models.CharField(max_length=40, blank=True)
    error = models.CharField(max_length=300, blank=True)
    result = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "name"], name="provisioning_step_once")]
        ordering = ["run", "number"]
