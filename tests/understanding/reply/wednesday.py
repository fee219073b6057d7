"""The offer that most replies in these tests answer: it is Wednesday 25 November 2026, 10:00 in Shanghai, and three times are on offer."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval
from mianyue.understanding.reply.understand import Reply, understand

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 25, 10, tzinfo=SHANGHAI)
STARTS = [datetime(2026, 11, 27, 10, tzinfo=SHANGHAI), datetime(2026, 11, 30, 14, tzinfo=SHANGHAI), datetime(2026, 12, 1, 15, 30, tzinfo=SHANGHAI)]  # fmt: skip
OPTIONS = [Interval(start, start + timedelta(hours=1)) for start in STARTS]


def read(text: str, options: list[Interval] = OPTIONS) -> Reply:
    return understand(text, options, NOW, SHANGHAI)
