"""Decides which of the times and options said are wanted: 不行 and "works" judge what stands before them, 除了 and "can't do" what follows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from mianyue.understanding.reply.closer import SINGLE
from mianyue.understanding.reply.judged_by import (
    CLAUSE_ENDS,
    asks_so,
    echoes,
    ends_clause,
    is_denied,
    of_something_else,
    told_ahead,
    welcomed_behind,
)
from mianyue.understanding.reply.said import Mention, Option, Polarity
from mianyue.understanding.reply.tokens import Token

_JOINING = frozenset(("or", "link", "comma"))
_JUDGING = frozenset(("yes", "no", "not", "except", "ask"))


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
                if coming == "no" and not once and welcomed_behind(told, position, said[index]):
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
            echoed = waiting if echoes(told, said, waiting, position) else []  # Friday at 10? No, I can't
            waiting, coming, alone, supposed, retracted = echoed, None, False, False, False
        elif token.kind == "ask" and waiting and ends_clause(told, position):
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
            asks_so(told, position) or (waiting and of_something_else(told, said[waiting[-1]], position))
        ):
            continue
        if token.kind in ("yes", "no") and not retracted:
            verdict: Polarity = "yes" if (token.kind == "yes" and not is_denied(told, position)) or supposed else "no"
            if verdict == "no" and token.value == "pre" and waiting and told_ahead(told, said, position):
                waiting = []  # Thursday 10 please, I have classes all Wednesday
            if verdict == "no" and not waiting and (own := _excepted_here(told, said, verdicts, position)):
                verdicts.update(dict.fromkeys(own, "yes"))  # 除了周四我都有排班
                coming, once = "no", False
            elif verdict == "no" and not waiting and coming == "yes" and (apart := _of_its_own(told, said, index - 1, position)):
                verdicts.update(dict.fromkeys(apart, "no"))  # I'd go for Tuesday as Friday won't work
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
        elif token.kind == "not" and waiting and ends_clause(told, position):  # Friday? no. Monday? yes
            verdicts.update(dict.fromkeys(_nearest(told, said, waiting), "no"))
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


def _of_its_own(told: Sequence[Token], said: Sequence[Mention], last: int, position: int) -> list[int]:
    """The mentions right before a refusal that a word stands before, so that they are no part of the list before it."""
    if last < 0 or any(token.kind in _JUDGING for token in told[:position] if token.start >= said[last].end):
        return []
    own = _joined_back(told, said, last)
    first = max((token.end for token in told[:position] if token.kind in CLAUSE_ENDS), default=0)
    return own if min(own) > 0 and said[min(own) - 1].start >= first else []


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
    """This week is full, except tomorrow at five: whether the last time before that place, in its clause, is refused."""
    behind = told[position + 1].kind if position + 1 < len(told) else ""
    # 周二周三值班，除了这两天都可以: those themselves, so nothing is wanted by it.
    goes_on = position > 0 and told[position - 1].kind == "comma" and behind != "those"
    clause = told[: position - 1] if goes_on else told[:position]
    first = max((token.end for token in clause if token.kind in CLAUSE_ENDS), default=0)
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
