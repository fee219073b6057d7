"""The journal: every act a row, written in the act's own transaction, never changed afterwards."""

from __future__ import annotations

from django.db import models


class JournalEntry(models.Model):
    """One act. Holds ids, codes, counts and instants only, so that erasing a person never needs to touch it.

    ``leaf`` is the RFC 9162 leaf hash of the entry's canonical JSON: what a Merkle tree over the journal is built from.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(help_text="The product's clock when the act was done.")
    actor_kind = models.CharField(max_length=16, help_text="user, candidate, interviewer, program or system.")
    actor_id = models.CharField(max_length=64, blank=True)
    act = models.CharField(max_length=48, help_text="What was done, a past-tense code such as interview.booked.")
    subject_kind = models.CharField(max_length=24)
    subject_id = models.CharField(max_length=64)
    facts = models.JSONField(default=dict)
    salt = models.BinaryField(max_length=16, help_text="Keeps a leaf from being guessed by trying likely entries.")
    leaf = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = "journal entry"
        verbose_name_plural = "journal"
        indexes = [models.Index(fields=["subject_kind", "subject_id", "id"], name="journal_subject")]
        ordering = ["id"]


class ApiToken(models.Model):
    """A program's key to the API, kept as its digest; the program is the actor in the journal."""

    name = models.CharField(max_length=32, unique=True, help_text="Which program: the actor's id.")
    digest = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
