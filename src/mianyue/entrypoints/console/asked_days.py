"""Which day, week or month a page is about, as its address asks; what nobody can read becomes today's, and the page says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from mianyue.base.errors import Refused

MARGIN = 100
"""Years kept from the ends of the calendar, so that a day or a month before and after can always be named."""


@dataclass(frozen=True, slots=True)
class AskedDay:
    """A date in the company's time; ``problem`` says in words why it isn't the one that was asked for."""

    day: date
    problem: str = ""

    @property
    def monday(self) -> date:
        """The first day of its week (ISO 8601)."""
        return self.day - timedelta(days=self.day.weekday())

    @property
    def month(self) -> date:
        """The first day of its month."""
        return self.day.replace(day=1)


def today() -> date:
    """The date at the company (the site activates its zone)."""
    return timezone.localtime(settings.CLOCK.now()).date()


def asked_day(request: HttpRequest, name: str = "day") -> AskedDay:
    """The date that ``?name=2026-11-30`` asks for (a month may be written 2026-11); today's without it."""
    text = request.GET.get(name, "").strip()
    if not text:
        return AskedDay(today())
    try:
        day = date.fromisoformat(f"{text}-01" if len(text) == len("2026-11") else text)
    except ValueError:
        day = None
    if day is None or not MINYEAR + MARGIN < day.year < MAXYEAR - MARGIN:
        return AskedDay(today(), _("%(text)s is not a date; write it as 2026-12-31. Today's is shown.") % {"text": text[:40]})
    return AskedDay(day)


def month_before(month: date) -> date:
    """The first day of the month before."""
    return (month - timedelta(days=1)).replace(day=1)


def month_after(month: date) -> date:
    """The first day of the next month."""
    return (month + timedelta(days=31)).replace(day=1)


def posted_day(request: HttpRequest, name: str) -> date:
    """The date in a posted form. Raises Refused for something that is none."""
    text = request.POST.get(name, "").strip()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused("That is not a date.", "Write it as 2026-12-31.") from error
