"""The same news in one text message: facts and a link, no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mianyue.domain.notices.dates import Times, times_of
from mianyue.domain.notices.facts import LetterFacts
from mianyue.domain.notices.purposes import Purpose, require
from mianyue.domain.notices.rows import Rows

# 3GPP TS 23.038 §6.2.1, the default alphabet; the second group takes two septets each.
_GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM7_DOUBLE = frozenset("^{}\\[~]|€")
# Typography that would turn a whole message into UCS-2 and halve its room.
_TYPEWRITTEN = str.maketrans({"–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "..."})


def segments(text: str) -> int:
    """How many messages ``text`` is billed as: 160 septets or 70 UTF-16 units in one, 153 or 67 in each of several (TS 23.040)."""
    if set(text) <= _GSM7 | _GSM7_DOUBLE:
        size, one, many = sum(2 if char in _GSM7_DOUBLE else 1 for char in text), 160, 153
    else:
        size, one, many = len(text.encode("utf-16-be")) // 2, 70, 67
    return 1 if size <= one else -(-size // many)


def render_sms(facts: LetterFacts, purpose: Purpose | str) -> str:
    """The fullest of the wordings that take the fewest segments. Always says who writes and ends with the page link.

    Raises LetterIncomplete. A message that held only a link would look like a fraud, so the shortest still names the company.
    """
    purpose = Purpose(purpose)
    require(facts, purpose)
    return shortest(_wordings(facts, times_of(facts), purpose))


def shortest(wordings: Iterable[str]) -> str:
    """The first of the wordings, given from the fullest on, that take the fewest segments; typography that costs room made plain."""
    return min(map(_typewritten, wordings), key=segments)


def _typewritten(text: str) -> str:
    text = text.strip()
    plain = text.translate(_TYPEWRITTEN)
    return plain if set(plain) <= _GSM7 | _GSM7_DOUBLE else text


def _wordings(facts: LetterFacts, times: Times, purpose: Purpose) -> Iterator[str]:
    """Wordings from the fullest to the shortest."""
    say = times.voice.say
    company, job, link = facts.company, facts.job_title, facts.page_link
    if purpose is Purpose.CLOSING:
        yield say("{company}: about your application for {job}: {link}", company=company, job=job, link=link)
        yield say("{company}: about your application: {link}", company=company, link=link)
    elif purpose.answers and not purpose.offers:
        yield say("{company}: about your interview for {job}: {link}", company=company, job=job, link=link)
        yield say("{company}: about your interview: {link}", company=company, link=link)
    elif purpose.offers:
        if facts.held_until:
            yield say(
                "{company}: interview for {job} ({round}). Please pick a time by {until} ({zone}): {link}",
                company=company,
                job=job,
                round=facts.round_name,
                until=times.moment(facts.held_until),
                zone=times.zone_name(facts.held_until),
                link=link,
            )
        yield say("{company}: please pick a time for your interview for {job}: {link}", company=company, job=job, link=link)
        yield say("{company}: please pick an interview time: {link}", company=company, link=link)
    else:
        yield from _booked(facts, times, _head(times, purpose))


def _booked(facts: LetterFacts, times: Times, head: str) -> Iterator[str]:
    say = times.voice.say
    start = facts.interval.start
    place = facts.place
    where = Rows(facts, times).where(place, facts.room) if facts.mode == "onsite" and place else say("by video")
    said = {
        "head": head,
        "company": facts.company,
        "when": times.moment(start),
        "zone": times.zone_name(start),
        "link": facts.page_link,
    }
    yield say("{company}, {job}: {head}, {when} ({zone}), {where} {link}", job=facts.job_title, where=where, **said)
    yield say("{company}: {head}, {when} ({zone}), {where} {link}", where=where, **said)
    yield say("{company}: {head}, {when} ({zone}) {link}", **said)


def _head(times: Times, purpose: Purpose) -> str:
    match purpose:
        case Purpose.CONFIRMATION | Purpose.INTERVIEWER_BOOKED:
            return times.voice.say("interview booked")
        case Purpose.CHANGED | Purpose.INTERVIEWER_CHANGED:
            return times.voice.say("interview changed")
        case Purpose.INTERVIEWER_LATE:
            return times.voice.say("the candidate will be late or may not come")
        case Purpose.CANCELLED | Purpose.WITHDRAWN | Purpose.INTERVIEWER_CANCELLED:
            return times.voice.say("interview cancelled")
        case _:
            return times.voice.say("interview reminder")
