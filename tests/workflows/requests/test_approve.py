"""Approvals: each step is decided once, by whoever's turn it is, and nobody decides their own, whatever hat they put on."""

from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from mianyue.base.errors import NotFound, SomebodyWasFirst
from mianyue.base.interval import Interval
from mianyue.domain.approvals.models import Approval, ApprovalStep
from mianyue.domain.approvals.queries import of, open_at_console, waiting_for
from mianyue.domain.attendance.models import Leave, LeaveType
from mianyue.domain.interviews.queries import sittings
from mianyue.domain.notices.models import Notice
from mianyue.domain.organization.models import Department, Employee
from mianyue.domain.security.actor import SYSTEM, Actor
from mianyue.domain.security.models import JournalEntry
from mianyue.domain.timers.models import Timer
from mianyue.workflows.jobs import replan
from mianyue.workflows.requests import ask
from mianyue.workflows.requests.approve import NotYours, decide
from mianyue.workflows.requests.chase import replace_who_left
from mianyue.workflows.requests.delegate import delegate

HR = Actor("user", "1")
TODAY = date(2026, 11, 30)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


@pytest.fixture
def personal(db) -> LeaveType:
    return LeaveType.objects.create(name="无薪事假", code="personal", paid=False)


@pytest.fixture
def asks(office, by, clock, personal):
    """Somebody (the asker, unless told otherwise) asks for a day of leave."""

    def leave(employee: Employee | None = None, day: str = "2026-12-08") -> Approval:
        employee = employee or office.asker
        during = Interval(at(f"{day}T09:00"), at(f"{day}T18:00"))
        asked = ask.ask_leave(employee, personal, during, "搬家", by(employee), clock.now())
        return Approval.objects.get(subject_id=asked.pk)

    return leave


@pytest.fixture
def decides(by, clock):
    """Somebody decides from their own page, or HR at the console."""

    def say(approval: Approval, decider: Employee | Actor, approve: bool = True, said: str = "") -> Approval:
        person = decider if isinstance(decider, Employee) else None
        return decide(approval.pk, approve, said, person, by(person) if person else decider, clock.now())

    return say


def steps(approval: Approval) -> list[tuple[str, str | None, str]]:
    return [(step.role, step.approver and step.approver.code, step.state) for step in approval.steps.select_related("approver")]


def waiting(*people: Employee, on: date = TODAY) -> list[list[Approval]]:
    return [waiting_for(person.pk, on) for person in people]


def leave_of(approval: Approval) -> Leave:
    return Leave.objects.get(pk=approval.subject_id)


# The chain.


def test_manager_then_hr(asks, decides, office):
    approval = asks()
    assert waiting(office.manager, office.hr, office.director) == [[approval], [], []]
    decides(approval, office.manager, said="好的")
    assert waiting(office.manager, office.hr) == [[], [approval]]
    assert leave_of(approval).status == "pending"
    approval = decides(approval, office.hr)
    assert (approval.state, leave_of(approval).status) == ("approved", "approved")
    first, second = approval.steps.all()
    assert (first.decided_by, first.said) == (f"staff {office.manager.pk}", "好的")
    assert (second.decided_by, second.said) == (f"staff {office.hr.pk}", None)
    assert of(office.asker.pk) == [approval]


def test_each_hears_when_it_is_their_turn_and_the_asker_at_the_end(asks, decides, office):
    def told(person: Employee) -> list[str]:
        return list(Notice.objects.filter(recipient_id=person.pk).values_list("purpose", flat=True))

    approval = asks()
    assert (told(office.manager), told(office.hr), told(office.asker)) == (["approval_asked"], [], [])
    decides(approval, office.manager)
    assert (told(office.hr), told(office.asker)) == (["approval_asked"], [])
    decides(approval, office.hr)
    assert told(office.asker) == ["approval_decided"]


def test_a_rejection_ends_it(asks, decides, office):
    approval = decides(asks(), office.manager, approve=False, said="项目上线")
    assert (approval.state, leave_of(approval).status) == ("rejected", "rejected")
    assert steps(approval) == [("manager", "X-manager", "rejected"), ("hr", "X-hr", "skipped")]
    assert waiting(office.manager, office.hr) == [[], []]
    with pytest.raises(SomebodyWasFirst):
        decides(approval, office.hr)


