"""Like the team: what most of the department have, else of the site, else of the company, the same whenever it is asked."""

from datetime import date

import pytest

from mianyue.domain.attendance.actions.ledger import grant
from mianyue.domain.attendance.actions.shifts import new_shift
from mianyue.domain.attendance.models import AttendanceGroup, GroupMember, LeaveType, ShiftAssignment
from mianyue.domain.organization.models import Employee, Site
from mianyue.domain.provisioning.team import Pattern, pattern_of_team, quotas_of_team

TODAY = date(2026, 12, 1)


@pytest.fixture
def sites(db) -> dict[str, Site]:
    return {
        code: Site.objects.create(code=code, name=code, time_zone="Asia/Shanghai", holiday_country="CN") for code in ("SHA", "BJS")
    }


@pytest.fixture
def person(sites):
    def one(code: str, department: str = "研发", site: str = "SHA", **more) -> Employee:
        return Employee.objects.create(
            code=code, name=code, department=department, site=sites[site], time_zone="Asia/Shanghai", **more
        )

    return one


@pytest.fixture
def shifts(db):
    return {code: new_shift(code, code, [(540, 1080)], [1]) for code in ("A", "B")}


def works(employee: Employee, shift, first: date = date(2026, 1, 1), last: date | None = None) -> None:
    ShiftAssignment.objects.create(employee=employee, shift=shift, first_day=first, last_day=last)


def test_most_of_the_department_counts_not_most_of_the_site(person, shifts):
    hire = person("N")
    for number, (department, shift) in enumerate([("研发", "A"), ("研发", "A"), ("研发", "B"), *[("销售", "B")] * 4]):
        works(person(f"E{number}", department), shifts[shift])
    assert pattern_of_team(hire, TODAY) == Pattern(None, shifts["A"].pk)


@pytest.mark.parametrize(("department", "site", "expected"), [("法务", "SHA", "A"), ("研发", "BJS", "B"), ("法务", "BJS", "B")])
def test_where_nobody_of_the_department_is_the_site_counts_then_the_company(person, shifts, department, site, expected):
    hire = person("N", department, site)
    works(person("E1", "研发", "SHA"), shifts["A"])
    if site == "BJS":
        works(person("E2", "销售", "BJS"), shifts["B"])
    assert pattern_of_team(hire, TODAY) == Pattern(None, shifts[expected].pk)


def test_empty_site_falls_back_on_the_company(person, shifts):
    works(person("E1", "研发", "SHA"), shifts["A"])
    assert pattern_of_team(person("N", "研发", "BJS"), TODAY) == Pattern(None, shifts["A"].pk)


def test_nobody_to_follow(person):
    person("E1")
    assert pattern_of_team(person("N"), TODAY) is None


def test_what_counts_today_counts(person, shifts):
    """Neither what was, nor what will be, nor who left, nor who comes later."""
    works(former := person("E1"), shifts["A"], last=date(2026, 6, 30))
    works(former, shifts["B"], first=date(2026, 7, 1))
    works(person("E2"), shifts["A"], first=date(2027, 1, 1))
    works(person("E3", last_day=date(2026, 11, 30)), shifts["A"])
    works(person("E4", hire_date=date(2026, 12, 2)), shifts["A"])
    assert pattern_of_team(person("N"), TODAY) == Pattern(None, shifts["B"].pk)


def test_group_and_shift_are_taken_from_the_same_colleagues(person, shifts):
    group = AttendanceGroup.objects.create(code="G", name="G", shift=shifts["A"])
    for number in range(5):
        colleague = person(f"E{number}")
        if number < 3:
            GroupMember.objects.create(employee=colleague, group=group, first_day=date(2026, 1, 1))
        else:
            works(colleague, shifts["B"])
    assert pattern_of_team(person("N"), TODAY) == Pattern(group.pk, None)


def test_of_two_as_frequent_the_same_is_taken_every_time(person, shifts):
    for number in range(4):
        works(person(f"E{number}"), shifts["AB"[number % 2]])
    hire = person("N")
    assert len({pattern_of_team(hire, TODAY) for _ in range(5)}) == 1


def test_quota_is_what_most_of_the_team_were_granted_that_year(person, now):
    sick, rare = (LeaveType.objects.create(name=name, has_quota=True) for name in ("病假", "罕见"))
    team = [person(f"E{number}") for number in range(4)]
    for number, colleague in enumerate(team):
        grant(colleague.pk, sick, 2400 if number else 1200, f"a{number}", {"year": 2026}, now)
        grant(colleague.pk, sick, 9999, f"b{number}", {"year": 2025}, now)
    grant(team[0].pk, rare, 480, "c", {"year": 2026}, now)
    assert quotas_of_team(person("N"), TODAY, 2026) == {sick.pk: 2400}
    assert quotas_of_team(person("M", "法务", "BJS"), TODAY, 2024) == {}
