"""Keeping what an import found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mianyue.domain.intake.models import ImportBatch, ImportProblem
from mianyue.domain.intake.problems import Problem


def keep_report(
    folder: str, now: datetime, counts: dict[str, dict[str, int]], problems: Sequence[Problem], unread: list[str]
) -> ImportBatch:
    """Writes down one import and its findings. ``unread`` names the tables that could not be read at all."""
    batch = ImportBatch.objects.create(folder=folder[:500], started_at=now, counts=counts, unread=unread)
    ImportProblem.objects.bulk_create(
        ImportProblem(batch=batch, position=position, code=p.code, severity=p.severity, file=p.file, row=p.row, found=p.as_dict())
        for position, p in enumerate(problems)
    )
    return batch
