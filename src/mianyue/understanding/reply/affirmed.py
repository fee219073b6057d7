"""Tells whether a reply plainly says yes to what it names: words nobody knows beside a time (周五10点我约了牙医) may well say no."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from mianyue.understanding.reply.intents import asks_about_interview
from mianyue.understanding.reply.lexicon import Lexicon
from mianyue.understanding.reply.said import Mention
from mianyue.understanding.reply.tokens import Token

_WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]|[^\W\d_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")
_ASKS = re.compile(r"[?吗么까]|か$")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LETTERS = re.compile(r"[^\W\d_\u3400-\u9fff]{2,}")
_FEW = 3
"""So many unknown characters (of Chinese, Japanese, Korean) or words beside a time say nothing against it."""


def affirmed(told: Sequence[Token], said: Sequence[Mention], known: Lexicon) -> bool:
    """Whether each wanted mention stands in a clause that says yes, or that says hardly anything else.

    Figures left over, and a no that is about nothing named, are doubts; where the language has a list of neutral words, so is every
    word that nobody knows, unless it stands in a question about the interview (请问地址在哪里).
    """
    named = {token.start for token in told if any(mention.start <= token.start < mention.end for mention in said)}
    wanted = {
        token.start for token in told if any(m.start <= token.start < m.end and not m.asked and m.polarity == "yes" for m in said)
    }
    if any(token.kind in ("gap", "number") and re.search(r"\d", token.value or "1") for token in told if token.start not in named):
        return False
    clauses = _clauses(told)
    if _objected(clauses, named) or _refuses_more(told, said, named) or _strange(clauses, named, wanted, known):
        return False
    for clause in clauses:
        if not any(token.start in named for token in clause) and any(token.kind in ("no", "not") for token in clause):
            return False
    for mention in said:
        if mention.polarity != "yes" or mention.asked:
            continue
        index = next(i for i, clause in enumerate(clauses) if clause and clause[-1].end > mention.start)
        clause = clauses[index]
        beside = [token for token in clause if token.start not in named]
        following = clauses[index + 1] if index + 1 < len(clauses) else []
        if not any(token.start in named for token in following) and any(token.kind == "yes" for token in following):
            continue
        if any(token.kind == "ask" or _ASKS.search(token.value) for token in beside):
            return False
        if any(token.kind == "yes" for token in beside):
            continue
        if sum(len(_WORDS.findall(token.value)) for token in beside if token.kind == "gap") > _FEW:
            return False
    return True


def welcomed(told: Sequence[Token], said: Sequence[Mention]) -> bool:
    """Whether a clause that names a wanted time also says yes to it, or asks about it: not all is declined then."""
    wanted = [mention for mention in said if mention.polarity == "yes"]
    return any(
        any(token.kind in ("yes", "ask") or (token.kind != "stop" and _ASKS.search(token.value)) for token in clause)
        and any(clause[0].start <= mention.start < clause[-1].end for mention in wanted)
        for clause in _clauses(told)
    )


def _objected(clauses: Sequence[Sequence[Token]], named: set[int]) -> bool:
    """Whether a clause behind a "but" says something that nobody knows (the third, but now I have jury duty), and asks nothing."""
    return any(
        before[-1].kind == "but"
        and not any(token.start in named or token.kind in ("yes", "ask") or _ASKS.search(token.value) for token in clause)
        and sum(len(_WORDS.findall(token.value)) for token in clause if token.kind == "gap") > _FEW
        for before, clause in pairwise(clauses)
    )


def _refuses_more(told: Sequence[Token], said: Sequence[Mention], named: set[int]) -> bool:
    """Whether there are more refusals than things refused, an "or" that leads nowhere, or a condition."""
    told = [token for clause in _clauses(told) if not _only_asks(clause, named) for token in clause]
    beside = [token for token in told if token.start not in named]
    refusals = sum(token.kind in ("no", "not", "except") for token in beside)
    dangling = any(
        token.kind == "or"
        and token.value != "and"
        and token.start not in named
        and (at + 1 == len(told) or told[at + 1].start not in named)
        for at, token in enumerate(told)
    )
    return (
        dangling
        or refusals > sum(mention.polarity != "yes" for mention in said)
        or any(t.kind in ("if", "retract", "back") for t in beside)
    )


def _only_asks(clause: Sequence[Token], named: set[int]) -> bool:
    """Whether a clause names nothing and is a question (is it online or in person?)."""
    return "?" in clause[-1].value and not any(token.start in named for token in clause)


def _asks_form(clause: Sequence[Token], text: str, known: Lexicon) -> bool:
    """Whether a clause asks if the interview is online or in person, and wants neither."""
    online, form = known.intents.get("online"), known.intents.get("either_form")
    either = any(token.kind == "or" for token in clause) and online is not None and online.search(text)
    return "?" in clause[-1].value and bool(either or (form is not None and form.search(text)))


def _strange(clauses: Sequence[Sequence[Token]], named: set[int], wanted: set[int], known: Lexicon) -> bool:
    """Whether anything unknown may take back what is named.

    Beside a wanted time hardly a word may be unknown. Other clauses may tell a story (我已经请好假了) or ask something, as long as nothing
    in them hesitates, and where a time stands bare (the third, I have jury duty) they may only ask.
    """
    if known.plain is None:
        return False
    agreed = not wanted or any(
        token.kind == "yes" or token.value == "please" or known.chosen.search(token.value)
        for clause in clauses
        if any(token.start in wanted for token in clause)
        for token in clause
        if token.start not in named
    )
    for at, clause in enumerate(clauses):
        beside = [token for token in clause if token.start not in named]
        text = " ".join(token.value for token in beside if token.kind == "gap")
        about_time = any(token.start in wanted for token in clause)
        asks = any(token.kind == "ask" or _ASKS.search(token.value) for token in clause)
        if clause[0].kind == "stop" and "?" in clause[0].value:
            return True
        if at and clauses[at - 1][-1].kind == "but" and not asks and len(beside) == len(clause):
            return True
        if not about_time and (asks_about_interview(text, known) or _asks_form(clause, text, known)):
            continue
        if not about_time and any(token.start in named for token in clause) and any(t.kind in ("no", "not") for t in clause):
            continue  # the first is no good
        whole = " ".join(token.value for token in beside)
        left = known.plain.sub(" ", text)
        unknown = len(_HAN.findall(left)) > 1 or _LETTERS.search(left) is not None
        if not about_time and "?" in clause[-1].value and not unknown:  # the second, thanks?
            return True
        if about_time and (asks or unknown or known.doubts.search(text)):
            return True
        if not about_time and (known.hesitations.search(whole) or (unknown and not asks and not agreed)):
            return True
    return False


def _clauses(told: Sequence[Token]) -> list[list[Token]]:
    clauses: list[list[Token]] = [[]]
    for token in told:
        clauses[-1].append(token)
        if token.kind in ("stop", "comma", "but"):
            clauses.append([])
    return [clause for clause in clauses if clause]
