"""Marks what in a résumé must never reach a notice: a keyword counts only where it stands outside of these passages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from mianyue.understanding.resume.headings import is_label
from mianyue.understanding.resume.lines import Unwrapped, unwrapped
from mianyue.understanding.resume.sensitive_sentence import names_writer, private_matter, speaks_of_oneself
from mianyue.understanding.traditional import simplified
from mianyue.understanding.wordlists import alternatives, sections, words

_LABELS, _PHRASES = "resume/sensitive_labels.txt", "resume/sensitive_phrases.txt"
_TOP_LINES = 15
_LONGEST_SECTION = 10
_LONGEST_SENTENCE = 400
# These fields hold one value; what stands below them belongs to something else.
_ONE_VALUE = frozenset(("birth", "gender", "ethnicity", "identity_number", "appearance", "address", "photo", "visa"))
# Without a colon these English labels are told from words of the trade (gender analysis, page age caching) by their values.
_PLAIN_VALUES = {
    "gender": re.compile(r"(?:fe)?male\b|m\b|f\b|wom[ae]n|man\b|non|other"),
    "age": re.compile(r"\d"),
    "ethnicity": re.compile(r"(?!imputation|data|pay|coding|analysis|models?|gap|statistics|field|column|research|studies)"),
    "nationality": re.compile(r"(?!law|data|field|code|act)"),
}
_DECORATION = " -–—_=*#•·●■◆【】[]<>():："
_BLANK_LINE = re.compile(r"\n\s*\n")
_WORD = re.compile(r" \S+")
_NEXT_FIELD = re.compile(r"[^\s:]{1,12}:")
_FIELD_END = re.compile(r"[\t\n|]| {2,}(?=\S)|[ ,,;](?=[^\s:,;。]{1,12}:)")
# Between English words a semicolon parts clauses, between Chinese ones sentences.
_SENTENCE_END = re.compile(r"[。!?\n\t|]|(?<=[\u3400-\u9fff])[;；]|[;；](?=\s*[\u3400-\u9fff])|\.(?=\s|$)")
_SENTENCE = re.compile(r"[^。!?;；\n\t|\s.](?:[^。!?；\n\t|.;]|;(?=\s*[a-z])|\.(?!\s|$))*")
_CLAUSE_END = re.compile(r"[,，]|[。!?;；\n\t|]|\.(?=\s|$)")
_ABOUT_WORK = re.compile(r"\s*(?:熟悉|精通|掌握|擅长|负责|具备|拥有|主导|参与|善于|能够?|性格|沟通|责任|热爱|\d+\s*年|有\s*\d+)")
_ADDS_TO_IT = frozenset(("health", "family", "gap", "crime", "credit", "visa", "identity_number", "salary"))


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A passage ``start:end`` of the text; ``kind`` is a section name of the tables: ``health``, ``family``, ``salary`` …"""

    start: int
    end: int
    kind: str


def kinds() -> tuple[str, ...]:
    """Every kind of sensitive passage that is looked for."""
    return tuple(sections(_LABELS))


def sensitive_spans(text: str) -> list[Span]:
    """The sensitive passages of a Chinese or English résumé, sorted; passages of different kinds may overlap.

    A labelled field (婚育状况：…, Religion: …) is covered with its label up to its end, also where the page broke the line; running
    text is covered by clause or sentence. It prefers to cover too much. The kinds follow China's PIPL art. 28 (sensitive personal
    information), GDPR art. 9 and 10, and what employers may not ask in either jurisdiction.
    """
    whole = unwrapped(text)
    whole = replace(whole, text=simplified(whole.text))
    found: dict[str, list[tuple[int, int]]] = {}
    for start, end, kind in (*_fields(whole), *_sections(whole), *_cells(whole), *_told(whole), *_of_oneself(whole)):
        if end > start:
            found.setdefault(kind, []).append((start, end))
    return sorted(Span(*whole.span(start, end), kind) for kind, spans in found.items() for start, end in _merged(spans))


