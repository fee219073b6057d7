"""Letters to the staff: who decides, who asked, who starts, whose room went. Each is queued in the caller's transaction."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from mianyue.base.interval import Interval
from mianyue.domain.approvals.models import Approval, ApprovalStep
from mianyue.domain.approvals.queries import deputies_of
from mianyue.domain.desk.actions import ask
from mianyue.domain.desk.models import Task
from mianyue.domain.notices.facts import Recipient
from mianyue.domain.notices.guard import GuardRefused
from mianyue.domain.notices.links import new_link
from mianyue.domain.notices.models import Link, Notice
from mianyue.domain.notices.outbox import Outgoing, queue
from mianyue.domain.notices.staff.facts import StaffFacts, StaffLetterIncomplete
from mianyue.domain.notices.staff.purposes import StaffPurpose
from mianyue.domain.organization.models import Employee
from mianyue.domain.organization.queries import company as the_company
from mianyue.domain.provisioning.models import Run
from mianyue.domain.rooms.models import RoomBooking
from mianyue.workflows.facts import contact_of, privacy_of
from mianyue.workflows.requests.asked_for import asked_for
from mianyue.workflows.write import EMAIL, Way, ways

STAFF = "staff"
"""The kind of recipient, and the scope of their links."""

PAGE_OPENS = timedelta(days=90)
"""How long the link to somebody's own page opens it."""

LETTER_OPENS = timedelta(days=14)
"""How long the link in a letter about a request opens the page."""


def approval_asked(approval: Approval, now: datetime) -> list[Notice]:
    """Tells whoever's turn it is that a request waits, or today's deputy in their place. Nobody where HR decides at the console."""
    return _to_approvers(StaffPurpose.APPROVAL_ASKED, approval, now)


def approval_reminder(approval: Approval, now: datetime) -> list[Notice]:
    """Tells the approver, and today's deputy too, that the request is still waiting; once a day at most."""
    return _to_approvers(StaffPurpose.APPROVAL_REMINDER, approval, now)


def approval_decided(approval: Approval, now: datetime) -> Notice | None:
    """Tells the asker what was decided. None before it is, or after it was taken back."""
    if approval.state not in (Approval.State.APPROVED, Approval.State.REJECTED):
        return None
    return _send(
        approval.asker,
        StaffPurpose.APPROVAL_DECIDED,
        approval.pk,
        0,
        now,
        "/requests",
        LETTER_OPENS,
        **_request(approval),
        approved=approval.state == Approval.State.APPROVED,
    )


def welcome(run: Run, now: datetime) -> Notice | None:
    """Sends a new hire their page before the first day. None where the run has no employee yet."""
    if run.employee is None:
        return None
    return _send(
        run.employee,
        StaffPurpose.WELCOME,
        run.pk,
        run.first_day.toordinal(),
        now,
        "",
        PAGE_OPENS,
        first_day=run.first_day,
        site_name=run.employee.site.name,
    )


def room_released(booking: RoomBooking, now: datetime) -> Notice | None:
    """Tells whoever booked the room that nobody checked in and it was given back. None where nobody of ours booked it."""
    if booking.booked_by is None:
        return None
    site = booking.room.site
    return _send(
        booking.booked_by,
        StaffPurpose.ROOM_RELEASED,
        booking.pk,
        0,
        now,
        "/rooms",
        LETTER_OPENS,
        interval=Interval(booking.during.lower, booking.during.upper),
        room_name=booking.room.name,
        site_name=site.name,
        clock=site.time_zone,
    )


def phone_page(employee: Employee, now: datetime, way: Way | None = None) -> Notice | None:
    """Sends somebody the link to their page, on their best way unless told otherwise; once a minute at most."""
    return _send(employee, StaffPurpose.PHONE_PAGE, employee.pk, _minute(now), now, "", PAGE_OPENS, way=way)


def own_page(employee_id: UUID, now: datetime, opens: timedelta = PAGE_OPENS) -> str:
    """A fresh address of somebody's page. Whoever has it is them: show it to nobody else."""
    token = new_link(Link.Scope.STAFF, employee_id, employee_id, now + opens)
    return f"{settings.MIANYUE_URL}/m/{token}"


