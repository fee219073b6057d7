"""A year of hires in which every step fails in every way: nobody stands before the clock on day one without an account, nothing is done
twice, and of whoever doesn't come nothing is left."""

from __future__ import annotations

import random
from collections import defaultdict, deque
from datetime import date, datetime, time, timedelta
from functools import partial

import pytest
from django.db import transaction

from mianyue.domain.attendance.actions.ledger import grant
from mianyue.domain.attendance.models import AttendanceGroup, GroupMember, LeaveType, LedgerEntry, Shift, ShiftAssignment
from mianyue.domain.desk.models import Task
from mianyue.domain.notices.models import Link, Notice
from mianyue.domain.organization.models import Employee
from mianyue.domain.provisioning.models import Run, Step
from mianyue.domain.provisioning.queries import punchable
from mianyue.domain.recruiting.models import Application, Job
from mianyue.domain.security.actor import SYSTEM
from mianyue.domain.timers.models import Timer
from mianyue.ports import registry
from mianyue.workflows import nightly, provision, watch
from mianyue.workflows.finish import confirm_hire
from mianyue.workflows.provision.steps import STEPS
from mianyue.workflows.reconcile import reconcile
from tests.workflows.hiring import FAILURES, WRITES, Killed, Stumbling, Troubled, passed

HOUR = timedelta(hours=1)