def _merged(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    start = end = -1
    for next_start, next_end in sorted(spans):
        if next_start > end:
            if end > start:
                yield start, end
            start, end = next_start, next_end
        end = max(end, next_end)
    if end > start:
        yield start, end


def _fields(whole: Unwrapped) -> Iterator[tuple[int, int, str]]:
    """Labels with a value on the same line."""
    for match in _label().finditer(whole.text):
        label = re.sub(r"(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])", "", match["label"])
        chinese = "\u3400" <= label[0] <= "\u9fff"
        amid_words = re.search(r"[^\s,;、，|·•*\-【】\])/] $", whole.text[max(0, match.start() - 2) : match.start()]) is not None
        doubtful = match["separator"] == " " or (amid_words and not chinese)
        if doubtful and label not in words(_PHRASES, "labels unmistakable") and not (chinese and len(label) >= 4):
            continue
        value = _PLAIN_VALUES.get(label) if match["separator"] == " " else None
        if value and not value.match(whole.text, match.end()):
            continue
        border = _FIELD_END.search(whole.text, match.end())
        end = border.start() if border else len(whole.text)
        if match["separator"] == " ":
            end = next((word.start() for word in _WORD.finditer(whole.text, match.end(), end) if is_label(word[0])), end)
        yield match.start("label"), end, _kind(match)


def _sections(whole: Unwrapped) -> Iterator[tuple[int, int, str]]:
    """Labels that fill a line, with the lines below them that belong to them."""
    lines = _lines(whole)
    for number, (start, line) in enumerate(lines):
        label = _bare_label().fullmatch(line.strip(_DECORATION))
        if label is None:
            continue
        kind, end = _kind(label), start + len(line)
        most = 0 if kind == "photo" else 1 if kind in _ONE_VALUE else _LONGEST_SECTION
        for offset, (below, content) in enumerate(lines[number + 1 : number + 1 + most]):
            if is_label(content) or (offset and (_NEXT_FIELD.match(content) or _BLANK_LINE.search(whole.text[end:below]))):
                break
            end = below + len(content)
        yield start, end, kind


def _cells(whole: Unwrapped) -> Iterator[tuple[int, int, str]]:
    """Cells at the top that need no label: a lone 男, 已婚, 照片."""
    for start, line in _lines(whole)[:_TOP_LINES]:
        for cell in re.finditer(r"[^\t|/·,，、\s]+(?: [^\t|/·,，、\s]+)*", line):
            for kind, pattern in _cell_patterns():
                if pattern.fullmatch(cell[0]):
                    yield start + cell.start(), start + cell.end(), kind


def _lines(whole: Unwrapped) -> list[tuple[int, str]]:
    return [(match.start(), match[0]) for match in re.finditer(r"[^\n]+", whole.text) if match[0].strip()]


def _told(whole: Unwrapped) -> Iterator[tuple[int, int, str]]:
    """What running text tells."""
    for shape, kind, pattern in _phrases():
        for match in pattern.finditer(whole.text):
            chinese = re.search(r"[\u3400-\u9fff]", match[0]) is not None
            if shape == "sentence" or (kind in _ADDS_TO_IT and not chinese):
                yield *_around(whole.text, match, _SENTENCE_END), kind
                continue
            sentence = _around(whole.text, match, _SENTENCE_END)
            if speaks_of_oneself(whole.text[slice(*sentence)]):
                yield *sentence, kind
                continue
            start, end = _around(whole.text, match, _CLAUSE_END)
            if kind in _ADDS_TO_IT:
                end = _with_what_follows(whole.text, end)
            yield start, end, kind


def _of_oneself(whole: Unwrapped) -> Iterator[tuple[int, int, str]]:
    """Sentences in which somebody tells a private matter by name of pronoun: whatever else they say there belongs to it."""
    start = 0
    for line in whole.text.splitlines(keepends=True):
        if names_writer(line):
            for sentence in _SENTENCE.finditer(line):
                kind = private_matter(sentence[0])
                if kind:
                    yield start + sentence.start(), start + sentence.end(), kind
        start += len(line)


def _around(text: str, match: re.Match[str], border: re.Pattern[str]) -> tuple[int, int]:
    """From the last border before the match to the first after it, without the spaces at the beginning."""
    start = max(0, match.start() - _LONGEST_SENTENCE)
    for end in border.finditer(text, start, match.start()):
        start = end.end()
    while start < match.start() and text[start].isspace():
        start += 1
    reach = min(len(text), match.end() + _LONGEST_SENTENCE)
    after = border.search(text, match.end(), reach)
    return start, after.start() if after else reach


def _with_what_follows(text: str, end: int) -> int:
    """The end of the sentence, or of its last clause that does not turn to work (已婚已育，熟悉 Java stops before 熟悉)."""
    reach = end + _LONGEST_SENTENCE
    while end < min(len(text), reach) and text[end] in ",，" and not _ABOUT_WORK.match(text, end + 1):
        after = _CLAUSE_END.search(text, end + 1)
        end = after.start() if after else len(text)
    return end


def _kind(match: re.Match[str]) -> str:
    return next(kind for kind in kinds() if match[kind] is not None)


@cache
def _label() -> re.Pattern[str]:
    aside = r"(?: ?[(（][^()（）\n]{0,14}[)）])?"
    begins = r"(?:^|(?<=[\t\n|;,，、 ·•\-*】\])/.。]))"
    return re.compile(rf"{begins}(?P<label>{_all_labels()}){aside}(?P<separator> *[:：] *(?=\S)|\t+|  +| )(?=\S)")


@cache
def _bare_label() -> re.Pattern[str]:
    return re.compile(_all_labels())


def _all_labels() -> str:
    """One group per kind; Chinese labels may be spaced out to equal width (性    别)."""
    groups = []
    for kind in kinds():
        spaced = re.sub(r"(?<=[\u3400-\u9fff])(?=[\u3400-\u9fff])", " {0,6}", alternatives(_LABELS, kind))
        groups.append(f"(?P<{kind}>{spaced})")
    return "|".join(groups)


@cache
def _phrases() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Shape (``sentence`` or ``clause``), kind and pattern of what running text may tell."""
    found = []
    for name in sections(_PHRASES):
        shape, _, kind = name.partition(" ")
        if shape in ("sentence", "clause"):
            pattern = re.sub(r"\{([a-z]+)\}", _meaning, alternatives(_PHRASES, name))
            # A phrase goes on over commas, but never into another line, cell or sentence.
            pattern = re.sub(r"(?<!\\)\.(?=\{)", r"[^\\n\\t。]", pattern)
            found += [(shape, kind, re.compile(part)) for part in _by_beginning(pattern)]
    return tuple(found)


def _by_beginning(pattern: str) -> Iterator[str]:
    """The alternatives of a pattern as two patterns: those that begin a word, with that said once, which is far quicker, and the rest."""
    depth, begun, parts = 0, 0, []
    for place in re.finditer(r"\\.|\[(?:\\.|[^\]\\])*\]|[()|]", pattern):
        depth += {"(": 1, ")": -1}.get(place[0], 0)
        if place[0] == "|" and not depth:
            parts.append(pattern[begun : place.start()])
            begun = place.end()
    parts.append(pattern[begun:])
    words = [part.removeprefix(r"\b") for part in parts if part.startswith(r"\b")]
    if words:
        yield rf"\b(?:{'|'.join(words)})"
    rest = [part for part in parts if not part.startswith(r"\b")]
    if rest:
        yield "|".join(rest)


def _meaning(placeholder: re.Match[str]) -> str:
    return f"(?:{alternatives(_PHRASES, f'words {placeholder[1]}')})"


@cache
def _cell_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    names = [name for name in sections(_PHRASES) if name.startswith("cell ")]
    return tuple((name.partition(" ")[2], re.compile(alternatives(_PHRASES, name))) for name in names)
