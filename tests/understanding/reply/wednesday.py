"""The offer that most replies in these tests answer: it is Wednesday 25 November 2026, 10:00 in Shanghai, and three times are on offer."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval
from mianyue.understanding.reply.understand import Reply, understand

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 25, 10, tzinfo=SHANGHAI)
STARTS = [datetime(2026, 11, 27, 10, tzinfo=SHANGHAI), datetime(2026, 11, 30, 14, tzinfo=SHANGHAI), datetime(2026, 12, 1, 15, 30, tzinfo=SHANGHAI)]  # fmt: skip
TENTH = datetime(2026, 12, 10, 9, 30, tzinfo=SHANGHAI)
ONE = [Interval(TENTH, TENTH + timedelta(hours=1))]
OPTIONS = [Interval(start, start + timedelta(hours=1)) for start in STARTS]


def read(text: str, options: list[Interval] = OPTIONS) -> Reply:
    return understand(text, options, NOW, SHANGHAI)


def windows(text: str, options: list[Interval] = OPTIONS) -> list[str]:
    """What is wanted as ``12-03 14:30`` or ``12-03 14:30-18:00``, a whole day as its date alone; a list each once, in order of time."""
    found = []
    for window in read(text, options).windows:
        start, end = (each and each.astimezone(SHANGHAI) for each in (window.start, window.end))
        whole = end is not None and end - start >= timedelta(hours=24)
        found.append(f"{start:%m-%d}" if whole else f"{start:%m-%d %H:%M}" + (f"-{end:%H:%M}" if end else ""))
    return sorted(set(found))
