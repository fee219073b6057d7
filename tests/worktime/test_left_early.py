"""Who has left for today, by the punches of a shift."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mianyue.base.interval import Interval
from mianyue.worktime.attendance import Assignment
from mianyue.worktime.instances import shift_instances
from mianyue.worktime.left_early import left_early
from mianyue.worktime.shift import PunchRule, ShiftRule

SHANGHAI = ZoneInfo("Asia/Shanghai")
EVERY_DAY = frozenset(range(1, 8))
DAY = ShiftRule(((540, 720), (780, 1080)), EVERY_DAY, PunchRule(early_grace=5))
NIGHT = ShiftRule(((1320, 1500), (1530, 1800)), EVERY_DAY)


def instant(text: str) -> datetime:
    """``"01 17:30"`` of December 2026."""
    return datetime.strptime(f"2026-12-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI).astimezone(UTC)


def rests(rule: ShiftRule, *punches: str) -> list[str]:
    instances = shift_instances([Assignment(rule, date(2026, 1, 1), None)], date(2026, 11, 30), date(2026, 12, 2), SHANGHAI, "CN")
    found = left_early(instances, [instant(one) for one in punches])
    return [f"{one.start.astimezone(SHANGHAI):%d %H:%M}–{one.end.astimezone(SHANGHAI):%d %H:%M}" for one in found]


@pytest.mark.parametrize(
    ("punches", "away"),
    [
        ([], []),
        (["01 08:50"], []),
        (["01 08:50", "01 15:00"], ["01 15:00–01 18:00"]),
        (["01 08:50", "01 11:00"], ["01 11:00–01 18:00"]),
        (["01 08:50", "01 11:00", "01 11:30"], []),  # came back
        (["01 08:50", "01 11:00", "01 11:30", "01 16:00"], ["01 16:00–01 18:00"]),
        (["01 08:50", "01 12:00"], []),  # the break
        (["01 08:50", "01 11:56"], []),  # almost
        (["01 08:50", "01 12:59"], []),
        (["01 08:50", "01 13:00"], ["01 13:00–01 18:00"]),
        (["01 08:50", "01 17:54"], ["01 17:54–01 18:00"]),
        (["01 08:50", "01 17:55"], []),  # within the grace
        (["01 08:50", "01 18:30"], []),
        (["01 08:50", "01 08:51"], []),  # tapped twice
        (["01 08:50", "01 08:51", "01 15:00"], ["01 15:00–01 18:00"]),
        (["01 06:00", "01 07:00"], ["01 09:00–01 18:00"]),  # was there before the shift, and went
    ],
)
def test_who_has_left(punches, away):
    assert rests(DAY, *punches) == away


@pytest.mark.parametrize(
    ("punches", "away"),
    [
        (["01 21:55", "02 03:00"], ["02 03:00–02 06:00"]),
        (["01 21:55", "02 06:10"], []),
        (["01 21:55"], []),
        # The morning's going belongs to the night before, the evening's coming to the night that begins.
        (["01 06:05", "01 21:55", "02 04:00"], ["02 04:00–02 06:00"]),
    ],
)
def test_a_night_is_one_shift(punches, away):
    assert rests(NIGHT, *punches) == away


def test_an_interval_is_never_empty():
    assert left_early([], [instant("01 09:00")]) == []
    (instance,) = shift_instances([Assignment(DAY, date(2026, 1, 1), None)], date(2026, 12, 1), date(2026, 12, 1), SHANGHAI, "CN")
    assert left_early([instance], [instant("01 09:00"), instant("01 09:30")]) == [
        Interval(instant("01 09:30"), instance.start + timedelta(hours=9))
    ]
