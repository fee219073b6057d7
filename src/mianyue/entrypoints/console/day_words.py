"""What kind of day a date is, in words: a public holiday by its name, a bridge day off, a weekend that is worked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mianyue.entrypoints.console import attendance_words, words
from mianyue.entrypoints.console.times import day_words
from mianyue.worktime.day_kinds import Kind, day_kind, is_announced, is_public_holiday, last_announced


@dataclass(frozen=True, slots=True)
class DayNote:
    """A day that isn't like others of its name. ``predicted``: nobody has announced it yet; ``free``: the country gives it off."""

    said: str
    notice: str
    predicted: bool
    free: bool


def day_note(day: date, country: str) -> DayNote | None:
    """What is to be said about ``day`` there; nothing about plain days and plain weekends."""
    found = day_kind(day, country)
    if found.name is None:
        return None
    name = found.name.zh if (get_language() or "").startswith("zh") else found.name.en
    parts = [name] if found.kind == Kind.WEEKEND else [words.of(attendance_words.DAY_KINDS, found.kind), name]
    return DayNote(" · ".join(dict.fromkeys(parts)), found.notice, not found.announced, is_public_holiday(day, country))


def unannounced(days: Iterable[date], countries: Iterable[str]) -> str:
    """A sentence for a page that shows days about which the authority hasn't spoken yet; empty where all is known."""
    for country in sorted(set(countries)):
        last = last_announced(country)
        if last is not None and not all(is_announced(day, country) for day in days):
            return _("Holidays and make-up workdays after %(day)s are not announced yet: what is shown is predicted.") % {
                "day": day_words(last)
            }
    return ""
