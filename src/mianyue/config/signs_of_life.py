"""Tells whether a worker runs, without bringing in all that a worker does."""

from __future__ import annotations

from datetime import datetime, timedelta


def alive(now: datetime) -> bool:
    """Whether any worker showed a sign of life within the last half minute (by the machine's clock, as procrastinate keeps it)."""
    from procrastinate.contrib.django.models import ProcrastinateWorker

    newest = ProcrastinateWorker.objects.order_by("-last_heartbeat").values_list("last_heartbeat", flat=True).first()
    return newest is not None and now - newest < timedelta(seconds=30)
