"""Whole families of sentences: days, hours, limits and verdicts are rendered in the forms that people use, and must be heard as they were meant.

Each family is the product of its forms, so that a rule that fits one sentence only is found out. The clock stands at Wednesday
25 November 2026, 10:00 in Shanghai.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from mianyue.base.interval import Interval
from mianyue.understanding.reply.understand import understand

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 25, 10, tzinfo=SHANGHAI)
OFFERED = [NOW.replace(month=12, day=19), NOW.replace(month=12, day=20, hour=16)]
OPTIONS = [Interval(start, start + timedelta(minutes=30)) for start in OFFERED]

DAYS = {
    "11-26": {"zh": "明天|明儿|周四|这周四|本周四|星期四|礼拜四|26号|26日|二十六号|11月26号|11月26日|十一月二十六号|11/26|廿六号|11月26日（周四）",
              "en": "tomorrow|Thursday|Thu|this Thursday|the 26th|Nov 26|November 26|26 November|26th of November|Thursday the 26th|2026-11-26|Thursday, November 26"},
    "11-27": {"zh": "后天|周五|这周五|本周五|27号|二十七日|11月27日|11.27|十一月二十七号|廿七号", "en": "the day after tomorrow|Friday|this Friday|the 27th|November 27th|27 Nov"},
    "11-30": {"zh": "下周一|下星期一|下礼拜一|30号|三十号|11月30日", "en": "next Monday|Monday next week|Monday|the 30th|November 30"},
    "12-03": {"zh": "下周四|下星期四|下礼拜四|3号|三号|12月3号|12月3日|十二月三号|12/3|下月3号|下个月三号|2026年12月3日|12月3日周四",
              "en": "next Thursday|Thursday next week|Thursday of next week|the 3rd|Dec 3|3rd December|December 3rd|the 3rd of December|3 Dec 2026|a week from Thursday|Thursday, Dec 3"},
    "12-09": {"zh": "下下周三|下下个星期三|下下礼拜三|9号|九号|12月9日|两周后", "en": "the 9th|December 9|9 December|in two weeks|Wednesday the 9th"},
}  # fmt: skip
TIMES = {
    "09:00": {"zh": "上午九点|早上9点|九点|9点钟|9:00|09:00|上午9:00|９：００|上午九点整", "en": "9am|9 am|9:00|at 9|nine o'clock|9 in the morning|at nine am|9:00 a.m."},
    "10:30": {"zh": "上午十点半|十点半|10点半|10:30|早上10:30|上午10点30分|十点三十", "en": "10:30|10:30am|half past ten|at half ten|10.30 am|ten thirty"},
    "12:00": {"zh": "中午12点|12点|十二点|12:00|中午十二点", "en": "12pm|noon|12:00|12 noon|at midday"},
    "13:15": {"zh": "下午一点一刻|下午1:15|13:15|一点一刻|13点15分", "en": "1:15pm|13:15|quarter past one|a quarter past 1"},
    "14:30": {"zh": "下午两点半|下午2点半|两点半|2点半|14:30|14点30|下午2:30|两点三十|十四点三十分|下午2点30分", "en": "2:30pm|14:30|half past two|2.30pm|at 2:30|half two|two thirty"},
    "15:00": {"zh": "下午三点|下午3点|三点|3点|15:00|15点|下午3:00|十五点|午后三点", "en": "3pm|3 p.m.|15:00|at 3|three o'clock|3 in the afternoon|around 3|3ish|at three pm"},
    "16:45": {"zh": "下午四点三刻|下午4:45|16:45|四点四十五|差一刻五点", "en": "4:45pm|16:45|quarter to five|a quarter to 5"},
    "09:00-11:00": {"zh": "上午九点到十一点|9点到11点|9:00-11:00|上午9-11点|九点至十一点|早上9点~11点|九点到十一点之间", "en": "9 to 11am|9-11am|between 9 and 11|9am-11am|from 9 to 11|9:00-11:00|from 9 until 11"},
    "11:00-13:00": {"zh": "上午十一点到下午一点|11点到13点|11:00-13:00|十一点到一点", "en": "11-1|11am to 1pm|between 11 and 1|11:00-13:00|from 11am until 1"},
    "14:00-16:00": {"zh": "下午两点到四点|下午2点到4点|2点到4点|14:00-16:00|下午2-4点|两点至四点|14点到16点|下午两点到四点之间|两点以后四点以前",
                    "en": "2-4pm|2pm-4pm|2 to 4|between 2 and 4pm|from 2 to 4|14:00-16:00|between two and four|2 pm to 4 pm|after 2 but before 4|2-4ish"},
    "15:00-16:00": {"zh": "三四点|下午三四点|下午三四点钟|下午3、4点|15点到16点", "en": "3-4pm|between 3 and 4"},
    "15:00-20:00": {"zh": "下午三点以后|三点之后|3点后|15:00以后|三点往后|不早于三点", "en": "after 3pm|after 3|from 3pm|3pm onwards|after 15:00|from three o'clock|any time after 3|3pm or later|not before 3"},
    "08:00-15:00": {"zh": "下午三点以前|三点之前|3点前|15:00以前|三点前|不晚于三点", "en": "before 3pm|before 3|until 3pm|up to 3pm|no later than 3pm|by 3pm"},
    "08:00-12:00": {"zh": "上午|早上|上半天|午前|中午以前", "en": "in the morning|morning|before noon"},
    "12:00-18:00": {"zh": "下午|下半天|午后", "en": "in the afternoon|afternoon"},
    "18:00-20:00": {"zh": "晚上|傍晚|下班后", "en": "in the evening|evening|after work"},
}  # fmt: skip
LONG = {
    "11-30..12-04": {"zh": "下周|下星期|下个星期|下礼拜", "en": "next week|any day next week"},
    "11-30..12-02": {"zh": "下周上半周|下周前半周|下周一到周三|下周一至下周三|下周一二三|下周一、二、三", "en": "the first half of next week|Monday to Wednesday next week|next Monday through Wednesday|between Monday and Wednesday next week"},
    "12-03 12-04": {"zh": "下周后半周|下周下半周|下周四和下周五|下周四或周五|下周四五|下周四、五|3号和4号|三四号|12月3日、4日|3、4号", "en": "the end of next week|late next week|Thursday or Friday next week|next Thursday and Friday|the 3rd and 4th|Dec 3-4|3-4 December|the second half of next week"},
    "11-26 11-27": {"zh": "明后天|明天和后天|本周四和周五|这周后半周|周四周五|周四、周五", "en": "tomorrow or Friday|Thursday and Friday|Thu/Fri|later this week|Thursday to Friday"},
    "12-01..12-04 12-07..12-10": {"zh": "12月初|十二月初|12月上旬|下个月初|下月上旬", "en": "early December|the beginning of December|early next month"},
    "12-01..12-04 12-07..12-11": {"zh": "12月前两周|十二月前两周", "en": "the first two weeks of December|the first couple of weeks of December"},
    "12-07..12-11": {"zh": "下下周|12月第二周|7号那周|12月7号那一周", "en": "the week after next|the second week of December|the week of December 7|week commencing 7 December"},
    "12-21..12-24": {"zh": "圣诞前一周|圣诞节前那周", "en": "the week before Christmas"},
    "12-28..12-31": {"zh": "元旦前一周|元旦前那周", "en": "between Christmas and New Year"},
    "01-04..01-08": {"zh": "元旦后|节后|元旦假期之后|过完元旦", "en": "after New Year|after the New Year|after the holidays"},
    "11-26 11-27 11-30..12-02": {"zh": "周四起|从周四开始|自周四起", "en": "from Thursday on|from Thursday onwards|Thursday onwards|on or after Thursday|starting Thursday"},
}  # fmt: skip
EVERY = [("12:00-18:00", {"zh": "下午", "en": " in the afternoon"}), ("15:00-20:00", {"zh": "下午三点以后", "en": " after 3pm"})]
SHARE = 7
"""Every seventh pair of a day and a time is tried, to be quick: coprime to both tables, so that each form meets many others."""
FRAMES = {
    "zh": ["{}", "{}可以吗", "您好，{}方便，谢谢", "我{}有空", "那就{}吧", "不好意思，能约在{}吗？"],
    "en": ["{}", "{} works for me", "Could we do {}?", "Hi, how about {}?", "I'm free {}, thanks"],
}


def heard(text: str) -> set[tuple[str, str]]:
    """Every day (or what of it) that a reply asks for, as in the tables."""
    found = set()
    for window in understand(text, OPTIONS, NOW, SHANGHAI).windows:
        start = window.start.astimezone(SHANGHAI)
        end = window.end and window.end.astimezone(SHANGHAI)
        whole = end is not None and end - start == timedelta(days=1)
        found.add((f"{start:%m-%d}", "" if whole else f"{start:%H:%M}" + (f"-{end:%H:%M}" if end else "")))
    return found


def days(written: str) -> list[str]:
    """The days of ``12-01..12-04 12-07`` one by one."""
    found = []
    for part in written.split():
        first, _, last = part.partition("..")
        day = datetime.strptime(f"{2027 if first[:2] == '01' else 2026}-{first}", "%Y-%m-%d").replace(tzinfo=SHANGHAI)
        while True:
            found.append(f"{day:%m-%d}")
            if not last or found[-1] == last:
                break
            day += timedelta(days=1)
    return found


def forms(table: dict[str, dict[str, str]], language: str) -> list[tuple[str, str]]:
    return [(value, form) for value, written in table.items() for form in written[language].split("|")]


def gap(said: str, language: str) -> str:
    """Nothing between Chinese words, a space behind figures."""
    return "" if language == "zh" and not said[-1].isdigit() else " "


def missed(cases: list[tuple[str, set[tuple[str, str]]]]) -> list[str]:
    return [f"{text!r} heard {sorted(found)}" for text, expected in cases if (found := heard(text)) != expected]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_day_at_every_time(language: str) -> None:
    frames = FRAMES[language]
    cases = []
    for number, ((day, said), (time, clock)) in enumerate(product(forms(DAYS, language), forms(TIMES, language))):
        cases.append((frames[number % len(frames)].format(said + gap(said, language) + clock), {(day, time)}))
    assert missed(cases[::SHARE]) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_time_before_its_day(language: str) -> None:
    joint = {"zh": "，", "en": " on "}[language]
    first = [(day, written[language].split("|")[-1]) for day, written in DAYS.items()]
    cases = [(f"{clock}{joint}{said}", {(day, time)}) for (day, said), (time, clock) in product(first, forms(TIMES, language))]
    if language == "en":
        cases = [(text, expected) for text, expected in cases if " on in two" not in text]
    assert missed(cases) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_stretch_of_days(language: str) -> None:
    cases = []
    for (stretch, said), frame in product(forms(LONG, language), FRAMES[language]):
        cases.append((frame.format(said), {(day, "") for day in days(stretch)}))
    for (stretch, said), (time, clock) in product(forms(LONG, language), EVERY):
        cases.append((said + clock[language], {(day, time) for day in days(stretch)}))
    assert missed(cases) == []


VERDICTS = {
    "zh": [
        "{no}不行，{yes}可以",
        "{no}没空，{yes}有空",
        "{no}不太方便，{yes}方便吗",
        "{yes}可以，{no}不行",
        "不是{no}，是{yes}",
        "{yes}，不是{no}",
        "{no}要出差，{yes}可以吗",
        "{no}有课，{yes}没问题",
        "{no}我得上班，能约{yes}吗",
        "{no}不行 {yes}可以",
        "{yes}可以，{no}我要去医院复查",
        "{yes}吧，{no}我有个考试",
        "只有{yes}可以，{no}真的来不了",
        "本来想约{no}，现在只能{yes}了",
        "{no}不行，改{yes}可以吗",
        "把{no}换到{yes}可以吗",
    ],
    "en": [
        "not {no}, {yes}",
        "{no} doesn't work, {yes} does",
        "I can't do {no}, but {yes} is fine",
        "{yes} works, {no} doesn't",
        "{no} is out, how about {yes}?",
        "I'm busy {no}. {yes} is good.",
        "Not {no} but {yes}",
        "{yes} rather than {no}",
        "Instead of {no}, could we do {yes}?",
        "{no} is no good for me, {yes} would be great",
        "I have an exam {no} so {yes} please",
        "Could we do {yes}? I'm at the dentist {no}.",
        "{yes} would suit me, I'm travelling {no}",
        "I can't make {no}; {yes} works",
        "Unfortunately I'm not available {no}, {yes} would be ideal",
    ],
}
PAIRS = {
    "zh": [("明天", "后天"), ("周四", "周五"), ("周五", "下周一"), ("26号", "27号"), ("12月3号", "12月4号"), ("周五上午", "周四下午"), ("周四下午两点", "周五下午三点"), ("下周一", "下周二")],
    "en": [("tomorrow", "Friday"), ("Thursday", "Friday"), ("Friday", "next Monday"), ("the 26th", "the 27th"), ("Dec 3", "Dec 4"), ("Friday morning", "Thursday afternoon"), ("Thursday at 2pm", "Friday at 3pm")],
}  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_of_two_times_the_one_that_is_wanted_is_heard(language: str) -> None:
    cases = [
        (frame.format(no=refused, yes=wanted), heard(wanted))
        for frame, pair in product(VERDICTS[language], PAIRS[language])
        for refused, wanted in ((pair,) if "next Monday" in pair or "下周一" in pair[1] else (pair, pair[::-1]))
    ]
    assert missed(cases) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_of_two_times_joined_both_are_heard(language: str) -> None:
    joints = {"zh": ["{}或{}", "{}或者{}都可以", "{}和{}都行", "{}、{}均可", "{}，{}，都有空", "{}可以，{}也可以", "{}不行的话{}"],
              "en": ["{} or {}", "{} and {} both work", "either {} or {}", "{} is fine, {} too", "{}, or failing that {}", "{} or {} would work for me", "{} works and so does {}"]}  # fmt: skip
    cases = [
        (frame.format(one, other), heard(one) | heard(other)) for frame, (one, other) in product(joints[language], PAIRS[language])
    ]
    assert missed(cases) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_excepted_is_left_out(language: str) -> None:
    frames = {"zh": ["下周除了{}都可以", "除了{}，下周都行", "下周都行，除了{}", "下周除{}外均可", "下周都可以，就{}不行"],
              "en": ["any day next week except {}", "next week, but not {}", "anything but {} next week", "next week apart from {}", "I'm free next week, just not {}", "next week works other than {}"]}  # fmt: skip
    said = {"zh": "周一|周二|周三|周四|周五", "en": "Monday|Tuesday|Wednesday|Thursday|Friday"}[language].split("|")
    week = days("11-30..12-04")
    cases = [
        (frame.format(day), {(each, "") for each in week if each != week[at]})
        for frame in frames[language]
        for at, day in enumerate(said)
    ]
    assert missed(cases) == []
