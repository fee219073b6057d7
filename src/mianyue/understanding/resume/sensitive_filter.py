"""Says of a phrase in a text whether it may be named to anybody, or which private matter it tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from mianyue.understanding.folding import fold
from mianyue.understanding.resume.sensitive import Span, sensitive_spans
from mianyue.understanding.skills.find import find_skills
from mianyue.understanding.skills.table import concept_of
from mianyue.understanding.traditional import simplified
from mianyue.understanding.wordlists import alternatives, sections

_TOPICS, _PHRASES = "resume/sensitive_topics.txt", "resume/sensitive_phrases.txt"
# Between Chinese words a space parts items of a list as well as a comma does.
_BORDER = re.compile(r"[,，、。;；!?！？\n\t|·•]|\.(?=\s|$)|(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])|\s{2,}|(?<=[^\s])\s/\s")
_LONGEST_CLAUSE = 200
_ZH_DOING = re.compile(
    r"(?:负责|主导|参与|从事|开发|设计|搭建|研究|研发|运营|推广|策划|翻译|制定|处理|办理|审核|撰写|分析|建设|实施|优化|重构|采购|销售|讲授|反|防)[\u3400-\u9fffa-z]{0,8}$"
)
_EN_DOING = re.compile(
    r"\b(?:led|built|build(?:ing)?|develop(?:ed|ing)?|design(?:ed|ing)?|implement(?:ed|ing)?|manag(?:ed?|ing)|research(?:ed|ing)?(?: on| into)?"
    r"|analy[sz](?:ed|ing)|market(?:ed|ing)|sold|selling|process(?:ed|ing)|prosecut(?:ed|ing)|defend(?:ed|ing)"
    r"|(?:prevention|geocoding|delivery|production|sales|analysis|treatment|management|history|sociology|economics|detection|design"
    r"|teaching|prediction) of"
    r"|(?:products?|apps?|software|tools?|services?|platforms?|research|content) (?:for|on|about))\s+(?:[\w-]+\s+){0,3}$"
)
# What may not follow the noun that a phrase about work ends in: more than a short verb (系统迁移), or what befell it (项目被砍).
_NO_TAIL = re.compile(r"\w{3}|[被未没不偏]")
_EN_OF = re.compile(r"\b(?:of|for|in|on|with|from|to)\b")
# Passages of these kinds are told by figures and reasons, which no work around them explains.
_MEANT = frozenset(("leave_reason", "salary", "identity_number", "birth", "appearance", "address", "photo"))
# A trade named after what somebody is (回族产品经理, pregnant engineer) makes no work of it.
_WHAT_ONE_IS = frozenset(("gender", "religion", "ethnicity", "family", "politics", "health", "birth"))
_SOMEBODY = re.compile(
    r"(?:经理|工程师|设计师|员工|妈妈|爸爸|学生|毕业生|干部|姑娘|小伙|人士|女生|男生|同学|老师"
    r"|\b(?:m[ae]n|wom[ae]n|person|people|students?|managers?|engineers?|developers?|designers?|holders?|members?|candidates?|graduates?"
    r"|employees?|workers?|applicants?|believers?|followers?|survivors?|patients?|mum|mom|dad))\W*$"
)


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
    found = passage_verdict(text, start, end) or topic_verdict(text, start, end)
    if found or asked_for or _tells_work(text[start:end]):
        return found or ALLOWED
    return UNKNOWN


def passage_verdict(text: str, start: int, end: int) -> Verdict | None:
    """The first layer: whether the place lies in a passage that tells of the person."""
    for span in sensitive_spans(text):
        if span.start < end and start < span.end and not _only_sounds_alike(text, span):
            return Verdict(span.kind, "passage")
    return None


def _only_sounds_alike(text: str, span: Span) -> bool:
    """Whether a passage told in one clause is about work after all (hearing aid firmware): its words of private matters all are."""
    told = text[span.start : span.end]
    if span.kind in _MEANT or ":" in told or "：" in told or _BORDER.search(told):
        return False
    clause = simplified(fold(told).text)
    topics = [(kind, match) for kind, pattern in _topics() for match in pattern.finditer(clause)]
    return bool(topics) and not _own().search(clause) and all(_is_work(clause, match, kind) for kind, match in topics)


def topic_verdict(text: str, start: int, end: int) -> Verdict | None:
    """The second layer: whether the phrase's own words are a private matter that nothing in its clause makes work."""
    around = max(0, start - _LONGEST_CLAUSE)
    text, start, end = text[around : end + _LONGEST_CLAUSE], start - around, end - around
    folded = fold(text, caseless=False)
    plain = simplified(folded.text)
    lower = plain.lower() if len(plain.lower()) == len(plain) else "".join(c.lower()[:1] for c in plain)
    inside = [place for place in range(len(lower)) if folded.starts[place] < end and start < folded.ends[place]]
    if not inside:
        return None
    first, last = inside[0], inside[-1] + 1
    known = concept_of(text[start:end]) is not None
    for begin, clause in _clauses(lower, first, last):
        for kind, pattern in _topics():
            for match in pattern.finditer(clause):
                if begin + match.start() >= last or begin + match.end() <= first:
                    continue
                if _own().search(clause) or not (known or _is_work(clause, match, kind)):
                    return Verdict(kind, "topic")
    return None


def _clauses(text: str, first: int, last: int) -> list[tuple[int, str]]:
    """The clauses that the phrase touches, each with where it begins."""
    start = max(0, first - _LONGEST_CLAUSE)
    for border in _BORDER.finditer(text, start, first):
        start = border.end()
    found = []
    while start < last:
        after = _BORDER.search(text, start)
        end = after.start() if after else len(text)
        found.append((start, text[start:end]))
        start = after.end() if after else len(text)
    return found


def _is_work(clause: str, topic: re.Match[str], kind: str) -> bool:
    """Whether the topic is what somebody works on: a noun of work behind it, or a verb of work before it."""
    if kind in _WHAT_ONE_IS and _SOMEBODY.search(clause):
        return False
    before, after = clause[: topic.start()], clause[topic.end() :]
    return bool(_work_noun().search(after) or _ZH_DOING.search(before) or _EN_DOING.search(before))


def _tells_work(phrase: str) -> bool:
    """Whether every clause of the phrase names a skill, or ends in a noun of work, or has one that something is done to."""
    plain = simplified(fold(phrase).text)
    clauses = [clause for clause in _BORDER.split(plain) if clause.strip()]
    return bool(clauses) and all(_is_about_work(clause) for clause in clauses)


def _is_about_work(clause: str) -> bool:
    if _own().search(clause):
        return False
    ends = any(not _NO_TAIL.search(clause, noun.end()) for noun in _work_noun().finditer(clause))
    return ends or bool(find_skills(clause) or (_work_noun().search(clause) and _EN_OF.search(clause)))


@cache
def _work_noun() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(_TOPICS, 'work zh')})|\b(?:{alternatives(_TOPICS, 'work en')})\b")


@cache
def _own() -> re.Pattern[str]:
    return re.compile(alternatives(_TOPICS, "own"))


@cache
def _topics() -> tuple[tuple[str, re.Pattern[str]], ...]:
    group = f"(?:{alternatives(_PHRASES, 'words group')})"
    return tuple(
        (name, re.compile(alternatives(_TOPICS, name).replace("{group}", group)))
        for name in sections(_TOPICS)
        if name not in ("work zh", "work en", "own")
    )
