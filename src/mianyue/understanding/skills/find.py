"""Finds the skills that a text names, in one walk over it: the longest name wins, Latin names match whole words only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from mianyue.understanding.folding import fold
from mianyue.understanding.skills.context import AFTER, BEFORE, denied, everyday, one_more, required_beginning
from mianyue.understanding.skills.table import Concept, concepts
from mianyue.understanding.traditional import simplified

# What may stand between two parts of a name: spaces, a hyphen, the end of a line.
_GAPS = frozenset(" \n\t-‐‑‒–—―_")
_WIDEST_GAP = 3
_PARTS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-zà-öø-ÿ]+|[A-Z]+|[^\W\d_\u3400-\u9fff]+|\d+|[\u3400-\u9fff]|[^\s\w]")
_LATIN = re.compile(r"[^\W_\u3400-\u9fff]")
_HAN = re.compile(r"[\u3400-\u9fff]")
# What follows a name within a list, in Chinese, or at the end of a line.
_LISTED = re.compile(r"\s{0,2}(?:[,，、/;；|(（)）:：\n+&\t。.\u3400-\u9fff]|$|and\b|or\b|\d)")
# A trade named in a job title (销售经理, 前端开发工程师, UI设计师, marketing manager) says what somebody is called.
_TITLE_FOLLOWS = re.compile(
    r"(?:工程师|专员|主管|经理|总监|助理|顾问|设计师|讲师|教师|师(?!范)|员(?!工)|部(?!署)|岗|"
    r"[ \n](?:engineer|manager|specialist|analyst|developer|designer|consultant|director|assistant|officer|team|department|intern)\b)"
)
_SENTENCE_BEGINS = re.compile(r"(?:^|[\n.。!?;•·●■*]|^\s*-)\s{0,3}$")


@dataclass(frozen=True, slots=True)
class Skill:
    """A name of ``concept`` (its id) at ``start:end`` of the text; ``alias`` as the table spells it, ``confidence`` from 0 to 1.

    Under 0.6 the place hardly tells a skill: two capitals alone, or a trade within a job title.
    """

    concept: str
    start: int
    end: int
    alias: str
    confidence: float


@dataclass(slots=True)
class _Node:
    """A place in the tree of names; ``ends`` are the names that end here, with the places where each may be broken."""

    next: dict[str, _Node]
    ends: list[_Name]


@dataclass(frozen=True, slots=True)
class _Name:
    concept: Concept
    alias: str
    key: str
    breaks: frozenset[int]
    beginning: str


def find_skills(text: str) -> list[Skill]:
    """Every name of the table's concepts in ``text``, in order, none within another; what is denied (不熟悉 Kafka) is left out.

    Case, width, spaces, hyphens, line breaks within names and traditional characters make no difference, but short Latin names and
    words of everyday English need their capital: Go in "Go, Rust", not in "go to market"; a single letter needs a list.
    """
    return named_skills(text)[0]


def named_skills(text: str) -> tuple[list[Skill], list[Skill]]:
    """The skills that ``find_skills`` gives, and those that the text names only to deny them."""
    folded = fold(text, caseless=False)
    plain = simplified(folded.text)
    lower = plain.lower()
    if len(lower) != len(plain):
        # A few capitals (İ) grow when they become small.
        lower = "".join(character.lower()[:1] for character in plain)
    found: list[Skill] = []
    refused: list[Skill] = []
    last_end, last_denied = -1, False
    for start, end, name in _longest(lower, plain):
        last_denied = denied(lower, start, end) or (last_denied and one_more(lower, last_end, start))
        skill = Skill(name.concept.id, *folded.span(start, end), name.alias, _confidence(lower, start, end, name))
        (refused if last_denied else found).append(skill)
        last_end = end
    return found, refused


def _longest(lower: str, plain: str) -> Iterator[tuple[int, int, _Name]]:
    tree, pairs = _tree()
    position, length = 0, len(lower)
    while position < length:
        character = lower[position]
        node = tree.get(character)
        if node is None or (
            lower[position : position + 2] not in pairs and not (position + 1 < length and _breaks_here(lower, position, character))
        ):
            position += 1
            continue
        best = _walk(lower, plain, position, node)
        if best is None:
            position += 1
        else:
            yield position, best[0], best[1]
            position = best[0]


def _breaks_here(lower: str, position: int, character: str) -> bool:
    """Whether a name may end or be broken right after its first character."""
    following = lower[position + 1]
    return following in _GAPS or ((character, "") in _singles() and not _LATIN.match(following))


def _walk(lower: str, plain: str, start: int, node: _Node) -> tuple[int, _Name] | None:
    best = None
    breaks: list[int] = []
    place, depth = start + 1, 1
    before_latin = start > 0 and _LATIN.match(lower[start - 1]) is not None
    while True:
        for name in node.ends:
            if name.breaks.issuperset(breaks):
                end = _ends(lower, place, name)
                if end and not (before_latin and _LATIN.match(name.key)) and _fits(lower, plain, start, end, name):
                    best = (end, name)
        gap = place
        while gap < len(lower) and lower[gap] in _GAPS and gap - place < _WIDEST_GAP:
            gap += 1
        if gap >= len(lower):
            return best
        following = node.next.get(lower[gap])
        if following is None:
            return best
        if gap > place:
            breaks.append(depth)
        node, place, depth = following, gap + 1, depth + 1


def _ends(lower: str, place: int, name: _Name) -> int:
    """Where the name ends that was read up to ``place``, a plural s included; 0 if a longer word goes on."""
    last = name.key[-1]
    if not _LATIN.match(last):
        return place
    for end in (
        (place, place + 1) if len(name.key) >= 4 and name.alias[-1].islower() and lower[place : place + 1] == "s" else (place,)
    ):
        after = lower[end : end + 1]
        if not (after and _LATIN.match(after)) and not (len(name.key) <= 2 and after in ("+", "#")):
            return end
    return 0


def _fits(lower: str, plain: str, start: int, end: int, name: _Name) -> bool:
    if name.beginning and not plain.startswith(name.beginning, start):
        return False
    before, after = _conditions(name.key)
    if before and not before.match(lower, start):
        return False
    if after and not after.match(lower, end):
        return False
    if everyday(name.alias) and _SENTENCE_BEGINS.search(lower, max(0, start - 6), start):
        return _LISTED.match(lower, end) is not None
    return True


def _confidence(lower: str, start: int, end: int, name: _Name) -> float:
    if _TITLE_FOLLOWS.match(lower, end):
        return 0.4
    if len(name.key) <= 2 and name.key.isascii() and not _LISTED.match(lower, end):
        return 0.5
    if everyday(name.alias):
        return 0.7
    return 0.95 if name.concept.proper else 0.85


@cache
def _conditions(key: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    before, after = BEFORE.get(key), AFTER.get(key)
    return re.compile(before) if before else None, re.compile(after, re.MULTILINE) if after else None


@cache
def _tree() -> tuple[dict[str, _Node], frozenset[str]]:
    root: dict[str, _Node] = {}
    pairs = set()
    for concept in concepts().values():
        for alias in concept.names:
            for name in _names(concept, alias):
                node = root.setdefault(name.key[0], _Node({}, []))
                for character in name.key[1:]:
                    node = node.next.setdefault(character, _Node({}, []))
                node.ends.append(name)
                pairs.add(name.key[:2])
    return root, frozenset(pairs)


@cache
def _singles() -> frozenset[tuple[str, str]]:
    """Names of one character, as C and R."""
    return frozenset((key, "") for key, node in _tree()[0].items() if node.ends)


def _names(concept: Concept, alias: str) -> Iterator[_Name]:
    """The alias as the tree holds it; Node.js also without its dot."""
    spelled = simplified(fold(alias, caseless=False).text)
    parts = [part for part in _PARTS.findall(spelled) if part not in _GAPS]
    variants = [parts]
    if "." in parts[1:-1]:
        variants.append([part for part in parts if part != "."])
    for variant in variants:
        breaks, length = set(), 0
        for part in variant:
            length += len(part)
            breaks.add(length)
        yield _Name(concept, alias, "".join(variant).lower(), frozenset(breaks), required_beginning(alias))
