"""Lengths of time as settings spell them."""

from __future__ import annotations

import re
from datetime import timedelta

_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_WRITTEN = re.compile("".join(f"(?:(?P<{name}>[0-9]{{1,6}}){unit})?" for unit, name in _UNITS.items()))

EXPECTED = "a length of time such as 24h, 90m, 1h30m or 0"


def duration(text: str) -> timedelta:
    """``24h``, ``90m``, ``1h30m`` or ``0``. Raises ValueError."""
    if text == "0":
        return timedelta(0)
    match = _WRITTEN.fullmatch(text)
    if not text or match is None:
        raise ValueError("not a length of time")
    return timedelta(**{name: int(number) for name, number in match.groupdict("0").items()})
