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
_CLAUSE = re.compile(r"(?:[^,.!?;\n]|(?<=\d)[.](?=\d))+[,.!?;\n]*")
_SENTENCE = re.compile(r"[^.!?;\n\s](?:[^.!?;\n]|(?<=\d)[.](?=\d))*[.!?;]*")
_JOINTS = re.compile(r"[^\w']+")
_LATIN = re.compile(r"[a-zà-ÿ] ")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ENDS_ASKING = re.compile(r"(?:吗|么)[,.!]*\??$|\?$|(?:吗|么),?还是")
_CLOCK = re.compile(r"\d ?[ap]m\b|[点:]|\b(?:morning|noon|afternoon|evening)\b|[上下中]午|晚上")
_BUT = re.compile(r"\bbut\b|但是?|不过")
_GOES_ON = re.compile(r"\b(?:and|but|also|plus)\b")
_AND = re.compile(r"\s*(?:(?:and|und|et|y|e)\b|还有|另外|以及)")
_MARK = re.compile(r"\?")


@dataclass(frozen=True, slots=True)
class Wants:
    """What the words of a reply say; ``accepts`` means plain agreement without a time, ``firmly`` one that is more than an
    "ok", ``hold`` that nothing may be settled yet, ``form_asked`` that online or in person is an open question, ``unsure`` a condition or a doubt.
    """

    decline: bool
    reschedule: bool
    late: bool
    ill: bool
    none_fits: bool
    hold: bool
    accepts: bool
    firmly: bool
    form_asked: bool
    unsure: bool
    questions: tuple[tuple[Topic, int, int], ...]


def late(text: str, known: Lexicon) -> bool:
    """Whether the writer will be late."""
    return known.tells("late", text) and not known.tells("not_late", text)


def wants(text: str, known: Lexicon, said: Sequence[Mention]) -> Wants:
    """Reads a plain text whose mentions (with places in that text) are ``said``."""
    agreed = [] if said else list(_agreed(text, known))
    firm = known.intents.get("accept_firm")
    return Wants(
        decline=known.tells("decline", text),
        reschedule=known.tells("reschedule", text),
        late=late(text, known),
        ill=ill(text, known),
        none_fits=_none_fits(text, known, said),
        hold=known.tells("hold", text),
        accepts=bool(agreed),
        firmly=firm is not None and any(firm.search(clause) for clause in agreed),
        form_asked=known.tells("either_form", text),
        unsure=known.tells("unsure", text) or lexicon(("en",)).tells("unsure", text),
        questions=tuple(_questions(text, known, said)),
    )


def _agreed(text: str, known: Lexicon) -> Iterator[str]:
    """The clauses that agree and say nothing else."""
    accept = known.intents.get("accept")
    for found in _CLAUSE.finditer(text) if accept else ():
        if known.intents.get("asks", _MARK).search(found[0]) and (_topics(found[0], known) or _opens(found[0], known)):
            continue
        clause = _JOINTS.sub(" " if _LATIN.search(found[0]) else "", found[0]).strip()
        if accept and accept.fullmatch(clause) and known.tells("accept_core", clause):
            yield clause


def _opens(clause: str, known: Lexicon) -> bool:
    """Whether a clause begins as a question does: is that ok?"""
    return known.tells("opens", clause)


def _none_fits(text: str, known: Lexicon, said: Sequence[Mention]) -> bool:
    """Whether no offered time is possible; what a clause says of a time of its own (周五要参加婚礼去不了) is about that."""
    others = [mention for mention in said if mention.asked or mention.polarity == "no"]
    spans = [clause.span() for clause in _CLAUSE.finditer(text)]
    return "none" in known.intents and any(
        not any(start <= found.start() < end and start <= m.start < end for start, end in spans for m in others if not m.option)
        for found in known.intents["none"].finditer(text)
    )


def ill(text: str, known: Lexicon) -> bool:
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
        (_behind_but(clause), clause.end())
        for clause in _CLAUSE.finditer(text)
        if ("?" in clause[0] or _asked_on(text, clause)) and _about_it(clause[0], known) and not _judges(clause[0], known)
    ]
    about, other = known.intents.get("about"), known.intents.get("other")
    spans += [
        clause.span()
        for clause in _CLAUSE.finditer(text)
        if about and other and about.search(clause[0]) and other.search(clause[0]) and not known.intents["free"].search(clause[0])
    ]
    return [any(start <= mention.start < end for start, end in spans) for mention in said]


def _asked_on(text: str, clause: re.Match[str]) -> bool:
    """Whether a sentence of two questions begins there: how long is it on Wednesday, and who will I meet?"""
    goes_on = _AND.match(text, clause.end()) if clause[0].rstrip().endswith(",") else None
    return goes_on is not None and re.match(r"[^.!;\n?]*\?", text[goes_on.end() :]) is not None


