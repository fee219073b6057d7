"""What the stories below share: time that passes, post that is delivered, and people who act on what they were sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection, connections
from icalendar import Calendar

from mianyue.base.clock import ManualClock
from mianyue.domain.attendance.models import AttendanceGroup, GroupMember, Shift
from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.models import Claim, Interview
from mianyue.domain.notices.models import Notice
from mianyue.domain.organization.models import Department, Employee, Site
from mianyue.domain.recruiting.models import Application, Candidate
from mianyue.domain.security.actor import Actor
from mianyue.ports.channel import Message
from mianyue.workflows import reply
from mianyue.workflows.deliver import sweep
from mianyue.workflows.invite import Wish, invite
from mianyue.workflows.watch import tick

RECRUITER = Actor("user", "1")


@dataclass(frozen=True)
class Entry:
    """One calendar entry as a mail program reads it."""

    method: str
    uid: str
    sequence: int
    status: str
    start: datetime
    end: datetime
    attendees: tuple[str, ...]


def read_entry(message: Message | Notice) -> Entry:
    """The one event of a message's calendar part."""
    calendar = Calendar.from_ical(message.calendar)
    (event,) = calendar.walk("VEVENT")
    attendees = event.get("attendee")
    attendees = attendees if isinstance(attendees, list) else [attendees]
    return Entry(
        str(calendar["method"]),
        str(event["uid"]),
        int(event["sequence"]),
        str(event["status"]),
        event.decoded("dtstart"),
        event.decoded("dtend"),
        tuple(str(a).removeprefix("mailto:") for a in attendees),
    )


@dataclass
class Person:
    """A candidate or an interviewer, who follows the link of the newest message they got (queued counts as got)."""

    row: Candidate | Employee
    clock: ManualClock

    @property
    def newest(self) -> Notice:
        return self.notices()[-1]

    def notices(self, *purposes: str) -> list[Notice]:
        """What was written to this person, oldest first."""
        found = Notice.objects.filter(recipient_id=self.row.pk).order_by("created_at", "id")
        return list(found.filter(purpose__in=purposes) if purposes else found)

    def opens(self, notice: Notice | None = None) -> reply.Visit:
        door, token = re.search(r"https?://[^/\s]+/([ip])/([\w-]+)", (notice or self.newest).text).groups()
        return reply.visit(token, {"i": "candidate", "p": "interviewer"}[door], self.clock.now())

    def picks(self, number: int, proposal: int | None = None) -> Interview:
        visit = self.opens()
        return reply.pick(visit, number, proposal or visit.interview.proposal, self.clock.now())

    def wants_other_times(self, said: str = "") -> bool:
        visit = self.opens()
        return reply.other_times(visit, said, self.clock.now(), seen=reply.standing(visit.interview))

    def declines(self) -> None:
        reply.decline(self.opens(), self.clock.now())

    def cannot_come(self, said: str = "") -> str:
        return reply.give_up_seat(self.opens(), said, self.clock.now())


@pytest.fixture
def post(clock, mail, sms) -> Callable[[], int]:
    """Delivers everything that is due now, as a worker would. Returns how many deliveries moved."""
    return lambda: sweep(clock.now(), timedelta(0))


@pytest.fixture
def later(clock, post) -> Callable[..., None]:
    """Lets time pass (``later(hours=24)``); then the timers fire and the post goes out."""

    def passes(**span: float) -> None:
        clock.forward(timedelta(**span))
        tick(clock.now())
        post()

    return passes


@pytest.fixture
def person(clock) -> Callable[[str], Person]:
    """The candidate of an application ("A039"), or an employee ("E001")."""

    def find(code: str) -> Person:
        employee = Employee.objects.filter(code=code).first()
        return Person(employee or Application.objects.get(code=code).candidate, clock)

    return find


@pytest.fixture
def panel(person) -> Callable[[Interview], list[Person]]:
    """Who sits in the booked interview."""
    return lambda interview: [person(s.employee.code) for s in interview.booked.seats.select_related("employee")]


@pytest.fixture
def invited(company, clock, post, person) -> Callable[[str], Person]:
    """Invites the candidate of an application and delivers the letter."""

    def one(code: str) -> Person:
        (done,) = invite(Wish(applications=[code]), RECRUITER, clock.now())
        assert done.fresh, done.problem
        post()
        return person(code)

    return one


@pytest.fixture
def booked(invited, post) -> Callable[..., Interview]:
    """Invites, lets the candidate pick, delivers the confirmations."""

    def one(code: str, number: int = 1) -> Interview:
        interview = invited(code).picks(number)
        post()
        interview.refresh_from_db()
        return interview

    return one


@pytest.fixture
def claimed() -> Callable[..., list[Claim]]:
    """The claims that keep times from others, of one interview or of all."""

    def active(interview: Interview | None = None) -> list[Claim]:
        claims = Claim.objects.filter(state__in=["hold", "booked"])
        return list(claims.filter(interview=interview) if interview else claims)

    return active


@pytest.fixture
def desk() -> Callable[[str], list[Task]]:
    """What waits for a person about an application."""
    return lambda code: list(Task.objects.filter(application_code=code, state="open"))


@pytest.fixture
def entry() -> Callable[[Message | Notice], Entry]:
    return read_entry


@pytest.fixture
def at_once() -> Callable[[Callable[[int], object], int], list]:
    """What ``act(number)`` returned or raised in as many threads, let go together."""

    def run(act: Callable[[int], object], count: int) -> list:
        gate = Barrier(count)

        def one(number: int) -> object:
            try:
                connection.ensure_connection()
                gate.wait(30)
                return act(number)
            except Exception as error:  # the test looks at what each thread met
                return error
            finally:
                connections.close_all()

        with ThreadPoolExecutor(count) as pool:
            return list(pool.map(one, range(count)))

    return run


@dataclass
class Office:
    """A department of the sample company and who decides in it; everybody works from 9 to 18 with an hour's break, Monday to Friday."""

    asker: Employee
    manager: Employee
    director: Employee
    hr: Employee
    colleague: Employee


@pytest.fixture
def office(company) -> Office:
    """The asker's department is led by the manager, the one above it by the director; HR is named."""
    site = Site.objects.filter(time_zone="Asia/Shanghai").first()
    group = AttendanceGroup.objects.create(code="office", name="办公室", shift=Shift.objects.get(code="S1"))
    people = {}
    for name in ("asker", "manager", "director", "hr", "colleague"):
        people[name] = Employee.objects.create(
            code=f"X-{name}",
            name=name.title(),
            site=site,
            time_zone="Asia/Shanghai",
            email=f"{name}@office.example",
            department="实验室",
            hire_date=date(2024, 1, 8),
        )
        GroupMember.objects.create(group=group, employee=people[name], first_day=date(2024, 1, 8))
    above = Department.objects.create(name="研究院", manager=people["director"])
    Department.objects.create(name="实验室", parent=above, manager=people["manager"], hr=people["hr"])
    return Office(**people)


@pytest.fixture
def by() -> Callable[[Employee], Actor]:
    """How the journal names somebody who acts from their own page."""
    return lambda employee: Actor("staff", str(employee.pk))
