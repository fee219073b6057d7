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
CERTAIN = 0.6
"""Below this certainty a kind is none."""
_WEIGHTS = "reply/kind.json"
_PROBES: tuple[tuple[str, Kind], ...] = (
    ("周三下午我可以过来", "schedule"),
    ("Could we do it on Friday morning instead?", "schedule"),
    ("不好意思，我已经接受了别家公司", "decline"),
    ("I would like to withdraw my application.", "decline"),
    ("请问面试地点在哪里？", "question"),
    ("How long will it take?", "question"),
)


@dataclass(frozen=True, slots=True)
class Sort:
    """``schedule`` (picks or proposes a time), ``decline``, ``question`` or ``other``, and how sure (0 to 1)."""

    kind: Kind
    certainty: float


def kind_of(text: str, encoder: Encoder) -> Sort:
    """What kind of reply ``text`` is.

    A logistic regression over the encoder's vectors, trained on sentences of our own (``training/reply_kind.py``) in Chinese and
    English only; the encoder carries it over to other languages. The certainty is the softmax's. Raises EncoderUnavailable.
    """
    return _sort(encoder.embed([text])[0])


def _sort(vector: Any) -> Sort:
    import numpy

    weights = _weights()
    scores = weights["matrix"] @ (vector - weights["centre"]) + weights["offset"]
    shares = numpy.exp(scores - scores.max())
    shares /= shares.sum()
    best = int(shares.argmax())
    return Sort(KINDS[best], float(shares[best]))


def fits(encoder: Encoder) -> bool:
    """Whether the vectors are those that the weights were trained on: another model's numbers would mean nothing here.

    Raises EncoderUnavailable.
    """
    vectors = encoder.embed([text for text, _ in _PROBES])
    if vectors.shape != (len(_PROBES), len(_weights()["centre"])):
        return False
    return all(_sort(vector).kind == kind for vector, (_, kind) in zip(vectors, _PROBES, strict=True))


@cache
def _weights() -> dict[str, Any]:
    import numpy

    stored = cast(dict[str, Any], json.loads(files("mianyue.understanding").joinpath(_WEIGHTS).read_text("utf-8")))
    return {name: numpy.asarray(stored[name], dtype="float32") for name in ("centre", "matrix", "offset")}
