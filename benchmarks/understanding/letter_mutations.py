"""Ways in which a finished letter can go wrong, each a small change of what its reader sees; all draw on one seed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date, timedelta

from mianyue.domain.notices.dates import times_of
from mianyue.domain.notices.facts import LetterFacts

Mutation = Callable[[str, LetterFacts, random.Random], str]
"""Changes a text; returns it as it was where there is nothing of the kind to change."""

_CHINESE_DATE = re.compile(r"(?:(\d{4}) 年 )?(\d{1,2}) 月 (\d{1,2}) 日 周(.)")
_CLOCK = re.compile(r"(?<![\d:])\d{1,2}[:.]\d{2}(?![\d:])")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec", "June", "July")
_ENGLISH_DAY = re.compile(r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b")
_LOOKALIKES = {
    "a": "а",
    "e": "е",
    "o": "о",
    "p": "р",
    "c": "с",
    "x": "х",
    "i": "і",
    "A": "А",
    "B": "В",
    "K": "К",
    "R": "Я",
    "O": "О",
}
_DIGITS = {str(n): (chr(0xFF10 + n), chr(0x0660 + n), "〇一二三四五六七八九"[n]) for n in range(10)}
_INVISIBLE = ("\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e", "\u2066", "\u0007")
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen")
_ADDED = {
    True: (
        "也可以 12 月 8 日来。",
        "也可以下午三点半来。",
        "明天上午见。",
        "下周三 15:30 也行。",
        "面试改到周五。",
        "请于九时前到。",
        "时间是 2027-01-05。",
    ),
    False: (
        "Or come on 8 December.",
        "Or come at 3 pm.",
        "See you tomorrow morning.",
        "Friday works too.",
        "Half past three is fine too.",
        "Please be there by nine o'clock.",
        "It is at 15:30.",
    ),
}


def _at_random(pattern: str | re.Pattern[str], text: str, dice: random.Random, new: Callable[[re.Match[str]], str]) -> str:
    found = list(re.finditer(pattern, text))
    if not found:
        return text
    match = dice.choice(found)
    return text[: match.start()] + new(match) + text[match.end() :]


def digit_of_a_time(text: str, facts: LetterFacts, dice: random.Random) -> str:
    def other(match: re.Match[str]) -> str:
        places = [n for n, char in enumerate(match[0]) if char.isdigit()]
        place = dice.choice(places)
        return match[0][:place] + dice.choice([d for d in "0123456789" if d != match[0][place]]) + match[0][place + 1 :]

    return _at_random(_CLOCK, text, dice, other)


def digit_anywhere(text: str, facts: LetterFacts, dice: random.Random) -> str:
    return _at_random(r"\d", text, dice, lambda match: dice.choice([d for d in "0123456789" if d != match[0]]))


def date_a_week_on(text: str, facts: LetterFacts, dice: random.Random) -> str:
    """The hardest: the weekday still fits."""

    def chinese(match: re.Match[str]) -> str:
        year = int(match[1]) if match[1] else facts.now.year
        moved = date(year, int(match[2]), int(match[3])) + timedelta(days=7 * dice.choice((-1, 1)))
        return f"{f'{moved.year} 年 ' if match[1] else ''}{moved.month} 月 {moved.day} 日 周{match[4]}"

    if _CHINESE_DATE.search(text):
        return _at_random(_CHINESE_DATE, text, dice, chinese)
    months = "|".join(_MONTHS)
    day = rf"(?<=[a-z] )\d{{1,2}}(?= (?:{months}))|(?<=(?:[A-Z][a-z][a-z] ))\d{{1,2}}(?=[, ])"
    return _at_random(day, text, dice, lambda match: str(int(match[0]) + (7 if int(match[0]) <= 20 else -7)))


def weekday_swapped(text: str, facts: LetterFacts, dice: random.Random) -> str:
    if re.search("周[一二三四五六日]", text):
        return _at_random("(?<=周)[一二三四五六日]", text, dice, lambda m: dice.choice([d for d in "一二三四五六日" if d != m[0]]))
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    return _at_random(_ENGLISH_DAY, text, dice, lambda m: dice.choice([d for d in days if d != m[0]]))


def month_changed(text: str, facts: LetterFacts, dice: random.Random) -> str:
    if re.search(r"\d 月", text):
        return _at_random(r"\d{1,2}(?= 月)", text, dice, lambda m: str(int(m[0]) % 12 + 1))
    return _at_random(rf"\b(?:{'|'.join(_MONTHS)})\b", text, dice, lambda m: dice.choice([x for x in _MONTHS if x[:3] != m[0][:3]]))


def year_added(text: str, facts: LetterFacts, dice: random.Random) -> str:
    if re.search(r"(?<!年 )\b\d{1,2} 月", text):
        return _at_random(r"(?<!年 )(?<!\d)(?=\d{1,2} 月)", text, dice, lambda m: f"{facts.now.year + 2} 年 ")
    return _at_random(rf"(?<=\d )(?:{'|'.join(_MONTHS)})(?=[, ])", text, dice, lambda m: f"{m[0]} {facts.now.year + 2}")


def half_of_the_day(text: str, facts: LetterFacts, dice: random.Random) -> str:
    flipped = {"AM": "PM", "PM": "AM", "am": "pm", "pm": "am", "a.m.": "p.m.", "p.m.": "a.m.", "上午": "下午", "下午": "上午"}
    if re.search(r"\d ?(?:[AP]M|[ap]\.?m\b)|[上下]午", text):
        return _at_random(r"\b(?:AM|PM|am|pm|a\.m\.|p\.m\.)|上午|下午", text, dice, lambda m: flipped[m[0]])
    return _at_random(_CLOCK, text, dice, lambda m: f"下午{m[0]}" if "月" in text else f"{m[0]} PM")


def numeral_script(text: str, facts: LetterFacts, dice: random.Random) -> str:
    return _at_random(r"\d", text, dice, lambda m: dice.choice(_DIGITS[m[0]]))


def hour_in_words(text: str, facts: LetterFacts, dice: random.Random) -> str:
    def said(match: re.Match[str]) -> str:
        hour = int(re.split("[:.]", match[0])[0])
        return f"{'〇一二三四五六七八九十'[hour % 11]}点" if "月" in text else f"{_WORDS[hour % 14]} o'clock"

    return _at_random(_CLOCK, text, dice, said)


def zone_changed(text: str, facts: LetterFacts, dice: random.Random) -> str:
    if "时间）" in text or "时间，" in text:
        return _at_random(
            r"(?<=（)[^（）]{1,12}时间(?=[，）])", text, dice, lambda m: "东京时间" if m[0] != "东京时间" else "北京时间"
        )
    return _at_random(
        r"(?<=\()[A-Z][\w .]{1,20} time(?=[;)])", text, dice, lambda m: "Tokyo time" if m[0] != "Tokyo time" else "Paris time"
    )


def _swapped_letter(word: str, dice: random.Random) -> str:
    place = dice.randrange(len(word))
    others = "王刘明华" if "\u3400" <= word[place] <= "\u9fff" else "qjzv"
    return word[:place] + dice.choice([char for char in others if char != word[place]]) + word[place + 1 :]


def _of_facts(values: Callable[[LetterFacts], list[str]]) -> Mutation:
    def mutate(text: str, facts: LetterFacts, dice: random.Random) -> str:
        there = [value for value in values(facts) if value and value in text]
        if not there:
            return text
        value = dice.choice(there)
        return _at_random(re.escape(value), text, dice, lambda m: _swapped_letter(value, dice))

    return mutate


def room_letter(text: str, facts: LetterFacts, dice: random.Random) -> str:
    rooms = [room for room in {*(option.room_name for option in facts.options), facts.room} if room and room in text]
    if not rooms:
        return text
    room = dice.choice(sorted(rooms))
    other = room[:-1] + dice.choice([char for char in "ABC123厅" if char != room[-1]])
    return _at_random(re.escape(room), text, dice, lambda m: other)


def exchanged_options(text: str, facts: LetterFacts, dice: random.Random) -> str:
    """The times of two options change places; their numbers and links stay."""
    spoken = [times_of(facts).span(option.interval) for option in facts.options]
    first, second = dice.sample(spoken, 2)
    if first not in text or second not in text:
        return text
    return text.replace(first, "\0").replace(second, first).replace("\0", second)


def _line(change: Callable[[list[str], int, random.Random], None]) -> Mutation:
    def mutate(text: str, facts: LetterFacts, dice: random.Random) -> str:
        lines = text.split("\n")
        full = [n for n, line in enumerate(lines) if line.strip()]
        if len(full) < 2:
            return text
        change(lines, dice.choice(full), dice)
        return "\n".join(lines)

    return mutate


def link_changed(text: str, facts: LetterFacts, dice: random.Random) -> str:
    links = [option.link for option in facts.options] + [facts.page_link, "https://evil.example/x"]
    there = [link for link in links[:-1] if link in text]
    if not there:
        return text
    old = dice.choice(there)
    return text.replace(old, dice.choice([link for link in links if link != old]), 1)


def sentence_added(text: str, facts: LetterFacts, dice: random.Random) -> str:
    added = dice.choice(_ADDED["月" in text or "您" in text])
    lines = text.split("\n")
    full = [n for n, line in enumerate(lines) if line.strip()]
    if not full:
        return text
    place = dice.choice(full)
    lines[place] = f"{lines[place]} {added}"
    return "\n".join(lines)


def look_alike(text: str, facts: LetterFacts, dice: random.Random) -> str:
    return _at_random(f"[{''.join(_LOOKALIKES)}]", text, dice, lambda m: _LOOKALIKES[m[0]])


def wide_digit(text: str, facts: LetterFacts, dice: random.Random) -> str:
    return _at_random(r"\d", text, dice, lambda m: chr(0xFF10 + int(m[0])))


def invisible(text: str, facts: LetterFacts, dice: random.Random) -> str:
    return _at_random(r"(?<=[\w\u3400-\u9fff])(?=[\w\u3400-\u9fff])", text, dice, lambda m: dice.choice(_INVISIBLE))


def _insert_again(lines: list[str], place: int, dice: random.Random) -> None:
    lines.insert(place, lines[place])


def _drop(lines: list[str], place: int, dice: random.Random) -> None:
    del lines[place]


MUTATIONS: dict[str, Mutation] = {
    "digit of a time": digit_of_a_time,
    "any digit": digit_anywhere,
    "date a week on": date_a_week_on,
    "weekday": weekday_swapped,
    "month": month_changed,
    "year": year_added,
    "half of the day": half_of_the_day,
    "numeral script": numeral_script,
    "hour in words": hour_in_words,
    "zone": zone_changed,
    "room": room_letter,
    "person": _of_facts(lambda facts: [facts.recipient.name, *(person.name for person in facts.interviewers)]),
    "job or company": _of_facts(lambda facts: [facts.job_title, facts.company]),
    "round": _of_facts(lambda facts: [facts.round_name]),
    "address": _of_facts(lambda facts: [facts.place.address if facts.place else ""]),
    "contact": _of_facts(lambda facts: [facts.contact.email, facts.contact.phone, facts.privacy.email]),
    "options exchanged": exchanged_options,
    "line twice": _line(_insert_again),
    "line dropped": _line(_drop),
    "link": link_changed,
    "time added": sentence_added,
    "look-alike letter": look_alike,
    "wide digit": wide_digit,
    "invisible sign": invisible,
}
