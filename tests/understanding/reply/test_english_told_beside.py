"""More plain English answers by families: work told beside the days left, days moved or swapped, conditions, and what is taken back.

The clock stands at Wednesday 25 November 2026, 10:00 in Shanghai; Friday at ten, Monday at two and Tuesday at half past three are on offer.
"""

from __future__ import annotations

import pytest

from tests.understanding.reply.test_plain_english import times
from tests.understanding.reply.wednesday import OPTIONS, read

WINDOWS = {
    "a working week told beside the days left": [("I drive for a bakery Mon to Thu so only Friday or Saturday", "11-27; 11-28"), ("I serve in a canteen Monday to Friday, so just Saturday", "11-28"), ("I weld at the shipyard Mon-Fri so only Sunday", "11-29"), ("I cook in a school Monday through Friday so it has to be Saturday", "11-28")],
    "by when something is done": [("Afternoon of the 3rd? The kiln is cold by noon.", "12-03 12:00-18:00"), ("Thursday afternoon? The lorry is unloaded by twelve", "11-26 12:00-18:00"), ("Thursday at 4, the stall is packed by 3", "11-26 16:00"), ("Thursday 3pm? The shop's quiet by two", "11-26 15:00")],
    "days that something fills": [("Stocktaking fills Thursday and Friday. Tuesday next week at 9?", "12-01 09:00"), ("Rehearsals take up tomorrow and Friday. Saturday?", "11-28"), ("The audit swallows all of Thursday. Friday at 3?", "11-27 15:00"), ("The 2nd and 3rd are harvest days and the foreman has to be there. I'm free on December 4th.", "12-04")],
    "one day moved within itself": [("Could you move Tuesday's interview to the morning?", "12-01 08:00-12:00"), ("Can we shift Monday's slot to the morning?", "11-30 08:00-12:00"), ("Please move Friday's appointment to the afternoon", "11-27 12:00-18:00"), ("Is it possible to move Friday from 10 to 12?", "11-27 12:00")],
    "the gap in between": [("Mornings I bake and evenings I serve, so only the gap in between: Thursday at 3 or Friday at 3", "11-26 15:00; 11-27 15:00"), ("There's an hour in between, Thursday at 1", "11-26 13:00"), ("It has to be in between: Thursday at 2pm or Saturday at 2pm", "11-26 14:00; 11-28 14:00"), ("between Thursday 2pm and Friday 11am", "11-26 14:00-11:00")],
    "when the writer gets off": [("I come off nights at 6 on Thursday morning and can be with you at 9", "11-26 09:00"), ("I come off shift at 7 on Saturday morning and could be there at 8:30", "11-28 08:30"), ("I get off nights at 7, Thursday at 9 would do", "11-26 09:00"), ("I come off the night shift at 8 on Thursday and can make 10 that day", "11-26 10:00")],
    "a limit with its reason": [("Thursday, though not before 3pm as the girls finish school at half two", "11-26 15:00-20:00"), ("Monday, but not before 4 as the school bus comes at half three", "11-30 16:00-20:00"), ("Thursday, though not after 2pm as the nursery shuts at three", "11-26 08:00-14:00"), ("Saturday works, though not before 11 as the shop opens at nine", "11-28 11:00-20:00")],
    "asked for before one is away": [("Any chance of this Thursday at 2? I fly out on Saturday and won't be back until the 12th.", "11-26 14:00"), ("Could you do tomorrow at 5? I leave on Friday and won't be back until the 9th.", "11-26 17:00"), ("Thursday 3pm? After that I'm away until the 8th", "11-26 15:00"), ("Is Saturday at 11 possible? I won't be in the country until the 15th otherwise", "11-28 11:00")],
    "put right": [("fri at 10 - sorry wrong line, Tuesday at 3:30", "12-01 15:30"), ("Friday at 10, no, wrong row, Monday at 2", "11-30 14:00"), ("Friday at ten. My mistake, Monday at two", "11-30 14:00"), ("Monday at 2... oops wrong day, Tuesday half three", "12-01 15:30")],
    "how early one comes": [("Friday at 10, noted. I'll be there a quarter of an hour early.", "11-27 10:00"), ("Monday at 2. I'll arrive ten minutes early", "11-30 14:00"), ("Tuesday 15:30 it is, I'll come half an hour early", "12-01 15:30"), ("Friday at ten, I'll get there a quarter of an hour before", "11-27 10:00")],
    "one that is no hour": [("the monday at two pm i can make that one ill come by car", "11-30 14:00"), ("friday at ten yes i can do that one", "11-27 10:00"), ("tuesday half three, happy with that one", "12-01 15:30"), ("monday two o'clock ill take that one thanks", "11-30 14:00")],
    "weekends of a month": [("The first weekend of December", "12-05; 12-06"), ("the second weekend in December would suit", "12-12; 12-13"), ("First weekend of next month", "12-05; 12-06"), ("the last weekend of January is free", "01-30; 01-31")],
    "until when something doesn't begin": [("any morning next week is good my bus doesnt leave the depot till one", "11-30 08:00-12:00; 12-01 08:00-12:00; 12-02 08:00-12:00; 12-03 08:00-12:00; 12-04 08:00-12:00"), ("Thursday morning works, my shift doesn't start until two", "11-26 08:00-12:00"), ("Thursday at 11, I don't start until 3", "11-26 11:00"), ("Thursday at 9? The shop doesn't open till ten", "11-26 09:00")],
    "a close told beside the wish": [("Thursday evening, I lock up the shop at half past five", "11-26 18:00-20:00"), ("Thursday evening, I shut the till at five", "11-26 18:00-20:00"), ("Thursday evening, we close the yard at 5:30", "11-26 18:00-20:00"), ("Thursday afternoon, my lecture ends at eleven", "11-26 12:00-18:00")],
    "a day called by its feast": [("I know 25 December is Christmas Day, but 11 am that day suits me", "12-25 11:00"), ("I realise 1 January is New Year's Day but 2 pm that day would be fine", "01-01 14:00"), ("The 24th is Christmas Eve, so 9 am that day would be best", "12-24 09:00"), ("Is Christmas Eve possible?", "12-24")],
    "a filler before an hour": [("i'm off on thursday and could do from nine in the morning until let's say twelve", "11-26 09:00-12:00"), ("Thursday from 2 to let's say 5", "11-26 14:00-17:00"), ("Thursday between 10 and, say, 12", "11-26 10:00-12:00"), ("saturday from um ten to uh twelve", "11-28 10:00-12:00")],
    "hours taken out": [("The morning of the 3rd, just not 10 to 11, that's my physio.", "12-03 08:00-10:00; 12-03 11:00-12:00"), ("Thursday afternoon, only not 2 to 3", "11-26 12:00-14:00; 11-26 15:00-18:00"), ("Thursday afternoon, just not 1 to 2, that's the dentist", "11-26 12:00-13:00; 11-26 14:00-18:00"), ("Saturday morning, not 9 to 10 though", "11-28 08:00-09:00; 11-28 10:00-12:00")],
    "shifts told behind a colon": [("All three clash: nights on Monday and Tuesday, parents' evening on Friday. Anything else?", ""), ("I can't do any: Friday lectures, Monday lab, Tuesday on call. Thursday at 9?", "11-26 09:00"), ("Your times clash: lates Friday and Monday. Could you do Saturday?", "11-28"), ("My roster says no to all of them: on from 7 to 3 on Friday and Monday", "")],
    "on duty": [("On Friday I'm on from 7 to 3, on Monday I cover for someone, so the first two are out. I can make the last one.", ""), ("I'm on until 3 on Friday and Monday. The third one then.", ""), ("Thursday I'm on from 6 to 2. Saturday at 10?", "11-28 10:00")],
    "days told in a list": [("After the 3rd would be best, I have my finals on the 1st, 2nd and 3rd", "12-04; 12-07; 12-08; 12-09; 12-10"), ("Mondays I'm at the clinic, Tuesdays at the school; Thursday is my own", "11-26"), ("Only day I'm not driving is Thursday", "11-26"), ("none suit. I'm off on the 3rd", "12-03")],
    "one day for another": [("could I swap Monday for Wednesday?", "12-02"), ("I'd like to swap Friday's slot for Thursday", "11-26"), ("move the Friday one to next Friday", "12-04"), ("Can Tuesday's be brought forward to 2?", "12-01 14:00")],
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case for cases in WINDOWS.values() for case in cases])
def test_only_the_times_wished_for_are_read(text: str, expected: str) -> None:
    assert times(text) == expected


