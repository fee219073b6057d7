"""An encoder behind an address: only the right model is asked, and whatever else it answers is no vectors."""

from __future__ import annotations

import json

import pytest

from benchmarks.understanding.openai_twin import KEY, MODEL, cut, drip, openai_twin, silent, status
from mianyue.adapters.encoders.http import HttpEncoder
from mianyue.adapters.one_request import endpoint
from mianyue.base.errors import SettingError
from mianyue.understanding.phrases import bundled
from mianyue.understanding.phrases.encoder import EncoderUnavailable

pytest.importorskip("numpy")
SECRET = "卖货主播 13800000000"


@pytest.fixture
def twin():
    with openai_twin() as running:
        yield running


def encoder(twin, *, key=KEY, model=MODEL, within=2.0) -> HttpEncoder:
    return HttpEncoder(endpoint("MIANYUE_ENCODER_URL", twin.url), model, key, within)


def body(vectors, **more) -> bytes:
    rows = [{"object": "embedding", "index": n, "embedding": list(map(float, v)), **more} for n, v in enumerate(vectors)]
    return json.dumps({"object": "list", "data": rows}).encode()


def served(handler) -> None:
    """The bundled model, as a server of it would answer."""
    asked = json.loads(handler.twin.asked[-1]["raw"])
    texts = [text.removeprefix("query: ") for text in asked["input"]]
    handler.send(200, body(3 * bundled.BundledEncoder().embed(texts)))


@pytest.mark.skipif(not bundled.available(), reason="the extra embed is not installed")
def test_the_right_model_gives_the_bundled_ones_vectors_and_is_tried_once(twin):
    twin.say(served)
    asked = encoder(twin)
    for text in ("周三可以", "supply chain"):
        assert float(asked.embed([text])[0] @ bundled.BundledEncoder().embed([text])[0]) == pytest.approx(1.0, abs=1e-3)
    assert [len(json.loads(one["raw"])["input"]) for one in twin.asked] == [6, 1, 1]
    assert {one["path"] for one in twin.asked} == {"/v1/embeddings"}


def test_another_model_hears_nothing_about_anybody(twin):
    twin.say(lambda handler: handler.send(200, body([[1.0] * 384] * 6)))
    with pytest.raises(EncoderUnavailable) as refused:
        encoder(twin).embed([SECRET])
    assert refused.value.reason == "other_model"
    assert all(SECRET not in one["raw"] for one in twin.asked)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (status(500), "status_500"),
        (status(302, Location="http://127.0.0.1:9/"), "status_302"),
        (silent(3), "timeout"),
        (drip(b"{" * 400, 0.05), "timeout"),
        (cut(b"{}" * 50, 10), "unreachable"),
        (b"[]", "no_vectors"),
        (b"nonsense", "no_vectors"),
        (body([[1.0, 0.0]]), "no_vectors"),
        (body([[1.0], [1.0, 2.0]]), "no_vectors"),
        (body([[float("nan")] * 2] * 6).replace(b"NaN", b"1e999"), "no_vectors"),
        (body([[0.0] * 384] * 6), "no_vectors"),
        (body([[]] * 6), "no_vectors"),
        (body([[1.0] * 2] * 6).replace(b'"index": 5', b'"index": 0'), "no_vectors"),
        (b" " * (5 * 1024 * 1024), "too_long"),
    ],
)
def test_whatever_goes_wrong_has_a_name_and_quotes_nothing(twin, answer, reason):
    twin.say(answer if callable(answer) else lambda handler: handler.send(200, answer))
    with pytest.raises(EncoderUnavailable) as failed:
        encoder(twin, within=0.6).embed([SECRET])
    assert failed.value.reason == reason
    assert KEY not in str(failed.value)
    assert SECRET not in str(failed.value)


def test_a_wrong_key(twin):
    twin.say(served)
    with pytest.raises(EncoderUnavailable) as refused:
        encoder(twin, key="sk-wrong").embed(["面试"])
    assert refused.value.reason == "status_401"


@pytest.mark.parametrize(
    "env",
    [
        {},
        {"MIANYUE_ENCODER_URL": "https://e.example.com/v1"},
        {"MIANYUE_ENCODER_URL": "http://e.example.com/v1", "MIANYUE_ENCODER_MODEL": "m"},
        {"MIANYUE_ENCODER_URL": "https://e.example.com/v1", "MIANYUE_ENCODER_MODEL": "m", "MIANYUE_ENCODER_KEY": "two words"},
    ],
)
def test_settings_that_are_not_understood(env):
    with pytest.raises(SettingError) as wrong:
        HttpEncoder.from_environment(env)
    assert "two words" not in str(wrong.value)
