"""How the writer is doing: for the console's page."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, QuerySet

from mianyue.domain.notices.models import Wording, WriterMonth, WriterState


def writer_state() -> WriterState:
    """The shared state; a fresh one where nobody was asked yet."""
    return WriterState.objects.filter(pk=1).first() or WriterState()


def months(at_most: int = 12) -> QuerySet[WriterMonth]:
    """What it cost, the newest month first."""
    return WriterMonth.objects.order_by("-month")[:at_most]


def outcomes(since: datetime) -> list[tuple[str, str, int]]:
    """State, failed check and number of letters settled since then, the most frequent first."""
    settled = Wording.objects.filter(settled_at__gte=since).values_list("state", "check_failed").annotate(number=Count("pk"))
    return sorted(settled, key=lambda row: (-row[2], row[0], row[1]))


def newest(at_most: int = 20) -> QuerySet[Wording]:
    """The letters settled last."""
    settled = Wording.objects.filter(settled_at__isnull=False).select_related("notice").defer("facts")
    return settled.defer("facts", "notice__html", "notice__text", "notice__calendar").order_by("-settled_at")[:at_most]
