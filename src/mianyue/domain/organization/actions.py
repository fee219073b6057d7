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
    worked_since: date | None = None,
) -> Employee:
    """A new member of the staff, living where the site is. The same code again gives the same employee."""
    told = {
        "name": name,
        "email": email,
        "mobile": mobile,
        "department": department,
        "title": title,
        "site": site,
        "time_zone": site.time_zone,
        "language": language,
        "hire_date": hire_date,
        "worked_since": worked_since,
    }
    return Employee.objects.get_or_create(code=code, defaults=told)[0]


def never_started(employee: Employee, last_day: date) -> None:
    """A hire that fell through: ``last_day``, before the day of hire, keeps them from everything that asks who works here."""
    Employee.objects.filter(pk=employee.pk).update(last_day=last_day)
    employee.last_day = last_day


def tell_worked_since(employee: Employee, day: date) -> None:
    """Since when somebody has worked, anywhere: what annual leave counts from."""
    Employee.objects.filter(pk=employee.pk).update(worked_since=day)
    employee.worked_since = day
