"""Rooms for the staff: which are free at their site, booking one, being there, and giving it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mianyue.base.errors import NotFound, Refused
from mianyue.base.interval import Interval
from mianyue.domain.interviews.rooms import free_rooms
from mianyue.domain.notices.dates import Times
from mianyue.domain.rooms.models import Room, RoomBooking
from mianyue.domain.rooms.queries import bookings_of
from mianyue.entrypoints.portal import staff_words
from mianyue.entrypoints.portal.staff_door import Member, back_to, by_staff, shown_to
from mianyue.entrypoints.portal.staff_forms import BookRoom, FindRoom
from mianyue.workflows.rooms import book as book_room
from mianyue.worktime.days import local

LENGTHS = (30, 45, 60, 90, 120, 180, 240)
"""Minutes that are offered."""

_QUARTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Booking:
    """One of the reader's own bookings, in words."""

    row: RoomBooking
    when: str
    state: str
    can_check_in: bool


@by_staff
@require_safe
def rooms(request: HttpRequest, member: Member) -> HttpResponse:
    """One's own bookings, and the rooms that are free at the time asked for."""
    return _shown(request, member, FindRoom(request.GET) if "day" in request.GET else None)


@by_staff
@require_POST
def book(request: HttpRequest, member: Member) -> HttpResponse:
    """Books a room. The second of two taps finds it booked, by oneself, and says so."""
    form = BookRoom(request.POST)
    if not form.is_valid():
        return _shown(request, member, form, status=400, problem=_("Please choose a day, a time and a length."))
    room = Room.objects.select_related("site").filter(code=form.cleaned_data["room"], site=member.employee.site).first()
    if room is None:
        return _shown(request, member, form, status=404, problem=_("There is no such room at your site."))
    during = _during(member, form.cleaned_data)
    try:
        subject = form.cleaned_data["subject"]
        booking = book_room.book_room(member.employee, room, during, subject, member.actor, member.now)
    except Refused as error:
        if any(_is(one, room, during) for one in bookings_of(member.employee.pk, member.now)):
            return back_to(request, member.address("rooms"))
        return _shown(request, member, form, status=409, problem=staff_words.refusal(error))
    pending = booking.state == RoomBooking.State.PENDING
    said = _("Asked for. You hear from us as soon as it is decided.") if pending else _("Booked: %(room)s.") % {"room": room.name}
    return back_to(request, member.address("rooms"), said)


@by_staff
@require_POST
def check_in(request: HttpRequest, member: Member, booking_id: UUID) -> HttpResponse:
    """Somebody is there, so the room stays theirs."""
    _own(member, booking_id)
    try:
        book_room.check_in(booking_id, member.employee, member.now)
    except Refused as error:
        return _shown(request, member, None, status=409, problem=_check_in_refused(error))
    return back_to(request, member.address("rooms"), _("Checked in. The room is yours until the end."))


@by_staff
@require_POST
def give_back(request: HttpRequest, member: Member, booking_id: UUID) -> HttpResponse:
    """The room, or the rest of the time in it, is free for others."""
    _own(member, booking_id)
    try:
        book_room.give_back(booking_id, member.actor, member.now)
    except Refused as error:
        return _shown(request, member, None, status=409, problem=staff_words.refusal(error))
    return back_to(request, member.address("rooms"), _("Thank you. The room is free for others."))


def _shown(request: HttpRequest, member: Member, form: FindRoom | None, *, status: int = 200, problem: str = "") -> HttpResponse:
    free: list[Room] | None = None
    if form is None:
        form = FindRoom(initial=_soon(member))
    elif form.is_valid():
        during = _during(member, form.cleaned_data)
        if during.start < member.now - timedelta(minutes=1):
            problem = problem or _("This time is over. Please choose a later one.")
        else:
            free = free_rooms(member.employee.site_id, during, member.now)
    else:
        problem = problem or _("Please choose a day, a time and a length.")
    shown = {
        "mine": [_booking(member, one) for one in bookings_of(member.employee.pk, member.now)],
        "site": member.employee.site,
        "form": form,
        "free": free,
        "lengths": LENGTHS,
        "minutes": str(form["minutes"].value()),
        "subject": request.POST.get("subject", ""),
        "zone": _times(member).zone_name(member.now) if str(_zone(member)) != str(member.zone) else "",
        "problem": problem,
        "here": member.address("rooms") + _asked_for(form),
    }
    return shown_to(request, member, "rooms", shown, status)


def _booking(member: Member, row: RoomBooking) -> Booking:
    during = Interval(row.during.lower, row.during.upper)
    times = Times(member.times.voice, ZoneInfo(row.room.site.time_zone), member.now)
    may = row.state == RoomBooking.State.BOOKED and during.start - book_room.CHECK_IN_FROM <= member.now < during.end
    return Booking(row, times.span(during), staff_words.of(staff_words.BOOKINGS, row.state), may)


def _own(member: Member, booking_id: UUID) -> None:
    """Raises NotFound for bookings of others."""
    if not RoomBooking.objects.filter(pk=booking_id, booked_by=member.employee).exists():
        raise NotFound("There is no such booking.", "Reload to see what you have booked.")


def _during(member: Member, said: dict[str, Any]) -> Interval:
    start = local(said["day"], said["begin"], _zone(member))
    return Interval(start, start + timedelta(minutes=said["minutes"]))


def _is(booking: RoomBooking, room: Room, during: Interval) -> bool:
    return booking.room_id == room.pk and Interval(booking.during.lower, booking.during.upper) == during


def _zone(member: Member) -> ZoneInfo:
    """The clock on the wall of the rooms."""
    return ZoneInfo(member.employee.site.time_zone)


def _times(member: Member) -> Times:
    return Times(member.times.voice, _zone(member), member.now)


def _soon(member: Member) -> dict[str, Any]:
    """The next quarter of an hour, for an hour."""
    here = member.now.astimezone(_zone(member))
    start = here.replace(minute=0, second=0, microsecond=0) + _QUARTER * -(-_past_the_hour(here) // _QUARTER)
    return {"day": start.date().isoformat(), "begin": f"{start:%H:%M}", "minutes": 60}


def _past_the_hour(at: datetime) -> timedelta:
    return timedelta(minutes=at.minute, seconds=at.second, microseconds=at.microsecond)


def _asked_for(form: FindRoom) -> str:
    if not form.is_bound:
        return ""
    return "?" + urlencode({name: form[name].value() or "" for name in ("day", "begin", "minutes")})


def _check_in_refused(error: Refused) -> str:
    if error.code == "not_bookable":
        return _("Check in from 15 minutes before the beginning until the end.")
    return staff_words.refusal(error)
