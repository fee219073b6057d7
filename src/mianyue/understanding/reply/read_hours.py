"""Reads hours from tokens: clock times, ranges, parts of the day, and the limits on them (三点以后, before noon)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mianyue.understanding.reply.hours import PARTS, minutes_of, outside
from mianyue.understanding.reply.limits import LIMITS, due_then, moved_from, relation_of
from mianyue.understanding.reply.numerals import number
from mianyue.understanding.reply.read_clocks import clock_of, next_hour
from mianyue.understanding.reply.said import Clock, Hours, Relation
from mianyue.understanding.reply.tokens import Token, skip


def hours_at(told: Sequence[Token], at: int, *, after_day: bool, part: str = "") -> tuple[tuple[Hours, ...], int] | None:
    """The list of hours that begins at that token, and the token after it; None when none does.

    A bare number is an hour only ``after_day``, after "at", inside a range or behind a limit. ``part`` goes on from what was said before.
    """
    first = _item_at(told, at, after_day, part)
    if first is None:
        return None
    refused = _refused_before(told, at)
    found, at = [first[0]], first[1]
    while True:
        if (limited := _limit_joined(found[-1], told, at)) is not None:
            found[-1], at = limited
            continue
        position = skip(told, at, ("or", "comma", "link"))
        both = position == at < len(told) and told[at].kind == "part" and found[-1].start is None  # 上午下午都成
        if position == at and not both:
            break
        goes_on = _last_part(found[-1]) or part
        listed = any(token.kind == "or" for token in told[at:position])
        listed |= [token.kind for token in told[position : position + 3]] == ["number", "or", "number"]  # 10, 11 or 12
        more = _item_at(told, position, listed, goes_on)
        by_comma = all(token.kind in ("comma", "link") for token in told[at:position])
        refines = found[-1].start is None and by_comma  # afternoons: after two
        reason = more is not None and _gives_reason(found[-1], more[0], told, more[1])
        if more is not None and by_comma and _names_its_part(found[-1], more[0]) and not reason:  # 18:30, after work
            at = more[1]
            continue
        behind_range = by_comma and found[-1].end is not None and more is not None and more[0].start is not None and not more[0].end
        commas = [token.kind for token in told[at:position]].count("comma")
        if (
            more is None
            or (by_comma and reason)
            or (by_comma and found[-1].start and more[0].relation and not found[-1].relation)  # 出摊到十点,十点半以后行
            or commas > 1  # what stood between is of something else
            or (by_comma and (refused or found[-1].end is not None) and _welcomed(told, more[1]))  # 约了别家8号上午,下午能来
            or behind_range  # one to three, at four I've got to be at the airport
            or (both and more[0].start is not None)
            or (refines and more[0].start)
            or (by_comma and (_other_side(found[-1], more[0]) or (more[0].start is None and _says_more(told, more[1]))))
            or (by_comma and found[-1].start and more[0].start and due_then(told, more[1]))
            or _belongs_to_next_day(told, more[1], any(token.kind == "comma" for token in told[at:position]))
        ):
            break
        found.append(more[0])
        at = more[1]
    return tuple(found), at


def part_behind(told: Sequence[Token], at: int, hours: tuple[Hours, ...]) -> tuple[tuple[Hours, ...], int] | None:
    """The hours with the part of day at that token, behind their day, where they say none and it has no hours of its own."""
    at = skip(told, at, ("link",))
    if at >= len(told) or told[at].kind != "part" or not all(h.start and h.start.bare and not h.end for h in hours):
        return None
    own = hours_at(told, at, after_day=True)
    if own is None or len(own[0]) != 1 or own[0][0].start is not None or own[0][0].relation:
        return None
    return tuple(replace(h, start=h.start and replace(h.start, part=told[at].value)) for h in hours), own[1]


def _refused_before(told: Sequence[Token], at: int) -> bool:
    """Whether a refusal stands before that token in its clause."""
    while at > 0 and told[at - 1].kind not in ("stop", "comma", "but", "why"):
        at -= 1
        if told[at].kind in ("no", "not"):
            return True
    return False


def _welcomed(told: Sequence[Token], at: int) -> bool:
    """Whether a yes stands right behind."""
    at = skip(told, at, ("link",))
    return at < len(told) and told[at].kind == "yes"


def _limit_joined(hours: Hours, told: Sequence[Token], at: int) -> tuple[Hours, int] | None:
    """After two but before five, 两点以后五点以前: one stretch of hours."""
    if hours.start is None or hours.end is not None or hours.relation not in ("after", "from"):
        return None
    more = _item_at(told, skip(told, at, ("or", "but", "comma", "link")), False, hours.start.part)
    if more is None or more[0].start is None or more[0].end or more[0].relation not in ("before", "until"):
        return None
    joined = Hours(hours.start, more[0].start)
    minutes = minutes_of(joined)
    return (joined, more[1]) if minutes and minutes[1] and minutes[0] < minutes[1] < minutes[0] + 600 else None


def _names_its_part(hours: Hours, more: Hours) -> bool:
    """Whether what follows a clock time is the part of the day that it lies in."""
    minutes = minutes_of(hours) if hours.start and not hours.end and not hours.relation else None
    part = PARTS.get(more.part) if more.start is None and not more.relation else None
    return minutes is not None and part is not None and part[0] <= minutes[0] < part[1]


def _gives_reason(hours: Hours, more: Hours, told: Sequence[Token], at: int) -> bool:
    """Whether a part of the day behind a clock time that names its own begins the reason for it: 上午十一点，早上要送孩子."""
    clock = hours.start
    told_fully = clock is not None and bool(clock.part or clock.half) and hours.end is None and not hours.relation
    refused = at < len(told) and told[at].kind == "no"
    return told_fully and more.start is None and not more.relation and (refused or _says_more(told, at))


def _other_side(hours: Hours, more: Hours) -> bool:
    """After two, before two I'm on the ward: the same clock again, from its other side."""
    if hours.start is None or more.start is None or not hours.relation or more.end is not None or hours.relation == more.relation:
        return False
    return (hours.start.hour % 12, hours.start.minute) == (more.start.hour % 12, more.start.minute)


