"""Takes from a name what stands around it: titles, brackets, the words 个人简历, the same name in another script."""

from __future__ import annotations

import re

from mianyue.understanding.resume.headings import is_label
from mianyue.understanding.resume.names import chinese_name, latin_name

_LONGEST_TITLE = 100
_TITLE_BEFORE = re.compile(
    r"""^\W* (?: (?:个人|求职|应聘)?简历 | (?:curriculum\ vitae|r[eé]sum[eé]|cv|lebenslauf) (?:\s{0,9}(?:of|for)\b)? (?![a-z]) )
        \s{0,9} [-—–_:|·]? \s{0,9}""",
    re.IGNORECASE | re.VERBOSE,
)
_TITLE_AFTER = re.compile(
    r"""\s{0,9}(?:'s)? \s{0,9}[-—–_:|·,(]? \s{0,9}的?
        (?: 个\s{0,9}人\s{0,9}简\s{0,9}历 | (?:求职|应聘)?简历 | (?<![a-z])(?:curriculum\ vitae|r[eé]sum[eé]|cv) )
        \)? \W* $""",
    re.IGNORECASE | re.VERBOSE,
)
# Titles before and behind, pronouns (Riley Brooks she/her), 男.
_ASIDE = re.compile(
    r"""\s{0,9}[(（][^()（）]{0,60}?(?:[)）]$|$) | \s{0,9}(?:先生|女士|小姐|同学)$ | (?<=[\u3400-\u9fff])\s{1,9}[男女]$
        | ^(?:(?:mr|mrs|ms|miss|dr|prof|herr|frau|ing|ir|engr|atty|capt|ts|hj|dato'|datuk
            | dipl\.?-?\s?ing)\b\.?\s{0,2}(?:\((?:fh|th|uni)\)\s)?)+\s{0,9}
        | ,?\s{1,9}(?:ph\.?d|mba|msc|pmp|cpa)\.?$ | \s{1,9}\(?(?:she|he|they)$""",
    re.IGNORECASE | re.VERBOSE,
)
_IN_BOTH_SCRIPTS = re.compile(
    r"([\u3400-\u9fff](?:\s?[\u3400-\u9fff]){1,3})\s{1,9}[A-Za-z][A-Za-z .,'-]+|[A-Za-z][A-Za-z .,'-]+\s{1,9}([\u3400-\u9fff]{2,4})"
)


def as_name(text: str) -> str | None:
    """The name that fills ``text`` (NFKC), without titles and the like, or None."""
    if len(text) > _LONGEST_TITLE:
        return None
    bare = _ASIDE.sub("", _TITLE_AFTER.sub("", _TITLE_BEFORE.sub("", text)).strip()).strip(" .:：-–—_【】[]《》")
    both = _IN_BOTH_SCRIPTS.fullmatch(bare)
    if both:
        bare = both[1] or both[2]
    return chinese_name(bare) or latin_name(bare)


def believed(text: str) -> str | None:
    """After 姓名 anything short in Chinese characters or capitalised letters is believed, rare surnames included."""
    bare = _ASIDE.sub("", text).strip()
    joined = re.sub(r"\s+", "", bare)
    if re.fullmatch(r"[\u3400-\u9fff·•・‧]{2,15}", joined):
        return None if is_label(joined) else joined
    return bare if re.fullmatch(r"[A-Z][\w.'’-]*(?: [\w.'’-]+){0,4}", bare) else None
