"""The people's queue: where mianyue stops and says why."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mianyue.base.ids import new_id
from mianyue.domain.security.fields import EncryptedTextField


class Task(models.Model):
    """Something only a person can decide. At most one open task per kind and subject."""

    class Kind(models.TextChoices):
        NO_TIME = "no_time", "Nobody is bookable"
        NEXT_ROUND = "next_round", "A next round's held times wait for the invitation"
        NO_ANSWER = "no_answer", "No answer from the candidate"
        NO_ADDRESS = "no_address", "No way to reach the candidate"
        NOT_DELIVERED = "not_delivered", "A message could not be delivered"
        DELIVERY_UNKNOWN = "delivery_unknown", "Nobody knows whether a message arrived"
        QUESTION = "question", "The candidate asks"
        UNPLACED_MAIL = "unplaced_mail", "A mail that nobody can place"
        INTERVIEWER_OUT = "interviewer_out", "An interviewer can't make it"
        PROMISE_BROKEN = "promise_broken", "A promised time is no longer true"
        RESUME_UNREADABLE = "resume_unreadable", "A résumé needs a person's eyes"
        RESUME_FIELDS = "resume_fields", "What a résumé says waits for confirmation"
        CLOSING_LETTER = "closing_letter", "A closing letter needs consent"
        HIRE = "hire", "Passed: confirm the hire"
        VIDEO_LINK = "video_link", "A video interview needs its link"
        LETTER_REFUSED = "letter_refused", "A letter did not pass the guard"
        PROVISIONING = "provisioning", "A new hire can't punch yet"
        FIRST_JOB = "first_job", "Annual leave waits for the first job's date"

    class State(models.TextChoices):
        OPEN = "open"
        DONE = "done"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=24, choices=Kind.choices)
    subject_id = models.UUIDField(help_text="The application or résumé it is about.")
    application_code = models.CharField(max_length=64, blank=True, help_text="The application as people know it.")
    facts = models.JSONField(default=dict, help_text="Why: codes, ids, instants.")
    said = EncryptedTextField(null=True, help_text="The person's own words, where there are any.")
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject_id"], condition=Q(state="open"), name="task_once")]
        indexes = [models.Index(fields=["opened_at"], condition=Q(state="open"), name="task_open")]
        ordering = ["opened_at"]
