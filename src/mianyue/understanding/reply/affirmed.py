"""Tells whether a reply plainly says yes to what it names: words nobody knows beside a time (周五10点我约了牙医) may well say no."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from mianyue.understanding.reply.clauses import Clause, gives_reason, says_free
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


def affirmed(cut: Sequence[Clause], said: Sequence[Mention], known: Lexicon) -> bool:
    """Whether each wanted mention stands in a clause that says yes, or that says hardly anything else.

    Figures left over, and a no that is about nothing named, are doubts; where the language has a list of neutral words, so is every
    word that nobody knows, unless it stands in a question about the interview (请问地址在哪里).
    """
    told = [token for clause in cut for token in clause.tokens]
    named = {token.start for token in told if any(mention.start <= token.start < mention.end for mention in said)}
    wanted = {
        token.start for token in told if any(m.start <= token.start < m.end and not m.asked and m.polarity == "yes" for m in said)
    }
    if any(token.kind in ("gap", "number") and re.search(r"\d", token.value or "1") for token in told if token.start not in named):
        return False
    clauses = [clause.tokens for clause in cut]
    if _objected(clauses, named) or _refuses_more(cut, said, named, known) or _strange(cut, named, wanted, known):
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
        if any(token.kind == "yes" or _asks_for(token, mention, known) for token in beside):
            continue
        if sum(len(_WORDS.findall(token.value)) for token in beside if token.kind == "gap") > _FEW:
            return False
    return True


def _asks_for(token: Token, mention: Mention, known: Lexicon) -> bool:
    """Whether a word of choosing stands right before a time: 麻烦帮我安排12/1下午三点半."""
    return token.kind == "gap" and token.end == mention.start and known.chosen.search(token.value[-2:]) is not None


def welcomed(clauses: Sequence[Clause], said: Sequence[Mention]) -> bool:
    """Whether a clause that names a wanted time also says yes to it, or asks about it: not all is declined then."""
    wanted = [mention for mention in said if mention.polarity == "yes"]
    return any(
        any(token.kind in ("yes", "ask") or (token.kind != "stop" and _ASKS.search(token.value)) for token in clause.tokens)
        and any(clause.start <= mention.start < clause.end for mention in wanted)
        for clause in clauses
    )


def _objected(clauses: Sequence[Sequence[Token]], named: set[int]) -> bool:
    """Whether a clause behind a "but" says something that nobody knows (the third, but now I have jury duty), and asks nothing."""
    return any(
        _turns(before)
        and not any(token.start in named or token.kind in ("yes", "ask") or _ASKS.search(token.value) for token in clause)
        and sum(len(_WORDS.findall(token.value)) for token in clause if token.kind == "gap") > _FEW
        for before, clause in pairwise(clauses)
    )


def _turns(clause: Sequence[Token]) -> bool:
    """Whether a "but" ends the clause; a "so" goes on."""
    return clause[-1].kind == "but" and clause[-1].value != "so"


def _refuses_more(cut: Sequence[Clause], said: Sequence[Mention], named: set[int], known: Lexicon) -> bool:
    """Whether something is refused that isn't named, an "or" leads nowhere, or a condition stands there."""
    cut = [clause for clause in cut if not _only_asks(clause.tokens, named)]
    told = [token for clause in cut for token in clause.tokens]
    dangling = any(
        token.kind == "or"
        and token.value != "and"
        and token.start not in named
        and (at + 1 == len(told) or told[at + 1].start not in named)
        for at, token in enumerate(told)
    )
    others = [mention for mention in said if mention.polarity != "yes" or mention.asked]
    refused = any(
        any(token.kind in ("no", "not", "except") and token.start not in named for token in clause.tokens)
        and not (clause.names(others) or known.tells("others", clause.text) or _suits(clause, known))
        for clause in cut
    )
    last = max((mention.end for mention in said if mention not in others), default=0)
    taken_back = any(token.kind == "retract_back" and token.start >= last for token in told)
    hedged = any(
        token.kind in ("if", "retract", "back") and not (token.kind == "back" and _back_before(clause, said, others))
        for clause in cut
        for token in clause.tokens
        if token.start not in named
    )
    return dangling or refused or taken_back or hedged


