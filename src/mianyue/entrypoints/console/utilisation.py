"""How much the meeting rooms are used in a week: on offer, booked, really used, and freed because nobody came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from mianyue.base.interval import Interval
from mianyue.domain.interviews.rooms import RoomUse, utilisation
from mianyue.domain.organization.models import Company, Site
from mianyue.entrypoints.console import pages
from mianyue.entrypoints.console.asked_days import asked_day
from mianyue.entrypoints.console.times import company_zone, day_words
from mianyue.worktime.days import whole_day


@dataclass(frozen=True, slots=True)
class Row:
    """One room with its bar: shares of what is on offer or, where more is booked than that, of what is booked; in percent."""

    use: RoomUse
    used: float
    unused: float
    released: float

    @property
    def percent(self) -> int | None:
        """Booked of what is on offer."""
        return None if self.use.share is None else round(100 * self.use.share)


def page(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """The week of ``?day=`` by the company's clock, of all sites or one."""
    wanted = asked_day(request)
    first, last = wanted.monday, wanted.monday + timedelta(days=6)
    zone = company_zone()
    window = Interval(whole_day(first, zone).start, whole_day(last, zone).end)
    company = Company.objects.first()
    sites = list(Site.objects.order_by("name"))
    chosen = next((one for one in sites if one.code == request.GET.get("site")), None)
    uses = utilisation(window, company.working_week, chosen and chosen.pk) if company else []
    return pages.page(
        site,
        request,
        "utilisation",
        _("Room use"),
        problem=wanted.problem,
        rows=[_row(use) for use in uses],
        chosen={"sites": sites, "site": chosen.code if chosen else ""},
        head=_("%(first)s to %(last)s") % {"first": day_words(first), "last": day_words(last)},
        day=wanted.day,
        before=first - timedelta(weeks=1),
        after=first + timedelta(weeks=1),
    )


def _row(use: RoomUse) -> Row:
    whole = max(use.offered, use.booked) or 1
    unused = use.booked - use.used - use.released
    return Row(use, 100 * use.used / whole, 100 * unused / whole, 100 * use.released / whole)
