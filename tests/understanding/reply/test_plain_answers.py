"""What candidates answer in plain words, by families: giving up, other times, being late or ill, and two times of which one is no wish.

The clock stands at Wednesday 25 November 2026, 10:00 in Shanghai; Friday at ten, Monday at two and Tuesday at half past three are on offer.
"""

from __future__ import annotations

import pytest

from tests.understanding.reply.wednesday import ONE, OPTIONS, read, windows

INTENDED = {
    ("decline",): ["I'll count myself out, thank you.", "I think I'll sit this one out.", "I have to pull out, we're expecting a baby.", "I don't want to move forward with the application.", "I already accept an offer from other company.", "I have joined another firm, thank you.", "The job doesn't suit me, sorry.", "I don't feel the position is right for me.", "This is not the right time for me to change jobs.", "I decided to give up this opportunity.", "I'd like to give up.", "I don't want to come to the interview.", "I'm turning it down.", "Please remove my CV from your system.", "Let someone else have my place.", "I don't need the job any more.", "I'm no longer keen on the role.", "After thinking about it, it's a no.", "I'm gonna stay with my current company", "I have lost interest in the job.", "I've had a change of heart about moving jobs.", "My boss gave me a raise so I'm not leaving.", "I refuse this interview.", "I think we can stop here, thank you.", "Going with the job nearer to my flat, thanks anyway"],
    ("reschedule",): ["Sorry, those are all during my exams", "they all fall within working hours", "Friday isn't a good time for me, anything else?", "This one doesn't fit my schedule, sorry, anything else?", "I'll have to turn down all three times, can you offer another day?", "I've got stocktake on all of those dates", "I'm afraid I am engaged on all three afternoons.", "My exam got moved and now it clashes with all three.", "sorry but i am busy in all of the three time", "Can you give me more choices?", "These times don't fit with my shifts.", "Sorry, all taken up with exams then.", "I saw \"Monday 30 November 14:00\" in your mail. I can't do that.", "Please release the second slot, I won't be needing it", "I will not be able to attend at those times, is there a later date?", "None of them work: earlies on Friday and Monday", "I'm not available at either time, sorry"],
    ("question",): ["How long will it last? My train home leaves at 6.", "Do you pay for training? My certificate runs out in 10 months.", "Is the job full time? I have a class on Thursday evenings.", "Should I take my CV with me?", "If I accept the job, when would I start?", "I didn't receive the link.", "We haven't got the joining details", "Is the Monday slot with the same panel as the Friday one?", "Is Friday longer than Monday?", "Are Friday and Monday with the same people?"],
    ("late",): ["bus didnt turn up, be there 20 past", "stuck at the level crossing, with you in ten", "Just parking now, give me five minutes.", "Please wait me, the elevator has long queue", "The lift is broken, climbing 20 floors, be there soon", "The train is not moving, I'll be late"],
    ("reschedule", "ill"): ["I catch a cold and lose my voice, hope to change another day.", "I had surgery on my tooth and can't talk, please change to another day", "I've been sick all night, can't do today. When could we do it instead?"],
    ("pick",): ["first ones great", "The second one, my manager has signed off so it's all sorted", "Maybe the third, will know more soon", "I decided to go with the third option", "I've chosen the second slot", "I don't need anything special, the first slot works", "I'm very interested, second option please", "I'll go for the first time on your list", "I'd rather not take the morning one. Monday at 2."],
}  # fmt: skip


@pytest.mark.parametrize(("text", "intents"), [(text, intents) for intents, texts in INTENDED.items() for text in texts])
def test_the_intent_is_heard_and_no_time_is_made_up(text: str, intents: tuple[str, ...]) -> None:
    reply = read(text)
    assert (set(reply.intents), [window for window in reply.windows if not window.hours_said]) == (set(intents), [])


