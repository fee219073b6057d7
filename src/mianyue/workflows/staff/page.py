"""The staff's own page: who opens it, and how its address reaches them, in a letter, from HR, or when they lost it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from procrastinate.contrib.django import app

from mianyue.base.errors import NotFound, Refused
from mianyue.domain.notices.links import find_link, is_open
from mianyue.domain.notices.models import Link, Notice
from mianyue.domain.notices.staff.purposes import StaffPurpose
from mianyue.domain.organization.models import Employee
from mianyue.domain.organization.queries import company as the_company
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import Actor
from mianyue.domain.security.sealing import blind_index
from mianyue.understanding.contact import email_key, normal_mobile
from mianyue.workflows.reply import LinkEnded, LinkUnknown
from mianyue.workflows.staff import tell as tell_staff
from mianyue.workflows.write import Way, ways
from mianyue.worktime.days import DAY

ASKED_AGAIN_AFTER = timedelta(minutes=10)
"""A lost page is sent to the same person no sooner than this."""


class NoWay(Refused):
    """There is neither an e-mail address nor a mobile number of this person."""

    code = "no_address"


@dataclass(frozen=True, slots=True)
class Entered:
    """One of the staff on their own page."""

    link: Link
    employee: Employee

    @property
    def actor(self) -> Actor:
        return Actor(tell_staff.STAFF, str(self.employee.pk))


def enter(token: str, now: datetime) -> Entered:
    """Opens a link to somebody's own page without changing anything. Raises LinkUnknown; LinkEnded, too for who has left."""
    link = find_link(token)
    if link is None or link.scope != Link.Scope.STAFF:
        raise LinkUnknown("This link is not known.", "Open it exactly as it stands in the message.")
    employee = Employee.objects.select_related("site").filter(pk=link.person_id).first()
    if not is_open(link, now) or employee is None or _has_left(employee, now):
        raise LinkEnded("This link has ended.", "Ask for a new one with your e-mail address or mobile number.")
    return Entered(link, employee)


def send_page(employee_id: UUID, actor: Actor, now: datetime) -> Notice | None:
    """Sends somebody the link to their page. None where that was done within this minute. Raises NotFound, NoWay."""
    with transaction.atomic():
        employee = _working(Employee.objects.select_for_update().filter(pk=employee_id).first(), now)
        if not ways(employee):
            raise NoWay("No e-mail address or mobile number is known.", "Add one to the company's files and import again.")
        notice = tell_staff.phone_page(employee, now)
        if notice is not None:
            record("staff.page_sent", employee, actor, now, employee=employee.code, channel=notice.channel)
        return notice


def make_page(code: str, actor: Actor, now: datetime) -> str:
    """The address of somebody's page, by their employee_id. It is shown here and never again. Raises NotFound."""
    with transaction.atomic():
        employee = employee_of(code, now)
        record("staff.page_made", employee, actor, now, employee=employee.code)
        return tell_staff.own_page(employee.pk, now)


def employee_of(code: str, now: datetime) -> Employee:
    """Who has that employee_id and works here. Raises NotFound."""
    return _working(Employee.objects.filter(code=code).first(), now)


def ask_for_page(address: str) -> None:
    """Has the page sent to whoever is reached at that e-mail address or mobile number, if anybody is.

    A worker looks for them, so that the answer takes as long and says as much whether or not there is somebody. The job carries a
    keyed fingerprint, never the address.
    """
    app.configure_task("send_lost_page").defer(sought=_fingerprint(address).hex())


def send_lost_page(sought: str, now: datetime) -> Notice | None:
    """Sends the page to whoever's address has that fingerprint, there and nowhere else; not again within ten minutes."""
    found = _by_address(bytes.fromhex(sought), now)
    if found is None:
        return None
    employee_id, way = found
    with transaction.atomic():
        employee = Employee.objects.select_for_update().get(pk=employee_id)
        lately = Notice.objects.filter(
            recipient_id=employee.pk, purpose=StaffPurpose.PHONE_PAGE, created_at__gt=now - ASKED_AGAIN_AFTER
        )
        if lately.exists():
            return None
        notice = tell_staff.phone_page(employee, now, way)
        if notice is not None:
            actor = Actor(tell_staff.STAFF, str(employee.pk))
            record("staff.page_sent", employee, actor, now, employee=employee.code, channel=notice.channel)
        return notice


def _by_address(sought: bytes, now: datetime) -> tuple[UUID, Way] | None:
    """Addresses are sealed row by row and asked for rarely: all are opened, 2,000 people in a tenth of a second."""
    for employee in Employee.objects.order_by("code").iterator():
        for way in ways(employee):
            if _fingerprint(way.address) == sought and not _has_left(employee, now):
                return employee.pk, way
    return None


def _fingerprint(address: str) -> bytes:
    """Of a mobile number its international form, however it is written; of anything else the form in which mailboxes are equal."""
    return blind_index("staff.page", normal_mobile(address, the_company().holiday_country[:2]) or email_key(address))


def _working(employee: Employee | None, now: datetime) -> Employee:
    if employee is None or _has_left(employee, now):
        raise NotFound("No such person works here.", "Look at the employee's id and their last day.")
    return employee


def _has_left(employee: Employee, now: datetime) -> bool:
    """Whether the last day is over, and so is a night shift that began on it."""
    today = now.astimezone(ZoneInfo(employee.time_zone)).date()
    return employee.last_day is not None and employee.last_day + DAY < today
