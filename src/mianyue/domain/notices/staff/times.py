"""The times of a letter to the staff, in words: the writer and the guard spell them here, so that they can't disagree."""

from __future__ import annotations

from datetime import datetime, time

from mianyue.domain.notices.dates import Times
from mianyue.domain.notices.staff.facts import StaffFacts
from mianyue.domain.notices.voice import voice_for


def times_of(facts: StaffFacts) -> Times:
    """The times of this letter: its reader's language, its one zone."""
    return Times(voice_for(facts.recipient.language, facts.company_language), facts.zone, facts.now)


def when(facts: StaffFacts, times: Times) -> str:
    """When the request or the booking is; empty where the letter is about none."""
    if facts.interval is not None:
        return times.span(facts.interval)
    return times.moment(facts.at) if facts.at is not None else ""


def zone_name(facts: StaffFacts, times: Times) -> str:
    """The zone's name as it is at that time."""
    start = facts.interval.start if facts.interval is not None else facts.at
    return times.zone_name(start or facts.now)


def first_day(facts: StaffFacts, times: Times) -> str:
    """The first day at work as a date; empty where the letter is about none."""
    if facts.first_day is None:
        return ""
    return times.day(datetime.combine(facts.first_day, time(12), facts.zone))


def length(times: Times, minutes: int) -> str:
    """``3 h``, ``1 h 30 min``, ``45 min``."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(times.voice.say("{count} h", count=str(hours)))
    if rest or not hours:
        parts.append(times.minutes(rest, short=True))
    return " ".join(parts)
