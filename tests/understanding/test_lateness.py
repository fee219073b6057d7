"""How late somebody says they will be."""

import pytest

from mianyue.understanding.lateness import minutes_late


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("堵车了，大概晚20分钟到", 20),
        ("會遲到十五分鐘左右", 15),
        ("可能迟到半小时", 30),
        ("我一刻钟后到", 15),
        ("晚一个小时可以吗", 60),
        ("I'll be 15 minutes late, sorry", 15),
        ("running ~10 min late", 10),
        ("there in half an hour", 30),
        ("about an hour late", 60),
        ("２０分くらい遅れます", 20),
        ("Ich komme 20 Minuten später", 20),
        ("I will be late", None),
        ("迟到了，不好意思", None),
        ("late by 900 minutes", None),
        ("", None),
    ],
)
def test_minutes(said, minutes):
    assert minutes_late(said) == minutes
