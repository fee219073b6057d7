"""Tells whether the words of a list's item are the name of something one can know, and where that name begins and ends."""

from __future__ import annotations

import re
from functools import cache

from mianyue.understanding.wordlists import alternatives

_TABLE = "resume/skill_items.txt"
_WORDS = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_MOST_CHARACTERS = 12
_MOST_WORDS = 6
_IN_BRACKETS = re.compile(r"\s*[(（](?P<said>[^()（）]*)[)）]?$")
_LEVEL_IN_BRACKETS = re.compile(r"\s*[(（][^()（）]{0,20}[)）]$")
_CREDENTIAL = re.compile(
    r"(?:证书?|执照|驾照|资格|认证|[一二三四五六初中高特]级)(?:\s?[A-Z]\d)?\s*(?:[(（][^()（）]{1,8}[)）])?$|证[A-Z]\d$"
    r"|(?:[甲乙丙]等|[\u3400-\u9fff]{2}(?:技术士|技师|会员)|(?:会计|税务|审计|经济|建造|造价|工程|监理|评估|[护药医教律]|社会工作|心理咨询|人力资源管理|营养|物流|采购|审核)师|内审员|[一二三]级\w{0,12}(?:师|工|员|士))$|\b(?:[Cc]ertificate|[Ll]icen[cs]e|[Cc]ertification|[Dd]iploma)\s*$"
)
LANGUAGE_LEVEL = re.compile(r"\s*\(?(?:(?<![a-z])[abc][12]\b|cet\s?-?\s?[46]|n[1-5]\b|专业?[四八]级?|[三四六]级)\)?", re.IGNORECASE)
"""How well a language is known, or the test that everybody takes in it: one thing with the language."""
LANGUAGE_TEST = re.compile(
    r"\b(?:cet\s?-?\s?[46]|tem\s?-?[48]|hsk\s?\d级?|ielts(?:\s?\d(?:\.\d)?)?|toefl(?:\s?\d{2,3})?|toeic(?:\s?\d{3})?|topik\s?\d级?|jlpt\s?n\d|delf\s?[abc]\d)"
    r"|雅思(?:\s?\d(?:\.\d)?)?|托福(?:\s?\d{2,3})?|专业[四八]级|专[四八]",
    re.IGNORECASE | re.ASCII,
)
"""The tests that are named beside a language: 英语（CET-6）, Mandarin (HSK 5), 韩文 TOPIK 3级."""
# DLS（冷冻电镜操作由平台完成，本人不会）: in the brackets something else is denied.
_OF_ANOTHER = re.compile(
    r"[(（](?:(?![只仅课看听学自用还尚目暂没未不本])[\u3400-\u9fff]){3,}(?:由|归|不会|没做过|没用过)[^()（）]*[)）]$"
)


def bare(item: str, *, begins: bool = False) -> tuple[str, int]:
    """The item without how well it is known (熟练使用, proficient in) before and behind it, and where it then begins.

    ``begins``: a name is known to begin the item, so that nothing stands before it (Basic Life Support).
    """
    before = None if begins else _before().match(item)
    offset = before.end() if before and before.end() < len(item) else len(item) - len(item.lstrip())
    name = _LEVEL_IN_BRACKETS.sub("", _after().sub("", item[offset:]))
    return _after().sub("", name).rstrip(" .。:：-–"), offset


def without_brackets(item: str) -> str:
    """The item without what brackets at its end add, however long."""
    return _IN_BRACKETS.sub("", item)


def filler_stripped(text: str) -> str:
    """What remains of ``text`` without the words that tell how well something is known, signs, figures and noughts."""
    return _around().sub("", text.lower())


def is_long(item: str) -> bool:
    """Whether the item is a sentence rather than a name."""
    return len(_WORDS.findall(item)) > (14 if _HAN.search(item) else _MOST_WORDS)


def is_term(item: str) -> bool:
    """Whether the item is short enough for a name, and neither a sentence nor a trait of character nor a field of a form."""
    count = len(_WORDS.findall(item))
    if (
        not 0 < count <= (_MOST_CHARACTERS if _HAN.search(item) else _MOST_WORDS)
        or len(item) < 2
        or not re.search(r"[^\W\d_]", item)
    ):
        return False
    return _no_item().search(item.lower()) is None and _soft().search(item.lower()) is None


def is_credential(item: str) -> bool:
    """Whether the item names a paper rather than what it is about: 傷口護理證書, 驾驶证C1, Level 3 Food Safety certificate."""
    return _CREDENTIAL.search(item) is not None and not is_long(item)


def word_count(item: str) -> int:
    """Words, of which each Chinese character is one."""
    return len(_WORDS.findall(item))


def denies(item: str) -> bool:
    """Whether the item says that something is not known: 没学过 Kafka."""
    return _denials().search(_OF_ANOTHER.sub("", item).lower()) is not None


def denies_what_follows(line: str) -> bool:
    """Whether the line's group name does: Not used: CUDA."""
    return _denied_group().match(line.lower()) is not None


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:(?:{alternatives(_TABLE, 'before')})\s*)+", re.IGNORECASE)


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"(?:\s*(?:{alternatives(_TABLE, 'after')}))+$", re.IGNORECASE)


@cache
def _around() -> re.Pattern[str]:
    return re.compile(rf"{alternatives(_TABLE, 'around')}|[\s\W\0\d]")


@cache
def _no_item() -> re.Pattern[str]:
    return re.compile(alternatives(_TABLE, "no item"))


@cache
def _soft() -> re.Pattern[str]:
    return re.compile(alternatives(_TABLE, "soft"))


@cache
def _denials() -> re.Pattern[str]:
    return re.compile(alternatives(_TABLE, "denials"))


@cache
def _denied_group() -> re.Pattern[str]:
    return re.compile(rf"\W*[^:：,，、]{{0,12}}(?:{alternatives(_TABLE, 'denials')})[^:：,，、\t]{{0,8}}[:：\t]")
