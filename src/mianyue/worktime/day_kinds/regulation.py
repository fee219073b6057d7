"""Which days are statutory holidays in China, by the regulation on national holidays in force in a year."""

from __future__ import annotations

from datetime import date, timedelta

from mianyue.worktime.day_kinds.festivals import festivals

_IN_FORCE_FROM = {2000: "第270号", 2008: "第513号", 2014: "第644号", 2025: "第795号"}
"""The State Council decrees of 1999, 2007, 2013 and 2024, by the first whole year in which each text counts."""


def statutory_days(year: int) -> dict[date, str]:
    """The statutory holidays (法定节假日) of ``year`` with the festival's Chinese name, in order of date; empty if not known.

    10 days by the text of 1999, 11 by those of 2007 and 2013, 13 by that of 2024; a day less where two festivals coincide.
    """
    moving = festivals(year)
    if moving is None or year < min(_IN_FORCE_FROM):
        return {}
    if year < 2008:
        around, may = range(3), 3
    elif year < 2014:
        around, may = range(-1, 2), 1
    elif year < 2025:
        around, may = range(3), 1
    else:
        around, may = range(-1, 3), 2
    found = {date(year, 1, 1): "元旦"}
    found |= {moving.spring + timedelta(days=offset): "春节" for offset in around}
    found |= {date(year, 5, day): "劳动节" for day in range(1, may + 1)}
    if year >= 2008:
        found |= {moving.qingming: "清明节", moving.dragon_boat: "端午节", moving.mid_autumn: "中秋节"}
    found |= {date(year, 10, day): "国庆节" for day in (1, 2, 3)}
    return dict(sorted(found.items()))


def days_in_lieu(year: int) -> dict[date, str]:
    """The working days to be expected free because a statutory holiday of ``year`` falls on a Saturday or Sunday, with the festival.

    By the regulation it must be given back on a working day (补假); which one, only the year's notice says. The first ones after the
    festival are what is to be expected, and to keep them free is the safe side.
    """
    statutory = statutory_days(year)
    found: dict[date, str] = {}
    for day, festival in statutory.items():
        if day.isoweekday() > 5:
            lieu = day
            while lieu.isoweekday() > 5 or lieu in statutory or lieu in found:
                lieu += timedelta(days=1)
            found[lieu] = festival
    return found


def regulation(year: int) -> str:
    """The text in force in ``year``, as it is cited."""
    decree = _IN_FORCE_FROM[max(first for first in _IN_FORCE_FROM if first <= year)]
    return f"《全国年节及纪念日放假办法》（国务院令{decree}）"
