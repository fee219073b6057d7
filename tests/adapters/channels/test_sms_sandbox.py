"""The demo's phone network: what was sent lies there as files, and repeats are seen as repeats."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mianyue.adapters.channels.sandbox import Sms, SmsSandbox, folder_in, received
from mianyue.base.clock import ManualClock
from mianyue.ports.channel import Message, PermanentFailure, TemporaryFailure

MESSAGE = Message(
    key="notice/1", to="+8613800138000", to_name="严天佑", subject="", text="【星河】请选择面试时间，回复 1、2 或 3。"
)
MORNING = datetime(2026, 12, 1, 1, tzinfo=UTC)


@pytest.fixture
def clock():
    return ManualClock(MORNING)


@pytest.fixture
def sandbox(tmp_path, clock):
    return SmsSandbox(tmp_path / "sandbox" / "sms", clock)


def test_texts_are_received_in_order(sandbox, clock):
    sandbox.send(replace(MESSAGE, key="2", text="second"))
    clock.forward(timedelta(minutes=-1))
    sandbox.send(MESSAGE)
    assert received(sandbox.folder) == [
        Sms("+8613800138000", "严天佑", MESSAGE.text, 1, MORNING - timedelta(minutes=1)),
        Sms("+8613800138000", "严天佑", "second", 1, MORNING),
    ]


def test_a_repeat_is_the_same_file_with_a_higher_count(sandbox, clock):
    first = sandbox.send(MESSAGE)
    clock.forward(timedelta(hours=1))
    assert sandbox.send(MESSAGE) == first
    (file,) = sandbox.folder.iterdir()
    assert file.name == f"{first.reference}.json"
    assert json.loads(file.read_text(encoding="utf-8")) == {
        "key": "notice/1",
        "to": "+8613800138000",
        "to_name": "严天佑",
        "text": MESSAGE.text,
        "times": 2,
    }
    assert received(sandbox.folder) == [Sms("+8613800138000", "严天佑", MESSAGE.text, 2, MORNING + timedelta(hours=1))]


@pytest.mark.parametrize(
    "change",
    [
        {"to": "13800138000"},
        {"to": "+08613800138000"},
        {"to": "+86 138 0013 8000"},
        {"to": "+1234567890123456"},
        {"to": "+86１３８００１３８０００"},
        {"to": "+8613800138000\n"},
        {"to": "tom@example.com"},
        {"text": ""},
        {"text": "字" * 501},
    ],
    ids=str,
)
def test_what_no_phone_network_takes_is_refused(sandbox, change):
    with pytest.raises(PermanentFailure) as refused:
        sandbox.send(replace(MESSAGE, **change))
    assert "138001" not in str(refused.value)
    assert received(sandbox.folder) == []


def test_five_hundred_characters_are_taken(sandbox):
    sandbox.send(replace(MESSAGE, text="字" * 500))
    assert [len(sms.text) for sms in received(sandbox.folder)] == [500]


def test_a_folder_that_takes_no_files_is_a_temporary_failure(tmp_path):
    (tmp_path / "sandbox").write_text("a file where the folder should be")
    with pytest.raises(TemporaryFailure):
        SmsSandbox(folder_in(tmp_path)).send(MESSAGE)


def test_the_environment_says_where(tmp_path):
    sandbox = SmsSandbox.from_environment({"MIANYUE_HOME": str(tmp_path), "MIANYUE_CLOCK": "2026-12-01T09:00:00+08:00"})
    sandbox.send(MESSAGE)
    (sms,) = received(tmp_path / "sandbox" / "sms")
    assert MORNING <= sms.sent_at < MORNING + timedelta(minutes=1)
