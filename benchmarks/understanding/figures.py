"""What the figures of understanding share: intervals that say how little a small test set proves, and tables of what was taken for what."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence


def mean(values: Sequence[float]) -> float:
    """The share, of noughts and ones."""
    return sum(values) / len(values)


def interval(values: Sequence[float], figure: Callable[[Sequence[float]], float] = mean, seed: int = 5) -> tuple[float, float]:
    """The middle 95 % of ``figure`` over 1,000 resamples (bootstrap percentile interval)."""
    chance = random.Random(seed)
    figures = sorted(figure(chance.choices(values, k=len(values))) for _ in range(1000))
    return figures[25], figures[974]


def confusion(pairs: Iterable[tuple[str, str]]) -> str:
    """Rows: the truth; columns: what it was taken for; only names that occur."""
    counted = Counter(pairs)
    names = sorted({name for pair in counted for name in pair})
    width = max(map(len, names), default=0) + 2
    head = " " * width + "".join(name.rjust(max(len(name), 4) + 2) for name in names)
    rows = [
        truth.ljust(width)
        + "".join((str(counted[truth, taken]) if counted[truth, taken] else "·").rjust(max(len(taken), 4) + 2) for taken in names)
        for truth in names
        if any(counted[truth, taken] for taken in names)
    ]
    return "\n".join([head, *rows])
