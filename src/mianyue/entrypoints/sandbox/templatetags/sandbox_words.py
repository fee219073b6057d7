"""Moments and calendar terms as a reader of the page's language writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from babel.dates import format_date, format_datetime, format_time, get_timezone_gmt
from django import template
from django.utils.translation import get_language, pgettext_lazy, to_locale

from mianyue.entrypoints.sandbox.invitation import Event

register = template.Library()

TERMS = {
    "REQUEST": pgettext_lazy("calendar", "Invitation"),
    "PUBLISH": pgettext_lazy("calendar", "For your information"),
    "REPLY": pgettext_lazy("calendar", "Answer"),
    "CANCEL": pgettext_lazy("calendar", "Cancellation"),
    "COUNTER": pgettext_lazy("calendar", "Counter-proposal"),
    "CONFIRMED": pgettext_lazy("calendar", "Confirmed"),
    "TENTATIVE": pgettext_lazy("calendar", "Tentative"),
    "CANCELLED": pgettext_lazy("calendar", "Cancelled"),
}


@register.filter
def term(word: str) -> str:
    """An iTIP method or status (RFC 5546, RFC 5545 §3.8.1.11) in plain words; unknown ones stay as they are."""
    return str(TERMS.get(word, word))


@register.filter
def moment(at: datetime) -> str:
    """An instant in UTC; the page's script shows it in the reader's own zone instead."""
    return f"{format_datetime(at.astimezone(UTC), 'medium', locale=_locale())} UTC"


@register.filter
def span(event: Event) -> str:
    """From when to when an event lasts, in its own zone, with the zone's distance from UTC."""
    starts, ends = event.starts, event.ends
    if not isinstance(starts, datetime):
        return _days(starts, ends)
    day = format_date(starts, "full", locale=_locale())
    text = f"{day} {format_time(starts, 'short', locale=_locale())}"
    if isinstance(ends, datetime):
        local_end = ends.astimezone(starts.tzinfo)
        other_day = "" if local_end.date() == starts.date() else f"{format_date(local_end, 'full', locale=_locale())} "
        text += f" – {other_day}{format_time(local_end, 'short', locale=_locale())}"
    if not event.zone:
        return text
    return f"{text} ({event.zone}, {get_timezone_gmt(starts, width='long', locale=_locale())})"


def _days(starts: date | None, ends: date | None) -> str:
    if starts is None:
        return "–"
    first = format_date(starts, "full", locale=_locale())
    # DTEND is the day after the last one (RFC 5545 §3.6.1).
    if ends is None or ends - timedelta(days=1) <= starts:
        return first
    return f"{first} – {format_date(ends - timedelta(days=1), 'full', locale=_locale())}"


def _locale() -> str:
    return to_locale(get_language() or "en")
