"""From the hire to the first punch: each step fails first, or dies after its effect, and is done exactly once all the same."""

from collections import deque
from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import connection, transaction

from mianyue.adapters.attendance.memory import MemoryAttendance
from mianyue.base.errors import NotFound, Refused
from mianyue.domain.attendance.actions.ledger import grant
from mianyue.domain.attendance.models import (
    Account,
    AttendanceGroup,
    GroupMember,
    LeaveType,
    LedgerEntry,
    Punch,
    Shift,
    ShiftAssignment,
)
from mianyue.domain.desk.models import Task
from mianyue.domain.notices.models import Link, Notice
from mianyue.domain.organization.models import Employee
from mianyue.domain.provisioning.models import Run, Step
from mianyue.domain.provisioning.queries import lacking, punchable
from mianyue.domain.recruiting.models import Application, Job
from mianyue.domain.security.actor import SYSTEM
from mianyue.domain.timers.models import Timer
from mianyue.ports import registry
from mianyue.ports.attendance import AttendanceRefused, AttendanceUnavailable
from mianyue.workflows import provision, watch
from mianyue.workflows.finish import confirm_hire
from mianyue.workflows.provision.steps import STEPS
from tests.conftest import remembered
from tests.workflows.hiring import FAILURES, WRITES, Killed, Stumbling, Troubled, belongings, passed, states

FIRST_DAY = date(2027, 1, 4)
DONE = dict.fromkeys(STEPS, "done")
WHOLE = {"employees": 1, "accounts": 1, "shifts": 1, "groups": 0, "grants": 2, "minutes": 4 * 480 + 2370}


@pytest.fixture
def source(monkeypatch, settings) -> Troubled:
    """mianyue's own attendance, which fails on command."""
    troubled = Troubled()
    monkeypatch.setitem(registry._loaded, ("attendance", settings.MIANYUE_ATTENDANCE), troubled)
    return troubled


@pytest.fixture
def elsewhere(monkeypatch, settings) -> MemoryAttendance:
    """Attendance that is kept by somebody else."""
    twin = MemoryAttendance()
    monkeypatch.setitem(registry._loaded, ("attendance", settings.MIANYUE_ATTENDANCE), twin)
    return twin


@pytest.fixture
def hire(request, db, clock):
    """Somebody who passed for a job in Shanghai, ten years at work; sick leave is granted to the whole team."""

    def make() -> None:
        request.getfixturevalue("company")
        annual = LeaveType.objects.create(name="年休假", code="annual", has_quota=True)
        sick = LeaveType.objects.create(name="带薪病假", code="sick", has_quota=True)
        with transaction.atomic():
            for colleague in Employee.objects.all():
                grant(colleague.pk, sick, 2400, f"test:{colleague.pk}", {"year": 2027}, clock.now())
        assert annual.day_minutes == 480

    remembered("company with quotas", make)
    return passed("H001", Job.objects.get(code="J001"))


def hired(clock) -> Run:
    return confirm_hire("H001", FIRST_DAY, SYSTEM, clock.now(), worked_since=date(2020, 7, 1))


def until_done(run: Run, clock, hours: int = 12) -> Run:
    """Lets time pass and workers look, at most so long."""
    end = clock.now() + timedelta(hours=hours)
    while clock.now() < end and Run.objects.get(pk=run.pk).state not in ("done", "reversed"):
        watch.tick(clock.now())
        provision.sweep(clock.now(), timedelta(0))
        clock.forward(timedelta(minutes=1))
    return Run.objects.get(pk=run.pk)


def test_hire_is_done_at_once_and_can_punch(hire, source, clock):
    run = hired(clock)
    assert (run.state, states(run), run.due_at) == ("done", DONE, None)
    assert belongings("N-H001") == WHOLE
    assert punchable(run.employee, FIRST_DAY)
    assert not Timer.objects.filter(subject_id=run.pk, state="pending").exists()
    assert not Task.objects.filter(subject_id=run.pk).exists()


