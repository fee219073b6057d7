"""Buttons do what they say, through the workflows and under the user's name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from mianyue.domain.attendance.models import Account
from mianyue.domain.desk.actions import ask
from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.actions import lock
from mianyue.domain.interviews.models import Claim, Interview
from mianyue.domain.interviews.queries import on_offer, whole
from mianyue.domain.notices.models import Delivery, Notice
from mianyue.domain.organization.models import Employee
from mianyue.domain.recruiting.models import Application, SeatChoice
from mianyue.domain.security.actor import SYSTEM, Actor
from mianyue.domain.security.models import JournalEntry
from mianyue.workflows.book import book
from mianyue.workflows.finish import set_result
from mianyue.workflows.invite import Wish, invite


@pytest.fixture
def offered(company, now) -> Interview:
    return invite(Wish(applications=["A001"]), SYSTEM, now)[0].interview


@pytest.fixture
def booked(offered, now) -> Interview:
    with transaction.atomic():
        interview = whole().get(pk=lock(offered.pk).pk)
        book(interview, on_offer(interview)[0], Actor("candidate"), now)
    return whole().get(pk=offered.pk)


def press(console, interview: Interview, name: str) -> str:
    response = console.post(reverse("admin:interview_act", args=[interview.pk, name]), follow=True)
    assert response.redirect_chain[-1] == (reverse("admin:interviews_interview_change", args=[interview.pk]), 302)
    interview.refresh_from_db()
    return response.content.decode()


def test_several_are_invited_at_once(console, recruiter):
    response = console.post(reverse("admin:ready"), {"application": ["A001", "A002"]}, follow=True)
    assert "2 candidates are invited" in response.content.decode()
    assert set(Interview.objects.values_list("application__code", "state")) == {("A001", "offered"), ("A002", "offered")}
    actors = JournalEntry.objects.filter(act="interview.offered").values_list("actor_kind", "actor_id")
    assert set(actors) == {("user", str(recruiter.pk))}


def test_nothing_selected_changes_nothing(console):
    response = console.post(reverse("admin:ready"), follow=True)
    assert "Select at least one application." in response.content.decode()
    assert not Interview.objects.exists()


def test_who_can_t_be_invited_is_named_with_the_reason(console):
    hindered = Application.objects.filter(problems__contains=["duplicate_application"]).get()
    page = console.post(reverse("admin:ready"), {"application": hindered.code}, follow=True).content.decode()
    assert f"{hindered.code}: Repeats another application of the same person for the same job." in page
    assert not Interview.objects.exists()


def test_an_invited_application_is_no_longer_ready(console, offered):
    page = console.get(reverse("admin:ready")).content.decode()
    assert 'value="A001"' not in page
    assert 'value="A002"' in page


def test_candidates_are_found_by_address_but_not_by_name(console):
    candidate = Application.objects.get(code="A002").candidate

    def found(text: str) -> list[str]:
        rows = console.get(reverse("admin:ready"), {"q": text, "only": "all"}).context["rows"]
        return [row["application"].code for row in rows]

    assert found(candidate.email.upper()) == ["A002"]
    assert found(candidate.mobile.removeprefix("+86")) == ["A002"]
    assert found("A002") == ["A002"]
    assert found(candidate.name) == []


def test_the_preview_shows_the_times_and_promises_nothing(console, now):
    application = Application.objects.get(code="A001")
    page = console.get(reverse("admin:recruiting_application_change", args=[application.pk]))
    options = page.context["options"]
    assert len(options) == 3
    letter = console.get(reverse("admin:letter", args=[application.pk])).content.decode()
    assert "Nothing has been sent" in letter
    assert application.candidate.name in letter
    assert not Interview.objects.exists()
    assert not Notice.objects.exists()
    assert not Claim.objects.exists()
    invited = invite(Wish(applications=["A001"]), SYSTEM, now)[0].interview
    assert [option["interval"].start for option in options] == [o.during.lower for o in on_offer(invited)]


def test_without_a_time_the_page_says_what_stands_in_the_way(console):
    application = Application.objects.get(code="A001")
    seats = SeatChoice.objects.filter(round__job=application.job, round__number=application.round_number)
    for employee in Employee.objects.filter(pk__in=seats.values("employee")):
        employee.last_day = date(2020, 1, 1)
        employee.save()
    page = console.get(reverse("admin:recruiting_application_change", args=[application.pk]))
    assert page.context["options"] == []
    assert {obstacle.why for obstacle in page.context["obstacles"]} >= {"not at work"}
    assert any(employee.name in page.content.decode() for employee in Employee.objects.filter(pk__in=seats.values("employee")))


def test_an_interview_is_cancelled(console, booked, recruiter):
    assert "The interview is cancelled" in press(console, booked, "cancel")
    assert booked.state == "cancelled"
    assert not Claim.objects.filter(state__in=["hold", "booked"]).exists()
    assert JournalEntry.objects.get(act="interview.cancelled").actor_id == str(recruiter.pk)


def test_new_times_are_offered(console, offered):
    press(console, offered, "reschedule")
    assert (offered.state, offered.proposal) == ("offered", 2)


@pytest.mark.parametrize(("button", "result"), [("passed", "passed"), ("no-show", "no_show"), ("rejected", "rejected")])
def test_results_are_recorded(console, booked, button, result):
    press(console, booked, button)
    assert (booked.state, booked.result) == ("finished", result)


def test_the_next_round_is_held_and_its_invitation_sent(console, booked, now):
    press(console, booked, "next-round")
    following = Interview.objects.get(state="tentative")
    assert following.round.number == booked.round.number + 1
    press(console, following, "send")
    assert following.state == "offered"
    assert Notice.objects.filter(subject_id=following.pk, purpose="invitation").exists()


def test_a_button_of_yesterday_s_page_is_refused_in_words(console, booked):
    press(console, booked, "cancel")
    for language, words in [("en", "The interview has moved on in the meantime."), ("zh-hans", "该面试的状态刚刚发生了变化。")]:
        console.defaults["HTTP_ACCEPT_LANGUAGE"] = language
        assert words in press(console, booked, "cancel")
    assert booked.state == "cancelled"


def test_buttons_fit_the_state(console, booked):
    def shown() -> list[str]:
        return [act.name for act in console.get(reverse("admin:interviews_interview_change", args=[booked.pk])).context["acts"]]

    assert shown() == ["passed", "next-round", "reschedule", "no-show", "rejected", "cancel"]
    press(console, booked, "passed")
    assert shown() == []


def test_a_get_presses_no_button(console, booked):
    task = _task(booked, Task.Kind.QUESTION)
    for address in [
        reverse("admin:interview_act", args=[booked.pk, "cancel"]),
        reverse("admin:queue_act", args=[task.pk, "done"]),
        reverse("admin:resume", args=[booked.application_id]),
    ]:
        assert console.get(address).status_code == 405
    assert console.post(reverse("admin:interview_act", args=[booked.pk, "explode"])).status_code == 404


def _task(interview: Interview, kind: str, **facts) -> Task:
    with transaction.atomic():
        return ask(
            kind, interview.application_id, interview.application.code, interview.changed_at, said="Is there parking?", **facts
        )


def test_the_candidate_s_own_words_reach_the_queue_and_leave_it(console, booked, recruiter):
    task = _task(booked, Task.Kind.QUESTION)
    assert "Is there parking?" in console.get(reverse("admin:queue")).content.decode()
    page = console.post(reverse("admin:queue_act", args=[task.pk, "done"]), follow=True).content.decode()
    assert "Is there parking?" not in page
    assert "Is there parking?" in console.get(reverse("admin:queue") + "?done").content.decode()
    entry = JournalEntry.objects.get(act="task.closed")
    assert (entry.actor_id, entry.facts) == (str(recruiter.pk), {"application": "A001", "kind": "question"})
    again = console.post(reverse("admin:queue_act", args=[task.pk, "done"]), follow=True).content.decode()
    assert "This task is done already." in again


@pytest.mark.parametrize("kind", Task.Kind.values)
def test_every_kind_of_task_is_shown(console, booked, kind):
    excluded = [{"why": "leave", "who": "E001|E002", "starts": 7}]
    notice = Notice.objects.first()
    facts = {"excluded": excluded, "employee": "E001", "purpose": "invitation", "channel": "email", "why": "scan"}
    with transaction.atomic():
        ask(kind, notice.pk if "deliver" in kind else booked.application_id, "A001", booked.changed_at, **facts)
    page = console.get(reverse("admin:queue")).content.decode()
    assert booked.application.candidate.name in page
    assert "on leave" in page


def test_a_task_without_times_says_what_would_help(console, booked):
    example = {"start": "2026-12-02T15:00:00+08:00", "end": "2026-12-02T16:00:00+08:00"}
    meeting = {"what": "moved", "who": "E001", "why": "calendar", **example}
    relaxations = [
        {"steps": [meeting, {**meeting, "who": "R01", "why": "room_booked"}], "starts": 4, "example": example},
        {"steps": [{"what": "other_person", "who": "E001|E002"}], "starts": 1, "example": example},
    ]
    with transaction.atomic():
        ask("no_time", booked.application_id, "A001", booked.changed_at, excluded=[], relaxations=relaxations)
    page = " ".join(console.get(reverse("admin:queue")).content.decode().split())
    first, second = (Employee.objects.get(code=code).name for code in ("E001", "E002"))
    assert "What would help" in page
    assert f"if the appointment of {first} on" in page
    assert "4 more possible starts, the first" in page
    assert f"if somebody else of the panel took the seat of {first} / {second}" in page


def test_a_hire_is_confirmed_with_the_first_day(console, booked, now):
    set_result("A001", "passed", SYSTEM, now)
    task = Task.objects.get(kind=Task.Kind.HIRE)
    wrong = console.post(reverse("admin:queue_act", args=[task.pk, "hire"]), {"first_day": "soon"}, follow=True)
    assert "not a date" in wrong.content.decode()
    assert not Account.objects.exists()
    console.post(reverse("admin:queue_act", args=[task.pk, "hire"]), {"first_day": "2027-01-04"})
    assert Account.objects.get().first_day == date(2027, 1, 4)
    assert not Task.objects.filter(kind=Task.Kind.HIRE, state="open").exists()


def test_a_closing_letter_leaves_only_with_consent(console, booked, now):
    press(console, booked, "rejected")
    assert not Notice.objects.filter(purpose="closing").exists()
    task = Task.objects.get(kind=Task.Kind.CLOSING_LETTER)
    console.post(reverse("admin:queue_act", args=[task.pk, "closing-letter"]))
    assert Notice.objects.filter(purpose="closing").count() == 1


def test_a_resume_is_downloaded_and_the_journal_knows(console, company, recruiter):
    application = Application.objects.filter(resume__isnull=False).first()
    response = console.post(reverse("admin:resume", args=[application.pk]))
    assert b"".join(response.streaming_content) == bytes(application.resume.content)
    assert response["Content-Disposition"].startswith("attachment")
    assert JournalEntry.objects.get(act="resume.opened").actor_id == str(recruiter.pk)


def test_the_board_draws_only_what_changed(console, offered, clock):
    page = console.get(reverse("admin:board_cards"))
    version = page.context["version"]
    address = reverse("admin:board_cards")
    assert f"version={version}" in page.content.decode()
    assert console.get(address, {"version": version}).status_code == 204
    Delivery.objects.filter(notice__subject_id=offered.pk).update(state="accepted", settled_at=clock.now())
    fresh = console.get(address, {"version": version})
    assert fresh.status_code == 200
    version = fresh.context["version"]
    clock.forward(timedelta(seconds=5))
    press(console, offered, "cancel")
    columns = {
        column.key: [card.interview.pk for card in column.cards]
        for column in console.get(address, {"version": version}).context["columns"]
    }
    assert columns == {"waiting": [], "booked": [], "tentative": [], "over": [offered.pk], "finished": []}


def test_a_letter_is_shown_where_it_can_do_nothing(console, booked):
    notice = Notice.objects.get(purpose="confirmation")
    page = console.get(reverse("admin:notices_notice_change", args=[notice.pk]))
    text = page.content.decode()
    assert "<iframe" in text
    assert " sandbox srcdoc=" in text
    assert "default-src &#x27;none&#x27;" in text
    entry = page.context["entries"][0]
    assert (entry.during.start, entry.cancels) == (booked.options.get(state="chosen").during.lower, False)


def test_an_unknown_delivery_is_shown_as_unknown(console, offered, now):
    Delivery.objects.filter(notice__subject_id=offered.pk).update(state="unknown", settled_at=now)
    for name, args in [("interviews_interview_change", [offered.pk]), ("notices_notice_changelist", []), ("board", [])]:
        assert "Unknown whether it arrived" in console.get(reverse(f"admin:{name}", args=args)).content.decode()


def test_a_target_elsewhere_is_ignored(console):
    response = console.post(reverse("admin:ready"), {"application": "A001", "next": "https://elsewhere.example/"})
    assert response.url == reverse("admin:ready")
