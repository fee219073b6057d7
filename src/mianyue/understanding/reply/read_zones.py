"""Reads from tokens whose clock a time is told by: Beijing time, UTC+8, my time."""

from __future__ import annotations

from collections.abc import Sequence

from mianyue.understanding.reply.tokens import Token, skip


def zone_at(told: Sequence[Token], at: int) -> tuple[str, int]:
    """The zone at that token and the token after it; "" and the same token where none is."""
    if at < len(told) and told[at].kind == "zone":
        return zone_of(told[at]), skip(told, at + 1, ("link",))
    return "", at


def zone_of(token: Token) -> str:
    """The zone that a token names: an IANA name, ``theirs``, ``yours``, or an offset as ``+08:00``."""
    if "offset" not in token.parts:
        return token.value
    written = token.parts["offset"].replace(" ", "")
    hours, _, minutes = written[1:].partition(":")
    return f"{written[0]}{int(hours[:2]):02}:{minutes or '00'}"
