"""Times as a recruiter reads them: in the company's zone, in the reader's language, the zone always named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from mianyue.base.interval import Interval
from mianyue.domain.notices.dates import Times
from mianyue.domain.notices.voice import voice_for
from mianyue.domain.organization.models import Company


def company_zone() -> ZoneInfo:
    """The company's time zone; UTC as long as no company has been imported."""
    name = Company.objects.values_list("time_zone", flat=True).first()
    return ZoneInfo(name or "UTC")


def reader_times() -> Times:
    """Speaks instants in the active language and the active zone (the site activates the company's)."""
    zone = ZoneInfo(timezone.get_current_timezone_name())
    return Times(voice_for(get_language() or "en"), zone, settings.CLOCK.now())


def moment(at: datetime | None) -> str:
    """``12 月 1 日 周二 18:00``; nothing for None."""
    return reader_times().moment(at) if at else ""


def span(during: Any) -> str:
    """``12 月 2 日 周三 14:00–15:00``, of an Interval or of a range as the database returns it; nothing for None."""
    if during is None:
        return ""
    interval = during if isinstance(during, Interval) else Interval(during.lower, during.upper)
    return reader_times().span(interval)


def day_words(day: date) -> str:
    """``12 月 2 日 周三``, ``Wed 2 Dec``."""
    times = reader_times()
    return Times(times.voice, ZoneInfo("UTC"), times.now).day(datetime.combine(day, time(12), UTC))


def month_words(month: date) -> str:
    """``2026年12月``, ``December 2026``."""
    return format_skeleton("yMMMM", month, locale=reader_times().voice.locale)


def hours(minutes: int) -> str:
    """``7:30``, ``0:05``, ``-1:15``: a length in hours and minutes, which adds up where decimals would not."""
    whole, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else ''}{whole}:{rest:02}"


def enumerated(items: Sequence[Any]) -> str:
    """``陈晨、李蕾``, ``A, B``."""
    return reader_times().voice.enumerated([str(item) for item in items])


def zone_badge(request: HttpRequest) -> list[str]:
    """The label in the header of every page: whose clock the page shows."""
    times = reader_times()
    return [times.zone_name(times.now), "info"]
