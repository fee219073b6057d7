"""How the address of somebody's own page reaches them, and that the journal knows."""

from datetime import timedelta

import pytest

from mianyue.base.errors import NotFound
from mianyue.domain.notices.models import Notice
from mianyue.domain.organization.models import Employee
from mianyue.domain.security.actor import Actor
from mianyue.domain.security.models import JournalEntry
from mianyue.workflows.staff import page as staff_page

HR = Actor("user", "1")


@pytest.fixture
def employee(company) -> Employee:
    return Employee.objects.get(code="E001")


def test_made_page_opens_for_its_person_and_is_in_the_journal_without_its_token(employee, now):
    token = staff_page.make_page("E001", HR, now).rpartition("/")[2]
    assert staff_page.enter(token, now).employee == employee
    entry = JournalEntry.objects.get(act="staff.page_made")
    assert (entry.actor_id, entry.facts) == ("1", {"employee": "E001"})


def test_page_ends_after_ninety_days(employee, now):
    token = staff_page.make_page("E001", HR, now).rpartition("/")[2]
    staff_page.enter(token, now + timedelta(days=89))
    with pytest.raises(staff_page.LinkEnded):
        staff_page.enter(token, now + timedelta(days=90))


def test_sent_page_is_a_letter(employee, now):
    assert staff_page.send_page(employee.pk, HR, now) is not None
    assert staff_page.send_page(employee.pk, HR, now) is None
    assert Notice.objects.get().purpose == "phone_page"


def test_page_cannot_be_sent_to_who_has_no_address(employee, now):
    employee.email = employee.mobile = None
    employee.save()
    with pytest.raises(staff_page.NoWay):
        staff_page.send_page(employee.pk, HR, now)


def test_who_has_left_gets_none(employee, now):
    employee.last_day = now.date() - timedelta(days=3)
    employee.save()
    with pytest.raises(NotFound):
        staff_page.make_page("E001", HR, now)
    assert staff_page.send_lost_page(staff_page._fingerprint(employee.email).hex(), now) is None
