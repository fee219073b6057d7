"""Finds the candidate's name where a sentence, a title or the end of a letter tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mianyue.understanding.folding import Folded
from mianyue.understanding.resume.bare_names import believed
from mianyue.understanding.resume.employer_names import title_named
from mianyue.understanding.resume.fact import Fact, fact_at
from mianyue.understanding.resume.likely_names import known_words, ordinary
from mianyue.understanding.resume.names import chinese_name, latin_name
from mianyue.understanding.resume.other_people import of_somebody_else
from mianyue.understanding.traditional import simplified

_TOP_LINES = 12
# 本人上官雨桐，…; 我是来自湖南的谭小军; a surname in capitals, a comma, the given name; 扎西顿珠 的简历.
_PROSE = re.compile(
    r"(?:本人(?:姓名)?|我叫|我的名字(?:是|叫)|我是(?:来自[\u3400-\u9fff]{2,8}的)?)\s?(?P<value>[\u3400-\u9fff·]{2,8}?)(?=[,，.。;；!！\s(（]|$)"
)
# 我姓谭，名小军
_IN_TWO = re.compile(
    r"我?姓\s{0,9}[:：]?\s{0,9}(?P<family>[\u3400-\u9fff]{1,2})[\s,，]{1,4}名\s{0,9}[:：]?\s{0,9}(?P<given>[\u3400-\u9fff]{1,2})(?![\u3400-\u9fff])"
)
# TORONTO, ON is a town.
_FAMILY_FIRST = re.compile(r"\s*([A-Z][A-Z'-]+, ?(?![A-Z]{2}\s*$)[A-Z][A-Za-z'-]+(?: [A-Z][A-Za-z'-]+){0,2})\s*")
_FAMILY_COMMA = re.compile(r"\s*(?P<value>(?P<family>[A-Z][a-z'-]+), (?P<given>[A-Z][a-z'-]+)(?: [A-Z]\.?)?)\s*")
# 扎西多吉 has no surname of the list; 我叫他来 is no name.
_NO_SURNAME = re.compile(r"(?![你他她它人])(?:(?![的了是在来去做])[\u3400-\u9fff·]){2,6}")
_CAPITALISED = r"[^\W\d_][\w'’-]+(?:\s[^\W\d_][\w.'’-]*){1,4}?"
# My name is Vikram Thirunal and …; I am Tom Lee, …; I, Tom Lee, declare; the CV of Tom Lee, …
_ENGLISH_PROSE = re.compile(
    rf"(?:^|[.,!\n]\s?|\b)(?:(?P<named>[Mm]y name is|[Mm]y name['’]s|I am called|I,|(?:CV|[Rr][eé]sum[eé]) of)|I am|I['’]m)\s"
    rf"(?P<value>{_CAPITALISED})(?=\s?[,.;!(]|\s(?:and|from|a|an|the|born|I)\b|\s?$)",
    re.MULTILINE,
)
_ITS_RESUME = re.compile(r"\s*(?P<value>[\u3400-\u9fff·]{2,12}?)\s?的\s?(?:个人|求职)?简历\s*")
# 花蓓蕾  女  1996, wherever it stands; and the end of a letter, below which its writer signs.
_WITH_PERSON = re.compile(
    r"\s*(?P<value>[\u3400-\u9fff·]{2,8})(?:\s{1,9}(?:[\w.+-]{2,40}@|1[3-9]\d{9}(?!\d))|[\s|｜/,，、(（·]+(?:[男女](?![\u3400-\u9fff])|\d{2}\s?[岁歲]|(?:19|20)\d\d\s?年?\D{0,4}(?:出?生|$)))"
)
# 电话13900001111，谭小军。 and 谭小军13900001111
_BESIDE_NUMBER = re.compile(
    r"(?<![\d+])1[3-9]\d{9}[\s,，(（]{1,3}(?P<behind>[\u3400-\u9fff]{2,4})(?=[\s)）,，.。;；]|$)"
    r"|(?:^|(?<=[\n,，。;；]))\s*(?P<before>[\u3400-\u9fff]{2,4})\s?(?=1[3-9]\d{9}(?!\d))"
)
_SIGNS = re.compile(
    r"\W*(?:此致\W*)?(?:敬礼|敬禮|敬上|谨启|謹啟|祝好|顺颂商祺|順頌商祺|(?:(?:yours|kind|best|warm|with|very) ){0,2}"
    r"(?:sincerely|faithfully|truly|regards|wishes|respectfully)(?: yours)?)\W*",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"\s*(?P<value>[\u3400-\u9fff·]{2,8}?)\s?(?:敬上|谨上|謹上|谨启|謹啟|拜上)\W*")


def told_names(folded: Folded) -> Iterator[Fact]:
    """Names told in a sentence or a title, and those written family name first."""
    text = folded.text
    for match in _PROSE.finditer(text):
        name = chinese_name(match["value"])
        if name:
            yield fact_at(folded, name, match.start("value"), match.end("value"), "sentence", 0.93)
        elif match[0].startswith(("我叫", "我的名字")) and _NO_SURNAME.fullmatch(match["value"]):
            yield fact_at(folded, match["value"], match.start("value"), match.end("value"), "sentence", 0.7)
    for match in _IN_TWO.finditer(text):
        if name := chinese_name(match["family"] + match["given"]):
            yield fact_at(folded, name, match.start("family"), match.end("given"), "sentence", 0.93)
    for match in _BESIDE_NUMBER.finditer(text):
        value = match["behind"] or match["before"]
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.end()]
        if (name := chinese_name(value)) and not ordinary(name) and not of_somebody_else(line):
            yield fact_at(folded, name, *match.span("behind" if match["behind"] else "before"), "sentence", 0.7)
    for match in _ENGLISH_PROSE.finditer(text):
        if latin_name(match["value"]):
            yield fact_at(folded, match["value"], *match.span("value"), "sentence", 0.93 if match["named"] else 0.62)
    position = 0
    for number, line in enumerate(text.split("\n")[:_TOP_LINES]):
        first, title = (_family_first(line) if number < 3 else None), _ITS_RESUME.fullmatch(line)
        if first:
            yield fact_at(folded, first[1], position + first.start(1), position + first.end(1), "title", 0.96)
        if title and (name := believed(title["value"])):
            yield fact_at(folded, name, position + title.start("value"), position + title.end("value"), "title", 0.9)
        position += len(line) + 1


def _family_first(line: str) -> re.Match[str] | None:
    """LIU, Haoran; Whitmore, Daniel, where the second word is a given name that is known."""
    comma = _FAMILY_COMMA.fullmatch(line)
    if comma and known_words(comma["given"]) and latin_name(f"{comma['given']} {comma['family']}"):
        return comma
    return _FAMILY_FIRST.fullmatch(line)


def names_beside(folded: Folded) -> Iterator[Fact]:
    """Names told by what stands beside them, wherever that is: sex and age, the title below, the end of a letter above."""
    lines = [line for line in re.finditer(r"[^\n]+", folded.text) if line[0].strip()]
    for number, line in enumerate(lines):
        above, below = (lines[at][0].strip() if 0 <= at < len(lines) else "" for at in (number - 1, number + 1))
        if of_somebody_else(above + line[0]):
            continue
        match = _WITH_PERSON.match(line[0]) or _SIGNED.fullmatch(line[0])
        if match and (name := chinese_name(match["value"])):
            yield fact_at(folded, name, line.start() + match.start("value"), line.start() + match.end("value"), "line", 0.8)
        signs = _SIGNS.fullmatch(above) is not None
        name = chinese_name(line[0]) or (latin_name(line[0]) if signs else None)
        if name is None:
            continue
        start = line.start() + len(line[0]) - len(line[0].lstrip())
        end = start + len(line[0].strip())
        apart = folded.text[: line.start()].rstrip(" \t").endswith("\n\n")
        titled = title_named(simplified(below)) == (0, len(below))
        if signs or (apart and (latin_name(below) or titled)):
            yield fact_at(folded, name, start, end, "line", 0.8)
        elif titled and not ordinary(name):  # in a sidebar's text, no line is left free above the name
            yield fact_at(folded, name, start, end, "line", 0.62)
