"""Where "now" comes from."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from mianyue.base.clock import ManualClock, ShiftedClock, SystemClock, from_setting
from mianyue.base.errors import SettingError

AT = datetime(2026, 11, 30, tzinfo=UTC)
CLOSE = timedelta(seconds=5)


def test_nothing_set_is_the_machines_clock():
    clock = from_setting("")
    assert isinstance(clock, SystemClock)
    assert abs(clock.now() - datetime.now(UTC)) < CLOSE
    assert clock.now().tzinfo is UTC


@pytest.mark.parametrize(
    "value",
    [
        "2026-11-30T08:00:00+08:00",
        "2026-11-30T00:00:00Z",
        "2026-11-29T19:00-05:00",
        " 2026-11-30T08:00:00+08:00 ",
        "20261130T000000Z",
    ],
)
def test_clock_starts_at_the_instant_and_runs(value):
    clock = from_setting(value)
    first = clock.now()
    assert AT <= first < AT + CLOSE
    assert clock.now() >= first
    assert first.tzinfo is UTC


def test_clock_that_showed_the_instant_a_minute_ago_is_a_minute_on():
    clock = from_setting(f"2026-11-30T00:00:00Z@{time.time() - 60:.3f}")
    assert abs(clock.now() - AT - timedelta(minutes=1)) < CLOSE


def test_two_processes_show_the_same_time():
    here = ShiftedClock(AT, datetime.now(UTC) - timedelta(hours=3))
    there = from_setting(here.spelled())
    assert abs(there.now() - here.now()) < timedelta(milliseconds=50)


@pytest.mark.parametrize(
    "value",
    [
        "tomorrow",
        "2026-11-30T08:00:00",  # no offset: whose eight o'clock?
        "2026-11-30",
        "2026-13-01T00:00:00Z",
        "2026-11-30T00:00:00Z@yesterday",
        "2026-11-30T00:00:00Z@1@2",
        "2026-11-30T00:00:00Z@99999999999999999999",
        "@1796000000",
        "0001-01-01T00:00:00+14:00",
        "\n",
    ],
)
def test_what_is_no_instant_is_refused_with_an_example(value):
    with pytest.raises(SettingError) as refused:
        from_setting(value)
    assert refused.value.code == "setting_invalid"
    assert "2026-11-30T08:00:00+08:00" in refused.value.hint


def test_manual_clock_stands_until_it_is_moved():
    clock = ManualClock(AT)
    assert clock.now() == clock.now() == AT
    clock.forward(timedelta(hours=24))
    assert clock.now() == AT + timedelta(hours=24)
