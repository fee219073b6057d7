"""Tells what kind of reply a sentence is in a language the grammar doesn't read; a person or a question back does the rest."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

from mianyue.understanding.phrases.encoder import Encoder

Kind = Literal["schedule", "decline", "question", "other"]
KINDS: tuple[Kind, ...] = ("schedule", "decline", "question", "other")
_WEIGHTS = "reply/kind.json"


@dataclass(frozen=True, slots=True)
class Sort:
    """``schedule`` (picks or proposes a time), ``decline``, ``question`` or ``other``, and how sure (0 to 1)."""

    kind: Kind
    certainty: float


def kind_of(text: str, encoder: Encoder) -> Sort:
    """What kind of reply ``text`` is.

    A logistic regression over the encoder's vectors, trained on sentences of our own (``training/reply_kind.py``) in Chinese and
    English only; the encoder carries it over to other languages. The certainty is the softmax's.
    """
    import numpy

    weights = _weights()
    vector = encoder.embed([text])[0] - weights["centre"]
    scores = weights["matrix"] @ vector + weights["offset"]
    shares = numpy.exp(scores - scores.max())
    shares /= shares.sum()
    best = int(shares.argmax())
    return Sort(KINDS[best], float(shares[best]))


@cache
def _weights() -> dict[str, Any]:
    import numpy

    stored = cast(dict[str, Any], json.loads(files("mianyue.understanding").joinpath(_WEIGHTS).read_text("utf-8")))
    return {name: numpy.asarray(stored[name], dtype="float32") for name in ("centre", "matrix", "offset")}
