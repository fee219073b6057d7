"""Reads the entities of a sentence with the shipped model (conditional random field, Lafferty et al. 2001)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from mianyue.understanding.resume.tagger.features import features

if TYPE_CHECKING:
    from pycrfsuite import Tagger  # type: ignore[import-untyped]  # the package ships neither stubs nor py.typed

MODEL = "model.crfsuite"
# What surrounds an entity longer than this is no sentence; the model's time grows with it.
LONGEST_SENTENCE = 400
_own = threading.local()


@dataclass(frozen=True, slots=True)
class Entity:
    """``start:end`` in the sentence; ``label`` is NAME, ORG, TITLE, EDU, PRO (what was studied), LOC, RACE or CONT (citizenship).

    ``confidence`` is the lowest marginal probability of its characters' labels.
    """

    label: str
    start: int
    end: int
    confidence: float


def entities(sentence: str) -> list[Entity]:
    """The entities of a sentence in simplified characters, in order; none of one over 400 characters."""
    if not sentence.strip() or len(sentence) > LONGEST_SENTENCE:
        return []
    tagger = _tagger()
    found = labels(sentence)
    return [
        Entity(label, start, end, min(tagger.marginal(found[i], i) for i in range(start, end)))
        for label, start, end in spans(found)
    ]


def labels(sentence: str) -> list[str]:
    """The likeliest BMES label of each character."""
    tagger = _tagger()
    tagger.set(features(sentence))
    return list(tagger.tag())


def spans(labels: list[str]) -> Iterator[tuple[str, int, int]]:
    """The complete entities of a row of BMES labels as label, start and end; a piece that never ends is none."""
    start = None
    for i, label in enumerate(labels):
        border, _, kind = label.partition("-")
        if border == "S":
            yield kind, i, i + 1
        if border == "B":
            start = i
        elif border == "E" and start is not None and labels[start][2:] == kind:
            yield kind, start, i + 1
        if border in ("S", "E", "O"):
            start = None


def _tagger() -> Tagger:
    """This thread's tagger: between labelling and telling probabilities it holds the sentence, which another thread would replace."""
    if not hasattr(_own, "tagger"):
        from pycrfsuite import Tagger

        _own.tagger = Tagger()
        _own.tagger.open_inmemory(_model())
    return _own.tagger


@cache
def _model() -> bytes:
    """The model's bytes, kept for good: the taggers read in them without a copy and without holding them."""
    return files(__package__).joinpath(MODEL).read_bytes()
