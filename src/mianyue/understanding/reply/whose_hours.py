"""Tells which days hours belong to, where others stand between: exceptions, a day said last, the last of a list with hours of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mianyue.understanding.reply.hours import far_from
from mianyue.understanding.reply.read_day_lists import days_at
from mianyue.understanding.reply.read_hours import hours_at
from mianyue.understanding.reply.said import Day, Hours, Mention
from mianyue.understanding.reply.tokens import Token, skip


def hours_of_the_rest(found: Sequence[Mention], told: Sequence[Token], hours: Mention) -> Mention | None:
    """下周除周三外下午都可以: the afternoons are next week's, not those of the day excepted."""
    if len(found) < 2 or found[-2].hours or not found[-2].days or found[-1].hours:
        return None
    kinds = [token.kind for token in told if found[-2].end <= token.start < hours.start]
    aside = kinds.count("not") == 1 and not {"stop", "but"} & set(kinds) and ends_between(told, found[-1].end, hours.start)
    if aside and told[token_before(told, found[-1].start)].kind == "not":
        return replace(found[-2], hours=hours.hours)  # 周四，不是周五哈，下午4点半
    posted = any(token.kind == "except" for token in told if found[-1].end <= token.start < hours.start)
    at = next(n for n, token in enumerate(told) if token.start >= found[-1].start)
    again = found[-2].days[0].kind in ("week", "workdays") and excepted(told, at)
    again = again and any(
        token.kind == "comma" or token.value == "each" for token in told if found[-1].end <= token.start < hours.start
    )  # every day next week but Thursday, after four; 下周除了周三每天上午都行
    return replace(found[-2], hours=hours.hours) if (posted or again) and not {"stop", "but"} & set(kinds) else None


def on_other_days(found: Sequence[Mention], told: Sequence[Token], hours: Mention) -> Mention | None:
    """除了周三，下午五点以后都行: hours said behind an exception are those of the workdays."""
    if not found or not found[-1].days or found[-1].hours:
        return None
    kinds = [token.kind for token in told if found[-1].end <= token.start < hours.start]
    at = next(n for n, token in enumerate(told) if token.start >= found[-1].start)
    ahead = "comma" in kinds and excepted(told, at)
    posted = any((t.kind, t.value) == ("except", "post") for t in told if found[-1].end <= t.start < hours.start)
    if not (ahead or posted) or {"stop", "but"} & set(kinds):
        return None
    return replace(hours, days=(Day("workdays"),), inherited=True)


def dated_behind(found: list[Mention], day: Mention, told: Sequence[Token]) -> list[Mention]:
    """八点半可以吗,我十点要上班,周四: a day that ends the sentence by itself is that of the hours said in it before."""
    at = next(n for n, token in enumerate(told) if token.start >= day.start)
    behind = next((n for n, token in enumerate(told) if token.start >= day.end), len(told))
    ends = behind == len(told) or told[behind].kind == "stop"
    alone = at > 0 and told[at - 1].kind == "comma" and ends and bool(day.days) and not day.hours
    begins = max((token.end for token in told[:at] if token.kind == "stop"), default=0)
    said = [mention for mention in found if mention.start >= begins]
    if not alone or any(mention.days or not mention.hours for mention in said):
        return found
    return [replace(mention, days=day.days) if mention in said else mention for mention in found]


def excepted(told: Sequence[Token], at: int) -> bool:
    """Whether an exception begins with the day at that token: every day but Thursday."""
    return told[token_before(told, told[at].start)].kind == "except"


def last_day_apart(
    told: Sequence[Token], first: int, hours: Sequence[Hours], said: Sequence[Day], following: int
) -> tuple[int, int] | None:
    """Where the days before the last end, and where that one with hours of its own begins.

    Afternoons this week or Monday morning; mornings Monday to Wednesday and Friday from one.
    """
    own = hours_at(told, skip(told, following, ("link",)), after_day=True) if len(said) > 1 else None
    if own is None:
        return None
    of_week = said[0].kind == "week" and said[-1].kind != "week"
    if not of_week and not far_from(hours, own[0][0]):
        return None
    for start in range(following - 1, first, -1):
        alone = days_at(told, start)
        same = (
            alone is not None
            and alone[1] == following
            and [(d.kind, d.number) for d in alone[0]] == [(said[-1].kind, said[-1].number)]
        )
        if same and told[start].kind not in ("or", "link"):
            end = next(n for n in range(start - 1, first - 1, -1) if told[n].kind not in ("or", "link", "comma"))
            return end, start
    return None


def token_before(told: Sequence[Token], start: int) -> int:
    """The token right before that place, links aside."""
    return max((at for at, token in enumerate(told) if token.end <= start and token.kind != "link"), default=0)


def ends_between(told: Sequence[Token], start: int, end: int) -> bool:
    """Whether a clause ends between these places."""
    return any(token.kind in ("comma", "stop", "but", "why") for token in told if start <= token.start < end)
