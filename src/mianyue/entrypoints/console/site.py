"""The console's site: one table says which screen shows which rows, and every page speaks the company's time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language
from unfold.sites import UnfoldAdminSite

from mianyue.domain.attendance.models import AttendanceGroup, Rotation, Shift
from mianyue.domain.intake.models import ImportBatch
from mianyue.domain.interviews.models import Interview
from mianyue.domain.notices.models import Notice
from mianyue.domain.organization.models import Employee
from mianyue.domain.recruiting.models import Application, Job, Round
from mianyue.domain.rooms.models import Room
from mianyue.domain.security.models import JournalEntry
from mianyue.entrypoints.console import (
    accounts,
    applications,
    approvals,
    board,
    company_lists,
    dashboard,
    day_board,
    groups,
    hiring,
    imports,
    interviews,
    journal,
    leave_balances,
    outbox,
    phone_pages,
    plan,
    plans,
    provisioning,
    queue,
    ready,
    replies,
    resumes,
    rosters,
    team,
    timesheets,
    utilisation,
    writer,
)
from mianyue.entrypoints.console.times import company_zone

View = Callable[..., HttpResponse]


class ConsoleSite(UnfoldAdminSite):
    """Where recruiters work. Whoever is on the staff may use it; only Django's own permissions decide about accounts."""

    index_title = _("Today")

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """``view`` for the staff only, rendered while the company's time zone is active."""

        @wraps(view)
        def in_company_time(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            with timezone.override(company_zone()):
                response = view(request, *args, **kwargs)
                # Templates are rendered here: later the zone would be another request's.
                return response.render() if hasattr(response, "render") and not response.is_rendered else response

        return super().admin_view(in_company_time, cacheable)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return dashboard.page(self, request)

    def extra_urls(self) -> list[URLPattern]:
        """The pages that are not lists of one table; unfold asks for them."""
        return [
            path("language/", require_POST(set_language), name="language"),
            self._at("ready/", ready.page, "ready"),
            self._at("application/<uuid:pk>/letter/", applications.letter, "letter"),
            self._at("application/<uuid:pk>/resume/", applications.resume, "resume"),
            self._of_resume("application/<uuid:pk>/resume/fields/", resumes.page, "resume_fields"),
            self._of_resume("application/<uuid:pk>/resume/page/<int:number>/", resumes.picture, "resume_picture"),
            self._at("application/<uuid:pk>/hire/", hiring.act, "hire"),
            self._at("board/", board.page, "board"),
            self._at("board/cards/", board.cards, "board_cards"),
            self._at("interview/<uuid:pk>/<slug:name>/", interviews.act, "interview_act"),
            self._at("plans/", plans.page, "plans"),
            self._at("plans/<int:number>/", plan.page, "plan"),
            self._at("plans/<int:number>/standing/", plan.standing, "plan_standing"),
            self._at("plans/<int:number>/<slug:name>/", plans.act, "plan_act"),
            self._at("attendance/week/", team.page, "team"),
            self._at("attendance/roster/<uuid:pk>/", rosters.page, "roster"),
            self._at("attendance/day/", day_board.page, "attendance_day"),
            self._at("attendance/timesheet/", timesheets.page, "timesheet"),
            self._at("attendance/timesheet/csv/", timesheets.download, "timesheet_csv"),
            self._at("attendance/timesheet/<uuid:pk>/", timesheets.person, "timesheet_person"),
            self._at("attendance/timesheet/<uuid:pk>/leave/", leave_balances.act, "leave_adjust"),
            self._at("attendance/timesheet/<slug:name>/", timesheets.act, "timesheet_act"),
            self._at("attendance/rooms/", utilisation.page, "room_use"),
            self._at("attendance/approvals/", approvals.page, "approvals"),
            self._at("attendance/approvals/<uuid:pk>/", approvals.one, "approval"),
            self._at("attendance/approvals/<uuid:pk>/<slug:name>/", approvals.act, "approval_act"),
            self._at("attendance/provisioning/", provisioning.page, "provisioning"),
            self._at("attendance/provisioning/<uuid:pk>/", provisioning.one, "provisioning_run"),
            self._at("attendance/provisioning/<uuid:pk>/<slug:name>/", provisioning.act, "provisioning_act"),
            self._at("employee/<uuid:pk>/phone-page/", phone_pages.send, "phone_page"),
            self._at("replies/", replies.page, "replies"),
            self._at("replies/<uuid:pk>/<slug:name>/", replies.act, "reply_act"),
            self._at("writer/", writer.page, "writer"),
            self._at("writer/<slug:name>/", writer.act, "writer_act"),
            self._at("queue/", queue.page, "queue"),
            self._at("queue/<uuid:pk>/<slug:name>/", queue.act, "queue_act"),
        ]

    def _at(self, route: str, view: View, name: str) -> URLPattern:
        return path(route, self.admin_view(partial(view, self)), name=name)

    def _of_resume(self, route: str, view: View, name: str) -> URLPattern:
        return path(route, resumes.guarded(self.admin_view(partial(view, self))), name=name)


SCREENS = (
    (Application, applications.ApplicationAdmin),
    (Interview, interviews.InterviewAdmin),
    (Notice, outbox.NoticeAdmin),
    (JournalEntry, journal.JournalAdmin),
    (ImportBatch, imports.ImportBatchAdmin),
    (Job, company_lists.JobAdmin),
    (Round, company_lists.RoundAdmin),
    (Employee, company_lists.EmployeeAdmin),
    (Room, company_lists.RoomAdmin),
    (Shift, company_lists.ShiftAdmin),
    (AttendanceGroup, groups.GroupAdmin),
    (Rotation, groups.RotationAdmin),
    (User, accounts.AccountAdmin),
)

# Django's templates ask for the namespace "admin".
site = ConsoleSite(name="admin")
for model, screen in SCREENS:
    site.register(model, screen)
