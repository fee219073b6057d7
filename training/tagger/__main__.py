"""``python -m training.tagger``: writes the invented sentences, trains on them and puts the model where the product reads it."""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

import pycrfsuite

from mianyue.understanding.resume.tagger import tag
from mianyue.understanding.resume.tagger.features import features
from training.tagger.grammar import Grammar, Sentence

SEED = 2026
SENTENCES = 15_000
# The features of so many sentences tell whether they are still those the model was trained on.
SEEN = 200
SETTINGS = {"c1": 0.1, "c2": 0.05, "max_iterations": 150, "feature.possible_transitions": True, "feature.minfreq": 2}
WORDS = Path(__file__).parent / "words"


def sentences(count: int, seed: int) -> list[Sentence]:
    """``count`` invented sentences, the same for the same seed."""
    grammar, chance = Grammar(WORDS), random.Random(seed)
    return [grammar.sentence(chance) for _ in range(count)]


def train(sentences: Sequence[Sentence], model: Path, settings: Mapping[str, float] = MappingProxyType({})) -> None:
    """Writes a model trained on the sentences, ``settings`` over the usual ones; the same sentences give the same bytes."""
    trainer = pycrfsuite.Trainer(verbose=False, params=SETTINGS | dict(settings))
    for sentence in sentences:
        trainer.append(features(sentence.text), sentence.labels)
    trainer.train(str(model))


def fingerprint(sentences: list[Sentence], model: bytes) -> dict[str, int | str]:
    """What a model was made of and is: a test compares it with the text and the features of the day."""
    written, seen = sha256(), sha256()
    for sentence in sentences:
        written.update(f"{sentence.text}\n{' '.join(sentence.labels)}\n".encode())
    for sentence in sentences[:SEEN]:
        seen.update(repr(features(sentence.text)).encode())
    return {
        "sentences": len(sentences),
        "seed": SEED,
        "text_sha256": written.hexdigest(),
        "features_sha256": seen.hexdigest(),
        "settings": repr(SETTINGS),
        "model_sha256": sha256(model).hexdigest(),
    }


def main() -> None:
    reading = argparse.ArgumentParser(prog="python -m training.tagger", description=__doc__)
    reading.add_argument("--sentences", type=int, default=SENTENCES, help="how many sentences to write and train on")
    reading.add_argument("--model", type=Path, default=Path(tag.__file__).with_name(tag.MODEL), help="the file to write")
    asked = reading.parse_args()
    start = time.monotonic()
    written = sentences(asked.sentences, SEED)
    train(written, asked.model)
    content = asked.model.read_bytes()
    print_of = fingerprint(written, content)
    asked.model.with_suffix(".json").write_text(json.dumps(print_of, indent=1) + "\n", "utf-8")
    sys.stdout.write(
        f"{len(written)} sentences, {sum(len(each.text) for each in written)} characters, seed {SEED}: {asked.model.name}, "
        f"{len(content) / 1e6:.2f} MB, sha256 {print_of['model_sha256']}, {time.monotonic() - start:.0f} s\n"
    )


if __name__ == "__main__":
    main()
