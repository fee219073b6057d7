"""Every interview where it stands, in columns that follow the events within two seconds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mianyue.domain.interviews.models import Interview, Seat
from mianyue.domain.interviews.queries import newest_of_each_state
from mianyue.domain.interviews.states import InterviewState as State
from mianyue.domain.notices.models import Delivery
from mianyue.entrypoints.console import pages
from mianyue.entrypoints.console.cards import Card
from mianyue.entrypoints.console.cards import cards as cards_of

SHOWN = 25
"""Cards per column; the rest is one click away in the list."""

COLUMNS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("waiting", _("Waiting for the candidate"), (State.OFFERED,)),
    ("booked", _("Booked"), (State.BOOKED,)),
    ("tentative", _("Tentatively held"), (State.TENTATIVE,)),
    ("over", _("No answer, declined, cancelled"), (State.SILENT, State.DECLINED, State.CANCELLED)),
    ("finished", _("Finished"), (State.FINISHED,)),
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its newest cards, and how many there are in all."""

    key: str
    title: Any
    states: tuple[str, ...]
    cards: list[Card]
    count: int

    @property
    def further(self) -> int:
        return self.count - len(self.cards)


def page(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """The board."""
    return pages.page(site, request, "board", _("Board"), is_fullwidth="1", **_shown())


def cards(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """The columns alone, for the page to replace its own; 204, and nothing to draw, while ``version`` is still the newest."""
    if request.GET.get("version") == _version():
        return HttpResponse(status=204)
    return TemplateResponse(request, "console/board_columns.html", _shown())


def _version() -> str:
    """A fingerprint of everything the board shows: three index-friendly aggregates instead of all the cards."""
    facts = [
        Interview.objects.aggregate(Count("pk"), Max("changed_at")),
        Delivery.objects.aggregate(Count("pk"), Max("started_at"), Max("settled_at")),
        Seat.objects.exclude(answer=Seat.Answer.NONE).aggregate(Count("pk"), Max("pk")),
        # Words such as "tomorrow's colour" change with the hour, all of them with the language.
        timezone.localtime(settings.CLOCK.now()).strftime("%Y-%m-%d %H"),
        get_language(),
    ]
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def _shown() -> dict[str, Any]:
    # The version is taken first: what changes in between is drawn once more, never missed.
    version, now = _version(), settings.CLOCK.now()
    counts = dict(Interview.objects.values_list("state").order_by("state").annotate(Count("pk")))
    drawn = cards_of(list(newest_of_each_state(SHOWN)), now)
    columns = []
    for key, title, states in COLUMNS:
        mine = [card for card in drawn if card.interview.state in states][:SHOWN]
        if key == "booked":
            mine.sort(key=lambda card: card.option.during.lower if card.option else now)
        columns.append(Column(key, title, states, mine, sum(counts.get(state, 0) for state in states)))
    return {"columns": columns, "version": version}
