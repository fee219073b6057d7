"""Says of a phrase in a text whether it may be named to anybody, or which private matter it tells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from mianyue.understanding.folding import fold
from mianyue.understanding.resume.sensitive import Span, sensitive_spans
from mianyue.understanding.resume.sensitive_life import life_outside, refers_back, tells_nothing_of_work
from mianyue.understanding.resume.sensitive_sentence import private_matter, register, speaks_of_oneself
from mianyue.understanding.resume.sensitive_topics import Topic, is_own, is_state, is_work, names_a_thing, topics, work_nouns
from mianyue.understanding.resume.sensitive_trade import is_of_a_trade, without_label
from mianyue.understanding.skills.find import find_skills
from mianyue.understanding.skills.table import concept_of
from mianyue.understanding.traditional import simplified

# Between Chinese words a space parts items of a list as well as a comma does.
_BORDER = re.compile(
    r"[,，](?!\d{3})|[、。;；!?！？\n\t|·•]|\.(?=\s|$)|(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])|\s{2,}|(?<=[^\s])\s/\s"
)
_SENTENCE_BORDER = re.compile(r"[。!?！？；\n\t|·•]|(?<=[\u3400-\u9fff]);|;(?=\s*[\u3400-\u9fff])|\.(?=\s|$)")
_SENTENCE = re.compile(r"(?:[^。!?！？；\n\t|·•.;]|\.(?!\s|$)|;(?!\s*[\u3400-\u9fff]))+")
_LONGEST_SENTENCE = 300
# A single character (男) among the details at the top tells nothing of what stands beside it.
_SHORTEST_TELLING = 2
# What may not follow the noun that a phrase about work ends in: more than a short verb (系统迁移), or what befell it (项目被砍).
_NO_TAIL = re.compile(r"\w{3}|[被未没不偏]")
_EN_OF = re.compile(r"\b(?:of|for|in|on|with|from|to)\b")
# Passages of these kinds are told by figures and reasons, which no work around them explains.
_MEANT = frozenset(("leave_reason", "salary", "identity_number", "birth", "appearance", "address", "photo"))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a phrase may be named; if not, the ``kind`` of private matter it tells.

    ``reason`` is ``passage`` where the résumé tells it there (a labelled field, a sentence about the person), ``topic`` where its own
    words are a private matter and nothing around them makes it work, ``unknown`` (also the kind) where nothing shows that it is about work
    at all; empty where it may be named.
    """

    kind: str
    reason: Literal["", "passage", "topic", "unknown"]

    @property
    def allowed(self) -> bool:
        return not self.kind


ALLOWED, UNKNOWN = Verdict("", ""), Verdict("unknown", "unknown")


def judge(text: str, start: int = 0, end: int | None = None, *, asked_for: bool = False) -> Verdict:
    """The verdict on ``text[start:end]``, the whole of it by default; what stands around it in the text is taken into account.

    ``asked_for``: a job of the company names it among its keywords, so that it is known to be about work.

    Names of trades pass where private words occur in them (离职面谈, HPV 疫苗推广, marriage registration system); the private matter
    itself doesn't (因薪资离职, HPV, 三胎). In doubt it refuses: a keyword less is a smaller harm than a leak.
    """
    end = len(text) if end is None else end
    if _stands_in_a_trade(text, start, end):
        return ALLOWED
    found = passage_verdict(text, start, end) or topic_verdict(text, start, end, asked_for=asked_for)
    found = found or sentence_verdict(text, start, end)
    if found or asked_for or _tells_work(text[start:end]):
        return found or ALLOWED
    return ALLOWED if _stands_in_work(text, start, end) else UNKNOWN


def _stands_in_a_trade(text: str, start: int, end: int) -> bool:
    """Whether all that the phrase touches is told of a trade, and neither a field above nor a sentence beside it tells of the person."""
    place = _Place.of(text, start, end)
    if place is None or not all(is_of_a_trade(sentence) for sentence in place.sentences()):
        return False
    if any(private_matter(sentence) or life_outside(sentence) for sentence in place.neighbours()):
        return False
    above = (span for span in sensitive_spans(text) if span.start < start < span.end)
    return not any("\n" in text[span.start : start] for span in above)


def passage_verdict(text: str, start: int, end: int) -> Verdict | None:
    """The first layer: whether the place lies in a field or a sentence that tells of the person."""
    for span in private_sentences(text, sensitive_spans(text)):
        if span.start < end and start < span.end:
            return Verdict(span.kind, "passage")
    return None


def private_sentences(text: str, spans: Iterable[Span]) -> list[Span]:
    """The sensitive passages that aren't about work after all, those told in running text with the rest of their sentence: what stands
    beside it (苗族，做过导游) belongs to the person's story as well."""
    return [span if _is_field(text, span) else _whole_sentence(text, span) for span in spans if not _only_sounds_alike(text, span)]


def _is_field(text: str, span: Span) -> bool:
    told = text[span.start : span.end]
    return ":" in told or "：" in told or len(told) < _SHORTEST_TELLING


def _whole_sentence(text: str, span: Span) -> Span:
    start = max((border.end() for border in _SENTENCE_BORDER.finditer(text, 0, span.start)), default=0)
    after = _SENTENCE_BORDER.search(text, span.end)
    return Span(start, after.start() if after else len(text), span.kind)


def _only_sounds_alike(text: str, span: Span) -> bool:
    """Whether what a passage tells is about work after all (hearing aid firmware): its words of private matters all are."""
    told = without_label(simplified(fold(text[span.start : span.end]).text))
    if span.kind in _MEANT or ":" in told or speaks_of_oneself(told):
        return False
    found = [(clause, topic) for clause in _BORDER.split(told) for topic in topics(clause or "")]
    same = any(topic.kind == span.kind for _, topic in found)
    return same and not is_own(told) and all(is_work(clause, topic) for clause, topic in found)