MEANT = {
    "the other one": [("Can't do the first two, so I'll go with the other", ("pick",), (3,)), ("First and second are out, the other one works", ("pick",), (3,)), ("Friday's no good, nor is Monday. The other then", ("pick",), (3,)), ("The other day I was ill", (), ())],
    "a condition keeps the wish": [("Friday at 10am, provided my little girl's fever is gone by then", ("pick",), (1,)), ("Monday at 2, as long as the strike is over by then", ("pick",), (2,)), ("Tuesday at 3:30, assuming my cast is off by then", ("pick",), (3,)), ("The second, provided the car isn't still at the garage", ("pick",), (2,))],
    "a maybe keeps the wish": [("Tuesday half three is a maybe, I'm waiting for the rota", ("pick",), (3,)), ("Friday at ten is a maybe, still waiting to hear from my boss", ("pick",), (1,)), ("Option 2 is a maybe", ("pick",), (2,)), ("Monday at two is a big maybe, my son's school hasn't said yet", ("pick",), (2,))],
    "what is crossed out": [("I've crossed out numbers one and three. Two it is.", ("pick",), (2,)), ("You can rule out the first and the second. Three it is.", ("pick",), (3,)), ("I've struck out options 1 and 2, so three", ("pick",), (3,)), ("Two it is then", ("pick",), (2,))],
    "either way is no question": [("Saturday between 2 and 5pm, either online or in person?", ("propose",), ())],
    "somebody who signs one off": [("Thursday and Saturday are both possible, my tutor has signed me off for both", ("propose",), ()), ("The doctor has signed me off for two weeks, can we move it?", ("reschedule", "ill"), ())],
    "caught from the children": [("I've caught my kids' stomach bug and can't make it. Another date?", ("reschedule", "ill"), ()), ("I've picked up my son's cold, can we postpone?", ("reschedule", "ill"), ()), ("My son has a cold, can we postpone?", ("reschedule",), ())],
    "at the hospital for work": [("A lift got stuck at the hospital and I can't get away. Can we reschedule?", ("reschedule",), ())],
    "a bad line": [("Did you mean the 27th or the 30th? The line was awful.", ("question",), ())],
    "bowing out": [("I'd rather bow out now than waste your afternoon.", ("decline",), ())],
    "moved, and said so": [("Is it possible to move Monday from 2 to 4?", ("propose", "reschedule"), ()), ("Could you move Tuesday's slot to the morning?", ("propose", "reschedule"), ())],
    "where one is is no question": [("Greetings from Lagos, where I'm fitting pumps until spring. Friday at 10, please.", ("pick",), (1,))],
    "sarcasm taken back": [("Oh sure, Friday at 10, because my boss loves it when I vanish. No, I can't.", ("reschedule",), ())],
}  # fmt: skip


