"""How rightly the entity tagger reads: on invented sentences it was not trained on, and on any file in BMES columns given by option.

``--file`` takes text of one character and label a line (``张 B-NAME``), sentences parted by empty lines, such as ResumeNER (Zhang & Yang,
ACL 2018), which states no licence: it is only measured with, never kept here, and nothing of it goes into the model that is shipped.
``--train`` trains a second model on such a file, in a temporary folder, to see what the same features reach with sentences of the test's
own kind.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pycrfsuite

from mianyue.understanding.resume.tagger.features import features
from mianyue.understanding.resume.tagger.tag import entities, labels, spans
from training.tagger.__main__ import sentences, train
from training.tagger.grammar import Sentence

LABELS = ("NAME", "ORG", "TITLE", "EDU", "PRO", "CONT", "RACE", "LOC")
FRESH_SEED = 4711
# Right, found and true entities of a sentence, for each label.
Counts = Counter[tuple[str, str]]


def read(path: Path) -> Iterator[Sentence]:
    """The sentences of a file in BMES columns."""
    for block in path.read_text("utf-8").split("\n\n"):
        rows = [
            line.rsplit(maxsplit=1) if line[0].strip() else [line[0], line.split()[-1]]
            for line in block.splitlines()
            if line.strip()
        ]
        if rows:
            yield Sentence("".join(row[0] for row in rows), tuple(row[1] for row in rows))


def counted(sentence: Sentence, tagged: Callable[[str], list[str]] = labels) -> Counts:
    """How many entities of each label are there, were found, and were found exactly."""
    truth = set(spans(list(sentence.labels)))
    found = set(spans(tagged(sentence.text)))
    counts: Counts = Counter()
    for what, some in (("true", truth), ("found", found), ("right", truth & found)):
        counts.update((what, label) for label, _, _ in some)
    return counts


def f1(counts: Counts, labels: Sequence[str] = LABELS) -> tuple[float, float, float]:
    """Precision, recall and F1 over exact spans of the labels together; 0 where there is nothing."""
    right, found, true = (sum(counts[what, label] for label in labels) for what in ("right", "found", "true"))
    return right / found if found else 0.0, right / true if true else 0.0, 2 * right / (found + true) if found + true else 0.0


def interval(rows: Sequence[Counts], labels: Sequence[str], seed: int = 1, draws: int = 1000) -> tuple[float, float]:
    """The 95 % bootstrap interval of F1, sentences drawn with replacement."""
    chance = random.Random(seed)
    flat = [tuple(sum(row[what, label] for label in labels) for what in ("right", "found", "true")) for row in rows]
    scores = []
    for _ in range(draws):
        drawn = chance.choices(flat, k=len(flat))
        right, found, true = (sum(row[i] for row in drawn) for i in range(3))
        scores.append(2 * right / (found + true) if found + true else 0.0)
    scores.sort()
    return scores[int(draws * 0.025)], scores[int(draws * 0.975) - 1]


def in_domain(trained_on: Sequence[Sentence]) -> Callable[[str], list[str]]:
    """What a model says that was trained on these sentences, on all features, also what is seen once; nothing of it is kept."""
    tagger = pycrfsuite.Tagger()
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "model"
        train(trained_on, model, {"feature.minfreq": 1})
        tagger.open(str(model))
    return lambda text: tagger.tag(features(text))


def table(name: str, tested: Sequence[Sentence], tagged: Callable[[str], list[str]] = labels) -> None:
    """Prints precision, recall and F1 with its interval for each label and for all."""
    rows = [counted(sentence, tagged) for sentence in tested]
    total = sum(rows, Counter())
    print(f"{name}: {len(tested)} sentences")
    for label in (*LABELS, "all"):
        some = LABELS if label == "all" else (label,)
        true = sum(total["true", each] for each in some)
        if true:
            precision, recall, score = f1(total, some)
            low, high = interval(rows, some)
            print(f"  {label:6}{true:6} P {precision:6.1%} R {recall:6.1%} F1 {score:6.1%}  [{low:.1%}, {high:.1%}]")


def speed(tested: Sequence[Sentence]) -> float:
    """Median milliseconds of processor time a sentence, the model loaded."""
    times = []
    for sentence in tested:
        start = time.process_time()
        entities(sentence.text)
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def main() -> None:
    reading = argparse.ArgumentParser(prog="python -m benchmarks.understanding.entities", description=__doc__)
    reading.add_argument("--file", type=Path, action="append", default=[], help="a file in BMES columns; may be given again")
    reading.add_argument("--fresh", type=int, default=1000, help="how many invented sentences")
    reading.add_argument(
        "--train", type=Path, action="append", default=[], help="a file to train a second model on, for this run only"
    )
    asked = reading.parse_args()
    fresh = sentences(asked.fresh, FRESH_SEED)
    table("invented", fresh)
    for path in (*asked.file, *asked.train):
        if not path.exists():
            print(f"{path}: not there, skipped")
    tested = {path.name: list(read(path)) for path in asked.file if path.exists()}
    for name, sentences_of in tested.items():
        table(name, sentences_of)
    known = [sentence for path in asked.train if path.exists() for sentence in read(path)]
    if known:
        second = in_domain(known)
        for name, sentences_of in tested.items():
            table(f"{name}, trained on {len(known)} sentences of its kind", sentences_of, second)
    print(f"{speed(fresh):.2f} ms of processor time a sentence (median)")


if __name__ == "__main__":
    main()
