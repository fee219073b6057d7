"""Turns hours as said into times of a day: which half a bare hour is of, how far a range and a limit reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mianyue.understanding.reply.said import Clock, Hours

PARTS = {
    "early_morning": (480, 600),
    "morning": (480, 720),
    "late_morning": (600, 720),
    "noon": (720, 840),
    "early_afternoon": (720, 900),
    "afternoon": (720, 1080),
    "late_afternoon": (960, 1080),
    "mid_afternoon": (840, 960),
    "middle": (600, 840),
    "breakfast": (480, 540),
    "dinner": (1080, 1140),
    "evening": (1080, 1200),
    "daytime": (480, 1080),
    "night": (0, 360),
}
"""Minutes of the day from and to."""
OPENS, CLOSES, LATEST = 8 * 60, 20 * 60, 22 * 60
"""Business hours: where an open limit (三点以后) ends, and what tells the half of a bare hour; after eight it ends at the latest."""
_LATE = ("noon", "afternoon", "evening", "early_afternoon", "mid_afternoon", "late_afternoon", "dinner")


def minutes_of(hours: Hours) -> tuple[int, int | None, float] | None:
    """Minutes of the day from and to, with how sure that is; no end means beginning at that time. None where nothing is left."""
    if hours.start is None:
        first, last = PARTS[hours.part]
        if hours.relation in ("after",):
            return first if hours.part != "noon" else 720, CLOSES, 0.6
        if hours.relation in ("before", "until"):
            return (OPENS, first, 0.6) if first > OPENS else None
        return first, last, 0.9
    if hours.start.part == "evening" and not hours.start.half and 0 < hours.start.hour < 5:  # tonight at three: no evening's hour
        return None
    start, certainty = _minute(hours.start)
    if hours.end is not None:
        start, end, certainty = _range(hours.start, hours.end)
        return (start, end, certainty) if end > start else None
    if hours.relation in ("after", "from"):
        return (start, CLOSES if start < CLOSES else LATEST, certainty) if start < LATEST else None
    if hours.relation in ("before", "until"):
        return (OPENS if start > OPENS else 0, start, certainty) if start else None
    return start, None, certainty


def within(parts: Sequence[Hours], clocked: Sequence[Hours]) -> bool:
    """Whether times on the clock lie in the parts of the day: ten in a morning, but not school pick-up at half three."""
    spans = [PARTS[hours.part] for hours in parts if hours.part in PARTS]
    clocks = [(hours, minutes) for hours in clocked if hours.start and (minutes := minutes_of(hours))]
    told = [minutes[1] if hours.relation in ("before", "until") else minutes[0] for hours, minutes in clocks]
    return bool(told) and all(any(first <= (at or 0) < last for first, last in spans) for at in told)


def limited_to(parts: Sequence[Hours], limits: Sequence[Hours]) -> tuple[Hours, ...]:
    """A limit said of a part of the day ends where the part does (Thursday morning, but not before ten), that of an afternoon late."""
    if len(parts) != 1 or len(limits) != 1 or not limits[0].relation or not within(parts, limits):
        return tuple(limits)
    limit, (first, last) = limits[0], PARTS[parts[0].part]
    if limit.relation in ("after", "from"):
        return (limit,) if last > PARTS["noon"][1] else (replace(limit, end=Clock(*divmod(last, 60), padded=True), relation=""),)
    return (replace(limit, start=Clock(*divmod(first, 60), padded=True), end=limit.start, relation=""),)


def far_from(parts: Sequence[Hours], hours: Hours) -> bool:
    """Whether a time on the clock is behind the parts of the day, or more than an hour before them."""
    minutes = minutes_of(hours) if hours.start else None
    spans = [PARTS[part.part] for part in parts if part.part in PARTS]
    return minutes is not None and all(not first - 60 <= minutes[0] <= last for first, last in spans)


def outside(part: str, hour: int) -> bool:
    """Whether a bare hour can't go on from that part of the day: moved to the afternoon, so 10 works."""
    return ("morning" in part and hour < 7) or ("afternoon" in part and 8 <= hour < 12)


def _minute(clock: Clock) -> tuple[int, float]:
    hour, certainty = clock.hour, 0.95
    if hour <= 12:
        if clock.half:
            hour = hour % 12 + (12 if clock.half == "pm" else 0)
        elif clock.part == "evening":
            hour = 24 if hour == 12 else hour + 12
        elif clock.part in _LATE:
            hour = hour + 12 if hour < (10 if clock.part == "noon" else 12) else hour
        elif clock.bare:
            certainty = 0.5 if hour in (7, 8) else 0.9
            hour = hour + 12 if 1 <= hour <= 7 else hour
    return hour * 60 + clock.minute, certainty


def _range(first: Clock, last: Clock) -> tuple[int, int, float]:
    """Both ends; one that says its half lends it to the other: 下午2:30-4点, 2-4pm, 上午10点到2点, 11-1pm; 5pm-3am ends the next day."""
    start, sure = _minute(first)
    end, also = _minute(last)
    if end == 0 and last.half == "am" and start < 720 and not first.bare:  # 10am-12am: noon was meant
        return start, 720, 0.5
    over = end <= start >= 720 and end + 720 <= start and not first.bare
    if over and (last.half == "am" or last.part in ("night", "morning", "early_morning")):
        return start, end + 1440, 0.6
    if first.bare and not last.bare and last.hour <= 12:
        morning, afternoon = first.hour % 12 * 60 + first.minute, (first.hour % 12 + 12) * 60 + first.minute
        start = afternoon if afternoon < end and not (8 <= first.hour < 12 and morning < end - 720) else morning
        if start == afternoon and end - morning <= 0:
            start = morning
        return start, end, min(sure, also)
    if last.bare:
        end = last.hour % 12 * 60 + last.minute
        while end <= start:
            end += 720
        if end > 1440 and first.bare:  # 7-6 is from seven in the morning
            start, end = start - 720, end - 720
        return start, end, 0.9 if first.bare and first.hour in (7, 8) else 0.95
    return start, end, min(sure, also)
