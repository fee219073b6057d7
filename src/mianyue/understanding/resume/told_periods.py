"""Reads from when until when a sentence tells that something lasted: 从2019年9月一直教到2023年7月, joined in June 2015 … left in March 2020."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mianyue.understanding.resume.periods import Period, moments, periods

# What stands right before or behind a moment says whether something begins or ends there.
_BEGINS_BEFORE = re.compile(
    r"(?:从|自|后来|随后|然后|\bsince|\bfrom|\bbetween|(?:joined|started|began|moved|promoted|became|hired|transferred|switched)\b[^.;]{0,60}?\b(?:in|on))\s*$",
    re.IGNORECASE,
)
_BEGINS_BEHIND = re.compile(
    r"\s*[初底末]?(?:起|开始|以来|以后|之后|后|,?\s?(?:我|本人)?[\u3400-\u9fff]{0,6}?(?:加入|入职|跳槽到|转到|应聘到|受聘于)[\u3400-\u9fff]"
    r"|(?:[\u3400-\u9fff]{0,4}后)?(?:我|就|便|又|才)?(?:进入|加入|入职|来到|去了|转到|跳槽到|进|到)[\u3400-\u9fff])"
    r"|\s*,?\s(?:I|he|she)\s(?:then\s)?"
    r"(?:joined|moved|started|began|became|took|switched|returned|transferred|went|was (?:hired|promoted|appointed))\b",
    re.IGNORECASE,
)
_ENDS_BEFORE = re.compile(
    r"(?:[做干待教呆留工作直]到|(?<!来)至|到|\buntil|\btill|\b(?:left|quit|resigned|finished)\b[^.;,]{0,30}?\b(?:in|on))\s*$",
    re.IGNORECASE,
)
_ENDS_BEHIND = re.compile(
    r"\s*(?:[初底末]|[上中下]旬)?,?(?:[\u3400-\u9fff]{1,8},)?(?:我|便|就|才|因[\u3400-\u9fff]{1,8})?(?:离职|离开|辞职|辞了|辞去|退休|合同到期)"
)
_AND = re.compile(r"\s*(?:and|to|到|至)\s*$", re.IGNORECASE)
_OPENS = re.compile(r"\s*(?:起|以来)")
_STILL = re.compile(
    r"目前|至今|到现在|现在|还在职|仍在职|\b(?:now|present|today|currently|I['’]ve been|I have been)\b", re.IGNORECASE
)
_FARTHEST = 160


@dataclass(frozen=True, slots=True)
class _Moment:
    half: int
    start: int
    end: int
    begins: bool
    ends: bool


def told_periods(text: str) -> list[Period]:
    """The periods of running text (NFKC, simplified), in order: those written in one piece and those told in two places.

    A period that begins and is never said to end lasts up to the next beginning, or to the present where the text says so. The
    place of one told in two is its beginning, since there stands who and what.
    """
    whole = list(periods(text))
    told = [moment for moment in _moments(text) if not any(each.start < moment.end and moment.start < each.end for each in whole)]
    return sorted([*whole, *_paired(text, told, whole)], key=lambda period: period.start)


def _moments(text: str) -> Iterator[_Moment]:
    for half, start, end in moments(text):
        before = text[max(0, start - 80) : start]
        ends = _ENDS_BEFORE.search(before) is not None or _ENDS_BEHIND.match(text, end) is not None
        begins = not ends and (_BEGINS_BEFORE.search(before) is not None or _BEGINS_BEHIND.match(text, end) is not None)
        yield _Moment(half, start, end, begins, ends or _AND.search(before) is not None)


def _paired(text: str, told: list[_Moment], whole: list[Period]) -> Iterator[Period]:
    for number, moment in enumerate(told):
        if not moment.begins:
            continue
        following = next((each for each in told[number + 1 :] if each.begins or each.ends), None)
        another = next((each for each in whole if each.start > moment.end), None)
        if following and following.ends and following.half > moment.half and following.start - moment.end <= _FARTHEST:
            yield Period(moment.half, following.half + 1, moment.start, moment.end)
        elif following and following.begins and following.half > moment.half:
            yield Period(moment.half, following.half, moment.start, moment.end)
        elif (
            (following is None and another is None and _OPENS.match(text, moment.end))
            or _STILL.search(text, moment.end, another.start if another else len(text))
            or re.search(r"since\s*$", text[: moment.start], re.IGNORECASE)
        ):
            yield Period(moment.half, None, moment.start, moment.end)
