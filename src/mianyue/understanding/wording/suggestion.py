"""What may be asked of a language model and what it may answer: three short passages, and nothing that is a fact."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]

MOST_WORDS = 60
"""In each passage, of a language that parts its words."""
MOST_CHARACTERS = 120
"""In each Chinese passage."""
_FIELDS = ("opening", "personal", "closing")
# What letters are written with. Anything else (other scripts, full-width digits, invisible and control characters) is an imitation.
_WRITTEN = re.compile(r"[ -~À-ÖØ-öø-ÿ‘’“”–—…·￥€£\u3400-\u9fff，。、；：？！（）《》「」！]*")


class SuggestionRefused(Exception):
    """A suggestion broke a rule. ``check`` names the first that it broke; nothing of the suggestion is repeated."""

    def __init__(self, check: str) -> None:
        super().__init__(check)
        self.check = check


@dataclass(frozen=True, slots=True)
class Asked:
    """All that the model was told: ``prompt`` is every word of it, the others are the parts that it may use."""

    language: Language
    job_title: str
    keywords: tuple[str, ...]
    prompt: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``personal`` is empty where there is no keyword to speak of."""

    opening: str
    personal: str
    closing: str

    @property
    def passages(self) -> tuple[str, ...]:
        return (self.opening, self.personal, self.closing)


def read(content: str, asked: Asked) -> Suggestion:
    """The one JSON object that ``content`` has to be, and nothing around it. Raises SuggestionRefused("schema" or "characters")."""
    try:
        told = json.loads(content, object_pairs_hook=_each_once)
    except (ValueError, RecursionError):
        raise SuggestionRefused("schema") from None
    if not isinstance(told, dict) or set(told) != set(_FIELDS) or not all(isinstance(told[name], str) for name in _FIELDS):
        raise SuggestionRefused("schema")
    suggestion = Suggestion(*(told[name] for name in _FIELDS))
    spoken = (bool(suggestion.opening), bool(suggestion.personal) or not asked.keywords, bool(suggestion.closing))
    if not all(spoken) or any(passage != passage.strip() or _too_long(passage, asked) for passage in suggestion.passages):
        raise SuggestionRefused("schema")
    if not all(_WRITTEN.fullmatch(_without(passage, asked)) for passage in suggestion.passages):
        raise SuggestionRefused("characters")
    return suggestion


def approved(passage: str, asked: Asked) -> list[tuple[int, int]]:
    """Where the job's title and the approved keywords stand in it, letter by letter, as whole words; the longest first."""
    spans: list[tuple[int, int]] = []
    for words in sorted({asked.job_title, *asked.keywords} - {""}, key=len, reverse=True):
        before = r"(?<![A-Za-z0-9])" if words[0].isascii() and words[0].isalnum() else ""
        after = r"(?![A-Za-z0-9])" if words[-1].isascii() and words[-1].isalnum() else ""
        for match in re.finditer(before + re.escape(words) + after, passage):
            if not any(start < match.end() and match.start() < end for start, end in spans):
                spans.append(match.span())
    return sorted(spans)


def blanked(passage: str, asked: Asked, blank: str = "\0") -> str:
    """The passage with ``blank`` in the place of each character of what is approved, for checks of everything else."""
    letters = list(passage)
    for start, end in approved(passage, asked):
        letters[start:end] = blank * (end - start)
    return "".join(letters)


def _without(passage: str, asked: Asked) -> str:
    return blanked(passage, asked, " ")


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    told = dict(pairs)
    if len(told) != len(pairs):
        raise ValueError("a name stands twice")
    return told


def _too_long(passage: str, asked: Asked) -> bool:
    if asked.language == "zh":
        return len(passage) > MOST_CHARACTERS
    return len(passage.split()) > MOST_WORDS or len(passage) > MOST_WORDS * 12