def test_a_decision_is_final(asks, decides, office):
    approval = asks()
    decides(approval, office.manager)
    decides(approval, office.hr)
    for person in (office.manager, office.hr):
        with pytest.raises(SomebodyWasFirst):
            decides(approval, person, approve=False)
    assert leave_of(approval).status == "approved"
    with pytest.raises(NotFound):
        decide(leave_of(approval).pk, True, "", office.hr, SYSTEM, at("2026-12-01T08:00"))


def test_managers_ask_the_manager_above_and_the_top_asks_hr(asks, office):
    assert steps(asks(office.manager)) == [("manager", "X-director", "open"), ("hr", "X-hr", "waiting")]
    office.director.department = "研究院"
    office.director.save()
    assert steps(asks(office.director)) == [("hr", None, "open")]


def test_of_hr_anybody_else_of_hr_decides(asks, office):
    approval = asks(office.hr)
    assert steps(approval) == [("manager", "X-manager", "open"), ("hr", None, "waiting")]


def test_the_same_person_in_both_roles_decides_once(asks, decides, office):
    Department.objects.filter(name="实验室").update(hr=office.manager)
    approval = asks()
    assert steps(approval) == [("manager", "X-manager", "open")]
    assert decides(approval, office.manager).state == "approved"


def test_without_a_department_hr_at_the_console_decides(asks, decides, office):
    Employee.objects.filter(pk=office.asker.pk).update(department="没有这个部门")
    approval = asks()
    assert steps(approval) == [("hr", None, "open")]
    assert list(open_at_console()) == [approval]
    assert not Notice.objects.filter(subject_id=approval.pk).exists()
    with pytest.raises(NotYours):
        decides(approval, office.hr)
    assert decides(approval, HR).state == "approved"
    assert list(open_at_console()) == []


def test_departments_above_one_another_end_somewhere(asks, office):
    above = Department.objects.get(name="研究院")
    above.parent = Department.objects.get(name="实验室")
    above.save()
    Department.objects.filter(name="研究院").update(manager=office.asker)
    Department.objects.filter(name="实验室").update(manager=office.asker, hr=None)
    assert steps(asks()) == [("hr", None, "open")]


@pytest.mark.parametrize(
    "gone", [{"last_day": date(2026, 11, 29)}, {"hire_date": date(2026, 12, 1)}, {"email": None, "mobile": None}, {"email": ""}]
)
def test_who_is_not_there_or_can_not_be_reached_is_passed_over(asks, office, gone):
    for person in (office.manager, office.hr):
        for name, value in gone.items():
            setattr(person, name, value)
        person.save()
    assert steps(asks()) == [("manager", "X-director", "open"), ("hr", None, "waiting")]


def test_a_manager_on_the_last_day_still_decides(asks, decides, office):
    office.manager.last_day = TODAY
    office.manager.save()
    approval = asks()
    assert steps(approval)[0] == ("manager", "X-manager", "open")
    decides(approval, office.manager)


# The chain when somebody leaves midway.


def test_a_manager_who_leaves_is_replaced(asks, decides, office, clock):
    approval = asks()
    office.manager.last_day = date(2026, 12, 1)
    office.manager.save()
    assert replace_who_left(clock.now()) == 0
    clock.forward(timedelta(days=2))
    with pytest.raises(NotYours):
        decides(approval, office.manager)
    assert replace_who_left(clock.now()) == 1
    assert steps(approval) == [("manager", "X-director", "open"), ("hr", "X-hr", "waiting")]
    assert Notice.objects.filter(recipient_id=office.director.pk, purpose="approval_asked").count() == 1
    assert replace_who_left(clock.now()) == 0
    assert waiting(office.manager, office.director, on=date(2026, 12, 2)) == [[], [approval]]


def test_hr_who_left_before_their_turn_is_replaced_when_it_comes(asks, decides, office):
    approval = asks()
    office.hr.last_day = date(2026, 11, 1)
    office.hr.save()
    decides(approval, office.manager)
    assert steps(approval) == [("manager", "X-manager", "approved"), ("hr", None, "open")]
    assert list(open_at_console()) == [approval]


# Nobody decides their own.


def test_own_request_as_ones_own_manager(asks, decides, office):
    Department.objects.filter(name="实验室").update(manager=office.asker)
    approval = asks()
    assert steps(approval)[0] == ("manager", "X-director", "open")
    with pytest.raises(NotYours):
        decides(approval, office.asker)


