"""Plain Chinese of all trades, and what other languages say of the same things: a table for each family of replies.

On offer are Friday 27 November 10:00, Monday 30 November 14:00 and Tuesday 1 December 15:30; it is Wednesday 25 November, 10:00.
"""

from __future__ import annotations

from datetime import datetime

import pytest

from mianyue.understanding.reply.understand import understand
from tests.understanding.reply.wednesday import ONE, OPTIONS, SHANGHAI, read, windows

TOLD_BESIDE = [
    ("那就周二三点半，四点半我要回去开晚市", ["12-01 15:30"]), ("周五十点可以，十一点半我要去学校", ["11-27 10:00"]),
    ("周一14:00，我那边一点半就下会了", ["11-30 14:00"]), ("星期一兩點可以，我由將軍澳過嚟，大約一點半到", ["11-30 14:00"]),
    ("周一下午见完客户四点才能到，能改四点半不", ["11-30 16:30"]), ("周二四点才下课，四点半可以吗", ["12-01 16:30"]),
    ("周一两点我刚好收完中午的档，行", ["11-30 14:00"]), ("周一忙完上午的门诊，两点可以", ["11-30 14:00"]),
    ("12月1日下午我替同事上班，11月30日下午可以", ["11-30 12:00-18:00"]), ("周五上午帮同事代课，周二下午三点半有空", ["12-01 15:30"]),
    ("上线时间是周四晚上，周五可能起不来，选周一吧", ["11-30"]), ("答辩就是周一下午，周二三点半行", ["12-01 15:30"]),
    ("28号白班，29号休息，30号夜班，约29号吧", ["11-29"]), ("周一夜班，周二下夜，周五十点可以", ["11-27 10:00"]),
    ("周一我上早班到一点，两点能赶过去", ["11-30 14:00"]), ("禮拜一我有排班到一點，兩點趕得過去", ["11-30 14:00"]),
    ("我周六日休息，周六上午方便吗", ["11-28 08:00-12:00"]), ("我周一到周三休假，周一下午两点合适", ["11-30 14:00"]),
    ("我这周四五轮休，周五十点可以", ["11-27 10:00"]), ("周一周二都休息，都可以", ["11-30", "12-01"]),
    ("周五白天都在客户那，晚上可以吗", ["11-27 18:00-20:00"]), ("工作日白天上班，周六白天可以", ["11-28 08:00-18:00"]),
    ("刚才说的周四看错行了，是周六下午", ["11-28 12:00-18:00"]), ("周五十点，面完我还要赶下午一点的火车", ["11-27 10:00"]),
    ("周五十点我走不开，周六上午行", ["11-28 08:00-12:00"]), ("年后正月初十下午行吗", ["02-15 12:00-18:00"]),
    ("周六2点致4点可以", ["11-28 14:00-16:00"]), ("28号、29号我不上夜班，两天都行", ["11-28", "11-29"]), ("11.28 14:30", ["11-28 14:30"]),
    ("周六下午我一直都在的", ["11-28 12:00-18:00"]), ("周四下午、周六下午我都在，您挑", ["11-26 12:00-18:00", "11-28 12:00-18:00"]),
    ("手上活多，最早要12月5号上午了", ["12-05 08:00-12:00"]), ("最快也得下周四", ["12-03"]), ("老家收玉米，最早也要12月8号才能过来", ["12-08"]),
    ("周六上午九点到下午一点我不用上班", ["11-28 09:00-13:00"]), ("周日我不用值班", ["11-29"]), ("周一兩點吧，四點前要回去接孩子，來得及", ["11-30 14:00"]),
    ("你们周末加班吗？我周末要送孩子上课", []), ("让人周六九点去考试，谁去啊", []), ("Fico livre 5 ou 6 de dezembro", ["12-05", "12-06"]),
    ("Puedo el 5 o el 6 de diciembre", ["12-05", "12-06"]), ("周四一两点吧", ["11-26 13:00-14:00"]),
    ("3号上午4号上午都可以", ["12-03 08:00-12:00", "12-04 08:00-12:00"]), ("周四上午，十点以后", ["11-26 10:00-12:00"]),
    ("下周除了周二，每天晚上六点半以后都行", ["11-30 18:30-20:00", "12-02 18:30-20:00", "12-03 18:30-20:00", "12-04 18:30-20:00"]),
    ("下周除了周二每天上午都可以", ["11-30 08:00-12:00", "12-02 08:00-12:00", "12-03 08:00-12:00", "12-04 08:00-12:00"]),
    ("两周后，周四", ["12-10"]), ("上午周一到周二，周四下午一点后", ["11-26 13:00-20:00", "11-30 08:00-12:00", "12-01 08:00-12:00"]),
    ("除了周四下午都可以", ["11-26 00:00-12:00", "11-26 18:00-00:00", "11-27", "11-30", "12-01", "12-02"]), ("上午不行，除了周五", ["11-27 08:00-12:00"]),
    ("除了周五，上午都行", ["11-26 08:00-12:00", "11-30 08:00-12:00", "12-01 08:00-12:00", "12-02 08:00-12:00"]),
    ("晚上都行，周五除外", ["11-26 18:00-20:00", "11-30 18:00-20:00", "12-01 18:00-20:00", "12-02 18:00-20:00"]),
]  # fmt: skip
ASKED = [
    "要正装吗？我平时都是工服", "请问有着装要求吗，我平时就T恤", "平时都是骑电动车，你们那能充电吗", "你们那停货车不",
    "年终奖发几薪", "公积金交百分之几", "交不交社保", "给调休还是给钱", "月薪还是时薪", "面试要准备啥", "加班有加班费没", "带几份简历",
    "スーツで伺ったほうがよろしいでしょうか", "첫 번째 시간은 화상인가요, 대면인가요?",
]  # fmt: skip
BOOKED = [
    ("周一下午两点到贵司面试", 2), ("麻煩幫我安排12/1下午三點半", 3), ("請幫我約週一兩點", 2), ("我想約11/30下午2點那個時段，謝謝您", 2),
    ("您好，非常荣幸。我选择12月1日15:30，届时准时到达", 3), ("贵公司提供的第二个时段较为合适，特此确认。", 2), ("星期一下晝兩點得，唔該", 2),
    ("周日晚上才回深圳，周一两点可以", 2), ("周五上午要交班查房，十点走不开。周二下午三点半可以", 3), ("option 2 吧，谢谢", 2),
    ("就周一吧，两点，我打车过来", 2), ("喂你好我周五上午十点可以的到时候我坐地铁过去", 1), ("謝謝通知，11/27上午十點準時出席", 1),
    ("我跟師傅換到班了，第一個可以", 1), ("第三个时间我调到休息了，就定第三个", 3), ("2吧，那天不加班", 2), ("第三个，接完孩子正好过去", 3),
    ("第二个，班调到周末了", 2), ("第一个，四点前要回去接孩子", 1), ("就第三个，加班推给同事了", 3),
    ("周一的课调到周五了，周一两点可以", 2),
]  # fmt: skip
ASKED_BEFORE_BOOKING = [
    "我周五中午才回来，周五十点可以", "第一个可以，我周五下午才回来", "周五十点，视频吗", "替我朋友选第二个时间", "客户约周一两点，去不了",
    "老板安排周一两点出差", "我妈约周五十点看牙，面试能改吗", "别家约了周一两点", "已经定周五十点的机票了", "周一两点得上课", "第二个得看排班",
    "第一个吧，就看请不请得到假", "第二个看能不能换到班", "要是能调到班，我选第一个", "第二个没换到班", "周五十点我换到早班了", "周一下午两点没人带孩子",
    "我调到夜班了，第一个可以", "周五十点的班换给同事了", "换到班了就选第二个", "2吧，我要先请假", "应该没问题吧，我再看看课表",
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), TOLD_BESIDE)
def test_times_told_beside_are_no_wishes(text, wanted):
    assert windows(text) == wanted


