"""Tells from what stands around a name whether it speaks of a skill: capitals, lists, denials."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from mianyue.understanding.folding import normal
from mianyue.understanding.wordlists import words

# A single letter is a language only in a list of them.
_IN_A_LIST = r"(?= *(?:[,，、/;；|()（）\n+&和与及或]|and\b|or\b|语言|language|$))"
BEFORE = {"c": r"(?<!objective-)(?<!objective )", "kong": r"(?<!hong )(?<!hong-)"}
AFTER = {
    "c": _IN_A_LIST,
    "d": _IN_A_LIST,
    "r": rf"(?! ?&){_IN_A_LIST}",
    "go": r"(?![ -](?:to|live|getter)\b)",
    "java": r"(?![ -]scripts?\b)",
}
_DENIED = re.compile(
    r"""(?:不会(?:使?用|写|做)?|不懂|不(?:太|怎么)?熟悉?|不(?:太)?了解|没有?(?:用|接触|使用|学|写|做|碰|弄|搞|考|参与)(?:过|到)|从?未(?:曾)?(?:接触|使用|学|用|写|做|考)过?|没学会|只(?:是)?(?:看|听)(?:说)?过|缺乏|暂无|没有|尚未(?:掌握|学会)|无|不擅长|报过|(?:同学|同事|队友|他人|别人)们?(?:负责|用|使用|写)
        |(?:想|希望|计划|打算|准备|有意)(?:系统)?(?:学习?|了解|接触|考|报考|参加)|备考(?:中的?)?)\s*$
    | \b(?:no|without|lack(?:ing|s)?(?:\ of)?|never\ (?:used|worked\ with|touched|learn(?:ed|t))|unfamiliar\ with
        | (?:not|\w+n['’]t)\ (?:yet\ )?(?:really\ )?(?:familiar\ with|experienced\ with|comfortable\ with|used?:?|worked?\ with|know
            |offer|use|teach|touch|program(?:med)?\ in|cod(?:e|ed)\ in|do|speak)
        | (?:want|hope|plan|planning|eager|like|keen|looking|willing)\ to\ (?:learn|try)|interest(?:ed)?\ in\ learning)
      (?:\ any)? (?:\ (?:prior|real|practical|previous|hands[- ]on))? (?:\ (?:experience|knowledge))? (?:\ (?:with|in|of))? \s*$
    | \(not\s$""",
    re.VERBOSE,
)
_DENIED_AFTER = re.compile(
    r"""[^\S\n]{0,3}(?:[:：(（-]|[,，](?=\s*[\u3400-\u9fff]{2,6}\s*(?:[。;；,，)）\n]|$)))?(?:[^\S\n]{0,3}|\s{0,3}(?=[\u3400-\u9fff]{2,4}\s*(?:\n|$)))(?:方面)?(?:的)?(?:经验)?
        (?:[^。;\n,]{0,12},?\s?(?:我)?(?:没学会|没学成|不算会|没坚持|早忘)|不会|不懂|不(?:太)?熟|没(?:有)?(?:用|接触|学|写|做|碰|弄|搞)(?:过|到)|没学会|只是?(?:看|听)(?:说)?过|未接触|未使用|未通过|未取得|未考|备考|考试[(（]?未|挂科|在考|无经验|欠缺|(?:比较)?薄弱|不(?:太)?了解|零基础|没有经验|暂无经验)
    | \s{0,3}考试\s?[(（]\s?未
    | \s{0,3}[:(-]?\s{0,3}(?:none\b|no\ experience|not\ (?:yet|used|passed)\b|never\ used|failed\b|in\ progress)""",
    re.VERBOSE,
)
# Further on in the clause: Perl 早年课程学过,现在不写; 会计由总部处理. Between stand neither other names nor praise, and behind a
# comma nothing new is spoken of; what is denied is the end of what is said, not an object of its own (不会 C).
_SAID_OF_IT = r"(?:(?!\n|熟|精通|掌握|擅长|丰富)[\u3400-\u9fff\d\s:：(（\"“”])"
_DENIED_FURTHER_ON = re.compile(
    rf"""{_SAID_OF_IT}{{0,16}}? (?:[,，]\s?(?=[现目自我但还也只并未没不从])(?:{_SAID_OF_IT}){{0,10}}?)?
    (?: (?:不会|不懂|不碰|不写|不做|不接|不带|不熟|没用|没用过|未接触|无经验|无相关经验|不算会|不列入专长|没有|✘
            |(?:没有?|未)(?:[\u3400-\u9fff]{{0,4}})?(?:用|做|写|碰|接触|操作|学|使用|办)过?)
          (?=\s*(?:[。;；,，!?)）\t\n]|$))
      | [写做用画]不了 | 只(?:上过课|看过|听过|改过别人) | (?:由|归)[\u3400-\u9fff]{{1,6}}(?:处理|负责|完成|来做) )
    | \s{{0,2}}[:|\t]?\s{{0,2}}(?:[✘✗×]|无(?=\s*(?:[\t\n。;；]|$)))
    | [^.;,\n]{{0,24}}?\b(?:i\ leave\ to|(?:are|is|was|were)
        \ (?:done|handled|measured|written|run)\ by|came\ from|not\ my\b|are\ not\ (?:mine|for\ me))""",
    re.VERBOSE,
)
_ANOTHER = re.compile(r"\s{0,3}(?:[、/]|和|与|及|或者?|以及|\bor\b|\bnor\b)\s{0,3}")


@lru_cache(maxsize=8192)
def required_beginning(name: str) -> str:
    """The beginning that a short or everyday name must have as written, in this case; empty if any case will do."""
    plain = normal(name).strip()
    if re.fullmatch(r"[A-Za-z]{1,3}", plain):
        return plain if plain != plain.lower() else ""
    return plain[0] if plain[:1].isupper() and plain.casefold() in _everyday() else ""


def everyday(name: str) -> bool:
    """Whether a name that fits so far is also a word of everyday English, so that a capital opening a sentence proves nothing."""
    return name.casefold() in _everyday()


def denied(text: str, start: int, end: int) -> bool:
    """Whether folded ``text`` says of ``start:end`` that it isn't known, or only wished for (无 Kafka 经验, Kafka：不会)."""
    return (
        _DENIED.search(text, max(0, start - 40), start) is not None
        or _DENIED_AFTER.match(text, end) is not None
        or _DENIED_FURTHER_ON.match(text, end) is not None
    )


def one_more(text: str, end: int, start: int) -> bool:
    """Whether nothing but an "or" stands between two names, so that what is denied of the first is denied of both."""
    return _ANOTHER.fullmatch(text, end, start) is not None


@cache
def _everyday() -> frozenset[str]:
    return words("skills/everyday.txt", "words")
