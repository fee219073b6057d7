"""Tells which of the times that a reply names are wished for: not those asked about, quoted, undecided, or of something else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from mianyue.base.interval import Interval
from mianyue.understanding.reply.affirmed import welcomed
from mianyue.understanding.reply.asides import chosen_directly, of_today, undecided, without_asides
from mianyue.understanding.reply.clauses import Clause, clauses_of, elsewhere, gives_reason, says_free
from mianyue.understanding.reply.intents import Wants, asked, ill, late, quoted, wants
from mianyue.understanding.reply.languages_of import languages_of
from mianyue.understanding.reply.lexicon import Lexicon, lexicon
from mianyue.understanding.reply.mentions import phrases
from mianyue.understanding.reply.polarity import judged
from mianyue.understanding.reply.said import Day, Mention, Option
from mianyue.understanding.reply.tokens import Token, tokens

MOST = 40
"""Mentions that are read; who names more times is asked back."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a plain text says, before any of it is a time of the calendar.

    ``said`` are its mentions: ``asked`` marks those that are no wish, ``polarity`` tells the wanted from the refused. ``plainly`` are
    the same before a shift or a withdrawal put any aside. ``asides`` are the places of those that belong to other things.
    ``declined``: the writer withdraws, and welcomes no time. ``crowded``: more times are named than are read.
    """

    known: Lexicon
    clauses: tuple[Clause, ...]
    said: tuple[Mention, ...]
    plainly: tuple[Mention, ...]
    asides: frozenset[int]
    wants: Wants
    declined: bool
    crowded: bool

    def welcomes(self) -> bool:
        """Whether a word welcomes one of the times named."""
        return welcomed(self.clauses, self.plainly)

    def refuses_last(self, text: str) -> bool:
        """Whether a refusal of all, or a wish for others, stands behind the last time named in a plain text, and no word welcomes one."""
        last = max((mention.start for mention in self.said if _wanted(mention)), default=0)
        return not self.welcomes() and any(
            found.end() > last
            for intent in ("none", "reschedule")
            if intent in self.known.intents
            for found in self.known.intents[intent].finditer(text)
        )

    def of_others(self, said: Sequence[Mention]) -> list[Mention]:
        """The times among ``said`` at which the writer is busy with other things: nothing may be booked on them."""
        taken = [clause for clause in self.clauses if not says_free(clause, self.known) and not gives_reason(clause, self.known)]
        return [
            mention
            for mention in said
            if not mention.option
            and any(clause.names([mention]) for clause in taken)
            and (mention.start in self.asides or (mention.polarity == "no" and not mention.days))
        ]


def wishes(text: str, options: Sequence[Interval], day_of: Callable[[Interval], int]) -> Wishes:
    """Reads a plain text about ``options``; ``day_of`` gives the day of the month on which one begins where it is shown."""
    known = lexicon(languages_of(text))
    told = [_perhaps_hour(token, len(options)) for token in tokens(text, known)]
    read = phrases(told)
    in_a_week = any(day.kind == "week" for mention in read for day in mention.days)  # any day next week but the 2nd
    named = read if in_a_week else [_perhaps_option(mention, options, day_of) for mention in read]
    clauses = clauses_of(told, text)
    said, asides = _without_other_things(named, told, clauses, text, known)
    wish = wants(text, known, said)
    if wish.late:
        said = [mention for mention in said if mention.shift is None and mention.ahead is None]
    plainly = _without_undecided(said, clauses, known, hold=wish.hold)
    said = plainly
    if any(mention.shift for mention in said):
        # 明天的面试能往后延一天吗: the day before a shift is the one to be left.
        said = set_aside(said, lambda mention: bool(mention.days) and not mention.hours)
    declined = wish.decline and not welcomed(clauses, plainly)
    if declined:
        said = set_aside(said, lambda _: True)
    return Wishes(known, tuple(clauses), tuple(said), tuple(plainly), frozenset(asides), wish, declined, crowded=len(named) > MOST)


def set_aside(said: Sequence[Mention], which: Callable[[Mention], bool]) -> list[Mention]:
    """``said`` with those marked as no wish that ``which`` tells."""
    return [replace(mention, asked=mention.asked or which(mention)) for mention in said]


def _perhaps_hour(token: Token, offered: int) -> Token:
    """Can you do 5, where three are offered: no option, so an hour."""
    number = token.parts.get("n", "") if token.kind == "option" and "perhaps" in token.parts and "n2" not in token.parts else ""
    return replace(token, kind="clock", parts={"hour": number}) if number.isdigit() and 0 < offered < int(number) else token


def _perhaps_option(mention: Mention, options: Sequence[Interval], day_of: Callable[[Interval], int]) -> Mention:
    """The 2nd, when no option is on a 2nd and there are two or more: the second option, to be asked about."""
    if len(mention.days) != 1 or mention.hours or mention.days[0] != Day("month_day", mention.days[0].number, name="ordinal"):
        return mention
    number = mention.days[0].number
    on_that_day = any(day_of(option) == number for option in options)
    return mention if on_that_day or number > len(options) else replace(mention, days=(), option=Option("ordinal", number))


def _without_other_things(
    named: Sequence[Mention], told: Sequence[Token], clauses: Sequence[Clause], text: str, known: Lexicon
) -> tuple[list[Mention], set[int]]:
    """What is said of the times named, with those of other things set aside, and the places of these."""
    others = [(clause.start, clause.end) for clause in clauses if elsewhere(clause, named, known)]
    settled = [(clause.start, clause.end) for clause in clauses if says_free(clause, known)]
    said = without_asides(clauses, judged(told, named[:MOST], others, settled), known)
    said = _among(said, quoted(text, known, said))
    asides = {mention.start for mention in said if mention.asked}
    comes_late = late(text, known)
    if ill(text, known) or (comes_late and not known.tells("reschedule", text)):
        # 今天肠胃炎, I'll be there at 10:15: when somebody fell ill, or comes, is no wish.
        said = set_aside(said, lambda mention: of_today(mention, late=comes_late))
    said = _among(said, asked(text, known, said))
    if any(chosen_directly(mention) for mention in said):  # 第二场吧，下午那个点精神好: what part of the day it has
        said = set_aside(said, lambda m: bool(m.hours) and not m.days and all(h.start is None for h in m.hours))
        asides |= {mention.start for mention in said if mention.asked and mention.hours and not mention.days}
    return said, asides


def _among(said: Sequence[Mention], marked: Sequence[bool]) -> list[Mention]:
    return [replace(mention, asked=mention.asked or mark) for mention, mark in zip(said, marked, strict=True)]


def _without_undecided(said: list[Mention], clauses: Sequence[Clause], known: Lexicon, *, hold: bool) -> list[Mention]:
    """三个时间先都别定, don't book the Monday for me yet: neither wanted nor refused."""
    if hold:
        unsettled = [clause for clause in clauses if known.intents["hold"].search(clause.text)]
        said = set_aside(said, lambda mention: mention.option is not None and undecided(mention, said, unsettled))
    postponed = known.intents.get("not_yet")
    if postponed is not None:
        later = [clause for clause in clauses if postponed.search(clause.text)]
        said = set_aside(said, lambda mention: any(clause.names([mention]) for clause in later))
    wavers = known.intents.get("wavers")
    if wavers is not None:
        loose = [clause for clause in clauses if wavers.search(clause.text)]
        if any(_wanted(mention) and not any(clause.names([mention]) for clause in loose) for mention in said):
            # 周五得看排班，周二可以: beside a time that is sure, one that isn't is no wish.
            said = set_aside(said, lambda mention: _wanted(mention) and any(clause.names([mention]) for clause in loose))
    return _without_sequels(_without_echoes(said, clauses), clauses)


