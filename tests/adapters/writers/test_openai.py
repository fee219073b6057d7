"""The writer against a strict server on this machine: what it sends, what it refuses, and that it is never late."""

from __future__ import annotations

import json
import threading
import time

import pytest

from benchmarks.understanding.bad_answers import EN, bad_transports, said
from benchmarks.understanding.openai_twin import KEY, MODEL, completion, openai_twin, silent
from mianyue.adapters.one_request import endpoint
from mianyue.adapters.writers.openai import OpenAiWriter
from mianyue.base.errors import SettingError
from mianyue.ports.writer import Draft, Request, WriterError, WriterRefused, WriterUnavailable

LIMIT = 0.5
REQUEST = Request("Say something.", '{"job_title": "后端开发工程师"}')


@pytest.fixture
def twin():
    with openai_twin() as running:
        running.say(completion(said(EN)))
        yield running


@pytest.fixture
def writer(twin) -> OpenAiWriter:
    return OpenAiWriter(endpoint("MIANYUE_WRITER_URL", twin.url), MODEL, KEY)


def test_a_draft_and_what_it_cost(twin, writer):
    assert writer.write(REQUEST, 5) == Draft(said(EN), 310, 90)


def test_only_the_request_is_sent(twin, writer):
    writer.write(REQUEST, 5)
    (asked,) = twin.asked
    assert asked["path"] == "/v1/chat/completions"
    assert asked["headers"]["Authorization"] == f"Bearer {KEY}"
    body = json.loads(asked["raw"])
    assert body["messages"] == [{"role": "system", "content": REQUEST.instructions}, {"role": "user", "content": REQUEST.task}]
    assert (body["model"], body["stream"], body["temperature"] <= 0.3) == (MODEL, False, True)


@pytest.mark.parametrize("name", bad_transports(LIMIT))
def test_a_bad_server_is_an_error_of_its_own_kind_in_time(name, twin, writer):
    answer, reason = bad_transports(LIMIT)[name]
    twin.say(answer)
    begun = time.perf_counter()
    with pytest.raises(WriterError) as error:
        writer.write(REQUEST, LIMIT)
    assert time.perf_counter() - begun < LIMIT + 0.25
    assert error.value.reason == reason
    assert len(twin.asked) == 1, "a redirect was followed, or a request repeated"
    assert KEY not in f"{error.value}{error.value.hint}{error.value!r}"


@pytest.mark.parametrize(
    ("key", "model", "reason"), [("wrong", MODEL, "key_refused"), ("", MODEL, "key_refused"), (KEY, "x", "unknown_model")]
)
def test_the_twin_refuses_what_a_vendor_refuses(twin, key, model, reason):
    with pytest.raises(WriterRefused) as error:
        OpenAiWriter(endpoint("MIANYUE_WRITER_URL", twin.url), model, key).write(REQUEST, 5)
    assert error.value.reason == reason


def test_too_many_requests_say_how_long_to_wait(twin, writer):
    twin.most_requests = 0
    with pytest.raises(WriterUnavailable) as error:
        writer.write(REQUEST, 5)
    assert (error.value.reason, error.value.wait) == ("too_many_requests", 1.0)


def test_nobody_listens():
    with pytest.raises(WriterUnavailable) as error:
        OpenAiWriter(endpoint("MIANYUE_WRITER_URL", "http://127.0.0.1:9"), MODEL, KEY).write(REQUEST, 2)
    assert error.value.reason == "unreachable"


def test_an_answer_that_was_cut_off_leaves_no_thread_behind(twin, writer):
    twin.say(silent(30))
    with pytest.raises(WriterUnavailable):
        writer.write(REQUEST, 0.2)
    deadline = time.monotonic() + 2
    while any(thread.name == "writer" for thread in threading.enumerate()) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert [thread for thread in threading.enumerate() if thread.name == "writer"] == []


def test_tls_is_checked(tmp_path, twin):
    """The twin speaks no TLS, so a client that fell back to plain HTTP, or didn't ask for TLS, would succeed."""
    with pytest.raises(WriterUnavailable) as error:
        OpenAiWriter(endpoint("MIANYUE_WRITER_URL", twin.url.replace("http://", "https://")), MODEL, KEY).write(REQUEST, 2)
    assert (error.value.reason, twin.asked) == ("unreachable", [])


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://llm.example.com/v1",
        "http://127.0.0.1.evil.example/v1",
        "ftp://localhost/v1",
        "https://user:secret@llm.example.com/v1",
        "https://llm.example.com/v1?key=secret",
        "https://llm.example.com/v1#x",
        "https://llm example.com/v1",
        "https://llm.example.com:0/v1",
        "https://llm.example.com:99999/v1",
        "https:///v1",
        "https://llm.example.com/\r\nX: y",
    ],
)
def test_addresses_that_would_not_be_safe(url):
    with pytest.raises(SettingError) as error:
        endpoint("MIANYUE_WRITER_URL", url)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize("url", ["https://llm.example.com/v1/", "http://localhost:11434/v1", "http://[::1]:8080/v1"])
def test_addresses_that_are(url):
    assert endpoint("MIANYUE_WRITER_URL", url).path == "/v1"


def test_settings(tmp_path):
    path = tmp_path / "key"
    path.write_text(f"{KEY}\n", "utf-8")
    env = {"MIANYUE_WRITER_URL": "https://llm.example.com/v1", "MIANYUE_WRITER_MODEL": "m", "MIANYUE_WRITER_KEY_FILE": str(path)}
    made = OpenAiWriter.from_environment(env)
    assert (made.model, made.endpoint.host, made._key) == ("m", "llm.example.com", KEY)
    assert KEY not in repr(made)
    for broken in ({"MIANYUE_WRITER_MODEL": ""}, {"MIANYUE_WRITER_KEY": "a b"}, {"MIANYUE_WRITER_KEY": "a\r\nX: y"}):
        with pytest.raises(SettingError) as error:
            OpenAiWriter.from_environment({**env, **broken})
        assert "a b" not in str(error.value)
