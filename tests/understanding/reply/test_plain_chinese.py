"""Chinese as it is typed in a hurry: what is told beside a wish is no wish, and where a time could be two times none is taken.

On offer are Friday 27 November 10:00, Monday 30 November 14:00 and Tuesday 1 December 15:30; it is Wednesday 25 November, 10:00.
"""

from __future__ import annotations

import pytest

from mianyue.understanding.reply.alike import as_meant
from tests.understanding.reply.wednesday import ONE, read, windows


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("下周四下舞两点可已吗", ["12-03 14:00"]),
        ("下周四上五九点到十一店", ["12-03 09:00-11:00"]),
        ("下州四下午叁点", ["12-03 15:00"]),
        ("星其四下午3号可以吗", ["11-26 15:00"]),
        ("下午我去三店，下周四可以", ["12-03"]),
    ],
)
def test_a_character_of_the_same_sound_is_read_as_the_one_meant(text, wanted):
    assert windows(text) == wanted


@pytest.mark.parametrize("text", ["下午3号线那边", "上五天班", "我弟一个人去", "12月3号到5号", "可已经约了别人", "去三店"])
def test_a_character_that_is_meant_stays(text):
    assert as_meant(text) == text


@pytest.mark.parametrize("text", ["只有晚上有空", "早上八点以前可以吗", "我白天上课，傍晚六点半以后行", "中午午休那会儿可以"])
def test_hours_of_no_day_that_no_option_meets_are_asked_about(text):
    reply = read(text)
    assert (reply.intents, reply.windows, reply.pick) == (("propose",), (), None)


@pytest.mark.parametrize(("text", "wanted"), [("两点不行，四点行吗", ["11-30 16:00"]), ("五点不行，六点行吗", [])])
def test_an_hour_beside_a_refused_one_is_of_the_day_on_which_that_is_offered(text, wanted):
    assert windows(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("能改到隔天上午吗", ["12-11 08:00-12:00"]),
        ("当天下午行吗", ["12-10 12:00-18:00"]),
        ("店里那天上午盘库，下午三点以后我能来，或者11号全天", ["12-10 15:00-20:00", "12-11"]),
        ("我约了别家10号上午，下午的话能来", ["12-10 12:00-18:00"]),
    ],
)
def test_beside_one_offered_time_hours_are_of_its_day(text, wanted):
    assert windows(text, ONE) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("下周四行吗？下午或者晚上都行", ["12-03 12:00-18:00", "12-03 18:00-20:00"]),
        ("九点到十点行吗，我十点半要开会，下周四", ["12-03 09:00-10:00"]),
        ("下周四两点以后到四点之前", ["12-03 14:00-16:00"]),
        ("下周四上午我有组会，能不能换下午", ["12-03 12:00-18:00"]),
    ],
)
def test_hours_and_their_day_stand_apart(text, wanted):
    assert windows(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("周五得看排班，周二可以", ["12-01"]),  # one that isn't sure
        ("周五？周五我要值班，周二吧", ["12-01"]),  # an echo
        ("周五要赶方案，可能忙到晚上，周二下午可以", ["12-01 12:00-18:00"]),  # until then
        ("客户刚改到周五十点来验收，周二下午可以", ["12-01 12:00-18:00"]),  # somebody else's
        ("周二三点半可以，我下午六点的火车", ["12-01 15:30"]),
        ("周二下午可以，我一点下班，考完四点多", ["12-01 12:00-18:00"]),
        ("27号结束培训，12月2号以后都可以", ["12-03", "12-04", "12-07", "12-08", "12-09"]),
        ("周五我门诊到五点，周二下午休息", ["12-01 12:00-18:00"]),
        ("三点正好要交接班，周二吧", ["12-01"]),
        ("怕赶不上两点的，周二吧", ["12-01"]),
        ("周六日行吗 12月5号6号", ["12-05", "12-06"]),
    ],
)
def test_what_is_told_beside_a_wish_is_no_wish(text, wanted):
    assert windows(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("元旦后第一个周四可以", ["01-07"]),
        ("12月8号之后的周四行吗", ["12-10"]),
        ("元旦之后可以吗，1月6号以后我都在", ["01-07", "01-08", "01-11", "01-12", "01-13"]),
        ("下月初才得空，二号三号都行", ["12-02", "12-03"]),
        ("30不行，26、27都行", ["11-26", "11-27"]),
    ],
)
def test_a_day_is_named_by_another(text, wanted):
    assert windows(text) == wanted


@pytest.mark.parametrize(
    ("text", "intents", "fits"),
    [
        ("手滑点成第二个了，我要的是第三个", ("pick",), (3,)),
        ("以为是下午呢，换周一那个吧", ("pick",), (2,)),
        ("算了，周五作废，我周一过来", ("pick",), (2,)),
        ("周一下午两点，可真会挑日子，我那会儿正上课呢", ("reschedule",), ()),
        ("第三个第三个，天天发，我说了我不去", ("decline",), ()),
        ("别等我了，祝您早日招到人", ("decline",), ()),
        ("我在等别家3号的结果，先不定", (), ()),
        ("上周刚做完阑尾手术，可能得延后", ("reschedule", "ill"), ()),
        ("我来不及准备，给我几天时间吧，周二可以", ("pick",), (3,)),
    ],
)
def test_what_is_wanted_in_other_words(text, intents, fits):
    reply = read(text)
    assert (reply.intents, reply.fits) == (intents, fits)


@pytest.mark.parametrize(
    "text",
    [
        "周五上午十点 可以视频吗 我在老家",
        "周五十点，不过得再跟您确认",
        "周五能十点就十点吧",
        "周五下午值班，上午十点能赶上",
        "十点可以，晚上也行",
    ],
)
def test_nothing_is_booked_on_half_a_yes(text):
    assert read(text).pick is None
