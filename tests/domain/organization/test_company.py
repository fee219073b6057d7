"""One installation serves one company, and an employee is employed once."""

from datetime import date

import pytest
from django.db import IntegrityError

from mianyue.domain.organization.actions import employ
from mianyue.domain.organization.models import Company, Employee, Site
from mianyue.domain.organization.queries import NothingImported, company

pytestmark = pytest.mark.django_db


def test_before_an_import_there_is_no_company_and_a_next_step():
    with pytest.raises(NothingImported) as refused:
        company()
    assert refused.value.hint == "Run: mianyue import FOLDER"


def test_a_second_company_is_refused_by_the_database():
    Company.objects.create(name="青禾")
    assert company().name == "青禾"
    with pytest.raises(IntegrityError, match="company_is_one"):
        Company.objects.create(id=2, name="Another")


def test_employing_again_gives_the_same_person():
    site = Site.objects.create(code="VIE", name="Vienna", time_zone="Europe/Vienna", holiday_country="AT")
    given = {
        "code": "N-A1",
        "email": None,
        "mobile": None,
        "department": "d",
        "title": "t",
        "site": site,
        "language": "en",
        "hire_date": date(2026, 12, 7),
    }
    hired = employ(name="Anna", **given)
    assert employ(name="Berta", **given) == hired
    again = Employee.objects.get()
    assert (again.name, again.time_zone, again.hire_date) == ("Anna", "Europe/Vienna", date(2026, 12, 7))
