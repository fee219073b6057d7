"""Every screen opens, in both languages, for the staff and for nobody else."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mianyue.domain.intake.models import ImportBatch
from mianyue.domain.interviews.models import Interview
from mianyue.domain.notices.models import Notice
from mianyue.domain.recruiting.models import Application
from mianyue.domain.security.actor import SYSTEM
from mianyue.workflows.invite import Wish, invite

LISTS = [
    "recruiting_application",
    "interviews_interview",
    "notices_notice",
    "security_journalentry",
    "intake_importbatch",
    "recruiting_job",
    "recruiting_round",
    "organization_employee",
    "rooms_room",
    "attendance_shift",
    "attendance_attendancegroup",
    "attendance_rotation",
]
ATTENDANCE = ["team", "attendance_day", "approvals", "timesheet", "provisioning", "room_use"]
PLAIN = ["index", "ready", "plans", "board", "board_cards", "queue", *ATTENDANCE, *(f"{name}_changelist" for name in LISTS)]


def _details() -> list[str]:
    return [
        reverse("admin:recruiting_application_change", args=[Application.objects.get(code="A002").pk]),
        reverse("admin:letter", args=[Application.objects.get(code="A002").pk]),
        reverse("admin:interviews_interview_change", args=[Interview.objects.get().pk]),
        reverse("admin:notices_notice_change", args=[Notice.objects.first().pk]),
        reverse("admin:intake_importbatch_change", args=[ImportBatch.objects.first().pk]),
    ]


@pytest.fixture
def invited(company, now):
    return invite(Wish(applications=["A001"]), SYSTEM, now)[0].interview


@pytest.mark.parametrize(("language", "word"), [("en", "Ready to invite"), ("zh-hans", "待邀约")])
def test_every_screen_opens(console, invited, language, word):
    console.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    for address in [*(reverse(f"admin:{name}") for name in PLAIN), *_details()]:
        response = console.get(address)
        page = response.content.decode()
        assert response.status_code == 200, address
        if not address.endswith(("/cards/", "/letter/")):
            assert word in page, address
        assert "Traceback" not in page


@pytest.mark.parametrize("staff", [None, False])
def test_nobody_else_gets_anything(client, invited, staff):
    if staff is not None:
        client.force_login(User.objects.create_user("candidate", is_staff=staff))
    for address in [*(reverse(f"admin:{name}") for name in PLAIN), *_details()]:
        response = client.get(address)
        assert (response.status_code, response.url.partition("?")[0]) == (302, reverse("admin:login")), address
    address = reverse("admin:interview_act", args=[invited.pk, "cancel"])
    assert client.post(address).url.startswith(reverse("admin:login"))
    invited.refresh_from_db()
    assert invited.state == "offered"


def test_facts_have_no_forms(console, invited):
    for name in LISTS:
        assert console.get(reverse(f"admin:{name}_add")).status_code == 403, name
    for name, row in [("interviews_interview", invited), ("recruiting_application", invited.application)]:
        assert console.get(reverse(f"admin:{name}_delete", args=[row.pk])).status_code == 403, name


def test_what_does_not_exist_is_not_found(console):
    for name in ("interviews_interview", "recruiting_application", "notices_notice", "intake_importbatch"):
        for key in ("nonsense", "00000000-0000-7000-8000-000000000000"):
            assert console.get(reverse(f"admin:{name}_change", args=[key])).status_code == 404, (name, key)


def test_accounts_are_for_those_who_may_manage_them(console, admin_client):
    address = reverse("admin:auth_user_changelist")
    assert console.get(address).status_code == 403
    assert admin_client.get(address).status_code == 200


def test_before_the_first_import_the_console_says_how_to_import(admin_client):
    page = admin_client.get(reverse("admin:index"), headers={"accept-language": "en"}).content.decode()
    assert "Nothing has been imported yet" in page
    assert "mianyue import FOLDER" in page
    for name in PLAIN:
        assert admin_client.get(reverse(f"admin:{name}")).status_code == 200, name


def test_times_are_shown_in_the_company_s_zone_and_the_zone_is_named(console, invited):
    page = console.get(reverse("admin:interviews_interview_change", args=[invited.pk])).content.decode()
    assert "Beijing time" in page
    start = invited.options.first().during.lower
    assert f"{start.astimezone(ZoneInfo('Asia/Shanghai')):%H:%M}" in page


@pytest.mark.parametrize("name", ["interviews_interview_changelist", "board", "notices_notice_changelist"])
def test_more_rows_need_no_more_queries(console, company, now, name):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert console.get(reverse(f"admin:{name}")).status_code == 200
        return len(seen)

    invite(Wish(applications=["A001"]), SYSTEM, now)
    queries()  # the first page of a session also loads what is kept for later ones
    one = queries()
    invite(Wish(applications=["A002", "A003", "A004"]), SYSTEM, now)
    assert Interview.objects.count() >= 3
    assert queries() == one <= 15


def test_language_can_be_chosen(console):
    console.post(reverse("admin:language"), {"language": "zh-hans", "next": "/console/"})
    assert "待邀约" in console.get(reverse("admin:index")).content.decode()
