"""What would have to give way for more times, in words: so that a recruiter sees what to ask for, and how much it would help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mianyue.base.interval import Interval
from mianyue.entrypoints.console import times, words
from mianyue.entrypoints.console.excluded import named, names_of


@dataclass(frozen=True, slots=True)
class Easing:
    """What gives way, how many more starts that makes possible, and the first of them."""

    what: str
    starts: int
    example: Interval


def easings(many: Iterable[list[Mapping[str, Any]]]) -> list[list[Easing]]:
    """The relaxations of several problems (as ``workflows.relaxed`` gives them), in two queries for all of them."""
    lists = [list(relaxations) for relaxations in many]
    names = names_of(step["who"] for relaxations in lists for one in relaxations for step in one["steps"])
    return [
        [
            Easing(times.enumerated([_words(step, names) for step in one["steps"]]), one["starts"], _interval(one["example"]))
            for one in relaxations
        ]
        for relaxations in lists
    ]


def _words(step: Mapping[str, Any], names: Mapping[str, str]) -> str:
    who = named(step["who"], names)
    if "start" not in step:
        return words.of(words.LOOSENED, step["what"]) % {"who": who}
    return words.of(words.MOVED, step["why"]) % {"who": who, "when": times.span(_interval(step))}


def _interval(said: Mapping[str, str]) -> Interval:
    return Interval(datetime.fromisoformat(said["start"]), datetime.fromisoformat(said["end"]))
