"""Identifiers: time-ordered UUIDs for rows, unguessable tokens for links, stable digests for things that must happen once."""

from __future__ import annotations

import hashlib
import secrets
import time
from uuid import UUID


def new_id() -> UUID:
    """A version 7 UUID (RFC 9562 §5.7): milliseconds first, so that indexes grow at one end; 74 random bits."""
    value = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)


def new_token() -> str:
    """A capability of 192 random bits, 32 URL-safe characters. Store only its digest."""
    return secrets.token_urlsafe(24)


def digest(token: str) -> bytes:
    """The SHA-256 under which a token is stored. Tokens hold ≥ 128 random bits, so no salt is needed."""
    return hashlib.sha256(token.encode()).digest()
