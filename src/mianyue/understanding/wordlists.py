"""Reads the tables of words that this storey knows; they are data, so that a linguist can mend them without touching code."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def sections(path: str) -> dict[str, tuple[str, ...]]:
    """The sections of a table beside this module: ``[name]`` opens one, ``#`` a comment; each line is one entry."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in files("mianyue.understanding").joinpath(path).read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            lines = found.setdefault(line[1:-1], [])
        elif line.strip() and not line.startswith("#"):
            lines.append(line)
    return {name: tuple(entries) for name, entries in found.items()}


@cache
def words(path: str, section: str) -> frozenset[str]:
    """The words of a section whose lines part them by ``|``."""
    return frozenset(word for line in sections(path)[section] for word in line.split("|"))


def alternatives(path: str, section: str) -> str:
    """A section of regular expressions as one alternation."""
    return "|".join(sections(path)[section])