@pytest.mark.parametrize("text", ASKED)
def test_a_question_names_no_time(text):
    assert (read(text).intents, windows(text)) == (("question",), [])


@pytest.mark.parametrize(("text", "option"), BOOKED)
def test_a_plain_pick_is_booked(text, option):
    assert (read(text).pick, read(text).intents) == (option, ("pick",))


@pytest.mark.parametrize("text", ASKED_BEFORE_BOOKING)
def test_nothing_is_booked_where_somebody_else_or_a_doubt_stands_beside(text):
    assert read(text).pick is None


@pytest.mark.parametrize(
    ("text", "option"),
    [("第三个，另外请问有停车场吗", 3), ("周一两点可以，另外要自己带作品吗", 2), ("第二个，有食堂没", 2), ("周一下午两点。你们那停货车不", 2)],
)  # fmt: skip
def test_a_question_beside_a_pick_is_heard(text, option):
    assert (read(text).intents, read(text).fits) == (("pick", "question"), (option,))


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("周五十点？我在上班，麻烦重新约吧", ("reschedule",)), ("周二三点半我刚好要接娃，换个时间", ("reschedule",)),
        ("能重新安排到周六两点吗", ("propose", "reschedule")), ("方便改12/3下午嗎", ("propose", "reschedule")),
        ("下周的排班还没定，定了告诉你", ()), ("护士长还没排下周的班，等排出来告诉您", ()),
        ("由于个人原因，无法参加此次面试", ("decline",)), ("抱歉，我决定留任原公司", ("decline",)), ("唔使喇，我搵到工", ("decline",)),
        ("您好，我想撤回應徵", ("decline",)), ("请把我的简历撤掉吧", ("decline",)), ("我找好下家了，你们另外找人吧", ("decline",)),
        ("刚签了三方，来不了了", ("decline",)), ("这份工作我做不来，抱歉", ("decline",)), ("已在别的公司办完入职", ("decline",)),
        ("暂时不上班了，谢谢", ("decline",)),
        ("抱歉，已經答應別間公司了", ("decline",)), ("刚接受了其他公司的工作", ("decline",)), ("我能接受别的工作地点", ()),
        ("第二个吧，想多准备几天", ("pick",)), ("第三个吧，多复习两天", ("pick",)), ("要几天出结果", ("question",)),
        ("这几个时间我都要加班到九点多，麻烦另外安排一下吧", ("reschedule",)), ("都冲突了，能否另行安排", ("reschedule",)),
        ("大概多久啊，我四点要去幼儿园接娃", ("question",)), ("要上夜班吗？家里有小孩，晚上没人带", ("question",)),
        ("请问有无尘室吗？我对粉尘过敏", ("question",)), ("都撞上课了，还能换吗", ("reschedule",)), ("请问几楼？周五十点我有课", ("reschedule", "question")), ("周一可以，就是得看能不能调到班", ("pick",)),
        ("呵呵，周五才通知，可真会挑日子", ()), ("能调到周六吗", ("propose", "reschedule")),
        ("12월 3일 오후 2시 괜찮습니다. 다른 날은 어렵습니다.", ("propose",)),
        ("Danke, ich habe inzwischen woanders unterschrieben.", ("decline",)),
        ("Ich muss morgen absagen, können wir einen neuen Termin finden?", ("reschedule",)),
    ],
)  # fmt: skip
def test_what_is_wanted_besides_a_time(text, intents):
    assert read(text).intents == intents


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("迟一个钟得唔得", ["12-10 10:30"]), ("早半个钟可以吗", ["12-10 09:00"]), ("Pode ser uma hora mais tarde?", ["12-10 10:30"]),
        ("Pode ser meia hora mais cedo?", ["12-10 09:00"]), ("¿Podría ser media hora más tarde?", ["12-10 10:00"]),
    ],
)  # fmt: skip
def test_the_one_time_is_moved(text, wanted):
    assert windows(text, ONE) == wanted


