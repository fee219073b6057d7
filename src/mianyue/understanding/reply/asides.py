"""Sets aside the times of other things: beside a time that is wanted, one in a clause about something else isn't."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from mianyue.understanding.reply.clauses import Clause, Role, gives_reason, role_of, says_free
from mianyue.understanding.reply.closer import SINGLE
from mianyue.understanding.reply.hours import minutes_of
from mianyue.understanding.reply.lexicon import Lexicon
from mianyue.understanding.reply.said import Day, Hours, Mention, Relation

_OPPOSITE: dict[Relation, tuple[Relation, ...]] = {
    "before": ("after", "from", ""),
    "until": ("after", "from", ""),
    "after": ("before", "until", ""),
    "from": ("before", "until", ""),
}

_SHIFT, _EARLIEST = 7 * 60, 7 * 60
"""Minutes that a shift lasts at least, and before which of the day nobody asks to be interviewed."""


def without_asides(clauses: Sequence[Clause], said: Sequence[Mention], known: Lexicon) -> list[Mention]:
    """``said`` with those marked as asides (``asked``) that stand in a clause about something else.

    That holds only where another time is wanted in so many words, or stands by itself: 周一11点可以吗？15点要去医院. What keeps the
    writer busy is refused: a whole day besides others, or the only time named. Languages without a list of neutral words know no asides.
    """
    if known.neutral is None:
        return list(said)
    roles: dict[Role, set[int]] = defaultdict(set)
    reasons: set[int] = set()
    engaged: set[int] = set()
    for index, mention in enumerate(said):
        if mention.polarity != "yes" or mention.asked or (mention.option and mention.option.which == "rest"):
            continue
        at = next(at for at, clause in enumerate(clauses) if mention.end <= clause.end)
        role = role_of(clauses[at], clauses[at + 1] if at + 1 < len(clauses) else None, said, known)
        if mention.option and mention.option.which == "all":  # I've got stocktake on all of them
            engaged |= {index} if role in ("busy", "event") else set()
            continue
        first = next(first for first, clause in enumerate(clauses) if mention.start < clause.end)
        # I have my finals on the 1st, 2nd and 3rd: commas part the list, not what is said of it.
        if role == "bare" and first < at and not mention.hours and len(mention.days) > 1:
            begun = role_of(clauses[first], clauses[first + 1], said, known)
            role = "busy" if begun == "busy" else role
        because = clauses[at].tokens[0].kind == "why" and role != "wish"  # next Friday, as I fly in on Thursday night
        if because or (index and _other_side(said[index - 1], mention)):
            reasons.add(index)
        else:
            roles[role].add(index)
    off = {n for n in roles["bare"] | roles["wish"] if gives_reason(_clause_of(said[n], clauses), known)}
    context = {n for n in off if any(_within_days(said[w], said[n]) for w in roles["bare"] | roles["wish"])}
    reasons |= context  # 我周六日休息，周六上午方便吗
    roles["bare"] -= context
    roles["wish"] -= context
    shifts = _shifts(said, roles["bare"])
    roles["bare"] -= shifts
    roles["event"] |= shifts
    wanted = roles["wish"] | roles["bare"] | (set() if roles["wish"] else roles["faint"])
    answered = any(not clause.names(said) and says_free(clause, known) and clause.tokens[0].kind == "yes" for clause in clauses)
    if not wanted and answered:  # 周一两点我本来有个客户，不过推掉了，可以来
        wanted = roles.pop("busy", set()) | roles.pop("event", set())
    if wanted:
        aside = reasons | roles["unknown"] | roles["event"] | (roles["faint"] - wanted)
    else:
        wanted = roles["unknown"]
        aside = (reasons | roles["event"]) if wanted else set()
    refused = roles["busy"] if not wanted else {n for n in roles["busy"] if _refuses(said[n], [said[w] for w in wanted])}
    refused |= engaged | {n for n in roles["event"] if _led_by(said[n], clauses) or not (wanted or said[n].option)}
    aside = (aside | roles["busy"] | {n for n in roles["event"] if said[n].option}) - refused
    marked = [replace(mention, asked=mention.asked or index in aside) for index, mention in enumerate(said)]
    return [replace(mention, polarity="no") if index in refused else mention for index, mention in enumerate(marked)]


def _shifts(said: Sequence[Mention], bare: set[int]) -> set[int]:
    """Those that are a list of shifts, since one begins at night and all are as long: Monday 6-2, Tuesday 6-2, Thursday 2-10."""
    ranged = {index for index in bare if said[index].days and len(said[index].hours) == 1 and said[index].hours[0].end is not None}
    spans = {index: minutes_of(said[index].hours[0]) for index in ranged}
    long = {index for index, span in spans.items() if span and span[1] and span[1] - span[0] >= _SHIFT}
    nightly = any((span := spans[index]) is not None and span[0] < _EARLIEST for index in long)
    return long if nightly and len(long) > 1 else set()


def _clause_of(mention: Mention, clauses: Sequence[Clause]) -> Clause:
    """The clause in which a mention ends."""
    return next(clause for clause in clauses if mention.end <= clause.end)


def _within_days(mention: Mention, other: Mention) -> bool:
    """Whether a mention tells the hours of one of several days that another only names."""
    named, among = _each_day(mention), _each_day(other)
    return bool(mention.hours and named) and not other.hours and named < among


def _each_day(mention: Mention) -> set[tuple[str, int]]:
    """The weekdays or days of the month that a mention names, those of a range each."""
    return {(day.kind, n) for day in mention.days if day.kind in SINGLE for n in range(day.number, (day.until or day).number + 1)}


def _led_by(option: Mention, clauses: Sequence[Clause]) -> bool:
    """第三个那天孩子家长会: an option that a clause about others begins with is refused; she takes the third is their own choice."""
    return option.option is not None and any(clause.start <= option.start <= clause.start + 1 for clause in clauses)


def _other_side(before: Mention, mention: Mention) -> bool:
    """After two; before two I'm on the ward: the other side of one limit is the reason for it."""
    if before.polarity != "yes" or len(before.hours) != 1 or len(mention.hours) != 1:
        return False
    one, other = before.hours[0], mention.hours[0]
    if one.relation not in _OPPOSITE or one.start is None or other.start is None or other.end is not None:
        return False
    same_day = mention.inherited or not mention.days or mention.days == before.days
    return same_day and other.relation in _OPPOSITE[one.relation] and _same_clock(one, other)


