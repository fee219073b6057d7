"""The due table: our own, because a job library's fetch slows to seconds over a million future jobs."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mianyue.base.ids import new_id


class Timer(models.Model):
    """A promise to act at ``due_at``. Fires once, or is cancelled in the transaction that makes it pointless."""

    class State(models.TextChoices):
        PENDING = "pending"
        FIRED = "fired"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=32, help_text="What to do: a name in workflows.watch.")
    subject_id = models.UUIDField(help_text="What it is about; the kind knows the table.")
    due_at = models.DateTimeField()
    facts = models.JSONField(default=dict, help_text="Ids and numbers by which a late firing sees that it is stale.")
    state = models.CharField(max_length=12, choices=State.choices, default=State.PENDING)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="pending"), name="timer_due"),
            models.Index(fields=["subject_id"], condition=Q(state="pending"), name="timer_subject"),
        ]
