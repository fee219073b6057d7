"""Reads the skills a person claims: the items of the skills section, claims in running text, tools named at work."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from mianyue.understanding.folding import squeezed
from mianyue.understanding.resume.fact import Fact
from mianyue.understanding.resume.periods import periods
from mianyue.understanding.resume.sections import Line, Pages
from mianyue.understanding.resume.sensitive import sensitive_spans
from mianyue.understanding.skills.find import Skill, named_skills
from mianyue.understanding.skills.table import concepts
from mianyue.understanding.wordlists import alternatives

_TABLE = "resume/skill_items.txt"
_LISTING = ("skills", "languages", "certificates")
_TELLING = ("work", "internship", "projects")
_CLAIMING = ("", "summary", "other", "training", "campus", "objective")
_ANYWHERE = ("", "title", "summary", "personal", "other", "certificates", "campus", "training")
_ENOUGH = 3
# Of a mail or web address nothing is a skill: example.net.
_ADDRESS = re.compile(
    r"(?<![\w.+-])(?:[\w.+-]{1,64}@[\w.-]{1,200}|https?://\S{1,500}|www\.\S{1,500}|[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:com|cn|org|net|io)(?:/\S{0,300})?(?![\w.]))",
    re.ASCII,
)
_GROUP_NAME = re.compile(r"\s*(?P<name>[^:：,，、;；()（）]{1,30}?)\s{0,2}[:：]\s{0,3}(?=\S)")
_SEPARATOR = re.compile(r"\s*(?:[,，、;；|｜/·•●\t。→]|\s{2,}|(?<=[a-z])\.\s)\s*")
_CLAIM = re.compile(
    r"熟悉|熟练|精通|掌握|擅长|善于|会用|能用|了解|具备|proficien|skilled|expert|experience[d]? (?:in|with)|knowledge of|familiar"
    r"|fluent|background in|strong in|certified",
    re.IGNORECASE,
)
_ONE_SENTENCE = re.compile(r"(?:[^。!?]|[!?](?=\S))+?(?:[。!?]|\.\s(?=[A-Z])|$)")
_LISTS = re.compile(r"(?:熟练(?:操作|使用|掌握|运用)?|精通|熟悉|掌握|擅长|会(?:用|使用|操作)|能(?:用|独立)?操作)\s?")
_CLAUSE_END = re.compile(r"[。;；，,:：!?()（）\t]|\s{2}|等")
_LEVEL_IN_BRACKETS = re.compile(r"\s*[(（][^()（）]{0,20}[)）]$")
_LANGUAGE_LEVEL = re.compile(
    r"\s*\(?(?:\b[abc][12]\b|cet\s?-?\s?[46]|hsk\s?\d|tem\s?-?[48]|n[1-5]\b|ielts\s?[\d.]*|toefl\s?\d*|专业?[四八]级?|[四六]级)\)?",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"\s*(?:能|可|并|且|会|有|具|从而|以|对|将|为)")
_CREDENTIAL = re.compile(r"(?:证书?|执照|资格)(?:\s?[A-Z]\d)?\s*$|证[A-Z]\d$|\b(?:[Cc]ertificate|[Ll]icen[cs]e)\s*$")
_WORDS = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")


def claimed_skills(pages: Pages, others: Iterable[Fact]) -> tuple[Fact, ...]:
    """Each skill once, as the résumé spells it, in the order of the résumé; nothing out of sensitive passages and hobbies.

    Items of a skills section count even if the table has no such concept. Elsewhere only what is claimed (熟悉 …), and tools and
    standards named at work; trades named at work (数据分析) count where the résumé lists no skills. ``others`` are facts whose
    places tell something else: the name, employers, schools, titles.
    """
    covered = [(span.start, span.end) for span in sensitive_spans(pages.text)] + [(fact.start, fact.end) for fact in others]
    covered += [match.span() for match in _ADDRESS.finditer(pages.text)]
    known, refused = named_skills(pages.folded.text)
    covered += [pages.folded.span(skill.start, skill.end) for skill in refused]
    denied = {skill.concept for skill in refused}
    by_line = _on_lines(pages, known)
    found: list[tuple[str, Fact]] = []
    for line in pages.of(*_LISTING):
        if next(iter(periods(line.text)), None) is None:
            found += _items(pages, line, by_line.get(line.start, []))
    named = " ".join(squeezed(fact.value) for _, fact in found)
    listed = len({key for key, _ in found}) >= _ENOUGH
    for line in pages.lines:
        if line.kind in _LISTING:
            continue
        claiming = _claiming(line) if line.kind in (*_CLAIMING, *_TELLING) else []
        if claiming:
            found += _claimed(pages, line, by_line.get(line.start, []))
        for skill in by_line.get(line.start, []):
            claims = any(start <= skill.start - line.start < end for start, end in claiming)
            if (
                skill.confidence < 0.6
                or skill.concept in denied
                or (listed and "personal-quality" in concepts()[skill.concept].parents)
            ):
                continue
            if claims and line.kind in _CLAIMING and squeezed(skill.alias) not in named:
                found.append(_known(pages, skill, "claim", 0.8))
            elif (line.kind in _TELLING or (not listed and line.kind in _ANYWHERE)) and (
                concepts()[skill.concept].proper or not listed
            ):
                found.append(_known(pages, skill, "use", 0.75 if concepts()[skill.concept].proper else 0.62))
    best: dict[str, Fact] = {}
    for key, fact in found:
        if not any(fact.start < end and start < fact.end for start, end in covered) and (
            key not in best or fact.confidence > best[key].confidence
        ):
            best[key] = fact
    return tuple(sorted(best.values(), key=lambda fact: fact.start))


def _claimed(pages: Pages, line: Line, known: list[Skill]) -> Iterator[tuple[str, Fact]]:
    """What a sentence lists behind 熟练操作 and the like, where the table doesn't know it: 熟练操作手套箱、旋涂、热蒸镀."""
    for verb in _LISTS.finditer(line.text):
        end = _CLAUSE_END.search(line.text, verb.end())
        listed = line.text[verb.end() : end.start() if end else len(line.text)]
        position, items = verb.end(), re.split(r"(、|以及|和|及|与|\s/\s)", listed)
        for item in items:
            bare, offset = _bare(item)
            begin = line.start + position + offset
            position += len(item)
            if (
                len(items) > 1
                and len(bare) <= 12
                and _is_term(bare)
                and not any(s.start < begin + len(bare) and begin < s.end for s in known)
            ):
                yield squeezed(bare), pages.fact(begin, begin + len(bare), "claim", 0.62)


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


