"""An interview in short, as the board, the dashboard and the lists show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mianyue.domain.interviews.models import Interview, Option
from mianyue.domain.interviews.queries import booked_option, on_offer
from mianyue.domain.notices.models import Delivery
from mianyue.entrypoints.console.times import enumerated


@dataclass(frozen=True, slots=True)
class Card:
    """What one glance needs. ``option`` is the booked time, or the first of those on offer; ``offered`` counts them."""

    interview: Interview
    option: Option | None
    offered: int
    delivery: dict[str, Any] | None
    soon: bool

    @property
    def panel(self) -> str:
        return enumerated([seat.employee.name for seat in self.option.seats.all()]) if self.option else ""


def cards(interviews: Sequence[Interview], now: datetime) -> list[Card]:
    """Cards of interviews that were read ``whole``; one more query tells how the last letter to each candidate stands."""
    deliveries = {
        row["notice__subject_id"]: row
        for row in Delivery.objects.filter(
            notice__subject_id__in=[interview.pk for interview in interviews], notice__recipient_kind="candidate"
        )
        .order_by("notice__subject_id", "-notice__created_at", "-notice_id", "-attempt")
        .distinct("notice__subject_id")
        .values("notice__subject_id", "notice__purpose", "notice__channel", "state")
    }
    return [_card(interview, deliveries.get(interview.pk), now) for interview in interviews]


def shown_option(interview: Interview) -> tuple[Option | None, int]:
    """The time that stands for the interview, and how many are on offer."""
    offered = on_offer(interview)
    return booked_option(interview) or next(iter(offered), None), len(offered)


def _card(interview: Interview, delivery: dict[str, Any] | None, now: datetime) -> Card:
    option, offered = shown_option(interview)
    soon = option is not None and 0 < (option.during.lower - now).total_seconds() < 24 * 3600
    return Card(interview, option, offered, delivery, soon)
