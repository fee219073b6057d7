"""Finds the candidate's name in a résumé: after a label, in the title, or standing alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mianyue.understanding.folding import Folded
from mianyue.understanding.resume.employer_names import title_named
from mianyue.understanding.resume.fact import Fact, fact_at
from mianyue.understanding.resume.headings import heading_kind, is_label
from mianyue.understanding.resume.names import agrees_with_address, chinese_name, latin_name
from mianyue.understanding.resume.other_people import of_somebody_else
from mianyue.understanding.traditional import simplified

_TOP_LINES = 12
_LONGEST_TITLE = 100
_HEADING = 12
# Autodesk Revit in a sidebar is what somebody uses.
_LISTS = ("skills", "languages", "certificates", "interests")
_PART = re.compile(r"(?![.~#·]\s)[^\t\n|｜/,，;；•●—–\s]+(?: (?![.~·]\s)[^\t\n|｜/,，;；•●—–\s]+)*")
# 本人上官雨桐，…; a surname in capitals, a comma, the given name; 扎西顿珠 的简历.
_PROSE = re.compile(r"(?:本人(?:姓名)?|我叫|我的名字(?:是|叫)|我是)\s?(?P<value>[\u3400-\u9fff·]{2,8}?)(?=[,，。;；\s(（])")
# TORONTO, ON is a town.
_FAMILY_FIRST = re.compile(r"\s*([A-Z][A-Z'-]+, ?(?![A-Z]{2}\s*$)[A-Z][A-Za-z'-]+(?: [A-Z][A-Za-z'-]+)?)\s*")
# 扎西多吉 has no surname of the list; 我叫他来 is no name.
_NO_SURNAME = re.compile(r"(?![你他她它人])(?:(?![的了是在来去做])[\u3400-\u9fff·]){2,6}")
# My name is Vikram Thirunal and …; I am Tom Lee, …
_ENGLISH_PROSE = re.compile(
    r"(?:^|[.,!\n]\s?|\b)(?:(?P<named>[Mm]y name is|[Mm]y name['’]s|I am called)|I am|I['’]m)\s"
    r"(?P<value>[^\W\d_][\w'’-]+(?:\s[^\W\d_][\w.'’-]*){1,4}?)(?=\s?[,.;!(]|\s(?:and|from|a|an|the|born|I)\b|\s?$)",
    re.MULTILINE,
)
_ITS_RESUME = re.compile(r"\s*(?P<value>[\u3400-\u9fff·]{2,12}?)\s?的\s?(?:个人|求职)?简历\s*")
_CHINESE_LABEL = re.compile(
    r"(?<![\u3400-\u9fff])(?:(?:中文)?姓\s{0,9}名|候选人|(?:应聘|求职|申请|自荐|填表)[者人]|(?:本人)?签\s?名|署\s?名)"
    r"\s{0,9}(?:[:：|｜]\s{0,9}|[\t\n ]\s{0,9})"
)
_LATIN_LABEL = re.compile(
    r"(?:^|[\t\n|]|\ \ )\s{0,9}(?:(?:full|candidate|applicant|my)(?:'s)?\ )?name\s{0,9}[:\t\n]\s{0,9}", re.IGNORECASE
)
_LABELLED = re.compile(
    r"[^\t\n|｜,，;；:：]{1,60}? (?= \s\s | [\t\n|｜,，;；] | $ | \s{0,9}(?:性\s{0,9}别|年\s{0,9}龄|gender\b|sex\b) )",
    re.IGNORECASE | re.VERBOSE,
)
_GIVEN = re.compile(r"(?:^|[\t\n|])\s{0,9}(?:first|given) names?\s{0,9}[:\t]\s{0,9}(?P<value>[^\t\n|]+)", re.IGNORECASE)
_FAMILY = re.compile(r"(?:^|[\t\n|])\s{0,9}(?:(?:last|family) name|surname)\s{0,9}[:\t]\s{0,9}(?P<value>[^\t\n|]+)", re.IGNORECASE)
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
_ASIDE = re.compile(
    r"""\s{0,9}[(（].{0,60}?(?:[)）]|$) | \s{0,9}(?:先生|女士|小姐|同学)$ | ^(?:(?:mr|mrs|ms|miss|dr|prof|herr|frau|ing
            | dipl\.?-?\s?ing)\b\.?\s{0,2}(?:\((?:fh|th|uni)\)\s)?)+\s{0,9}
        | ,?\s{1,9}(?:ph\.?d|mba|msc|pmp|cpa)\.?$""",
    re.IGNORECASE | re.VERBOSE,
)
_IN_BOTH_SCRIPTS = re.compile(
    r"([\u3400-\u9fff](?:\s?[\u3400-\u9fff]){1,3})\s{1,9}[A-Za-z][A-Za-z .'-]+|[A-Za-z][A-Za-z .'-]+\s{1,9}([\u3400-\u9fff]{2,4})"
)
# 宿  明  远, 赵  无忌（律师）, with whatever spaces the page has between.
_SPREAD = re.compile(
    r"\s*([\u3400-\u9fff](?:(?:\s{1,6}[\u3400-\u9fff]){1,3}|\s{2,6}[\u3400-\u9fff]{2}))\s*(?:[(（][^)）]{0,60}[)）]\s*)?"
)
# What follows the name in a sidebar: 女 / 1996.02, a telephone number, an address.
_PERSON = re.compile(r"\s*(?:[男女](?![\u3400-\u9fff])|\d{2}\s?岁|(?:\+?86\W*)?1[3-9]\d[\d -]{8,10}\s*$|[\w.+-]+@)")
# 花蓓蕾  女  1996, wherever it stands; and the end of a letter, below which its writer signs.
_WITH_PERSON = re.compile(
    r"\s*(?P<value>[\u3400-\u9fff·]{2,8})(?:\s{1,9}(?:[\w.+-]{2,40}@|1[3-9]\d{9}(?!\d))|[\s|｜/,，、(（·]+(?:[男女](?![\u3400-\u9fff])|\d{2}\s?[岁歲]|(?:19|20)\d\d\s?年?\D{0,4}(?:出?生|$)))"
)
# B E A T R I Z   N O V A I S: two words; and a paper's authors: [1] Zhu M., Gao L., et al.
_SPACED_WORDS = re.compile(r"\s*(?P<value>[A-Z](?: [A-Z]){1,14}(?: {2,6}[A-Z](?: [A-Z]){1,14}){1,3})\s*")
_PAPER = re.compile(r"\s*\[\d{1,3}\]|.*\bet al\b")
_SIGNS = re.compile(r"\W*(?:此致\W*)?(?:敬礼|敬禮|敬上|谨启|謹啟|祝好|顺颂商祺|順頌商祺)\W*")
_SIGNED = re.compile(r"\s*(?P<value>[\u3400-\u9fff·]{2,8}?)\s?(?:敬上|谨上|謹上|谨启|謹啟|拜上)\W*")
_FIRST_WORD = re.compile(r"([\u3400-\u9fff]{2,4})[ _·-]+(?=[男女\d]|[^ ]{3,})")


def names(folded: Folded, address: str) -> Iterator[Fact]:
    """Everything that may be the candidate's name; ``address`` is the e-mail address, with which a Latin name often agrees."""
    yield from _labelled(folded)
    yield from _told(folded)
    yield from _standing(folded, address)
    yield from _beside(folded)


