"""A recruiter at the console."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User


@pytest.fixture
def recruiter(company) -> User:
    """A member of staff without any of Django's own permissions."""
    return User.objects.create_user("recruiter", password="a-long-password", is_staff=True)


@pytest.fixture
def console(client, recruiter):
    """The recruiter's browser, in English."""
    client.force_login(recruiter)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client