@pytest.mark.parametrize("trouble", FAILURES)
@pytest.mark.parametrize("step", WRITES)
def test_step_at_the_source_that_fails_is_done_once(hire, source, clock, step, trouble):
    failure, arrives = FAILURES[trouble]
    source.will_fail(WRITES[step], "N-H001", failure, arrives=arrives)
    _hired_by_somebody_mortal(clock)
    run = Run.objects.get()
    if trouble == "refused":
        assert states(run)[step] == "refused"
        run = provision.try_again(run.pk, SYSTEM, clock.now())
    assert until_done(run, clock).state == "done"
    assert belongings("N-H001") == WHOLE
    assert Notice.objects.filter(subject_id=run.pk).count() == 1
    assert not Task.objects.filter(subject_id=run.pk, state="open").exists()


@pytest.mark.parametrize("trouble", FAILURES)
@pytest.mark.parametrize("step", STEPS)
def test_step_in_our_rooms_that_fails_is_done_once(hire, source, clock, step, trouble, monkeypatch):
    monkeypatch.setitem(STEPS, step, Stumbling(STEPS[step], {f"H001:{step}": deque([FAILURES[trouble]])}))
    _hired_by_somebody_mortal(clock)
    run = Run.objects.get()
    if trouble == "refused":
        assert states(run)[step] == "refused"
        run = provision.try_again(run.pk, SYSTEM, clock.now())
    assert until_done(run, clock).state == "done"
    assert belongings("N-H001") == WHOLE
    assert Notice.objects.filter(subject_id=run.pk).count() == 1


def test_independent_steps_go_on_when_one_fails(hire, source, clock):
    source.will_fail("grant_leave", "N-H001", AttendanceUnavailable)
    run = hired(clock)
    assert states(run) == {**DONE, "leave": "failed"}
    assert (run.state, punchable(run.employee, FIRST_DAY)) == ("running", True)
    row = run.steps.get(name="leave")
    assert (row.attempts, row.error_code, row.error) == (1, "attendance_unavailable", "This failure was asked for.")


def test_what_failed_comes_back_later_and_later(hire, source, clock):
    for _ in range(5):
        source.will_fail("create_account", "N-H001", AttendanceUnavailable)
    run, waits = hired(clock), []
    for _ in range(4):
        waits.append((run.due_at - clock.now()).total_seconds())
        clock.at = run.due_at
        assert Timer.objects.get(subject_id=run.pk, state="pending").due_at == run.due_at
        run = provision.go_on(run.pk, clock.now())
    assert all(1.5 < later / earlier < 2.5 for earlier, later in pairwise(waits))


def test_after_eight_failures_a_person_is_asked_and_it_is_tried_on(hire, source, clock):
    for _ in range(9):
        source.will_fail("create_account", "N-H001", AttendanceUnavailable)
    run = hired(clock)
    for _ in range(6):
        clock.at = run.due_at
        run = provision.go_on(run.pk, clock.now())
    assert (run.state, Task.objects.filter(kind="provisioning").count()) == ("running", 0)
    clock.at = run.due_at
    run = provision.go_on(run.pk, clock.now())
    task = Task.objects.get(kind="provisioning")
    assert (run.state, task.application_code, task.facts["failed"]) == (
        "stuck",
        "H001",
        [{"step": "account", "code": "attendance_unavailable"}],
    )
    assert until_done(run, clock).state == "done"
    task.refresh_from_db()
    assert task.state == "done"


def test_less_than_a_day_before_the_first_day_a_person_is_asked_at_once(hire, source, clock):
    source.will_fail("create_account", "N-H001", AttendanceUnavailable)
    run = confirm_hire("H001", date(2026, 12, 1), SYSTEM, clock.now())
    assert (run.state, Task.objects.get(kind="provisioning").subject_id) == ("stuck", run.pk)


def test_refusal_stops_retrying_until_a_person_says_so(hire, source, clock):
    source.will_fail("create_account", "N-H001", AttendanceRefused)
    run = hired(clock)
    assert (run.state, run.due_at, states(run)["account"]) == ("stuck", None, "refused")
    assert Task.objects.get(kind="provisioning").facts["failed"] == [{"step": "account", "code": "attendance_refused"}]
    calls = len(source.calls)
    clock.forward(timedelta(days=1))
    watch.tick(clock.now())
    provision.sweep(clock.now(), timedelta(0))
    assert len(source.calls) == calls
    assert provision.try_again(run.pk, SYSTEM, clock.now()).state == "done"


