"""Sets aside the times of other things: beside a time that is plainly wanted, one in a clause that says something else isn't."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from mianyue.understanding.reply.lexicon import Lexicon
from mianyue.understanding.reply.said import Mention, Polarity
from mianyue.understanding.reply.tokens import Token

_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[^\W\d_\u3400-\u9fff]{2,}")
_ASKS = re.compile(r"[?吗么]")
_FEW_HAN, _FEW_WORDS = 1, 0
"""So many unknown characters or words beside a time say nothing."""


def without_asides(
    told: Sequence[Token], said: Sequence[Mention], verdicts: Mapping[int, Polarity], known: Lexicon
) -> list[Mention]:
    """``said`` with those marked as asides (``asked``) that nobody judges and whose clause says something unknown.

    That holds only where another time is wanted in so many words, or stands by itself: 周一11点可以吗？15点要去医院. Languages without a
    list of neutral words know no asides.
    """
    if known.neutral is None:
        return list(said)
    clauses = _clauses(told)
    firm: set[int] = set()
    loose: set[int] = set()
    reasons: set[int] = set()
    for index, mention in enumerate(said):
        if mention.polarity != "yes" or mention.asked or (mention.option and mention.option.which in ("rest", "all")):
            continue
        at = next(at for at, clause in enumerate(clauses) if mention.start < clause[-1].end)
        clause, following = clauses[at], clauses[at + 1] if at + 1 < len(clauses) else []
        beside = [token for token in clause if not any(m.start <= token.start < m.end for m in said)]
        asks = any(token.kind in ("ask", "if") or (token.value and _ASKS.search(token.value)) for token in beside)
        judged = any(token.kind == "yes" for token in beside) or (verdicts.get(index) == "yes" and not _names(following, said))
        back = any(token.kind == "back" for token in beside)
        if clause[0].kind == "why" and not asks:  # next Friday, as I fly in on Thursday night
            reasons.add(index)
        elif judged or asks or not (back or _says_more(beside, known.neutral)):
            firm.add(index)
        else:
            loose.add(index)
    if firm | loose:
        loose |= reasons
    if not firm:
        loose &= reasons
    return [replace(mention, asked=mention.asked or index in loose) for index, mention in enumerate(said)]


def _names(clause: Sequence[Token], said: Sequence[Mention]) -> bool:
    return any(m.start <= token.start < m.end for token in clause for m in said)


def _says_more(beside: Sequence[Token], neutral: re.Pattern[str]) -> bool:
    text = " ".join(neutral.sub(" ", token.value) for token in beside if token.kind == "gap")
    return len(_HAN.findall(text)) > _FEW_HAN or len(_WORD.findall(text)) > _FEW_WORDS


def _clauses(told: Sequence[Token]) -> list[list[Token]]:
    """The clauses with the mark that ends each."""
    clauses: list[list[Token]] = [[]]
    for token in told:
        if token.kind == "why":
            clauses.append([])
        clauses[-1].append(token)
        if token.kind in ("stop", "comma", "but"):
            clauses.append([])
    return [clause for clause in clauses if clause]
