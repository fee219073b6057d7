"""One row for each thing a candidate said, kept before anybody thinks about it."""

from __future__ import annotations

from django.db import models

from mianyue.base.ids import new_id
from mianyue.domain.replies.states import HeardState
from mianyue.domain.security.fields import EncryptedBytesField, EncryptedTextField


class Heard(models.Model):
    """Something said, on a page or by mail; interview and person are known by id only, where they are known at all.

    ``understood`` and ``done`` hold codes, numbers, instants and places in the words, never the words themselves.
    """

    class Channel(models.TextChoices):
        PAGE = "page", "Page"
        EMAIL = "email", "E-mail"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    channel = models.CharField(max_length=16, choices=Channel.choices)
    vendor_id = models.CharField(
        max_length=255, null=True, help_text="What tells a repetition: the mail's Message-ID, a page's own mark."
    )
    interview_id = models.UUIDField(null=True)
    application_code = models.CharField(max_length=64, blank=True)
    candidate_id = models.UUIDField(null=True)
    trusted = models.BooleanField(
        default=False, help_text="Said behind the candidate's own link, or in answer to a letter from the address it went to."
    )
    wants_others = models.BooleanField(default=False, help_text="Said with a tap on the button that asks for other times.")
    received_at = models.DateTimeField()
    words = EncryptedTextField()
    raw = EncryptedBytesField(null=True, help_text="The mail as it came.")
    standing = models.CharField(max_length=40, blank=True, help_text="How the interview stood for whoever wrote this.")
    offered = models.JSONField(default=list, help_text="The times as they saw them: number, proposal, start, end.")
    understood = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=HeardState.choices, default=HeardState.WAITING)
    done = models.JSONField(default=list, help_text="What was done, in order: codes with numbers and instants.")
    thought_at = models.DateTimeField(null=True)
    corrected_as = models.CharField(max_length=24, blank=True)
    corrected_by = models.CharField(max_length=100, blank=True, help_text="Kind and id of who corrected it; never a name.")
    corrected_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "vendor_id"], name="heard_once")]
        indexes = [
            models.Index(fields=["-received_at"], name="heard_newest"),
            models.Index(fields=["interview_id", "received_at"], name="heard_of_interview"),
            models.Index(fields=["received_at"], condition=models.Q(state=HeardState.WAITING), name="heard_waiting"),
        ]
        ordering = ["-received_at"]
