"""HR sends somebody the address of their page on the phone, from the list of employees."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from mianyue.domain.notices.models import Notice
from mianyue.domain.organization.models import Employee
from mianyue.domain.security.models import JournalEntry

LIST = "admin:organization_employee_changelist"


@pytest.fixture
def employee(company) -> Employee:
    return Employee.objects.get(code="E002")


def press(console, pk: object) -> str:
    response = console.post(reverse("admin:phone_page", args=[pk]), follow=True)
    assert response.redirect_chain == [(reverse(LIST), 302)]
    return response.content.decode()


def test_the_button_sends_the_page_once(console, employee, recruiter):
    assert reverse("admin:phone_page", args=[employee.pk]) in console.get(reverse(LIST)).content.decode()
    assert "The phone page is on its way." in press(console, employee.pk)
    assert Notice.objects.get(recipient_id=employee.pk).recipient_kind == "staff"
    entry = JournalEntry.objects.get(act="staff.page_sent")
    assert (entry.actor_kind, entry.actor_id) == ("user", str(recruiter.pk))
    assert "It was sent a moment ago." in press(console, employee.pk)


def test_whoever_can_t_be_reached_is_said(console, employee):
    employee.email = employee.mobile = None
    employee.save()
    assert "No e-mail address or mobile number is known." in press(console, employee.pk)
    assert "No such person works here." in press(console, uuid4())
    assert not Notice.objects.exists()


def test_the_button_is_posted_by_the_staff_with_their_token(client, console, recruiter, employee):
    address = reverse("admin:phone_page", args=[employee.pk])
    assert console.get(address).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(recruiter)
    assert strict.post(address).status_code == 403
    client.logout()
    assert client.post(address).url.startswith(reverse("admin:login"))
    assert not Notice.objects.exists()
