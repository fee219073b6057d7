"""What an approver sees of a request: who, what, when, how much is left, and who else is away then."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from mianyue.base.errors import NotFound
from mianyue.base.interval import Interval
from mianyue.domain.approvals.models import Approval, ApprovalStep
from mianyue.domain.approvals.queries import deputised_by, waiting_for, whole
from mianyue.domain.attendance.models import Leave, LeaveType
from mianyue.domain.attendance.queries.asked import standing
from mianyue.domain.attendance.queries.leave import balances
from mianyue.domain.notices.dates import Times
from mianyue.domain.notices.staff.times import length
from mianyue.domain.organization.models import Employee
from mianyue.entrypoints.portal import staff_words
from mianyue.entrypoints.portal.staff_door import Member
from mianyue.entrypoints.portal.staff_time import in_days
from mianyue.workflows.requests.asked_for import AskedFor, all_asked_for, asked_for

State = Approval.State


@dataclass(frozen=True, slots=True)
class Line:
    """One request on a list; ``in_place_of`` names whom the reader deputises for."""

    approval: Approval
    asker: str
    what: str
    when: str
    in_place_of: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One request. ``step`` is the one to be decided by the reader; None when there is nothing for them to decide."""

    line: Line
    step: ApprovalStep | None
    department: str
    zone: str
    length: str = ""
    said: str = ""
    destination: str = ""
    left: str = ""
    away: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    state: str = ""


def waiting_lines(member: Member) -> list[Line]:
    """What waits for the reader, their own and what they decide for others, the oldest first."""
    waiting = waiting_for(member.employee.pk, member.today)
    asked = all_asked_for(waiting)
    return [line_of(member, approval, asked[approval.pk], private=True) for approval in waiting]


def read(member: Member, approval_id: UUID) -> Page:
    """One request, for who may decide it; less of it for who might have. Raises NotFound for everybody else."""
    approval = whole(approval_id)
    mine = approval.pk in {one.pk for one in waiting_for(member.employee.pk, member.today)}
    if not mine and not _was_concerned(member, approval):
        raise NotFound("There is no such approval.", "Reload to see what waits.")
    asked = asked_for(approval)
    times = in_zone(member, asked)
    line = line_of(member, approval, asked, private=mine)
    start = asked.interval.start if asked.interval else asked.at
    page = {
        "department": approval.asker.department,
        "zone": times.zone_name(start or member.now),
        "length": length(times, asked.minutes) if asked.minutes is not None else "",
        "state": staff_words.of(staff_words.STATES, approval.state),
    }
    if not mine:
        return Page(line, None, **page)
    balance = _balance(approval)
    return Page(
        line,
        open_step(approval),
        **page,
        said=approval.said or "",
        destination=asked.destination,
        left=in_days(member, *balance) if balance else "",
        away=tuple(_away(approval, asked.interval)) if asked.interval else (),
        warnings=tuple(staff_words.of(staff_words.WARNINGS, code) for code in approval.facts.get("warnings", [])),
    )


def line_of(member: Member, approval: Approval, asked: AskedFor, *, private: bool) -> Line:
    """The request on one line; ``private``: which kind of leave, too."""
    step = open_step(approval)
    in_place = step is not None and step.approver is not None and step.approver_id != member.employee.pk
    return Line(
        approval,
        approval.asker.name,
        what_of(asked, private=private),
        when_of(member, asked),
        step.approver.name if in_place and private else "",
    )


def what_of(asked: AskedFor, *, private: bool) -> str:
    """What is asked for: the kind of leave, the room, or which punch is missing, too."""
    what = staff_words.of(staff_words.REQUESTS, asked.kind)
    more = (asked.leave if private else "") or asked.room or (staff_words.of(staff_words.SIDES, asked.side) if asked.side else "")
    return f"{what} · {more}" if more else what


def when_of(member: Member, asked: AskedFor) -> str:
    """When, on the asker's clock or that of the room."""
    times = in_zone(member, asked)
    if asked.interval is not None:
        return times.span(asked.interval)
    return times.moment(asked.at) if asked.at else ""


def in_zone(member: Member, asked: AskedFor) -> Times:
    """The reader's words for times on the request's own clock."""
    return Times(member.times.voice, ZoneInfo(asked.clock), member.now)


def open_step(approval: Approval) -> ApprovalStep | None:
    """The step whose turn it is."""
    return next((step for step in approval.steps.all() if step.state == ApprovalStep.State.OPEN), None)


def _was_concerned(member: Member, approval: Approval) -> bool:
    """Whether the reader was asked to decide it at some time, or deputises for who was, or did decide."""
    own = {member.employee.pk, *deputised_by(member.employee.pk, member.today)}
    decided_by = f"{member.actor.kind} {member.actor.id}"
    return approval.asker_id != member.employee.pk and any(
        step.approver_id in own or step.decided_by == decided_by for step in approval.steps.all()
    )


def _balance(approval: Approval) -> tuple[LeaveType, int] | None:
    """The kind of leave, and the minutes left of it once this is taken; None where it has no quota."""
    leave = Leave.objects.select_related("kind").filter(pk=approval.subject_id, kind__has_quota=True).first()
    if leave is None or leave.kind is None:
        return None
    return leave.kind, max(balances([approval.asker_id]).get((approval.asker_id, leave.kind_id), 0), 0)


def _away(approval: Approval, during: Interval) -> list[str]:
    """Who else of the department is away then, approved or not yet; never why."""
    asker = approval.asker
    others = Employee.objects.filter(department=asker.department).exclude(pk=asker.pk) if asker.department else []
    people = {person.pk: person for person in others}
    found = standing(people, during)
    return sorted(people[pk].name for pk, some in found.items() if any(one.what in ("leave", "trip") for one in some))