def _items(pages: Pages, line: Line, known: list[Skill]) -> Iterator[tuple[str, Fact]]:
    without = False
    if _denied_group().match(line.text.lower()):
        return
    parts = list(_split(line, known))
    several = len(parts) > 1
    for start, item, separator in parts:
        begin = line.start + start
        without = re.search(alternatives(_TABLE, "denials"), item.lower()) is not None or (without and separator in ("、", "/"))
        if without:
            continue
        inside = [skill for skill in known if begin <= skill.start and skill.end <= begin + len(item)]
        rest = _filler_stripped(item, begin, inside)
        spoken = _language(item, begin, inside)
        bare, offset = _bare(item)
        place = (begin + offset, begin + offset + len(bare))
        whole = any((skill.start, skill.end) == place for skill in inside)
        if inside and not whole and bare and (_credential(bare) or (several and not rest and _two_in_one(item, inside))):
            yield squeezed(bare), pages.fact(*place, "listed", 0.9)
        elif spoken and rest:
            yield _known(pages, spoken, "listed", 0.9)
        elif inside and not rest:
            together = _one_item(item, begin, inside)
            if together:
                yield together[0], pages.fact(*together[1], "listed", 0.95)
            else:
                for skill in inside:
                    yield _known(pages, skill, "listed", 0.95)
        elif inside and (_long(item) or _tool_and_purpose(item, begin, inside)):
            for skill in inside:
                if skill.confidence >= 0.6:
                    yield _known(pages, skill, "listed", 0.8)
        else:
            if _SENTENCE.match(item) and all(_is_language(skill) for skill in inside):
                continue
            if _is_term(bare):
                yield squeezed(bare), pages.fact(*place, "listed", 0.8 if inside else 0.65)
            else:
                for skill in inside:
                    yield _known(pages, skill, "listed", 0.8)


@cache
def _denied_group() -> re.Pattern[str]:
    """Not used: CUDA."""
    return re.compile(rf"\W*[^:：,，、]{{0,12}}(?:{alternatives(_TABLE, 'denials')})[^:：,，、]{{0,8}}[:：]")


def _split(line: Line, known: list[Skill]) -> Iterator[tuple[int, str, str]]:
    """The items of the line, their places, and what parts each from the one before; names (TCP/IP) and brackets stay whole."""
    text = line.text
    position, before = _behind_group_name(line, 0, known), ""
    for separator in _SEPARATOR.finditer(text, position):
        place = line.start + separator.start()
        if any(skill.start < place and line.start + separator.end() <= skill.end for skill in known) or _depth(
            text[position : separator.start()]
        ):
            continue
        if separator.start() < position:
            continue
        if text[position : separator.start()].strip():
            yield position, text[position : separator.start()], before
        position, before = _behind_group_name(line, separator.end(), known), separator[0].strip()
    if text[position:].strip():
        yield position, text[position:], before