def test_own_request_by_becoming_the_approver_of_it(asks, decides, office):
    approval = asks()
    approval.steps.filter(number=1).update(approver=office.asker)
    assert waiting(office.asker) == [[]]
    with pytest.raises(NotYours):
        decides(approval, office.asker)


def test_own_request_as_a_deputy(asks, decides, office, by, now):
    delegate(office.manager, office.asker, TODAY, TODAY, by(office.manager), now)
    passed_over = asks()
    assert steps(passed_over)[0] == ("manager", "X-director", "open")
    delegate(office.director, office.asker, TODAY, TODAY, by(office.director), now)
    assert waiting(office.asker) == [[]]
    with pytest.raises(NotYours):
        decides(passed_over, office.asker)


def test_own_request_from_a_colleagues_name(asks, office, by, now):
    approval = asks()
    with pytest.raises(NotYours):
        decide(approval.pk, True, "", office.manager, by(office.asker), now)
    with pytest.raises(NotYours):
        decide(approval.pk, True, "", office.manager, by(office.colleague), now)
    with pytest.raises(NotYours):
        decide(approval.pk, True, "", None, by(office.asker), now)


@pytest.mark.parametrize(
    "account",
    [
        {"username": "wang", "email": "Asker@Office.Example "},
        {"username": "asker@office.example"},
        {"username": "x-asker"},
    ],
)
def test_own_request_at_the_console(asks, decides, office, account):
    Employee.objects.filter(pk=office.asker.pk).update(department="")
    own = get_user_model().objects.create(is_staff=True, is_superuser=True, **account)
    other = get_user_model().objects.create(username="li", email="li@office.example", is_staff=True)
    approval = asks()
    with pytest.raises(NotYours):
        decides(approval, Actor("user", str(own.pk)))
    assert decides(approval, Actor("user", str(other.pk))).state == "approved"


def test_a_stranger_decides_nothing(asks, decides, office):
    approval = asks()
    for person in (office.colleague, office.director, office.hr):
        with pytest.raises(NotYours):
            decides(approval, person)
    with pytest.raises(NotYours):
        decides(approval, HR)
    with pytest.raises(NotYours):
        decides(approval, SYSTEM)
    assert steps(approval) == [("manager", "X-manager", "open"), ("hr", "X-hr", "waiting")]


# Many at once.


def test_two_taps_of_one_approver_are_one_decision(transactional_db, asks, decides, office, at_once):
    approval = asks()
    became = at_once(lambda n: decides(approval, office.manager, approve=n % 2 == 0), 8)
    assert sorted(type(one).__name__ for one in became) == ["Approval"] + ["SomebodyWasFirst"] * 7
    assert JournalEntry.objects.filter(act="approval.decided").count() == 1


def test_approver_and_deputy_at_once_are_one_decision(transactional_db, asks, decides, office, by, now, at_once):
    delegate(office.manager, office.colleague, TODAY, TODAY, by(office.manager), now)
    approval = asks()
    became = at_once(lambda n: decides(approval, [office.manager, office.colleague][n % 2], approve=n % 2 == 0), 8)
    assert sorted(type(one).__name__ for one in became) == ["Approval"] + ["SomebodyWasFirst"] * 7


def test_taken_back_and_decided_at_once_end_in_one_of_both(transactional_db, asks, decides, office, by, now, at_once):
    Department.objects.filter(name="实验室").update(hr=office.manager)
    approval = asks()
    at_once(
        lambda n: decides(approval, office.manager, approve=False) if n % 2 else ask.take_back(approval, by(office.asker), now), 8
    )
    approval.refresh_from_db()
    assert approval.state == leave_of(approval).status
    assert approval.state in ("rejected", "cancelled")
    assert JournalEntry.objects.filter(act__in=["approval.decided", "approval.taken_back"]).count() == 1


def test_two_of_hr_at_the_console_do_not_decide_a_step_they_never_saw(asks, decides, office, clock):
    approval = asks()
    approval.steps.filter(number=1).update(escalated_at=clock.now())
    approval.steps.filter(number=2).update(approver=None)
    (shown,) = open_at_console()
    seen = next(step.number for step in shown.steps.all() if step.state == "open")
    assert decide(approval.pk, True, "", None, HR, clock.now(), seen).state == "approved"
    with pytest.raises(SomebodyWasFirst):
        decide(approval.pk, False, "", None, Actor("user", "2"), clock.now(), seen)


