"""Weeks with a clock change are found, the product has them right, and a usual mistake is noticed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from benchmarks.scheduling.clock_changes import count, weeks_with_a_change, zones
from mianyue.base.interval import Interval


def test_weeks_lie_around_each_change() -> None:
    week = timedelta(days=7)
    berlin = [datetime(2027, 3, 25, tzinfo=UTC), datetime(2027, 10, 28, tzinfo=UTC)]
    assert list(weeks_with_a_change(["Asia/Shanghai", "Europe/Berlin"])) == [
        ("Europe/Berlin", Interval(start, start + week)) for start in berlin
    ]


def test_zones_are_named_after_places() -> None:
    assert {"Europe/Berlin", "America/Argentina/Ushuaia"} <= set(zones())
    assert not {"EST5EDT", "Etc/GMT+3", "UTC"} & set(zones())


def test_the_product_is_right_and_the_mistake_is_not() -> None:
    found = count(every=40)
    assert found["weeks"] > 10
    assert found["wrong"] == 0
    assert found["mistaken"] > found["weeks"] // 2
