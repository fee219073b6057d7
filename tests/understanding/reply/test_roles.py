"""What a clause is about tells whether its time is wanted: other people's doings, what keeps the writer busy, corrections, remarks on zones.

The clock stands at Wednesday 25 November 2026, 10:00 in Shanghai.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import product

import pytest

from mianyue.base.interval import Interval, union
from tests.understanding.reply.wednesday import SHANGHAI, read


def times(text: str) -> str:
    """What is asked for, times that touch as one, as ``11-27 10:00-11:00``; whole days without hours."""
    windows = read(text).windows
    spans = [(span.start, span.end) for span in union(Interval(window.start, window.end) for window in windows if window.end)]
    spans += [(window.start, None) for window in windows if not window.end]
    return "; ".join(written(start, end) for start, end in sorted(spans, key=lambda span: span[0]))


def written(start: datetime, end: datetime | None) -> str:
    start, end = start.astimezone(SHANGHAI), end and end.astimezone(SHANGHAI)
    if end is not None and end - start == timedelta(days=1):
        return f"{start:%m-%d}"
    return f"{start:%m-%d %H:%M}" + (f"-{end:%H:%M}" if end else "")


WANTED = {
    "other people's times": [
        ("装修师傅周四上门铺地板，周五下午我就腾出手了", "11-27 12:00-18:00"),
        ("盘店的人下周二来收货架，周三10点到11点半我就彻底自由了", "12-02 10:00-11:30"),
        ("供应商周四下午三点来送样，周四五点可以吗", "11-26 17:00"),
        ("我们主任周四值班，我跟他换了，周五上午九点到十一点能出来", "11-27 09:00-11:00"),
        ("送完老大去幼儿园八点半，下周四上午我都能来", "12-03 08:00-12:00"),
        ("周三上午行不行，下午孩子们要排练", "12-02 08:00-12:00"),
        ("周末可以吗，平时要上班", "11-28 00:00-00:00"),
        ("The fitters take the shelving on Tuesday and the landlord comes Thursday at 2. Wednesday next week 10-12 I'm free", "12-02 10:00-12:00"),
        ("My boss flies out on Thursday which means Friday afternoon is quiet here", "11-27 12:00-18:00"),
        ("My train gets in at 1 tomorrow, so tomorrow 3pm is doable", "11-26 15:00"),
        ("Deliveries turn up at 7, so Friday from 10 to 12", "11-27 10:00-12:00"),
        ("The lecture runs until 4 on Thursday, then I'm free, say 4.30 Thursday?", "11-26 16:30"),
        ("My shift is 6 to 2 all week. Thursday at 3.30pm?", "11-26 15:30"),
        ("Night shifts all this week, sorry. I could do December 5th after 3pm.", "12-05 15:00-20:00"),
        ("I've no classes 30 November 2-5pm and the studio wifi is decent", "11-30 14:00-17:00"),
    ],
    "the other side of a limit": [
        ("周二两点以后，两点前要守着机房割接", "12-01 14:00-20:00"),
        ("周四中午十二点前，十二点后就上高铁了", "11-26 08:00-12:00"),
        ("下周二上午11点前，11点开始直播就没法接电话了", "12-01 08:00-11:00"),
        ("周一三点半以后，前面有一节公开课", "11-30 15:30-20:00"),
        ("Tuesday from 3, before that I teach", "12-01 15:00-20:00"),
        ("Monday any time before four, at four I collect the van", "11-30 08:00-16:00"),
        ("Thursday up to 3, then I have to pick up my son", "11-26 08:00-15:00"),
        ("Thursday after 5; until then I'm in the lab", "11-26 17:00-20:00"),
    ],
    "what is taken back": [
        ("周五吧，算了还是下周二下午三点半", "12-01 15:30"),
        ("周二上午11点，不不不，周三上午11点，周二我值班", "12-02 11:00"),
        ("刚刚说的周四不算，改成周六上午九点", "11-28 09:00"),
        ("周四，不是周五哈，下午4点半，刚才打错了", "11-26 16:30"),
        ("Thursday at 10, sorry, Friday at 10", "11-27 10:00"),
        ("4pm tomorrow - actually make it 5pm", "11-26 17:00"),
        ("I wrote Wednesday but meant Thursday, 11am", "11-26 11:00"),
    ],
    "a zone that is only remarked": [
        ("北京时间周五下午五点，我这里是上午十点，没问题", "11-27 17:00"),
        ("12月4日16:30-18:00有空，首尔时间比这边快一小时我已经换算好了", "12-04 16:30-18:00"),
        ("Friday 5pm Beijing time, which is 10am here in Berlin, is fine", "11-27 17:00"),
        ("I'm in Sydney so three hours ahead, but Thursday 4pm China time works", "11-26 16:00"),
    ],
    "a wish in the form of a question": [
        ("周四17点以后可以不，白天在站里走不开", "11-26 17:00-20:00"),
        ("礼拜五后晌三点中不", "11-27 15:00"),
        ("周四下昼三点得唔得", "11-26 15:00"),
        ("10月10号补班那天上午10点行不行，之前一直在飞", "10-10 10:00"),
        ("Saturday 10 October 10:00, is anybody in the office then?", "10-10 10:00"),
        ("tomorrow 10am video call?", "11-26 10:00"),
        ("Is Saturday morning out of the question?", "11-28 08:00-12:00"),
    ],
    "nothing": [
        ("领导周一要来检查", ""),
        ("周五上午10点？我在飞机上，来不了", ""),
        ("呵呵，明天下午三点，真会挑时间，去不了", ""),
        ("临时要去总部开会，周一的面试能取消重约吗", ""),
        ("看到您写周一下午两点，是北京时间吗", ""),
        ("Friday at 10? No, I can't.", ""),
        ("Is Friday 10am Beijing time or mine?", ""),
        ("can we cancel Monday and find another time?", ""),
        ("That morning is my driving test, can it be another day?", ""),
    ],
}  # fmt: skip


@pytest.mark.parametrize("family", WANTED)
def test_the_time_of_the_wish_is_heard_and_no_other(family: str) -> None:
    assert [(text, times(text)) for text, expected in WANTED[family] if times(text) != expected] == []


INTENDED = {
    ("reschedule",): [
        "第三个别排给我了，那天飞长线", "第二个帮我取消掉吧，临时要出差", "第一个不用留给我了", "三个时间都得换，麻烦您再给几个", "三个点儿我都排了手术", "仨时间都得加班，没戏",
        "Please don't put me down for the third, I've got a long haul that day", "Please release the second slot, I won't be needing it", "Sadly all three fall in my exam week",
        "The third is no longer an option for me", "I'm rostered on all of those dates and nobody will swap", "Those times are all during my shift, anything else?",
    ],
    ("question",): [
        "面试需要穿工装吗还是便装就行", "岗位是坐班还是可以居家", "坐地铁哪一站下最近", "想问问这个岗位是替补还是新增", "公司有没有班车",
        "what would my first project be, if you don't mind me asking", "How is accommodation handled for night staff, is it far from the plant", "will I need a laptop", "is lunch included",
        "Wondering whether I should bring my portfolio", "I'd like to ask whether the position is permanent", "Has the job got weekend shifts? I'm a nurse and done with those.",
    ],
    ("reschedule", "ill"): [
        "腰扭了，下不了吊塔，医生让躺着，面试能不能改天", "嗓子哑得说不出话，改天吧", "牙龈肿得半边脸都歪了，想改期", "骑车摔了，胳膊打了石膏，能改时间吗",
        "I've done my back in and can't climb, doctor says lie flat. Another day please?", "No voice at all, laryngitis, even video won't work. Can we postpone",
        "had my wisdom teeth out and can't talk, can we move it", "in A&E with a broken wrist, need to move the interview",
    ],
    ("late",): [
        "打不到车，可能要晚一会儿到", "走错园区了，正往那边赶，得迟几分钟", "高速上出了事故堵死了，大概十点二十到", "不好意思睡过头了，现在出门", "还有两站地，晚个五六分钟",
        "We diverted to Ningbo and I'm still on the tarmac, half an hour late at least", "My bus broke down, should be there by 10:20", "at the wrong building, on my way over now",
        "can't find a parking space, five minutes", "Missed my connection, next train gets in at 10.15",
    ],
    (): ["三个时间先都别定，等我看看排班再说", "先别定，我跟家里商量一下再说，第一个还是第二个都没想好", "Hold on, don't confirm any of these yet"],
}  # fmt: skip


@pytest.mark.parametrize("intents", INTENDED)
def test_circumstances_tell_what_is_wanted(intents: tuple[str, ...]) -> None:
    assert [
        (text, read(text).intents)
        for text in INTENDED[intents]
        if (set(read(text).intents), read(text).pick) != (set(intents), None)
    ] == []


PICKS = [
    ("第二个时间段，感谢安排，当天飞班取消了刚好有空", 2), ("我这边第一个合适，后面两个都在外地巡课", 1), ("最后一个，前面两个在外地出差", 3),
    ("1不行2也不行，3可以", 3), ("第三个时间段，周五要参加婚礼去不了", 3), ("周五上午十点，我已经跟店长说好了", 1), ("您好，我选择11月30日14:00-15:00这个时间段", 2), ("周五上午十点我准时到公司", 1),
    ("下周一14:00OK", 2),
    ("Monday at 2 works for me, thanks", 2), ("The second one please, I'm at work in the morning", 2), ("In the air for 1 and 2, so 3.", 3), ("1 and 2 clash with my shifts, so 3 please", 3),
    ("No to the first and the third, so the second it is", 2), ("Friday at 10 please, I have classes all Tuesday", 1), ("Option 1 is during my exam and option 3 is when I travel, which leaves option 2", 2),
]  # fmt: skip


@pytest.mark.parametrize(("text", "pick"), PICKS)
def test_a_plain_choice_is_booked_whatever_reason_stands_beside_it(text: str, pick: int) -> None:
    assert read(text).pick == pick


@pytest.mark.parametrize(
    "text",
    [
        "第二个，那天我要开庭",
        "第二个，周一下午要开会",
        "选二吧，三也行",
        "呵呵，第三个，你们可真会挑时间",
        "第二个可以！刚才说错了",
        "第一个的话我得先请假，批不批还不知道",
        "第二个先别定",
        "看到您写周一下午两点",
        "周一下午两点的面试能改期吗",
        "Option 2, I have jury duty",
        "The second, I have a meeting on Monday afternoon",
        "Second. Third would also do",
        "Oh great, option 3, right in rush hour. Genius",
        "Put me in for the first but hold on, don't book it yet",
        "You wrote Monday at 2pm",
        "Is the second one a phone call or do I come to the office?",
    ],
)
def test_what_may_not_be_meant_is_asked_about(text: str) -> None:
    assert read(text).pick is None


CHOSEN = {
    "zh": ["第二个可以，{}", "第二个，{}", "周一下午两点可以，{}", "{}，第二个", "第二个吧。{}"],
    "en": [
        "The second works, {}",
        "Second one please, {}",
        "Monday at 2pm works, {}",
        "{}, second one",
        "I'll take the second slot. {}",
    ],
}
TAKEN_BACK = {
    "zh": "要看车能不能修好|不过领导还没批|能不能请到假还不好说|先别急着定|那天可能要加班|也可能第三个|或者第一个|主管同意的话|工资能谈到一万就来|包食宿我就去|如果是线上面试|是我朋友要面|我是替我哥问的|我女朋友选的|两点我要接孩子|那时候我在飞机上|开玩笑的|时间有点早|这个时间对吗|还有名额吗|八成可以|前提是报销路费|明天给您答复|要请示店长|我发烧了|能改到三点吗|但是我更想周三",
    "en": "but my boss hasn't approved it yet|I still have to ask my manager|I'll confirm tonight|not 100% sure|could we make it 3 instead|the third would also work|provided travel is paid|I'm asking for my brother|my wife picked it|I have a meeting on Monday afternoon|I'm on a flight then|just kidding|sorry wrong message|is it still free?|is that Beijing time?|what do you think?|I've got a fever|don't book it yet|keep it in mind|depends on the trains|Wednesday would be better|yeah right|great timing as always",
}  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_whatever_may_take_a_choice_back_books_nothing(language: str) -> None:
    texts = [frame.format(doubt) for frame, doubt in product(CHOSEN[language], TAKEN_BACK[language].split("|"))]
    assert [text for text in texts if read(text).pick is not None] == []
