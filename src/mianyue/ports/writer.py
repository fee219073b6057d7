"""What mianyue asks of anything that words a sentence or two. What a writer answers is never trusted: see domain/notices/wording."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from mianyue.base.errors import MianyueError

LONGEST_ANSWER = 64 * 1024
"""Bytes. Three short sentences take less than a hundredth of it; whatever is longer is not read to its end."""

MOST_TOKENS = 600
"""The longest draft a writer is asked for."""


@dataclass(frozen=True, slots=True)
class Request:
    """All that leaves the house: what to do, and the few things to do it with. Neither holds anything about a person."""

    instructions: str
    task: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What came back, unread; the tokens as the writer counts them, None where it does not say."""

    content: str
    tokens_in: int | None = None
    tokens_out: int | None = None


class WriterError(MianyueError):
    """A writer gave no draft. ``reason`` is a short stable word for the console: never what the writer said."""

    code = "writer_error"

    def __init__(self, message: str, hint: str = "", *, reason: str) -> None:
        super().__init__(message, hint)
        self.reason = reason


class WriterUnavailable(WriterError):
    """No answer this time; asking once more may help. ``wait``: the seconds it asked to be left alone, if it said so."""

    code = "writer_unavailable"

    def __init__(self, message: str, hint: str = "", *, reason: str, wait: float = 0.0) -> None:
        super().__init__(message, hint, reason=reason)
        self.wait = wait


class WriterRefused(WriterError):
    """It will answer the same way again: a wrong key, an unknown model, an answer that is none."""

    code = "writer_refused"


class Writer(Protocol):
    """A plug that drafts sentences. Called outside any transaction; raises one of the failures above."""

    name: str
    model: str

    def write(self, request: Request, within: float) -> Draft:
        """One attempt, over after ``within`` seconds by the clock on the wall, however slowly the answer drips in."""
        ...