def untrue(notice: Notice) -> str | None:
    """Why a letter to one of the staff must not leave any more; None while it is still true."""
    match StaffPurpose(notice.purpose):
        case StaffPurpose.APPROVAL_ASKED | StaffPurpose.APPROVAL_REMINDER:
            step = _open_step(notice.subject_id)
            return None if step is not None and step.number == _step_told(notice) else "already_decided"
        case StaffPurpose.APPROVAL_DECIDED:
            decided = [Approval.State.APPROVED, Approval.State.REJECTED]
            return None if Approval.objects.filter(pk=notice.subject_id, state__in=decided).exists() else "taken_back"
        case StaffPurpose.WELCOME:
            runs = Run.objects.filter(pk=notice.subject_id).exclude(state__in=[Run.State.REVERSING, Run.State.REVERSED])
            coming = runs.values_list("first_day", flat=True).first()
            return None if coming is not None and coming.toordinal() == notice.version else "hire_changed"
        case StaffPurpose.ROOM_RELEASED:
            released = RoomBooking.objects.filter(pk=notice.subject_id, state=RoomBooking.State.RELEASED).exists()
            return None if released else "room_taken_again"
    return None


def _to_approvers(purpose: StaffPurpose, approval: Approval, now: datetime) -> list[Notice]:
    step = _open_step(approval.pk)
    if step is None or step.approver is None:
        return []
    deputies = _deputies(step.approver, approval.asker_id, now)
    reminding = purpose is StaffPurpose.APPROVAL_REMINDER
    readers = [*deputies, *([step.approver] if reminding or not deputies else [])]
    version = step.number + (_STEPS * now.toordinal() if reminding else 0)
    return [
        sent
        for reader in readers
        if (
            sent := _send(
                reader,
                purpose,
                approval.pk,
                version,
                now,
                f"/decide/{approval.pk}",
                LETTER_OPENS,
                **_request(approval),
                asker_name=approval.asker.name,
                for_name="" if reader == step.approver else step.approver.name,
            )
        )
    ]


_STEPS = 100
"""A reminder's version is its date and, in the last two figures, the number of the step: a new letter a day, stale with its step."""


def _step_told(notice: Notice) -> int:
    return notice.version % _STEPS


def _open_step(approval_id: UUID) -> ApprovalStep | None:
    open_steps = ApprovalStep.objects.filter(approval=approval_id, approval__state=Approval.State.PENDING, state="open")
    return open_steps.select_related("approver").first()


def _deputies(approver: Employee, asker_id: UUID, now: datetime) -> list[Employee]:
    """Who decides in the approver's place on the approver's own date of ``now``; never the asker."""
    today = now.astimezone(ZoneInfo(approver.time_zone)).date()
    named = set(deputies_of(approver.pk, today)) - {asker_id}
    return list(Employee.objects.filter(pk__in=named).order_by("code"))


def _request(approval: Approval) -> dict[str, Any]:
    """What a letter may say of a request: never why, and never which leave."""
    asked = asked_for(approval)
    return {
        "request": asked.kind,
        "interval": asked.interval,
        "at": asked.at,
        "minutes": asked.minutes,
        "room_name": asked.room,
        "site_name": asked.site,
        "clock": asked.clock,
    }


def _send(
    employee: Employee,
    purpose: StaffPurpose,
    subject_id: UUID,
    version: int,
    now: datetime,
    page: str,
    opens: timedelta,
    way: Way | None = None,
    **said: Any,
) -> Notice | None:
    way = way or next(iter(ways(employee)), None)
    if way is None:
        ask(Task.Kind.NO_ADDRESS, employee.pk, "", now, purpose=purpose, employee=employee.code)
        return None
    company = the_company()
    address = own_page(employee.pk, now, opens)
    facts = StaffFacts(
        company=company.name,
        recipient=Recipient(employee.name, employee.language or company.default_language, employee.time_zone),
        contact=contact_of(company),
        privacy=privacy_of(company),
        now=now,
        # A text message has room for the door only; what waits stands on the first page behind it.
        page_link=address + page if way.channel == EMAIL else address,
        company_language=company.default_language,
        **said,
    )
    letter = Outgoing(
        subject_id=subject_id,
        application_code="",
        purpose=purpose,
        version=version,
        recipient_kind=STAFF,
        recipient_id=employee.pk,
        channel=way.channel,
        address=way.address,
        facts=facts,
        useful_until=now + opens,
    )
    try:
        return queue(letter, now)
    except (GuardRefused, StaffLetterIncomplete) as refused:
        ask(Task.Kind.LETTER_REFUSED, subject_id, "", now, purpose=purpose, employee=employee.code, why=str(refused))
        return None


def _minute(now: datetime) -> int:
    return int(now.timestamp()) // 60
