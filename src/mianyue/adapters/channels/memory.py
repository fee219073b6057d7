"""The in-memory twin of a channel, for tests: keeps what it is given and fails when it is told to."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import ClassVar

from mianyue.ports.channel import AnswerLost, ChannelError, Message, Receipt
from mianyue.ports.registry import Setting


class MemoryChannel:
    """Whatever was sent stands in ``arrived``, in order."""

    settings: ClassVar[tuple[Setting, ...]] = ()

    def __init__(self, name: str = "memory") -> None:
        self.name = name
        self.arrived: list[Message] = []
        self._failures: deque[tuple[type[ChannelError], bool]] = deque()

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> MemoryChannel:
        """Reads nothing."""
        return cls()

    def fail_next(self, failure: type[ChannelError], *, arrives: bool = False) -> None:
        """Lets one coming ``send`` fail; failures wait in line. Only a message whose answer is lost can ``arrive`` all the same."""
        if arrives and failure is not AnswerLost:
            raise ValueError(f"after {failure.__name__} a message has surely not arrived")
        self._failures.append((failure, arrives))

    def send(self, message: Message) -> Receipt:
        """Keeps the message; its receipt is the number of messages kept so far."""
        failure, arrives = self._failures.popleft() if self._failures else (None, True)
        if arrives:
            self.arrived.append(message)
        if failure is not None:
            raise failure("This failure was asked for.")
        return Receipt(str(len(self.arrived)))

    def close(self) -> None:
        """Nothing is kept open here."""
