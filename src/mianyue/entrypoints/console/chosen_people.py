"""Whose attendance a page shows: the people of a department or a site who work here in those days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from mianyue.domain.organization.models import Employee, Site


@dataclass(frozen=True, slots=True)
class ChosenPeople:
    """What the address asks for, and what else could be chosen. A department or site that isn't there has no people."""

    department: str
    site: str
    departments: list[str]
    sites: list[Site]
    employees: QuerySet[Employee]


def chosen_people(request: HttpRequest, first: date, last: date) -> ChosenPeople:
    """The employees whom ``?department=`` and ``?site=`` leave of those who work here on any date from ``first`` to ``last``."""
    department, site = request.GET.get("department", ""), request.GET.get("site", "")
    here = working_between(first, last)
    departments = list(here.exclude(department="").order_by("department").values_list("department", flat=True).distinct())
    found = here.select_related("site").order_by("department", "code")
    if department:
        found = found.filter(department=department)
    if site:
        found = found.filter(site__code=site)
    return ChosenPeople(department, site, departments, list(Site.objects.order_by("name")), found)


def working_between(first: date, last: date) -> QuerySet[Employee]:
    """Who works here on any date from ``first`` to ``last``: hired by then and not gone before."""
    hired = Q(hire_date=None) | Q(hire_date__lte=last)
    return Employee.objects.filter(hired, Q(last_day=None) | Q(last_day__gte=first))
