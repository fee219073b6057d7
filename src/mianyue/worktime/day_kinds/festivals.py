"""On which dates the festivals of the Chinese calendar fall: a table, since months and solar terms follow the moon and the sun."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import NamedTuple

from mianyue.worktime.day_kinds.kind import Name

NAMES = {
    "元旦": Name("元旦", "New Year's Day"),
    "春节": Name("春节", "Spring Festival"),
    "清明节": Name("清明节", "Qingming Festival"),
    "劳动节": Name("劳动节", "Labour Day"),
    "端午节": Name("端午节", "Dragon Boat Festival"),
    "中秋节": Name("中秋节", "Mid-Autumn Festival"),
    "国庆节": Name("国庆节", "National Day"),
    "抗战胜利70周年纪念日": Name("抗战胜利70周年纪念日", "70th anniversary of the victory in the War of Resistance"),
}


class Festivals(NamedTuple):
    """The movable festivals of one year. ``spring`` is the first day of the first month (正月初一)."""

    spring: date
    qingming: date
    dragon_boat: date
    mid_autumn: date


def festivals(year: int) -> Festivals | None:
    """Those of ``year`` by the calendar of GB/T 33661-2017 (Beijing time); None outside the table."""
    return _table().get(year)


@cache
def _table() -> dict[int, Festivals]:
    rows = (line.split() for line in _DATES.strip().splitlines())
    return {int(year): Festivals(*(date.fromisoformat(f"{year}-{day}") for day in days)) for year, *days in rows}


# year, 正月初一, 清明, 端午, 中秋
_DATES = """
2004 01-22 04-04 06-22 09-28
2005 02-09 04-05 06-11 09-18
2006 01-29 04-05 05-31 10-06
2007 02-18 04-05 06-19 09-25
2008 02-07 04-04 06-08 09-14
2009 01-26 04-04 05-28 10-03
2010 02-14 04-05 06-16 09-22
2011 02-03 04-05 06-06 09-12
2012 01-23 04-04 06-23 09-30
2013 02-10 04-04 06-12 09-19
2014 01-31 04-05 06-02 09-08
2015 02-19 04-05 06-20 09-27
2016 02-08 04-04 06-09 09-15
2017 01-28 04-04 05-30 10-04
2018 02-16 04-05 06-18 09-24
2019 02-05 04-05 06-07 09-13
2020 01-25 04-04 06-25 10-01
2021 02-12 04-04 06-14 09-21
2022 02-01 04-05 06-03 09-10
2023 01-22 04-05 06-22 09-29
2024 02-10 04-04 06-10 09-17
2025 01-29 04-04 05-31 10-06
2026 02-17 04-05 06-19 09-25
2027 02-06 04-05 06-09 09-15
2028 01-26 04-04 05-28 10-03
2029 02-13 04-04 06-16 09-22
2030 02-03 04-05 06-05 09-12
2031 01-23 04-05 06-24 10-01
2032 02-11 04-04 06-12 09-19
2033 01-31 04-04 06-01 09-08
2034 02-19 04-05 06-20 09-27
2035 02-08 04-05 06-10 09-16
2036 01-28 04-04 05-30 10-04
2037 02-15 04-04 06-18 09-24
2038 02-04 04-05 06-07 09-13
2039 01-24 04-05 05-27 10-02
2040 02-12 04-04 06-14 09-20
"""
