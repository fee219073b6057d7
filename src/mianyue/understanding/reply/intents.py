"""Tells what a reply wants besides a time: to decline, another time, an answer; or that somebody is late or ill."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from mianyue.understanding.reply.lexicon import Lexicon, lexicon
from mianyue.understanding.reply.said import Mention

Topic = Literal["where", "how_long", "bring", "who", "parking", "link", "online", "when", "other"]
_TOPICS: tuple[Topic, ...] = ("where", "how_long", "bring", "who", "parking", "link", "online", "when")
_CLAUSE = re.compile(r"[^,.!?;\n]+[,.!?;\n]*")
_SENTENCE = re.compile(r"[^.!?;\n\s][^.!?;\n]*[.!?;]*")
_JOINTS = re.compile(r"[^\w']+")
_LATIN = re.compile(r"[a-zà-ÿ] ")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ENDS_ASKING = re.compile(r"(?:吗|么)[,.!]*\??$|\?$")
_MARK = re.compile(r"\?")


@dataclass(frozen=True, slots=True)
class Wants:
    """What the words of a reply say; ``accepts`` means plain agreement without a time, ``firmly`` one that is more than an
    "ok", ``form_asked`` that online or in person is an open question, ``unsure`` a condition or a doubt.
    """

    decline: bool
    reschedule: bool
    late: bool
    ill: bool
    none_fits: bool
    accepts: bool
    firmly: bool
    form_asked: bool
    unsure: bool
    questions: tuple[tuple[Topic, int, int], ...]


def wants(text: str, known: Lexicon, said: Sequence[Mention]) -> Wants:
    """Reads a plain text whose mentions (with places in that text) are ``said``."""

    def tells(intent: str) -> bool:
        return intent in known.intents and known.intents[intent].search(text) is not None

    accept = known.intents.get("accept")
    firm = known.intents.get("accept_firm")
    clauses = [
        _JOINTS.sub(" " if _LATIN.search(clause[0]) else "", clause[0]).strip()
        for clause in _CLAUSE.finditer(text)
        if not (known.intents.get("asks", _MARK).search(clause[0]) and _topics(clause[0], known))
    ]
    agreed = [
        clause
        for clause in clauses
        if accept is not None and accept.fullmatch(clause) and known.intents["accept_core"].search(clause) and not said
    ]
    return Wants(
        decline=tells("decline"),
        reschedule=tells("reschedule"),
        late=tells("late"),
        ill=_ill(text, known),
        none_fits=tells("none"),
        accepts=bool(agreed),
        firmly=firm is not None and any(firm.search(clause) for clause in agreed),
        form_asked=tells("either_form"),
        unsure=tells("unsure") or lexicon(("en",)).intents["unsure"].search(text) is not None,
        questions=tuple(_questions(text, known, said)),
    )


def _ill(text: str, known: Lexicon) -> bool:
    """Whether the writer is ill themself; a sick child is a reason like any other."""
    if "ill" not in known.intents:
        return False
    others = known.intents.get("others_ill")
    spared = [found.span() for found in others.finditer(text)] if others else []
    return any(not any(start <= found.start() <= end for start, end in spared) for found in known.intents["ill"].finditer(text))


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


def _asks_more(clause: str, known: Lexicon) -> bool:
    """Whether a question holds more than whether that is all right: 可以带电脑吗, but not 您看可以吗."""
    if known.plain is None or not _ENDS_ASKING.search(clause):
        return False
    return len(_HAN.findall(known.plain.sub("", known.words.sub("", clause)))) > 1


def asks_about_interview(text: str, known: Lexicon) -> bool:
    """Whether a clause is about what the interview's facts answer: where, how long, what to bring."""
    return any(topic != "online" for topic in _topics(text, known))


def _topics(text: str, known: Lexicon) -> list[Topic]:
    return [topic for topic in _TOPICS if topic in known.intents and known.intents[topic].search(text)]


def _questions(text: str, known: Lexicon, said: Sequence[Mention]) -> list[tuple[Topic, int, int]]:
    found: list[tuple[Topic, int, int]] = []
    for sentence in _SENTENCE.finditer(text):
        topics = _topics(sentence[0], known) if known.intents.get("asks", _MARK).search(sentence[0]) else ()
        found.extend((topic, *sentence.span()) for topic in topics)
    if found:
        return found
    for mention, only_asked in zip(said, asked(text, known, said), strict=True):
        if only_asked:
            return [("other", mention.start, mention.end)]
    other = known.intents.get("other")
    about = [known.intents[name] for name in ("reschedule", "late", "ill", "decline", "none") if name in known.intents]
    for start, end in _apart(text, known, said) if other else ():
        clause = text[start:end]
        if other is None or not other.search(clause):
            continue
        bare = re.sub(r"[\s,.!?;]+", "", clause)
        courtesy = known.intents.get("courtesy")
        if any(intent.search(clause) for intent in about) or (courtesy and courtesy.fullmatch(bare)):
            continue
        found.append(("other", start, end))
    return found


def _apart(text: str, known: Lexicon, said: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """The sentences that name no time; of those that do, the clauses without a time and without a yes (第二个ok，进园区要预约吗)."""
    for sentence in _SENTENCE.finditer(text):
        if not any(sentence.start() <= mention.start < sentence.end() for mention in said):
            yield sentence.span()
            continue
        for clause in _CLAUSE.finditer(text, *sentence.span()):
            named = any(clause.start() < mention.end and mention.start < clause.end() for mention in said)
            if not named and (not _judges(clause[0], known) or _asks_more(clause[0], known)) and len(clause[0].strip()) > 4:
                yield clause.span()
