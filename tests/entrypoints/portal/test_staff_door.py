"""Who gets in by a link to their own page, and what every one of these pages keeps to."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mianyue.domain.notices.models import Link, Notice
from mianyue.domain.security.models import JournalEntry
from mianyue.workflows.jobs import send_lost_page
from mianyue.workflows.staff import page as staff_page

PAGES = ["", "/days", "/requests", "/ask/leave", "/ask/overtime", "/ask/trip", "/ask/correction", "/decide", "/rooms"]
ACTS = ["/punch", "/deputy", "/rooms/book", "/requests/{id}/back", "/decide/{id}/decision", "/deputy/1/end", "/rooms/{id}/here"]


@pytest.mark.parametrize("page", PAGES)
def test_page_opens_sealed_and_in_the_readers_language(page, asker, client):
    answer = client.get(asker.address + page)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Language"] == "zh-hans"
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "http://" not in answer.content.decode().replace("http://www.w3.org", "")


@pytest.mark.parametrize("page", PAGES)
def test_page_speaks_english(page, asker, client):
    client.cookies["django_language"] = "en"
    text = client.get(asker.address + page).content.decode()
    main = re.sub(r"<[^>]+>", " ", re.search(r"(?s)<nav.*</main>", text)[0])
    assert 'lang="en"' in text
    assert re.findall("[请您的]", main) == []


@pytest.mark.parametrize("page", PAGES)
def test_looking_changes_nothing(page, asker, client, everything):
    before = everything()
    client.get(asker.address + page)
    client.head(asker.address + page)
    assert everything() == before


@pytest.mark.parametrize("act", ACTS)
def test_acts_are_posted(act, asker, client):
    assert client.get(asker.address + act.format(id=asker.row.pk)).status_code == 405


@pytest.mark.parametrize("act", ["/punch", "/rooms/book", "/ask/leave", "/deputy"])
def test_forged_requests_are_refused(act, asker):
    assert Client(enforce_csrf_checks=True).post(asker.address + act).status_code == 403


def test_only_the_first_page_runs_a_script_and_only_our_own(asker, client):
    assert "script-src 'self'" in client.get(asker.address)["Content-Security-Policy"]
    assert "script-src 'none'" in client.get(asker.address + "/rooms")["Content-Security-Policy"]


def test_unknown_link(company, client):
    answer = client.get("/m/unknown")
    assert answer.status_code == 404
    assert 'href="/m/"' in answer.content.decode()


@pytest.mark.parametrize("scope", ["candidate", "interviewer"])
def test_link_of_another_kind_opens_nothing(scope, asker, client):
    Link.objects.filter(person_id=asker.row.pk).update(scope=scope)
    assert client.get(asker.address).status_code == 404


def test_ended_link(asker, client, clock):
    Link.objects.filter(person_id=asker.row.pk).update(expires_at=clock.now())
    answer = client.get(asker.address)
    assert answer.status_code == 410
    assert 'href="/m/"' in answer.content.decode()


def test_link_of_who_has_left(asker, client, now):
    for last_day, status in ((now.date() - timedelta(days=1), 200), (now.date() - timedelta(days=2), 410)):
        asker.row.last_day = last_day
        asker.row.save()
        assert client.get(asker.address).status_code == status


def test_page_of_one_thing_there_is_not(asker, client):
    answer = client.get(f"{asker.address}/ask/holiday")
    assert answer.status_code == 404
    assert "回到我的页面" in answer.content.decode()


@pytest.mark.parametrize("known", ["email", "mobile", "nobody"])
def test_lost_page_says_the_same_whoever_asks(known, asker, client, now):
    asker.row.mobile = "+8613800001234"
    asker.row.save()
    address = {"email": asker.row.email.upper(), "mobile": "138 0000 1234", "nobody": "someone@elsewhere.example"}[known]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.post("/m/", {"address": address}, follow=True)
    assert answer.redirect_chain == [("/m/", 303)]
    assert "如果该邮箱或手机号已登记，您的页面链接将很快送达。" in answer.content.decode()
    assert not any(address in query["sql"] for query in queries)


def test_lost_page_is_sent_where_it_was_asked_for_and_once_in_ten_minutes(asker, now):
    asker.row.mobile = "+8613800001234"
    asker.row.save()
    sought = staff_page._fingerprint("138 0000 1234").hex()
    first = staff_page.send_lost_page(sought, now)
    assert (first.recipient_id, first.channel, first.address) == (asker.row.pk, "sms", "+8613800001234")
    assert staff_page.send_lost_page(sought, now + timedelta(minutes=9)) is None
    assert staff_page.send_lost_page(sought, now + timedelta(minutes=11)) is not None
    assert staff_page.send_lost_page(staff_page._fingerprint("x@example.com").hex(), now) is None


def test_job_sends_the_lost_page(asker, clock):
    send_lost_page(staff_page._fingerprint(asker.row.email).hex())
    assert Notice.objects.get(recipient_id=asker.row.pk).purpose == "phone_page"
    assert JournalEntry.objects.filter(act="staff.page_sent").count() == 1


def test_address_is_needed(company, client):
    answer = client.post("/m/", {"address": " "})
    assert answer.status_code == 400
    assert "请填写您的邮箱或手机号。" in answer.content.decode()
