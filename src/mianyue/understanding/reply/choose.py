"""Decides which offered option a reply means, and whether that is sure enough to book: an ordinal, or day and time of exactly one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import NamedTuple

from mianyue.base.interval import Interval
from mianyue.understanding.reply.closer import SINGLE
from mianyue.understanding.reply.dates import SURE
from mianyue.understanding.reply.said import Mention, Option, Polarity
from mianyue.understanding.reply.window import Window

_DIRECT = ("number", "first", "last")
_PLACED = (("middle", "earliest", "latest"), ("former", "latter", "earliest", "latest", "earlier", "later"))
"""Places in the list that can be booked, of three or more options and of two: the later one of three might be the second."""
BY_TIME = ("earliest", "latest", "earlier", "later")
_SURE_ENOUGH = 0.85


class Reference(NamedTuple):
    """An option as said, and the numbers of those meant."""

    mention: Mention
    option: Option
    meant: set[int]

    @property
    def polarity(self) -> Polarity:
        """Whether it is wanted."""
        return self.mention.polarity


@dataclass(frozen=True, slots=True)
class Choice:
    """``fits`` are the numbers (from 1) of the options that agree with what was said, ``rejected`` those ruled out.

    ``pick`` is the one to book without asking. ``proposed`` are the windows that no option meets.
    """

    pick: int | None
    fits: tuple[int, ...]
    rejected: tuple[int, ...]
    proposed: tuple[Window, ...]


def choose(
    mentions: Sequence[Mention],
    windows: Sequence[Window],
    excluded: Sequence[Window],
    options: Sequence[Interval],
    zone: tzinfo,
    *,
    accepts: bool,
    aside: Sequence[Window] = (),
    firmly: bool = False,
    refuses: bool = False,
    doubtful: bool,
) -> Choice:
    """Compares what was said with the options.

    ``zone`` is that of the interview, ``aside`` are times of other things, which may not be the pick's.
    ``accepts`` means that any will do (``firmly``: that the only
    one is taken), ``refuses`` that none that isn't named will; ``doubtful`` (conditions, other intents) forbids a pick.
    """
    everyone = set(range(1, len(options) + 1))
    # 二选一都行 beside times of their own: "all" is about these.
    references = [
        Reference(mention, mention.option, _meant(mention.option, options))
        for mention in mentions
        if mention.option and not mention.asked and not (windows and mention.option.which == "all" and mention.polarity == "yes")
    ]
    rejected = {n for said in references if said.polarity != "yes" and said.option.which != "rest" for n in said.meant}
    barred = {n for n in everyone if any(_barred(bar, options[n - 1]) for bar in excluded)}
    # 周三下午有家长会，四点的能赶上: an hour named for itself, behind what is refused around it.
    spared = {n for n in barred if any(window.end is None and window.holds(options[n - 1]) for window in windows)}
    barred -= spared
    refused = set(rejected)
    rejected |= barred
    hits = [{n for n in everyone if window.holds(options[n - 1])} for window in windows]
    by_time = set().union(*hits) if hits else set()
    named = [said for said in references if said.polarity == "yes" and said.option.which != "rest"]
    if any(said.option.which != "all" for said in named):  # 三个时间中我倾向第二个
        named = [said for said in named if said.option.which != "all"]
    by_name = {n for said in named for n in (_of_those(said.option, by_time, options) or said.meant)}
    rest = any(said.option.which == "rest" and said.polarity == "yes" for said in references)
    excepted = any(mention.polarity == "except" for mention in mentions)
    conflict = False
    if by_name and windows:
        conflict = not (by_name & by_time)
        fits = by_name | by_time if conflict else by_name & by_time
    elif by_name or windows:
        fits = by_name or by_time
    elif (rest or excepted) and rejected:
        fits = set() if refuses else everyone - rejected
    else:
        fits = everyone if accepts and not rejected else set()
    stretches = {n for n in barred if not any(_barred(bar, options[n - 1]) and not _stretch(bar, mentions) for bar in excluded)}
    counted = rejected - (stretches - refused if by_name else set())  # 月初比较忙，第三个吧
    conflict = conflict or bool(fits & counted)
    fits -= counted
    proposed = tuple(window for window, hit in zip(windows, hits, strict=True) if not hit)
    pick = None
    if len(fits) == 1 and not conflict and not doubtful and not spared and (not proposed or not windows):
        (number,) = fits
        direct = any(
            said.polarity == "yes"
            and (said.option.which in _DIRECT or said.option.which in _PLACED[len(options) == 2])
            and said.meant == {number}
            and not _perhaps_hour(said, options, zone)
            for said in references
        )
        option = options[number - 1]
        agreed = bool(windows) and all(w.is_exactly(option) and w.certainty >= _SURE_ENOUGH for w in windows)
        by_ordinal = direct and all(w.holds(option) for w in windows)
        only_one = firmly and len(options) == 1 and not mentions
        taken = any(_barred(window, option) for window in aside)
        if (by_ordinal or (agreed and not by_name) or only_one) and not taken:
            pick = number
    return Choice(pick, tuple(sorted(fits)), tuple(sorted(rejected)), proposed)


def _perhaps_hour(said: Reference, options: Sequence[Interval], zone: tzinfo) -> bool:
    """Whether a bare figure (3 works) might as well be the hour at which another option begins."""
    if said.option.which != "number" or said.mention.end - said.mention.start > 1:
        return False
    hours = [option.start.astimezone(zone).hour % 12 for index, option in enumerate(options, 1) if index != said.option.number]
    return said.option.number in hours


def _of_those(option: Option, by_time: set[int], options: Sequence[Interval]) -> set[int]:
    """The later one on Wednesday: which of those that the windows hold."""
    if option.which not in BY_TIME or not by_time:
        return set()
    order = sorted(by_time, key=lambda n: options[n - 1].start)
    return {order[0] if option.which in ("earliest", "earlier") else order[-1]}


def _stretch(bar: Window, mentions: Sequence[Mention]) -> bool:
    """Whether a refused window is part of many days, not a day named."""
    return bar.mention >= 0 and any(day.kind not in SINGLE or day.relation or day.until for day in mentions[bar.mention].days)


def _barred(bar: Window, option: Interval) -> bool:
    if bar.end is None:
        return bar.start == option.start
    return bar.start < option.end and option.start < bar.end


def _meant(option: Option, options: Sequence[Interval]) -> set[int]:
    count = len(options)
    everyone = list(range(1, count + 1))
    if not count:
        return set()
    by_time = sorted(everyone, key=lambda n: options[n - 1].start)
    meant: dict[str, list[int]] = {
        "number": [n for n in (option.number, *option.more) if n in everyone],
        "first": everyone[: option.number],
        "last": everyone[-option.number :] if option.number else [],
        "ordinal": [option.number] if option.number in everyone else [],
        "middle": [(count + 1) // 2] if count % 2 else [],
        "earliest": by_time[:1],
        "latest": by_time[-1:],
        "earlier": by_time[:1],
        "later": by_time[-1:],
        "former": [1] if count == 2 else [],
        "latter": [2] if count == 2 else [],
        "all": everyone if option.number in (0, count) else [],
        "rest": [],
    }
    return set(meant[option.which])


def on_offered_days(windows: Sequence[Window], options: Sequence[Interval], zone: tzinfo) -> list[Window]:
    """Hours said without a day, moved to the offered days where they fit; as they were where they fit none."""
    found: list[Window] = []
    for window in windows:
        moved = [
            shifted for option in options if not window.day_said and (shifted := _on_day_of(window, option, zone)).holds(option)
        ]
        found.extend(moved or [window])
    return list(dict.fromkeys(found))


def of_no_day(windows: Sequence[Window], options: Sequence[Interval]) -> list[Window]:
    """Hours said without a day that no option meets (只有晚上有空): they may be of any day, so that none is named."""
    return [window for window in windows if not window.day_said and not any(window.holds(option) for option in options)]


def beside_refused(
    unplaced: Sequence[Window], excluded: Sequence[Window], options: Sequence[Interval], zone: tzinfo
) -> list[Window]:
    """Hours of no day on that of the option whose hour is refused beside them: 四点不行，五点可以吗. None where it could be several."""
    refused = {bar.start.astimezone(zone).time() for bar in excluded if bar.end is None and not bar.day_said}
    meant = {option.start.astimezone(zone).date(): option for option in options if option.start.astimezone(zone).time() in refused}
    if len(meant) != 1:
        return []
    (option,) = meant.values()
    return [_on_day_of(window, option, zone) for window in unplaced]


def _on_day_of(window: Window, option: Interval, zone: tzinfo) -> Window:
    day = option.start.astimezone(zone).date()
    start = window.start.astimezone(zone)
    moved = start.replace(year=day.year, month=day.month, day=day.day)
    end = None if window.end is None else moved + (window.end - window.start)
    return Window(moved, end, min(window.certainty, SURE), False, window.hours_said, window.mention)