def test_a_page_that_is_out_of_date_decides_nothing(asks, decides, office, by, clock):
    approval = asks()
    decides(approval, office.manager)
    with pytest.raises(SomebodyWasFirst):
        decide(approval.pk, True, "", office.hr, by(office.hr), clock.now(), 1)
    assert decide(approval.pk, True, "", office.hr, by(office.hr), clock.now(), 2).state == "approved"


# Patience.


def test_an_untouched_step_is_reminded_and_then_opens_to_hr_too(asks, decides, office, later, clock):
    approval = asks()
    later(hours=24)
    assert list(Notice.objects.filter(recipient_id=office.manager.pk).values_list("purpose", flat=True).order_by("created_at")) == [
        "approval_asked",
        "approval_reminder",
    ]
    with pytest.raises(NotYours):
        decides(approval, HR)
    assert list(open_at_console()) == []
    later(hours=48)
    assert list(open_at_console()) == [approval]
    assert waiting(office.manager, on=clock.now().date()) == [[approval]]
    decides(approval, HR)
    # Anybody of HR has spoken: the person of HR whom the department names still has their own step.
    assert steps(approval) == [("manager", "X-manager", "approved"), ("hr", "X-hr", "open")]
    assert list(open_at_console()) == []


def test_a_decided_step_reminds_nobody(asks, decides, office, later):
    approval = asks()
    decides(approval, office.manager)
    decides(approval, office.hr)
    assert not Timer.objects.filter(subject_id=approval.pk, state="pending").exists()
    later(hours=80)
    assert not Notice.objects.filter(purpose="approval_reminder").exists()


def test_whoever_left_is_not_reminded_but_replaced(asks, office, later):
    approval = asks()
    office.manager.last_day = TODAY
    office.manager.save()
    later(hours=24)
    assert steps(approval)[0] == ("manager", "X-director", "open")
    assert not Notice.objects.filter(purpose="approval_reminder").exists()
    later(hours=24)
    assert Notice.objects.filter(purpose="approval_reminder").values_list("recipient_id", flat=True).get() == office.director.pk


def test_patience_can_be_switched_off(asks, settings):
    settings.MIANYUE_APPROVAL_REMIND_AFTER = settings.MIANYUE_APPROVAL_ESCALATE_AFTER = timedelta(0)
    assert not Timer.objects.filter(subject_id=asks().pk).exists()


# Interviews.


def test_an_interviewer_who_will_be_away_is_replaced(booked, clock, by, personal, post):
    interview = booked("A039")
    seat = interview.booked.seats.select_related("employee").first()
    during = Interval(interview.booked.during.lower, interview.booked.during.upper)
    assert [sitting.interview_id for sitting in sittings([seat.employee_id], during, clock.now())[seat.employee_id]] == [
        interview.pk
    ]
    ask.ask_leave(seat.employee, personal, during, "", by(seat.employee), clock.now())
    (job,) = ProcrastinateJob.objects.filter(task_name="replan")
    assert job.args == {"actor_kind": "staff", "actor_id": str(seat.employee_id)}
    replan(**job.args)
    assert sittings([seat.employee_id], during, clock.now()) == {}
    interview.refresh_from_db()
    options = interview.options.filter(state__in=["held", "chosen"])
    assert interview.state in ("booked", "offered")
    assert options
    promised = [Interval(o.during.lower, o.during.upper) for o in options if o.seats.filter(employee=seat.employee).exists()]
    assert not any(span.overlaps(during) for span in promised)


def test_who_sits_in_no_interview_sets_nothing_in_motion(asks):
    asks()
    assert not ProcrastinateJob.objects.filter(task_name="replan").exists()


def test_lists_of_many_are_read_in_as_many_queries_as_lists_of_one(asks, office, django_assert_num_queries):
    asks()
    for count in (1, 3):
        with django_assert_num_queries(4):
            assert len(waiting_for(office.manager.pk, TODAY)) == count
        with django_assert_num_queries(3):
            assert len(of(office.asker.pk)) == count
        if count == 1:
            asks(day="2026-12-09")
            asks(day="2026-12-10")


def test_a_step_is_only_open_once(asks):
    approval = asks()
    with pytest.raises(IntegrityError), transaction.atomic():
        ApprovalStep.objects.filter(approval=approval).update(state="open")
