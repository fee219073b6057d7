"""Programs at the door: with a key, with a session, with nothing. CSRF is checked as in production."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from mianyue.domain.security.actor import SYSTEM
from mianyue.workflows.tokens import make_token


@pytest.fixture
def key(db, now) -> str:
    return make_token("payroll", SYSTEM, now)


@pytest.fixture
def program(key) -> Client:
    return Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {key}"})


@pytest.fixture
def stranger(db, clock) -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def recruiter(db, clock) -> Client:
    """Logged in to the console; ``recruiter.csrf`` is the token a page of it would send along."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(get_user_model().objects.create_superuser("recruiter"))
    client.get("/console/login/")
    client.get("/console/")
    client.csrf = client.cookies["csrftoken"].value if "csrftoken" in client.cookies else ""
    return client
