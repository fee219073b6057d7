"""Every night: whoever starts within a week and couldn't punch is found, mended or put before a person; a night is done once."""

from datetime import date, timedelta

import pytest

from mianyue.domain.attendance.models import Account, AttendanceGroup, GroupMember, ShiftAssignment
from mianyue.domain.desk.models import Task
from mianyue.domain.organization.models import Employee, Site
from mianyue.domain.provisioning.models import Run, Step
from mianyue.domain.provisioning.queries import punchable
from mianyue.domain.recruiting.models import Application, Job
from mianyue.domain.security.actor import SYSTEM
from mianyue.ports import registry
from mianyue.ports.attendance import AttendanceRefused, AttendanceUnavailable
from mianyue.workflows import nightly, provision
from mianyue.workflows.finish import confirm_hire
from mianyue.workflows.reconcile import reconcile
from tests.workflows.hiring import Troubled, passed

MONDAY = date(2026, 12, 7)


@pytest.fixture
def source(monkeypatch, settings) -> Troubled:
    troubled = Troubled()
    monkeypatch.setitem(registry._loaded, ("attendance", settings.MIANYUE_ATTENDANCE), troubled)
    return troubled


@pytest.fixture
def quiet(company, clock, source) -> None:
    """Nobody of the company's own files starts these days."""
    Employee.objects.filter(hire_date__gte=date(2026, 11, 30)).update(hire_date=date(2026, 1, 1))


@pytest.fixture
def run(quiet, clock) -> Run:
    passed("R001", Job.objects.get(code="J001"))
    return confirm_hire("R001", MONDAY, SYSTEM, clock.now())


def found(clock) -> list[tuple]:
    return [(f.employee, f.first_day, f.why, f.mended, f.left) for f in reconcile(clock.now())]


def test_nothing_is_found_where_everybody_can_punch(run, clock):
    assert found(clock) == []


def test_closed_account_is_opened_again(run, clock):
    Account.objects.update(closed_at=clock.now())
    assert found(clock) == [("N-R001", MONDAY, ("no_account",), True, ())]
    assert punchable(run.employee, MONDAY)
    assert found(clock) == []


def test_shift_that_is_gone_is_assigned_again(run, clock):
    ShiftAssignment.objects.filter(employee=run.employee).delete()
    assert found(clock) == [("N-R001", MONDAY, ("no_plan",), True, ())]
    assert ShiftAssignment.objects.filter(employee=run.employee).count() == 1


def test_punch_rule_that_is_open_is_settled(run, clock):
    Account.objects.update(punch_rule=False)
    assert found(clock) == [("N-R001", MONDAY, ("no_rule",), True, ())]


def test_hire_of_the_companys_own_files_gets_a_run(quiet, clock):
    newcomer = Employee.objects.create(
        code="E777",
        name="新同事",
        department="技术中心",
        site=Site.objects.get(code="SHA"),
        time_zone="Asia/Shanghai",
        hire_date=MONDAY,
    )
    ShiftAssignment.objects.create(employee=newcomer, shift_id=ShiftAssignment.objects.first().shift_id, first_day=MONDAY)
    assert found(clock) == [("E777", MONDAY, ("no_run", "no_account", "no_rule"), True, ())]
    assert ShiftAssignment.objects.filter(employee=newcomer).count() == 1
    provision.reverse(Run.objects.get().pk, SYSTEM, clock.now())
    newcomer.refresh_from_db()
    assert newcomer.last_day is None  # what the company's files say stays
    assert ShiftAssignment.objects.filter(employee=newcomer).count() == 1
    assert found(clock) == []  # what was taken back isn't begun anew


@pytest.mark.parametrize(("days", "seen"), [(-1, 0), (0, 1), (7, 1), (8, 0)])
def test_a_week_is_looked_at(quiet, clock, days, seen):
    Employee.objects.filter(code="E001").update(hire_date=date(2026, 11, 30) + timedelta(days=days))
    assert len(found(clock)) == seen


