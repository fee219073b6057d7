"""A letter's facts as a JSON value, sealed beside the notice until it leaves, so that it can be composed once more with other sentences.

Kept because the page link in them is in no table, and because what a letter says must not depend on what has changed since.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import Any

from mianyue.domain.notices import facts as kinds
from mianyue.domain.notices.facts import LetterFacts

_KINDS: dict[str, type] = {name: kind for name, kind in vars(kinds).items() if isinstance(kind, type) and is_dataclass(kind)}


def kept(facts: LetterFacts) -> Any:
    """The facts as objects, lists, texts and numbers."""
    return _plain(facts)


def taken_out(value: Any) -> LetterFacts:
    """The facts as they were put away. Raises KeyError, TypeError or ValueError for what was not made by ``kept``."""
    facts = _made(value)
    if not isinstance(facts, LetterFacts):
        raise TypeError("no letter's facts")
    return facts


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {
            "is": type(value).__name__,
            **{field.name: _plain(getattr(value, field.name)) for field in fields(value) if field.init},
        }
    if isinstance(value, datetime):
        return {"is": "instant", "at": value.astimezone(UTC).isoformat()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _made(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_made(item) for item in value)
    if not isinstance(value, dict):
        return value
    told = dict(value)
    kind = told.pop("is")
    if kind == "instant":
        return datetime.fromisoformat(told["at"])
    return _KINDS[kind](**{name: _made(item) for name, item in told.items()})
