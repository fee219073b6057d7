"""How likely at least one of several times is accepted."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mianyue.scheduling.best.acceptance import (
    AFTERNOON,
    DEFAULT,
    EVENING,
    MILLE,
    MORNING,
    SCALE,
    Acceptance,
    Habit,
    Kind,
    certain_gain,
    percent,
    refusals,
)
from mianyue.scheduling.best.weights import (
    ACCEPT,
    DELAY_MOST,
    MISFIT_LEAST,
    MISFIT_MOST,
    ROOM_SCARCE_MOST,
    SCARCE_MOST,
    UNFAIR_MOST,
)

SAME = Acceptance(habits=(Habit(1000, (900, 900, 900)),))
TUESDAY = Kind(500, MORNING, 900)


def accepted(days: list[list[Kind]], weights: Acceptance = DEFAULT) -> Fraction:
    """P(at least one), the options by day."""
    total = Fraction(0)
    for at, habit in enumerate(weights.habits):
        refused = Fraction(1)
        for kinds in days:
            refused *= Fraction(refusals(kinds, weights)[at], SCALE ** len(kinds))
        total += Fraction(habit.share, MILLE) * (1 - refused)
    return total


def test_the_formula_by_hand() -> None:
    assert accepted([[TUESDAY]], SAME) == Fraction(1, 2) * Fraction(9, 10) * Fraction(9, 10)
    assert accepted([[TUESDAY, TUESDAY]], SAME) == Fraction(1, 2) * Fraction(9, 10) * Fraction(99, 100)
    afternoon = Kind(500, AFTERNOON, 900)
    assert accepted([[TUESDAY, afternoon]], SAME) == Fraction(1, 2) * (1 - Fraction(19, 100) ** 2)
    assert accepted([[TUESDAY], [afternoon]], SAME) == 1 - (1 - Fraction(405, 1000)) ** 2


def test_another_day_is_worth_more_than_another_half_and_that_more_than_the_same_half() -> None:
    again, half, day = [[TUESDAY, TUESDAY]], [[TUESDAY, Kind(500, AFTERNOON, 900)]], [[TUESDAY], [TUESDAY]]
    assert accepted([[TUESDAY]]) < accepted(again) < accepted(half) < accepted(day)


def test_of_several_days_one_had_better_be_an_afternoon() -> None:
    assert accepted([[TUESDAY], [TUESDAY], [TUESDAY]]) < accepted([[TUESDAY], [TUESDAY], [Kind(500, AFTERNOON, 900)]])


def test_percent_is_rounded() -> None:
    assert (percent(Kind(500, MORNING, 920), SAME), percent(Kind(500, EVENING, 820), SAME)) == (41, 37)


def test_no_cost_outweighs_a_day_of_its_own_for_up_to_three_options() -> None:
    dearest = UNFAIR_MOST + SCARCE_MOST + (MISFIT_MOST - MISFIT_LEAST) + ROOM_SCARCE_MOST + DELAY_MOST
    assert min(certain_gain(DEFAULT, options, ACCEPT) for options in (2, 3)) > dearest


weights = st.builds(
    lambda days, one, two, share, taken: Acceptance(
        days=(*days, *days[:1] * (7 - len(days))), habits=(Habit(share, one), Habit(MILLE - share, two)), suits=950, outside=taken
    ),
    st.lists(st.integers(100, 950), min_size=1, max_size=3).map(tuple),
    st.tuples(*[st.integers(50, 1000)] * 3),
    st.tuples(*[st.integers(50, 1000)] * 3),
    st.integers(0, MILLE),
    st.integers(0, 600),
)


@settings(max_examples=300, deadline=None)
@given(weights, st.data())
def test_an_option_on_a_free_day_gains_at_least_what_is_certain(given_: Acceptance, data: st.DataObject) -> None:
    """Whatever options share a day, and whatever is offered beside them."""
    kind = st.builds(
        lambda day, half, suits: Kind(day, half, suits),
        st.sampled_from(given_.days),
        st.integers(0, 2),
        st.integers(given_.worst, given_.suits),
    )
    shared = data.draw(st.lists(kind, min_size=2, max_size=3))
    shared = [one._replace(day=shared[0].day) for one in shared]
    others = data.draw(st.lists(kind, max_size=2))
    new = data.draw(kind)
    rest = [[one] for one in others]
    gain = accepted([shared[:-1], *rest, [new]], given_) - accepted([shared, *rest], given_)
    assert gain * ACCEPT >= certain_gain(given_, len(shared) + len(others), ACCEPT)


def test_weights_come_as_plain_values() -> None:
    assert Acceptance.of({}) == DEFAULT
    plain = {"days": [400] * 7, "habits": [{"share": 1000, "halves": [1, 2, 3]}], "suits": 900, "far": 0}
    assert Acceptance.of(plain) == Acceptance(days=(400,) * 7, habits=(Habit(1000, (1, 2, 3)),), suits=900, far=0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"colour": 3},
        {"days": [500] * 6},
        {"days": 500},
        {"suits": 1001},
        {"suits": 0.9},
        {"lunch": -1},
        {"outside": 900, "rushed": 100},
        {"habits": [{"share": 900, "halves": [900, 900, 900]}]},
        {"habits": [{"share": 1000, "halves": [900, 900]}]},
        {"habits": [{"share": 1000}]},
        {"habits": []},
    ],
)
def test_weights_that_are_no_probabilities_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        Acceptance.of(wrong)
