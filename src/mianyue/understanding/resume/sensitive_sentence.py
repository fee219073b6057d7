"""Tells a sentence in which somebody speaks of themselves from one that tells of work, by who acts in it and how."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from mianyue.understanding.resume.sensitive_topics import Topic, is_state, is_work, topics
from mianyue.understanding.wordlists import alternatives

_TABLE = "resume/sensitive_sentences.txt"

_WORK_ON = re.compile(r" (?:on|about|for|with)\b")

Register = Literal["personal", "work", "plain"]


def speaks_of_oneself(sentence: str) -> bool:
    """Whether the writer stands in the sentence: I, my, 我, 自己, or what one only wishes, feels or can't (希望, 只能, 最好).

    The sentence is in lower case, NFKC and simplified characters, as for every function of this module.
    """
    return bool(names_writer(sentence) or _of("oneself").search(sentence))


def names_writer(sentence: str) -> bool:
    """Whether a pronoun says that the writer is meant."""
    return _of("first person").search(sentence) is not None


def works_oneself(sentence: str) -> bool:
    """Whether the writer says outright that they worked: I built …, 由我负责…."""
    return _of("work of mine").search(sentence) is not None


def register(sentence: str) -> Register:
    """``work`` where somebody works in the sentence (负责…, built …, 护士, analyst), ``personal`` where the writer speaks of themselves or
    tells what happened and nobody works, ``plain`` for the rest: lists, names of things."""
    if speaks_of_oneself(sentence):
        return "work" if works_oneself(sentence) else "personal"
    if _of("work").search(sentence):
        return "work"
    return "personal" if _of("telling").search(sentence) else "plain"


def private_matter(sentence: str) -> str | None:
    """The kind of private matter that the writer tells of themselves in a sentence; None where its private words are all of the trade."""
    own = speaks_of_oneself(sentence)
    if not own and not _of("telling").search(sentence):
        return None
    for topic in topics(sentence):
        mine = own and _of("mine").search(sentence[: topic.start])
        state = is_state(sentence, topic)
        if mine or ((own or state) and not is_work(sentence, topic) and (state or not _worked_on(sentence, topic))):
            return topic.kind
    return None


def _worked_on(sentence: str, topic: Topic) -> bool:
    """Whether the writer says that they made something of or for the topic (I designed the magazine of a miners' union)."""
    worked = _of("work of mine").search(sentence, 0, topic.start)
    if worked is None:
        return False
    on = _WORK_ON.match(sentence, worked.end())
    return not _of("circumstance").search(sentence, on.end() if on else worked.end(), topic.start)


@cache
def _of(section: str) -> re.Pattern[str]:
    return re.compile(alternatives(_TABLE, section))
