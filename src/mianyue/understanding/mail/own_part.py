"""Cuts from a mail's text what its sender did not write: the letter they answer, their program's advertisement, their lawyer's paragraph."""

from __future__ import annotations

import re
from functools import cache

from mianyue.understanding.reply.own_words import own_words
from mianyue.understanding.wordlists import alternatives, words

LONGEST = 10_000
"""Characters that are looked at. Answers stand on top, and nobody writes as much."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b-\x1f\x7f]")
_ANSWERED_LETTER = re.compile(r"(?=.*\d)(?=.*<?[^\s<>]+@[^\s<>]+>?).{10,300}[:：]")
"""A line with a number, an address and a colon at its end introduces a quotation in any language."""


def own_part(text: str) -> str:
    """What the sender of a mail wrote themselves, without blank margins; empty where they only quoted.

    What mail programs add is cut here, what people add (a signature, a card of theirs) by ``own_words``.
    """
    lines = _readable(text).split("\n")
    kept: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        length = _introduction(lines, at)
        if length and not _quotes_line_by_line(lines, at + length):
            break
        if length:
            at += length
            continue
        if not any(map(str.strip, kept)) and _banner().fullmatch(line.strip()):
            at += 1
            continue
        if _small_print().fullmatch(line.strip()):
            break
        if line.strip() and not line.strip(" |"):
            line = ""  # a table that lost its rules
        if not _sent_with().fullmatch(line.strip().strip("*_<>[]()")):
            kept.append(line)
        at += 1
    return _trimmed(own_words("\n".join(kept)))


def _readable(text: str) -> str:
    """One kind of line end and of space, nothing invisible; at most ``LONGEST`` characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n").replace("\x0c", "\n")
    # QQ's plain text quotes with the entities of its HTML.
    text = text.replace("&nbsp;", " ").replace("\xa0", " ").replace("\u3000", " ").replace("\t", " ")
    return _INVISIBLE.sub("", text)[:LONGEST]


def _introduction(lines: list[str], at: int) -> int:
    """How many lines from ``at`` on introduce a quoted letter; 0: none."""
    line = _bare(lines[at])
    if not line or line.startswith(">"):
        return 0
    if _divider().fullmatch(line):
        return 1
    # Programs break this line where it gets too long, at most twice.
    joined = line
    for more in range(1, 4):
        if _ANSWERED_LETTER.fullmatch(joined) or _wrote().fullmatch(joined):
            return more
        following = _bare(lines[at + more]) if at + more < len(lines) else ""
        inside_address = joined.rpartition("<")[1] and not joined.rpartition("<")[2].count(">")
        if not following or (following.startswith(">") and not inside_address) or not _begins_introduction(line):
            break
        joined = f"{joined} {following}"
    return 1 if _is_head(lines, at) else 0


def _is_head(lines: list[str], at: int) -> bool:
    """Whether the head of a quoted letter begins here: its sender, and two more fields on the next lines."""
    if not _label("from").match(_bare(lines[at])):
        return False
    following = [bare for line in lines[at + 1 : at + 9] if (bare := _bare(line))]
    return sum(_label("labels").match(line) is not None for line in following[:4]) >= 2


def _begins_introduction(line: str) -> bool:
    """Whether a line may be the first of a broken introduction: it names a date or an address."""
    return bool(re.search(r"\d{1,4}\s*[年/.,-]|\d{1,2}:\d\d|@", line))


def _quotes_line_by_line(lines: list[str], at: int) -> bool:
    return _next_line(lines, at).startswith(">")


def _next_line(lines: list[str], at: int) -> str:
    """The first line from ``at`` on that isn't blank, of the next three."""
    return next((bare for line in lines[at : at + 3] if (bare := _bare(line))), "")


def _bare(line: str) -> str:
    """A line without the marks of bold print, table cells and margins."""
    return line.strip().strip("*|").replace("**", "").replace(":*", ":").replace("：*", "：").strip()


def _trimmed(text: str) -> str:
    lines = [line.rstrip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


@cache
def _wrote() -> re.Pattern[str]:
    return re.compile(rf"(?=.*[\d@]).{{4,300}}(?:{alternatives('mail/quoted.txt', 'wrote')})\s*[:：]", re.IGNORECASE)


@cache
def _divider() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('mail/quoted.txt', 'divider')})", re.IGNORECASE)


@cache
def _label(section: str) -> re.Pattern[str]:
    named = "|".join(sorted(map(re.escape, words("mail/quoted.txt", section)), key=len, reverse=True))
    return re.compile(rf"(?:{named})\s*(?:[:：]|\s\|)", re.IGNORECASE)


@cache
def _sent_with() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('mail/quoted.txt', 'sent_with')})", re.IGNORECASE)


@cache
def _banner() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('mail/quoted.txt', 'banner')})", re.IGNORECASE)


@cache
def _small_print() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('mail/quoted.txt', 'small_print')})", re.IGNORECASE)
