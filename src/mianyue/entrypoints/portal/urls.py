"""The addresses in letters: ``/i/`` for candidates, ``/p/`` for interviewers, ``/m/`` for everybody's own page (mine).

The project hangs them at the root.
"""

from __future__ import annotations

from django.urls import path

from mianyue.entrypoints.portal import (
    candidate,
    interviewer,
    language,
    privacy,
    staff_asking,
    staff_days,
    staff_deciding,
    staff_home,
    staff_lost,
    staff_rooms,
)

app_name = "portal"

urlpatterns = [
    path("i/<str:token>", candidate.page, name="candidate"),
    path("i/<str:token>/calendar.ics", candidate.calendar, name="calendar"),
    path("i/<str:token>/pick", candidate.pick, name="pick"),
    path("i/<str:token>/other", candidate.other, name="other"),
    path("i/<str:token>/decline", candidate.decline, name="decline"),
    path("i/<str:token>/say", candidate.say, name="say"),
    path("i/<str:token>/heard/<uuid:heard_id>/misread", candidate.misread, name="misread"),
    path("i/<str:token>/heard/<uuid:heard_id>/stay", candidate.stay, name="stay"),
    path("i/<str:token>/heard/<uuid:heard_id>/move", candidate.move, name="move"),
    path("p/<str:token>", interviewer.page, name="interviewer"),
    path("p/<str:token>/resume", interviewer.resume, name="resume"),
    path("p/<str:token>/accept", interviewer.accept, name="accept"),
    path("p/<str:token>/cannot", interviewer.cannot, name="cannot"),
    path("p/<str:token>/change", interviewer.change, name="ask_change"),
    path("m/", staff_lost.page, name="staff_lost"),
    path("m/<str:token>", staff_home.home, name="staff_home"),
    path("m/<str:token>/punch", staff_home.punch, name="staff_punch"),
    path("m/<str:token>/days", staff_days.days, name="staff_days"),
    path("m/<str:token>/requests", staff_asking.requests, name="staff_requests"),
    path("m/<str:token>/requests/<uuid:approval_id>/back", staff_asking.take_back, name="staff_take_back"),
    path("m/<str:token>/ask/<str:kind>", staff_asking.asking, name="staff_ask"),
    path("m/<str:token>/decide", staff_deciding.waiting, name="staff_decide"),
    path("m/<str:token>/decide/<uuid:approval_id>", staff_deciding.one, name="staff_decide_one"),
    path("m/<str:token>/decide/<uuid:approval_id>/decision", staff_deciding.decide, name="staff_decide_it"),
    path("m/<str:token>/deputy", staff_deciding.name_deputy, name="staff_name_deputy"),
    path("m/<str:token>/deputy/<int:delegation_id>/end", staff_deciding.end_deputy, name="staff_end_deputy"),
    path("m/<str:token>/rooms", staff_rooms.rooms, name="staff_rooms"),
    path("m/<str:token>/rooms/book", staff_rooms.book, name="staff_book"),
    path("m/<str:token>/rooms/<uuid:booking_id>/here", staff_rooms.check_in, name="staff_check_in"),
    path("m/<str:token>/rooms/<uuid:booking_id>/back", staff_rooms.give_back, name="staff_give_back"),
    path("privacy", privacy.page, name="privacy"),
    path("language", language.switch, name="language"),
]