def test_person_who_saw_to_it_is_asked_again_when_it_is_refused_again(hire, source, clock):
    for _ in range(2):
        source.will_fail("create_account", "N-H001", AttendanceRefused)
    run = hired(clock)
    Task.objects.filter(kind="provisioning").update(state="done")
    clock.forward(timedelta(hours=1))
    provision.try_again(run.pk, SYSTEM, clock.now())
    assert Task.objects.filter(kind="provisioning", state="open").count() == 1


def test_refusal_to_take_back_what_was_once_refused_asks_again(hire, source, clock, monkeypatch):
    """Found by the simulated year: the same words had been said before, of doing it."""
    trouble = deque([FAILURES["refused"]])
    monkeypatch.setitem(STEPS, "rule", Stumbling(STEPS["rule"], {"H001:rule": trouble}))
    run = hired(clock)
    run = until_done(provision.try_again(run.pk, SYSTEM, clock.now()), clock)
    assert run.state == "done"
    trouble.append(FAILURES["refused"])
    clock.forward(timedelta(hours=1))
    run = provision.reverse(run.pk, SYSTEM, clock.now())
    assert (run.state, Task.objects.filter(kind="provisioning", state="open").count()) == ("reversing", 1)


def test_step_done_by_hand_counts_as_done(hire, elsewhere, clock):
    elsewhere.fail_next("create_account", AttendanceRefused)
    run = hired(clock)
    run = provision.by_hand(run.pk, "account", SYSTEM, clock.now())
    assert states(run)["account"] == "done"
    assert Account.objects.get(employee=run.employee).closed_at is None
    assert states(run)["shift"] == "refused"  # the twin knows no account of that person
    with pytest.raises(Refused):
        provision.by_hand(run.pk, "group", SYSTEM, clock.now())
    with pytest.raises(NotFound):
        provision.by_hand(run.pk, "lunch", SYSTEM, clock.now())


def test_source_is_never_called_inside_a_transaction(transactional_db, hire, elsewhere, clock):
    inside = []
    for write in ("create_account", "assign_shift", "grant_leave", "close_account"):
        call = getattr(elsewhere, write)
        setattr(elsewhere, write, lambda *a, call=call, **k: inside.append(connection.in_atomic_block) or call(*a, **k))
    run = hired(clock)
    provision.reverse(run.pk, SYSTEM, clock.now())
    assert len(inside) > 4
    assert not any(inside)


def test_two_workers_at_one_run_do_it_once(transactional_db, hire, source, clock, at_once):
    application = Application.objects.get(code="H001")
    Application.objects.filter(pk=application.pk).update(state="hired")
    run = provision.begin(application, FIRST_DAY, SYSTEM, clock.now(), date(2020, 7, 1))
    ended = at_once(lambda _: provision.go_on(run.pk, clock.now()).pk, 6)
    assert set(ended) == {run.pk}
    assert (belongings("N-H001"), source.calls.count(("create_account", "N-H001"))) == (WHOLE, 1)
    assert Run.objects.get().state == "done"


def test_two_workers_of_whom_one_counts_as_dead_do_it_once(transactional_db, hire, source, clock, at_once):
    """Both are at it: the first is slow, not dead."""
    run = hired(clock)
    Step.objects.filter(run=run).update(state="waiting")
    Run.objects.filter(pk=run.pk).update(state="running")

    def one(number: int) -> str:
        Run.objects.filter(pk=run.pk).update(due_at=clock.now(), held_until=None)
        return provision.go_on(run.pk, clock.now()).state

    assert set(at_once(one, 4)) <= {"done", "running"}
    assert until_done(run, clock).state == "done"
    assert belongings("N-H001") == WHOLE
    assert Notice.objects.filter(subject_id=run.pk).count() == 1


def test_quota_is_granted_with_its_formula(hire, source, clock):
    run = hired(clock)
    entry = LedgerEntry.objects.get(account__employee=run.employee, account__leave_type__code="annual")
    assert (entry.minutes, entry.how) == (
        4 * 480,
        {
            "law": "企业职工带薪年休假实施办法 §5",
            "year": 2027,
            "years": 6,
            "days_full": 5,
            "calendar_days_left": 362,
            "days_of_year": 365,
            "days": 4,
        },
    )