def _says_more(told: Sequence[Token], at: int) -> bool:
    """Whether words that nobody knows follow: before eleven, my train is at noon."""
    at = skip(told, at, ("link",))
    return at < len(told) and told[at].kind == "gap" and len(told[at].value) > 2


def _belongs_to_next_day(told: Sequence[Token], at: int, comma: bool) -> bool:
    """10 am Thursday, 3 pm Friday: the second hour is the next day's."""
    position = skip(told, at, ("link",))
    return comma and position < len(told) and told[position].kind in ("weekday", "date", "day", "mod")


def _last_part(hours: Hours) -> str:
    clock = hours.end or hours.start
    return clock.part if clock else ""


def _item_at(told: Sequence[Token], at: int, number_counts: bool, goes_on: str) -> tuple[Hours, int] | None:
    relation: Relation = ""
    between = False
    begins = at
    while at < len(told) and (
        told[at].kind in ("at", "between") or (told[at].kind in LIMITS and told[at].value in ("pre", "both"))
    ):
        if told[at].kind in LIMITS:
            relation = relation_of(told[at])
        between = between or told[at].kind == "between"
        number_counts = True
        at = skip(told, at + 1, ("link",))
    part = ""
    if at < len(told) and told[at].kind in ("part", "part_of_clock"):
        part = told[at].value
        at += 1
        inside = skip(told, at, ("link",))
        while inside < len(told) and told[inside].kind in ("at", "from", "between") and told[inside].value != "post":
            between = between or told[inside].kind == "between"
            relation = "from" if told[inside].kind == "from" else relation
            inside += 1
            number_counts = True
        if _clock_at(told, inside, number_counts or part in _TELLING, part) is not None:
            at = inside
    start = _clock_at(told, at, number_counts or bool(part) or _range_follows(told, at, number_counts), part or goes_on)
    if start is None:
        return (_limited(Hours(part=part, relation=relation), told, at)) if part else None
    clock, at = start
    if not part and clock.part == goes_on and outside(goes_on, clock.hour):  # 上午在考试，一点半以后
        clock = replace(clock, part="")
    if "hour2" in told[at - 1].parts or (told[at - 1].kind == "part_of_clock" and "hour2" in told[at - 2].parts):  # 两三点
        return Hours(clock, replace(clock, hour=next_hour(clock.hour), minute=0)), at
    joint = skip(told, at, ("link",))
    opened = joint + 1 < len(told) and told[joint].kind in ("after", "from") and told[joint + 1].kind == "to"
    joint += opened  # 两点半以后到五点之前
    joined = joint < len(told) and _joins(told[joint], between, relation)
    if joined and (last := _end_at(told, joint + 1)) is not None:
        if relation == "from" and moved_from(told, begins):  # move Monday from 2 to 4
            return Hours(last[0]), last[1]
        return Hours(clock, last[0]), skip(told, last[1], ("between_post", "before") if opened else ("between_post",))
    return _limited(Hours(clock, relation=relation), told, at)


