"""The keys that personal data is sealed with, made on first start and kept apart from the data they open."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mianyue.base.errors import MianyueError

LENGTH = 32
"""Bytes of a key."""


class KeyMissing(MianyueError):
    """A key is not in the key folder, or only half of it."""

    code = "key_missing"


@dataclass(frozen=True, slots=True)
class Keyring:
    """256-bit keys: ``sealing`` by number, of which ``current`` seals new values; ``index`` for blind indexes; ``django`` for sessions."""

    sealing: dict[int, bytes]
    current: int
    index: bytes
    django: bytes

    def key(self, number: int) -> bytes:
        """The sealing key of that number. Raises KeyMissing."""
        try:
            return self.sealing[number]
        except KeyError:
            raise KeyMissing(
                f"Key {number} is not in the key folder.", "Restore MIANYUE_HOME/keys from the backup of that time."
            ) from None


@cache
def keyring(folder: Path) -> Keyring:
    """The keys of a folder; a folder without keys gets its first ones. Safe when several processes start at once."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _make(folder / "index.key")
    _make(folder / "django.key")
    if not list(folder.glob("seal-*.key")):
        _make(folder / "seal-00000001.key")
    sealing = {int(path.stem.removeprefix("seal-"), 16): _read(path) for path in sorted(folder.glob("seal-*.key"))}
    return Keyring(sealing, max(sealing), _read(folder / "index.key"), _read(folder / "django.key"))


def _read(path: Path) -> bytes:
    key = path.read_bytes()
    if len(key) != LENGTH:
        raise KeyMissing(f"{path.name} in the key folder is damaged.", "Restore MIANYUE_HOME/keys from the backup.")
    return key


def _make(path: Path) -> None:
    """Writes a new key under that name unless there is one; a reader never sees half a key, and no power cut loses a key in use."""
    if path.exists():
        return
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "wb") as file:
        file.write(secrets.token_bytes(LENGTH))
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):  # another process was first: its key counts
        os.link(draft, path)
    draft.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
