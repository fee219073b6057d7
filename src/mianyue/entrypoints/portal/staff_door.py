"""Who of the staff stands at the door: opens their own page's link and settles language and clock for the visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override

from mianyue.base.errors import NotFound
from mianyue.base.interval import Interval
from mianyue.domain.approvals.queries import waiting_for
from mianyue.domain.notices.dates import Times
from mianyue.domain.organization.models import Company, Employee
from mianyue.domain.organization.queries import company as the_company
from mianyue.domain.security.actor import Actor
from mianyue.entrypoints.portal.door import turned_away
from mianyue.entrypoints.portal.headers import sealed
from mianyue.entrypoints.portal.language import language_for, voice_of
from mianyue.workflows.facts import contact_of, privacy_of
from mianyue.workflows.staff.page import enter
from mianyue.worktime.days import whole_day


@dataclass(frozen=True, slots=True)
class Member:
    """One visit by one of the staff: the link's token, who they are, and the instant, spoken in the page's language."""

    token: str
    employee: Employee
    actor: Actor
    company: Company
    times: Times

    @property
    def now(self) -> datetime:
        return self.times.now

    @property
    def zone(self) -> ZoneInfo:
        """Where the person really lives."""
        return self.times.zone

    @property
    def today(self) -> date:
        """The date on their own calendar."""
        return self.now.astimezone(self.zone).date()

    @property
    def day(self) -> Interval:
        """Today from midnight to midnight."""
        return whole_day(self.today, self.zone)

    def address(self, page: str, **named: object) -> str:
        """The path of one of their pages."""
        return reverse(f"portal:staff_{page}", kwargs={"token": self.token, **named})


View = Callable[..., HttpResponse]


def by_staff(view: View) -> View:
    """Gives a view its ``Member`` in place of the token in its address.

    Unknown links get a 404, ended ones a 410, and so does whatever the view doesn't find, or may not show to this person, a 404.
    """

    @wraps(view)
    def answer(request: HttpRequest, token: str, **named: object) -> HttpResponse:
        now = settings.CLOCK.now()
        try:
            entered = enter(token, now)
        except NotFound as error:
            return turned_away(request, error, lost=True)
        company, employee = the_company(), entered.employee
        own = employee.language or company.default_language
        language = language_for(request, own)
        member = Member(token, employee, entered.actor, company, Times(voice_of(language, own), ZoneInfo(employee.time_zone), now))
        with override(language):
            try:
                return sealed(view(request, member, **named))
            except NotFound as error:
                shown = {"error": error, "member": member, "home": member.address("home")}
                return sealed(shown_to(request, member, "missing", shown, status=404))

    return answer


def shown_to(request: HttpRequest, member: Member, page: str, shown: dict[str, object], status: int = 200) -> HttpResponse:
    """One of the staff's pages, with what stands on all of them. ``shown["here"]`` is where the language switch leads back to."""
    frame = {
        "member": member,
        "token": member.token,
        "page_name": page,
        "waiting": len(waiting_for(member.employee.pk, member.today)),
        "contact": contact_of(member.company),
        "privacy": privacy_of(member.company),
        "here": request.get_full_path() if request.method == "GET" else member.address("home"),
    }
    return render(request, f"portal/staff/{page}.html", frame | shown, status=status)


def back_to(request: HttpRequest, address: str, message: str = "") -> HttpResponse:
    """To a page after something was done; its address is safe to load again."""
    if message:
        messages.success(request, message)
    return HttpResponseRedirect(address, status=303)
