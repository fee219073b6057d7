"""Understands a candidate's reply to offered times, and would rather ask than book a wrong one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval
from mianyue.understanding.reply.affirmed import affirmed
from mianyue.understanding.reply.choose import choose, on_offered_days
from mianyue.understanding.reply.dates import IsWorkday
from mianyue.understanding.reply.intents import Topic, asked, wants
from mianyue.understanding.reply.languages_of import languages_of
from mianyue.understanding.reply.lexicon import lexicon
from mianyue.understanding.reply.mentions import phrases
from mianyue.understanding.reply.own_words import own_words
from mianyue.understanding.reply.plain_text import plain
from mianyue.understanding.reply.polarity import judged
from mianyue.understanding.reply.resolve import Window, resolve, ruled_out
from mianyue.understanding.reply.said import Mention
from mianyue.understanding.reply.tokens import tokens

Intent = Literal["pick", "propose", "decline", "question", "reschedule", "late", "ill"]
LONGEST = 1500
"""Characters of a reply that are read; what stands behind is not."""
MOST = 40
"""Mentions that are read; who names more times is asked back."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and where it stands in the reply."""

    topic: Topic
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What a reply says.

    ``pick`` is the option (from 1) that may be booked without asking. Otherwise ``fits`` are those to ask about: one is a one-tap
    question, several a choice. ``windows`` are all times wanted, ``proposed`` those that no option meets, ``excluded`` those ruled
    out, ``rejected`` the options ruled out. ``intents`` stand with the leading one first; none means nothing to act upon.
    ``certainty`` is the grammar's own (0 to 1). ``mentions`` are the evidence, with places in the reply.
    """

    intents: tuple[Intent, ...]
    pick: int | None
    fits: tuple[int, ...]
    rejected: tuple[int, ...]
    windows: tuple[Window, ...]
    proposed: tuple[Window, ...]
    excluded: tuple[Window, ...]
    questions: tuple[Question, ...]
    mentions: tuple[Mention, ...]
    certainty: float


def monday_to_friday(day: date) -> bool:
    """The workday calendar of who has no other."""
    return day.weekday() < 5


def understand(
    text: str,
    options: Sequence[Interval],
    now: datetime,
    zone: ZoneInfo,
    *,
    is_workday: IsWorkday = monday_to_friday,
    booked: Interval | None = None,
    theirs: ZoneInfo | None = None,
) -> Reply:
    """What ``text`` says about ``options`` (in the order the candidate saw), which ``zone`` shows.

    ``booked`` is the time agreed so far, if any, from which an hour later counts; ``theirs`` the candidate's own zone, for "my
    time". Quoted letters and signatures are not read. What looks like an order to a machine is text like any other.
    Raises ValueError when ``now`` is naive.
    """
    own = own_words(text[:LONGEST])
    cut_short = len(text) > LONGEST and len(own.rstrip()) > LONGEST - 100
    read = plain(own)
    known = lexicon(languages_of(read.text))
    told = tokens(read.text, known)
    named = phrases(told)
    said = judged(told, named[:MOST])
    said = [replace(mention, asked=only_asked) for mention, only_asked in zip(said, asked(read.text, known, said), strict=True)]
    wish = wants(read.text, known, said)
    if wish.late:
        said = [mention for mention in said if mention.shift is None and mention.ahead is None]
    plainly = said
    if any(mention.shift for mention in said):
        # 明天的面试能往后延一天吗: the day before a shift is the one to be left.
        said = [replace(mention, asked=mention.asked or (bool(mention.days) and not mention.hours)) for mention in said]
    days = {option.start.astimezone(zone).date() for option in options}
    agreed = booked or (options[0] if len(options) == 1 else None)
    windows = resolve(said, now, zone, is_workday, offered=days, agreed=agreed, theirs=theirs)
    excluded = ruled_out(said, now, zone, is_workday, offered=days, theirs=theirs, near=windows)
    windows = tuple(on_offered_days(windows, options, zone))
    choice = choose(
        said,
        windows,
        excluded,
        options,
        accepts=wish.accepts and not wish.none_fits and not wish.decline,
        doubtful=cut_short
        or len(named) > MOST
        or not affirmed(told, plainly)
        or wish.unsure
        or wish.decline
        or wish.reschedule
        or wish.late
        or wish.ill
        or wish.none_fits
        or any(m.asked for m in said)
        or any(topic == "online" for topic, _, _ in wish.questions),
    )
    nothing_fits = wish.none_fits or bool(choice.rejected or excluded)
    intents: list[Intent] = []
    if choice.fits:
        intents.append("pick")
    if choice.proposed and (not choice.fits or _named(said)):
        intents.append("propose")
    if wish.decline and not intents:
        intents.append("decline")
    moved = any(mention.shift for mention in said) and not windows
    if wish.reschedule or moved or (nothing_fits and not intents):
        intents.append("reschedule")
    intents.extend(name for name, told_so in (("late", wish.late), ("ill", wish.ill)) if told_so)  # type: ignore[misc]
    if wish.questions:
        intents.append("question")
    return Reply(
        tuple(intents),
        choice.pick,
        choice.fits,
        choice.rejected,
        windows,
        choice.proposed,
        excluded,
        tuple(Question(topic, *read.span(start, end)) for topic, start, end in wish.questions),
        tuple(replace(m, start=span[0], end=span[1]) for m in said for span in (read.span(m.start, m.end),)),
        min((window.certainty for window in windows), default=0.9 if intents else 0.0),
    )


def _named(said: Sequence[Mention]) -> bool:
    return any(mention.option is not None and mention.option.which != "rest" and mention.polarity == "yes" for mention in said)