@pytest.mark.parametrize(("text", "intents", "fits"), [case for cases in MEANT.values() for case in cases])
def test_what_is_meant_is_heard(text: str, intents: tuple[str, ...], fits: tuple[int, ...]) -> None:
    reply = read(text)
    assert (reply.intents, reply.fits) == (intents, fits)


@pytest.mark.parametrize(
    "text",
    [
        "Friday at 10am, provided my little girl's fever is gone by then",
        "Monday at 2, as long as the strike is over by then",
        "Tuesday at 3:30, assuming my cast is off by then",
        "Tuesday half three is a maybe, I'm waiting for the rota",
        "Option 2 is a maybe",
        "First and second are out, the other one works",
        "Friday at ten? I can't make that one",
        "Could I swap Friday at 10 for Monday at 2?",
        "Is it possible to move Monday from 2 to 4?",
        "Oh sure, Friday at 10, because my boss loves it when I vanish. No, I can't.",
        "I've struck out options 1 and 2",
        "Monday at 2 - my mistake, I'm away",
    ],
)
def test_a_condition_a_doubt_or_a_refusal_books_nothing(text: str) -> None:
    assert read(text).pick is None


def test_the_day_after_is_that_of_the_only_offer() -> None:
    windows = read("The day after at the same time?", OPTIONS[1:2]).windows
    assert [f"{window.start:%m-%d %H:%M}" for window in windows] == ["12-01 14:00"]


def test_the_day_after_one_that_is_named_follows_that_one() -> None:
    assert times("I'm flying back tomorrow. What about the afternoon of the day after?") == "11-27 12:00-18:00"
