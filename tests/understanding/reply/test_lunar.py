"""The lunar calendar against days that every printed calendar has."""

from __future__ import annotations

from datetime import date

import pytest

from mianyue.understanding.reply.holidays import holiday
from mianyue.understanding.reply.lunar import lunar_date, term


@pytest.mark.parametrize(
    "day",
    [
        date(2020, 1, 25), date(2021, 2, 12), date(2022, 2, 1), date(2023, 1, 22), date(2024, 2, 10), date(2025, 1, 29),
        date(2026, 2, 17), date(2027, 2, 6), date(2028, 1, 26), date(2029, 2, 13), date(2030, 2, 3), date(2034, 2, 19),
    ],
)  # fmt: skip
def test_new_year(day: date) -> None:
    assert lunar_date(day.year, 1, 1) == day


def test_the_months_after_a_leap_month_keep_their_numbers() -> None:
    assert lunar_date(2025, 8, 15) == date(2025, 10, 6)  # 2025 has a leap month 6
    assert lunar_date(2033, 12, 1) == date(2034, 1, 20)  # 2033 has a leap month 11


def test_clear_and_bright_is_a_day_of_the_sun() -> None:
    assert [term(year, 15).day for year in (2024, 2025, 2026, 2027)] == [4, 4, 5, 5]


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("mid_autumn", date(2026, 9, 25), date(2026, 9, 25)),
        ("national", date(2026, 10, 1), date(2026, 10, 7)),
        ("dragon_boat", date(2026, 6, 19), date(2026, 6, 19)),
        ("new_year_eve", date(2026, 2, 16), date(2026, 2, 16)),
        ("little_new_year", date(2026, 2, 10), date(2026, 2, 10)),
        ("easter", date(2026, 4, 5), date(2026, 4, 6)),
        ("thanksgiving", date(2026, 11, 26), date(2026, 11, 26)),
    ],
)
def test_the_next_holiday_of_a_name(name: str, first: date, last: date) -> None:
    assert holiday(name, date(2026, 1, 20)) == (first, last)


def test_a_day_that_no_month_has_is_refused() -> None:
    with pytest.raises(ValueError, match="lunar"):
        lunar_date(2026, 13, 1)
