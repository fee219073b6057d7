"""Gives what was said its instants: windows of time, with how sure each is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval, subtract
from mianyue.understanding.reply.closer import (
    SINGLE,
    dated_again,
    hours_told_closer,
    only_context,
    stretch_told_closer,
    told_closer,
)
from mianyue.understanding.reply.dates import LIKELY, IsWorkday, dates_of
from mianyue.understanding.reply.hours import minutes_of
from mianyue.understanding.reply.implied import everything_else, limit_of, turned
from mianyue.understanding.reply.instants import wall_clock, zone_named
from mianyue.understanding.reply.said import Day, Mention
from mianyue.understanding.reply.window import Window


def resolve(
    mentions: Sequence[Mention],
    now: datetime,
    zone: ZoneInfo,
    is_workday: IsWorkday,
    *,
    offered: Collection[date] = (),
    agreed: Interval | None = None,
    theirs: ZoneInfo | None = None,
) -> tuple[Window, ...]:
    """The windows that are wanted, in the order said, those ruled out taken off.

    ``zone`` is where the interview is; ``theirs`` the writer's, for "my time". ``offered`` are days on offer, which tell what a bare
    weekday means; ``agreed`` is the time that an hour later counts from. Nothing that begins before ``now`` is left except whole
    days and ranges under way. Raises ValueError when ``now`` is naive.
    """
    if now.tzinfo is None:
        raise ValueError(f"now must be aware, got {now!r}")
    limits = {each.days: within for each in mentions if not each.asked and (within := limit_of(each))}
    wanted = [
        window
        for index, mention in enumerate(mentions)
        if mention.polarity == "yes" and not mention.asked
        # Wednesday's fine but not before three: from three on.
        for said in (mention if mention.hours else limits.get(mention.days, mention),)
        for window in _windows(index, said, now, zone, is_workday, offered, agreed, theirs)
    ]
    barred = ruled_out(mentions, now, zone, is_workday, offered=offered, theirs=theirs, near=wanted)
    if not wanted:
        wanted = [
            window
            for index, mention in enumerate(mentions)
            if (opposite := turned(mention))
            for window in _windows(index, opposite, now, zone, is_workday, offered, agreed, theirs)
        ]
    if not wanted and (rest := everything_else(mentions)) is not None:
        wanted = list(_windows(-1, rest, now, zone, is_workday, (), agreed, theirs))
    wanted = [w for w in wanted if not stretch_told_closer(w, wanted, mentions) and not hours_told_closer(w, wanted, mentions)]
    wanted = [window for window in wanted if not dated_again(window, wanted, mentions)]
    wanted = [window for window in wanted if not told_closer(window, wanted) and not only_context(window, wanted, mentions)]
    left = [piece for window in wanted for piece in _without(window, _bars_of(window, barred, mentions))]
    ahead = [window for window in left if (window.end or window.start) > now]
    # 7 am UTC, so 3 pm your time: an instant told twice is one.
    return tuple({(window.start, window.end): window for window in reversed(ahead)}.values())[::-1]


def ruled_out(
    mentions: Sequence[Mention],
    now: datetime,
    zone: ZoneInfo,
    is_workday: IsWorkday,
    *,
    offered: Collection[date] = (),
    theirs: ZoneInfo | None = None,
    near: Sequence[Window] = (),
) -> tuple[Window, ...]:
    """The windows that the text says no to. A weekday without a week bars that weekday wherever ``near`` wants one."""
    found: list[Window] = []
    for index, mention in enumerate(mentions):
        if mention.polarity == "yes" or mention.asked:
            continue
        found.extend(_windows(index, mention, now, zone, is_workday, offered, None, theirs))
        for day in offered if _at_no_day(mention) else ():  # not the two o'clock
            days = (Day("relative", (day - now.astimezone(zone).date()).days),)
            found.extend(_windows(index, replace(mention, days=days), now, zone, is_workday, (), None, theirs))
        loose = {
            day.number
            for day in mention.days
            if day.kind == "weekday" and day.week is None and day.until is None and not day.relation
        }
        for window in near:
            if window.mention >= 0 and any(
                day.kind in ("weekday", "date", "month_day", "relative") and not day.until for day in mentions[window.mention].days
            ):
                continue
            local = window.start.astimezone(zone).date()
            if local.isoweekday() in loose:
                days = (Day("relative", (local - now.astimezone(zone).date()).days),)
                found.extend(_windows(index, replace(mention, days=days), now, zone, is_workday, (), None, theirs))
    return tuple(dict.fromkeys(found))


def _at_no_day(mention: Mention) -> bool:
    """Whether a time on the clock is refused whose day isn't said, and which is no limit (by three I need to be at the dentist)."""
    loose = bool(mention.hours) and not mention.days
    return loose and mention.polarity == "no" and all(hours.start and not hours.relation for hours in mention.hours)


