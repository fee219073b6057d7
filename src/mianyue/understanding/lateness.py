"""How late somebody says they will be: the first length of time in words that are known to be about being late."""

from __future__ import annotations

import re

from mianyue.understanding.folding import fold
from mianyue.understanding.reply.numerals import NUMERAL, number

_MOST = 240
"""Minutes; whoever names more means something else."""

_HALF = re.compile(r"半个?(?:小时|小時|钟头|鐘頭)|half an hour|half-hour|demi-heure|media hora|halbe stunde|30分")
_QUARTER = re.compile(r"[一1]刻[钟鐘]|quarter of an hour|viertelstunde|quart d'heure|cuarto de hora")
_LENGTH = re.compile(
    rf"(?P<n>\d{{1,3}}|{NUMERAL}|\b(?:an?|one)\b) ?(?:个|個)?"
    r"(?:(?P<minutes>分钟|分鐘|分|min(?:ute[ns]?|utos?|s)?\b|분)|(?P<hours>小时|小時|钟头|鐘頭|時間|hours?\b|h\b|stunden?\b|heures?\b|horas?\b|시간))"
)


def minutes_late(text: str) -> int | None:
    """The minutes of delay named in ``text`` (晚二十分钟, 15 min late, 半小时后到); None where none is, or none that is likely."""
    folded = fold(text).text
    if _HALF.search(folded):
        return 30
    if _QUARTER.search(folded):
        return 15
    found = _LENGTH.search(folded)
    if found is None:
        return None
    said = found["n"]
    count = 1 if said in ("a", "an", "one") else int(said) if said.isascii() else number(said) or 0
    minutes = count * (60 if found["hours"] else 1)
    return minutes if 0 < minutes <= _MOST else None
