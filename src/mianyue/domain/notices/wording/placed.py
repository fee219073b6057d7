"""Puts accepted sentences into a letter. Every fact of it stays the template's; only what greets, interests and takes leave changes."""

from __future__ import annotations

from dataclasses import replace

from mianyue.domain.notices.dates import times_of
from mianyue.domain.notices.facts import LetterFacts
from mianyue.domain.notices.letter import Block, Footer, Letter, Paragraph
from mianyue.domain.notices.purposes import Purpose
from mianyue.understanding.wording.suggestion import Suggestion


def placed(letter: Letter, facts: LetterFacts, suggestion: Suggestion) -> Letter:
    """The template's ``letter`` with the suggestion: opening and personal line after the greeting, the closing before the footer.

    Of an invitation and a second notice the template's first sentence gives way to a bare one that names job and round. Other times
    keep theirs, which says why there are any, and which the writer was not told.
    """
    greeting, first, *rest = letter.blocks
    if not isinstance(first, Paragraph) or not rest or not isinstance(rest[-1], Footer):
        raise ValueError("not a letter that offers times")
    *rest, footer = rest
    before: list[Block] = [first]
    if letter.purpose is not Purpose.NEW_OPTIONS:
        before = [Paragraph((suggestion.opening,)), Paragraph((subject_matter(facts),))]
    if suggestion.personal:
        before.append(Paragraph((suggestion.personal,)))
    return replace(letter, blocks=(greeting, *before, *rest, Paragraph((suggestion.closing,)), footer))


def passages_of(suggestion: Suggestion, purpose: Purpose | str) -> tuple[str, ...]:
    """The passages that a letter of this purpose takes."""
    opening = () if purpose is Purpose.NEW_OPTIONS else (suggestion.opening,)
    return tuple(passage for passage in (*opening, suggestion.personal, suggestion.closing) if passage)


def subject_matter(facts: LetterFacts) -> str:
    """The bare sentence that names job and round: facts, and so never the writer's."""
    return times_of(facts).voice.say(
        "We would like to invite you to an interview for {job} ({round}).", job=facts.job_title, round=facts.round_name
    )