def _back_before(clause: Clause, said: Sequence[Mention], others: Sequence[Mention]) -> bool:
    """Whether a clause tells on which day the writer is back, ahead of the other days wanted: 周四晚上才到家，周五十点我行."""
    wanted = [mention for mention in said if mention not in others]
    days = {day for mention in others if clause.names([mention]) for day in mention.days}
    return bool(days) and all(m.days and clause.end <= m.start and days.isdisjoint(m.days) for m in wanted)


def _only_asks(clause: Sequence[Token], named: set[int]) -> bool:
    """Whether a clause names nothing and is a question (is it online or in person?)."""
    return "?" in clause[-1].value and not any(token.start in named for token in clause)


def _asks_form(clause: Sequence[Token], text: str, known: Lexicon) -> bool:
    """Whether a clause asks if the interview is online or in person, and wants neither."""
    online, form = known.intents.get("online"), known.intents.get("either_form")
    either = any(token.kind == "or" for token in clause) and online is not None and online.search(text)
    return "?" in clause[-1].value and bool(either or (form is not None and form.search(text)))


def _strange(cut: Sequence[Clause], named: set[int], wanted: set[int], known: Lexicon) -> bool:
    """Whether anything unknown may take back what is named.

    Beside a wanted time hardly a word may be unknown. Other clauses may tell why (我已经请好假了, the first is no good) or ask something;
    beside a time that a word welcomes they may tell any story in which nothing hesitates (the third, I have jury duty: bare).
    """
    if known.plain is None:
        return False
    agreed = not wanted or any(
        token.kind == "yes" or token.value == "please" or known.chosen.search(token.value)
        for at, clause in enumerate(cut)
        if any(token.start in wanted for each in cut[max(at - 1, 0) : at + 1] for token in each.tokens)
        for token in clause.tokens
        if token.start not in named
    )
    for at, whole in enumerate(cut):
        clause = whole.tokens
        beside = [token for token in clause if token.start not in named]
        text = " ".join(token.value for token in beside if token.kind == "gap")
        about_time = any(token.start in wanted for token in clause)
        asks = any(token.kind == "ask" or _ASKS.search(token.value) for token in clause)
        if clause[0].kind == "stop" and "?" in clause[0].value:
            return True
        if at and _turns(cut[at - 1].tokens) and not asks and len(beside) == len(clause):
            return True
        if not about_time and (asks_about_interview(text, known) or _asks_form(clause, text, known)):
            continue
        if not about_time and _tells_why(whole, named, known):
            continue
        if not (about_time or asks or says_free(whole, known)) and (
            known.tells("busy", whole.text) or known.tells("event", whole.text)
        ):
            return True
        left = known.plain.sub(" ", text)
        unknown = len(_HAN.findall(left)) > 1 or _LETTERS.search(left) is not None
        if not about_time and "?" in clause[-1].value and not unknown:  # the second, thanks?
            return True
        if about_time and (asks or unknown or known.doubts.search(text)):
            return True
        hesitates = known.hesitations.search(" ".join(token.value for token in beside))
        if not about_time and (hesitates or (unknown and not asks and not agreed)):
            return True
    return False


def _tells_why(clause: Clause, named: set[int], known: Lexicon) -> bool:
    """Whether a clause only gives the reason: the first is no good, I teach in the morning, it's my day off."""
    if any(token.kind in ("if", "ask") or _ASKS.search(token.value) for token in clause.tokens):
        return False
    if any(token.start in named for token in clause.tokens):
        refuses = any(token.kind in ("no", "not") for token in clause.tokens)
        return refuses or not known.hesitations.search(" ".join(token.value for token in clause.tokens if token.kind == "gap"))
    return gives_reason(clause, known) and (
        says_free(clause, known) or not any(token.kind in ("no", "not") for token in clause.tokens)
    )


def _suits(clause: Clause, known: Lexicon) -> bool:
    """Whether what looks like a refusal is none: 那天我没有排班."""
    return says_free(clause, known) and gives_reason(clause, known)
