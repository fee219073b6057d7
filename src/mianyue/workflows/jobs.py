"""What workers do when a row says so. Jobs carry ids only; each is safe to run twice."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from procrastinate.contrib.django import app

from mianyue.workflows import deliver as step


@app.task(name="deliver", queue="letters")
def deliver(delivery_id: str) -> None:
    """Makes one attempt to deliver a notice."""
    step.deliver(UUID(delivery_id), settings.CLOCK.now())
