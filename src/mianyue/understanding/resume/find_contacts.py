"""Finds e-mail addresses and mobile numbers in a résumé, and tells the candidate's from those of references and relatives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mianyue.understanding.contact import normal_email, normal_mobile
from mianyue.understanding.folding import Folded
from mianyue.understanding.resume.fact import Fact, fact_at
from mianyue.understanding.resume.other_people import of_somebody_else, their_places, told_of_somebody_else
from mianyue.understanding.traditional import simplified

_EMAIL = re.compile(
    r"""[A-Za-z0-9][A-Za-z0-9._%+'-]{0,63} [ \t]{0,2}
        @ \s{0,2} (?:[A-Za-z0-9-]+(?:\.|\.[ ](?=[a-z]{2,4}\b)|\.\n(?=[a-z]))){1,6} [A-Za-z]{2,24} (?![A-Za-z0-9-])""",
    re.VERBOSE,
)
_REST_OF_DOMAIN = re.compile(r"\n\s{0,9}([a-z]{1,4})(?=\s{0,9}(?:\n|$))")
_TOP_DOMAINS = re.compile(r"com|net|org|edu|gov|info|name|online|cn|hk|tw|sg|de|at|ch|uk|io|ai|me|eu|us|fr")
_EMAIL_LABEL = re.compile(r"(?:邮\s{0,9}箱|邮\s{0,9}件|e-?mail|mail)[^\n@]{0,12}$", re.IGNORECASE)

_NUMBER = re.compile(
    r"""(?<![A-Za-z0-9_.@+(/-])
        (?: \(?\+\d{1,3}\)? | \(\d{2,4}\) | \d )
        [\d\ ()./‐–·-]{5,22} \d (?![\w@])""",
    re.VERBOSE,
)
_TAIWAN = re.compile(r"09\d\d[ -]?\d{3}[ -]?\d{3}")
_HONG_KONG = re.compile(r"[4-9]\d{3}[ -]?\d{4}")
_NORTH_AMERICA = re.compile(r"\(?[2-9]\d\d\)?[ .-]{1,2}[2-9]\d\d[ .-]\d{4}")
_BRITAIN = re.compile(r"07\d{3} ?\d{3} ?\d{3}")
_DATES = re.compile(r"(?:19|20)\d\d\s{0,9}[./-]\s{0,9}(?:0?[1-9]|1[0-2])\b|(?:19|20)\d\d\s{0,9}[-–]\s{0,9}(?:19|20)\d\d")
_CHINESE_MOBILE = re.compile(r"(?:\(?\+?(?:00)?86\)?[ -]*)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
_MOBILE_LABEL = re.compile(
    r"(?:手\s{0,9}机|手提电话|移动电话|行动电话|mobile|\bmob\b|cell|handy|mobil)[^\n\d]{0,30}$", re.IGNORECASE
)
_PHONE_LABEL = re.compile(r"(?:电\s{0,9}话|联系方式|phone|\btel|☎|📞|📱)[^\n\d]{0,30}$", re.IGNORECASE)
# 电话（微信同号）, Tel (WeChat same), 微信同步: one number for both.
_ALSO_CHAT = re.compile(
    r"(?:电\s{0,9}话|联系方式|phone|\btel\b|☎|📞|📱)[^\n\d]{0,20}(?:微信|v信|\bvx\b|wechat|weixin)[^\n\d]{0,16}$"
    r"|(?:微信|v信|\bvx\b|wechat|weixin)\s?(?:号码?)?\s?\(?(?:同|一致|也是|same|与电话)[^\n\d]{0,10}$"
    r"|(?:微信|v信|\bvx\b|wechat|weixin)\s?(?:[/／、&+和及或与]|and|or)\s?(?:电话|手机|phone|tel\b|mobile)[^\n\d]{0,10}$",
    re.IGNORECASE,
)
_OTHER_NUMBER = re.compile(
    r"(?:qq|微信|wechat|身份证|证件|护照|passport|工号|邮编|编号|学号|账号|\bid|zip)(?:号码?)?[^\n\d,，;；|]{0,10}$", re.IGNORECASE
)
_THEIRS = re.compile(
    r"\s?\(\s?(?:father|mother|wife|husband|spouse|sister|brother|friend|assistant|referee|supervisor|emergency|紧急|证明人|朋友|父亲?|母亲?|家人|助理|丈夫|妻子|爱人|家属)",
    re.IGNORECASE,
)
# What is said to be the candidate's own: Contact: +65 8000 614.
_OWN_LABEL = re.compile(
    r"(?:联系方式|联系电话|电\s{0,9}话|手\s{0,9}机|\bcontact|\bphone|\btel|\bmobile|\bcell)[^\n\d]{0,12}$", re.IGNORECASE
)


def emails(folded: Folded) -> Iterator[Fact]:
    """Every address, also one with spaces around its @ or broken at the end of a line."""
    text = folded.text
    theirs = their_places(simplified(text))
    for match in _EMAIL.finditer(text):
        start, end, value = match.start(), match.end(), match[0]
        rest = _REST_OF_DOMAIN.match(text, end)
        top = re.sub(r"\s", "", value).rpartition(".")[2].lower()
        if rest and not _TOP_DOMAINS.fullmatch(top) and _TOP_DOMAINS.fullmatch(top + rest[1]):
            value, end = value + rest[1], rest.end()
        address = normal_email(re.sub(r"\s", "", value))
        if address is None:
            continue
        before = text[max(0, start - 80) : start]
        if _within(start, theirs) or of_somebody_else(before.rpartition("@")[2].rpartition("\n\n")[2]):
            yield fact_at(folded, address, start, end, "somebody else's", 0.2)
        elif _EMAIL_LABEL.search(before):
            yield fact_at(folded, address, start, end, "label", 0.99)
        else:
            yield fact_at(folded, address, start, end, "pattern", 0.95)


def mobiles(folded: Folded, region: str) -> Iterator[Fact]:
    """Every telephone number, mobile ones surest; dates, identity numbers and accounts are none.

    A number without country code is of ``region`` (ISO 3166-1), unless the way it is written shows another one.
    """
    text, said = folded.text, simplified(folded.text)
    theirs, others, unreadable = their_places(said), [], False
    latin = sum(character.isascii() for character in text) > 0.95 * len(text)
    for match in _NUMBER.finditer(text):
        start, written = match.start(), match[0]
        chinese = _CHINESE_MOBILE.match(written)
        end = start + (chinese.end() if chinese else len(written))
        before = said[max(0, start - 40) : start]
        elsewhere = None if chinese else _written_in(written, said, latin)
        number = normal_mobile(text[start:end], elsewhere or region)
        mobile = _MOBILE_LABEL.search(before) is not None
        line = said[said.rfind("\n", 0, start) + 1 : start]
        somebody = _within(start, theirs) or told_of_somebody_else(line or before[-24:].rpartition("\n\n")[2])
        somebody = somebody or _THEIRS.match(said, end) is not None
        if number is None or _DATES.match(written) or (not mobile and _account(before)):
            unreadable = unreadable or (number is None and not somebody and _OWN_LABEL.search(before) is not None)
            continue
        if somebody:
            others.append(fact_at(folded, number, start, end, "somebody else's", 0.2))
        elif mobile:
            yield fact_at(folded, number, start, end, "label", 0.99)
        elif chinese:
            yield fact_at(folded, number, start, end, "pattern", 0.95)
        elif _PHONE_LABEL.search(before):
            yield fact_at(folded, number, start, end, "label", 0.9)
        elif written.lstrip("(").startswith(("+", "00")):
            yield fact_at(folded, number, start, end, "country code", 0.85)
        elif (elsewhere != "HK" or region == "HK" or _fills_its_cell(text, start, end)) and (elsewhere or region != "CN"):
            yield fact_at(folded, number, start, end, "pattern", 0.8)
    # Where the candidate's own number is there but can't be right, a stranger's is no help.
    yield from () if unreadable else others


def _within(place: int, places: list[tuple[int, int]]) -> bool:
    return any(first <= place < last for first, last in places)


def _account(before: str) -> bool:
    """Whether the words before a number say that it is no telephone's: an identity card's, a chat account's that isn't the number too."""
    return _OTHER_NUMBER.search(before) is not None and _ALSO_CHAT.search(before) is None


def _fills_its_cell(text: str, start: int, end: int) -> bool:
    """Whether nothing else stands between the signs around it: Kowloon | 9123 4567 |."""
    before, after = text[:start].rstrip(" ")[-1:], text[end:].lstrip(" ")[:1]
    return before in ("", "\n", "\t", "|", "·", "•") and after in ("", "\n", "\t", "|", "·", "•")


def _written_in(written: str, said: str, latin: bool) -> str | None:
    """The country in which numbers are written like this one, of those whose people apply in China; None: can't be told."""
    if _TAIWAN.fullmatch(written):
        return "TW"
    if latin and _NORTH_AMERICA.fullmatch(written):
        return "US"
    if latin and _BRITAIN.fullmatch(written):
        return "GB"
    return "HK" if _HONG_KONG.fullmatch(written) and "香港" in said else None
