"""The life of an interview: every step that is possible, and that no other is."""

import pytest

from mianyue.base.errors import SomebodyWasFirst
from mianyue.domain.interviews.actions import move, open_interview
from mianyue.domain.interviews.models import Interview
from mianyue.domain.interviews.states import LIVE, TRANSITIONS, InterviewState, sources

POSSIBLE = {
    "tentative": {"offered", "released", "cancelled"},
    "offered": {"offered", "booked", "declined", "silent", "cancelled"},
    "booked": {"booked", "offered", "finished", "declined", "cancelled"},
    "finished": set(),
    "declined": set(),
    "cancelled": set(),
    "silent": set(),
    "released": set(),
}


def test_the_table_is_complete_and_as_agreed():
    assert {str(state): {str(target) for target in targets} for state, targets in TRANSITIONS.items()} == POSSIBLE
    assert set(TRANSITIONS) == set(InterviewState.values)


def test_live_states_are_those_that_something_can_follow():
    assert {str(state) for state in LIVE} == {state for state, targets in POSSIBLE.items() if targets}


def test_sources_are_the_table_read_backwards():
    assert {target: {str(s) for s in sources(target)} for target in InterviewState.values} == {
        target: {state for state, targets in POSSIBLE.items() if target in targets} for target in POSSIBLE
    }


@pytest.mark.parametrize("state", POSSIBLE)
@pytest.mark.parametrize("target", POSSIBLE)
def test_a_step_happens_exactly_where_the_table_has_it(office, now, state, target):
    interview = open_interview(office.application(), office.round, InterviewState.OFFERED, now, now)
    Interview.objects.filter(pk=interview.pk).update(state=state)
    if target in POSSIBLE[state]:
        move(interview, target, now)
        assert interview.state == target
    else:
        with pytest.raises(SomebodyWasFirst):
            move(interview, target, now)
        assert Interview.objects.get().state == state
