"""Chinese as it is spoken into a telephone, and what other languages say of the same things: a table for each family of replies.

On offer are Friday 27 November 10:00, Monday 30 November 14:00 and Tuesday 1 December 15:30; it is Wednesday 25 November, 10:00.
"""

from __future__ import annotations

import pytest

from tests.understanding.reply.wednesday import ONE, read, windows


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("周一下午两点我到，不会耽误大家时间", ["11-30 14:00"]),
        ("下周三下午三点我到，不用来接", ["12-02 15:00"]),
        ("周二三点半过去，路不熟，我提前出门", ["12-01 15:30"]),
        ("周四晚上七点，白天上机床手机不在手边", ["11-26 19:00"]),
        ("周二下午说不好，得看排班", ["12-01 12:00-18:00"]),
        ("周五十点我不敢保证能到", ["11-27 10:00"]),
        ("周一下午，我不会来的", []),
        ("周五上午，不想起那么早", []),
    ],
)
def test_a_no_that_is_about_something_else_refuses_no_time(text, wanted):
    assert windows(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("这周都在外面跑走不开下周一两点可以", ["11-30 14:00"]),
        ("我周五没空周一有空", ["11-30"]),
        ("周五有事能改周六吗", ["11-28"]),
        ("我要加班改下周三吧", ["12-02"]),
        ("喂你好我是那个我周三休息然后下午都可以", ["12-02 12:00-18:00"]),
        ("周五要考试周一要上课那就周二", ["12-01"]),
        ("没空周五", []),
        ("不方便周五上午", []),
    ],
)
def test_a_refusal_without_a_mark_behind_it_ends_where_a_yes_begins(text, wanted):
    assert windows(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("能往后调整一个小时吗", ["12-10 10:30"]),
        ("可以调早半个小时吗，十点有课", ["12-10 09:00"]),
        ("能改早一个小时不", ["12-10 08:30"]),
        ("能不能从九点半改到十点半", ["12-10 10:30"]),
        ("能把九点半换成十点吗", ["12-10 10:00"]),
        ("Geht es auch am Tag danach?", ["12-11 09:30"]),
        ("Pourrait-on décaler au lendemain, à la même heure ?", ["12-11 09:30"]),
    ],
)
def test_the_one_time_is_moved(text, wanted):
    assert windows(text, ONE) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("周二三点半那场能从三点半挪到五点吗", ["12-01 17:00"]),
        ("能把周一的两点换成三点吗", ["11-30 15:00"]),
        ("下周三都行，晚上不行", ["12-02 00:00-18:00", "12-02 20:00-00:00"]),
        ("周五可以，上午不行", ["11-27 00:00-08:00", "11-27 12:00-00:00"]),
        ("周五十点可以的，九点五十能到", ["11-27 10:00"]),
        ("周一两点可以，我一点五十到站", ["11-30 14:00"]),
        ("周五下午两点到站，三点以后可以", ["11-27 15:00-20:00"]),
        ("周五可以，十点能到", ["11-27 10:00"]),
        ("周四收工后得闲", ["11-26 18:00-20:00"]),
        ("听晚七点可以吗", ["11-26 19:00"]),
        ("元旦第二天可以", ["01-02"]),
        ("跨年那天上午十点有空", ["12-31 10:00"]),
        ("下周四休息然后早上九点半行", ["12-03 09:30"]),
        ("拿去修了，一时半会儿好不了", []),
        ("Donnerstag nach Feierabend", ["11-26 18:00-20:00"]),
        ("jeudi après le travail", ["11-26 18:00-20:00"]),
        ("El jueves al salir del trabajo", ["11-26 18:00-20:00"]),
        ("na quinta depois do expediente", ["11-26 18:00-20:00"]),
        ("木曜日の仕事帰りなら大丈夫です", ["11-26 18:00-20:00"]),
        ("목요일 퇴근하고 가능합니다", ["11-26 18:00-20:00"]),
        ("Ich leite das Team 3. Danke", []),
        ("J'ai travaillé et je parle 4 langues.", []),
    ],
)
def test_which_times_are_meant(text, wanted):
    assert windows(text) == wanted


@pytest.mark.parametrize(
    ("text", "intents", "fits"),
    [
        ("最后那场", ("pick",), (3,)),
        ("最下面那个吧", ("pick",), (3,)),
        ("倒数第一个", ("pick",), (3,)),
        ("最上面那个可以", ("pick",), (1,)),
        ("第一个要上课第二个要上班那就第三个吧", ("pick",), (3,)),
        ("还得走一公里，要晚十分钟", ("late",), ()),
        ("周一那个，我开了二十年车，不会迟到", ("pick",), (2,)),
        ("这几个时间我哪走得开啊", ("reschedule",), ()),
        ("周一两点？谁请得了假", ("reschedule",), ()),
        ("周五哪有空，周一行", ("pick",), (2,)),
        ("周一下午两点，这个时间不行", ("reschedule",), ()),
        ("28号刚回来，赶不及，周一下午两点我去", ("pick",), (2,)),
        ("我妈叫我约周五，我还没决定", (), ()),
        ("还没想好选哪个", (), ()),
        ("什么时候回来还不好说，想改期", ("reschedule",), ()),
        ("合肥我去得了，暂时不打算搬家", (), ()),
        ("不克前往，謝謝", ("reschedule",), ()),
        ("随时", ("pick",), (1, 2, 3)),
        ("別の日でも大丈夫ですか", ("reschedule",), ()),
        ("열이 나서 내일은 못 갑니다. 다른 날로 잡을 수 있을까요?", ("reschedule", "ill"), ()),
        ("Mittwoch um elf, an den anderen Tagen bin ich auf Montage", ("propose",), ()),
    ],
)
def test_what_is_wanted(text, intents, fits):
    reply = read(text)
    assert (reply.intents, reply.fits) == (intents, fits)


@pytest.mark.parametrize(
    "text",
    [
        "有地方停车没",
        "公司楼下好停车不",
        "要穿正装不",
        "你们那边管饭不",
        "能报销路费不",
        "身份证要原件吗？原件放老家了，一时半会儿拿不来",
        "这个岗能远程办公吗？我暂时不打算搬家",
    ],
)
def test_a_question_needs_no_mark(text):
    assert read(text).intents == ("question",)


@pytest.mark.parametrize("text", ["第二个吧 停车方便吗", "我选二，另外停车收费不"])
def test_a_question_beside_a_pick_leaves_the_pick(text):
    reply = read(text)
    assert (reply.intents, reply.pick) == (("pick", "question"), 2)


@pytest.mark.parametrize("text", ["2番目でお願いします。車で伺ってもよろしいですか", "周五那天不是午休吗，周一可以"])
def test_a_question_beside_a_pick_is_heard(text):
    assert (read(text).intents, read(text).fits) == (("pick", "question"), (2,))


@pytest.mark.parametrize(
    "text",
    [
        "周五十点不太确定，要等排班",
        "第三个不好说",
        "没空周五可以",
        "第二个，我不确定",
        "周一下午两点我尽量，不敢打包票",
        "我爱人劝我选第二个，可我没想好，先别定",
        "第一个能行不好说",
        "周五十点，不，周一两点",
        "周一两点不敢说",
        "周五十点吃不准",
        "周一两点不知道",
        "周五十点可以，两点能到",
        "周一两点可以，三点到站",
    ],
)
def test_nothing_is_booked_on_a_doubt(text):
    assert read(text).pick is None
