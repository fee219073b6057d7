"""Understands a candidate's reply to offered times, and would rather ask than book a wrong one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval
from mianyue.understanding.reply.affirmed import affirmed, welcomed
from mianyue.understanding.reply.asides import chosen_directly, of_today, undecided, without_asides
from mianyue.understanding.reply.choose import BY_TIME, choose, on_offered_days
from mianyue.understanding.reply.clauses import clauses_of, elsewhere, gives_reason, says_free
from mianyue.understanding.reply.dates import IsWorkday
from mianyue.understanding.reply.intents import Topic, asked, quoted, wants
from mianyue.understanding.reply.languages_of import languages_of
from mianyue.understanding.reply.lexicon import lexicon
from mianyue.understanding.reply.mentions import phrases
from mianyue.understanding.reply.own_words import own_words
from mianyue.understanding.reply.plain_text import plain
from mianyue.understanding.reply.polarity import judged
from mianyue.understanding.reply.resolve import resolve, ruled_out
from mianyue.understanding.reply.said import Day, Mention, Option
from mianyue.understanding.reply.shifts import on_shifted_day
from mianyue.understanding.reply.tokens import tokens
from mianyue.understanding.reply.window import Window

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
    named = [_perhaps_option(mention, options, zone) for mention in phrases(told)]
    clauses = clauses_of(told, read.text)
    others = [(clause.start, clause.end) for clause in clauses if elsewhere(clause, named, known)]
    settled = [(clause.start, clause.end) for clause in clauses if says_free(clause, known)]
    said = judged(told, named[:MOST], others, settled)
    said = without_asides(clauses, said, known)
    said = [replace(m, asked=m.asked or only_quoted) for m, only_quoted in zip(said, quoted(read.text, known, said), strict=True)]
    asides = {mention.start for mention in said if mention.asked}
    first = wants(read.text, known, said)
    if first.ill or (first.late and not first.reschedule):
        # 今天肠胃炎, I'll be there at 10:15: when somebody fell ill, or comes, is no wish.
        said = [replace(mention, asked=mention.asked or of_today(mention, late=first.late)) for mention in said]
    said = [
        replace(mention, asked=mention.asked or only_asked)
        for mention, only_asked in zip(said, asked(read.text, known, said), strict=True)
    ]
    if any(chosen_directly(mention) for mention in said):  # 第二场吧，下午那个点精神好: what part of the day it has
        said = [replace(m, asked=m.asked or (bool(m.hours) and not m.days and all(h.start is None for h in m.hours))) for m in said]
        asides |= {mention.start for mention in said if mention.asked and mention.hours and not mention.days}
    wish = wants(read.text, known, said)
    if wish.late:
        said = [mention for mention in said if mention.shift is None and mention.ahead is None]
    if wish.hold:  # 三个时间先都别定: neither wanted nor refused
        unsettled = [clause for clause in clauses if known.intents["hold"].search(clause.text)]
        said = [replace(m, asked=m.asked or (m.option is not None and undecided(m, said, unsettled))) for m in said]
    postponed = known.intents.get("not_yet")
    if postponed is not None:  # don't book the Monday for me yet: no refusal
        later = [clause for clause in clauses if postponed.search(clause.text)]
        said = [replace(m, asked=m.asked or any(clause.names([m]) for clause in later)) for m in said]
    plainly = said
    if any(mention.shift for mention in said):
        # 明天的面试能往后延一天吗: the day before a shift is the one to be left.
        said = [replace(mention, asked=mention.asked or (bool(mention.days) and not mention.hours)) for mention in said]
    declined = wish.decline and not welcomed(clauses, plainly)
    if declined:
        said = [replace(mention, asked=True) for mention in said]
    days = {option.start.astimezone(zone).date() for option in options}
    agreed = booked or (options[0] if len(options) == 1 else None)
    if agreed is None and any(mention.shift for mention in said):
        # 第二个能晚半小时吗: what is named is where the shift begins.
        agreed = _named_with_shift(plainly, options, now, zone, is_workday, days)
        said = [replace(mention, asked=mention.asked or (mention.shift is None and agreed is not None)) for mention in said]
    if agreed is not None:
        said = on_shifted_day(said, agreed, now, zone)
    windows = resolve(said, now, zone, is_workday, offered=days, agreed=agreed, theirs=theirs)
    excluded = ruled_out(said, now, zone, is_workday, offered=days, theirs=theirs, near=windows)
    taken = [clause for clause in clauses if not says_free(clause, known) and not gives_reason(clause, known)]
    others_times = [
        replace(m, asked=False, polarity="yes")
        for m in said
        if not m.option and any(c.names([m]) for c in taken) and (m.start in asides or (m.polarity == "no" and not m.days))
    ]
    beside = on_offered_days(
        resolve(others_times, now, zone, is_workday, offered=days, agreed=agreed, theirs=theirs), options, zone
    )
    windows = tuple(on_offered_days(windows, options, zone))
    if wish.none_fits and windows and not welcomed(clauses, plainly) and _only_offered(windows, options):
        # 明天下午三点，真会挑，去不了: what was offered is only repeated.
        said = [replace(mention, asked=True) for mention in said]
        windows = ()
    if wish.reschedule or wish.none_fits:  # 三个时间我都飞，能不能换别的
        said = [
            replace(m, asked=m.asked or (m.polarity == "yes" and m.option is not None and m.option.which == "all")) for m in said
        ]
    choice = choose(
        said,
        windows,
        excluded,
        options,
        zone,
        aside=beside,
        firmly=wish.firmly,
        accepts=wish.accepts and not wish.none_fits and not wish.decline,
        refuses=wish.none_fits,
        doubtful=cut_short
        or len(named) > MOST
        or not affirmed(clauses, plainly, known)
        or wish.unsure
        or wish.hold
        or (known.plain is None and not wish.questions and known.intents["asks"].search(read.text) is not None)
        or wish.decline
        or wish.reschedule
        or wish.late
        or wish.ill
        or (wish.none_fits and not any(m.option is not None and m.polarity == "no" for m in said))
        or any(m.shift or (m.asked and m.start not in asides) for m in said)
        or (not wish.form_asked and any(topic == "online" for topic, _, _ in wish.questions)),
    )
    if len(choice.fits) == 1 and any(m.option and m.option.which in BY_TIME and not m.asked for m in said):
        windows = tuple(window for window in windows if window.hours_said)  # the later one on Wednesday: only which of them
    nothing_fits = wish.none_fits or bool(choice.rejected or excluded)
    intents: list[Intent] = []
    if choice.fits:
        intents.append("pick")
    if len(choice.fits) > 1 and windows and not _named(said):
        intents = ["propose"]
    elif choice.proposed and (not choice.fits or _named(said)):
        intents.append("propose")
    if declined or (wish.decline and not intents):
        intents.append("decline")
    moved = any(mention.shift for mention in said) and not windows
    if not declined and (wish.reschedule or moved or (nothing_fits and not intents)):
        intents.append("reschedule")
    if wish.late:
        intents.append("late")
    if wish.ill:
        intents.append("ill")
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


def _only_offered(windows: Sequence[Window], options: Sequence[Interval]) -> bool:
    return all(any(window.start == option.start for option in options) for window in windows)


def _perhaps_option(mention: Mention, options: Sequence[Interval], zone: ZoneInfo) -> Mention:
    """The 2nd, when no option is on a 2nd and there are two or more: the second option, to be asked about."""
    if len(mention.days) != 1 or mention.hours or mention.days[0] != Day("month_day", mention.days[0].number, name="ordinal"):
        return mention
    number = mention.days[0].number
    on_that_day = any(option.start.astimezone(zone).day == number for option in options)
    return mention if on_that_day or number > len(options) else replace(mention, days=(), option=Option("ordinal", number))


def _named_with_shift(
    said: Sequence[Mention],
    options: Sequence[Interval],
    now: datetime,
    zone: ZoneInfo,
    is_workday: IsWorkday,
    days: Collection[date],
) -> Interval | None:
    """The one option that is named beside a shift by number or day, if it is one."""
    named = [mention for mention in said if mention.shift is None and mention.polarity == "yes"]
    if not named:
        return None
    windows = resolve(named, now, zone, is_workday, offered=days)
    fits = choose(named, windows, (), options, zone, accepts=False, doubtful=True).fits
    return options[fits[0] - 1] if len(fits) == 1 else None


def _named(said: Sequence[Mention]) -> bool:
    return any(mention.option is not None and mention.option.which != "rest" and mention.polarity == "yes" for mention in said)