def _labelled(folded: Folded) -> Iterator[Fact]:
    text = folded.text
    for label in (_CHINESE_LABEL, _LATIN_LABEL):
        for match in label.finditer(text):
            value = _LABELLED.match(text, match.end())
            if value is None or of_somebody_else(text[max(0, match.start() - 12) : match.start()].rpartition("\n")[2]):
                continue
            name = _as_name(value[0]) or (_believed(value[0]) if label is _CHINESE_LABEL else None)
            if name:
                yield fact_at(folded, name, match.end(), match.end() + len(value[0].rstrip()), "label", 0.99)
    given, family = _GIVEN.search(text), _FAMILY.search(text)
    if given and family:
        start, end = min(given.start("value"), family.start("value")), max(given.end(), family.end())
        yield fact_at(folded, f"{given['value'].strip()} {family['value'].strip()}", start, end, "label", 0.97)


def _told(folded: Folded) -> Iterator[Fact]:
    """Names told in a sentence or a title, and those written family name first."""
    for match in _PROSE.finditer(folded.text):
        name = chinese_name(match["value"])
        if name:
            yield fact_at(folded, name, match.start("value"), match.end("value"), "sentence", 0.93)
        elif match[0].startswith(("我叫", "我的名字")) and _NO_SURNAME.fullmatch(match["value"]):
            yield fact_at(folded, match["value"], match.start("value"), match.end("value"), "sentence", 0.7)
    for match in _ENGLISH_PROSE.finditer(folded.text):
        if latin_name(match["value"]):
            yield fact_at(folded, match["value"], *match.span("value"), "sentence", 0.93 if match["named"] else 0.62)
    position = 0
    for number, line in enumerate(folded.text.split("\n")[:_TOP_LINES]):
        first, title = (_FAMILY_FIRST.fullmatch(line) if number < 3 else None), _ITS_RESUME.fullmatch(line)
        if first:
            yield fact_at(folded, first[1], position + first.start(1), position + first.end(1), "title", 0.9)
        if title and (name := _believed(title["value"])):
            yield fact_at(folded, name, position + title.start("value"), position + title.end("value"), "title", 0.9)
        position += len(line) + 1


