"""Somebody decides in another's place for some dates: they see it, they decide, the journal says for whom, and it goes no farther."""

from datetime import date, datetime, timedelta

import pytest

from mianyue.base.errors import NotFound, SomebodyWasFirst
from mianyue.base.interval import Interval
from mianyue.domain.approvals.models import Approval, Delegation
from mianyue.domain.approvals.queries import delegations_of, waiting_for
from mianyue.domain.organization.models import Employee
from mianyue.domain.security.models import JournalEntry
from mianyue.workflows.requests import ask
from mianyue.workflows.requests.approve import NotYours, decide
from mianyue.workflows.requests.delegate import DelegationRefused, delegate, end_delegation

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 4)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


@pytest.fixture
def asked(office, by, now) -> Approval:
    """A trip of a few hours: the manager decides alone."""
    during = Interval(at("2026-12-08T09:00"), at("2026-12-08T18:00"))
    trip = ask.ask_trip(office.asker, during, "苏州", "", by(office.asker), now)
    return Approval.objects.get(subject_id=trip.pk)


@pytest.fixture
def trusts(by, now):
    def name(approver: Employee, deputy: Employee, first: date = FIRST, last: date = LAST) -> Delegation:
        return delegate(approver, deputy, first, last, by(approver), now)

    return name


def test_a_deputy_sees_and_decides_on_these_dates_and_the_journal_says_for_whom(asked, office, trusts, by):
    trusts(office.manager, office.colleague)
    for day in (date(2026, 11, 30), date(2026, 12, 5)):
        assert waiting_for(office.colleague.pk, day) == []
        with pytest.raises(NotYours):
            decide(asked.pk, True, "", office.colleague, by(office.colleague), at(f"{day}T09:00"))
    for day in (FIRST, LAST):
        assert waiting_for(office.colleague.pk, day) == waiting_for(office.manager.pk, day) == [asked]
    assert decide(asked.pk, True, "", office.colleague, by(office.colleague), at("2026-12-04T23:59")).state == "approved"
    entry = JournalEntry.objects.get(act="approval.decided")
    assert entry.facts["by"] == "X-colleague"
    assert entry.facts["in_place_of"] == "X-manager"


def test_the_approver_may_still_decide(asked, office, trusts, by):
    trusts(office.manager, office.colleague)
    assert decide(asked.pk, True, "", office.manager, by(office.manager), at("2026-12-02T09:00")).state == "approved"
    assert JournalEntry.objects.get(act="approval.decided").facts["in_place_of"] is None


def test_what_was_entrusted_is_not_passed_on(asked, office, trusts, by):
    trusts(office.manager, office.colleague)
    trusts(office.colleague, office.director)
    assert waiting_for(office.director.pk, FIRST) == []
    with pytest.raises(NotYours):
        decide(asked.pk, True, "", office.director, by(office.director), at("2026-12-02T09:00"))


def test_a_deputy_who_is_the_asker_neither_sees_nor_decides(asked, office, trusts, by):
    trusts(office.manager, office.asker)
    assert waiting_for(office.asker.pk, FIRST) == []
    with pytest.raises(NotYours):
        decide(asked.pk, True, "", office.asker, by(office.asker), at("2026-12-02T09:00"))


def test_a_deputy_who_has_left_decides_nothing(asked, office, trusts, by):
    trusts(office.manager, office.colleague)
    office.colleague.last_day = FIRST
    office.colleague.save()
    with pytest.raises(NotYours):
        decide(asked.pk, True, "", office.colleague, by(office.colleague), at("2026-12-02T09:00"))


def test_a_deputy_who_has_decided_is_not_asked_again_as_hr(office, trusts, by, now):
    during = Interval(at("2026-12-08T09:00"), at("2026-12-10T18:00"))
    trip = ask.ask_trip(office.asker, during, "苏州", "", by(office.asker), now)
    approval = Approval.objects.get(subject_id=trip.pk)
    trusts(office.manager, office.hr)
    assert decide(approval.pk, True, "", office.hr, by(office.hr), at("2026-12-02T09:00")).state == "approved"
    assert list(approval.steps.values_list("state", flat=True)) == ["approved", "skipped"]


@pytest.mark.parametrize(
    ("deputy", "first", "last"),
    [
        ("manager", FIRST, LAST),
        ("colleague", LAST, FIRST),
        ("colleague", date(2026, 11, 1), date(2026, 11, 29)),
        ("leaver", FIRST, LAST),
        ("stranger", FIRST, LAST),
    ],
)
def test_who_and_when_can_not_be(office, trusts, deputy, first, last):
    people = {name: getattr(office, name) for name in ("manager", "colleague")}
    base = {"site": office.asker.site, "time_zone": "Asia/Shanghai"}
    people["leaver"] = Employee.objects.create(code="X-leaver", name="L", email="l@office.example", last_day=FIRST, **base)
    people["stranger"] = Employee.objects.create(code="X-stranger", name="S", **base)
    with pytest.raises(DelegationRefused):
        trusts(office.manager, people[deputy], first, last)
    assert not Delegation.objects.exists()


def test_one_deputy_at_a_time(office, trusts):
    trusts(office.manager, office.colleague)
    with pytest.raises(DelegationRefused):
        trusts(office.manager, office.hr, LAST, LAST + timedelta(days=3))
    later = trusts(office.manager, office.hr, LAST + timedelta(days=1), LAST + timedelta(days=3))
    assert [one.deputy for one in delegations_of(office.manager.pk, FIRST)] == [office.colleague, office.hr]
    assert delegations_of(office.manager.pk, LAST + timedelta(days=1)) == [later]


def test_two_at_once_name_one_deputy(transactional_db, office, trusts, at_once):
    at_once(lambda n: trusts(office.manager, [office.colleague, office.hr][n % 2]), 8)
    assert Delegation.objects.count() == 1


def test_a_delegation_that_was_ended_holds_no_more_and_only_its_approver_ends_it(asked, office, trusts, by, now):
    delegation = trusts(office.manager, office.colleague)
    with pytest.raises(NotFound):
        end_delegation(delegation.pk, by(office.colleague), now)
    end_delegation(delegation.pk, by(office.manager), now)
    assert waiting_for(office.colleague.pk, FIRST) == []
    with pytest.raises(SomebodyWasFirst):
        end_delegation(delegation.pk, by(office.manager), now)
    trusts(office.manager, office.hr)
