"""Understands a candidate's reply to offered times, and would rather ask than book a wrong one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval
from mianyue.understanding.reply.affirmed import affirmed
from mianyue.understanding.reply.choose import BY_TIME, Choice, beside_refused, choose, of_no_day, on_offered_days
from mianyue.understanding.reply.dates import IsWorkday
from mianyue.understanding.reply.intents import Topic
from mianyue.understanding.reply.own_words import own_words
from mianyue.understanding.reply.plain_text import plain
from mianyue.understanding.reply.resolve import resolve, ruled_out
from mianyue.understanding.reply.said import Hours, Mention
from mianyue.understanding.reply.shifts import in_week_offered, on_each_day_offered, on_one_weekend, on_shifted_day
from mianyue.understanding.reply.window import Window
from mianyue.understanding.reply.wishes import Wishes, set_aside, wishes

Intent = Literal["pick", "propose", "decline", "question", "reschedule", "late", "ill"]
LONGEST = 1500
"""Characters of a reply that are read; what stands behind is not."""


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
    told = wishes(read.text, options, lambda option: option.start.astimezone(zone).day)
    days = tuple(sorted({option.start.astimezone(zone).date() for option in options}))  # in one order in every process
    said: Sequence[Mention] = on_one_weekend(told.said, now.astimezone(zone).date(), days)
    if told.known.tells("same_week", read.text):
        said = in_week_offered(said, options, now, zone)
    if told.known.tells("offered_days", read.text):
        said = on_each_day_offered(said, options, now, zone)
    agreed = booked or (options[0] if len(options) == 1 else None)
    if agreed is None and _same_hour(said, options, zone):
        agreed = options[0]
    if agreed is None:
        agreed, said = _same_as(said, options, now, zone, is_workday, days)
    if agreed is None and any(mention.shift for mention in said):
        # 第二个能晚半小时吗: what is named is where the shift begins.
        agreed = _named_with_shift(told.plainly, options, now, zone, is_workday, days)
        if agreed is not None:
            said = set_aside(said, lambda mention: mention.shift is None)
    if agreed is not None:
        said = on_shifted_day(said, agreed, now, zone)
    windows = resolve(said, now, zone, is_workday, offered=days, agreed=agreed, theirs=theirs)
    excluded = ruled_out(said, now, zone, is_workday, offered=days, theirs=theirs, near=windows)
    busy = [replace(mention, asked=False, polarity="yes") for mention in told.of_others(said)]
    beside = on_offered_days(resolve(busy, now, zone, is_workday, offered=days, agreed=agreed, theirs=theirs), options, zone)
    windows = tuple(on_offered_days(windows, options, zone))
    unplaced = of_no_day(windows, options) if agreed is None and options else []
    windows = (*(w for w in windows if w not in unplaced), *beside_refused(unplaced, excluded, options, zone))
    wish = told.wants
    if (wish.none_fits or wish.reschedule) and windows and told.refuses_last(read.text) and _only_offered(windows, options):
        # 明天下午三点，真会挑，去不了: what was offered is only repeated.
        said = set_aside(said, lambda _: True)
        windows = ()
    if wish.reschedule or wish.none_fits:  # 三个时间我都飞，能不能换别的
        said = set_aside(said, lambda m: m.polarity == "yes" and m.option is not None and m.option.which == "all")
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
        doubtful=cut_short or bool(unplaced) or _doubtful(told, said, read.text),
    )
    if len(choice.fits) == 1 and any(m.option and m.option.which in BY_TIME and not m.asked for m in said):
        windows = tuple(window for window in windows if window.hours_said)  # the later one on Wednesday: only which of them
    intents = _intents(told, said, choice, windows, excluded, other_hours=bool(unplaced))
    return Reply(
        intents,
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


def _doubtful(told: Wishes, said: Sequence[Mention], text: str) -> bool:
    """Whether anything in a reply forbids to book without asking, however exactly it names an option."""
    known, wish = told.known, told.wants
    asks = known.plain is None and not wish.questions and known.intents["asks"].search(text) is not None
    refuses_all = wish.none_fits and not any(m.option is not None and m.polarity == "no" for m in said)
    asks_form = not wish.form_asked and any(topic == "online" for topic, _, _ in wish.questions)
    return (
        told.crowded
        or not affirmed(told.clauses, told.plainly, known)
        or any((wish.unsure, wish.hold, wish.decline, wish.reschedule, wish.late, wish.ill, asks, refuses_all, asks_form))
        or any(m.shift or (m.asked and m.start not in told.asides) for m in said)
    )


def _intents(
    told: Wishes,
    said: Sequence[Mention],
    choice: Choice,
    windows: Sequence[Window],
    excluded: Sequence[Window],
    *,
    other_hours: bool,
) -> tuple[Intent, ...]:
    """What the writer wants, the leading intent first."""
    wish = told.wants
    found: list[Intent] = []
    if choice.fits:
        found.append("pick")
    if len(choice.fits) > 1 and windows and not _named(said):
        found = ["propose"]
    elif (choice.proposed and (not choice.fits or _named(said))) or (other_hours and not found):
        found.append("propose")
    if told.declined or (wish.decline and not found):
        found.append("decline")
    moved = any(mention.shift for mention in said) and not windows
    # Do you sponsor visas? Mine runs out in 14 months: beside a question, what takes away no option is a circumstance.
    nothing_fits = wish.none_fits or bool(choice.rejected) or (bool(excluded) and not wish.questions)
    if not told.declined and (wish.reschedule or moved or (nothing_fits and not found)):
        found.append("reschedule")
    if wish.late:
        found.append("late")
    if wish.ill:
        found.append("ill")
    if wish.questions:
        found.append("question")
    return tuple(found)


def _only_offered(windows: Sequence[Window], options: Sequence[Interval]) -> bool:
    return all(any(window.start == option.start for option in options) for window in windows)


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


def _same_hour(said: Sequence[Mention], options: Sequence[Interval], zone: ZoneInfo) -> bool:
    """Whether "the same time" is said, and all options begin at one."""
    same = any(hours.part == "same" for mention in said for hours in mention.hours)
    return same and len({option.start.astimezone(zone).time() for option in options}) == 1


def _same_as(
    said: Sequence[Mention],
    options: Sequence[Interval],
    now: datetime,
    zone: ZoneInfo,
    is_workday: IsWorkday,
    days: Collection[date],
) -> tuple[Interval | None, Sequence[Mention]]:
    """The option whose hour "the same time" is, and the wish at that hour: the Friday one on Thursday, same time."""
    same = (Hours(part="same"),)
    if not any(mention.hours == same for mention in said):
        return None, said
    fits: dict[int, tuple[int, ...]] = {}
    for mention in said:
        if mention.days and mention.hours in ((), same) and mention.polarity == "yes" and not mention.asked:
            windows = resolve([replace(mention, hours=())], now, zone, is_workday, offered=days)
            fits[mention.start] = choose([], windows, (), options, zone, accepts=False, doubtful=True).fits
    meant = {numbers for numbers in fits.values() if numbers}
    if len(meant) != 1 or len(numbers := meant.pop()) != 1 or all(fits.values()):
        return None, said
    return options[numbers[0] - 1], [replace(m, hours=same) for m in said if m.start in fits and not fits[m.start]]


def _named(said: Sequence[Mention]) -> bool:
    return any(mention.option is not None and mention.option.which != "rest" and mention.polarity == "yes" for mention in said)
