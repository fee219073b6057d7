"""A writer that says what it was told to, for tests and for trying the checks out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from mianyue.ports.writer import Draft, Request, WriterError, WriterUnavailable


class MemoryWriter:
    """Gives the prepared drafts or failures in order, then the last one for ever; remembers what it was asked."""

    name = "memory"
    model = "memory"

    def __init__(self, answers: Iterable[str | Draft | WriterError] = ()) -> None:
        self.answers = deque(answers)
        self.asked: list[Request] = []

    def write(self, request: Request, within: float) -> Draft:
        """The next prepared answer. Raises it, if it is a failure."""
        self.asked.append(request)
        if not self.answers:
            raise WriterUnavailable("Nothing is prepared.", reason="unavailable")
        answer = self.answers.popleft() if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, WriterError):
            raise answer
        return answer if isinstance(answer, Draft) else Draft(answer, 200, 60)
