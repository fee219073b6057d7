"""What the console looks like and where its sidebar leads: the ``UNFOLD`` setting of django-unfold."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _


def _entry(title: Any, icon: str, address: str, **more: Any) -> dict[str, Any]:
    return {"title": title, "icon": icon, "link": reverse_lazy(address), **more}


def _style(request: HttpRequest) -> str:
    return static("console/console.css")


def _icon(request: HttpRequest) -> str:
    return static("console/icon.svg")


UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "面约 mianyue",
    "SITE_HEADER": "面约 mianyue",
    "SITE_SYMBOL": "event_available",
    "SITE_URL": None,
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_LANGUAGES": True,
    "LANGUAGES": {"action": reverse_lazy("admin:language")},
    "ENVIRONMENT": "mianyue.entrypoints.console.times.zone_badge",
    "STYLES": [_style],
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": _icon}],
    "BORDER_RADIUS": "8px",
    "COLORS": {
        "primary": {
            "50": "oklch(97.9% .014 185)",
            "100": "oklch(95.1% .034 185)",
            "200": "oklch(90.5% .064 185)",
            "300": "oklch(84.5% .092 185)",
            "400": "oklch(74.5% .104 185)",
            "500": "oklch(64.5% .1 186)",
            "600": "oklch(53.5% .088 187)",
            "700": "oklch(46.5% .076 188)",
            "800": "oklch(39.5% .064 189)",
            "900": "oklch(34% .053 190)",
            "950": "oklch(25% .04 191)",
        },
    },
    "SIDEBAR": {
        "show_search": False,
        "show_all_applications": False,
        "navigation": [
            {
                "items": [
                    _entry(_("Today"), "today", "admin:index"),
                    _entry(_("Ready to invite"), "person_add", "admin:ready"),
                    _entry(_("Plans"), "calendar_month", "admin:plans"),
                    _entry(_("Board"), "view_kanban", "admin:board"),
                    _entry(_("Replies"), "forum", "admin:replies"),
                    _entry(
                        _("Waiting for you"),
                        "inbox",
                        "admin:queue",
                        badge="mianyue.entrypoints.console.queue.open_count",
                        badge_variant="warning",
                    ),
                ],
            },
            {
                "title": _("Attendance"),
                "separator": True,
                "items": [
                    _entry(_("Team week"), "view_week", "admin:team"),
                    _entry(_("Day board"), "co_present", "admin:attendance_day"),
                    _entry(
                        _("Approvals"),
                        "approval",
                        "admin:approvals",
                        badge="mianyue.entrypoints.console.approvals.open_count",
                        badge_variant="warning",
                    ),
                    _entry(_("Timesheet"), "table_view", "admin:timesheet"),
                    _entry(_("Provisioning"), "how_to_reg", "admin:provisioning"),
                    _entry(_("Room use"), "meeting_room", "admin:room_use"),
                ],
            },
            {
                "title": _("Records"),
                "separator": True,
                "items": [
                    _entry(_("Interviews"), "event", "admin:interviews_interview_changelist"),
                    _entry(_("Applications"), "badge", "admin:recruiting_application_changelist"),
                    _entry(_("Outbox"), "outgoing_mail", "admin:notices_notice_changelist"),
                    _entry(_("Journal"), "history", "admin:security_journalentry_changelist"),
                ],
            },
            {
                "title": _("Company"),
                "separator": True,
                "collapsible": True,
                "items": [
                    _entry(_("Imports"), "upload_file", "admin:intake_importbatch_changelist"),
                    _entry(_("Jobs"), "work", "admin:recruiting_job_changelist"),
                    _entry(_("Interview rounds"), "format_list_numbered", "admin:recruiting_round_changelist"),
                    _entry(_("Employees"), "groups", "admin:organization_employee_changelist"),
                    _entry(_("Rooms"), "meeting_room", "admin:rooms_room_changelist"),
                    _entry(_("Shifts"), "schedule", "admin:attendance_shift_changelist"),
                    _entry(_("Attendance groups"), "group_work", "admin:attendance_attendancegroup_changelist"),
                    _entry(_("Rotations"), "autorenew", "admin:attendance_rotation_changelist"),
                    _entry(_("Wording of letters"), "stylus_note", "admin:writer"),
                    _entry(
                        _("Console accounts"),
                        "manage_accounts",
                        "admin:auth_user_changelist",
                        permission="mianyue.entrypoints.console.accounts.may_see_accounts",
                    ),
                ],
            },
        ],
    },
}
