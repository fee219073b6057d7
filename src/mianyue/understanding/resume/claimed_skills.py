"""Reads the skills a person claims: the items of the skills section, claims in running text, tools named at work."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from mianyue.understanding.folding import squeezed
from mianyue.understanding.resume import skill_terms
from mianyue.understanding.resume.fact import Fact
from mianyue.understanding.resume.listed_skills import known_skill, listed_items
from mianyue.understanding.resume.names import places
from mianyue.understanding.resume.periods import periods
from mianyue.understanding.resume.sections import Line, Pages
from mianyue.understanding.resume.sensitive import sensitive_spans
from mianyue.understanding.skills.context import everyday
from mianyue.understanding.skills.find import Skill, named_skills
from mianyue.understanding.skills.table import concepts

_LISTING = ("skills", "languages", "certificates")
_TELLING = ("work", "internship", "projects")
_CLAIMING = ("", "summary", "other", "training", "campus", "objective")
_ANYWHERE = ("", "title", "summary", "personal", "other", "certificates", "campus", "training")
# So many skills in sections of their own are all that somebody wants to name: the trades of their duties aren't added.
_ENOUGH = 4
_ENOUGH_WITH_PAPERS = (3, 6)
# Of a mail or web address nothing is a skill: example.net.
_ADDRESS = re.compile(
    r"(?<![\w.+-])(?:[\w.+-]{1,64}@[\w.-]{1,200}|https?://\S{1,500}|www\.\S{1,500}|[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:com|cn|org|net|io)(?:/\S{0,300})?(?![\w.]))",
    re.ASCII,
)
# Python (since 2019) is no time at a job.
_BRACKETS = re.compile(r"\([^()]*\)")
_TELEPHONE = re.compile(r"\s*\+?[\d\s().-]{8,22}\s*")
_CLAIM = re.compile(
    r"熟悉|熟练|精通|掌握|擅长|善于|会用|能用|了解|具备|proficien|skilled|expert|experience[d]? (?:in|with)|knowledge of|familiar"
    r"|fluent|background in|strong in|certified",
    re.IGNORECASE,
)
_ONE_SENTENCE = re.compile(r"(?:[^。!?]|[!?](?=\S))+?(?:[。!?]|\.\s(?=[A-Z])|$)")
_LISTS = re.compile(
    r"(?:熟练(?:操作|使用|掌握|运用)?|精通|熟悉|掌握|擅长|善于使用|会(?:用|使用|操作)|能(?:用|独立)?(?:操作|使用))\s?"
    r"|\b(?:(?:proficient|skilled|experienced|certified|expertise) (?:in|with)|familiar with|knowledge of)\s",
    re.IGNORECASE,
)
_SPEAKING = ("", "summary", "personal", "other", "objective")
_SPOKEN_BEHIND = re.compile(
    r"\s?(?:口语)?(?:考[过到]了?|过了?\s?(?:[四六八]级|N[1-5])|N[1-5]\b|多益|(?:雅思|托福)|可以?|能(?![力源])|流利|良好|熟练|精通|母语|无障碍|听说|读写|\((?:母语|流利|native|fluent))"
)
_SPOKEN_BEFORE = re.compile(
    r"会(?:说|讲)\s?(?:[\u3400-\u9fff]{2,4}(?:、|,|和|与|及)){0,4}$"
    r"|\bI speak\s[^.;!?]{0,80}$|\b(?:speaks?|fluent in|native|bilingual in|conversational)\s(?:[A-Z]?[a-z]+,?\s(?:and\s)?){0,3}$"
)
_HOLDS = re.compile(r"(?:持有?|拥有|取得了?|拿到了?|获得了?|考取了?|考了|(?<![没具拥持还])有)\s?(?=[\u3400-\u9fff])")
_HELD_END = re.compile(r"[。;；!?\t]|,(?=会|能|熟|可)|\s{2}")
_SENTENCE_END = re.compile(r"[.;:!?()（）\t](?=\s|$)|\s{2}")
_SEVERAL = re.compile(r"[、,]|以及|和|及|与|\s/\s|\band\b")
_LONGEST_CLAIM = 24
_HAN = re.compile(r"[\u3400-\u9fff]")
_CLAUSE_END = re.compile(r"[。;；，,:：!?()（）\t]|\s{2}|等")
# A product that the table doesn't know: its Latin name in a Chinese sentence, behind a verb that takes a tool.
_PRODUCT = re.compile(
    r"(?:使用|运用|利用|借助|基于|采用|引入|操作)\s?(?P<name>[A-Z][A-Za-z0-9+#.-]{2,20}(?: [A-Z][A-Za-z0-9+#.-]{1,20}){0,2})"
    r"(?=\s?[\u3400-\u9fff,，、;；。)）]|$)"
)


def claimed_skills(pages: Pages, name: Fact | None, others: Iterable[Fact]) -> tuple[Fact, ...]:
    """Each skill once, as the résumé spells it, in the order of the résumé; nothing out of sensitive passages and hobbies.

    Items of a skills section count even if the table has no such concept. Elsewhere only what is claimed (熟悉 …), and tools and
    standards named at work; trades named at work (数据分析) count where the résumé lists few skills. ``others`` are facts whose
    places tell something else: employers, schools, titles.
    """
    others = [*others, name] if name else list(others)
    covered = [(span.start, span.end) for span in sensitive_spans(pages.text)] + [(fact.start, fact.end) for fact in others]
    covered += [match.span() for match in _ADDRESS.finditer(pages.text)]
    known, refused = named_skills(pages.folded.text)
    covered += [pages.folded.span(skill.start, skill.end) for skill in refused]
    denied = {skill.concept for skill in refused}
    by_line = _on_lines(pages, known)
    found: list[tuple[str, Fact]] = []
    listed: set[str] = set()
    for line in _up_to_the_name(pages.of(*_LISTING), name, pages):
        if next(iter(periods(_BRACKETS.sub("", line.text))), None) is None:
            items = list(listed_items(pages, line, by_line.get(line.start, [])))
            found += (each for each in items if each[0] not in _traits())
            listed |= {key for key, fact in items if line.kind == "skills" and _counts(key, fact)}
    enough = len(listed) >= _ENOUGH or (len(listed) >= _ENOUGH_WITH_PAPERS[0] and len(found) >= _ENOUGH_WITH_PAPERS[1])
    named = "\n".join(squeezed(fact.value) for _, fact in found)
    for line in pages.lines:
        if line.kind not in _LISTING:
            found += _told(pages, line, by_line.get(line.start, []), denied, named, enough)
    best: dict[str, Fact] = {}
    for key, fact in found:
        if not any(fact.start < end and start < fact.end for start, end in covered) and (
            key not in best or fact.confidence > best[key].confidence
        ):
            best[key] = fact
    return tuple(sorted(best.values(), key=lambda fact: fact.start))


@cache
def _traits() -> frozenset[str]:
    return frozenset(key for key, concept in concepts().items() if "personal-quality" in concept.parents)


def _up_to_the_name(lines: Sequence[Line], name: Fact | None, pages: Pages) -> Iterator[Line]:
    """The lines of lists; one that the candidate's name ends, since a sidebar stands before the page, goes on no further."""
    ended = ""
    before: Line | None = None
    for line in lines:
        if name and pages.folded.span(line.start, line.end)[0] <= name.start < pages.folded.span(line.start, line.end)[1]:
            ended = line.kind
        elif _ADDRESS.fullmatch(line.text.strip()) or _TELEPHONE.fullmatch(line.text):
            # Below an address in a sidebar stands where somebody lives.
            ended = line.kind
        elif before is not None and line.kind != before.kind:
            ended = ""
        before = line
        if not ended:
            yield line