def _beside(folded: Folded) -> Iterator[Fact]:
    """Names told by what stands beside them, wherever that is: sex and age, the title below, the end of a letter above."""
    lines = [line for line in re.finditer(r"[^\n]+", folded.text) if line[0].strip()]
    for number, line in enumerate(lines):
        above, below = (lines[at][0].strip() if 0 <= at < len(lines) else "" for at in (number - 1, number + 1))
        if of_somebody_else(above + line[0]):
            continue
        match = _WITH_PERSON.match(line[0]) or _SIGNED.fullmatch(line[0])
        if match and (name := chinese_name(match["value"])):
            yield fact_at(folded, name, line.start() + match.start("value"), line.start() + match.end("value"), "line", 0.8)
        name = chinese_name(line[0])
        if name is None:
            continue
        start = line.start() + len(line[0]) - len(line[0].lstrip())
        apart = folded.text[: line.start()].rstrip(" \t").endswith("\n\n")
        titled = title_named(simplified(below)) == (0, len(below))
        if _SIGNS.fullmatch(above) or (apart and (latin_name(below) or titled)):
            yield fact_at(folded, name, start, start + len(line[0].strip()), "line", 0.8)
        elif titled and len(name) > 2:  # in a sidebar's text, no line is left free above the name
            yield fact_at(folded, name, start, start + len(line[0].strip()), "line", 0.62)


def _standing(folded: Folded, address: str) -> Iterator[Fact]:
    """Names that fill a line, or a part of one, without a label: nearly always the title of the résumé."""
    lines = [line for line in re.finditer(r"[^\n]+", folded.text) if line[0].strip()]
    section = ""
    for number, line in enumerate(lines):
        above = lines[number - 1][0] if number else ""
        if len(above) <= _HEADING and of_somebody_else(above):
            continue
        top = number < _TOP_LINES
        section = heading_kind(line[0]) or section
        spaced = _SPACED_WORDS.fullmatch(line[0])
        if spaced and heading_kind(line[0]) is None:
            name = latin_name(re.sub(r" {2,}", "_", spaced["value"]).replace(" ", "").replace("_", " ").title())
            if name:
                yield fact_at(folded, name, line.start() + spaced.start("value"), line.start() + spaced.end("value"), "title", 0.8)
        if spaced or _PAPER.match(line[0]):
            continue
        for part in _PART.finditer(line[0]):
            name = _as_name(part[0])
            if name is None:
                continue
            start = line.start() + part.start()
            agrees = agrees_with_address(name, address)
            whole = len(part[0]) >= len(line[0].strip())
            if top:
                confidence = 0.9 - 0.02 * number + (0.05 if agrees else 0) - (0 if whole or number == 0 else 0.1)
                if section in _LISTS and not agrees and name[0].isascii():
                    confidence = min(confidence, 0.5)
                yield fact_at(folded, name, start, start + len(part[0]), "title", round(confidence, 2))
            elif agrees or (whole and chinese_name(name)):
                # 阿依古丽·吐尔逊 in the middle of a sidebar's text is hardly anything else.
                followed = number + 1 < len(lines) and _PERSON.match(lines[number + 1][0]) is not None
                sure = agrees or "·" in name or followed
                yield fact_at(folded, name, start, start + len(part[0]), "line", 0.65 if sure else 0.4)
        spread = _SPREAD.fullmatch(line[0]) if top else None
        if spread and "  " in spread[1] and (name := chinese_name(spread[1])):
            yield fact_at(folded, name, line.start() + spread.start(1), line.start() + spread.end(1), "title", 0.88 - 0.02 * number)
        if number + 1 < len(lines):
            yield from _on_two_lines(folded, line, lines[number + 1], address, number)
        first = _FIRST_WORD.match(line[0].lstrip())
        name = chinese_name(first[1]) if first and top else None
        if first and name:
            start = line.start() + len(line[0]) - len(line[0].lstrip())
            yield fact_at(folded, name, start, start + len(first[1]), "first word", 0.7 - 0.02 * number)


def _on_two_lines(folded: Folded, line: re.Match[str], then: re.Match[str], address: str, number: int) -> Iterator[Fact]:
    """A name that a template sets large, each word on a line of its own: both agree with the address, or both stand at the very top."""
    given, family = line[0].strip(), then[0].strip()
    if " " in given or " " in family or is_label(given) or is_label(family) or heading_kind(given) or heading_kind(family):
        return
    name = latin_name(f"{given} {family}")
    agrees = all(agrees_with_address(word, address) for word in (given, family))
    if name and (agrees or (number == 0 and name.isupper())):
        start, end = line.start() + line[0].index(given), then.start() + then[0].index(family) + len(family)
        yield fact_at(folded, name, start, end, "title", 0.85 if agrees else 0.7)


def _as_name(text: str) -> str | None:
    if len(text) > _LONGEST_TITLE:
        return None
    bare = _ASIDE.sub("", _TITLE_AFTER.sub("", _TITLE_BEFORE.sub("", text)).strip()).strip(" .:：-–—_【】[]《》")
    both = _IN_BOTH_SCRIPTS.fullmatch(bare)
    if both:
        bare = both[1] or both[2]
    return chinese_name(bare) or latin_name(bare)


def _believed(text: str) -> str | None:
    """After 姓名 anything short in Chinese characters or capitalised letters is believed, rare surnames included."""
    bare = _ASIDE.sub("", text).strip()
    joined = re.sub(r"\s+", "", bare)
    if re.fullmatch(r"[\u3400-\u9fff·•・‧]{2,15}", joined):
        return None if is_label(joined) else joined
    return bare if re.fullmatch(r"[A-Z][\w.'’-]*(?: [\w.'’-]+){0,4}", bare) else None
