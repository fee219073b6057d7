"""The kind of a reply in languages beyond the grammar's."""

import json
from importlib.resources import files

import numpy
import pytest

from mianyue.understanding.phrases import bundled
from mianyue.understanding.reply.kind import KINDS, kind_of, signs

with_encoder = pytest.mark.skipif(not bundled.available(), reason="the extra embed is not installed")


class Fixed:
    """An encoder for which every text is the same vector."""

    def __init__(self, vector):
        self.vector = vector

    def embed(self, texts):
        return numpy.asarray([self.vector] * len(texts), dtype="float32")


def test_the_weights_are_few_and_belong_to_the_encoder():
    stored = files("mianyue.understanding").joinpath("reply/kind.json").read_bytes()
    weights = json.loads(stored)
    assert len(stored) < 1_000_000
    assert numpy.asarray(weights["matrix"]).shape == (len(KINDS), bundled.DIMENSIONS + len(signs("")))


def test_a_vector_along_a_kind_is_of_that_kind():
    weights = json.loads(files("mianyue.understanding").joinpath("reply/kind.json").read_text("utf-8"))
    for name, row in zip(KINDS, weights["matrix"], strict=True):
        told = kind_of("", Fixed((numpy.asarray(weights["centre"]) + numpy.asarray(row))[: bundled.DIMENSIONS]))
        assert told.kind == name
        assert 0.9 < told.certainty <= 1


@pytest.mark.parametrize(
    ("text", "asks", "numbers", "clock"),
    [
        ("¿Dónde?", 1, 0, 0),
        ("أين؟", 1, 0, 0),
        ("10:30", 0, 2 / 3, 1),
        ("às 14h", 0, 1 / 3, 1),
        ("15시", 0, 1 / 3, 1),
        ("١١", 0, 1 / 3, 0),
    ],
)
def test_signs_are_seen_in_any_script(text, asks, numbers, clock):
    assert signs(text) == pytest.approx([0.3 * asks, 0.3 * numbers, 0.3 * clock])


@with_encoder
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Il secondo orario va benissimo per me", "schedule"),
        ("Rezygnuję z udziału w rekrutacji", "decline"),
        ("Где находится ваш офис?", "question"),
        ("Cảm ơn anh chị, em đã nhận được thư", "other"),
    ],
)
def test_languages_it_was_never_trained_on(text, kind):
    assert kind_of(text, bundled.BundledEncoder()).kind == kind


@pytest.mark.slow
@with_encoder
def test_the_trained_weights_are_those_that_are_shipped():
    from training.reply_kind import fitted, inputs, sentences

    rows = sentences()
    _, matrix, _ = fitted(inputs(rows), numpy.array([KINDS.index(row["class"]) for row in rows]))
    shipped = numpy.asarray(json.loads(files("mianyue.understanding").joinpath("reply/kind.json").read_text("utf-8"))["matrix"])
    # Processors add in another order; the kinds they tell are the same.
    assert numpy.abs(matrix - shipped).max() < 0.05 * numpy.abs(shipped).max()