def _counts(key: str, fact: Fact) -> bool:
    """Whether an item is a skill of the trade, rather than a language or a paper."""
    concept = concepts().get(key)
    return not skill_terms.is_credential(fact.value) and (concept is None or "language-skill" not in concept.parents)


def _told(pages: Pages, line: Line, known: list[Skill], denied: set[str], named: str, enough: bool) -> Iterator[tuple[str, Fact]]:
    """What a line outside of the lists claims or tells of somebody's work."""
    claiming = _claiming(line) if line.kind in (*_CLAIMING, *_TELLING) else []
    for claim in _claims(line) if claiming else ():
        inside = [skill for skill in known if claim.start <= skill.start and skill.end <= claim.end]
        if _SEVERAL.split(claim.text)[0].strip() in places():
            # 熟悉湖北、湖南、江西三省三级医院: where, not what.
            continue
        for key, fact in listed_items(pages, claim, inside):
            if len(fact.value) <= _LONGEST_CLAIM and fact.confidence >= 0.6:
                yield key, replace(fact, method="claim", confidence=min(fact.confidence, 0.8))
        known = [skill for skill in known if skill not in inside]
    if line.kind in _TELLING:
        yield from _products(pages, line, known)
    if line.kind in _SPEAKING:
        yield from _papers(pages, line, known)
        yield from (known_skill(pages, skill, "claim", 0.7) for skill in known if _spoken(line, skill))
    for skill in known:
        concept = concepts()[skill.concept]
        if skill.confidence < 0.6 or skill.concept in denied or (enough and "personal-quality" in concept.parents):
            continue
        if squeezed(pages.written(skill.start, skill.end)) in named or _a_word(line, skill, known):
            continue
        claims = any(start <= skill.start - line.start < end for start, end in claiming)
        if claims and line.kind in _CLAIMING and (concept.proper or skill.end - skill.start > 2):
            yield known_skill(pages, skill, "claim", 0.8)
        elif (
            concept.proper and not _abbreviated(pages, skill) and (line.kind in _TELLING or (not enough and line.kind in _ANYWHERE))
        ):
            yield known_skill(pages, skill, "use", 0.75)
        elif (
            not enough
            and (line.kind in _TELLING or line.kind in _ANYWHERE)
            and _telling(line.text, skill.start - line.start, skill.end - line.start)
        ):
            yield known_skill(pages, skill, "use", 0.62)


