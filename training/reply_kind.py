"""Trains what kind of reply a sentence is: ``python -m training.reply_kind`` writes the weights that the extra ``embed`` uses.

The sentences (``reply_kind.jsonl``) are our own: mostly Chinese and English, and sixty each in Japanese, Korean, German, French, Spanish and
Portuguese. Softmax regression with a quadratic penalty, by accelerated gradient descent from zero: the same sentences give the same weights.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy

from mianyue.understanding.phrases.bundled import BundledEncoder
from mianyue.understanding.reply.kind import KINDS, signs

SENTENCES = Path(__file__).with_name("reply_kind.jsonl")
WEIGHTS = Path(__file__).parents[1] / "src" / "mianyue" / "understanding" / "reply" / "kind.json"
PENALTY = 0.0001


def sentences() -> list[dict[str, str]]:
    """``{"text", "class"}`` each."""
    return [json.loads(line) for line in SENTENCES.read_text("utf-8").splitlines()]


def inputs(rows: Sequence[dict[str, str]]) -> Any:
    """Per sentence the encoder's vector and the signs, as ``kind_of`` puts them together."""
    texts = [row["text"] for row in rows]
    return numpy.hstack([BundledEncoder().embed(texts), [signs(text) for text in texts]])


def fitted(vectors: Any, kinds: Any, penalty: float = PENALTY, steps: int = 4000) -> tuple[Any, Any, Any]:
    """The centre of ``vectors`` (n × d), and matrix (kinds × d) and offset of the regression on ``kinds`` (n numbers of KINDS)."""
    centre = vectors.mean(axis=0)
    x = numpy.hstack([vectors - centre, numpy.ones((len(vectors), 1))]).astype("float64")
    truth = numpy.eye(len(KINDS))[kinds]
    share = truth.sum(axis=0)
    weigh = (len(kinds) / (len(KINDS) * share))[kinds][:, None]
    decay = numpy.full(x.shape[1], penalty)
    decay[-1] = 0.0
    matrix = numpy.zeros((len(KINDS), x.shape[1]))
    # Nesterov's accelerated gradient; the loss is smooth and strictly convex, so any start ends at the same place.
    step = 1.0 / (0.5 * numpy.linalg.norm(x, 2) ** 2 * weigh.max() / len(x) + penalty)
    ahead, momentum = matrix.copy(), 1.0
    for _ in range(steps):
        scores = x @ ahead.T
        shares = numpy.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        gradient = ((shares - truth) * weigh).T @ x / len(x) + ahead * decay
        moved = ahead - step * gradient
        following = (1 + (1 + 4 * momentum**2) ** 0.5) / 2
        ahead = moved + (momentum - 1) / following * (moved - matrix)
        matrix, momentum = moved, following
    return centre, matrix[:, :-1], matrix[:, -1]


def main() -> None:
    """Trains, prints how right it is on sentences left out (ten folds), and writes the weights."""
    rows = sentences()
    vectors = inputs(rows)
    places = {str(kind): place for place, kind in enumerate(KINDS)}
    kinds = numpy.array([places[row["class"]] for row in rows])
    right = 0
    for fold in range(10):
        test = numpy.arange(len(rows)) % 10 == fold
        centre, matrix, offset = fitted(vectors[~test], kinds[~test])
        right += int((((vectors[test] - centre) @ matrix.T + offset).argmax(axis=1) == kinds[test]).sum())
    print(f"{len(rows)} sentences, right on those left out: {right / len(rows):.3f}")
    centre, matrix, offset = fitted(vectors, kinds)
    stored = {
        "centre": [round(float(value), 5) for value in centre],
        "matrix": [[round(float(value), 4) for value in row] for row in matrix],
        "offset": [round(float(value), 4) for value in offset],
    }
    WEIGHTS.write_text(json.dumps(stored, separators=(",", ":")) + "\n", "utf-8")
    print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
