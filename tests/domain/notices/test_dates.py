from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mianyue.base.interval import Interval
from mianyue.domain.notices.dates import Times
from mianyue.domain.notices.voice import voice_for

NOW = datetime(2026, 12, 1, 1, tzinfo=UTC)


def times(language: str, zone: str) -> Times:
    return Times(voice_for(language), ZoneInfo(zone), NOW)


def span(start: str, minutes: int = 60) -> Interval:
    begin = datetime.fromisoformat(start)
    return Interval(begin, begin + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("language", "zone", "start", "read"),
    [
        ("zh-CN", "Asia/Shanghai", "2026-12-02T06:00+00:00", "12 月 2 日 周三 14:00–15:00"),
        ("zh-Hans-CN", "Europe/Vienna", "2026-12-02T06:00+00:00", "12 月 2 日 周三 07:00–08:00"),
        ("en", "Europe/Vienna", "2026-12-02T06:00+00:00", "Wed 2 Dec, 07:00–08:00"),
        ("en-US", "America/New_York", "2026-12-02T16:30+00:00", "Wed, Dec 2, 11:30 AM – 12:30 PM"),
        ("en-CN", "Asia/Shanghai", "2026-12-02T06:00+00:00", "Wed 2 Dec, 14:00–15:00"),
        # The same instant lies on two dates: each reader is told their own.
        ("zh-CN", "Asia/Shanghai", "2026-12-02T16:30+00:00", "12 月 3 日 周四 00:30–01:30"),
        ("en", "America/Los_Angeles", "2026-12-03T02:00+00:00", "Wed 2 Dec, 18:00–19:00"),
        # Past midnight both dates are named; up to midnight one is enough.
        ("en", "Europe/Vienna", "2026-12-02T22:30+00:00", "Wed 2 Dec, 23:30 – Thu 3 Dec, 00:30"),
        ("en", "Europe/Vienna", "2026-12-02T22:00+00:00", "Wed 2 Dec, 23:00–00:00"),
        # Another year is named.
        ("zh-CN", "Asia/Shanghai", "2027-01-05T06:00+00:00", "2027 年 1 月 5 日 周二 14:00–15:00"),
        ("en", "Europe/Vienna", "2027-01-05T06:00+00:00", "Tue, 5 Jan 2027, 07:00–08:00"),
    ],
)
def test_a_time_as_it_is_read(language, zone, start, read):
    assert times(language, zone).span(span(start)) == read


@pytest.mark.parametrize(
    ("language", "zone", "name"),
    [
        ("zh-CN", "Asia/Shanghai", "北京时间"),
        ("en", "Asia/Shanghai", "Beijing time"),
        ("zh-CN", "Europe/Vienna", "维也纳时间"),
        ("en", "Europe/Vienna", "Vienna time"),
        ("en", "America/Argentina/Buenos_Aires", "Buenos Aires time"),
        ("zh-CN", "Asia/Urumqi", "乌鲁木齐时间"),
        ("en", "UTC", "UTC"),
        ("en", "Etc/GMT+5", "GMT-05:00"),
    ],
)
def test_the_zone_has_a_name_in_words(language, zone, name):
    assert times(language, zone).zone_name(NOW) == name