def test_unknown_first_job_grants_nothing_and_asks(hire, source, clock):
    run = confirm_hire("H001", FIRST_DAY, SYSTEM, clock.now())
    annual = LedgerEntry.objects.filter(account__employee=run.employee, account__leave_type__code="annual")
    assert (run.state, annual.count(), Task.objects.get(kind="first_job").subject_id) == ("done", 0, run.pk)
    run = provision.set_worked_since(run.pk, date(2010, 3, 1), SYSTEM, clock.now())
    assert (run.state, annual.get().how["days_full"], annual.get().minutes) == ("done", 10, 9 * 480)
    assert Task.objects.get(kind="first_job").state == "done"
    with pytest.raises(Refused):
        provision.set_worked_since(run.pk, date(2000, 3, 1), SYSTEM, clock.now())
    assert annual.count() == 1


def test_what_the_companys_files_granted_is_not_granted_again(hire, source, clock):
    sick = LeaveType.objects.get(name="带薪病假")
    source.will_fail("grant_leave", "N-H001", AttendanceUnavailable)
    source.will_fail("create_account", "N-H001", AttendanceUnavailable)
    run = hired(clock)
    grant(run.employee.pk, sick, 1200, "folder:x", {"year": 2027}, clock.now())
    until_done(run, clock)
    assert [e.minutes for e in LedgerEntry.objects.filter(account__employee=run.employee, account__leave_type=sick)] == [1200]


def test_group_of_the_team_brings_its_rule_and_its_shift(hire, source, clock):
    group = AttendanceGroup.objects.create(code="G1", name="总部", shift=Shift.objects.get(code="S2"), within_meters=200)
    job = Job.objects.get(code="J001")
    group.places.set([job.site])
    team = Employee.objects.filter(department=job.department, site=job.site)
    ShiftAssignment.objects.filter(employee__in=team).delete()
    GroupMember.objects.bulk_create(GroupMember(group=group, employee=e, first_day=date(2020, 1, 1)) for e in team)
    run = hired(clock)
    rule = run.steps.get(name="rule").result
    assert (rule["rule"], rule["group"], rule["places"], rule["within_meters"]) == ("group", "G1", [job.site.code], 200)
    account = Account.objects.get(employee=run.employee)
    assert (account.group, account.shift.code, account.punch_rule) == (group, "S2", True)
    assert belongings("N-H001") == {**WHOLE, "shifts": 0, "groups": 1}
    assert punchable(run.employee, FIRST_DAY)


def test_without_a_group_the_rule_is_said_in_words(hire, source, clock):
    assert hired(clock).steps.get(name="rule").result["rule"] == "anywhere"


def test_company_without_any_shift_asks_a_person(hire, source, clock):
    ShiftAssignment.objects.all().delete()
    run = hired(clock)
    assert (run.state, states(run)["account"], states(run)["shift"]) == ("stuck", "done", "refused")
    assert lacking({run.employee.pk: FIRST_DAY}) == {run.employee.pk: ("no_plan",)}
    ShiftAssignment.objects.create(employee=run.employee, shift=Shift.objects.get(code="S1"), first_day=FIRST_DAY)
    assert provision.try_again(run.pk, SYSTEM, clock.now()).state == "done"


def test_hire_that_falls_through_leaves_nothing_behind(hire, source, clock):
    run = hired(clock)
    clock.forward(timedelta(days=3))
    run = provision.reverse(run.pk, SYSTEM, clock.now())
    _nothing_left(run)
    before = LedgerEntry.objects.count()
    assert provision.reverse(run.pk, SYSTEM, clock.now()).state == "reversed"
    assert LedgerEntry.objects.count() == before


@pytest.mark.parametrize("trouble", FAILURES)
@pytest.mark.parametrize("write", ["grant_leave", "close_account"])
def test_taking_back_at_the_source_survives_trouble(hire, source, clock, write, trouble):
    run = hired(clock)
    failure, arrives = FAILURES[trouble]
    source.will_fail(write, "N-H001", failure, arrives=arrives)
    _mortal(lambda: provision.reverse(run.pk, SYSTEM, clock.now()))
    if trouble == "refused":
        assert Task.objects.filter(kind="provisioning", state="open").exists()
        provision.try_again(run.pk, SYSTEM, clock.now())
    run = until_done(run, clock)
    _nothing_left(run)


