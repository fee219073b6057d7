"""The guard over what a language model suggests, rule by rule in a fixed order: the first that is broken refuses it.

The company's own words (the job's title, the approved keywords) are taken out first and are never held against a suggestion.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from functools import cache

from mianyue.understanding.resume.sensitive import sensitive_spans
from mianyue.understanding.resume.sensitive_filter import topic_verdict
from mianyue.understanding.skills.find import find_skills
from mianyue.understanding.wording.suggestion import Asked, Suggestion, SuggestionRefused, approved, blanked, read
from mianyue.understanding.wordlists import alternatives, sections, words

_STRAYS, _WORDS, _VOCABULARY = "wording/strays.txt", "wording/words.txt", "wording/vocabulary.txt"
_LONGEST_ECHO = 12
_TOKEN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ'’-]*")
_SENTENCE_BEGINS = re.compile(r"(?:^|[.?!:;]['”’)]?\s+)$")
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_LONGEST_WORD = 6
_HAN = re.compile(r"[\u3400-\u9fff]")
_NAMES = ("nr", "ns", "nt", "nz")

Rule = Callable[[str, Asked], bool]


def check(content: str, asked: Asked) -> Suggestion:
    """The suggestion in ``content`` once every rule holds. Raises SuggestionRefused naming the first that does not.

    In order: ``schema``, ``characters``, what only the company's data may say (``numeral`` to ``person``, ``name``), ``concepts``,
    ``sensitive``, ``promise``, ``echo``, ``language``, then manners (``exclamation`` to ``machine``), and last the ``vocabulary``, which
    holds whatever nobody thought to forbid, and ``repetition``.
    """
    suggestion = read(content, asked)
    for name, broken in _RULES:
        if any(broken(passage, asked) for passage in suggestion.passages if passage):
            raise SuggestionRefused(name)
    if any(_said(suggestion, word) > 1 for word in (asked.job_title, *asked.keywords) if word):
        raise SuggestionRefused("repetition")
    return suggestion


def names() -> tuple[str, ...]:
    """Every rule by its name, in order."""
    return ("schema", "characters", *(name for name, _ in _RULES), "repetition")


def _said(suggestion: Suggestion, word: str) -> int:
    return sum(passage.casefold().count(word.casefold()) for passage in suggestion.passages)


def _stray(section: str) -> Rule:
    def broken(passage: str, asked: Asked) -> bool:
        rest = _harmless().sub(" ", blanked(passage, asked))
        return any(pattern.search(rest) for pattern in _patterns(section))

    return broken


@cache
def _patterns(section: str) -> tuple[re.Pattern[str], ...]:
    # ASCII: a border stands between a Chinese and a Latin letter too ("您的offer").
    found = [re.compile(alternatives(_STRAYS, section), re.IGNORECASE | re.ASCII)]
    if f"{section} as written" in sections(_STRAYS):
        found.append(re.compile(alternatives(_STRAYS, f"{section} as written"), re.ASCII))
    return tuple(found)


@cache
def _harmless() -> re.Pattern[str]:
    return re.compile(alternatives(_STRAYS, "harmless"))


def _digit(passage: str, asked: Asked) -> bool:
    """Any character of any script that is a number."""
    rest = blanked(passage, asked)
    return any(unicodedata.category(char).startswith("N") for char in rest) or _stray("numeral")(passage, asked)


def _name(passage: str, asked: Asked) -> bool:
    """A word that may be somebody's or something's name: a capital within a sentence, Latin among Chinese, or what a segmenter says."""
    rest = blanked(passage, asked)
    if asked.language == "zh":
        return _TOKEN.search(rest) is not None or any(_chinese_names(rest))
    return any(_unexplained_capitals(rest))


def _unexplained_capitals(rest: str) -> Iterator[str]:
    for match in _TOKEN.finditer(rest):
        word = match[0]
        if word == word.lower() or word == "I":
            continue
        opens = _SENTENCE_BEGINS.search(rest[: match.start()]) is not None and word[1:] == word[1:].lower()
        if not opens or word.lower() not in words(_WORDS, "openers"):
            yield word


def _chinese_names(rest: str) -> Iterator[str]:
    import rjieba  # 90 ms, and most runs of the product check no sentence

    for word, kind in rjieba.tag(rest.replace("\0", "，")):
        if kind.startswith(_NAMES) and word not in words(_WORDS, "no names"):
            yield word


def _vocabulary(passage: str, asked: Asked) -> bool:
    """A word that no such letter needs. What rules forbid by name is endless; what a greeting needs is not."""
    rest = blanked(passage, asked)
    if asked.language == "en":
        return any(token.strip("'").lower() not in words(_VOCABULARY, "en") for token in _TOKEN.findall(rest.replace("’", "'")))
    return not all(_made_of_known_words(run) for run in _HAN_RUN.findall(rest))


def _made_of_known_words(run: str) -> bool:
    """Whether Chinese characters can be parted into known words without a remainder."""
    known = words(_VOCABULARY, "zh")
    reached = {0}
    for end in range(1, len(run) + 1):
        if any(start in reached and run[start:end] in known for start in range(max(0, end - _LONGEST_WORD), end)):
            reached.add(end)
    return len(run) in reached


def _concepts(passage: str, asked: Asked) -> bool:
    """A skill, tool, certificate or trade that nobody approved, whatever it is called."""
    known = {skill.concept for phrase in (asked.job_title, *asked.keywords) for skill in find_skills(phrase)}
    own = approved(passage, asked)
    return any(
        skill.concept not in known and not any(start <= skill.start and skill.end <= end for start, end in own)
        for skill in find_skills(passage)
    )


def _sensitive(passage: str, asked: Asked) -> bool:
    """A private matter, told of somebody or as a bare word (HPV, 三胎) that nothing beside it makes a field of work."""
    rest = blanked(passage, asked, " ")
    return bool(sensitive_spans(rest)) or topic_verdict(rest, 0, len(rest)) is not None


def _echo(passage: str, asked: Asked) -> bool:
    """More than a dozen characters in a row as they stand in the prompt."""
    rest, prompt = (" ".join(blanked(text, asked).casefold().split()) for text in (passage, asked.prompt))
    for part in rest.split("\0"):
        longest = SequenceMatcher(None, part, prompt, autojunk=False).find_longest_match()
        if len(part[longest.a : longest.a + longest.size].strip()) > _LONGEST_ECHO:
            return True
    return False


def _language(passage: str, asked: Asked) -> bool:
    """Whether it is in another language than the letter: by script, and by the small words that a language can't do without."""
    rest = blanked(passage, asked, " ")
    if asked.language == "zh":
        return len(_HAN.findall(rest)) < 4 or not any(mark in rest for mark in words(_WORDS, "chinese marks")) or _traditional(rest)
    told = [token.lower() for token in _TOKEN.findall(rest)]
    english = sum(token in words(_WORDS, "en") for token in told)
    others = sum(token in words(_WORDS, "other Latin") for token in told)
    return _HAN.search(rest) is not None or english < 2 or others >= english or english * 5 < len(told)


def _traditional(text: str) -> bool:
    """Big5 has the traditional characters, GB 2312 the simplified: who writes what the second lacks does not write simplified Chinese."""
    for char in _HAN.findall(text):
        try:
            char.encode("gb2312")
        except UnicodeEncodeError:
            return True
    return False


_RULES: tuple[tuple[str, Rule], ...] = (
    ("numeral", _digit),
    ("weekday", _stray("weekday")),
    ("month", _stray("month")),
    ("clock", _stray("clock")),
    ("money", _stray("money")),
    ("link", _stray("link")),
    ("mail", _stray("mail")),
    ("phone", _stray("phone")),
    ("place", _stray("place")),
    ("errand", _stray("errand")),
    ("person", _stray("person")),
    ("placeholder", _stray("placeholder")),
    ("name", _name),
    ("concepts", _concepts),
    ("sensitive", _sensitive),
    ("promise", _stray("promise")),
    ("echo", _echo),
    ("language", _language),
    ("exclamation", lambda passage, asked: bool(re.search("[!！]", blanked(passage, asked)))),
    ("superlative", _stray("superlative")),
    ("judgement", _stray("judgement")),
    ("threat", _stray("threat")),
    ("machine", _stray("machine")),
    ("vocabulary", _vocabulary),
)