def _same_clock(one: Hours, other: Hours) -> bool:
    assert one.start is not None
    assert other.start is not None
    return (one.start.hour % 12, one.start.minute) == (other.start.hour % 12, other.start.minute)


def _refuses(mention: Mention, wanted: Sequence[Mention]) -> bool:
    """Whether a busy clause takes away a whole day from others that are wanted; beside an ordinal it is only the reason."""
    if mention.option is not None:
        return True
    if any(other.option for other in wanted):
        return False
    single = all(day.kind in SINGLE and day.until is None for day in mention.days)
    return bool(mention.days) and single and not mention.hours and not any(set(mention.days) & set(other.days) for other in wanted)


def chosen_directly(mention: Mention) -> bool:
    """Whether it names one option by its number, and wants it."""
    return mention.option is not None and mention.option.which == "number" and not mention.option.more and mention.polarity == "yes"


def of_today(mention: Mention, *, late: bool) -> bool:
    """Whether a time is that of the day itself: today, or hours of no day."""
    if mention.days:
        return set(mention.days) == {Day("relative")}
    return bool(mention.hours) and (late or all(hours.start is None for hours in mention.hours))


def undecided(mention: Mention, said: Sequence[Mention], unsettled: Sequence[Clause]) -> bool:
    """第一个还是第二个都没想好; all of them, where nothing may be settled."""
    beside = [clause for clause in unsettled if clause.start <= mention.start < clause.end]
    several = any(other is not mention and other.option and clause.names([other]) for clause in beside for other in said)
    return several or (mention.option is not None and mention.option.which == "all")
