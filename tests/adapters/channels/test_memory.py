"""The twin for tests does what it is told, since other tests believe it."""

from __future__ import annotations

import pytest

from mianyue.adapters.channels.memory import MemoryChannel
from mianyue.ports.channel import AnswerLost, Message, PermanentFailure, Receipt, TemporaryFailure

MESSAGE = Message(key="1@mianyue.example", to="tom@example.com", to_name="Tom", subject="Interview", text="Hello")


def test_it_keeps_what_it_gets():
    channel = MemoryChannel()
    assert [channel.send(MESSAGE), channel.send(MESSAGE)] == [Receipt("1"), Receipt("2")]
    assert channel.arrived == [MESSAGE, MESSAGE]


@pytest.mark.parametrize(
    ("failure", "arrives", "arrived"),
    [(TemporaryFailure, False, []), (PermanentFailure, False, []), (AnswerLost, False, []), (AnswerLost, True, [MESSAGE])],
)
def test_it_fails_once_as_it_was_told(failure, arrives, arrived):
    channel = MemoryChannel("sms")
    channel.fail_next(failure, arrives=arrives)
    with pytest.raises(failure):
        channel.send(MESSAGE)
    assert channel.arrived == arrived
    channel.send(MESSAGE)
    assert channel.arrived == [*arrived, MESSAGE]


def test_a_message_that_surely_failed_can_not_arrive():
    with pytest.raises(ValueError, match="TemporaryFailure"):
        MemoryChannel().fail_next(TemporaryFailure, arrives=True)