def _abbreviated(pages: Pages, skill: Skill) -> bool:
    """Whether a Chinese name is a trade that only English abbreviates: 增值税 (VAT), 询价 (RFQ)."""
    name = concepts()[skill.concept].en[0]
    return _HAN.search(pages.written(skill.start, skill.end)) is not None and name.isalpha() and name.isupper()


def _a_word(line: Line, skill: Skill, known: list[Skill]) -> bool:
    """Whether a word of everyday English stands alone in an English sentence: Spring, as the season, and Chef, who cooks."""
    others = (other for other in known if other is not skill and concepts()[other.concept].proper and not everyday(other.alias))
    return everyday(skill.alias) and line.text.isascii() and next(others, None) is None


def _telling(text: str, start: int, end: int) -> bool:
    """Whether a trade named in a duty is named closely enough to be known by it: 薪酬体系设计, not 招聘."""
    name = text[start:end]
    return end - start >= 4 if _HAN.search(name) else " " in name or end - start >= 10 or name != name.lower()


def _claims(line: Line) -> Iterator[Line]:
    """The lists that follow 熟练操作, proficient in and the like, up to the end of their clause: 手套箱、旋涂、热蒸镀."""
    for verb in _LISTS.finditer(line.text):
        end = (_CLAUSE_END if _HAN.search(verb[0]) else _SENTENCE_END).search(line.text, verb.end())
        listed = line.text[verb.end() : end.start() if end else len(line.text)]
        if _SEVERAL.search(listed):
            yield Line(listed, line.start + verb.end(), line.kind, line.bullet)


def _spoken(line: Line, skill: Skill) -> bool:
    """Whether a sentence says that a language is spoken: 英语可以流利接待外宾, I speak French well."""
    if "language-skill" not in concepts()[skill.concept].parents:
        return False
    start, end = skill.start - line.start, skill.end - line.start
    return (
        _SPOKEN_BEHIND.match(line.text, end) is not None or _SPOKEN_BEFORE.search(line.text, max(0, start - 90), start) is not None
    )


def _papers(pages: Pages, line: Line, known: list[Skill]) -> Iterator[tuple[str, Fact]]:
    """The certificates that a sentence says somebody has: 有高压电工证、低压电工证."""
    for verb in _HOLDS.finditer(line.text):
        end = _HELD_END.search(line.text, verb.end())
        held = Line(line.text[verb.end() : end.start() if end else len(line.text)], line.start + verb.end(), line.kind, line.bullet)
        inside = [skill for skill in known if held.start <= skill.start and skill.end <= held.end]
        for key, fact in listed_items(pages, held, inside):
            if skill_terms.is_credential(fact.value) and len(fact.value) <= _LONGEST_CLAIM:
                yield key, replace(fact, method="claim", confidence=min(fact.confidence, 0.75))


def _products(pages: Pages, line: Line, known: list[Skill]) -> Iterator[tuple[str, Fact]]:
    for match in _PRODUCT.finditer(line.text):
        begin, end = line.start + match.start("name"), line.start + match.end("name")
        if not _known_at(known, begin, end):
            yield squeezed(match["name"]), pages.fact(begin, end, "use", 0.6)


def _known_at(known: list[Skill], begin: int, end: int) -> bool:
    return any(skill.start < end and begin < skill.end for skill in known)


def _claiming(line: Line) -> list[tuple[int, int]]:
    """Where the sentences stand that claim something: 熟悉 …; what another sentence names is not claimed by it."""
    return [match.span() for match in _ONE_SENTENCE.finditer(line.text) if _CLAIM.search(match[0])]


def _on_lines(pages: Pages, known: list[Skill]) -> dict[int, list[Skill]]:
    """The skills by the start of their line."""
    found: dict[int, list[Skill]] = {}
    number = 0
    for skill in known:
        while number < len(pages.lines) and pages.lines[number].end <= skill.start:
            number += 1
        if number < len(pages.lines) and pages.lines[number].start <= skill.start:
            found.setdefault(pages.lines[number].start, []).append(skill)
    return found
