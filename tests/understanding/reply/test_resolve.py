"""Which instants a time said stands for, seen from Wednesday 25 November 2026, 10:00 in Shanghai."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from mianyue.base.interval import Interval
from mianyue.understanding.reply.mentions import mentions
from mianyue.understanding.reply.resolve import resolve
from mianyue.understanding.reply.understand import monday_to_friday

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 25, 10, tzinfo=SHANGHAI)


def windows(text: str, **more: object) -> list[str]:
    found = resolve(mentions(text), NOW, SHANGHAI, monday_to_friday, **more)  # type: ignore[arg-type]
    return [
        f"{w.start.astimezone(SHANGHAI):%m-%d %H:%M}" + (f"-{w.end.astimezone(SHANGHAI):%d %H:%M}" if w.end else "") for w in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("明早九点", ["11-26 09:00"]),
        ("两点半", ["11-25 14:30"]),
        ("周二", ["12-01 00:00-02 00:00"]),
        ("周五", ["11-27 00:00-28 00:00"]),
        ("下下周三上午", ["12-09 08:00-09 12:00"]),
        ("周四下午2:30-4点", ["11-26 14:30-26 16:00"]),
        ("周四上午10点到2点", ["11-26 10:00-26 14:00"]),
        ("Thursday 11-1", ["11-26 11:00-26 13:00"]),
        ("Thursday 11-1pm", ["11-26 11:00-26 13:00"]),
        ("Thursday 2-4pm", ["11-26 14:00-26 16:00"]),
        ("Thursday 9-5pm", ["11-26 09:00-26 17:00"]),
        ("周四三点以后", ["11-26 15:00-26 20:00"]),
        ("周四三点以前", ["11-26 08:00-26 15:00"]),
        ("廿八号下午三点一刻", ["11-28 15:15"]),
        ("20号", ["12-20 00:00-21 00:00"]),
        ("3、4号下午", ["12-03 12:00-03 18:00", "12-04 12:00-04 18:00"]),
        ("1月5号", ["01-05 00:00-06 00:00"]),
        ("周一、三、五上午九点", ["11-30 09:00", "12-02 09:00", "11-27 09:00"]),
        ("下周一到周三", ["11-30 00:00-01 00:00", "12-01 00:00-02 00:00", "12-02 00:00-03 00:00"]),
        ("下周除了周一周五都行", ["12-01 00:00-02 00:00", "12-02 00:00-03 00:00", "12-03 00:00-04 00:00"]),
        ("周四下午，两点不行", ["11-26 12:00-26 18:00"]),
        ("半小时后", ["11-25 10:30"]),
        ("腊月廿八", ["02-04 00:00-05 00:00"]),
        ("除夕前一天上午", ["02-04 08:00-04 12:00"]),
        ("half past two on the 3rd", ["12-03 14:30"]),
        ("Thursday by EOD", ["11-26 08:00-26 18:00"]),
        ("Thursday 10:00 CET", ["11-26 17:00"]),
        ("Thursday 7pm UTC+9", ["11-26 18:00"]),
        ("next Wed or the week after next on Monday", ["12-02 00:00-03 00:00", "12-07 00:00-08 00:00"]),
        ("Thursday 7am", ["11-26 07:00"]),
        ("周四晚上八点以后", ["11-26 20:00-26 22:00"]),
        ("on 3/12 at 3pm", ["12-03 15:00"]),
        ("周四两点以后五点以前", ["11-26 14:00-26 17:00"]),
        ("Dec 3, 4 and 7 in the morning", ["12-03 08:00-03 12:00", "12-04 08:00-04 12:00", "12-07 08:00-07 12:00"]),
        ("下个月7号到9号", ["12-07 00:00-08 00:00", "12-08 00:00-09 00:00", "12-09 00:00-10 00:00"]),
        ("昨天", []),
        ("今天上午九点", []),
    ],
)
def test_what_is_said_gets_its_instants(text: str, expected: list[str]) -> None:
    assert windows(text) == expected


def test_a_day_on_offer_tells_which_wednesday_is_meant() -> None:
    assert windows("周三", offered=[date(2026, 12, 9)]) == ["12-09 00:00-10 00:00"]


def test_an_hour_later_counts_from_what_was_agreed() -> None:
    start = datetime(2026, 12, 8, 9, 30, tzinfo=SHANGHAI)
    agreed = Interval(start, start.replace(hour=10))
    assert windows("能不能晚一个小时", agreed=agreed) == ["12-08 10:30"]
    assert windows("能不能晚一个小时") == []


def test_my_time_is_the_writers_own() -> None:
    assert windows("Thursday 10am my time", theirs=ZoneInfo("Europe/Berlin")) == ["11-26 17:00"]


def test_the_callers_calendar_says_which_days_are_worked() -> None:
    found = resolve(mentions("下周"), NOW, SHANGHAI, lambda day: day.day == 5)
    assert [w.start.day for w in found] == [5]


def test_a_clock_change_keeps_the_wall_clock() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    now = datetime(2026, 10, 23, 12, tzinfo=berlin)
    (window,) = resolve(mentions("Monday 10am"), now, berlin, monday_to_friday)
    assert window.start == datetime(2026, 10, 26, 10, tzinfo=berlin)
    (day,) = resolve(mentions("Sunday"), now, berlin, monday_to_friday)
    assert day.end is not None
    assert (day.end.timestamp() - day.start.timestamp()) == 25 * 3600


def test_a_naive_now_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        resolve((), NOW.replace(tzinfo=None), SHANGHAI, monday_to_friday)
