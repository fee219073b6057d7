"""What a run needs next and when a person is asked, from values alone."""

from datetime import date, datetime, timedelta

import pytest

from mianyue.domain.provisioning.models import Run, Step
from mianyue.domain.provisioning.policy import Standing, asks_person, is_urgent, lacking, ready
from mianyue.domain.provisioning.states import RUN, STEP

NEEDS = {"a": (), "b": ("a",), "c": ("a",), "d": ("b", "c")}


@pytest.mark.parametrize(
    ("done", "expected"), [([], ["a"]), (["a"], ["b", "c"]), (["a", "c"], ["b"]), (["a", "b", "c"], ["d"]), ([*"abcd"], [])]
)
def test_step_waits_for_what_it_needs_and_for_nothing_else(done, expected):
    assert ready(NEEDS, done) == expected


@pytest.mark.parametrize(
    ("before", "urgent"), [(timedelta(hours=24), False), (timedelta(hours=23, minutes=59), True), (timedelta(days=-3), True)]
)
def test_a_day_before_the_first_midnight_where_the_hire_works(before, urgent):
    midnight = datetime.fromisoformat("2027-01-04T00:00:00+09:00")
    assert is_urgent(date(2027, 1, 4), "Asia/Tokyo", midnight - before) is urgent


@pytest.mark.parametrize(
    ("attempts", "refused", "urgent", "asks"),
    [([7], False, False, False), ([1, 8], False, False, True), ([], True, False, True), ([], False, True, True)],
)
def test_person_is_asked(attempts, refused, urgent, asks):
    assert asks_person(attempts, refused, urgent) is asks


def test_everything_that_is_missing_is_named():
    assert lacking(Standing(True, True, True, True)) == ()
    assert lacking(Standing(False, False, False, False)) == ("not_employed", "no_account", "no_plan", "no_rule")


def test_tables_know_every_state_and_no_other():
    for table, states in ((RUN, Run.State.values), (STEP, Step.State.values)):
        assert set(table) == set(states)
        assert set().union(*table.values()) <= set(states)
