"""Changing who works here."""

from __future__ import annotations

from datetime import date

from mianyue.domain.organization.models import Employee, Site


def employ(
    *,
    code: str,
    name: str,
    email: str | None,
    mobile: str | None,
    department: str,
    title: str,
    site: Site,
    language: str,
    hire_date: date | None,
) -> Employee:
    """A new member of the staff, living where the site is. The same code again gives the same employee."""
    found = Employee.objects.filter(code=code).first()
    return found or Employee.objects.create(
        code=code,
        name=name,
        email=email,
        mobile=mobile,
        department=department,
        title=title,
        site=site,
        time_zone=site.time_zone,
        language=language,
        hire_date=hire_date,
    )
