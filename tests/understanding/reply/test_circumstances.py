"""A second time in a reply is often a circumstance: why not, until when, on the way to what. It must not become a time asked for.

The clock stands at Wednesday 25 November 2026, 10:00 in Shanghai.
"""

from __future__ import annotations

from datetime import datetime
from itertools import product

import pytest

from mianyue.base.interval import Interval, union
from tests.understanding.reply.wednesday import OPTIONS, SHANGHAI, read


def times(text: str) -> set[tuple[datetime, datetime | None]]:
    """What is asked for, times that touch as one."""
    windows = read(text).windows
    spans = union(Interval(window.start, window.end) for window in windows if window.end)
    return {(span.start, span.end) for span in spans} | {(window.start, None) for window in windows if not window.end}


WANTED = {
    "zh": ["周四下午两点可以", "周四上午可以", "下周三下午四点半吧", "12月4号上午十点可以吗"],
    "en": [
        "Thursday at 2pm works",
        "Thursday morning is good",
        "next Wednesday at half four please",
        "could we do December 4 at 10?",
    ],
}
CIRCUMSTANCES = {
    "zh": ["{}，我早上八点才下班", "{}，下午要给学生改作业", "{}，晚上得回去接班", "我上夜班，{}", "{}，我会提前十五分钟到", "{}，毕竟周五要飞外地", "看诊到下午五点，{}", "{}，明天再跟您确认", "{}，别的时间都在外地", "回老家过年，{}"],
    "en": ["{}. My shift ends at noon.", "{}, I'm back on the ward at one", "{} as I fly in on Tuesday night", "I can come by. {}", "{}, school pick-up is at half three", "{}. I'll join 5 min early", "{}, finishing class at 5", "{}. I'll know more tonight", "Just off a night shift. {}"],
}  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_circumstance_adds_no_time(language: str) -> None:
    cases = [(frame.format(wanted), times(wanted)) for frame, wanted in product(CIRCUMSTANCES[language], WANTED[language])]
    assert [text for text, expected in cases if times(text) != expected] == []


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("周四，不是周五哈，下午4点半", "11-26 16:30", ""),
        ("下礼拜二…哦不是，是下礼拜三，整个下午都空着", "12-02 12:00", "12-02 18:00"),
        ("no wait I mean Thursday, not Monday. after 5 on Thursday", "11-26 17:00", "11-26 20:00"),
        ("只能周末，下周日下午两点？", "12-06 14:00", ""),
        ("Saturday 10am works if you guys do weekends", "11-28 10:00", ""),
        ("除了周四我都有排班，所以周四吧", "11-26 00:00", "11-27 00:00"),
        ("明天上午下午都成", "11-26 08:00", "11-26 18:00"),
        ("最早下午两点，最晚四点，周四", "11-26 14:00", "11-26 16:00"),
        ("周四三点开始都有空", "11-26 15:00", "11-26 20:00"),
        ("周四能不能三点开始", "11-26 15:00", ""),
        ("出差到12月中旬，12/15上午回来就能面", "12-15 08:00", "12-15 12:00"),
        ("between 10 and half 11 on the 2nd", "12-02 10:00", "12-02 11:30"),
        ("a fortnight from today I'm free at 3", "12-09 15:00", ""),
        ("the first Monday in December, 2pm", "12-07 14:00", ""),
        ("12月第二个周四上午十点", "12-10 10:00", ""),
        ("周四上午可以👌周五我上班", "11-26 08:00", "11-26 12:00"),
        ("Na próxima terça à tarde eu consigo, de manhã estou no hospital.", "12-01 12:00", "12-01 18:00"),
        ("금요일 오전에 괜찮습니다. 오후에는 근무가 있어요.", "11-27 08:00", "11-27 12:00"),
        ("Am Freitagvormittag kann ich, nachmittags muss ich die Kleine aus der Kita holen.", "11-27 08:00", "11-27 12:00"),
    ],
)
def test_only_the_time_that_is_meant_is_heard(text: str, start: str, end: str) -> None:
    def at(written: str) -> datetime | None:
        return datetime.strptime(f"2026-{written}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI) if written else None

    assert times(text) == {(at(start), at(end))}


BESIDE = {
    "zh": ["第二个可以，{}", "我选第二个，{}"],
    "en": ["Option 2 works, {}", "The second one please, {}"],
}
HARMLESS = {
    "zh": ["谢谢", "那天刚好轮休", "我已经请好假了", "请问要带身份证吗", "面试是在线上还是现场呢？", "麻烦寄一下会议链接", "我会提前十分钟到", "第一个跟客户提案撞了", "家里有人带娃"],
    "en": ["thank you kindly", "see you there", "I've swapped shifts", "is it online or in person?", "do I need to bring anything?", "please send the visitor form", "I'll join 5 min early", "the first is no good for me"],
}  # fmt: skip
DOUBTS = {
    "zh": ["等排班出来再定", "不过我还没请假", "前提是线上", "我问问家里", "看看再说", "刚才说错了", "就怕赶不上", "得看车能不能修好"],
    "en": ["pending sign-off from my manager", "but I have jury duty", "unless it snows", "I'll have to check my rota", "provided it is remote", "if travel is paid", "let me double check", "waiting on approval"],
}  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_takes_nothing_back_leaves_a_pick_to_be_booked(language: str) -> None:
    texts = [frame.format(more) for frame, more in product(BESIDE[language], HARMLESS[language])]
    assert [text for text in texts if read(text).pick != 2] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_may_take_it_back_books_nothing(language: str) -> None:
    texts = [frame.format(more) for frame, more in product(BESIDE[language], DOUBTS[language])]
    assert [text for text in texts if read(text).pick is not None] == []


@pytest.mark.parametrize(
    "text", ["[2]", "(2)", "2️⃣谢谢", "2", "选2。顺便问下要不要带操作证原件？", "中间那个", "the middle one", "#2 thx"]
)
def test_the_second_in_few_characters(text: str) -> None:
    assert read(text).pick == 2


@pytest.mark.parametrize(
    ("text", "pick"),
    [
        ("可以，准时参加", 1),
        ("OK, see you there", 1),
        ("I confirm my attendance", 1),
        ("Sure thing, see you then 👍", 1),
        ("好嘞，到时候见哈", 1),
        ("OK", None),
        ("好的", None),
        ("好的，收到", None),
        ("可以吗？", None),
        ("可以，不过我再问问", None),
    ],
)
def test_the_only_time_is_booked_where_agreement_is_more_than_an_ok(text: str, pick: int | None) -> None:
    assert read(text, OPTIONS[:1]).pick == pick


@pytest.mark.parametrize("text", ["会晚5分钟", "晚几分钟上来", "师傅绕路了，我晚一刻钟到", "得晚个五分钟", "running 20 mins behind", "will be with you about 20 mins after the start"])  # fmt: skip
def test_lateness_is_no_wish_for_another_time(text: str) -> None:
    assert (read(text).intents, read(text).windows) == (("late",), ())


def test_what_may_be_brought_is_a_question_for_a_person() -> None:
    assert [question.topic for question in read("第二个可以，可以带电脑吗？").questions] == ["other"]