def _behind_group_name(line: Line, position: int, known: list[Skill]) -> int:
    """Where the items begin in "Frameworks: PyTorch, ROS"; a tool before the colon is an item itself (Excel：VLOOKUP)."""
    group = _GROUP_NAME.match(line.text, position)
    if group is None or _SEPARATOR.search(group["name"]):
        return position
    last = line.start + group.end("name")
    tools = [skill.start for skill in known if skill.start >= line.start + position and concepts()[skill.concept].proper]
    named = bool(tools) and tools[0] <= last and tools[-1] <= last
    return position if named else group.end()


def _depth(text: str) -> bool:
    return text.count("(") > text.count(")")


def _filler_stripped(item: str, begin: int, inside: list[Skill]) -> str:
    """What the item says beside the known skills and the words that tell how well one knows them."""
    left = list(item)
    for skill in inside:
        left[skill.start - begin : skill.end - begin] = "\0" * (skill.end - skill.start)
    return re.sub(rf"{alternatives(_TABLE, 'around')}|[\s\W\0\d]", "", "".join(left).lower())


def _tool_and_purpose(item: str, begin: int, inside: list[Skill]) -> bool:
    """Whether the item is a tool and, in Chinese, what for (Java后端, RabbitMQ 等中间件): the tool is what can be known."""
    rest = item[inside[-1].end - begin :].strip()
    return (
        concepts()[inside[0].concept].proper
        and inside[0].start == begin
        and re.fullmatch(r"[\u3400-\u9fff]{1,10}", rest) is not None
    )


def _one_item(item: str, begin: int, inside: list[Skill]) -> tuple[str, tuple[int, int]] | None:
    """Key and place of an item that is a language with its level: 英语 CET-6, French (B1)."""
    if not _is_language(inside[0]) or inside[0].start != begin:
        return None
    level = _LANGUAGE_LEVEL.search(item, inside[0].end - begin)
    end = level.end() if level else inside[-1].end - begin
    return (inside[0].concept, (begin, begin + end)) if end <= 24 else None


def _language(item: str, begin: int, inside: list[Skill]) -> Skill | None:
    """The language of an item that only says how well it is known: 英语可以接待外宾, some Malay."""
    if len(inside) != 1 or not _is_language(inside[0]):
        return None
    skill = inside[0]
    last = skill.end == begin + len(item.rstrip())
    return skill if (skill.start == begin or (last and item.isascii())) and len(_WORDS.findall(item)) <= 14 else None


def _is_language(skill: Skill) -> bool:
    return "language-skill" in concepts()[skill.concept].parents


def _credential(item: str) -> bool:
    """Whether the item names a paper rather than what it is about: 傷口護理證書, 驾驶证C1, Level 3 Food Safety certificate."""
    return _CREDENTIAL.search(item) is not None and not _long(item)


def _two_in_one(item: str, inside: list[Skill]) -> bool:
    """Whether two names make one thing: SAP IBP, 销售易CRM."""
    return len(inside) == 2 and 0 <= inside[1].start - inside[0].end <= 1 and len(_WORDS.findall(item)) <= 8


def _known(pages: Pages, skill: Skill, method: str, confidence: float) -> tuple[str, Fact]:
    return skill.concept, pages.fact(skill.start, skill.end, method, min(confidence, max(skill.confidence, 0.6)))


def _bare(item: str) -> tuple[str, int]:
    """The item without how well it is known (熟练使用, proficient in) before and behind it, and where it then begins."""
    before = re.match(rf"\s*(?:(?:{alternatives(_TABLE, 'before')})\s*)+", item, re.IGNORECASE)
    offset = before.end() if before and before.end() < len(item) else len(item) - len(item.lstrip())
    bare = _LEVEL_IN_BRACKETS.sub("", item[offset:])
    return re.sub(rf"\s*(?:{alternatives(_TABLE, 'after')})$", "", bare, flags=re.IGNORECASE).rstrip(" .。:：-–"), offset


def _long(item: str) -> bool:
    return len(_WORDS.findall(item)) > (14 if re.search(r"[\u3400-\u9fff]", item) else 6)


def _is_term(item: str) -> bool:
    count = len(_WORDS.findall(item))
    chinese = re.search(r"[\u3400-\u9fff]", item) is not None
    if not 0 < count <= (10 if chinese else 4) or len(item) < 2 or not re.search(r"[^\W\d_]", item):
        return False
    return re.search(alternatives(_TABLE, "no item"), item.lower()) is None
