"""How people write times: years, spans, distances, spelled-out days, parts of a day, holidays, and numbers that are no time.

Seen from Wednesday 25 November 2026, 10:00 in Shanghai, without any option on offer.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mianyue.base.interval import Interval
from mianyue.understanding.reply.understand import understand

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 25, 10, tzinfo=SHANGHAI)


def windows(text: str) -> str:
    return "; ".join(
        _shown(w.start.astimezone(SHANGHAI), w.end and w.end.astimezone(SHANGHAI))
        for w in understand(text, [], NOW, SHANGHAI).windows
    )


def _shown(start: datetime, end: datetime | None) -> str:
    day = f"{start:%Y-%m-%d}" if start.year != NOW.year else f"{start:%m-%d}"
    if end is None:
        return f"{day} {start:%H:%M}"
    if end - start == timedelta(days=1) and start.hour == 0:
        return day
    return f"{day} {start:%H:%M}-{end:%H:%M}" if start.date() == end.date() else f"{day} {start:%H:%M}/{end:%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dec 5 next year works for me", "2027-12-05"),
        ("January 12 in 2027 suits me", "2027-01-12"),
        ("28 June 2027, 2pm please", "2027-06-28 14:00"),
        ("明年12月5号可以", "2027-12-05"),
        ("二零二七年一月八号上午十点", "2027-01-08 10:00"),
        ("27年1月5号可以", "2027-01-05"),
        ("后年3月1号", "2028-03-01"),
        ("Am 5. Dezember nächstes Jahr passt es mir", "2027-12-05"),
        ("Le 5 décembre de l'année prochaine me convient", "2027-12-05"),
        ("来年12月5日なら可能です", "2027-12-05"),
        ("내년 12월 5일 가능합니다", "2027-12-05"),
        ("2026-12-08 10:00", "12-08 10:00"),
        ("How about 2026-Dec-8 at ten thirty", "12-08 10:30"),
    ],
)
def test_a_year_that_is_said_counts(text: str, expected: str) -> None:
    assert windows(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I passed the exam on May 4, 2019",
        "Sorry, I was thinking of 3 December 2024",
        "The date was 05-Aug-2016",
        "July 4th of 1995",
        "Friday 20 November at 10",
        "2024年12月5号",
        "去年12月5号来过贵公司",
        "农历2015年十月初一",
        "Yesterday afternoon from 3 to 5 I was waiting",
        "Last night at seven",
        "The previous Tuesday I was ill",
        "It was last Friday at 3pm that we spoke",
        "Two days ago",
        "Monday of this week - I mean this week Monday",
        "昨天下午三点到五点我一直在等",
        "上周三下午我来过",
        "本周一上午",
        "Letzten Dienstag war ich krank",
        "Hier après-midi j'étais là",
        "El martes pasado estuve enfermo",
        "先週の火曜日は病気でした",
    ],
)
def test_what_is_past_is_no_coming_window(text: str) -> None:
    assert windows(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "30 February at 10am works",
        "30 February 2027 at 10am works",
        "The 31st of this month",
        "November 31 at 2pm?",
        "2月30号上午十点可以",
        "11月31日下午三点行",
        "Der 30. Februar passt",
        "2월 30일 가능합니다",
    ],
)
def test_a_date_of_no_calendar_stands_for_nothing(text: str) -> None:
    assert windows(text) == ""


def test_the_29th_of_february_is_that_of_the_next_leap_year() -> None:
    assert windows("2月29号可以") == "2028-02-29"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I'm free from Monday 2pm to Tuesday 11am", "11-30 14:00/12-01 11:00"),
        ("Any time between Thursday 9am and Friday 3pm", "11-26 09:00/11-27 15:00"),
        ("周四下午两点到周五上午十一点都有空", "11-26 14:00/11-27 11:00"),
        ("明天上午到后天下午都可以", "11-26 08:00/11-27 18:00"),
        ("12月1号10点至12月3号16点之间都可以", "12-01 10:00/12-03 16:00"),
        ("Von Montag 14 Uhr bis Dienstag 11 Uhr habe ich Zeit", "11-30 14:00/12-01 11:00"),
        ("月曜14時から火曜11時まで空いています", "11-30 14:00/12-01 11:00"),
        ("Thursday from 5pm to 1am", "11-26 17:00/11-27 01:00"),
        ("周四晚上7点到凌晨1点", "11-26 19:00/11-27 01:00"),
        ("Free tomorrow 10am-12am", "11-26 10:00-12:00"),
        ("Friday 7-6", "11-27 07:00-18:00"),
    ],
)
def test_a_span_goes_on_into_another_day(text: str, expected: str) -> None:
    assert windows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I could do two days after tomorrow", "11-28"),
        ("Three days after Christmas would be fine", "12-28"),
        ("Two weeks from Monday works", "12-14"),
        ("5 days before Christmas I'm free", "12-20"),
        ("The day before Christmas Eve works", "12-23"),
        ("Two weeks after December 1 at 2pm", "12-15 14:00"),
        ("In two months, please", "2027-01-25"),
        ("30 minutes from now works", "11-25 10:30"),
        ("两周后的周一可以", "12-07"),
        ("两个月后可以", "2027-01-25"),
        ("元旦前三天", "12-29"),
        ("Zwei Tage nach Weihnachten geht es", "12-27"),
        ("Dos días después de Navidad puedo", "12-27"),
        ("2か月後なら可能です", "2027-01-25"),
    ],
)
def test_a_distance_from_a_day_is_one_day(text: str, expected: str) -> None:
    assert windows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On the twenty-third of December I'm free", "12-23"),
        ("Monday the thirtieth at 3pm", "11-30 15:00"),
        ("December twelfth at nine thirty", "12-12 09:30"),
        ("Thursday at twenty-five past nine", "11-26 09:25"),
        ("Tomorrow at ten to three", "11-26 14:50"),
        ("I'm free tomorrow from five to seven", "11-26 17:00-19:00"),
        ("Tomorrow at four oh five", "11-26 16:05"),
        ("Monday 14 works for me", "12-14"),
        ("Mon 7 at 11am", "12-07 11:00"),
        ("On the 17 from 2pm I'm free", "12-17 14:00-20:00"),
        ("Friday-Dec-4 at 10am", "12-04 10:00"),
        ("this Friday (Dec 4) at 10am", "12-04 10:00"),
        ("dec4 10am", "12-04 10:00"),
        ("4dec, 2pm", "12-04 14:00"),
        ("Dec/3 at 2pm works", "12-03 14:00"),
        ("Friday 12/4 at 10am", "12-04 10:00"),
        ("Friday 4/12 at 10am", "12-04 10:00"),
        ("12月3号，周四，下午两点", "12-03 14:00"),
        ("12/1、12/2下午", "12-01 12:00-18:00; 12-02 12:00-18:00"),
        ("12-3下午两点", "12-03 14:00"),
        ("Thursday 11-1", "11-26 11:00-13:00"),
        ("The first Monday of next month works", "12-07"),
        ("The first Tuesday morning of next month", "12-01 08:00-12:00"),
        ("The last Friday of December?", "12-25"),
        ("First week of December on Friday", "12-04"),
        ("12月最后一个周五", "12-25"),
        ("12月第一周的周五", "12-04"),
        ("The 15th day of next month", "12-15"),
        ("Le premier lundi de janvier", "2027-01-04"),
        ("1월 첫째 월요일 가능합니다", "2027-01-04"),
        ("the last week of December", "; ".join(f"12-{day}" for day in (28, 29, 30, 31))),
        ("the Monday before Christmas", "12-21"),
        ("Friday after the 10th", "12-11"),
        ("8、9、10号都有空", "12-08; 12-09; 12-10"),
        ("02/12/2026 10:00", "12-02 10:00"),
        ("Tuesday week at 11 works", "12-08 11:00"),
        ("Wed of next week, 10am", "12-02 10:00"),
        ("vendredi 4 décembre à 10h30", "12-04 10:30"),
        ("Fr 4.12. um 10:30 Uhr", "12-04 10:30"),
        ("金曜15時以降", "11-27 15:00-20:00"),
    ],
)
def test_days_however_written(text: str, expected: str) -> None:
    assert windows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Late this afternoon works", "11-25 16:00-18:00"),
        ("Early Friday morning please", "11-27 08:00-10:00"),
        ("Late tomorrow morning", "11-26 10:00-12:00"),
        ("今天下午晚些时候", "11-25 16:00-18:00"),
        ("明天上午晚点", "11-26 10:00-12:00"),
        ("10 tonight", "11-25 22:00"),
        ("7, tonight", "11-25 19:00"),
        ("Five-thirty tomorrow evening is fine", "11-26 17:30"),
        ("3 this afternoon is possible", "11-25 15:00"),
        ("Tonight around 3", ""),
        ("Next morning at 10?", "11-26 10:00"),
        ("Thursday noonish works", "11-26 12:00"),
        ("This coming Wednesday at 2pm", "12-02 14:00"),
        ("Thursday as late as 7pm is fine", "11-26 08:00-19:00"),
        ("As early as 9 on Friday", "11-27 09:00-20:00"),
        ("周五三点或更晚", "11-27 15:00-20:00"),
        ("Thursday 2:00 - 2:30 pm works", "11-26 14:00-14:30"),
        ("Thursday 0930-1130 please", "11-26 09:30-11:30"),
        ("Thursday 1140 a.m. works", "11-26 11:40"),
        ("Thursday 9.am works", "11-26 09:00"),
        ("tomorrow first thing", "11-26 08:00-10:00"),
        ("early Monday", "11-30 08:00-10:00"),
        ("Friday 3pm at the earliest", "11-27 15:00-20:00"),
        ("Thursday around dinner time", "11-26 18:00-20:00"),
        ("bis spätestens 16 Uhr am Freitag", "11-27 08:00-16:00"),
        ("tomorrow 2:15:30 pm", "11-26 14:15"),
        ("从周四14点30分00秒到15点30分00秒", "11-26 14:30-15:30"),
    ],
)
def test_hours_however_written(text: str, expected: str) -> None:
    assert windows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("元旦当天可以", "2027-01-01"),
        ("五一当天可以", "2027-05-01"),
        ("国庆期间都可以", "; ".join(f"2027-10-0{day}" for day in range(1, 8))),
        ("腊八节上午十点", "2027-01-15 10:00"),
        ("New Year's Day is fine by me", "2027-01-01"),
        ("Easter Monday 2027 at 10", "2027-03-29 10:00"),
        ("Valentine's Day is fine with me", "2027-02-14"),
        ("Black Friday at 3pm?", "11-27 15:00"),
        ("明年清明可以", "2027-04-05"),
        ("Am Valentinstag bin ich frei", "2027-02-14"),
    ],
)
def test_holidays_by_their_names(text: str, expected: str) -> None:
    assert windows(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I have an 18th edition wiring certificate",
        "I managed 40 sites with a team of 12",
        "I use Python 3.11 and Java 8 daily",
        "Building 4, this is where I live",
        "One Tuesday I was late",
        "某个周二吧",
        "中级过了2门",
        "我是2019年考的中级",
        "坐G1234次高铁过来",
        "参与过《周五见》节目",
        "We had 24/7 support",
        "We had dinner with 12 people",
        "In 5 years I want to lead a team",
        "I may second that",
        "two twenty minute calls",
        "3.2版本的系统",
        "朝九晚五的工作",
        "住五一路12号",
    ],
)
def test_what_only_looks_like_a_time(text: str) -> None:
    assert windows(text) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Monday or the day after", "11-30; 12-01"),
        ("Tomorrow or the day after at 3", "11-26 15:00; 11-27 15:00"),
        ("Not Thursday, the day after is fine", "11-27"),
        ("Monday evening or the next morning", "11-30 18:00-20:00; 12-01 08:00-12:00"),
        ("Next evening at 6?", "11-26 18:00"),
        ("周一不行，隔天可以", "12-01"),
        ("12月8号上午，第二天下午也行", "12-08 08:00-12:00; 12-09 12:00-18:00"),
        ("Lundi ou le lendemain à 10h", "11-30 10:00; 12-01 10:00"),
        ("月曜は難しいですが、翌日は可能です", "12-01"),
        ("第二天可以", ""),
    ],
)
def test_the_day_after_is_that_after_the_one_named(text: str, expected: str) -> None:
    assert windows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I use Java 1.8. Monday at 10 works", "11-30 10:00"),
        ("I bought it for $12. Monday at 3pm works", "11-30 15:00"),
        ("Friday at 10, may suit you better?", "11-27 10:00"),
        ("能换周五10点吗", "11-27 10:00"),
        ("我在看《明日之后》，周四下午三点可以", "11-26 15:00"),
        ('I work on the "Friday Night" show, Monday at 10 works', "11-30 10:00"),
    ],
)
def test_numbers_beside_a_time_leave_it_as_it_is(text: str, expected: str) -> None:
    assert windows(text) == expected


def test_a_day_or_an_hour_is_not_guessed_where_an_offer_leaves_it_open() -> None:
    monday = Interval(datetime(2026, 11, 30, 14, tzinfo=SHANGHAI), datetime(2026, 11, 30, 15, tzinfo=SHANGHAI))
    assert windows("Monday 14 works") == "12-14"
    assert understand("Monday 14 works", [monday], NOW, SHANGHAI).windows == ()


@pytest.mark.parametrize("day", [date(2026, 12, 1), date(2027, 1, 12)])
def test_an_offer_tells_the_day_from_the_month(day: date) -> None:
    start = datetime(day.year, day.month, day.day, 15, 30, tzinfo=SHANGHAI)
    offered = Interval(start, start + timedelta(hours=1))
    assert [understand(text, [offered], NOW, SHANGHAI).pick for text in ("12/1 15:30 works", "1/12 15:30 works")] == [1, 1]


def test_offers_on_both_days_that_a_date_may_mean_are_asked_about() -> None:
    starts = [datetime(2026, 12, 1, 15, 30, tzinfo=SHANGHAI), datetime(2027, 1, 12, 15, 30, tzinfo=SHANGHAI)]
    reply = understand("12/1 15:30 works", [Interval(start, start + timedelta(hours=1)) for start in starts], NOW, SHANGHAI)
    assert (reply.pick, reply.fits) == (None, (1,))


_FIRST_NINE = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TEENS = ("tenth", "eleventh", "twelfth", *(f"{stem}teenth" for stem in ("thir", "four", "fif", "six", "seven", "eigh", "nine")))
_DAYS = (*_FIRST_NINE, *_TEENS, "twentieth", *(f"twenty-{day}" for day in _FIRST_NINE), "thirtieth", "thirty-first")
_FIGURES = "零一二三四五六七八九"


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _FIGURES[tens] + "十") + (_FIGURES[ones] if ones else "")


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2026, 11, 26), date(2027, 11, 24)), st.integers(8, 19), st.sampled_from([0, 15, 30, 45]))
def test_every_way_of_writing_a_date_names_the_same_instant(day: date, hour: int, minute: int) -> None:
    month, spelled = f"{day:%B}", _DAYS[day.day - 1]
    clock = f"{hour}:{minute:02}"
    written = [
        f"{day.isoformat()} {clock}",
        f"{month} {day.day} at {clock}",
        f"{month} {spelled} at {clock}",
        f"the {spelled} of {month} at {clock}",
        f"{day.day} {month} {day.year}, {clock}",
        f"{day:%a} {day:%b}-{day.day} at {clock}",
        f"{day.day}{day:%b} at {clock}",
        f"{clock}:00 on {month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日{clock}",
        f"{_han(day.month)}月{_han(day.day)}号{_han(hour)}点{_han(minute) + '分' if minute else ''}",
    ]
    expected = f"{day:%m-%d} {hour:02}:{minute:02}"
    assert [windows(text)[-11:] for text in written] == [expected] * len(written)
