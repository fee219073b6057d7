"""Who has to decide: the chain as a table, and what no chain may ever be."""

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianyue.domain.approvals.models import Approval, ApprovalStep
from mianyue.domain.approvals.policy import POLICY, Line, chain, roles_of
from mianyue.domain.approvals.states import STEPS, TRANSITIONS, sources

MANAGER, HR = ApprovalStep.Role.MANAGER, ApprovalStep.Role.HR
ASKER, LEAD, DIRECTOR, PERSONNEL = (UUID(int=number) for number in range(4))
BOTH = (MANAGER, HR)


def test_every_kind_has_its_roles():
    assert {*POLICY} == {*Approval.Kind.values}
    assert all(POLICY.values())


@pytest.mark.parametrize(
    ("kind", "hours", "roles"),
    [
        ("leave", 1, BOTH),
        ("overtime", 1, BOTH),
        ("trip", 24, (MANAGER,)),
        ("trip", 24.1, BOTH),
        ("trip", None, BOTH),
        ("correction", None, (MANAGER,)),
        ("room", 1, (MANAGER,)),
        ("interview", 1, (HR,)),
    ],
)
def test_whose_decision_each_kind_needs(kind, hours, roles):
    assert roles_of(kind, None if hours is None else timedelta(hours=hours)) == roles


@pytest.mark.parametrize(
    ("managers", "hr", "unable", "steps"),
    [
        ([LEAD, DIRECTOR], PERSONNEL, [], [(MANAGER, LEAD), (HR, PERSONNEL)]),
        ([LEAD, DIRECTOR], None, [], [(MANAGER, LEAD), (HR, None)]),
        ([LEAD, DIRECTOR], PERSONNEL, [LEAD], [(MANAGER, DIRECTOR), (HR, PERSONNEL)]),
        ([LEAD, DIRECTOR], PERSONNEL, [LEAD, DIRECTOR], [(HR, PERSONNEL)]),
        ([LEAD, DIRECTOR], PERSONNEL, [PERSONNEL], [(MANAGER, LEAD), (HR, None)]),
        ([ASKER, DIRECTOR], ASKER, [], [(MANAGER, DIRECTOR), (HR, None)]),
        ([ASKER], None, [], [(HR, None)]),
        ([LEAD], LEAD, [], [(MANAGER, LEAD)]),
        ([], None, [], [(HR, None)]),
    ],
)
def test_the_chain(managers, hr, unable, steps):
    assert chain(BOTH, ASKER, Line(tuple(managers), hr), lambda person: person not in unable) == steps


people = st.sampled_from([ASKER, LEAD, DIRECTOR, PERSONNEL])


@given(
    managers=st.lists(people, max_size=4), hr=st.none() | people, able=st.sets(people), kind=st.sampled_from(Approval.Kind.values)
)
def test_no_chain_is_empty_asks_the_asker_or_anybody_twice_or_somebody_who_can_not(managers, hr, able, kind):
    approvers = [approver for _, approver in chain(roles_of(kind), ASKER, Line(tuple(managers), hr), able.__contains__)]
    assert approvers
    assert ASKER not in approvers
    assert len(approvers) == len({*approvers})
    assert {*approvers} - {None} <= able


def test_every_state_stands_in_its_table_and_a_decision_never_becomes_the_other():
    assert {*TRANSITIONS} == {*Approval.State.values}
    assert {*STEPS} == {*ApprovalStep.State.values}
    assert sources("approved") == sources("rejected") == ["pending"]
    assert sources("cancelled") == ["pending", "approved"]
    assert sources("approved", STEPS) == sources("rejected", STEPS) == ["open"]
