"""Brings a reply to the one form that the grammar reads, character by character, so that findings point into the original."""

from __future__ import annotations

import re

from mianyue.understanding.folding import Folded, fold
from mianyue.understanding.reply.alike import as_meant
from mianyue.understanding.reply.misspelt import respelt
from mianyue.understanding.traditional import simplified

# Marks that differ only in looks; the wave and full-width dashes are how ranges are written.
_MARKS = str.maketrans("。!?;;、“”‘’〜～", ".!?;;、\"\"''~~")
_HAN = r"\u3400-\u9fff"
_NEEDLESS = re.compile(
    rf"[\u20e3\ufe0e\ufe0f]|(?<=[{_HAN}])[ \t]+|(?<=[\w:])[ \t]+(?=[{_HAN}])"
    r"|(?<=[ap])\.(?=m\b)|(?<=[ap]\.m)\.(?=[ ,])|(?<=\b[ie])\.(?=[eg]\.)|(?<=\b[ie]\.[eg])\."
)
_CLAUSE_ENDS = re.compile(r"可以$|[了吧行空啊哦呢吗么课班事便哈呀]$")
_PICTURE = re.compile(r"[\U0001f300-\U0001faff\u2600-\u26ff\u2702-\u27b0]")
_DASH = re.compile(
    r"(?<=[^\W_]) [-–—]{1,3}(?= (?:i|i'm|i'll|i've|is|it|it's|that|that's|this|could|can|would|will|what|where|who|how|do|does|sorry|but|please"
    r"|thanks|thank|confirmed|perfect|great|fine|good|ok|okay|yes|no|not|see|my|we|works|happy|unless|if|though|however|so|because)\b)"
)
"""What an English sentence goes on with behind a dash that ends no range: Tuesday 15:30 - could I join online?"""
_STOPS = re.compile(r"[,.!?;]")
_LONG = re.compile(rf"[{_HAN}]{{4}}$")
_ORDINAL = re.compile(rf"(?<=[{_HAN}])(?<![果若说选要就那和或者跟与是除了不约定把比给在到,、])第[一二三123][个场](?![和或跟与、])")
_OPTION = re.compile(r"第[一二三123][个场]")
_THEN = re.compile(
    rf"(?<=[{_HAN}]{{3}})(?:那就(?=(?:[选定要约]|我|换|改)?(?:第|最后|[周下]|星期|礼拜|明|后天))|然后(?=[{_HAN}]{{3}}))"
)
_HAN_NEXT = re.compile(rf"[{_HAN}]")
_BEGINS = re.compile(
    r"我|应该|因为|不过|但|然后|所以|麻烦|请|谢谢|[您你]|\d{1,2}[号日月]|(?:[这下本]?下?(?:周|星期|礼拜)|明|后)[一二三四五六日天末]"
)
_GOES_ON = re.compile(r"[月日号天午周上末选要约定年的在是到和或跟与]$")


def plain(text: str) -> Folded:
    """``text`` folded (NFKC, caseless), simplified, and without the spaces that some put between Chinese characters.

    A space behind a word that ends a clause (周三不行 周四可以), or between long runs where nothing else parts them, is read as the comma
    that it stands for, and so is a picture; the dots of "p.m." go. Slips of the hand are put right.
    """
    folded = fold(text)
    read = _PICTURE.sub(",", as_meant(simplified(folded.text)).translate(_MARKS))
    read = _DASH.sub(lambda dash: "," + " " * (len(dash[0]) - 1), read)
    unmarked = _STOPS.search(read) is None
    kept: list[int] = []
    characters: list[str] = []
    end = 0
    for found in _NEEDLESS.finditer(read):
        kept.extend(range(end, found.start()))
        characters.append(read[end : found.start()])
        if found[0].isspace() and _ends_clause(read, found, unmarked):
            kept.append(found.start())
            characters.append(",")
        end = found.end()
    kept.extend(range(end, len(read)))
    told = "".join([*characters, read[end:]])
    if unmarked:
        told, kept = _parted(told, kept)
    if len(told) == len(read):
        return respelt(Folded(told, folded.starts, folded.ends))
    return respelt(Folded(told, [folded.starts[i] for i in kept], [folded.ends[i] for i in kept]))


def _ends_clause(text: str, space: re.Match[str], unmarked: bool) -> bool:
    """Whether a space stands for a comma."""
    before = text[: space.start()][-4:]
    if _HAN_NEXT.match(text, space.end()) and (_CLAUSE_ENDS.search(before) or (unmarked and _LONG.search(before))):
        return True
    return unmarked and _BEGINS.match(text, space.end()) is not None and not _GOES_ON.search(before)


def _parted(text: str, kept: list[int]) -> tuple[str, list[int]]:
    """Where nothing parts the clauses (第一个我在上班第二个要接娃那就第三个), a comma before each of several ordinals and before a "then"."""
    parted, places, end = [], [], 0
    ordinals = [found.start() for found in _ORDINAL.finditer(text)] if len(_OPTION.findall(text)) > 1 else []
    for start in sorted({*ordinals, *(found.start() for found in _THEN.finditer(text))}):
        parted += [text[end:start], ","]
        places += [*kept[end:start], kept[start]]
        end = start
    return "".join([*parted, text[end:]]), [*places, *kept[end:]]