def test_moved_first_day_moves_the_shift(run, clock):
    earlier = date(2026, 12, 3)
    Employee.objects.filter(pk=run.employee_id).update(hire_date=earlier)
    ((code, day, why, mended, _),) = found(clock)
    assert (code, day, why, mended) == ("N-R001", earlier, ("first_day_moved", "no_plan"), True)
    assert [a.first_day for a in ShiftAssignment.objects.filter(employee=run.employee)] == [earlier]
    assert Run.objects.get().first_day == earlier


def test_run_that_nobody_goes_on_with_is_gone_on_with(quiet, clock, source):
    source.will_fail("create_account", "N-R001", AttendanceUnavailable)
    passed("R001", Job.objects.get(code="J001"))
    confirm_hire("R001", MONDAY, SYSTEM, clock.now())
    Run.objects.update(due_at=None)
    assert found(clock) == [("N-R001", MONDAY, ("no_account", "no_plan", "no_rule"), True, ())]
    assert Run.objects.get().state == "done"


def test_hire_without_a_run_and_without_an_employee_gets_both(quiet, clock):
    passed("R002", Job.objects.get(code="J001"))
    Application.objects.filter(code="R002").update(state="hired")
    assert [f.mended for f in reconcile(clock.now())] == [True]
    assert Run.objects.get(application_code="R002").state == "done"


def test_what_cannot_be_mended_becomes_a_task_every_night(quiet, clock, source):
    for _ in range(3):
        source.will_fail("create_account", "N-R001", AttendanceRefused)
    passed("R001", Job.objects.get(code="J001"))
    run = confirm_hire("R001", MONDAY, SYSTEM, clock.now())
    Task.objects.update(state="done")  # closed, though nothing was done about it
    ((_, _, why, mended, left),) = found(clock)
    assert (set(why), mended, set(left)) == ({"no_account", "no_plan", "no_rule"}, False, {"no_account", "no_plan", "no_rule"})
    task = Task.objects.get(kind="provisioning", state="open")
    assert (task.subject_id, set(task.facts["lacking"])) == (run.pk, {"no_account", "no_plan", "no_rule"})
    assert Step.objects.get(run=run, name="account").attempts == 1  # a refusal waits for a person
    found(clock)
    assert Task.objects.filter(kind="provisioning", state="open").count() == 1


def test_hire_who_has_left_already_lacks_their_employment(run, clock):
    Employee.objects.filter(pk=run.employee_id).update(last_day=date(2026, 12, 1))
    ((_, _, why, mended, _),) = found(clock)
    assert (why, mended) == (("not_employed",), False)


def test_group_without_a_shift_is_enough(run, clock):
    ShiftAssignment.objects.filter(employee=run.employee).delete()
    group = AttendanceGroup.objects.create(code="GR", name="排班制")
    GroupMember.objects.create(employee=run.employee, group=group, first_day=MONDAY)
    assert punchable(run.employee, MONDAY)


def test_night_is_done_once_by_the_companys_clock(run, clock):
    clock.at = clock.at.replace(hour=17, minute=30)  # 01:30 of the next day in Shanghai
    assert nightly.run_nightly(clock.now()) == 0
    clock.forward(timedelta(hours=1))
    acts = len(nightly.NIGHTLY)
    assert [nightly.run_nightly(clock.now()) for _ in range(2)] == [acts, 0]
    clock.forward(timedelta(days=1))
    assert nightly.run_nightly(clock.now()) == acts


def test_act_that_fails_is_tried_again_and_holds_up_no_other(run, clock, monkeypatch):
    done = []

    def fails(now) -> None:
        done.append("fails")
        raise RuntimeError

    def works(now) -> None:
        done.append("works")

    monkeypatch.setattr(nightly, "NIGHTLY", (fails, works))
    assert [nightly.run_nightly(clock.now()) for _ in range(2)] == [1, 0]
    assert done == ["fails", "works", "fails"]
