"""Makes the pages' translations ready: Django reads compiled catalogues only, and compiled files don't belong into git."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def compile_all(home: Path, package: Path = PACKAGE) -> list[str]:
    """Compiles every ``django.po`` of the rooms and doors whose ``django.mo`` is missing or of another version.

    Where the package can't be written to, the catalogues go under ``home``/locale. Returns the folders that ``LOCALE_PATHS`` then needs.
    """
    elsewhere: dict[str, None] = {}
    for source in sorted(package.glob("*/*/locale/*/LC_MESSAGES/django.po")):
        if _is_current(source, source.with_suffix(".mo")):
            continue
        try:
            _compile(source, source.with_suffix(".mo"))
        except OSError:
            elsewhere[str(_aside(source, home))] = None
    return list(elsewhere)


def _aside(source: Path, home: Path) -> Path:
    """The folder under ``home`` that holds the compiled ``source``, made where it isn't there."""
    # By content, so that a new version of the package never meets the catalogue of an old one.
    folder = home / "locale" / hashlib.sha256(source.read_bytes()).hexdigest()[:16]
    target = folder.joinpath(*source.with_suffix(".mo").parts[-3:])
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        _compile(source, target)
    return folder


def _is_current(source: Path, compiled: Path) -> bool:
    # The same instant rather than a later one: an upgrade may bring a file that is older than the one compiled before it.
    return compiled.exists() and compiled.stat().st_mtime_ns == source.stat().st_mtime_ns


def _compile(source: Path, target: Path) -> None:
    from babel.messages.mofile import write_mo  # needed once per version, and slow to import
    from babel.messages.pofile import read_po

    modified = source.stat().st_mtime_ns
    # Beside the target and renamed, so that another process never reads half a catalogue.
    partial = target.with_name(f"{target.name}.{os.getpid()}")
    try:
        with source.open("rb") as text, partial.open("wb") as compiled:
            write_mo(compiled, read_po(text, locale=source.parts[-3]))
        os.utime(partial, ns=(modified, modified))
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