class Year:
    """The hires of a year, what goes wrong with each, and the clock."""

    def __init__(self, clock, source: Troubled, troubles: dict[str, deque], hires: int, seed: int) -> None:
        self.clock, self.source, self.troubles = clock, source, troubles
        self.chance = random.Random(seed)
        self.counted: dict[str, int] = defaultdict(int)
        self.late: list[str] = []
        jobs = list(Job.objects.filter(site__code__in=["SHA", "BJS"]).order_by("code"))
        ways = [(step, trouble) for step in STEPS for trouble in FAILURES]
        self.agenda: list[tuple[datetime, str, str]] = []
        self.first_days: dict[str, date] = {}
        self.taken_back: set[str] = set()
        for number in range(hires):
            code = f"Y{number:03}"
            passed(code, jobs[number % len(jobs)])
            first_day = date(2027, 1, 4) + timedelta(days=number * 360 // hires)
            ahead = timedelta(days=self.chance.choice([2, 3, 5, 12, 30]))
            self.first_days[code] = first_day
            hired_at = datetime.combine(first_day - ahead, time(self.chance.randrange(9, 18)), self.clock.now().tzinfo)
            self.agenda.append((hired_at, "hire", code))
            self.trouble(code, *ways[number % len(ways)])
            if number % 4 == 3:
                step, trouble = ways[number // 4 % len(ways)]
                self.taken_back.add(code)
                self.agenda.append((hired_at + ahead / 2, f"reverse:{step}:{trouble}", code))
            # Midnight in Shanghai is 16:00 of the day before; the first punch is made before eight.
            self.agenda.append((datetime.combine(first_day, time(0), self.clock.now().tzinfo) - HOUR, "first_day", code))
        self.agenda.sort()

    def trouble(self, code: str, step: str, trouble: str) -> None:
        """The step fails, at the source or here, once or for as long as an outage lasts."""
        failure, arrives = FAILURES[trouble]
        times = 1 if trouble != "unavailable" else self.chance.choice([1, 3, 9])
        for _ in range(times):
            if step in WRITES and self.chance.random() < 0.5:
                self.source.will_fail(WRITES[step], f"N-{code}", failure, arrives=arrives)
            else:
                self.troubles.setdefault(f"{code}:{step}", deque()).append((failure, arrives))
        self.counted[trouble] += times

    def live(self) -> None:
        """Lets the year pass: people hire and take back, timers fire, the nights are reconciled, tasks are seen to after some hours."""
        while self.agenda:
            at, what, code = self.agenda.pop(0)
            self.pass_time_until(at)
            if what == "hire":
                self.mortal(partial(confirm_hire, code, self.first_days[code], SYSTEM, at, self.worked_since()))
            elif what == "first_day":
                self.look_at_the_clock(code)
            else:
                _, step, trouble = what.split(":")
                self.trouble(code, step, trouble)
                run = Run.objects.get(application_code=code)
                self.mortal(partial(provision.reverse, run.pk, SYSTEM, at))
        self.pass_time_until(self.clock.now() + timedelta(days=3))

    def pass_time_until(self, end: datetime) -> None:
        """A worker looks whenever something is due, and at least every six hours."""
        while True:
            self.mortal(lambda: watch.tick(self.clock.now()))
            self.mortal(lambda: provision.sweep(self.clock.now(), timedelta(0)))
            self.mortal(lambda: nightly.run_nightly(self.clock.now()))
            self.see_to_tasks()
            if self.clock.now() >= end:
                return
            due = Run.objects.exclude(due_at=None).order_by("due_at").values_list("due_at", flat=True).first()
            self.clock.at = min(end, self.clock.now() + 6 * HOUR, max(due, self.clock.now() + timedelta(seconds=1)) if due else end)

    def see_to_tasks(self) -> None:
        """HR sees to what waits for longer than three hours: removes the cause, then says so."""
        for task in Task.objects.filter(kind="provisioning", state="open", opened_at__lte=self.clock.now() - 3 * HOUR):
            if Step.objects.filter(run=task.subject_id, state="refused").exists():
                self.counted["seen to by a person"] += 1
                self.mortal(lambda task=task: provision.try_again(task.subject_id, SYSTEM, self.clock.now()))

    def look_at_the_clock(self, code: str) -> None:
        if code in self.taken_back:
            return
        hire = Employee.objects.filter(code=f"N-{code}").first()
        if hire is None or not punchable(hire, self.first_days[code]):
            self.late.append(code)

    def mortal(self, act) -> None:
        """A worker that is killed is another one the next time."""
        try:
            act()
        except Killed:
            self.counted["workers killed"] += 1

    def worked_since(self) -> date | None:
        return self.chance.choice([None, date(2026, 8, 1), date(2020, 7, 1), date(2010, 3, 1), date(2000, 2, 29)])


@pytest.fixture
def year(company, clock, settings, monkeypatch):
    """A company of three ways to work: by shifts of one's own, by a group, by a group that says how to punch and a shift of one's own."""
    source = Troubled()
    monkeypatch.setitem(registry._loaded, ("attendance", settings.MIANYUE_ATTENDANCE), source)
    # The other acts of a night have tests of their own.
    monkeypatch.setattr(nightly, "NIGHTLY", (reconcile,))
    troubles: dict[str, deque] = {}
    for name, step in list(STEPS.items()):
        monkeypatch.setitem(STEPS, name, Stumbling(step, troubles))
    by_group = AttendanceGroup.objects.create(code="GA", name="按组", shift=Shift.objects.get(code="S1"))
    both = AttendanceGroup.objects.create(code="GB", name="组与班次")
    people = list(Employee.objects.order_by("code"))
    for employee in people:
        if employee.department == "产品中心":
            ShiftAssignment.objects.filter(employee=employee).delete()
            GroupMember.objects.create(employee=employee, group=by_group, first_day=date(2020, 1, 1))
        elif employee.department == "客户成功部":
            GroupMember.objects.create(employee=employee, group=both, first_day=date(2020, 1, 1))
    LeaveType.objects.create(name="年休假", code="annual", has_quota=True)
    sick = LeaveType.objects.create(name="带薪病假", code="sick", has_quota=True)
    with transaction.atomic():
        for employee in people:
            grant(employee.pk, sick, 2400, f"test:{employee.pk}", {"year": 2027}, clock.now())
    return lambda hires, seed: Year(clock, source, troubles, hires, seed)


@pytest.mark.parametrize(("hires", "seed"), [(6, 1), pytest.param(500, 2, marks=pytest.mark.slow)])
def test_nobody_stands_before_the_clock_without_an_account(year, hires, seed, record_testsuite_property):
    lived = year(hires, seed)
    lived.live()
    record_testsuite_property(
        f"{hires} hires", f"{len(lived.taken_back)} taken back, {dict(lived.counted)}, late: {len(lived.late)}"
    )
    assert lived.late == []
    assert sum(map(len, lived.troubles.values())) + sum(map(len, lived.source.troubles.values())) <= len(lived.taken_back) * 9
    came = [code for code in lived.first_days if code not in lived.taken_back]
    assert {run.application_code: run.state for run in Run.objects.filter(application_code__in=came)} == dict.fromkeys(came, "done")
    for code in came:
        _one_of_everything(code)
    for code in lived.taken_back:
        _nothing_of(code)
    assert not Task.objects.filter(kind="provisioning", state="open").exists()
    assert not Timer.objects.filter(kind="provision", state="pending").exists()


def _one_of_everything(code: str) -> None:
    hire = Employee.objects.get(code=f"N-{code}")
    assert (hire.account.closed_at, hire.account.punch_rule) == (None, True)
    own, groups = ShiftAssignment.objects.filter(employee=hire).count(), GroupMember.objects.filter(employee=hire).count()
    assert (own, groups) == {"产品中心": (0, 1), "客户成功部": (1, 1)}.get(hire.department, (1, 0)), hire.department
    entries = LedgerEntry.objects.filter(account__employee=hire)
    kinds = list(entries.values_list("account__leave_type", flat=True))
    assert len(kinds) == len(set(kinds)) <= 2
    assert Notice.objects.filter(recipient_id=hire.pk).count() == 1
    assert Application.objects.get(code=code).state == "hired"


def _nothing_of(code: str) -> None:
    assert Run.objects.get(application_code=code).state == "reversed"
    assert Application.objects.get(code=code).state == "withdrawn"
    hire = Employee.objects.filter(code=f"N-{code}").first()
    if hire is None:
        return
    assert hire.last_day < hire.hire_date
    assert not hasattr(hire, "account") or hire.account.closed_at
    assert not ShiftAssignment.objects.filter(employee=hire).exists()
    assert not GroupMember.objects.filter(employee=hire).exists()
    balances: dict[int, int] = defaultdict(int)
    for kind, minutes in LedgerEntry.objects.filter(account__employee=hire).values_list("account__leave_type", "minutes"):
        balances[kind] += minutes
    assert set(balances.values()) <= {0}
    assert not Link.objects.filter(scope="staff", person_id=hire.pk, revoked_at=None).exists()