@pytest.mark.parametrize("trouble", FAILURES)
@pytest.mark.parametrize("step", STEPS)
def test_taking_back_in_our_rooms_survives_trouble(hire, source, clock, step, trouble, monkeypatch):
    run = hired(clock)
    monkeypatch.setitem(STEPS, step, Stumbling(STEPS[step], {f"H001:{step}": deque([FAILURES[trouble]])}))
    _mortal(lambda: provision.reverse(run.pk, SYSTEM, clock.now()))
    if trouble == "refused":
        provision.try_again(run.pk, SYSTEM, clock.now())
    _nothing_left(until_done(run, clock))


@pytest.mark.parametrize("write", WRITES.values())
@pytest.mark.parametrize("arrives", [False, True])
def test_run_that_died_half_way_is_taken_back_whole(hire, source, clock, write, arrives):
    source.will_fail(write, "N-H001", Killed, arrives=arrives)
    _hired_by_somebody_mortal(clock)
    run = Run.objects.get()
    _mortal(lambda: provision.reverse(run.pk, SYSTEM, clock.now()))
    run = until_done(run, clock)
    _nothing_left(run)


def test_hire_taken_back_while_a_worker_is_at_it_leaves_nothing_behind(hire, source, clock):
    """The account is opened at the source after HR took the hire back."""

    def meanwhile() -> None:
        provision.reverse(Run.objects.get().pk, SYSTEM, clock.now())

    call = source.create_account
    source.create_account = lambda account, now: [meanwhile(), call(account, now)][1]
    run = hired(clock)
    run = until_done(run, clock)
    _nothing_left(run)


def test_whoever_has_punched_is_not_taken_back(hire, source, clock):
    run = hired(clock)
    Punch.objects.create(
        employee=run.employee, at=clock.now(), zone="Asia/Shanghai", wall="x", source="phone", key="k", recorded_at=clock.now()
    )
    with pytest.raises(Refused):
        provision.reverse(run.pk, SYSTEM, clock.now())
    assert Run.objects.get().state == "done"


def test_attendance_elsewhere_is_told_the_same_once(hire, elsewhere, clock):
    elsewhere.away_from_desk = True
    run = hired(clock)
    assert (run.state, states(run)["employee"], states(run)["account"]) == ("running", "done", "failed")
    elsewhere.away_from_desk = False
    elsewhere.fail_next("grant_leave", AttendanceUnavailable, arrives=True)
    run = until_done(run, clock)
    assert run.state == "done"
    assert set(elsewhere.accounts) == {"N-H001"}
    assert elsewhere.granted == {"N-H001": {"年休假": 4 * 480, "带薪病假": 2370}}
    assert list(elsewhere.shifts_of["N-H001"]) == [FIRST_DAY]
    assert punchable(run.employee, FIRST_DAY)
    provision.reverse(run.pk, SYSTEM, clock.now())
    assert (elsewhere.accounts, set(elsewhere.closed)) == ({}, {"N-H001"})
    assert set(elsewhere.granted["N-H001"].values()) == {0}


def _nothing_left(run: Run) -> None:
    run = Run.objects.get(pk=run.pk)
    assert (run.state, set(states(run).values()), run.due_at) == ("reversed", {"undone"}, None)
    assert Application.objects.get(code="H001").state == "withdrawn"
    employees = Employee.objects.filter(code="N-H001")
    assert {**belongings("N-H001"), "grants": 0, "employees": 1} == {
        "employees": 1,
        "accounts": 0,
        "shifts": 0,
        "groups": 0,
        "grants": 0,
        "minutes": 0,
    }
    assert all(employee.last_day < FIRST_DAY for employee in employees)
    assert not Link.objects.filter(scope="staff", revoked_at=None).exists()
    assert not Timer.objects.filter(subject_id=run.pk, state="pending").exists()
    assert not Task.objects.filter(subject_id=run.pk, state="open").exists()


def _hired_by_somebody_mortal(clock) -> None:
    _mortal(lambda: hired(clock))


def _mortal(act) -> None:
    with suppress(Killed):
        act()
