"""What holds for every reply, sensible or not."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from mianyue.base.interval import Interval
from mianyue.understanding.reply.understand import Reply, understand

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 25, 10, tzinfo=SHANGHAI)
STARTS = [NOW + timedelta(days=2), NOW + timedelta(days=5, hours=4), NOW + timedelta(days=6, hours=6)]
OPTIONS = [Interval(start, start + timedelta(hours=1)) for start in STARTS]
WORDS = """周 三 四 下 下午 点 半 两 十 号 月 12 3 : - 到 至 、 , 。 ？ 不行 可以 除了 都 第 个 后 前 今天 明早 之间 初 廿 差 刻 晚 小时 农历 那周
    next Wed to and or not 2pm half past noon the 3rd after before except week of in later option last # 월 일 시 時 曜日 Uhr halb à demie
    push it back by half an hour 晚八点以后 早于 之后 first two weeks of Christmas 那周 同一时间 1500 最晚 前后
    twenty fifth Friday early tonight two days ago next year 明年 2019 5pm 3am first Monday day 当天 coming in months 最后一个周五 29 February /
    31 99 2月30号 24:00 腊月 三十 国庆 第一天 UTC+25 正 闰 13月 now weeks from -
    do can at I'd 1 2 4 5 . the second third fourth fifth one 2nd 5th 9th option 4 第五个 第九 后五个 前两个 最后 早 晚 一点 的那个 靠后 中间 都 三个 这几个
    none of these those all any other only but 其他 别的 那天 时间 one two o'clock earlier later Nothing 只能 前一天 晚一天"""
PIECES = st.sampled_from([*WORDS.split(), "\xa0", "\n"])
REPLIES = st.lists(PIECES, max_size=14).flatmap(lambda pieces: st.sampled_from(["", " "]).map(lambda gap: gap.join(pieces)))


def read(text: str, count: int = len(OPTIONS)) -> Reply:
    return understand(text, OPTIONS[:count], NOW, SHANGHAI)


@settings(max_examples=400, deadline=None)
@given(st.one_of(REPLIES, st.text(max_size=60)), st.integers(1, len(OPTIONS)))
@example("do 2 . at", 1)
@example("早点的那个", 2)
def test_any_text_is_read_and_only_real_options_are_picked(text: str, count: int) -> None:
    reply = read(text, count)
    assert reply.pick is None or reply.fits == (reply.pick,)
    assert all(1 <= number <= count for number in (*reply.fits, *reply.rejected))
    assert all((window.end or window.start) > NOW for window in reply.windows)
    assert all(0 <= mention.start < mention.end <= len(text) for mention in reply.mentions)


@settings(max_examples=100, deadline=None)
@given(REPLIES)
def test_a_traditional_reply_says_what_the_simplified_one_says(text: str) -> None:
    traditional = text.translate(str.maketrans("周点两号后时间个", "週點兩號後時間個"))
    if "時" in text or "曜" in text:
        return
    assert (read(traditional).pick, read(traditional).windows) == (read(text).pick, read(text).windows)


@settings(max_examples=100, deadline=None)
@given(REPLIES)
def test_a_quoted_letter_below_changes_nothing(text: str) -> None:
    quoted = f"{text}\n\n> 第二个 11月30日 14:00\n> 第三个"
    assert read(quoted).windows == read(text).windows
