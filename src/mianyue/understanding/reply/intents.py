"""Tells what a reply wants besides a time: to decline, another time, an answer; or that somebody is late or ill."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from mianyue.understanding.reply.lexicon import Lexicon
from mianyue.understanding.reply.said import Mention

Topic = Literal["where", "how_long", "bring", "who", "parking", "link", "online", "when", "other"]
_TOPICS: tuple[Topic, ...] = ("where", "how_long", "bring", "who", "parking", "link", "online", "when")
_CLAUSE = re.compile(r"[^,.!?;\n]+[,.!?;\n]*")
_SENTENCE = re.compile(r"[^.!?;\n\s][^.!?;\n]*[.!?;]*")

_MARK = re.compile(r"\?")


@dataclass(frozen=True, slots=True)
class Wants:
    """What the words of a reply say; ``accepts`` means plain agreement without a time, ``unsure`` a condition or a doubt."""

    decline: bool
    reschedule: bool
    late: bool
    ill: bool
    none_fits: bool
    accepts: bool
    unsure: bool
    questions: tuple[tuple[Topic, int, int], ...]


def wants(text: str, known: Lexicon, said: Sequence[Mention]) -> Wants:
    """Reads a plain text whose mentions (with places in that text) are ``said``."""

    def tells(intent: str) -> bool:
        return intent in known.intents and known.intents[intent].search(text) is not None

    accept = known.intents.get("accept")
    clauses = [re.sub(r"[\s,.!?;~]+", " " if text.isascii() else "", clause[0]).strip() for clause in _CLAUSE.finditer(text)]
    return Wants(
        decline=tells("decline"),
        reschedule=tells("reschedule"),
        late=tells("late"),
        ill=tells("ill"),
        none_fits=tells("none"),
        accepts=accept is not None
        and any(accept.fullmatch(clause) and known.intents["accept_core"].search(clause) for clause in clauses)
        and not said,
        unsure=tells("unsure"),
        questions=tuple(_questions(text, known, said)),
    )


def asked(text: str, known: Lexicon, said: Sequence[Mention]) -> list[bool]:
    """For each mention whether it is only what a question is about (周五下午3点是线上还是线下?)."""
    checks = known.intents.get("checks")
    spans = [clause.span() for clause in _CLAUSE.finditer(text) if checks and checks.search(clause[0])]
    spans += [
        clause.span()
        for clause in _CLAUSE.finditer(text)
        if "?" in clause[0] and _topics(clause[0], known) and not _judges(clause[0], known)
    ]
    return [any(start <= mention.start < end for start, end in spans) for mention in said]


def _judges(clause: str, known: Lexicon) -> bool:
    return any(known.meanings[re.sub(" +", " ", word[0])][0] == "yes" for word in known.words.finditer(clause))


def _topics(text: str, known: Lexicon) -> list[Topic]:
    return [topic for topic in _TOPICS if topic in known.intents and known.intents[topic].search(text)]


def _questions(text: str, known: Lexicon, said: Sequence[Mention]) -> list[tuple[Topic, int, int]]:
    found: list[tuple[Topic, int, int]] = []
    for sentence in _SENTENCE.finditer(text):
        topics = _topics(sentence[0], known) if known.intents.get("asks", _MARK).search(sentence[0]) else ()
        found.extend((topic, *sentence.span()) for topic in topics)
    if found:
        return found
    if any(mention.asked for mention in said):
        return [("other", mention.start, mention.end) for mention in said if mention.asked][:1]
    other = known.intents.get("other")
    about = [known.intents[name] for name in ("reschedule", "late", "ill", "decline", "none") if name in known.intents]
    for clause in _SENTENCE.finditer(text) if other else ():
        start, end = clause.span()
        if other is None or not other.search(clause[0]) or any(start <= mention.start < end for mention in said):
            continue
        bare = re.sub(r"[\s,.!?;]+", "", clause[0])
        courtesy = known.intents.get("courtesy")
        if any(intent.search(clause[0]) for intent in about) or (courtesy and courtesy.fullmatch(bare)):
            continue
        found.append(("other", start, end))
    return found
