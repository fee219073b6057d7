"""Gives what was said its instants: windows of time, with how sure each is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval, subtract
from mianyue.understanding.reply.dates import LIKELY, IsWorkday, dates_of
from mianyue.understanding.reply.hours import minutes_of
from mianyue.understanding.reply.said import Day, Mention, Relation


@dataclass(frozen=True, slots=True)
class Window:
    """Instants that somebody wants, or (``Reply.excluded``) doesn't.

    ``end`` None means beginning at ``start``, for as long as it takes. ``day_said`` and ``hours_said`` tell what the text itself
    names; whole days run from midnight to midnight. ``certainty`` (0 to 1) is the grammar's own, not a measured probability.
    """

    start: datetime
    end: datetime | None
    certainty: float
    day_said: bool
    hours_said: bool
    mention: int

    def holds(self, interval: Interval) -> bool:
        """Whether that interval begins when this window says, or lies in it."""
        if self.end is None:
            return interval.start == self.start
        return self.start <= interval.start and interval.end <= self.end

    def is_exactly(self, interval: Interval) -> bool:
        """Whether day and time are said, and are those of the interval."""
        exact = self.start == interval.start and (self.end is None or self.end == interval.end)
        return exact and self.day_said and self.hours_said


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
    wanted = [
        window
        for index, mention in enumerate(mentions)
        if mention.polarity == "yes" and not mention.asked
        for window in _windows(index, mention, now, zone, is_workday, offered, agreed, theirs)
    ]
    barred = ruled_out(mentions, now, zone, is_workday, offered=offered, theirs=theirs, near=wanted)
    if not wanted:
        wanted = [
            window
            for index, mention in enumerate(mentions)
            if (turned := _turned(mention))
            for window in _windows(index, turned, now, zone, is_workday, offered, agreed, theirs)
        ]
    if not wanted and (rest := _everything_else(mentions)) is not None:
        wanted = list(_windows(-1, rest, now, zone, is_workday, (), agreed, theirs))
    wanted = [window for window in wanted if not _told_closer(window, wanted) and not _only_context(window, wanted, mentions)]
    left = [piece for window in wanted for piece in _without(window, barred)]
    return tuple(dict.fromkeys(window for window in left if (window.end or window.start) > now))


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
        loose = {day.number for day in mention.days if day.kind == "weekday" and day.week is None and day.until is None}
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
    local = _zone(mention.zone, zone, theirs)
    today = now.astimezone(local).date()
    if mention.days:
        days = [each for day in mention.days for each in dates_of(day, today, is_workday, offered)]
    elif mention.hours and agreed is not None:
        days = [(agreed.start.astimezone(local).date(), LIKELY)]
    elif mention.hours:
        days = [(today, LIKELY), (today + timedelta(days=1), LIKELY)]
    else:
        return
    for day, certainty in days:
        if not mention.hours:
            yield Window(_at(day, 0, zone), _at(day, 1440, zone), certainty, True, False, index)
        fresh = False
        for hours in mention.hours:
            if hours.part == "same":  # 改到9号同一时间
                if agreed is None and mention.days:
                    yield Window(_at(day, 0, zone), _at(day, 1440, zone), certainty, True, False, index)
                elif agreed is not None and mention.days:
                    at = agreed.start.astimezone(local)
                    yield Window(_at(day, at.hour * 60 + at.minute, local), None, certainty, True, True, index)
                continue
            if (minutes := minutes_of(hours)) is None:
                continue
            opens, closes, sure = minutes
            window = Window(
                _at(day, opens, local),
                None if closes is None else _at(day, closes, local),
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


def _told_closer(day: Window, wanted: Sequence[Window]) -> bool:
    """Whether another mention says which hours of this whole day: 要是周五三点能线上就选周五."""
    return not day.hours_said and any(
        other.hours_said and other.mention != day.mention and day.end is not None and day.start <= other.start < day.end
        for other in wanted
    )


def _only_context(day: Window, wanted: Sequence[Window], mentions: Sequence[Mention]) -> bool:
    """Whether a limit (after the holidays) only leads to the day that another mention names within it."""
    if day.mention < 0 or mentions[day.mention].hours:
        return False
    days = mentions[day.mention].days
    if not days or not all(said.relation for said in days):
        return False
    span = [window for window in wanted if window.mention == day.mention]
    return any(
        other.mention not in (-1, day.mention)
        and not any(said.relation for said in mentions[other.mention].days)
        and len({window.start.date() for window in wanted if window.mention == other.mention}) == 1
        and min(window.start for window in span) <= other.start
        and (days[0].relation in ("after", "from") or other.start < max(w.end or w.start for w in span))
        for other in wanted
    )


_OPPOSITE: dict[Relation, Relation] = {"before": "from", "until": "from", "after": "before", "from": "before"}


def _turned(mention: Mention) -> Mention | None:
    """Not before two on Thursday: from two on."""
    if mention.polarity != "no" or not mention.days or len(mention.hours) != 1 or mention.hours[0].relation not in _OPPOSITE:
        return None
    return replace(mention, hours=(replace(mention.hours[0], relation=_OPPOSITE[mention.hours[0].relation]),))


def _everything_else(mentions: Sequence[Mention]) -> Mention | None:
    """Any day but Friday: the week that is spoken of, or the workdays ahead."""
    excepted = [mention for mention in mentions if mention.polarity == "except" and mention.days]
    if not excepted:
        return None
    weeks = {day.week for mention in excepted for day in mention.days if day.week is not None}
    days = tuple(Day("week", week=week) for week in sorted(weeks)) or (Day("workdays"),)
    return Mention(excepted[0].start, excepted[0].end, days)


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


def _zone(said: str, zone: ZoneInfo, theirs: ZoneInfo | None) -> tzinfo:
    if not said:
        return zone
    if said == "theirs":
        return theirs or zone
    if said[0] in "+-":
        hours, minutes = said[1:].split(":")
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-offset if said[0] == "-" else offset)
    return UTC if said == "UTC" else ZoneInfo(said)


def _at(day: date, minutes: int, zone: tzinfo) -> datetime:
    """That minute of the day's wall clock, 1440 being midnight after it."""
    days, minute = divmod(minutes, 1440)
    return datetime.combine(day + timedelta(days=days), time(minute // 60, minute % 60), zone)