_TELLING = ("morning", "afternoon", "evening", "noon", "night", "early_morning")


def _joins(token: Token, between: bool, relation: str) -> bool:
    if (
        token.kind == "to"
        or (token.kind == "at" and token.value == "to")
        or (token.kind == "until" and token.value in ("pre", "both"))
    ):
        return True
    return between and token.kind == "or" and relation == ""


def _end_at(told: Sequence[Token], at: int) -> tuple[Clock, int] | None:
    at = skip(told, at, ("link", "at"))
    part = ""
    if at < len(told) and told[at].kind == "part":
        part = told[at].value
        at += 1
    return _clock_at(told, at, True, part)


def _range_follows(told: Sequence[Token], at: int, counts: bool) -> bool:
    """Whether a bare number opens a range that ends on the clock (2-4pm, 三到五点)."""
    if at + 2 >= len(told) or told[at].kind not in ("number", "hhmm") or told[at + 1].kind not in ("to", "until"):
        return False
    last = skip(told, at + 2, ("link", "part"))
    following = skip(told, last + 1, ("link",))
    behind = ("weekday", "date", "month_day", "day", "mod", "part_of_clock")
    counts = counts or (following < len(told) and told[following].kind in behind)
    return last < len(told) and (told[last].kind == "clock" or (counts and told[last].kind in ("number", "hhmm")))


def _clock_at(told: Sequence[Token], at: int, number_counts: bool, part: str) -> tuple[Clock, int] | None:
    if at >= len(told):
        return None
    token = told[at]
    number_counts = number_counts or (at + 1 < len(told) and told[at + 1].kind == "part_of_clock") or _of_this_evening(told, at + 1)
    if token.kind == "number" and number_counts:
        written = token.parts.get("n", token.value)
        hour = number(written)
        clock = Clock(hour, part=part, padded=written.startswith("0")) if hour <= 24 else None
    elif token.kind == "clock" or (token.kind == "hhmm" and number_counts):
        clock = clock_of(token, part)
    else:
        return None
    if clock is None:
        return None
    at += 1
    if at < len(told) and told[at].kind == "part_of_clock":
        return replace(clock, part=told[at].value, half=""), at + 1
    return clock, at


def _of_this_evening(told: Sequence[Token], at: int) -> bool:
    """Whether a day and its part stand there: 10, tonight; 9 tomorrow morning."""
    at = skip(told, at, ("comma",))
    return at + 1 < len(told) and told[at].kind == "day" and told[at + 1].kind == "part"


def _limited(hours: Hours, told: Sequence[Token], at: int) -> tuple[Hours, int]:
    position = skip(told, at, ("link",))
    if position < len(told) and told[position].kind in LIMITS and told[position].value == "post":
        return replace(hours, relation=relation_of(told[position])), position + 1
    if hours.relation == "from" and position < len(told) and told[position].kind == "moved":  # 从两点改到四点
        return replace(hours, relation=""), at
    return hours, at
