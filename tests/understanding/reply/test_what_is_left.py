"""What a refusal, a limit or a shift leaves of the days and the options.

The clock stands at Wednesday 25 November 2026, 10:00 in Shanghai.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from mianyue.base.interval import Interval, union
from mianyue.understanding.reply.understand import Reply
from tests.understanding.reply.wednesday import OPTIONS, SHANGHAI, read


def times(reply: Reply) -> str:
    """What is asked for, times that touch as one, as ``11-27 10:00-11:00``; whole days as ``11-27`` or ``11-30..12-02``."""
    ranges = [Interval(window.start, window.end) for window in reply.windows if window.end]
    spans = [(span.start, span.end) for span in union(ranges)]
    spans += [(window.start, None) for window in reply.windows if not window.end]
    local = [(start.astimezone(SHANGHAI), end and end.astimezone(SHANGHAI)) for start, end in sorted(spans, key=lambda s: s[0])]
    return "; ".join(written(start, end) for start, end in local)


def written(start: datetime, end: datetime | None) -> str:
    if end is not None and end - start >= timedelta(days=1):
        last = end - timedelta(days=1)
        return f"{start:%m-%d}" if last == start else f"{start:%m-%d}..{last:%m-%d}"
    return f"{start:%m-%d %H:%M}" + (f"-{end:%H:%M}" if end else "")


@pytest.mark.parametrize(
    "text",
    [
        "这三个都不行，周四全天也不行",
        "三个都不行，周四也没空",
        "这几个时间都去不了，周四也不可以",
        "都不行，周四也没空",
        "none of the three works, and Thursday is out altogether",
        "None of these suits me, and Thursday is bad too.",
        "I can't do any of the three, nor Thursday",
        "neither of those, and Thursday is no good",
        "all three are impossible, and the whole of Thursday too",
        "三个都不行，周四也是",
    ],
)
def test_no_option_stands_when_all_are_refused_beside_another_day(text: str) -> None:
    reply = read(text)
    assert (reply.intents, reply.fits, reply.rejected) == (("reschedule",), (), (1, 2, 3))
    assert [window.start for window in reply.excluded] == [datetime(2026, 11, 26, tzinfo=SHANGHAI)]


def test_all_refused_leaves_the_time_that_is_asked_for() -> None:
    reply = read("My roster for the coming week and all three of your times clash. What I can offer is Wednesday morning.")
    assert (reply.rejected, times(reply)) == ((1, 2, 3), "12-02 08:00-12:00")
    assert read("周一周二两个都不行，周三可以").rejected == (2, 3)


NEXT_WEEK = ("11-30", "12-01", "12-02", "12-03", "12-04")
LEFT = {
    "days meant again": [
        ("On nights Tuesday and Wednesday, otherwise any weekday next week except those two is fine", "11-30; 12-03..12-04"),
        ("周二周三我值班，除了这两天下周都可以", "11-30; 12-03..12-04"),
    ],
    "a week narrowed": [
        ("Next week, but only Wednesday to Friday", "12-02..12-04"),
        ("下周可以，不过只能周三", "12-02"),
        ("Early next week is best for me", "11-30..12-02"),
        ("下周前两天", "11-30..12-01"),
    ],
    "a day within a limit": [
        ("Wednesday works, but not after 3", "12-02 08:00-15:00"),
        ("周三可以，但是三点以后不行", "12-02 08:00-15:00"),
        ("Wednesday is ok but not before 3", "12-02 15:00-20:00"),
        ("周一不要早于三点", "11-30 15:00-20:00"),
        ("Nothing before Thursday week works for me", "12-03..12-04; 12-07..12-09"),
    ],
    "the rest of the week refused": [
        ("thursday four to five would work other than that its tricky this week", "11-26 16:00-17:00"),
        ("周四四点到五点可以，除此之外这周都不行", "11-26 16:00-17:00"),
    ],
    "hours said more closely": [
        ("Mornings: Monday and Tuesday next week, 9 to 12 each day", "11-30 09:00-12:00; 12-01 09:00-12:00"),
        ("周四11点到1点午休能接电话", "11-26 11:00-13:00"),
        ("Tuesday, two or three o'clock", "12-01 14:00-15:00"),
        ("来週の水曜なら10時から12時の間で伺えます。遅番なので午前中が助かります。", "12-02 10:00-12:00"),
    ],
    "when other things are done": [
        ("从下周三开始都行，手上的图周二才能交完", "12-02..12-04; 12-07..12-08"),
        ("30号全天有空，最好国庆前能定下来", "11-30"),
        ("落地要十一点，周四十二点以后可以", "11-26 12:00-20:00"),
        ("周三上白班，周四上午都行", "11-26 08:00-12:00"),
        ("周四上午监考，监考到十点半，十一点可以", "11-26 11:00"),
    ],
    "a day with a part of its own": [
        ("Any afternoon this week or Monday morning", "11-26 12:00-18:00; 11-27 12:00-18:00; 11-30 08:00-12:00"),
        ("mornings next week, or Thursday after 4", "11-26 16:00-20:00; " + "; ".join(f"{day} 08:00-12:00" for day in NEXT_WEEK)),
    ],
    "three dates": [("9, 10 or 11 December, all day", "12-09..12-11")],
}  # fmt: skip


@pytest.mark.parametrize("family", LEFT)
def test_what_is_left_is_asked_for(family: str) -> None:
    assert [times(read(text)) for text, _ in LEFT[family]] == [expected for _, expected in LEFT[family]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the day before at 2 pm would suit me better", "11-29 14:00"),
        ("the following day at 11 please", "12-01 11:00"),
        ("a day earlier, same time", "11-29 14:00"),
        ("前一天下午两点行吗", "11-29 14:00"),
        ("晚一天行不行，还是两点", "12-01 14:00"),
        ("往后推一天，十点可以吗", "12-01 10:00"),
        ("能改到前一天下午吗", "11-29 12:00-18:00"),
        ("晚一个小时可以吗", "11-30 15:00"),
    ],
)
def test_hours_beside_a_shift_are_those_of_the_day_it_leads_to(text: str, expected: str) -> None:
    reply = read(text, [OPTIONS[1]])
    assert (times(reply), reply.fits) == (expected, ())


@pytest.mark.parametrize(
    "text",
    [
        "暂定周二下午三点半，能不能请到假我还不知道",
        "第二个，会不会临时出差不好说",
        "第三个，还不清楚能不能请下来假",
        "第二个我朋友说行",
        "I'll go for the second, fingers crossed my car passes its MOT",
        "周一那场是技术面还是HR面？",
        "You wrote: Friday 10:00, Monday 14:00, Tuesday 15:30. Got it, I'll come back to you.",
    ],
)
def test_what_is_only_pencilled_in_or_repeated_is_not_booked(text: str) -> None:
    assert read(text).pick is None


@pytest.mark.parametrize(("text", "pick"), [("早的那个", 1), ("晚一点的那个", 2), ("靠前的那个", 1)])
def test_the_earlier_of_two_is_one_of_them(text: str, pick: int) -> None:
    assert read(text, OPTIONS[:2]).pick == pick
