"""Tells what kind of reply a sentence is in a language the grammar doesn't read; a person or a question back does the rest."""

from __future__ import annotations

import json
import re
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
_ASKS = re.compile(r"[?？؟]")
_NUMBER = re.compile(r"\d+")
_CLOCK = re.compile(r"\d{1,2}\s*[:.h時点點时시]\s*\d\d|\d\s*(?:am|pm|uhr|時|点|點|시|h\b)", re.IGNORECASE)
_MOST_NUMBERS = 3
_SHARE = 0.3
"""How much a sign counts beside the vector, whose length is one."""
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

    A logistic regression over the encoder's vectors and ``signs``, trained on sentences of our own (``training/reply_kind.py``) in
    eight languages; the encoder carries it over to others. The certainty is the softmax's. Raises EncoderUnavailable.
    """
    return _sort(text, encoder.embed([text])[0])


def signs(text: str) -> list[float]:
    """What every script shows and a vector of meaning tends to lose: whether something is asked, how many numbers there are, a clock time."""
    numbers = min(len(_NUMBER.findall(text)), _MOST_NUMBERS) / _MOST_NUMBERS
    return [_SHARE * sign for sign in (bool(_ASKS.search(text)), numbers, bool(_CLOCK.search(text)))]


def _sort(text: str, of_meaning: Any) -> Sort:
    import numpy

    vector = numpy.concatenate([of_meaning, signs(text)])
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
    if vectors.shape != (len(_PROBES), len(_weights()["centre"]) - len(signs(""))):
        return False
    return all(_sort(text, vector).kind == kind for vector, (text, kind) in zip(vectors, _PROBES, strict=True))


@cache
def _weights() -> dict[str, Any]:
    import numpy

    stored = cast(dict[str, Any], json.loads(files("mianyue.understanding").joinpath(_WEIGHTS).read_text("utf-8")))
    return {name: numpy.asarray(stored[name], dtype="float32") for name in ("centre", "matrix", "offset")}
