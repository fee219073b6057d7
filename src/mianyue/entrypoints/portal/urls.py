"""The addresses in letters: ``/i/`` for candidates, ``/p/`` for interviewers. The project hangs them at the root."""

from __future__ import annotations

from django.urls import path

from mianyue.entrypoints.portal import candidate, interviewer, language, privacy

app_name = "portal"

urlpatterns = [
    path("i/<str:token>", candidate.page, name="candidate"),
    path("i/<str:token>/calendar.ics", candidate.calendar, name="calendar"),
    path("i/<str:token>/pick", candidate.pick, name="pick"),
    path("i/<str:token>/other", candidate.other, name="other"),
    path("i/<str:token>/decline", candidate.decline, name="decline"),
    path("i/<str:token>/ask", candidate.ask, name="ask"),
    path("p/<str:token>", interviewer.page, name="interviewer"),
    path("p/<str:token>/resume", interviewer.resume, name="resume"),
    path("p/<str:token>/accept", interviewer.accept, name="accept"),
    path("p/<str:token>/cannot", interviewer.cannot, name="cannot"),
    path("privacy", privacy.page, name="privacy"),
    path("language", language.switch, name="language"),
]