def _wanted(mention: Mention) -> bool:
    return mention.polarity == "yes" and not mention.asked


def _without_echoes(said: list[Mention], clauses: Sequence[Clause]) -> list[Mention]:
    """周五？周五我得值班: what a question only repeats is decided where it is said again."""
    ends = [clause.end for clause in clauses if "?" in clause.tokens[-1].value]
    return [
        replace(mention, asked=True)
        if _wanted(mention)
        and any(mention.end <= end <= again.start for end in ends for again in said[index + 1 :] if _same_time(mention, again))
        else mention
        for index, mention in enumerate(said)
    ]


def _without_sequels(said: list[Mention], clauses: Sequence[Clause]) -> list[Mention]:
    """Thursday at five; I have to travel right after that: what follows the time wished for is neither wanted nor refused."""
    return [
        replace(mention, asked=True)
        if before is not None
        and _wanted(before)
        and _begins_with(mention, before)
        and not any(clause.names([before]) and clause.names([mention]) for clause in clauses)
        else mention
        for before, mention in zip([None, *said], said, strict=False)
    ]


def _begins_with(mention: Mention, before: Mention) -> bool:
    """Whether it is the time from the hour named before on."""
    if not (mention.inherited and len(mention.hours) == len(before.hours) == 1):
        return False
    after, hour = mention.hours[0], before.hours[0]
    return after.relation == "after" and after.start == hour.start and not hour.end and not hour.relation


def _same_time(one: Mention, other: Mention) -> bool:
    return bool(one.days or one.hours) and (one.days, one.hours) == (other.days, other.hours)
