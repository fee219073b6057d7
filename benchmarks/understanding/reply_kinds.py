"""How rightly the extra ``embed`` tells the kind of a reply in languages it was not trained on (``--show`` prints the wrong ones)."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter

from benchmarks.understanding.figures import confusion, interval
from mianyue.understanding.phrases import bundled
from mianyue.understanding.phrases.encoder import Encoder
from mianyue.understanding.reply.kind import kind_of

DATA = Path(__file__).parent / "data"
SETS = ("reply_kinds", "reply_kinds_second", "reply_kinds_third", "reply_kinds_fourth")
"""Each written by another hand than the training sentences (Chinese, English, Japanese, Korean, German, French, Spanish, Portuguese)."""
TARGET = 0.97


def main(show: bool = False) -> None:
    """Prints for each set what ``report`` says."""
    if not bundled.available():
        sys.exit("The extra embed is not installed.")
    encoder = bundled.BundledEncoder()
    kind_of("warm up", encoder)
    for name in SETS:
        print(f"{name}:")
        report([json.loads(line) for line in (DATA / f"{name}.jsonl").read_text("utf-8").splitlines()], encoder, show=show)


def report(rows: list[dict[str, str]], encoder: Encoder, *, show: bool) -> None:
    """Prints the share that is right with its interval, by language, what was taken for what, and the milliseconds of a sentence."""
    told, taken = [], []
    for row in rows:
        start = perf_counter()
        told.append(kind_of(row["text"], encoder))
        taken.append((perf_counter() - start) * 1000)
    right = [float(kind.kind == row["class"]) for row, kind in zip(rows, told, strict=True)]
    low, high = interval(right)
    languages = list(dict.fromkeys(row["language"] for row in rows))
    print(
        f"{len(rows)} sentences in {len(languages)} languages: {sum(right) / len(right):.3f}  [{low:.3f}, {high:.3f}]  target {TARGET}"
    )
    for language in languages:
        own = [mark for mark, row in zip(right, rows, strict=True) if row["language"] == language]
        print(f"  {language} {sum(own) / len(own):.2f}", end="")
    print("\n" + confusion((row["class"], kind.kind) for row, kind in zip(rows, told, strict=True)))
    for least in (0.6, 0.8):
        sure = [mark for mark, kind in zip(right, told, strict=True) if kind.certainty >= least]
        print(f"certainty {least} and more: {len(sure) / len(rows):.2f} of them, right {sum(sure) / max(1, len(sure)):.3f}")
    if show:
        for row, kind, mark in zip(rows, told, right, strict=True):
            if not mark:
                print(f"  {row['language']} {row['text']!r}: {kind.kind} {kind.certainty:.2f}, truly {row['class']}")
    taken.sort()
    print(f"milliseconds: median {taken[len(taken) // 2]:.0f}, p95 {taken[int(len(taken) * 0.95)]:.0f}")


if __name__ == "__main__":
    main("--show" in sys.argv)
