"""Finds the candidate's name in a résumé: after a label, in the title, in a sentence, or standing alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mianyue.understanding.folding import Folded
from mianyue.understanding.resume.bare_names import as_name, believed
from mianyue.understanding.resume.fact import Fact, fact_at
from mianyue.understanding.resume.likely_names import known_words
from mianyue.understanding.resume.other_people import of_somebody_else, their_places
from mianyue.understanding.resume.standing_names import standing_names
from mianyue.understanding.resume.told_names import names_beside, told_names
from mianyue.understanding.traditional import simplified

_CHINESE_LABEL = re.compile(
    r"(?<![\u3400-\u9fff])(?:(?:中文|候选人|应聘[者人]|求职者|申请人)?姓\s{0,9}名|候选人|(?:应聘|求职|申请|自荐|填表|[联聯][系絡络])[者人]|(?:本人)?签\s?名|署\s?名)"
    r"\s{0,9}(?:[:：|｜]\s{0,9}|[\t\n ]\s{0,9})"
)
_LATIN_LABEL = re.compile(
    r"(?:^|[\t\n|]|\ \ )\s{0,9}(?:(?:full|candidate|applicant|my)(?:'s)?\ )?name\s{0,9}[:\t\n]\s{0,9}", re.IGNORECASE
)
_LABELLED = re.compile(
    r"[^\t\n|｜,，;；:：]{1,60}? (?= \s\s | [\t\n|｜,，;；] | $ | \s{0,9}(?:性\s{0,9}别|年\s{0,9}龄|gender\b|sex\b) )",
    re.IGNORECASE | re.VERBOSE,
)
_GIVEN = re.compile(r"(?:^|[\t\n|])\s{0,9}(?:first|given) names?\s{0,9}[:\t\n]\s{0,9}(?P<value>[^\t\n|]+)", re.IGNORECASE)
_FAMILY = re.compile(
    r"(?:^|[\t\n|])\s{0,9}(?:(?:last|family) name|surname)\s{0,9}[:\t\n]\s{0,9}(?P<value>[^\t\n|]+)", re.IGNORECASE
)
_IN_ADDRESS = re.compile(r"([a-z]{3,})[._-]([a-z]{3,})\d{0,4}")


def names(folded: Folded, address: str) -> Iterator[Fact]:
    """Everything that may be the candidate's name; ``address`` is the e-mail address, with which a Latin name often agrees."""
    theirs = [folded.span(start, end) for start, end in their_places(simplified(folded.text)) if end > start]
    for fact in _everywhere(folded, address):
        if not any(start <= fact.start < end for start, end in theirs):
            yield fact


def _everywhere(folded: Folded, address: str) -> Iterator[Fact]:
    yield from _labelled(folded)
    yield from told_names(folded)
    yield from standing_names(folded, address)
    yield from names_beside(folded)
    yield from _in_the_address(folded, address)


def _labelled(folded: Folded) -> Iterator[Fact]:
    text = folded.text
    for label in (_CHINESE_LABEL, _LATIN_LABEL):
        for match in label.finditer(text):
            value = _LABELLED.match(text, match.end())
            if value is None or of_somebody_else(text[max(0, match.start() - 12) : match.start()].rpartition("\n")[2]):
                continue
            name = as_name(value[0]) or (believed(value[0]) if label is _CHINESE_LABEL else None)
            if name:
                yield fact_at(folded, name, match.end(), match.end() + len(value[0].rstrip()), "label", 0.99)
    given, family = _GIVEN.search(text), _FAMILY.search(text)
    if given and family:
        start, end = min(given.start("value"), family.start("value")), max(given.end(), family.end())
        yield fact_at(folded, f"{given['value'].strip()} {family['value'].strip()}", start, end, "label", 0.97)


def _in_the_address(folded: Folded, address: str) -> Iterator[Fact]:
    """The name in daniel.kowalski@…: a question, for a résumé that names nobody."""
    match = _IN_ADDRESS.fullmatch(address.partition("@")[0].casefold())
    start = folded.text.casefold().find(match[0]) if match else -1
    if match and start >= 0 and any(known_words(word) for word in match.groups()):
        yield fact_at(folded, " ".join(match.groups()).title(), start, start + len(match[0]), "address", 0.45)