def topic_verdict(text: str, start: int, end: int, *, asked_for: bool = False) -> Verdict | None:
    """The second layer: whether the phrase's own words are a private matter that nothing in its clause makes work.

    A known skill that may as well be what somebody is (Uyghur) is one only where it is ``asked_for``.
    """
    place = _Place.of(text, start, end)
    if place is None:
        return None
    known = concept_of(text[start:end]) is not None
    tells_work = any(register(sentence) == "work" for sentence in place.sentences())
    for begin, clause in place.clauses():
        for topic in topics(clause):
            if begin + topic.start >= place.end or begin + topic.end <= place.start:
                continue
            alone = (topic.start + begin, topic.end + begin) == (place.start, place.end)
            named = known and (asked_for or not (alone and is_state(clause, topic)))
            if is_own(clause) or not (named or is_work(clause, topic) or _excused(clause, topic, tells_work)):
                return Verdict(topic.kind, "topic")
    return None


def _excused(clause: str, topic: Topic, tells_work: bool) -> bool:
    """Whether a clause tells of somebody's work in which the topic only occurs (Process monthly salary runs for 1,200 employees).

    In English ``tells_work``, that the sentence does, is enough, since its clauses hang together; a Chinese sentence may list anything.
    """
    if len(clause) <= 2 * (topic.end - topic.start) or is_state(clause, topic):
        return False
    return tells_work if clause.isascii() else register(clause) == "work"


def sentence_verdict(text: str, start: int, end: int) -> Verdict | None:
    """The third layer: whether the phrase stands in a sentence in which its writer speaks of themselves, and not of work.

    Such a sentence is refused whole, whatever skill stands in it (While I was on chemo I taught myself Python): as the private matter it
    names, or as ``unknown`` where it names none that is known here.
    """
    place = _Place.of(text, start, end)
    if place is None:
        return None
    for sentence in place.sentences():
        kind = private_matter(sentence)
        if kind:
            return Verdict(kind, "passage")
        if register(sentence) == "personal":
            return UNKNOWN
        kind = life_outside(sentence)
        if kind:
            return Verdict(kind, "passage")
        if tells_nothing_of_work(sentence, place.text[place.start : place.end]):
            return UNKNOWN
    for sentence in place.neighbours():
        kind = private_matter(sentence) or life_outside(sentence)
        if kind:
            return Verdict(kind, "passage")
    return None


@dataclass(frozen=True, slots=True)
class _Place:
    """A phrase at ``start:end`` of ``text``: what stands around it in small NFKC letters and simplified characters."""

    text: str
    start: int
    end: int

    @classmethod
    def of(cls, text: str, start: int, end: int) -> _Place | None:
        around = max(0, start - _LONGEST_SENTENCE)
        text, start, end = text[around : end + _LONGEST_SENTENCE], start - around, end - around
        folded = fold(text, caseless=False)
        plain = simplified(folded.text)
        lower = plain.lower() if len(plain.lower()) == len(plain) else "".join(c.lower()[:1] for c in plain)
        inside = [place for place in range(len(lower)) if folded.starts[place] < end and start < folded.ends[place]]
        return cls(lower, inside[0], inside[-1] + 1) if inside else None

    def clauses(self) -> list[tuple[int, str]]:
        """The clauses that the phrase touches, each with where it begins."""
        return self._parts(_BORDER)

    def sentences(self) -> list[str]:
        """The sentences that the phrase touches."""
        return [sentence for _, sentence in self._parts(_SENTENCE_BORDER)]

    def neighbours(self) -> list[str]:
        """The sentences beside these that tell one story with them: the one before that the first goes on about, the one behind that goes on
        about the last."""
        all_ = [(match.start(), match[0]) for match in _SENTENCE.finditer(self.text) if match[0].strip()]
        touched = [number for number, (start, told) in enumerate(all_) if start < self.end and self.start < start + len(told)]
        if not touched:
            return []
        before = [all_[touched[0] - 1][1]] if touched[0] and refers_back(all_[touched[0]][1]) else []
        return before + [told for _, told in all_[touched[-1] + 1 : touched[-1] + 2] if refers_back(told)]

    def _parts(self, between: re.Pattern[str]) -> list[tuple[int, str]]:
        start = max((border.end() for border in between.finditer(self.text, 0, self.start)), default=0)
        found = []
        while start < self.end:
            after = between.search(self.text, start)
            end = after.start() if after else len(self.text)
            found.append((start, self.text[start:end]))
            start = after.end() if after else len(self.text)
        return found


def _tells_work(phrase: str) -> bool:
    """Whether the phrase names a skill, or ends in a noun of work, or has one that something is done to; of several clauses one may do."""
    plain = simplified(fold(phrase).text)
    clauses = [clause for clause in _BORDER.split(plain) if clause.strip()]
    told = [_is_about_work(clause) for clause in clauses]
    return any(told) and (all(told) or not speaks_of_oneself(plain))


def _is_about_work(clause: str) -> bool:
    if is_own(clause):
        return False
    nouns = work_nouns(clause)
    ends = any(not _NO_TAIL.search(clause, noun.end()) for noun in nouns)
    return ends or names_a_thing(clause) or bool(find_skills(clause) or (nouns and _EN_OF.search(clause)))


def _stands_in_work(text: str, start: int, end: int) -> bool:
    """Whether the phrase is a known skill, or more of its sentence is told around it and that tells of work."""
    if concept_of(text[start:end]):
        return True
    place = _Place.of(text, start, end)
    return place is not None and any(
        register(sentence) == "work" or _tells_work(sentence) for sentence in place.sentences() if sentence.strip()
    )