WISHED = {
    "an hour that points at the option": [("The 2pm one", "11-30 14:00"), ("I'd like the 10am slot, that gives me time to get across town", "11-27 10:00")],
    "who is away until a day": [("We have inspectors in until Tuesday. The week after next would be better.", "12-07; 12-08; 12-09; 12-10; 12-11"), ("I'm away until Tuesday, the week after next then", "12-07; 12-08; 12-09; 12-10; 12-11")],
    "what comes right after the hour wished for": [("Could it be Saturday at 9? I have to be at the market after that.", "11-28 09:00"), ("Please move it to Thursday 26 November at 5pm. I have to travel right after that.", "11-26 17:00"), ("Thursday at 3 or any time after that", "11-26 15:00; 11-26 15:00-20:00"), ("I'm at work until 4 on Thursday, after that I'm free", "11-26 16:00-20:00")],
    "a day that is a feast": [("Friday is Thanksgiving here, Saturday at 11?", "11-28 11:00"), ("The 26th is a public holiday, what about the 28th?", "11-28")],
    "what has to be known before choosing": [("Before I choose: is the Monday one on site or by video?", ""), ("Who interviews on Monday? I'll pick after that", ""), ("I'll choose after I know who comes on Friday", "")],
    "a day of the month before its hour": [("Saturday 5, 11am", "12-05 11:00"), ("Thursday 3, 15:00", "12-03 15:00"), ("Thursday at 2, 3pm", "11-26 14:00; 11-26 15:00"), ("Monday 2, Tuesday 15:30", "11-30 14:00; 12-01 15:30")],
    "until when one has the car": [("I have the car on Friday until 3pm, would that do?", "11-27 08:00-15:00")],
    "what happens at the other time": [("We open at 12 on Saturdays, so 10 on Saturday would work", "11-28 10:00"), ("Wednesday is my late shift, 1 to 9, so Thursday at 10", "11-26 10:00"), ("I babysit on Monday afternoons and Friday is my day at college. Tuesday half three then.", "12-01 15:30"), ("Is Thursday 3 December at 4 possible? I give a talk at 2 that day.", "12-03 16:00"), ("My wife works Friday so I have the kids, but Saturday morning she's home and I can come", "11-28 08:00-12:00"), ("How about Saturday 5 December at 9? I'm back from leave on the 4th.", "12-05 09:00"), ("wed 2 dec from 13:30 to 15:15 is the gap between my two ferries", "12-02 13:30-15:15")],
    "days told before a comma": [("I'm on site Monday to Thursday next week, Friday morning I'm in the office and can talk", "12-04 08:00-12:00"), ("Since I'm in Xi'an from the 1st to the 7th, the 8th is the earliest", "12-08"), ("Tuesday please, Wednesday I'm flying at 9", "12-01"), ("Not this week please, Monday at 3", "11-30 15:00"), ("Sunday 11am? I can't get away during the week", "11-29 11:00")],
    "when something else is over": [("Tuesday 10am is good before prep starts at 12", "12-01 10:00"), ("Tuesday 9.15 would suit me, once the boys are dropped off at 8.40", "12-01 09:15"), ("Friday 9 instead of 10 would let me catch my 11 o'clock train", "11-27 09:00"), ("Tuesday 15:30 is good, by then my 14:00 meeting is over", "12-01 15:30"), ("Thursday the 3rd, ten o'clock. I'll take the morning off the farm.", "12-03 10:00")],
    "the same time on another day": [("Can we do the same time as Monday but on Wednesday?", "12-02 14:00"), ("Could the Friday one be on Thursday instead, same time?", "11-26 10:00"), ("Same time on Monday?", "11-30")],
    "the week after what is named": [("Monday at 2 is good but can it be the following week?", "12-07 14:00"), ("Friday at 10 but the following week please", "12-04 10:00")],
    "moved by a length": [("put Monday back by an hour?", "11-30 15:00"), ("Could you bring Tuesday forward by half an hour?", "12-01 15:00"), ("Could Friday go back half an hour?", "11-27 10:30")],
    "one that may be gone": [("If Friday has gone, Tuesday", "12-01"), ("If the Monday is already taken, Thursday at 9", "11-26 09:00")],
    "more or less than another": [("I'd rather have Monday at 2 than Tuesday at 3:30", "11-30 14:00"), ("No later than Tuesday would be good", "11-25; 11-26; 11-27; 11-30; 12-01")],
    "numbers of the month beside weekdays": [("Either Tuesday 8 or Thursday 10 December", "12-08; 12-10"), ("Sat 12 or Sun 13 Dec, 2pm either day", "12-12 14:00; 12-13 14:00"), ("Thursday 10 December or Friday 11", "12-10; 12-11"), ("Mon 14, Wed 9 or Fri 18 December", "12-09; 12-14; 12-18"), ("Thursday 2 or Friday 3", "11-26 14:00; 11-27 15:00")],
    "a but that excepts": [("any day next week but Friday", "11-30; 12-01; 12-02; 12-03"), ("Every day next week but Tuesday works", "11-30; 12-02; 12-03; 12-04"), ("I could do next week but Monday and Tuesday are out", "12-02; 12-03; 12-04"), ("This week is full except tomorrow at 5", "11-26 17:00")],
    "weekdays of a week told by its date": [("The week of 7 December, Tuesday or Thursday", "12-08; 12-10"), ("Tuesday or Thursday in the week of 7 December", "12-08; 12-10"), ("the week of 14 December, Thursday at 3pm", "12-17 15:00"), ("Could you do the week of 7 December? Thursday is best.", "12-10"), ("I'm in Rome the week of 7 December. Thursday at 3 is good.", "11-26 15:00"), ("Weekday mornings next week, except on Tuesday", "11-30 08:00-12:00; 12-02 08:00-12:00; 12-03 08:00-12:00; 12-04 08:00-12:00")],
    "a day said again with its hour": [("Sunday may be unusual but Sunday at 3 is when I'm free", "11-29 15:00"), ("Thursday at 2 is when I'm in surgery, 4 is fine", "11-26 16:00")],
    "one instant on two clocks": [("Thursday 8am London time, that's 4pm your time", "11-26 16:00"), ("Thursday 9am my time, 5pm your time", "11-26 17:00"), ("Thursday 4pm China time (8am for me)", "11-26 16:00"), ("Could we do 10am Berlin time on Thursday, so 5pm for you?", "11-26 17:00")],
    "time that the writer has": [("I have all day Saturday", "11-28"), ("I've got Thursday afternoon", "11-26 12:00-18:00"), ("I have to work Thursday and Friday but I have Saturday", "11-28"), ("I have Thursday at 3 with a client, so Saturday at 3", "11-28 15:00")],
    "the eve of the lunar year": [("Lunar New Year's Eve at 10 would be fine", "02-05 10:00")],
    "between two hours or two days": [("four or five tomorrow", "11-26 16:00-17:00"), ("two or three in the afternoon on Sunday", "11-29 14:00-15:00"), ("between the 8th and 10th of December", "12-08; 12-09; 12-10")],
    "shifts, the past, and what was offered": [("Sunday works for me. I'm on nights Thursday and Friday and would be dead tired.", "11-29"), ("I'm 9 to 5 on Thursday, so 6pm", "11-26 18:00"), ("Saturday at 10, I need to be at the station by 12", "11-28 10:00"), ("I applied on 3 November and I can do Thursday 3 December at 11", "12-03 11:00"), ("I could start on 1 January. Saturday at 2 for the interview?", "11-28 14:00"), ("You offered Monday at 2 but could we do Monday at 4?", "11-30 16:00"), ("Your mail says 10 on Friday; I can do 11 on Friday", "11-27 11:00"), ("Thursday at 3, sorry, 4", "11-26 16:00"), ("Since the exam is on 4 December, 7 December would be good", "12-07")],
    "hours that go on": [("tomorrow works, 9 to 11", "11-26 09:00-11:00"), ("My Thursday shift moved to the afternoon, so 10 works", "11-26 10:00")],
    "hours behind a day that is excepted": [("Every day next week but Tuesday, 9 till 11 in the morning", "11-30 09:00-11:00; 12-02 09:00-11:00; 12-03 09:00-11:00; 12-04 09:00-11:00"), ("Any afternoon next week except Friday, when I have a lab", "11-30 12:00-18:00; 12-01 12:00-18:00; 12-02 12:00-18:00; 12-03 12:00-18:00"), ("any evening but Wednesday next week", "11-30 18:00-20:00; 12-01 18:00-20:00; 12-03 18:00-20:00; 12-04 18:00-20:00"), ("any day next week but the 3rd", "11-30; 12-01; 12-02; 12-04")],
    "a limit within a part of the day": [("Thursday morning is all I have, not before 9 though", "11-26 09:00-12:00"), ("Thursday afternoon, before 5", "11-26 12:00-17:00"), ("Saturday afternoon works, ideally from 3", "11-28 15:00-20:00"), ("Thursday evening, until 7", "11-26 18:00-19:00")],
    "the last day with hours of its own": [("Can do mornings Monday to Wednesday next week and Friday from 2", "11-30 08:00-12:00; 12-01 08:00-12:00; 12-02 08:00-12:00; 12-04 14:00-20:00"), ("evenings on Monday and Thursday from 5.30", "11-26 17:30-20:00; 11-30 17:30-20:00"), ("Mornings are fine except Friday", "11-26 08:00-12:00; 11-30 08:00-12:00; 12-01 08:00-12:00; 12-02 08:00-12:00"), ("Mornings are bad except Friday", "11-27 08:00-12:00"), ("This week is full, except tomorrow at 4", "11-26 16:00"), ("All but Friday, 3pm", "11-26 15:00; 11-30 15:00; 12-01 15:00; 12-02 15:00"), ("Apart from Monday, any time after 4", "11-26 16:00-20:00; 11-27 16:00-20:00; 12-01 16:00-20:00; 12-02 16:00-20:00")],
    "weeks on": [("Tues week at 4 would suit", "12-08 16:00"), ("Two weeks from now, Thursday at 9", "12-10 09:00"), ("In a fortnight, on the Monday", "12-07"), ("Today, Thursday or Friday", "11-25; 11-26; 11-27"), ("tomorrow, Thursday, at 3", "11-26 15:00"), ("I'm free until 4 on Thursday, tomorrow I mean", "11-26 08:00-16:00")],
    "numbers that are no hours": [("I look after 8 patients, Saturday at 11?", "11-28 11:00"), ("I look after 12 of them", ""), ("Friday 4, 9.30am", "12-04 09:30"), ("Thursday at 9, 10 or 11", "11-26 09:00; 11-26 10:00; 11-26 11:00")],
    "what is only asked or left": [("Is 8 too early on Thursday?", "11-26 08:00"), ("Any chance of 11 on Friday rather than 10?", "11-27 11:00"), ("Move Friday to Thursday please", "11-26"), ("Saturday the 5th, 4pm. I'd rather not do it in a hurry.", "12-05 16:00"), ("I've booked Thursday off, so any time that day", "11-26"), ("I've got a sitter on Thursday until 3pm", "11-26 08:00-15:00")],
    "short for parts of the day": [("thurs aft", "11-26 12:00-18:00"), ("sat any time b4 6", "11-28 08:00-18:00")],
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case for cases in WISHED.values() for case in cases])
def test_of_several_times_the_one_wished_for_is_read(text: str, expected: str) -> None:
    assert "; ".join(windows(text)) == expected


