"""Reading what imports left behind."""

from __future__ import annotations

from mianyue.domain.intake.models import ImportBatch


def unread_tables() -> frozenset[str]:
    """The tables the newest import could not read: what they would have said is unknown, not absent."""
    batch = ImportBatch.objects.order_by("-started_at", "-id").only("unread").first()
    return frozenset(batch.unread) if batch else frozenset()
