"""Plain English answers by families: slips of the hand, times told beside times wished for, what is denied, and who has found other work.

The clock stands at Wednesday 25 November 2026, 10:00 in Shanghai; Friday at ten, Monday at two and Tuesday at half past three are on offer.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from mianyue.understanding.reply.plain_text import plain
from tests.understanding.reply.wednesday import NOW, OPTIONS, SHANGHAI, read


def times(text: str) -> str:
    """What is asked for, as ``11-27 10:00-11:00``; whole days without hours."""
    return "; ".join(_written(w.start.astimezone(SHANGHAI), w.end and w.end.astimezone(SHANGHAI)) for w in read(text).windows)


def _written(start: datetime, end: datetime | None) -> str:
    if end is not None and end - start == timedelta(days=1):
        return f"{start:%m-%d}"
    return f"{start:%m-%d %H:%M}" + (f"-{end:%H:%M}" if end else "")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("teh thrid solt plaese", "the third slot please"),
        ("Tusday aftenoon wuold be fine", "tuesday afternoon would be fine"),
        ("im free tomorrwo mornimg", "i'm free tomorrow morning"),
        ("ill be there, dont worry", "i'll be there, don't worry"),
        ("i was ill and my id was lost", "i was ill and my id was lost"),
        ("a moon over the potion shop", "a moon over the potion shop"),
    ],
)
def test_slips_of_the_hand_are_put_right(text: str, meant: str) -> None:
    assert plain(text).text == meant


def test_a_slip_put_right_still_points_into_the_reply() -> None:
    text = "teh secnd one, Thrusday is no good"
    assert [text[mention.start : mention.end] for mention in read(text).mentions] == ["teh secnd one", "Thrusday"]


def test_slips_are_those_of_the_reply_s_own_language() -> None:
    assert plain("die Frist ist am Montag, danke").text == "die frist ist am montag, danke"


WINDOWS = {
    "told of a day that suits": [
        ("We have no lessons this week and I've got Thursday afternoon off", "11-26 12:00-18:00"),
        ("I have a gap from 11 to 1 on Thursday", "11-26 11:00-13:00"),
    ],
    "a list of shifts is no wish": [("Mon 6-2, Tue 6-2, Thu 2-10, Wed off", "12-02"), ("Mon 9-12, Tue 2-5", "11-30 09:00-12:00; 12-01 14:00-17:00")],
    "what is denied lends its day or its hours": [
        ("could it be 5 instead of 4 tomorrow", "11-26 17:00"),
        ("Thursday the 3rd, not this Thursday, 9am", "12-03 09:00"),
        ("all Thursday bar 2 to 4", "11-26 00:00-14:00; 11-26 16:00-00:00"),
    ],
    "each day of a list with hours of its own": [("All day Thursday, Saturday until 1", "11-26; 11-28 08:00-13:00")],
    "what a holiday leads to": [("after Christmas, the 29th", "12-29"), ("After New Year, Monday or Tuesday", "01-04; 01-05")],
    "hours in a sentence of their own": [("Could you do the 4th? Afternoons only.", "12-04 12:00-18:00")],
    "hours that another time narrows": [("My break is from 12 to 2. Thursday at 1?", "11-26 13:00")],
    "two clocks for one time": [("8am my end is 4pm yours, on Thursday", "11-26 16:00")],
    "what is only quoted": [
        ('Your message says "Monday 14:00", is that local time?', ""),
        ('You offered: "Friday 10:00, Monday 14:00 or Tuesday 15:30". I need to think.', ""),
        ("I know you wrote Monday but could I come on Thursday?", "11-26"),
    ],
    "what it clashes with": [("Monday at two? That's when I feed the horses", ""), ("Tuesday half three is right in the middle of my lecture", "")],
    "other times beside the wish": [
        ("Our coach leaves Hefei at 7:20 and is back by 19:00. Thursday next week, 11 to 3?", "12-03 11:00-15:00"),
        ("I need to be gone by half 4 so Thursday at 2 suits me", "11-26 14:00"),
        ("Thursday at 9, great, my first free day in three weeks", "11-26 09:00"),
    ],
    "what a colon leads to": [("My week is rather limited: Thursday before 12, Saturday after 3", "11-26 08:00-12:00; 11-28 15:00-20:00")],
    "moved from one day to another": [("Please move me from Monday to Thursday at 9", "11-26 09:00"), ("Friday to Monday I'm around", "11-27; 11-28; 11-29; 11-30")],
    "the writer's own clock beside the office's": [("Monday 2pm is 7am here, fine", "11-30 14:00"), ("Friday 10am is 3am for me, so no. Tuesday 9am.", "12-01 09:00")],
    "what would have been": [("Friday at ten would have been lovely, Tuesday then", "12-01"), ("Friday at ten is too risky, Tuesday then", "12-01")],
    "the days on offer": [("after five on either of those days", "11-27 17:00-20:00; 11-30 17:00-20:00; 12-01 17:00-20:00")],
    "a number that no option has": [("tomorrow's good but can u do 5", "11-26 17:00")],
    "a full stop behind a clock": [("I can come on Thursday at 16.20.", "11-26 16:20")],
    "one day and the same a week on": [("could we do the Friday after?", "12-04")],
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case for cases in WINDOWS.values() for case in cases])
def test_the_times_wished_for_are_read_and_no_others(text: str, expected: str) -> None:
    assert times(text) == expected


MEANT = {
    "an option by its place": [("Latest one please", ("pick",), (3,)), ("put me in the second", ("pick",), (2,)), ("The first preferred", ("pick",), (1,))],
    "somebody else's choice": [("My cousin gave you this number, she says slot 2", ("pick",), (2,))],
    "somebody else's illness": [("My flatmate's off sick so I'll take the third one", ("pick",), (3,))],
    "a dash before an afterthought": [("Tuesday - I have class on Mondays", ("pick",), (3,))],
    "the other days' business": [("The 30th, I have clients on the other days", ("pick",), (2,))],
    "better than": [("Friday suits me better than Monday", ("pick",), (1,))],
    "a question joined to the pick": [("second slot please and could you tell me which bus stops there", ("pick", "question"), (2,))],
    "content to stay": [("I've had a think and I'm settled where I am", ("decline",), ()), ("Regretfully I must decline", ("decline",), ())],
    "applied by mistake": [("Sorry, I applied in error", ("decline",), ())],
    "found other work": [("Landed another job, thank you all the same", ("decline",), ()), ("I start a new role next month so count me out", ("decline",), ())],
    "none, in other words": [("No to all three", ("reschedule",), ()), ("all of those are a no-go", ("reschedule",), ())],
    "a question isn't a yes": [("I can't decide before the weekend, is that ok?", (), ())],
    "booked, and glad of it": [("consider me booked for Tuesday", ("pick",), (3,))],
    "their place in somebody's leave": [("Those dates are all in our holiday", ("reschedule",), ())],
    "later, without a time": [("Could we do later?", ("reschedule",), ())],
    "late": [("my alarm never went off, leaving now", ("late",), ())],
    "a body that fails": [("My knee's gone and I can hardly walk. Another day?", ("reschedule", "ill"), ())],
    "ill": [("I'm really not well, can we postpone?", ("reschedule", "ill"), ())],
    "time to think is no time": [("Can I have until Thursday to think it over", (), ())],
}  # fmt: skip


@pytest.mark.parametrize(("text", "intents", "fits"), [case for cases in MEANT.values() for case in cases])
def test_what_is_meant_is_heard_in_other_words(text: str, intents: tuple[str, ...], fits: tuple[int, ...]) -> None:
    reply = read(text)
    assert (reply.intents, reply.fits) == (intents, fits)


def test_an_hour_refused_without_a_day_rules_out_every_option_at_that_hour() -> None:
    assert read("Not the two o'clock").rejected == (2,)


def test_the_week_on_offer_is_the_week_that_is_meant() -> None:
    """One time is offered, in two weeks: the Thursday of the same week is that week's, not tomorrow."""
    offered = [type(OPTIONS[0])(NOW + timedelta(days=13), NOW + timedelta(days=13, hours=1))]
    windows = read("Tuesday is no good, could I come on Thursday of the same week?", offered).windows
    assert [f"{window.start:%m-%d}" for window in windows] == ["12-10"]


def test_the_same_time_is_the_one_that_all_options_share() -> None:
    offered = [type(OPTIONS[0])(NOW + timedelta(days=days), NOW + timedelta(days=days, hours=1)) for days in (1, 2)]
    windows = read("Both are out. Monday at the same time?", offered).windows
    assert [f"{window.start:%m-%d %H:%M}" for window in windows] == ["11-30 10:00"]
