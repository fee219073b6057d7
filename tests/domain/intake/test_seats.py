from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianyue.domain.intake import seats
from mianyue.domain.intake.cells import BadCell


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("E001", (("E001",),)),
        ("E001+E002", (("E001",), ("E002",))),
        ("E003|E004|E005", (("E003", "E004", "E005"),)),
        ("E001 + E003 | E004", (("E001",), ("E003", "E004"))),
        ("E001|E002+E002|E003", (("E001", "E002"), ("E002", "E003"))),
        ("Ｅ００１＋E002｜E002", (("E001",), ("E002",))),
    ],
)
def test_parse(raw, expected):
    assert seats.parse(raw) == expected


@pytest.mark.parametrize("raw", ["", "E001+", "|E001", "E001||E002", "+", "E001++E002"])
def test_an_empty_seat(raw):
    with pytest.raises(BadCell):
        seats.parse(raw)


def test_a_choice_of_one():
    assert seats.parse_choice("E010 | E011|E010") == ("E010", "E011")
    with pytest.raises(BadCell):
        seats.parse_choice("E010+E011")


@given(st.lists(st.lists(st.sampled_from("ABCD"), max_size=3, unique=True).map(tuple), max_size=4))
def test_fillable_is_what_trying_every_choice_says(expression):
    assert seats.fillable(expression) == any(len(set(choice)) == len(choice) for choice in product(*expression))
