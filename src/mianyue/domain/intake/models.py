"""What was brought in, when, and what was wrong with it."""

from __future__ import annotations

from django.db import models

from mianyue.base.ids import new_id
from mianyue.domain.security.fields import EncryptedJSONField, EncryptedTextField


class ImportBatch(models.Model):
    """One run of an import. ``counts`` holds, per table, how many rows were read, added, changed and left alone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    folder = models.CharField(max_length=500)
    started_at = models.DateTimeField()
    counts = models.JSONField(default=dict)
    unread = models.JSONField(default=list, help_text="Tables that could not be read: what they would have said is unknown.")

    class Meta:
        verbose_name = "import"
        ordering = ["-started_at"]


class ImportProblem(models.Model):
    """One thing that was wrong in the files. What the cell held may be personal, so it is sealed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="problems")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=40)
    severity = models.CharField(max_length=8)
    file = EncryptedTextField(help_text="A résumé's file name often holds the person's name.")
    row = models.PositiveIntegerField(null=True)
    found = EncryptedJSONField(help_text="key, column, value, related, and the message in every language.")

    class Meta:
        ordering = ["batch", "position"]
