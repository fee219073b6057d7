"""Finds which of a job's keywords a résumé gives evidence for, where nothing sensitive is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from mianyue.understanding.aliases import spellings, squeezed
from mianyue.understanding.folding import Folded, fold, normal
from mianyue.understanding.resume.sensitive import sensitive_spans

# What may stand between two parts of a phrase: spaces, a hyphen, the end of a line.
_GAP = r"[ \n\-‐-―_]{0,3}"
# Parts: Latin words (split at camel case), numbers, single Chinese characters, signs.
_PART = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-zà-öø-ÿ]+|[A-Z]+|[^\W\d_\u3400-\u9fff]+|\d+|[\u3400-\u9fff]|[^\s\w]")
_LATIN = r"[^\W_\u3400-\u9fff]"
# Words of everyday English that are also names: these count only with a capital.
_EVERYDAY = re.compile(
    "go|rust|swift|spring|flask|spark|hive|excel|word|access|oracle|sketch|express|shell|ruby|dart|unity|flutter|storm|scrum"
)
# A single letter is a language only in a list of them.
_IN_A_LIST = r"(?= *(?:[,，、/;；|)）\n+&和与及或]|and\b|or\b|语言|language|$))"
_BEFORE = {"c": r"(?<!objective-)(?<!objective )"}
_AFTER = {
    "c": _IN_A_LIST,
    "d": _IN_A_LIST,
    "r": rf"(?! ?&){_IN_A_LIST}",
    "go": r"(?![ -](?:to|live|getter)\b)",
    "java": r"(?![ -]scripts?\b)",
}
_DENIED = re.compile(
    r"""(?:不会|不懂|不熟悉|不了解|没有?用过|从?未(?:接触|使用|学)过?|没(?:接触|使用|学)过|缺乏|暂无|没有|尚未掌握|无)\s*$
    | \b(?:no|without|lack(?:ing|s)?(?:\ of)?|never\ (?:used|worked\ with)|not\ (?:familiar|experienced)\ with)
      (?:\ any)? (?:\ (?:prior|real|practical|previous))? (?:\ (?:experience|knowledge))? (?:\ (?:with|in|of))? \s*$""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """``keyword`` as the job spells it, and the place ``start:end`` in the text that shows it first."""

    keyword: str
    start: int
    end: int


def find_keywords(job_keywords: Sequence[str], text: str) -> list[Found]:
    """The keywords that ``text`` shows, in the job's order, each once, with its first evidence outside every sensitive passage.

    A keyword is shown by itself or by another spelling of it (``aliases.txt``), whatever its case, width, spaces and hyphens, also
    across the end of a line. Latin words match whole: Java is not in JavaScript, C not in C++. What is denied (无 Kafka 经验) is no
    evidence.
    """
    folded = fold(text)
    covered = [(span.start, span.end) for span in sensitive_spans(text)]
    found: dict[str, Found] = {}
    for keyword in job_keywords:
        key = squeezed(keyword)
        if not key or key in found:
            continue
        for start, end in _places(keyword, text, folded):
            if not any(start < span_end and span_start < end for span_start, span_end in covered):
                found[key] = Found(keyword, start, end)
                break
    return list(found.values())


def _places(keyword: str, text: str, folded: Folded) -> Iterator[tuple[int, int]]:
    pattern, capitals = _pattern(keyword)
    for match in pattern.finditer(folded.text):
        start, end = folded.span(match.start(), match.end())
        required = capitals.get(squeezed(match[0]))
        if required is not None and not normal(text[start:end]).startswith(required):
            continue
        if not _DENIED.search(folded.text[max(0, match.start() - 40) : match.start()]):
            yield start, end


@lru_cache(maxsize=4096)
def _pattern(keyword: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """One expression for all spellings, longest first, and the beginning that short or everyday words must have as written."""
    names = sorted(spellings(keyword), key=len, reverse=True)
    capitals = {squeezed(name): start for name in names if (start := _required_beginning(name))}
    return re.compile("|".join(_expression(name) for name in names)), capitals


def _required_beginning(name: str) -> str:
    plain = normal(name).strip()
    if re.fullmatch(r"[A-Za-z]{1,3}", plain):
        return plain if plain != plain.lower() else ""
    return plain[0] if _EVERYDAY.fullmatch(plain.casefold()) and plain[0].isupper() else ""


def _expression(name: str) -> str:
    parts = [fold(part).text for part in _PART.findall(normal(name))]
    if not parts:
        return r"(?!)"
    first, last, key = parts[0], parts[-1], squeezed(name)
    body = re.escape(first)
    for before, part in pairwise(parts):
        if part == "." and len(parts) > 2:
            # Node.js, NodeJS and node js are one; the dot that begins .NET stays.
            body += r"[. ]?"
        else:
            body += ("" if before == "." else _GAP) + re.escape(part)
    opening = closing = ""
    if re.match(_LATIN, first):
        opening = rf"(?<!{_LATIN})"
    if re.match(_LATIN, last):
        closing = ("s?" if len(last) >= 4 and last.isalpha() else "") + rf"(?!{_LATIN})"
        closing += r"(?![+#])" if len(key) <= 2 else ""
    return f"{_BEFORE.get(key, '')}{opening}{body}{closing}{_AFTER.get(key, '')}"
