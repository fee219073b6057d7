"""When the holidays are that people name, and that every name of the tables of words is known."""

from __future__ import annotations

from datetime import date

import pytest

from mianyue.understanding.reply.holidays import holiday, holiday_in
from mianyue.understanding.wordlists import sections

LANGUAGES = ("zh", "en", "ja", "ko", "de", "fr", "es", "pt")


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("new_year", (2027, 1, 1), (2027, 1, 3)),
        ("laba", (2028, 1, 4), (2028, 1, 4)),
        ("spring_festival", (2027, 2, 6), (2027, 2, 12)),
        ("qingming", (2027, 4, 5), (2027, 4, 5)),
        ("good_friday", (2027, 3, 26), (2027, 3, 26)),
        ("easter", (2027, 3, 28), (2027, 3, 29)),
        ("easter_monday", (2027, 3, 29), (2027, 3, 29)),
        ("mothers_day", (2027, 5, 9), (2027, 5, 9)),
        ("ascension", (2027, 5, 6), (2027, 5, 6)),
        ("whit_monday", (2027, 5, 17), (2027, 5, 17)),
        ("fathers_day", (2027, 6, 20), (2027, 6, 20)),
        ("national", (2027, 10, 1), (2027, 10, 7)),
        ("thanksgiving", (2027, 11, 25), (2027, 11, 25)),
        ("black_friday", (2027, 11, 26), (2027, 11, 26)),
    ],
)
def test_a_holiday_has_its_days(name: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    assert holiday_in(name, 2027) == (date(*first), date(*last))


def test_the_next_one_is_the_one_that_is_not_over() -> None:
    assert holiday("new_year", date(2027, 1, 2))[0] == date(2027, 1, 1)
    assert holiday("new_year", date(2027, 1, 4))[0] == date(2028, 1, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_holiday_of_a_table_is_known(language: str) -> None:
    kinds = [
        line.partition(": ")[0] for part in ("words", "patterns") for line in sections(f"reply/languages/{language}.txt")[part]
    ]
    named = {kind.removeprefix("holiday ") for kind in kinds if kind.startswith("holiday ")}
    assert named
    assert all(holiday(name, date(2027, 1, 1)) for name in named)
