"""Sealing values with AES-256-GCM, bound to the row they belong to, and blind indexes to find them again.

Layout of a sealed value: version (1 byte) · key number (4) · nonce (12) · ciphertext and tag (16), NIST SP 800-38D. Nonces are random, which is
safe for 2³² values per key.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from mianyue.base.errors import MianyueError
from mianyue.domain.security.keyring import Keyring, keyring

VERSION = 1
_HEADER = 5
_NONCE = 12
_TAG = 16


class SealBroken(MianyueError):
    """A sealed value was changed, or it was moved here from another row."""

    code = "seal_broken"


def _keys() -> Keyring:
    return keyring(settings.MIANYUE_HOME / "keys")


@lru_cache(maxsize=16)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def seal(plain: bytes, bound_to: str) -> bytes:
    """``plain`` encrypted under the current key. It opens only with the same ``bound_to`` (table, column and row)."""
    keys = _keys()
    header = bytes([VERSION]) + keys.current.to_bytes(4, "big")
    nonce = os.urandom(_NONCE)
    return header + nonce + _cipher(keys.key(keys.current)).encrypt(nonce, plain, header + bound_to.encode())


def unseal(sealed: bytes, bound_to: str) -> bytes:
    """What was sealed. Raises KeyMissing, or SealBroken where the value was changed or moved to another row."""
    header, nonce, body = sealed[:_HEADER], sealed[_HEADER : _HEADER + _NONCE], sealed[_HEADER + _NONCE :]
    try:
        if len(sealed) < _HEADER + _NONCE + _TAG:
            raise InvalidTag
        return _cipher(_keys().key(int.from_bytes(header[1:], "big"))).decrypt(nonce, body, header + bound_to.encode())
    except InvalidTag:
        raise SealBroken(
            f"The sealed value of {bound_to} does not open: it was changed, or it belongs elsewhere.",
            "Restore the row from a backup, and find out who writes to the database besides mianyue.",
        ) from None


def blind_index(purpose: str, value: str) -> bytes:
    """A keyed fingerprint (HMAC-SHA256, 16 bytes) by which equal values are found without opening any; differs per ``purpose``."""
    return hmac.digest(_keys().index, f"{purpose}\0{value}".encode(), hashlib.sha256)[:16]