def _behind_but(clause: re.Match[str]) -> int:
    """Where the question begins: option 3, but could we do it on Teams?"""
    return max((found.end() for found in _BUT.finditer(clause[0])), default=0) + clause.start()


def quoted(text: str, known: Lexicon, said: Sequence[Mention]) -> list[bool]:
    """For each mention whether it only repeats the letter (看到您写周一下午两点), and says no more about it."""
    quotes = known.intents.get("quotes")
    spans: list[tuple[int, int]] = []
    goes_on = False  # you wrote: Friday at ten, Monday at two
    for clause in _CLAUSE.finditer(text):
        says_so = bool(quotes and quotes.search(clause[0])) or (goes_on and _only_names(clause, said))
        told = text[clause.start() : _end_of_quotation(text, clause)] if says_so else ""
        if says_so and not known.intents["free"].search(told) and not _judges(told, known):
            spans.append((clause.start(), _end_of_quotation(text, clause)))
        goes_on = says_so and clause[0].rstrip().endswith(",")
    return [any(start <= mention.start < end for start, end in spans) for mention in said]


def _end_of_quotation(text: str, clause: re.Match[str]) -> int:
    """Where it ends: at the mark that closes it (you wrote: "Friday 10:00, Monday 14:00"), at a "but", or with the clause."""
    if text.count('"', *clause.span()) % 2:
        return max(text.find('"', clause.end()) + 1, clause.end())
    but = _BUT.search(clause[0], 1)
    return clause.start() + but.start() if but else clause.end()


def _only_names(clause: re.Match[str], said: Sequence[Mention]) -> bool:
    """Whether a clause holds a time and nothing else."""
    left = clause[0]
    for mention in said:
        start, end = mention.start - clause.start(), mention.end - clause.start()
        if 0 <= start < len(left):
            left = left[:start] + " " * (end - start) + left[end:]
    return left != clause[0] and re.search(r"[^\W\d_]", left) is None


def _judges(clause: str, known: Lexicon) -> bool:
    return any(known.meanings[re.sub(" +", " ", word[0])][0] == "yes" for word in known.words.finditer(clause))


def _about_it(clause: str, known: Lexicon) -> bool:
    """Whether a question is about the interview itself; "tomorrow 10 am, video call?" is a wish."""
    topics = _topics(clause, known)
    asks = [known.intents[name] for name in ("either_form", "opens") if name in known.intents]
    return bool(topics) and (topics != ["online"] or _CLOCK.search(clause) is None or any(form.search(clause) for form in asks))


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
        asks = known.intents.get("asks", _MARK).search(sentence[0]) and _about_it(sentence[0], known)
        topics = _topics(sentence[0], known) if asks else ()
        found.extend((topic, *sentence.span()) for topic in topics)
    if found:
        return found
    for mention, only_asked in zip(said, asked(text, known, said), strict=True):
        if only_asked:
            return [("other", mention.start, mention.end)]
    other = known.intents.get("other")
    about = [
        known.intents[name]
        for name in ("reschedule", "late", "ill", "decline", "none", "requests", "asks_others")
        if name in known.intents
    ]
    for start, end in _apart(text, known, said) if other else ():
        clause = text[start:end].strip()
        if other is None or not other.search(clause):
            continue
        bare = re.sub(r"[\s,.!?;]+", "", clause)
        courtesy = known.intents.get("courtesy")
        if any(intent.search(clause) for intent in about) or (courtesy and courtesy.fullmatch(bare)):
            continue
        asked_about: list[Topic] = _topics(clause, known) or ["other"]
        found.extend((topic, start, end) for topic in asked_about)
    return found


def _apart(text: str, known: Lexicon, said: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """The sentences that name no time; of those that do, the clauses without a time and without a yes (第二个ok，进园区要预约吗)."""
    for sentence in _SENTENCE.finditer(text):
        if not any(mention.start < sentence.end() and sentence.start() < mention.end for mention in said):
            yield sentence.span()
            continue
        for clause in _CLAUSE.finditer(text, *sentence.span()):
            named = any(clause.start() < mention.end and mention.start < clause.end() for mention in said)
            if named and "opens" in known.intents and (goes_on := _asks_on(clause, known.intents["opens"], said)) is not None:
                yield goes_on, clause.end()
            if _LATIN.search(clause[0]) and not _opens(clause[0], known):
                continue  # 3 pm, with the kids in the background?
            if not named and (not _judges(clause[0], known) or _asks_more(clause[0], known)) and len(clause[0].strip()) > 3:
                yield clause.span()


def _asks_on(clause: re.Match[str], opens: re.Pattern[str], said: Sequence[Mention]) -> int | None:
    """Where a question begins that an "and" joins to the last time named: the first one please and can you tell me which bus goes there."""
    last = max(mention.end for mention in said if mention.start < clause.end()) - clause.start()
    joints = (found.start() for found in _GOES_ON.finditer(clause[0], max(last, 0)) if opens.search(clause[0][found.start() :]))
    return next((clause.start() + at for at in joints), None)
