"""Sees a sentence that tells of its writer's life outside work without naming a private matter outright: kin, homes, quarrels, bodies,
papers, told as people talk (女儿出生后边带娃边考下了 PMP, picked up welding on the inside)."""

from __future__ import annotations

import re
from functools import cache

from mianyue.understanding.resume.sensitive_sentence import register, works_oneself
from mianyue.understanding.resume.sensitive_topics import Topic, is_state, is_work, topics, work_nouns
from mianyue.understanding.skills.find import find_skills
from mianyue.understanding.wordlists import alternatives, sections

_TABLE, _TOPICS, _PHRASES = "resume/sensitive_life.txt", "resume/sensitive_topics.txt", "resume/sensitive_phrases.txt"
_BEFELL = "befell "
_CHINESE_CLAUSE, _CLAUSE = re.compile(r"[,;]"), re.compile(r"[,;:()]| [-–—|/] ")
_ITEM = re.compile(r"[,;、/]")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_SHORTEST_CHINESE, _SHORTEST = 4, 3
# What a noun may be joined to: nothing that parts it from a thing that the person has or does.
_BESIDE = re.compile(r"[\u3400-\u9fff]{0,8}?(?=[上读去在生住走病给让教和跟与开做的了着过]|[^\u3400-\u9fff]|$)|(?: [a-z-]+){0,3}")


def life_outside(sentence: str) -> str | None:
    """The kind of private matter that the sentence tells of its writer's life; ``unknown`` where it is only told as none of work is; None
    for a sentence of work, or for none at all: a list, the name of a thing.

    The sentence is in lower case, NFKC and simplified characters.
    """
    kind = _befallen(sentence)
    if kind:
        return kind
    for match in _of("kin").finditer(sentence):
        if not _is_of_a_trade(sentence, match):
            return "family"
    for clause in _ITEM.split(sentence):
        for topic in topics(clause):
            if is_state(clause, topic) and not is_work(clause, topic):
                return topic.kind
    if _told_as_people_talk(sentence):
        return "unknown"
    if _of("half colloquial").search(sentence) and register(sentence) != "work" and not work_nouns(sentence):
        return "unknown"
    if _of("learning").search(sentence) and _of("meanwhile").search(sentence) and not _of("at work").search(sentence):
        return "unknown"
    return None


def told_as_life(sentence: str) -> bool:
    """Whether something befell the sentence's writer, or it is told as people talk, whatever words of private matters it has."""
    return _befallen(sentence) is not None or _told_as_people_talk(sentence)


def _befallen(sentence: str) -> str | None:
    return next((kind for kind, pattern in _befell() if pattern.search(sentence)), None)


def _told_as_people_talk(sentence: str) -> bool:
    return _of("colloquial").search(sentence) is not None and not works_oneself(sentence)


def refers_back(sentence: str) -> bool:
    """Whether the sentence goes on about what the one before it told: 期间自学了…, that is how I …."""
    return _of("refers back").search(sentence) is not None


def tells_nothing_of_work(sentence: str, phrase: str) -> bool:
    """Whether a clause of the sentence tells that something happened and, beside ``phrase``, names no work, skill, workplace or number."""
    if works_oneself(sentence):
        return False
    chinese = _CHINESE.search(sentence) is not None
    for clause in (_CHINESE_CLAUSE if chinese else _CLAUSE).split(sentence):
        # A Chinese phrase may be part of what happened (学了…), an English one stands beside it.
        rest = (clause if chinese else clause.replace(phrase, " ")).strip()
        long = len(rest) >= _SHORTEST_CHINESE and _CHINESE.search(rest) if chinese else len(rest.split()) >= _SHORTEST
        if long and _of("narrates").search(rest) and not _of("thing").search(clause.strip()) and not _names_work(rest):
            return True
    return False


def _names_work(clause: str) -> bool:
    return bool(_of("workplace").search(clause) or work_nouns(clause) or register(clause) == "work" or find_skills(clause))


def _is_of_a_trade(sentence: str, kin: re.Match[str]) -> bool:
    """Whether right behind the word stands a product, a trade or customers (妈妈社群运营), with nothing that the person does between."""
    if kin[0].startswith(("my ", "our ", "his ", "her ")):
        return False
    beside = _BESIDE.match(sentence, kin.end())
    return beside is not None and is_work(kin[0] + beside[0], Topic("kin", 0, len(kin[0])))


@cache
def _befell() -> tuple[tuple[str, re.Pattern[str]], ...]:
    names = [name for name in sections(_TABLE) if name.startswith(_BEFELL)]
    return tuple((name.removeprefix(_BEFELL), _of(name)) for name in names)


@cache
def _of(section: str) -> re.Pattern[str]:
    trade = rf"[\u3400-\u9fff]{{0,3}}(?:{alternatives(_TOPICS, 'work zh')})"
    group = alternatives(_PHRASES, "words group")
    return re.compile(alternatives(_TABLE, section).replace("{trade}", trade).replace("{group}", f"(?:{group})"))
