"""What people are to work as the database tells it, against looking every date up by itself."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from mianyue.domain.attendance.models import (
    AttendanceGroup,
    GroupMember,
    RosterDay,
    Rotation,
    RotationDay,
    Shift,
    ShiftAssignment,
    ShiftVersion,
)
from mianyue.domain.attendance.queries.plans import assignments_of
from mianyue.domain.organization.models import Employee, Site
from mianyue.worktime.attendance import in_force

pytestmark = pytest.mark.django_db
FIRST = date(2026, 12, 1)
DAYS = [FIRST + timedelta(days=n) for n in range(21)]


def some_day(dice: random.Random) -> date:
    return dice.choice(DAYS)


def period(dice: random.Random) -> dict[str, date | None]:
    first = some_day(dice)
    return {"first_day": first, "last_day": dice.choice([None, max(first, some_day(dice))])}


def make(dice: random.Random, site: Site) -> list[Employee]:
    """A small company that changes its mind all the time: shifts in versions, groups, rotations, rosters, one's own assignments."""
    shifts = [Shift.objects.create(code=f"S{n}", name="x") for n in range(3)]
    for n, shift in enumerate(shifts):
        for version, first in enumerate([None, *sorted(dice.sample(DAYS, 2))]):
            start = 60 * (3 * n + version)
            ShiftVersion.objects.create(shift=shift, first_day=first, segments=[[start, start + 60]], weekdays=list(range(1, 8)))
    rotation = Rotation.objects.create(code="R", name="x", anchor=some_day(dice))
    for number in range(dice.randint(1, 4)):
        RotationDay.objects.create(rotation=rotation, number=number, shift=dice.choice([*shifts, None]))
    groups = [
        AttendanceGroup.objects.create(code="G0", name="by shift", shift=dice.choice(shifts)),
        AttendanceGroup.objects.create(code="G1", name="by rotation", rotation=rotation),
        AttendanceGroup.objects.create(code="G2", name="neither"),
    ]
    people = [Employee.objects.create(code=f"E{n}", name="x", site=site, time_zone="Asia/Shanghai") for n in range(4)]
    for person in people:
        for spell in {one["first_day"]: one for one in (period(dice) for _ in range(dice.randint(0, 3)))}.values():
            GroupMember.objects.create(employee=person, group=dice.choice(groups), **spell)
        for spell in {one["first_day"]: one for one in (period(dice) for _ in range(dice.randint(0, 2)))}.values():
            ShiftAssignment.objects.create(employee=person, shift=dice.choice(shifts), **spell)
        for day in dice.sample(DAYS, dice.randint(0, 4)):
            RosterDay.objects.create(employee=person, day=day, shift=dice.choice([*shifts, None]))
    return people


def plainly(person: Employee, day: date) -> tuple[tuple[int, int], ...] | None:
    """What they work on a date, in plain words."""

    def version(shift: Shift | None) -> tuple[tuple[int, int], ...] | None:
        if shift is None:
            return None
        so_far = [one for one in shift.versions.all() if one.first_day is None or one.first_day <= day]
        newest = max(so_far, key=lambda one: one.first_day or date.min)
        return tuple((start, end) for start, end in newest.segments)

    def latest(periods):
        covering = [one for one in periods if one.first_day <= day and (one.last_day is None or day <= one.last_day)]
        return max(covering, key=lambda one: one.first_day, default=None)

    if roster := person.roster_days.filter(day=day).first():
        return version(roster.shift)
    if own := latest(person.shift_assignments.all()):
        return version(own.shift)
    if member := latest(person.group_memberships.all()):
        if rotation := member.group.rotation:
            cycle = list(rotation.days.all())
            return version(cycle[(day - rotation.anchor).days % len(cycle)].shift)
        return version(member.group.shift)
    return None


@pytest.mark.parametrize("seed", range(12))
def test_layers_versions_and_cycles_are_what_a_plain_look_says(seed):
    dice = random.Random(seed)
    site = Site.objects.create(code="S1", name="Shanghai", time_zone="Asia/Shanghai", holiday_country="CN")
    people = make(dice, site)
    found = assignments_of([person.pk for person in people], (DAYS[0], DAYS[-1]))
    for person in people:
        applying = in_force(found.get(person.pk, ()), DAYS[0], DAYS[-1])
        for day in DAYS:
            rule = next((one.rule_on(day) for one in applying if one.covers(day)), None)
            assert (rule and rule.segments) == plainly(person, day), (seed, person.code, day)
            assert rule is None or rule.punching.version is not None
