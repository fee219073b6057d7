"""What turns texts into vectors whose angle tells how near their meanings are: bundled, behind an address, or none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from mianyue.base.errors import MianyueError


class EncoderUnavailable(MianyueError):
    """An encoder gave no vectors. ``reason`` is a short stable word: never what a server said."""

    code = "encoder_unavailable"

    def __init__(self, message: str, hint: str = "", *, reason: str) -> None:
        super().__init__(message, hint)
        self.reason = reason


class Encoder(Protocol):
    """A plug that turns texts into vectors. Never called inside a transaction: it may be a server."""

    name: str

    def embed(self, texts: Sequence[str]) -> Any:
        """One vector of length 1 per text: a numpy array of texts × dimensions, float32. Raises EncoderUnavailable."""
        ...
