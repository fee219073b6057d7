"""The interviewer's page: what the job needs them to know, two taps, and the résumé behind the link."""

import re
from datetime import timedelta
from html import unescape

import pytest

from mianyue.base.ids import new_id
from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.models import Interview, InterviewChange, Seat
from mianyue.domain.notices.links import new_link
from mianyue.domain.notices.models import Notice
from mianyue.domain.security.models import JournalEntry


def words(response) -> str:
    body = re.sub(r"<head>.*?</head>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_booked_interviewer_sees_who_what_when_and_where(interviewer, client, interview):
    page = client.get(interviewer.address)
    assert page.status_code == 200
    text = words(page)
    for part in ("周佳宁", "客户成功经理", "业务面", "12 月 3 日 周四 10:00–11:00", "北京时间", interview.booked.room.name):
        assert part in text
    assert "、".join(interview.application.keywords) in text


def test_page_tells_nothing_of_the_candidates_life(interviewer, client, interview):
    application = interview.application
    application.note = "怀孕四个月"
    application.save()
    page = client.get(interviewer.address).content.decode()
    assert application.candidate.email not in page
    assert application.candidate.mobile not in page
    assert application.candidate.mobile[-8:] not in page
    assert "怀孕" not in page
    assert application.resume.file_name not in page


def test_resume_is_a_file_and_never_a_page(interviewer, client, interview):
    resume = interview.application.resume
    answer = client.get(f"{interviewer.address}/resume")
    assert answer.content == bytes(resume.content)
    assert answer["Content-Type"] == "text/plain"
    assert answer["Content-Disposition"] == 'attachment; filename="A039.txt"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("name", "kind", "saved"),
    [
        ("a.PDF", "application/pdf", "A039.pdf"),
        ("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "A039.docx"),
        ("a.html", "application/octet-stream", "A039"),
        ("a", "application/octet-stream", "A039"),
    ],
)
def test_only_kinds_of_files_we_know_are_named(interviewer, client, interview, name, kind, saved):
    resume = interview.application.resume
    resume.file_name = name
    resume.save()
    answer = client.get(f"{interviewer.address}/resume")
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (kind, f'attachment; filename="{saved}"')


def test_opening_the_resume_is_in_the_journal(interviewer, client):
    client.get(f"{interviewer.address}/resume")
    entry = JournalEntry.objects.get(act="resume.opened")
    assert (entry.actor_kind, entry.actor_id) == ("interviewer", str(interviewer.person.pk))


def test_resume_closes_with_the_interview(interviewer, client):
    Interview.objects.update(state="finished")
    assert client.get(f"{interviewer.address}/resume").status_code == 404


def test_application_without_resume_has_no_link(interviewer, client, interview):
    application = interview.application
    application.resume = None
    application.save()
    assert "/resume" not in client.get(interviewer.address).content.decode()
    assert client.get(f"{interviewer.address}/resume").status_code == 404


def test_accept_is_noted_once(interviewer, client):
    for _ in range(2):
        assert client.post(f"{interviewer.address}/accept").status_code == 303
    assert "已记下您会参加" in words(client.get(interviewer.address))
    assert "您已接受这场面试" in words(client.get(interviewer.address))
    assert Seat.objects.get(employee=interviewer.person, option__state="chosen").answer == "accepted"
    assert JournalEntry.objects.filter(act="interview.accepted").count() == 1


def test_cannot_come_and_a_colleague_takes_over(invited, client, interviewer_of):
    address = invited("A019").address
    client.post(f"{address}/pick", {"number": 1, "proposal": 1})
    leaving = interviewer_of("A019")
    old = leaving.address
    assert client.post(f"{old}/cannot", {"said": "出差"}).status_code == 303
    page = words(client.get(old))
    assert "已由同事接替" in page
    assert "这场面试不再由您参加" in page
    assert client.get(interviewer_of("A019").address).status_code == 200
    assert interviewer_of("A019").person != leaving.person
    assert client.post(f"{old}/cannot").status_code == 409
    assert client.post(f"{old}/accept").status_code == 409
    assert client.get(f"{old}/resume").status_code == 404


def test_cannot_come_and_nobody_else_can_goes_to_a_person_once(interviewer, client):
    """The example of the requirements has one interviewer and exactly three times."""
    for _ in range(2):
        assert client.post(f"{interviewer.address}/cannot", {"said": "出差"}).status_code == 303
    assert Task.objects.get(kind="interviewer_out").said == "出差"
    page = words(client.get(interviewer.address))
    assert "招聘人员正在协调" in page
    client.post(f"{interviewer.address}/accept")
    assert "您已接受这场面试" in words(client.get(interviewer.address))


def test_begun_interview_asks_nothing_any_more(interviewer, client, clock, interview):
    clock.forward(interview.booked.during.lower - clock.now())
    page = client.get(interviewer.address).content.decode()
    assert "/accept" not in page
    assert "/cannot" not in page
    assert client.post(f"{interviewer.address}/cannot").status_code == 409


@pytest.mark.parametrize("state", ["finished", "cancelled", "declined", "silent", "offered", "released"])
def test_interview_that_is_not_booked_shows_nothing_of_the_candidate(interviewer, client, state):
    Interview.objects.update(state=state)
    page = client.get(interviewer.address)
    assert page.status_code == 200
    assert "这场面试不再由您参加" in words(page)
    assert "周佳宁" not in page.content.decode()


def test_colleague_who_does_not_sit_there_sees_nothing(colleague, client, interview, clock):
    token = new_link("interviewer", interview.pk, colleague.person.pk, clock.now().replace(year=2027))
    for act in ("", "/resume"):
        assert "周佳宁" not in client.get(f"/p/{token}{act}").content.decode()
    assert client.post(f"/p/{token}/accept").status_code == 409
    assert client.post(f"/p/{token}/cannot").status_code == 409


def test_links_open_their_own_door_only(interviewer, booked, client):
    assert client.get(f"/p/{booked.token}").status_code == 404
    assert client.get(f"/p/{booked.token}/resume").status_code == 404
    assert client.post(f"/p/{booked.token}/cannot").status_code == 404
    assert client.get(f"/i/{interviewer.token}").status_code == 404
    assert client.get(f"/i/{interviewer.token}/calendar.ics").status_code == 404
    assert client.post(f"/i/{interviewer.token}/decline").status_code == 404


def test_looking_changes_nothing_but_the_journal_of_the_resume(interviewer, client):
    before = (list(Seat.objects.values()), Interview.objects.values().get(), Notice.objects.count())
    for act in ("", "/resume", "/accept", "/cannot"):
        client.get(interviewer.address + act)
        client.head(interviewer.address + act)
    assert (list(Seat.objects.values()), Interview.objects.values().get(), Notice.objects.count()) == before


def test_interviewer_elsewhere_reads_their_own_clock_too(interviewer, client):
    interviewer.person.time_zone = "Europe/Vienna"
    interviewer.person.save()
    text = words(client.get(interviewer.address))
    assert "12 月 3 日 周四 10:00–11:00" in text
    assert "12 月 3 日 周四 03:00–04:00（维也纳时间）" in text


def test_number_of_queries_is_bounded(interviewer, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get(interviewer.address)


def test_unknown_seat(client, interviewer, clock):
    token = new_link("interviewer", Interview.objects.get().pk, interviewer.person.pk, clock.now())
    assert client.get(f"/p/{token}").status_code == 410
    assert client.get(f"/p/{new_id()}").status_code == 404


def test_another_time_is_asked_for_once_and_decided_by_others(interviewer, interview, client):
    for _ in range(2):
        assert client.post(f"{interviewer.address}/change", {"said": "客户临时来访"}).status_code == 303
    wish = InterviewChange.objects.get()
    assert (wish.employee_id, wish.wish, wish.state) == (interviewer.person.pk, "other_time", "pending")
    text = client.get(interviewer.address).content.decode()
    assert "您已申请更改时间" in text
    assert f"{interviewer.address}/change" not in text
    interview.refresh_from_db()
    assert interview.state == "booked"


def test_another_time_is_not_asked_for_within_a_day(interviewer, interview, client, clock):
    interview.refresh_from_db()
    clock.forward(interview.booked.during.lower - timedelta(hours=23) - clock.now())
    assert f"{interviewer.address}/change" not in client.get(interviewer.address).content.decode()


def test_who_does_not_sit_there_asks_for_nothing(colleague, interview, client, clock):
    token = new_link("interviewer", interview.pk, colleague.person.pk, clock.now() + timedelta(days=1))
    assert client.post(f"/p/{token}/change", {"said": "x"}).status_code == 409
    assert InterviewChange.objects.count() == 0
