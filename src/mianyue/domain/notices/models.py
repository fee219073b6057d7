"""Messages as they leave the house: written once, sent in attempts, each attempt a row before it is made."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mianyue.base.ids import new_id
from mianyue.domain.security.fields import EncryptedBytesField, EncryptedJSONField, EncryptedTextField


class Notice(models.Model):
    """One message to one person on one channel. ``key`` says what it is, so that the same letter is never written twice."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=160, unique=True, help_text="subject:purpose:version:recipient:channel")
    subject_id = models.UUIDField(db_index=True, help_text="The interview or application it is about.")
    application_code = models.CharField(max_length=64)
    purpose = models.CharField(max_length=32)
    version = models.PositiveIntegerField(help_text="The proposal or calendar sequence it tells of; a newer one makes it stale.")
    recipient_kind = models.CharField(max_length=16)
    recipient_id = models.UUIDField()
    channel = models.CharField(max_length=16)
    language = models.CharField(max_length=35)
    address = EncryptedTextField()
    recipient_name = EncryptedTextField()
    title = EncryptedTextField(help_text="The subject line.")
    text = EncryptedTextField()
    html = EncryptedTextField(null=True)
    calendar = EncryptedBytesField(null=True)
    calendar_method = models.CharField(max_length=12, blank=True)
    headers = models.JSONField(default=dict)
    useful_until = models.DateTimeField(null=True, help_text="After this the message would only confuse; it isn't sent any more.")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["-created_at"], name="notice_newest")]


class Delivery(models.Model):
    """One attempt to hand a notice to its channel."""

    class State(models.TextChoices):
        QUEUED = "queued", "Queued"
        SENDING = "sending", "Being sent"
        ACCEPTED = "accepted", "Accepted by the channel"
        FAILED = "failed", "Failed, will be retried"
        REFUSED = "refused", "Refused for good"
        UNKNOWN = "unknown", "Outcome unknown"
        STALE = "stale", "No longer true, not sent"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    attempt = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    due_at = models.DateTimeField(help_text="Not before this.")
    repeats_unknown = models.BooleanField(
        default=False, help_text="Sent again because nobody knows whether the one before arrived."
    )
    started_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    error_code = models.CharField(max_length=40, blank=True)
    error = models.CharField(max_length=300, blank=True, help_text="What the channel said; addresses removed.")
    reference = models.CharField(max_length=200, blank=True, help_text="The channel's own number for it.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "attempt"], name="delivery_attempt"),
            models.UniqueConstraint(fields=["notice"], condition=Q(state__in=["queued", "sending"]), name="delivery_one_open"),
        ]
        indexes = [models.Index(fields=["state", "due_at"], condition=Q(state__in=["queued", "sending"]), name="delivery_open")]
        ordering = ["notice", "attempt"]


class Link(models.Model):
    """A capability sent to one person: unguessable, scoped, expiring, revocable. Only its digest is kept."""

    class Scope(models.TextChoices):
        CANDIDATE = "candidate"
        INTERVIEWER = "interviewer"
        STAFF = "staff"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.BinaryField(max_length=32, unique=True)
    scope = models.CharField(max_length=12, choices=Scope.choices)
    subject_id = models.UUIDField(db_index=True, help_text="The interview it opens; of staff, the person themselves.")
    person_id = models.UUIDField(help_text="Whom it was sent to.")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)


class Wording(models.Model):
    """Whose words a letter has, where a writer was to be asked: its own, or the template's and which check spoke against it."""

    class State(models.TextChoices):
        WAITING = "waiting", "The writer will be asked"
        ASKING = "asking", "The writer is being asked"
        USED = "used", "The writer's sentences"
        TEMPLATE = "template", "The template"

    notice = models.OneToOneField(Notice, on_delete=models.CASCADE, primary_key=True, related_name="wording")
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    check_failed = models.CharField(max_length=40, blank=True, help_text="The first check that refused, or why nobody was asked.")
    facts = EncryptedJSONField(null=True, help_text="What the letter is composed from; dropped as soon as its words are settled.")
    model = models.CharField(max_length=120, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    milliseconds = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["created_at"], condition=Q(state__in=["waiting", "asking"]), name="wording_open"),
            models.Index(fields=["-settled_at"], name="wording_settled"),
        ]


class WriterState(models.Model):
    """What all workers know of the writer together: whether it may be asked, and how it did lately. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    on = models.BooleanField(default=True, help_text="The switch of the console.")
    failures_in_a_row = models.PositiveSmallIntegerField(default=0)
    lately = models.CharField(max_length=20, blank=True, help_text="The last twenty outcomes, oldest first: + answered, - failed.")
    opened_at = models.DateTimeField(null=True, help_text="The circuit breaker is open since then; empty while it is closed.")
    probe_at = models.DateTimeField(null=True, help_text="When one worker was let through to try.")


class WriterMonth(models.Model):
    """What the writer cost in a month. Money is in millionths of the currency that the prices are given in."""

    month = models.CharField(primary_key=True, max_length=7, help_text="2026-12, by the company's clock.")
    calls = models.PositiveIntegerField(default=0)
    used = models.PositiveIntegerField(default=0, help_text="Letters that left in the writer's words.")
    tokens_in = models.PositiveBigIntegerField(default=0)
    tokens_out = models.PositiveBigIntegerField(default=0)
    spent = models.PositiveBigIntegerField(default=0, help_text="Of answered calls, and what calls under way may cost at most.")
