"""What a reply says about times and options, with the place of the evidence."""

from __future__ import annotations

import pytest

from mianyue.understanding.reply.mentions import mentions


def seen(text: str) -> list[tuple[str, str, str]]:
    return [(text[m.start : m.end], m.kind, m.polarity) for m in mentions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("周三不行，周四下午三点可以", [("周三", "days", "no"), ("周四下午三点", "days and hours", "yes")]),
        ("週三不行，週四下午三點可以", [("週三", "days", "no"), ("週四下午三點", "days and hours", "yes")]),
        ("第一个不行，第二个可以", [("第一个", "option", "no"), ("第二个", "option", "yes")]),
        ("除了周五，下周都可以", [("周五", "days", "except"), ("下周", "days", "yes")]),
        ("周五以外都行", [("周五", "days", "except")]),
        ("not Wednesday, Thursday", [("Wednesday", "days", "no"), ("Thursday", "days", "yes")]),
        ("I can't do Monday, Tuesday or Friday", [("Monday, Tuesday or Friday", "days", "no")]),
        ("能不能晚一个小时", [("晚一个小时", "shift", "yes")]),
        ("半小时后", [("半小时后", "ahead", "yes")]),
        ("周 三 下午３：３０", [("周 三 下午３：３０", "days and hours", "yes")]),
        ("下周一到周三下午", [("下周一到周三下午", "days and hours", "yes")]),
        ("Can't make it", []),
    ],
)
def test_a_mention_has_its_place_its_kind_and_whether_it_is_wanted(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert seen(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "下午好，有一点问题想请教",
        "我有两点想问",
        "我叫周一凡",
        "祝您周末愉快",
        "第一次参加第二轮面试",
        "我周五之前回复您",
        "有三年经验，电话13812345678",
        "in the first place, have a nice weekend",
        "I sat in the sun; one second please",
        "may I bring 2 copies to the 3rd floor?",
        "buenos días, buenas tardes",
        "Guten Morgen",
    ],
)
def test_words_that_only_look_like_times_are_none(text: str) -> None:
    assert mentions(text) == ()
