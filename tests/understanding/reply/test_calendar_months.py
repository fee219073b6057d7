"""How months are counted."""

from __future__ import annotations

from datetime import date

import pytest

from mianyue.understanding.reply.calendar_months import NoSuchDay, day_in, further, last_day_of, month_ahead


def test_the_same_day_so_many_months_on_is_at_most_the_months_last() -> None:
    assert further(date(2026, 12, 31), 2) == date(2027, 2, 28)
    assert further(date(2027, 3, 15), -3) == date(2026, 12, 15)


def test_february_is_longer_in_leap_years() -> None:
    assert [last_day_of(year, 2) for year in (2026, 2028, 2100)] == [28, 29, 28]
    assert month_ahead(date(2026, 11, 25), 14) == (2028, 1)


@pytest.mark.parametrize(("month", "day"), [(2, 30), (4, 31), (11, 31)])
def test_a_day_beyond_its_month_is_none(month: int, day: int) -> None:
    with pytest.raises(NoSuchDay):
        day_in(2027, month, day)
