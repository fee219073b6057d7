"""Cuts a reply into clauses and tells what each is about: the writer's own wish, what keeps them busy, or somebody else's doings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from mianyue.understanding.reply.hours import minutes_of
from mianyue.understanding.reply.lexicon import Lexicon
from mianyue.understanding.reply.limits import ends_there
from mianyue.understanding.reply.said import Mention
from mianyue.understanding.reply.tokens import Token

Role = Literal["wish", "bare", "faint", "unknown", "busy", "event"]
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[a-zà-ÿ] ")
_WORD = re.compile(r"[^\W\d_\u3400-\u9fff]{2,}")
_ASKS = re.compile(r"[?吗么]")
_ENDS = ("stop", "comma", "but")
_HALF_DAY, _AHEAD = 12 * 60, 3 * 60
"""Minutes: a bare hour may be of either half of the day, and nobody comes longer than that ahead."""


@dataclass(frozen=True, slots=True)
class Clause:
    """The tokens of a clause with the mark that ends it, and its plain text."""

    tokens: tuple[Token, ...]
    text: str

    @property
    def start(self) -> int:
        """Where it begins in the plain text."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends, its mark counted."""
        return self.tokens[-1].end

    def names(self, said: Sequence[Mention]) -> bool:
        """Whether any of these stands in it, or reaches into it."""
        return any(mention.start < self.end and self.start < mention.end for mention in said)


def clauses_of(told: Sequence[Token], text: str) -> list[Clause]:
    """The clauses of a plain text: a stop, a comma, a "but" ends one, a "because" begins one."""
    cut: list[list[Token]] = [[]]
    for token in told:
        if token.kind == "why":
            cut.append([])
        cut[-1].append(token)
        if token.kind in _ENDS:
            cut.append([])
    cut = [each for each in cut if each]
    follow = [*(each[0].start for each in cut[1:]), len(text)][: len(cut)]
    ends = [each[-1].end if each[-1].kind in _ENDS else end for each, end in zip(cut, follow, strict=True)]
    starts = [0, *ends][: len(cut)]
    return [Clause(tuple(each), text[start:end].strip()) for each, start, end in zip(cut, starts, ends, strict=True)]


def role_of(clause: Clause, following: Clause | None, said: Sequence[Mention], known: Lexicon) -> Role:
    """What a clause that names a time says of it.

    A wish has a word of wanting or being free in it, or in the clause behind it where that names nothing itself (周五，都可以). Somebody
    else's doings (房东周二来收房, the landlord comes on Tuesday) need more than a weak word (能, take) to be a wish.
    """
    if known.tells("theirs", clause.text):
        return "event"
    if known.tells("arrives", clause.text) and (role := _arrival(clause, said)) is not None:
        return role
    led = _behind_colon(clause, said)
    beside = [t for t in clause.tokens if t.start >= led and (t.kind == "gap" or not any(m.start <= t.start < m.end for m in said))]
    asks = known.tells("supposes", clause.text) or any(
        token.kind in ("ask", "if") or (token.value and _ASKS.search(token.value)) for token in beside
    )
    if _only_until(clause, said):
        return "event"
    behind = clause.text.rpartition(": ")[2] if led > clause.start else clause.text  # none of them work: earlies on Friday
    free = known.tells("free", behind)
    agreed = any(token.kind == "yes" for token in beside)
    chosen = agreed and any(m.option for m in said if clause.start <= m.start < clause.end)
    answered = following is not None and not following.names(said) and not meanwhile(following, known)
    answered = answered and following is not None and _leans(following.tokens) == "yes"
    if not (free or chosen or answered or asks) and (_others_doing(clause, said, known) or meanwhile(clause, known)):
        return "event"
    if not (free or asks or _chooses(clause, said, known)) and known.tells("busy", clause.text):
        return "busy"
    if free or asks or agreed or answered:
        return "wish"
    if any(token.kind == "back" for token in beside):
        return "unknown"
    return _silence(beside, known)


def _only_until(clause: Clause, said: Sequence[Mention]) -> bool:
    """Whether the hours named are only the end of something: 可能要忙到晚上."""
    hours = {m.start for m in said if m.hours and (m.inherited or not m.days) and not any(h.relation for h in m.hours)}
    return any(token.end in hours and ends_there(before, token) for before, token in pairwise(clause.tokens))


def _arrival(clause: Clause, said: Sequence[Mention]) -> Role | None:
    """What a clause about coming says beside a time wanted: 周五十点可以，九点五十能到 names no other; that it is later wants another one."""
    here = [m for m in said if clause.start <= m.start < clause.end]
    hours = [(m in here, h) for m in said if m.polarity == "yes" for h in m.hours if h.start]
    comes = [minutes[0] for inside, h in hours if inside and (minutes := minutes_of(h))]
    begins = [minutes[0] for inside, h in hours if not inside and (minutes := minutes_of(h))]
    if not comes or not begins:
        return None
    return "event" if any((begin - come) % _HALF_DAY <= _AHEAD for come in comes for begin in begins) else "wish"


def _chooses(clause: Clause, said: Sequence[Mention], known: Lexicon) -> bool:
    """Whether a word of choosing stands right before an option: 我要早的."""
    starts = {mention.start for mention in said if mention.option}
    return any(token.kind == "gap" and token.end in starts and known.chosen.search(token.value[-2:]) for token in clause.tokens)


def _behind_colon(clause: Clause, said: Sequence[Mention]) -> int:
    """Where a clause begins that a colon leads to: my week is full, but here goes: Thursday at nine."""
    named = [m.start for m in said if clause.start <= m.start < clause.end and not (m.option and m.option.which == "all")]
    first = min(named, default=clause.start)
    return max((token.end for token in clause.tokens if token.value == "colon" and token.start <= first), default=clause.start)


def says_free(clause: Clause, known: Lexicon) -> bool:
    """Whether a clause says in so many words that the writer can."""
    return known.tells("free", clause.text)


def gives_reason(clause: Clause, known: Lexicon) -> bool:
    """Whether a clause tells of a circumstance that suits the writer: 那天刚好轮休, it's my day off."""
    return known.tells("glad", clause.text)


def meanwhile(clause: Clause, known: Lexicon) -> bool:
    """Whether a clause is about what comes before or after: then I have to go, 之前有课."""
    return known.tells("meanwhile", clause.text)


def elsewhere(clause: Clause, said: Sequence[Mention], known: Lexicon) -> bool:
    """Whether a clause is about somebody or something else, so that what it says yes or no to isn't what stands before it."""
    if known.tells("theirs", clause.text):
        return True
    return not says_free(clause, known) and (_others_doing(clause, said, known) or meanwhile(clause, known))


def _others_doing(clause: Clause, said: Sequence[Mention], known: Lexicon) -> bool:
    """Whether somebody else does something; in languages that begin with the subject, a clause that begins with a time has none."""
    begins_with_time = any(m.start <= clause.start < m.end for m in said)
    return not (begins_with_time and _LATIN.search(clause.text)) and known.tells("event", clause.text)


def _leans(tokens: Sequence[Token]) -> str:
    return next((token.kind for token in tokens if token.kind in ("yes", "no", "not", "ask")), "")


def _silence(beside: Sequence[Token], known: Lexicon) -> Role:
    """How much a clause says that nobody knows; a single Chinese character is faint: it tells something only beside a plain wish."""
    if known.neutral is None:
        return "bare"
    text = " ".join(known.neutral.sub(" ", token.value) for token in beside if token.kind == "gap")
    if _WORD.search(text):
        return "unknown"
    return ("bare", "faint", "unknown")[min(len(_HAN.findall(text)), 2)]
