"""Phrases that mean the same, and what no encoder may join."""

import pytest

from mianyue.adapters.encoders.memory import MemoryEncoder
from mianyue.understanding.phrases import bundled
from mianyue.understanding.phrases.encoder import EncoderUnavailable
from mianyue.understanding.phrases.likeness import Likeness

SALES = ("卖货主播", "直播带货讲解", "live product shows")


def learned(*phrases: str, encoder=None) -> Likeness:
    likeness = Likeness(encoder or MemoryEncoder([SALES, ("Java", "JavaScript"), ("tanning hides", "curing skins")]))
    likeness.learn(phrases)
    return likeness


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("卖货主播", "直播带货讲解", True),
        ("卖货主播", "live product shows", True),
        ("卖货主播", "焊接翻新", False),
        ("Java", "JavaScript", False),
        ("tanning hides", "curing skins", False),
        ("卖货主播", "never learned", False),
    ],
)
def test_what_the_table_tells_apart_and_latin_letters_no_encoder_joins(one, other, alike):
    assert learned("卖货主播", "直播带货讲解", "live product shows", "焊接翻新", "Java", "JavaScript").alike(one, other) is alike


def test_a_phrase_is_asked_for_once_and_a_sentence_never():
    encoder = MemoryEncoder([SALES])
    likeness = learned("卖货主播", "卖货主播", encoder=encoder)
    likeness.learn(["卖货主播", "live  product shows", "很" * 41, ""])
    assert encoder.asked == ["卖货主播", "live product shows"]


def test_after_a_failure_nothing_is_alike_and_nobody_is_asked_again():
    encoder = MemoryEncoder([SALES])
    encoder.failure = EncoderUnavailable("Away.", reason="timeout")
    likeness = learned(*SALES, encoder=encoder)
    likeness.learn(["焊接翻新"])
    assert (likeness.alike(*SALES[:2]), likeness.failure, encoder.asked) == (False, encoder.failure, list(SALES))


@pytest.mark.skipif(not bundled.available(), reason="the extra embed is not installed")
def test_the_bundled_encoder_knows_other_words_for_the_same():
    likeness = Likeness(bundled.BundledEncoder())
    likeness.learn(["卖货主播", "直播带货讲解", "焊接翻新"])
    assert likeness.alike("卖货主播", "直播带货讲解")
    assert not likeness.alike("卖货主播", "焊接翻新")
