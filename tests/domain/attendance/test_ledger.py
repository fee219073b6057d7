"""Leave as an account: the balance is the sum of its entries, whatever happened in whatever order, and a quota is never overdrawn."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.db.models import QuerySet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mianyue.base.errors import NotFound
from mianyue.domain.attendance.actions import ledger
from mianyue.domain.attendance.actions.ledger import Overdrawn
from mianyue.domain.attendance.models import LeaveAccount, LeaveType, LedgerEntry
from mianyue.domain.attendance.queries.leave import balances
from mianyue.domain.organization.models import Employee, Site

NOW = datetime(2026, 12, 1, tzinfo=UTC)
SHOWN = {"formula": "5 days"}


@pytest.fixture
def annual(db) -> LeaveType:
    return LeaveType.objects.create(name="年假", code="annual", has_quota=True)


@pytest.fixture
def sick(db) -> LeaveType:
    return LeaveType.objects.create(name="病假", code="sick")


@pytest.fixture
def employee(db) -> UUID:
    site = Site.objects.create(code="S1", name="Shanghai", time_zone="Asia/Shanghai", holiday_country="CN")
    return Employee.objects.create(code="E1", name="E", site=site, time_zone="Asia/Shanghai").pk


def movements(employee: UUID, kind: LeaveType) -> QuerySet[LedgerEntry]:
    return LedgerEntry.objects.filter(account__employee_id=employee, account__leave_type=kind)


def left(employee: UUID, kind: LeaveType) -> int:
    return balances([employee]).get((employee, kind.pk), 0)


def test_what_is_pending_is_taken_off_already(employee, annual):
    ledger.grant(employee, annual, 960, "2026", SHOWN, NOW)
    ledger.reserve(employee, annual, 600, uuid4(), NOW)
    with pytest.raises(Overdrawn) as refused:
        ledger.reserve(employee, annual, 361, uuid4(), NOW)
    assert (refused.value.left, refused.value.wanted) == (360, 361)
    ledger.reserve(employee, annual, 360, uuid4(), NOW)
    assert left(employee, annual) == 0


def test_each_movement_is_made_once_however_often_it_is_said(employee, annual):
    request = uuid4()
    for _ in range(3):
        ledger.grant(employee, annual, 480, "2026", SHOWN, NOW)
        ledger.reserve(employee, annual, 120, request, NOW)
    assert left(employee, annual) == 360
    for _ in range(3):
        ledger.give_back(request, NOW)
    assert left(employee, annual) == 480
    assert [entry.kind for entry in movements(employee, annual)] == ["grant", "take", "reverse"]


def test_a_reversing_entry_names_what_it_reverses_and_the_database_takes_no_second_one(employee, annual):
    granted = ledger.grant(employee, annual, 480, "2026", SHOWN, NOW)
    back = ledger.reverse("2026", NOW)
    assert (back.reverses, back.minutes, back.kind) == (granted, -480, "reverse")
    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerEntry.objects.create(account=back.account, kind="reverse", minutes=-480, key="again", reverses=granted, at=NOW)
    with pytest.raises(NotFound):
        ledger.reverse("2025", NOW)
    assert ledger.give_back(uuid4(), NOW) is None


def test_nothing_written_is_rewritten(employee, annual):
    entry = ledger.grant(employee, annual, 480, "2026", SHOWN, NOW)
    for change in (lambda: LedgerEntry.objects.filter(pk=entry.pk).update(minutes=1), lambda: entry.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_grant_that_was_used_is_not_taken_back_behind_its_users_back(employee, annual):
    ledger.grant(employee, annual, 480, "2026", SHOWN, NOW)
    ledger.reserve(employee, annual, 60, uuid4(), NOW)
    for act in (
        lambda: ledger.reverse("2026", NOW),
        lambda: ledger.grant(employee, annual, -480, "back", SHOWN, NOW),
        lambda: ledger.adjust(employee, annual, -421, "hr", SHOWN, NOW),
    ):
        with pytest.raises(Overdrawn):
            act()
    ledger.adjust(employee, annual, -420, "hr", SHOWN, NOW)
    assert left(employee, annual) == 0


def test_of_a_kind_without_quota_stands_what_was_taken(employee, sick):
    ledger.reserve(employee, sick, 480, uuid4(), NOW)
    assert balances([employee]) == {(employee, sick.pk): -480}


def test_balances_of_many_are_one_query(employee, annual, sick, django_assert_num_queries):
    ledger.grant(employee, annual, 480, "2026", SHOWN, NOW)
    other = Employee.objects.create(code="E2", name="E", site=Site.objects.get(), time_zone="Asia/Shanghai").pk
    ledger.grant(other, annual, 240, "2026 E2", SHOWN, NOW)
    ledger.reserve(other, sick, 30, uuid4(), NOW)
    LeaveAccount.objects.create(employee_id=employee, leave_type=sick)
    with django_assert_num_queries(1):
        found = balances([employee, other])
    assert found == {(employee, annual.pk): 480, (other, annual.pk): 240, (other, sick.pk): -30}


@pytest.mark.parametrize(
    ("taken", "given_back", "expired"), [(0, 0, 600), (200, 0, 400), (200, 200, 600), (600, 0, 0), (1000, 0, 0), (1000, 500, 100)]
)
def test_what_was_not_used_in_time_expires_and_what_was_taken_came_out_of_it_first(employee, annual, taken, given_back, expired):
    ledger.grant(employee, annual, 600, "2026", {"expires_on": "2027-03-31"}, NOW)
    ledger.grant(employee, annual, 700, "2027", {"expires_on": "2028-03-31"}, NOW)
    requests = [(uuid4(), part) for part in (taken - given_back, given_back) if part]
    for request, minutes in requests:
        ledger.reserve(employee, annual, minutes, request, NOW)
    account = LeaveAccount.objects.get()
    assert ledger.expire(account, date(2027, 3, 31), NOW) is None
    if given_back:
        ledger.give_back(requests[-1][0], NOW)
    ledger.expire(account, date(2027, 4, 1), NOW)
    ledger.expire(account, date(2027, 4, 2), NOW)
    assert left(employee, annual) == 1300 - (taken - given_back) - expired


def test_what_is_given_back_too_late_expires_too(employee, annual):
    ledger.grant(employee, annual, 600, "2026", {"expires_on": "2027-03-31"}, NOW)
    request = uuid4()
    ledger.reserve(employee, annual, 100, request, NOW)
    account = LeaveAccount.objects.get()
    ledger.expire(account, date(2027, 4, 1), NOW)
    assert left(employee, annual) == 0
    ledger.give_back(request, NOW)
    ledger.expire(account, date(2027, 4, 2), NOW)
    assert [entry.minutes for entry in movements(employee, annual).filter(kind="expire").order_by("-minutes")] == [-100, -500]
    assert left(employee, annual) == 0


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("grant"), st.integers(1, 600)),
        st.tuples(st.just("ask"), st.integers(1, 600)),
        st.tuples(st.just("give_back"), st.integers(0, 8)),
        st.tuples(st.just("ask again"), st.integers(0, 8)),
        st.tuples(st.just("adjust"), st.integers(-300, 300).filter(bool)),
        st.tuples(st.just("take a grant back"), st.integers(0, 8)),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_order_of_movements_comes_to_what_a_plain_sum_says_and_never_below_nothing(employee, annual, steps):
    """Against a model that is a list of numbers: what may be taken is taken, what may not is refused, what is undone is undone once."""
    granted: list[list] = []
    asked: list[list] = []
    adjusted = 0

    def expected() -> int:
        return sum(m for _, m, live in granted if live) - sum(m for _, m, live in asked if live) + adjusted

    def attempt(change: int, act, *said) -> bool:
        possible = change >= 0 or expected() + change >= 0
        try:
            with transaction.atomic():
                act(*said, NOW)
        except Overdrawn:
            assert not possible
            return False
        assert possible
        return True

    with transaction.atomic():
        for number, (what, value) in enumerate(steps):
            if what == "grant":
                granted.append([f"{number}", value, True])
                ledger.grant(employee, annual, value, f"{number}", SHOWN, NOW)
            elif what == "ask":
                request = uuid4()
                if attempt(-value, ledger.reserve, employee, annual, value, request):
                    asked.append([request, value, True])
            elif what == "adjust":
                adjusted += value if attempt(value, ledger.adjust, employee, annual, value, f"a{number}", SHOWN) else 0
            elif what == "give_back" and value < len(asked):
                ledger.give_back(asked[value][0], NOW)
                asked[value][2] = False
            elif what == "ask again" and value < len(asked):
                ledger.reserve(employee, annual, 999, asked[value][0], NOW)
            elif what == "take a grant back" and value < len(granted) and granted[value][2]:
                key, minutes, _ = granted[value]
                granted[value][2] = not attempt(-minutes, ledger.reverse, key)
            entries = sum(movements(employee, annual).values_list("minutes", flat=True))
            assert left(employee, annual) == entries == expected() >= 0
        for request, _, _ in asked:
            ledger.give_back(request, NOW)
            ledger.give_back(request, NOW)
        assert left(employee, annual) == sum(m for _, m, live in granted if live) + adjusted
        transaction.set_rollback(True)


def test_forty_requests_at_once_never_overdraw(transactional_db, employee, annual):
    with transaction.atomic():
        ledger.grant(employee, annual, 1000, "2026", SHOWN, NOW)
    gate = Barrier(40)

    def ask(number: int) -> str:
        try:
            connection.ensure_connection()
            gate.wait(30)
            with transaction.atomic():
                ledger.reserve(employee, annual, 90, uuid4(), NOW + timedelta(seconds=number))
            return "taken"
        except Overdrawn:
            return "refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(40) as pool:
        became = list(pool.map(ask, range(40)))
    assert (became.count("taken"), became.count("refused")) == (11, 29)
    assert left(employee, annual) == 10


def test_the_same_movement_by_many_at_once_is_made_once(transactional_db, employee, annual):
    gate, request = Barrier(10), uuid4()

    def act(number: int) -> UUID:
        try:
            connection.ensure_connection()
            gate.wait(30)
            with transaction.atomic():
                ledger.grant(employee, annual, 480, "2026", SHOWN, NOW)
                ledger.reserve(employee, annual, 60, request, NOW)
                return ledger.reverse(ledger.taken_by(request), NOW).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        assert len(set(pool.map(act, range(10)))) == 1
    assert left(employee, annual) == 480
