"""What "like the team" (同团队) comes to for a new hire: the group, the shift and the quotas that most colleagues have."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from mianyue.domain.attendance.models import GroupMember, LedgerEntry, ShiftAssignment
from mianyue.domain.organization.models import Employee


@dataclass(frozen=True, slots=True)
class Pattern:
    """How somebody's work is planned: by a group, by a shift of their own, or by both, the shift before the group."""

    group_id: UUID | None
    shift_id: UUID | None


def pattern_of_team(hire: Employee, today: date) -> Pattern | None:
    """How most of the hire's department at their site is planned today; where nobody of it is, most of the site, then of the company.

    Both parts are taken from the same colleagues, so that the hire works as somebody really does. Of two that are as frequent the
    first by id, so that asking again gives the same. None where nobody in the company has a shift or a group.
    """
    planned = patterns(today, hire.pk)
    for team in _circles(hire, today):
        found = Counter(sorted((planned[pk] for pk in team if pk in planned), key=_order))
        if found:
            return found.most_common(1)[0][0]
    return None


def patterns(today: date, without: UUID | None = None) -> dict[UUID, Pattern]:
    """Of everybody who has one, how their work is planned today; of two periods that apply the later begun counts."""
    groups = dict(_in_force(GroupMember.objects.all(), today, "group_id"))
    shifts = dict(_in_force(ShiftAssignment.objects.all(), today, "shift_id"))
    people = (groups.keys() | shifts.keys()) - {without}
    return {pk: Pattern(groups.get(pk), shifts.get(pk)) for pk in people}


def quotas_of_team(hire: Employee, today: date, year: int) -> dict[int, int]:
    """By kind of leave, the minutes that most of the team were granted for ``year``; nothing where most were granted none."""
    for team in _circles(hire, today):
        granted = _granted(team, year)
        if granted:
            return _usual(granted, len(team))
    return {}


def granted_elsewhere(employee_id: UUID, year: int) -> set[int]:
    """The kinds of leave that this person was granted for ``year`` by somebody else than a provisioning run."""
    rows = LedgerEntry.objects.filter(account__employee=employee_id, kind=LedgerEntry.Kind.GRANT, how__year=year)
    return set(rows.exclude(key__startswith="provision:").values_list("account__leave_type", flat=True))


def _circles(hire: Employee, today: date) -> Iterator[list[UUID]]:
    """Who works here today, without the hire: of the department at the site, of the site, of the company; empty ones left out."""
    staff = Employee.objects.filter(Q(hire_date=None) | Q(hire_date__lte=today), Q(last_day=None) | Q(last_day__gte=today))
    staff = staff.exclude(pk=hire.pk)
    at_site = staff.filter(site_id=hire.site_id)
    for circle in (at_site.filter(department=hire.department), at_site, staff):
        people = list(circle.values_list("pk", flat=True))
        if people:
            yield people


def _in_force(rows: QuerySet, today: date, what: str) -> Iterator[tuple[UUID, UUID]]:
    """Of each person the row that counts today, the last one where a dict keeps it."""
    applying = rows.filter(Q(last_day=None) | Q(last_day__gte=today), first_day__lte=today)
    yield from applying.order_by("first_day").values_list("employee_id", what)


def _granted(team: Iterable[UUID], year: int) -> dict[int, list[int]]:
    """By kind of leave, what each of the team was granted for that year, whoever was granted nothing left out."""
    rows = LedgerEntry.objects.filter(account__employee_id__in=team, kind=LedgerEntry.Kind.GRANT, how__year=year)
    found: dict[int, list[int]] = defaultdict(list)
    for kind, minutes in (
        rows.values_list("account__leave_type")
        .annotate(sum=Sum("minutes"))
        .values_list("account__leave_type", "sum")
        .order_by("account__leave_type", "account__employee_id")
    ):
        found[kind].append(minutes)
    return found


def _usual(granted: dict[int, list[int]], team: int) -> dict[int, int]:
    """The most frequent amount of each kind, where more have some than have none; the smaller of two that are as frequent."""
    usual = {}
    for kind, amounts in granted.items():
        if 2 * len(amounts) >= team:
            usual[kind] = Counter(sorted(amounts)).most_common(1)[0][0]
    return usual


def _order(pattern: Pattern) -> tuple[str, str]:
    return str(pattern.group_id or ""), str(pattern.shift_id or "")
