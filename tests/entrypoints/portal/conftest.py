"""People with a link in their letter, as the letter gave it to them."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.apps import apps

from mianyue.domain.interviews.models import Interview
from mianyue.domain.notices.models import Notice
from mianyue.domain.organization.models import Department, Employee
from mianyue.domain.recruiting.models import Application
from mianyue.domain.security.actor import SYSTEM
from mianyue.workflows.invite import Wish, invite
from mianyue.workflows.staff import tell as tell_staff


@dataclass
class Person:
    """Somebody with a letter; the address is that of the newest one."""

    person: object

    @property
    def address(self) -> str:
        return "/" + re.search(r"https?://[^/]+/([ip]/[\w-]+)", self.letter.text)[1]

    @property
    def token(self) -> str:
        return self.address.split("/")[2]

    @property
    def letter(self) -> Notice:
        return Notice.objects.filter(recipient_id=self.person.pk).order_by("-id").first()


@pytest.fixture
def invited(company, now) -> Callable[[str], Person]:
    """Invites the candidate of an application."""

    def one(code: str) -> Person:
        invite(Wish(applications=[code]), SYSTEM, now)
        return Person(Application.objects.get(code=code).candidate)

    return one


@pytest.fixture
def candidate(invited) -> Person:
    """Invited on site, in Chinese: 2 December 14:00 and two others (the example of the requirements)."""
    return invited("A039")


@pytest.fixture
def interview(candidate) -> Interview:
    return Interview.objects.get(application__code="A039")


@pytest.fixture
def booked(candidate, client) -> Person:
    """The same candidate, who has picked the second time."""
    assert client.post(f"{candidate.address}/pick", {"number": 2, "proposal": 1}).status_code == 303
    return candidate


@pytest.fixture
def interviewer_of() -> Callable[[str], Person]:
    """Who sits in the booked interview of an application."""
    return lambda code: Person(Interview.objects.get(application__code=code).booked.seats.get(number=0).employee)


@pytest.fixture
def interviewer(booked, interview, interviewer_of) -> Person:
    """Who sits in the booked interview."""
    interview.refresh_from_db()
    return interviewer_of("A039")


@pytest.fixture
def colleague(interviewer) -> Person:
    """Somebody who doesn't."""
    return Person(Employee.objects.exclude(pk=interviewer.person.pk).first())


@dataclass
class Member:
    """One of the staff with a link to their own page."""

    row: Employee
    address: str


@pytest.fixture
def staff(company, now) -> Callable[[str], Member]:
    """One of the staff, by their employee_id."""

    def one(code: str) -> Member:
        row = Employee.objects.get(code=code)
        return Member(row, "/m/" + tell_staff.own_page(row.pk, now).rpartition("/")[2])

    return one


@pytest.fixture
def asker(staff) -> Member:
    """Somebody with an ordinary shift, whose department ``manager`` leads."""
    return staff("E002")


@pytest.fixture
def manager(staff, asker) -> Member:
    """Decides first about what ``asker`` asks for; then HR does, at the console."""
    leads = staff("E003")
    Department.objects.update_or_create(name=asker.row.department, defaults={"manager": leads.row, "hr": None})
    return leads


@pytest.fixture
def everything(db) -> Callable[[], dict[str, int]]:
    """How many rows each table of ours has, and the newest of the journal."""

    def count() -> dict[str, int]:
        models = [model for model in apps.get_models() if model.__module__.startswith("mianyue.")]
        return {model._meta.label: model._base_manager.count() for model in models}

    return count
