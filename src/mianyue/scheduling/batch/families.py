"""Splitting a batch where nothing connects its parts, so that each can be planned by itself, by any worker."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def families(wanted: Mapping[Key, Iterable[Hashable]]) -> list[list[Key]]:
    """The finest split in which no two parts want the same thing (person, room or candidate); the order of mention is kept.

    Union–find with path halving (R. E. Tarjan and J. van Leeuwen, "Worst-case analysis of set union algorithms", 1984).
    """
    keys = list(wanted)
    parent = list(range(len(keys)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    first: dict[Hashable, int] = {}
    for at, key in enumerate(keys):
        for thing in wanted[key]:
            other = root(first.setdefault(thing, at))
            mine = root(at)
            parent[max(mine, other)] = min(mine, other)
    found: dict[int, list[Key]] = {}
    for at, key in enumerate(keys):
        found.setdefault(root(at), []).append(key)
    return list(found.values())


def gathered(parts: Sequence[Sequence[Key]], least: int) -> list[list[Key]]:
    """Small families together, so that a part is worth a job: each has at least ``least`` members, except perhaps the last."""
    found: list[list[Key]] = []
    for part in parts:
        if found and len(found[-1]) < least:
            found[-1].extend(part)
        else:
            found.append(list(part))
    return found
