"""Whose clocks count: chooses the source of the zone database, so that every machine and every process gives the same answer."""

from __future__ import annotations

import zoneinfo
from importlib import resources
from pathlib import Path
from typing import Literal

Source = Literal["packaged", "system"]

_SYSTEM = zoneinfo.TZPATH


def use(source: Source) -> None:
    """Lets zoneinfo read the ``tzdata`` package alone, or the machine's database first, as Python does by itself.

    To be called before any zone is made: those that somebody holds already keep their old data.
    """
    zoneinfo.reset_tzpath(to=() if source == "packaged" else _SYSTEM)
    zoneinfo.ZoneInfo.clear_cache()


def packaged() -> bool:
    """Whether the package alone answers."""
    return not zoneinfo.TZPATH


def release() -> str:
    """The release of the database that zoneinfo reads now, such as ``2026f``; empty where the machine's does not tell."""
    system = next((Path(folder) for folder in zoneinfo.TZPATH if (Path(folder) / "Europe" / "Berlin").is_file()), None)
    return packaged_release() if system is None else _told(system / "tzdata.zi")


def packaged_release() -> str:
    """The release that the installed ``tzdata`` package holds."""
    with resources.as_file(resources.files("tzdata") / "zoneinfo" / "tzdata.zi") as path:
        return _told(path)


def _told(path: Path) -> str:
    """What the database's own source file says in its first line: ``# version 2026f``."""
    try:
        with path.open(encoding="ascii", errors="replace") as file:
            first = file.readline()
    except OSError:
        return ""
    return first.removeprefix("# version").strip() if first.startswith("# version") else ""
