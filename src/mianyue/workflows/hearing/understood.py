"""The reply grammar, told everything about the interview that it must know; and its findings as they are kept."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval, subtract, union
from mianyue.domain.interviews.models import Interview
from mianyue.domain.interviews.queries import booked_option
from mianyue.domain.interviews.states import InterviewState
from mianyue.domain.organization.models import Company
from mianyue.domain.organization.queries import company as the_company
from mianyue.domain.recruiting.models import Round
from mianyue.domain.replies.models import Heard
from mianyue.domain.replies.policy import says_nothing
from mianyue.understanding.lateness import minutes_late
from mianyue.understanding.phrases.encoder import EncoderUnavailable
from mianyue.understanding.reply.kind import Sort, kind_of
from mianyue.understanding.reply.understand import Reply, understand
from mianyue.understanding.reply.window import Window
from mianyue.understanding.thanks import only_thanks
from mianyue.workflows.attendance.company_days import working_days
from mianyue.workflows.encoding import encoder
from mianyue.workflows.facts import span
from mianyue.workflows.hearing.seen import interval_of

log = logging.getLogger(__name__)

_DAYS_KNOWN = 60
"""Working days ahead for which the company's own calendar is asked; a reply seldom speaks of later ones."""


def read(heard: Heard, interview: Interview) -> Reply:
    """What the words say, by the clock of the moment they came."""
    application = interview.application
    options = [interval_of(seen) for seen in heard.offered]
    booked = booked_option(interview) if interview.state == InterviewState.BOOKED else None
    theirs = ZoneInfo(application.time_zone)
    return understand(
        heard.words,
        options,
        heard.received_at,
        zone_of(interview),
        is_workday=_is_workday(the_company(), heard.received_at),
        booked=span(booked) if booked else None,
        theirs=theirs,
    )


def zone_of(interview: Interview) -> ZoneInfo:
    """The clock by which letters and pages about this interview speak: see ``LetterFacts.zone``."""
    application = interview.application
    onsite = interview.round.mode == Round.Mode.ONSITE
    return ZoneInfo(application.job.site.time_zone if onsite else application.time_zone)


def sort_of(heard: Heard, reply: Reply) -> Sort | None:
    """The kind of reply that an encoder takes the words for, where there is one and the grammar read nothing; else None.

    Must be called outside of any transaction: the encoder may be a server. One that fails changes nothing.
    """
    asked = encoder() if says_nothing(reply) and heard.words.strip() and not only_thanks(heard.words) else None
    try:
        return kind_of(heard.words, asked) if asked else None
    except EncoderUnavailable as failure:
        log.warning("The encoder could not be asked about %s: %s", heard.pk, failure)
        return None


def kept(reply: Reply, words: str, sort: Sort | None = None) -> dict[str, Any]:
    """The findings as values, without a word of the reply."""
    told = {"kind": sort.kind, "certainty": round(sort.certainty, 3), "method": "encoder"} if sort else None
    return {
        **({"likeness": told} if told else {}),
        "intents": list(reply.intents),
        "pick": reply.pick,
        "fits": list(reply.fits),
        "rejected": list(reply.rejected),
        "windows": [_window(window) for window in reply.windows],
        "proposed": [_window(window) for window in reply.proposed],
        "excluded": [_window(window) for window in reply.excluded],
        "questions": [{"topic": q.topic, "start": q.start, "end": q.end} for q in reply.questions],
        "spans": [{"start": m.start, "end": m.end, "kind": m.kind, "polarity": m.polarity} for m in reply.mentions],
        "certainty": round(reply.certainty, 3),
        "late": minutes_late(words) if "late" in reply.intents else None,
    }


def wanted_spans(understood: dict[str, Any], minutes: int) -> list[Interval]:
    """The times that were proposed, less those that were ruled out. A beginning without an end lasts as long as the interview."""
    length = timedelta(minutes=minutes)
    return subtract(union(_spans(understood.get("proposed", ()), length)), ruled_out(understood, minutes))


def ruled_out(understood: dict[str, Any], minutes: int) -> list[Interval]:
    """The times that the person can't come."""
    return union(_spans(understood.get("excluded", ()), timedelta(minutes=minutes)))


def _spans(windows: Iterable[dict[str, Any]], length: timedelta) -> list[Interval]:
    starts = [(datetime.fromisoformat(one["start"]), one["end"]) for one in windows]
    return [Interval(start, datetime.fromisoformat(end) if end else start + length) for start, end in starts]


def _window(window: Window) -> dict[str, Any]:
    return {
        "start": window.start.isoformat(),
        "end": window.end.isoformat() if window.end else None,
        "certainty": round(window.certainty, 3),
    }


def _is_workday(company: Company, now: datetime) -> Callable[[date], bool]:
    """The company's working days by its own calendar; beyond what that is asked for, its working week."""
    today = now.astimezone(ZoneInfo(company.time_zone)).date()
    known: Sequence[date] = working_days(company, today, _DAYS_KNOWN)
    last, worked = (known[-1] if known else today), set(known)
    return lambda day: day in worked if today <= day <= last else day.isoweekday() in company.working_week
