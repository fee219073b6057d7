"""What a letter is allowed to contain, derived from the facts alone, for the guard to compare with what it does contain."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from mianyue.domain.notices.dates import times_of
from mianyue.domain.notices.facts import LetterFacts
from mianyue.domain.notices.maps import map_link
from mianyue.domain.notices.purposes import Purpose

Span = tuple[int, int]
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))


def folded(text: str) -> str:
    """``text`` with full-width forms, dashes and white space made alike, so that ``１４：００`` is looked at as ``14:00``.

    Character by character, so that a fact folds the same way inside a sentence and alone.
    """
    return " ".join("".join(unicodedata.normalize("NFKC", char) for char in text).translate(_DASHES).split())


def spans(text: str, known: Iterable[str]) -> list[Span]:
    """Where ``known`` strings stand in ``text`` as whole words: the room ``2`` doesn't cover the 2 of ``12:00``."""
    found: list[Span] = []
    for string in set(known) - {""}:
        before = r"(?<![A-Za-z0-9])" if string[0].isascii() and string[0].isalnum() else ""
        after = r"(?![A-Za-z0-9])" if string[-1].isascii() and string[-1].isalnum() else ""
        found += [match.span() for match in re.finditer(before + re.escape(string) + after, text)]
    return found


def within(span: Span, others: Collection[Span]) -> bool:
    """Whether ``span`` lies inside one of ``others``."""
    return any(start <= span[0] and span[1] <= end for start, end in others)


def explained(match: re.Match[str], others: Collection[Span]) -> bool:
    """Whether each part of ``match`` between commas is known: in "Sales for May, 2 Sun Street" two facts only look like a date."""
    parts = re.finditer(r"[^, ][^,]*", match[0])
    return all(within((match.start() + part.start(), match.start() + part.end()), others) for part in parts)


def blanked(text: str, known: Iterable[Span]) -> str:
    """``text`` with the known spans replaced by a character that no pattern matches."""
    letters = list(text)
    for start, end in known:
        letters[start:end] = "\0" * (end - start)
    return "".join(letters)


@dataclass(frozen=True)
class Known:
    """Everything of one letter that is known beforehand: what HR wrote, what people call themselves. All but links are folded."""

    times: frozenset[str]
    company_words: frozenset[str]
    names: frozenset[str]
    links: frozenset[str]


def known(facts: LetterFacts, purpose: Purpose | None, job_keywords: Collection[str]) -> Known:
    """What a letter of ``purpose`` may contain; None is any purpose."""
    return Known(
        times=frozenset(map(folded, _times(facts, purpose))),
        company_words=frozenset(map(folded, [*_company_words(facts), *job_keywords])),
        names=frozenset(map(folded, (facts.candidate_name, facts.recipient.name))),
        links=frozenset(filter(None, _links(facts))),
    )


def _times(facts: LetterFacts, purpose: Purpose | None) -> list[str]:
    times = times_of(facts)
    spelled = [times.zone_name(facts.now)]
    if purpose is None or purpose.offers:
        for option in facts.options:
            when = times.span(option.interval)
            # With its number too, since "1. Dec" and "2. Wed" read like dates themselves.
            spelled += [when, f"{option.number}. {when}", times.zone_name(option.interval.start)]
        if facts.held_until:
            spelled += [times.moment(facts.held_until), times.zone_name(facts.held_until)]
    if (purpose is None or purpose.booked) and (facts.chosen or facts.previous):
        interval = facts.interval
        spelled += [times.span(interval), times.moment(interval.start), times.zone_name(interval.start)]
    if facts.previous and purpose in {Purpose.CHANGED, Purpose.INTERVIEWER_CHANGED}:
        spelled += [times.span(facts.previous), times.zone_name(facts.previous.start)]
    if purpose is None or purpose is Purpose.NONE_FREE:
        spelled += [said for asked in facts.asked for said in (times.stretch(asked), times.zone_name(asked.start))]
    if purpose in {Purpose.ASK_MOVE, Purpose.ANSWER} and facts.chosen:
        spelled += [times.span(facts.chosen.interval), times.zone_name(facts.chosen.interval.start)]
    if purpose is Purpose.REMINDER_2H:
        spelled.append(times.clock(facts.interval.start))
    return spelled


def _company_words(facts: LetterFacts) -> list[str]:
    contact, privacy, place = facts.contact, facts.privacy, facts.place
    return [
        facts.company,
        facts.job_title,
        facts.round_name,
        *facts.prepare,
        *(part for person in facts.interviewers for part in (person.name, person.department, person.title)),
        *(option.room_name for option in facts.options),
        facts.room,
        facts.portfolio,
        *((place.site_name, place.address) if place else ()),
        *(contact.name, contact.email, contact.phone, privacy.name, privacy.email),
    ]


def _links(facts: LetterFacts) -> list[str]:
    return [
        *(option.link for option in facts.options),
        facts.page_link,
        facts.video_link,
        facts.materials_url,
        facts.resume_link,
        facts.privacy.notice_url,
        map_link(facts.place, facts.zone) if facts.place else "",
    ]
