"""The bundled encoder, where the extra ``embed`` is installed."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from mianyue.understanding.phrases import bundled

pytestmark = pytest.mark.skipif(not bundled.available(), reason="the extra embed is not installed")


def near(a, b):
    first, second = bundled.BundledEncoder().embed([a, b])
    return float(first @ second)


def test_a_vector_has_length_1():
    vectors = bundled.BundledEncoder().embed(["面试", "interview"])
    assert vectors.shape == (2, bundled.DIMENSIONS)
    assert [round(float(vector @ vector), 3) for vector in vectors] == [1.0, 1.0]


def test_the_same_in_another_language_is_nearer_than_something_else():
    assert near("供应链管理", "supply chain management") > near("供应链管理", "front-end development")


@pytest.mark.parametrize("odd", ["", "\0", "a\0b", "\ud83d", "好" * 5000, "\u202e" * 40])
def test_any_text_has_a_vector(odd):
    assert bundled.BundledEncoder().embed([odd]).shape == (1, bundled.DIMENSIONS)


def test_threads_may_share_it():
    encoder = bundled.BundledEncoder()
    alone = [encoder.embed([f"text {number}"])[0] for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda number: encoder.embed([f"text {number}"])[0], range(8)))
    assert all((first == second).all() for first, second in zip(alone, together, strict=True))