def _windows(
    index: int,
    mention: Mention,
    now: datetime,
    zone: ZoneInfo,
    is_workday: IsWorkday,
    offered: Collection[date],
    agreed: Interval | None,
    theirs: ZoneInfo | None,
) -> Iterator[Window]:
    if mention.shift is not None:
        if agreed is not None:
            yield Window(agreed.start + mention.shift, None, 0.9, True, True, index)
        return
    if mention.ahead is not None:
        start = (now + mention.ahead).replace(second=0, microsecond=0)
        yield Window(start, None, LIKELY, True, True, index)
        return
    local = zone_named(mention.zone, zone, theirs)
    today = now.astimezone(local).date()
    if mention.hours and mention.hours[0].through is not None:
        yield from _span(index, mention, now, local, is_workday, offered)
        return
    if mention.days:
        near = {(today + timedelta(days=day.number)).isoweekday() for day in mention.days if day.kind == "relative"}
        said = [
            day
            for day in mention.days
            if not (day.kind == "weekday" and day.week is None and not day.offset and day.number in near)
        ]
        days = [each for day in said for each in dates_of(day, today, is_workday, offered)]  # tomorrow, Thursday: one day
    elif mention.hours and agreed is not None:
        days = [(agreed.start.astimezone(local).date(), LIKELY)]
    elif mention.hours:
        days = [(today, LIKELY), (today + timedelta(days=1), LIKELY)]
    else:
        return
    for day, certainty in days:
        if not mention.hours:
            yield Window(wall_clock(day, 0, zone), wall_clock(day, 1440, zone), certainty, True, False, index)
        fresh = False
        for hours in mention.hours:
            if hours.part == "same":  # 改到9号同一时间
                if agreed is None and mention.days:
                    yield Window(wall_clock(day, 0, zone), wall_clock(day, 1440, zone), certainty, True, False, index)
                elif agreed is not None and mention.days:
                    at = agreed.start.astimezone(local)
                    yield Window(wall_clock(day, at.hour * 60 + at.minute, local), None, certainty, True, True, index)
                continue
            if (minutes := minutes_of(hours)) is None:
                continue
            opens, closes, sure = minutes
            window = Window(
                wall_clock(day, opens, local),
                None if closes is None else wall_clock(day, closes, local),
                min(certainty, sure),
                bool(mention.days),
                hours.start is not None,
                index,
            )
            if mention.days or (window.end or window.start) > now:
                fresh = True
                yield window
        if not mention.days and fresh:
            return


def _span(
    index: int, mention: Mention, now: datetime, local: tzinfo, is_workday: IsWorkday, offered: Collection[date]
) -> Iterator[Window]:
    """From an hour of the first day to an hour of the last (Monday two to Tuesday eleven); what has begun goes on from now."""
    today = now.astimezone(local).date()
    days = dates_of(mention.days[0], today, is_workday, offered)
    begins, ends = minutes_of(mention.hours[0]), minutes_of(mention.hours[0].through or mention.hours[0])
    if not days or begins is None or ends is None:
        return
    start, end = wall_clock(days[0][0], begins[0], local), wall_clock(days[-1][0], ends[1] or ends[0], local)
    begun = not dates_of(replace(mention.days[0], until=None), today, is_workday, offered)
    if (start := now.replace(second=0, microsecond=0) if begun else start) < end:
        yield Window(start, end, min(days[0][1], begins[2], ends[2]), True, True, index)


def _bars_of(window: Window, barred: Sequence[Window], mentions: Sequence[Mention]) -> list[Window]:
    """Those that bear on it: days refused as a stretch (出差到12月中旬) leave alone the day and hour asked for by name."""
    if window.mention < 0:
        return list(barred)
    own = mentions[window.mention]
    named = bool(own.hours) and all(day.kind in ("date", "month_day") and day.until is None for day in own.days) and bool(own.days)
    clocks = bool(own.hours) and all(hours.start is not None for hours in own.hours)
    single = bool(own.days) and all(day.kind in SINGLE and day.until is None for day in own.days)
    return [
        bar
        for bar in barred
        if not (clocks and 0 <= bar.mention < window.mention and _told_before(mentions[bar.mention]))
        and not (clocks and bar.mention > window.mention and _whole_week(mentions[bar.mention]))  # otherwise this week is bad
        and not (clocks and single and bar.mention > window.mention and _until_a_day(mentions[bar.mention]))
        and not (
            named
            and not mentions[bar.mention].hours
            and any(day.relation or day.kind not in SINGLE for day in mentions[bar.mention].days)
        )
    ]


def _told_before(said: Mention) -> bool:
    """周五上午有体检，十一点半可以: whether it names days or parts of days, no time on the clock, and is no exception."""
    return said.polarity != "except" and all(hours.start is None for hours in said.hours)


def _whole_week(said: Mention) -> bool:
    return not said.hours and bool(said.days) and all(day.kind == "week" for day in said.days)


def _until_a_day(said: Mention) -> bool:
    """This Friday at three? I fly out on Sunday and won't be back until the 10th: from then on, not from today."""
    return not said.hours and bool(said.days) and all(day.relation in ("until", "before") for day in said.days)


def _without(window: Window, barred: Sequence[Window]) -> Iterator[Window]:
    holes = [Interval(bar.start, bar.end or bar.start + timedelta(minutes=1)) for bar in barred]
    if window.end is None:
        if not any(hole.start <= window.start < hole.end for hole in holes):
            yield window
        return
    # What is refused is beginning at that time: the hours around it stay as they were said.
    holes = [Interval(bar.start, bar.end) for bar in barred if bar.end is not None]
    whole = Interval(window.start, window.end)
    if not any(hole.overlaps(whole) for hole in holes):
        yield window
        return
    for piece in subtract([whole], holes):
        yield replace(window, start=piece.start.astimezone(window.start.tzinfo), end=piece.end.astimezone(window.start.tzinfo))
