"""Decides which of the times and options said are wanted: 不行 and "works" judge what stands before them, 除了 and "can't do" what follows."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from mianyue.understanding.reply.closer import SINGLE
from mianyue.understanding.reply.said import Mention, Option, Polarity
from mianyue.understanding.reply.tokens import Token

_JOINING = frozenset(("or", "link", "comma"))
_JUDGING = frozenset(("yes", "no", "not", "except", "ask"))
_BARELY = re.compile(r"(?:\W|\bno\b|\bi\b|\bi'm\b|\bsorry\b|\bunfortunately\b|我|那|正|都|还|抱歉|不好意思)*")
_CLAUSE_ENDS = frozenset(("stop", "comma", "but", "why"))
_COMES = re.compile(r"[去来到行成能可方合想要参约选用考]|适合|接受|同意|会(?:来|去|到|参)")


def judged(
    told: Sequence[Token],
    said: Sequence[Mention],
    elsewhere: Collection[tuple[int, int]] = (),
    settled: Collection[tuple[int, int]] = (),
) -> list[Mention]:
    """The same mentions with their polarity; what nobody judges is wanted.

    Words in the places ``elsewhere`` judge nothing, and what is named in those that are ``settled`` is judged there.
    """
    found = verdicts_on(told, said, elsewhere, settled)
    return [replace(mention, polarity=found.get(index, mention.polarity)) for index, mention in enumerate(said)]


def verdicts_on(
    told: Sequence[Token],
    said: Sequence[Mention],
    elsewhere: Collection[tuple[int, int]] = (),
    settled: Collection[tuple[int, int]] = (),
) -> dict[int, Polarity]:
    """What the text itself says of each mention, by its place among them."""
    verdicts: dict[int, Polarity] = {}
    waiting: list[int] = []
    coming: Polarity | None = None
    once = False
    alone = False
    supposed = False
    retracted = False
    index = 0
    inside_until = -1
    for position, token in enumerate(told):
        if index < len(said) and said[index].start <= token.start < said[index].end:
            if token.start == said[index].start:
                if coming == "no" and not once and _welcomed_behind(told, position, said[index]):
                    coming = None  # 这两天走不开周三三点可以
                    waiting.append(index)
                elif coming:
                    verdicts[index] = coming
                    alone = alone or once
                elif said[index].polarity == "yes":
                    if said[index].option == Option("rest"):  # 29号可以, and whatever is said of the others is said of them alone
                        waiting = []
                    waiting.append(index)
            if token.end >= said[index].end:
                inside_until = said[index].end
                index += 1
            continue
        if token.start < inside_until or (token.kind in _JUDGING and any(a <= token.start < b for a, b in elsewhere)):
            continue
        if token.kind in ("stop", "but", "why"):
            echoed = waiting if _echoes(told, said, waiting, position) else []  # Friday at 10? No, I can't
            waiting, coming, alone, supposed, retracted = echoed, None, False, False, False
        elif token.kind == "ask" and waiting and _ends_clause(told, position):
            waiting = []
        elif token.kind == "that_time" and index and not waiting:  # 周五10点？我那时候在飞机上
            waiting = [index - 1]
        elif token.kind == "if":
            supposed = True
        elif token.kind == "comma":
            supposed = retracted = False
            if any(start < token.end <= end for start, end in settled):
                waiting = []
            if not (coming == "except" and _list_goes_on(told, position)):
                coming = None
        elif token.kind == "rest" or (alone and token.kind not in _JOINING and coming):
            coming, alone = None, False
        if token.value == "weak" and (
            _asks_so(told, position) or (waiting and _of_something_else(told, said[waiting[-1]], position))
        ):
            continue
        if token.kind in ("yes", "no") and not retracted:
            verdict: Polarity = "yes" if token.kind == "yes" or supposed else "no"
            if verdict == "no" and token.value == "pre" and waiting and _told_ahead(told, said, position):
                waiting = []  # Thursday 10 please, I have classes all Wednesday
            if verdict == "no" and not waiting and (own := _excepted_here(told, said, verdicts, position)):
                verdicts.update(dict.fromkeys(own, "yes"))  # 除了周四我都有排班
                coming, once = "no", False
            elif waiting:
                chosen = (
                    waiting
                    if verdict == "yes" or (_all_meant(told, position) and not _several(said[waiting[-1]]))
                    else _nearest(told, said, waiting)
                )
                for mention in chosen:
                    verdicts[mention] = verdict
                waiting = []
            else:
                coming, once = verdict, False
        elif token.kind == "retract_back" and (
            token.value != "typo" or any(mention.start > token.start for mention in said)
        ):  # 下周二…哦不是，下周三
            verdicts.update(dict.fromkeys(waiting[-1:] or [i for i in (index - 1,) if i >= 0], "no"))
            waiting, coming, retracted = [], None, False
        elif token.kind == "retract":  # 本来想选第二个
            coming, once, retracted = "no", False, True
        elif token.kind == "moved" and (token.value != "onto" or any(mention.start > token.start for mention in said)):
            verdicts.update(dict.fromkeys(waiting, "no"))
            waiting = []
            coming = coming if once else None  # 临时有事能改明天吗
        elif token.value == "please" and not retracted:
            verdicts.update(dict.fromkeys(waiting, "yes"))
            waiting = []
        elif token.kind == "not" and waiting and _ends_clause(told, position):  # Friday? no. Monday? yes
            verdicts.update(dict.fromkeys(waiting[-1:], "no"))
            waiting = []
        elif token.kind == "likewise" and waiting and verdicts:  # 周一不行，周二也是
            last = max(verdicts)
            if not any(t.kind in ("stop", "but") for t in told if said[last].end <= t.start < token.start):
                verdicts.update(dict.fromkeys(waiting, verdicts[last]))
                waiting = []
        elif token.kind == "those" and coming:  # any weekday except those three
            meant = [n for n in range(index) if said[n].days and all(day.kind in SINGLE for day in said[n].days)]
            verdicts.update(dict.fromkeys(meant, coming))
            waiting, coming = [n for n in waiting if n not in meant], None
        elif token.kind == "not":
            coming, once = "no", True
        elif token.kind == "except" and token.value == "pre":
            coming, once = ("yes" if _refused_in_clause(told, said, verdicts, position) else "except"), True
        elif token.kind == "except":
            last = index - 1
            for mention in _joined_back(told, said, last) if last >= 0 else ():
                verdicts[mention] = "except"
            waiting, coming = [], None
    return verdicts


def _of_something_else(told: Sequence[Token], mention: Mention, position: int) -> bool:
    """Whether a bare "not" in a clause of its own is about no coming: 两点我到，不会耽误."""
    parted = any(token.kind in _CLAUSE_ENDS for token in told if mention.end <= token.start < told[position].start)
    behind = told[position + 1] if position + 1 < len(told) else None
    return parted and behind is not None and behind.kind == "gap" and _COMES.match(behind.value) is None


def _asks_so(told: Sequence[Token], position: int) -> bool:
    """Whether a "not" that ends a clause only makes it a question: 能早一个小时不."""
    begins = max((token.end for token in told[:position] if token.kind in _CLAUSE_ENDS), default=0)
    return _ends_clause(told, position) and any(t.kind in ("yes", "ask") for t in told[:position] if t.start >= begins)


def _welcomed_behind(told: Sequence[Token], position: int, mention: Mention) -> bool:
    """Whether a yes follows in the same clause right behind the time, and the refusal before it is complete in itself."""
    before = told[position - 1]
    behind = next((token for token in told if token.start >= mention.end and token.kind != "link"), None)
    return (before.kind, before.value) == ("no", "") and behind is not None and behind.kind == "yes"


def _ends_clause(told: Sequence[Token], position: int) -> bool:
    return position + 1 == len(told) or told[position + 1].kind in _CLAUSE_ENDS


def _echoes(told: Sequence[Token], said: Sequence[Mention], waiting: list[int], position: int) -> bool:
    """Whether a question mark stands right behind a time that is only repeated, and a bare refusal follows."""
    if "?" not in told[position].value or not waiting or position == 0 or told[position - 1].end != said[waiting[-1]].end:
        return False
    for token in reversed(told[:position]):
        if token.kind == "stop":
            break
        silent = token.kind in ("link", "at", "comma") or not re.search(r"\w", token.value or "x")
        if not silent and not any(m.start <= token.start < m.end for m in said):
            return False
    said_between = ""
    for token in told[position + 1 :]:
        if token.kind in ("no", "not"):
            return _BARELY.fullmatch(said_between) is not None
        if token.kind not in ("gap", "comma", "link", "that_time"):
            return False
        said_between += token.value
    return False


def _told_ahead(told: Sequence[Token], said: Sequence[Mention], position: int) -> bool:
    """Whether the clause names its time behind the refusal, and none before it."""
    first = last = position
    while first > 0 and told[first - 1].kind not in _CLAUSE_ENDS:
        first -= 1
    while last + 1 < len(told) and told[last + 1].kind not in _CLAUSE_ENDS:
        last += 1
    starts = [mention.start for mention in said]
    before = any(told[first].start <= start < told[position].start for start in starts)
    return not before and any(told[position].start < start <= told[last].start for start in starts)


def _all_meant(told: Sequence[Token], position: int) -> bool:
    """周三下午，周四上午，都不行."""
    return position > 0 and told[position - 1].value == "all"


def _several(mention: Mention) -> bool:
    """Whether one mention is itself what "all" gathers: 最后那个，前两个我都在飞机上."""
    return mention.option is not None and (mention.option.which in ("first", "last", "rest") and mention.option.number != 1)


def _excepted_here(told: Sequence[Token], said: Sequence[Mention], verdicts: dict[int, Polarity], position: int) -> list[int]:
    """The mentions of this clause that an "except" stands before."""
    first = position
    while first > 0 and told[first - 1].kind not in ("stop", "comma", "but", "why"):
        first -= 1
    return [
        n
        for n, verdict in verdicts.items()
        if verdict == "except" and said[n].end <= told[position].start and told[first].start <= said[n].start < told[position].start
    ]


def _refused_in_clause(told: Sequence[Token], said: Sequence[Mention], verdicts: dict[int, Polarity], position: int) -> bool:
    """This week is full except tomorrow at five: whether the last time before that place, in its clause, is refused."""
    first = max((token.end for token in told[:position] if token.kind in _CLAUSE_ENDS), default=0)
    return [verdicts.get(n) for n, mention in enumerate(said) if first <= mention.start < told[position].start][-1:] == ["no"]


def _list_goes_on(told: Sequence[Token], position: int) -> bool:
    return position + 1 < len(told) and told[position + 1].kind == "or"


def _nearest(told: Sequence[Token], said: Sequence[Mention], waiting: list[int]) -> list[int]:
    return [mention for mention in _joined_back(told, said, waiting[-1]) if mention in waiting]


def _joined_back(told: Sequence[Token], said: Sequence[Mention], last: int) -> list[int]:
    """The mention and those before it that only "and", "or" join to it."""
    found = [last]
    while last > 0:
        between = [t.kind for t in told if said[last - 1].end <= t.start < said[last].start]
        if (said[last].option is None) != (said[last - 1].option is None):
            break  # my roster for the coming week and all three of your times clash
        if not between or any(kind not in ("or", "link") for kind in between):
            break
        last -= 1
        found.append(last)
    return found
