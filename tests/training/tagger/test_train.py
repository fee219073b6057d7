"""The shipped model belongs to the text and the features of today, and training is repeatable."""

import json
from importlib.resources import files

from benchmarks.understanding.entities import counted, f1
from training.tagger.__main__ import fingerprint, sentences, train


def test_the_shipped_model_was_trained_on_what_is_written_today():
    folder = files("mianyue.understanding.resume.tagger")
    shipped = json.loads(folder.joinpath("model.json").read_text("utf-8"))
    content = folder.joinpath("model.crfsuite").read_bytes()
    assert fingerprint(sentences(shipped["sentences"], shipped["seed"]), content) == shipped, "run python -m training.tagger"


def test_training_twice_gives_the_same_bytes(tmp_path):
    some = sentences(120, 5)
    for name in ("one", "two"):
        train(some, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_sentences_it_has_not_seen_are_read():
    total = sum((counted(sentence) for sentence in sentences(200, 99)), start=counted(sentences(1, 98)[0]))
    assert f1(total)[2] >= 0.95
    assert f1(total, ("NAME",))[2] >= 0.98