@pytest.mark.parametrize(("text", "pick"), [("那天可以", 1), ("那天没问题，谢谢", 1), ("那天不行", None), ("那天我要体检", None)])
def test_that_day_is_the_one_offered(text, pick):
    assert read(text, ONE).pick == pick


def test_that_day_is_asked_about_where_several_are_offered():
    assert (read("那天可以").pick, read("那天可以").fits) == (None, (1, 2, 3))


def test_who_thinks_monday_works_and_asks_the_manager_first_names_monday():
    text = "月曜は行けると思いますが、店長に聞いてからお返事します。"
    assert (windows(text), read(text).pick) == (["11-30"], None)


@pytest.mark.parametrize(
    ("text", "pick"),
    [("較早那個", 1), ("早一点那场", 1), ("早点那个时间", 1), ("晚一點那個", 2), ("较晚的那场", 2), ("较早那个我要加班", None)],
)
def test_the_earlier_of_two_needs_no_number(text, pick):
    assert read(text, OPTIONS[:2]).pick == pick


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("年廿八上午可以嗎", ["02-04"]), ("年廿七得唔得", ["02-03"]), ("年二十六下午可以", ["02-02"]), ("年三十可以吗", ["02-05"]),
        ("年初四我得閒", ["02-09"]), ("腊月廿八可以", ["02-04"]),
    ],
)  # fmt: skip
def test_days_around_the_spring_festival_need_no_word_for_lunar(text, days):
    assert [window[:5] for window in windows(text)] == days


@pytest.mark.parametrize(
    ("text", "days"),
    [("周六下午或者周日下午", ["12-05", "12-06"]), ("周六或者周日", ["12-05", "12-06"]), ("周六不行，周日可以", ["11-29"]), ("周日下午", ["11-29"])],
)  # fmt: skip
def test_a_weekend_named_on_a_saturday_is_the_next_one_whole(text, days):
    saturday = datetime(2026, 11, 28, 20, tzinfo=SHANGHAI)
    assert [f"{window.start:%m-%d}" for window in understand(text, OPTIONS[1:], saturday, SHANGHAI).windows] == days
