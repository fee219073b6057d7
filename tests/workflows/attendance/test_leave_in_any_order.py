"""Requests, decisions, second thoughts and grants in any order: the balance is the sum of its entries, and a plain model's too."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mianyue.base.errors import Refused
from mianyue.base.interval import Interval
from mianyue.domain.approvals.models import Approval
from mianyue.domain.attendance.actions import ledger
from mianyue.domain.attendance.actions.ledger import Overdrawn
from mianyue.domain.attendance.models import Leave, LeaveType, LedgerEntry
from mianyue.domain.attendance.queries.leave import balances
from mianyue.workflows.requests import ask
from mianyue.workflows.requests.approve import decide

MONDAY = datetime.fromisoformat("2026-12-07T09:00:00+08:00")
DAYS = range(5)

ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("grant"), st.integers(1, 20), st.just(0)),
        st.tuples(st.just("ask"), st.sampled_from(DAYS), st.sampled_from([1, 3, 6, 9])),
        st.tuples(st.just("approve"), st.sampled_from(DAYS), st.sampled_from(["manager", "hr"])),
        st.tuples(st.just("reject"), st.sampled_from(DAYS), st.sampled_from(["manager", "hr"])),
        st.tuples(st.just("take back"), st.sampled_from(DAYS), st.just(0)),
    ),
    max_size=14,
)
WORKED = {1: 60, 3: 180, 6: 300, 9: 480}
"""Minutes of working time in so many hours from nine o'clock, with the break from twelve to one."""


class Model:
    """Leave as somebody keeps it on paper: what was granted, and for each day what is reserved and how far the chain is."""

    def __init__(self) -> None:
        self.granted = 0
        self.asked: dict[int, tuple[int, str]] = {}

    @property
    def left(self) -> int:
        return self.granted - sum(minutes for minutes, _ in self.asked.values())

    def act(self, what: str, on: int, more: int | str) -> bool:
        """Whether it is possible; if it is, it is done."""
        minutes, at = self.asked.get(on, (0, ""))
        if what == "grant":
            self.granted += on * 60
        elif what == "ask":
            if at or WORKED[more] > self.left:
                return False
            self.asked[on] = (WORKED[more], "manager")
        elif what == "approve" and at == more:
            self.asked[on] = (minutes, {"manager": "hr", "hr": "approved"}[at])
        elif (what == "reject" and at == more) or (what == "take back" and at):
            del self.asked[on]
        else:
            return False
        return True


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_any_order_comes_to_the_same_and_cancelling_everything_to_what_was_granted(office, by, now, acts):
    with transaction.atomic():
        kind = LeaveType.objects.create(name="带薪年假", code="annual", has_quota=True)
        latest: dict[int, Approval] = {}
        model = Model()

        def left() -> int:
            return balances([office.asker.pk]).get((office.asker.pk, kind.pk), 0)

        def do(number: int, what: str, on: int, more: int | str) -> None:
            start = MONDAY + timedelta(days=on)
            if what == "grant":
                ledger.grant(office.asker.pk, kind, on * 60, f"{number}", {}, now)
            elif what == "ask":
                span = Interval(start, start + timedelta(hours=more))
                leave = ask.ask_leave(office.asker, kind, span, "", by(office.asker), now)
                latest[on] = Approval.objects.get(subject_id=leave.pk)
            elif what == "take back":
                ask.take_back(latest[on], by(office.asker), now)
            else:
                decider = getattr(office, more)
                decide(latest[on].pk, what == "approve", "", decider, by(decider), now)

        for number, act in enumerate(acts):
            if act[0] not in ("grant", "ask") and act[1] not in latest:
                continue
            possible = model.act(*act)
            try:
                with transaction.atomic():
                    do(number, *act)
                assert possible, act
            except Refused:
                assert not possible, act
            assert (
                left()
                == sum(LedgerEntry.objects.filter(account__leave_type=kind).values_list("minutes", flat=True))
                == model.left
                >= 0
            )
            standing = Leave.objects.filter(employee=office.asker, status__in=["pending", "approved"])
            assert sum(standing.values_list("minutes", flat=True)) == model.granted - model.left
        for on in [*model.asked]:
            ask.take_back(latest[on], by(office.asker), now)
        assert left() == model.granted
        transaction.set_rollback(True)


def test_the_model_is_not_too_kind(office, by, now):
    """What the property rests on: without a grant nothing can be taken, and a day is asked for once."""
    model = Model()
    assert not model.act("ask", 0, 9)
    model.act("grant", 8, 0)
    assert model.act("ask", 0, 9)
    assert not model.act("ask", 0, 1)
    kind = LeaveType.objects.create(name="带薪年假", code="annual", has_quota=True)
    with pytest.raises(Overdrawn):
        ask.ask_leave(office.asker, kind, Interval(MONDAY, MONDAY + timedelta(hours=9)), "", by(office.asker), now)