def test_the_same_time_a_week_on_is_counted_from_the_only_offer() -> None:
    assert windows("Same time the following week?", ONE) == ["12-17 09:30"]


def test_a_weekday_told_beside_tomorrow_is_tomorrow() -> None:
    assert windows("Tomorrow, Thursday, at 3", ONE) == ["11-26 15:00"]


@pytest.mark.parametrize(
    "text",
    [
        "I have one offer already, so I won't come on Monday at 2",
        "If Friday has gone, Tuesday at 3:30",
        "Monday at 2 is good but can it be the following week?",
        "Could the Friday one be on Tuesday at 3:30 instead?",
        "put Monday back by an hour?",
        "I'd rather not take the first one",
        "I've chosen another company, sorry, not the second one",
        "I saw the Monday slot in your mail, I can't do that",
        "Tuesday at 3:30 is my clinic",
        "We open at 10 on Friday",
    ],
)
def test_what_is_only_told_or_refused_books_nothing(text: str) -> None:
    assert read(text, OPTIONS).pick is None


@pytest.mark.parametrize(
    "text",
    ["Option 2 is not ok.", "The second time I'd rather avoid", "The second one I have school", "Sorry, the second I'm not around"],
)
def test_a_time_refused_in_plain_words_is_not_asked_about(text: str) -> None:
    assert 2 not in read(text).fits
