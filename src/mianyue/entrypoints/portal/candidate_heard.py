"""What the candidate's page says back to words: what was understood, what was done, and the one tap that follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from mianyue.domain.interviews.queries import booked_option
from mianyue.domain.notices.answers import rows_about
from mianyue.domain.notices.dates import Times, times_of
from mianyue.domain.notices.letter import Row
from mianyue.domain.notices.rows import Rows
from mianyue.domain.replies.models import Heard
from mianyue.domain.replies.queries import newest_asked, of_interview
from mianyue.domain.replies.states import HeardState
from mianyue.entrypoints.portal.candidate_page import Choice
from mianyue.entrypoints.portal.door import Guest
from mianyue.entrypoints.portal.rows import tappable
from mianyue.workflows.facts import as_fact, facts_of
from mianyue.workflows.hearing.seen import interval_of, open_options, still_open
from mianyue.workflows.reply import standing


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing the candidate wrote, and what came of it. ``ask`` is the question that a tap answers: which, move, step_back or none.

    ``lines`` say what was done; ``rows`` answer questions; ``after``: what a person does; ``choices`` are the times asked about.
    ``again``: the words go back into the box, since nothing was done with them. ``mendable``: a tap can still say that this was misread.
    """

    heard: Heard
    lines: tuple[str, ...]
    ask: str = ""
    choices: tuple[Choice, ...] = ()
    rows: tuple[Row, ...] = ()
    after: tuple[str, ...] = ()
    again: bool = False
    mendable: bool = False


def read(guest: Guest, heard_id: str) -> Answer | None:
    """What the address names, if this candidate said it about this interview; else the newest question back that still stands."""
    interview, person = guest.visit.interview, guest.visit.link.person_id
    named = _uuid(heard_id)
    heard = of_interview(named, interview.pk, person) if named else None
    heard = heard or newest_asked(interview.pk, standing(interview))
    return _answer(guest, heard) if heard else None


def _answer(guest: Guest, heard: Heard) -> Answer:
    interview = guest.visit.interview
    booked = booked_option(interview)
    shown = [booked] if booked else open_options(interview, guest.now)
    chosen = as_fact(booked) if booked else None
    facts = facts_of(interview, guest.company, shown, recipient=guest.reader, chosen=chosen, now=guest.now)
    times = times_of(facts)
    done = {one["code"]: one for one in heard.done}
    ask = _question(heard, done, booked is not None)
    topics = done.get("answered", {}).get("topics", ())
    rows = tuple(tappable(rows_about(topics, Rows(facts, times), facts.room)))
    lines, after = tuple(_lines(heard, done, times)), tuple(filter(None, [_person(done)]))
    return Answer(
        heard,
        lines or after,
        ask,
        tuple(_choices(heard, done, guest, times)) if ask == "which" else (),
        rows,
        after if lines else (),
        again=heard.state == HeardState.STALE,
        mendable=not heard.corrected_as and heard.state in (HeardState.ACTED, HeardState.ASKED_BACK) and bool(done),
    )


def _question(heard: Heard, done: Mapping[str, Any], booked: bool) -> str:
    """The question that still waits for a tap."""
    if heard.state != HeardState.ASKED_BACK:
        return ""
    asked = {"asked_which": "which", "asked_move": "move", "asked_step_back": "step_back"}
    ask = next((asked[code] for code in done if code in asked), "")
    return "" if (ask == "which" and booked) or (ask == "move" and not booked) else ask


def _choices(heard: Heard, done: Mapping[str, Any], guest: Guest, times: Times) -> Iterable[Choice]:
    seen = done["asked_which"]["times"]
    there = still_open(seen, guest.visit.interview, guest.now)
    for position, one in enumerate(seen, 1):
        if position in there:
            interval = interval_of(one)
            yield Choice(one["number"], interval.start, times.span(interval), "")


def _lines(heard: Heard, done: Mapping[str, Any], times: Times) -> Iterable[str]:
    if heard.state == HeardState.STALE:
        yield _("Things had moved on when you sent this, so nothing was changed. Please look, and send it again if it still holds.")
    for code, one in done.items():
        if line := _line(code, one, done, times):
            yield line
    if heard.state == HeardState.WAITING:
        yield _("We have your message and are reading it.")


def _line(code: str, one: Mapping[str, Any], done: Mapping[str, Any], times: Times) -> str:
    if code == "booked":
        return _("%(when)s is booked for you. A confirmation is on its way.") % {"when": times.span(interval_of(dict(one)))}
    if code == "asked_which":
        gone = _("The time you mean is no longer available.") + " " if one.get("why") == "gone" else ""
        return gone + (_("Did you mean this time?") if len(one["times"]) == 1 else _("Which of these times do you mean?"))
    if code in ("offered", "none_free"):
        named = times.voice.enumerated([times.stretch(interval_of(window)) for window in one["windows"]])
        if code == "offered":
            return _("You asked for %(when)s. These times are free; please choose one.") % {"when": named}
        kept = "" if "offered_others" in done else " " + _("What you had stands, and a recruiter has your wish.")
        return _("You asked for %(when)s. No time in it is free for everybody.") % {"when": named} + kept
    if code == "noted" and "offered_others" in done:
        return ""
    if code == "told_panel":
        return _told_panel(one, times)
    if code == "asked_move" and one.get("windows"):
        named = times.voice.enumerated([times.stretch(interval_of(window)) for window in one["windows"]])
        return _("There are free times in %(when)s. Give up the booked one and choose among them?") % {"when": named}
    return _PLAIN[code]() if code in _PLAIN else ""


def _person(done: Mapping[str, Any]) -> str:
    """What a person does about it."""
    return _PERSON.get(done["person"]["why"], _plain_person)() if "person" in done else ""


def _told_panel(one: Mapping[str, Any], times: Times) -> str:
    if one["why"] == "ill":
        return _("Get well soon. The interviewers know that you may not come.")
    if one["minutes"]:
        late = times.minutes(one["minutes"])
        return _("The interviewers know that you will be about %(minutes)s late.") % {"minutes": late}
    return _("The interviewers know that you will be late.")


def _plain_person() -> str:
    return _("A person will read your message and answer you.")


_PLAIN = {
    "booked_already": lambda: _("This time is booked for you already; nothing has changed."),
    "noted": lambda: _("Thank you. There was nothing to do, and nothing was changed."),
    "offered_others": lambda: _("We have found other times for you. Please choose one below."),
    "asked_move": lambda: _("Would you like another time? The booked one stands until we have found others."),
    "asked_step_back": lambda: _("Do you want to step back from this application? Nothing has changed yet."),
    "answered": lambda: _("This is what we know:"),
    "stayed": lambda: _("Nothing was changed."),
}
_PERSON = {
    "question": lambda: _("We have no certain answer to your question here. A person will answer you."),
    "unclear": lambda: _("We are not sure that we understood you, so nothing was changed. A person will read your message."),
    "too_often": lambda: _("Times were offered several times already. A recruiter will write to you."),
    "other_times": lambda: _("We have found no other times. A recruiter will look for some and write to you."),
    "not_meant": lambda: _("Thank you for telling us. A person will read your message and put it right."),
    # What was said is followed by its question or its news; that a person knows as well is no news to the candidate.
    "decline": lambda: "",
    "late": lambda: _("A recruiter knows, too."),
    "ill": lambda: _("A recruiter knows, too."),
    "today": lambda: _("A recruiter knows, too."),
    "none_free": lambda: "",
}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
