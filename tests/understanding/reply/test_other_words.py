"""Families that another hand's fifteenth set showed: misspelt words of time, times of other things, declines in other words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianyue.base.interval import Interval
from mianyue.understanding.reply.misspelt import misspelt
from tests.understanding.reply.wednesday import OPTIONS, SHANGHAI, read


def windows(text: str, offer: list[Interval] = OPTIONS) -> list[str]:
    """Each window as its start and, where it has one, its end."""
    return [
        f"{window.start:%m-%d %H:%M}" + (f"-{window.end.astimezone(SHANGHAI):%m-%d %H:%M}" if window.end else "")
        for window in read(text, offer).windows
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Tuesday mornning pls", ["12-01 08:00-12-01 12:00"]),
        ("wendesday afternoon please", ["12-02 12:00-12-02 18:00"]),
        ("Can we say thurdsay evning?", ["11-26 18:00-11-26 20:00"]),
        ("tomorow afernoon is fine for me", ["11-26 12:00-11-26 18:00"]),
        ("noon on Tuedsay", ["12-01 12:00"]),
        ("元旦回来4号下午行", ["01-04 12:00-01-04 18:00"]),
        ("元旦后4号5号都行", ["01-04 00:00-01-05 00:00", "01-05 00:00-01-06 00:00"]),
        ("元旦回来周一可以", ["01-04 00:00-01-05 00:00"]),
        ("圣诞节第二天下午行，当天有聚会", ["12-26 12:00-12-26 18:00"]),
        ("12月10号第二天上午可以，当天要考试", ["12-11 08:00-12-11 12:00"]),
        ("我周一到周三都在产线上，下周四上午十点可以", ["12-03 10:00"]),
        ("我这几天有个活动要跟就是到周二结束然后下周三下午四点可以的", ["12-02 16:00"]),
        ("I'm on site Monday to Wednesday, Thursday at 10 would work", ["11-26 10:00"]),
        ("我能空出来的是下周二下午两点到四点，还有下周五早上九点到十一点", ["12-01 14:00-12-01 16:00", "12-04 09:00-12-04 11:00"]),
        ("Thursday please, the other days I'm on late dinners from eight till late", ["11-26 00:00-11-27 00:00"]),
        ("周三下午三点，早上有课", ["12-02 15:00"]),
        ("What's the pay, and is there a night bonus?", []),
        ("有没有早餐补贴和晚班津贴", []),
    ],
)
def test_only_the_times_that_are_wished_are_read(text: str, said: list[str]) -> None:
    assert windows(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "想調整到同一天上午十一點，早上要送小孩",
        "想改到同日上午十一点，早上要送孩子",
        "午前は授業があるため、同じ日の11時に変更できますか",
    ],
)
def test_the_reason_behind_another_hour_of_the_same_day_is_no_time(text: str) -> None:
    assert windows(text, OPTIONS[2:]) == ["12-01 11:00"]
    assert read(text, OPTIONS[2:]).intents == ("propose", "reschedule")


@pytest.mark.parametrize(
    "text",
    [
        "About Friday 10 am: I'm not coming, the pay is too low for me",
        "I don't think this one's for me, good luck with the search",
        "Please take my name off the list",
        "I've had a better offer",
        "I'm going to have to turn this down",
        "I've found something elsewhere, thank you",
        "谢谢，我还是决定留在老东家",
        "你们那太远了，算了吧",
    ],
)
def test_a_no_to_the_job_is_a_decline_and_names_no_time(text: str) -> None:
    assert (read(text).intents, read(text).windows) == (("decline",), ())


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("I've had a rethink, can we do Monday at 2 rather than Friday", (2,)),
        ("I'm sorted now with childcare so Monday 2 pm works", (2,)),
        ("I'm not coming on Friday, Tuesday suits", (3,)),
        ("I've got work elsewhere on Friday, Monday at 2 is fine", (2,)),
    ],
)
def test_a_no_to_a_day_is_no_decline(text: str, fits: tuple[int, ...]) -> None:
    assert (read(text).intents, read(text).fits) == (("pick",), fits)


@pytest.mark.parametrize(
    "text", ["is it ok to come in work clothes", "ok to park in the yard", "穿工服去行不行 还是要正装", "带孩子去行不行"]
)
def test_whether_something_is_all_right_is_a_question(text: str) -> None:
    assert read(text).intents == ("question",)


@pytest.mark.parametrize(
    "text",
    ["Don't book the Monday for me yet please, I'm waiting for my rota", "先别订周一，我等排班", "第一个先别定，我还没问领导"],
)
def test_what_is_not_to_be_booked_yet_is_neither_wanted_nor_refused(text: str) -> None:
    reply = read(text)
    assert (reply.intents, reply.fits, reply.rejected) == ((), (), ())


@pytest.mark.parametrize("text", ["如果我主管准假的話就這個時間", "If my boss gives me the morning off, then this time"])
def test_a_condition_on_the_one_time_picks_it_and_books_nothing(text: str) -> None:
    reply = read(text, OPTIONS[:1])
    assert (reply.intents, reply.fits, reply.pick) == (("pick",), (1,), None)


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_a_slip_keeps_the_first_letter_and_changes_the_length_by_one_at_most(word: str) -> None:
    written = list(misspelt(word))
    assert bool(written) == (len(word) > 1)
    assert all(slip[0] == word[0] and abs(len(slip) - len(word)) <= 1 for slip in written)


@pytest.mark.parametrize("text", ["比较晚的那个", "the later one please"])
def test_the_later_of_three_may_be_the_second_or_the_third(text):
    assert (read(text).pick, read(text).fits, read(text, OPTIONS[:2]).pick) == (None, (3,), 2)


@pytest.mark.parametrize("text", ["最晚的那个", "the latest one please"])
def test_the_latest_of_three_is_the_third(text):
    assert read(text).pick == 3
