"""Tells the private matters that words speak of, and where the words around one make it a field of work instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from mianyue.understanding.wordlists import alternatives, sections

_TOPICS, _PHRASES = "resume/sensitive_topics.txt", "resume/sensitive_phrases.txt"
# A trade named after what somebody is (回族产品经理, pregnant engineer) makes no work of it.
_WHAT_ONE_IS = frozenset(("gender", "religion", "ethnicity", "family", "politics", "health", "birth"))
# IP 地址规划 is shaped by 地址规划, MAC address filtering on campus switches by what is done.
_LATIN_HEAD = re.compile(r"[a-z][a-z\d.+#-]* ?(?=[\u3400-\u9fff])")
_ON_SOMETHING = re.compile(r" (?:on|in|for|of|at|with) ")
_NO_KINDS = frozenset(
    (
        "work zh",
        "work en",
        "own",
        "doing zh",
        "doing en",
        "parts",
        "others",
        "somebody",
        "states",
        "shared states",
        "tail",
        "own tail",
        "own before",
    )
)


class Topic(NamedTuple):
    """A word of a private matter of ``kind`` at ``start:end`` of a clause."""

    kind: str
    start: int
    end: int


def topics(clause: str) -> Iterator[Topic]:
    """The words of private matters in a clause (lower case, NFKC, simplified characters)."""
    for kind, pattern in _topics():
        for match in pattern.finditer(clause):
            yield Topic(kind, match.start(), match.end())


def is_work(clause: str, topic: Topic) -> bool:
    """Whether the topic is what somebody works on, or whom they work for: a noun of work or a group of customers directly behind it
    (糖尿病管理系统, pregnant patients), or a verb of work before it (负责…, restored …)."""
    if _names_a_thing(clause, topic):
        return True
    if topic.kind in _WHAT_ONE_IS and _of("somebody").search(clause):
        return False
    before, after = clause[: topic.start], clause[topic.end :]
    noun = _work_noun().search(after)
    if noun and not _of("parts").search(after[: noun.start()]):
        return True
    done = not is_state(clause, topic) and (_of("doing zh").search(before) or _of("doing en").search(before))
    return bool(done or _of("others").match(after))


def _names_a_thing(clause: str, topic: Topic) -> bool:
    """Whether the topic is the first part of a compound whose last word is a thing or an activity, known here or not (身高体重测量仪校准,
    health-check endpoints), and none of what a person has or is (身高体重情况, health issues)."""
    tail = _of("tail").match(clause, topic.end)
    if tail is None or (is_state(clause, topic) and not _of("shared states").fullmatch(clause, topic.start, topic.end)):
        return False
    return not _of("own tail").search(tail[0]) and not _of("own before").search(clause[: topic.start])


def names_a_thing(phrase: str) -> bool:
    """Whether a phrase is a compound whose last word is a thing or an activity, and nothing in it what a person has or is."""
    named = _LATIN_HEAD.sub("", phrase.strip())
    head = _ON_SOMETHING.split(named, maxsplit=1)[0]
    named = head if " " in head else named
    shaped = _of("tail").fullmatch(named) or _of("tail").fullmatch(" " + named)
    behind = max((topic.end for topic in topics(phrase)), default=0)
    return shaped is not None and not _of("own tail").search(phrase, behind) and not _of("own before").search(phrase)


def is_own(clause: str) -> bool:
    """Whether a clause says outright that it tells of its writer (因…, 确诊, my …, suffering from)."""
    return _of("own").search(clause) is not None


def is_state(clause: str, topic: Topic) -> bool:
    """Whether the topic is always what somebody is or what befell them, never a field: pregnant, 已婚."""
    return _of("states").fullmatch(clause, topic.start, topic.end) is not None


def work_nouns(clause: str) -> list[re.Match[str]]:
    """The nouns of work in a clause: 系统, 研究, software, analysis."""
    return list(_work_noun().finditer(clause))


@cache
def _work_noun() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(_TOPICS, 'work zh')})|\b(?:{alternatives(_TOPICS, 'work en')})\b")


@cache
def _of(section: str) -> re.Pattern[str]:
    return re.compile(alternatives(_TOPICS, section).replace("{group}", f"(?:{alternatives(_PHRASES, 'words group')})"))


@cache
def _topics() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, _of(name)) for name in sections(_TOPICS) if name not in _NO_KINDS)
