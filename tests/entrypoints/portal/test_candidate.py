"""The candidate's page: what it says in every state, and what a tap does."""

import re
from datetime import timedelta
from html import unescape

import pytest
from icalendar import Calendar

from mianyue.base.ids import digest
from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.models import Claim, Interview
from mianyue.domain.notices.models import Link, Notice
from mianyue.domain.security.actor import SYSTEM
from mianyue.domain.security.models import JournalEntry
from mianyue.workflows import change, reply

FIRST, SECOND, THIRD = (
    "12 月 2 日 周三 14:00–15:00",
    "12 月 3 日 周四 10:00–11:00",
    "12 月 4 日 周五 15:00–16:00",
)


def words(response) -> str:
    """What a reader sees, tags removed."""
    body = re.sub(r"<head>.*?</head>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def times_of(response) -> list[str]:
    """The times on the page's buttons, in order."""
    return re.findall(r"<time[^>]*>([^<]+)</time>", response.content.decode())


def test_invited_sees_the_three_times_and_everything_needed_to_choose(candidate, client):
    page = client.get(candidate.address)
    assert page.status_code == 200
    assert times_of(page) == [FIRST, SECOND, THIRD]
    text = words(page)
    for part in (
        "青禾智能科技（示例）有限公司",
        "周佳宁，您好",
        "客户成功经理 (example from the requirements)",
        "业务面",
        "北京时间 · 已为您保留至 12 月 2 日 周三 08:00",
        "身份证件原件(门禁登记用)、纸质简历 1 份",
        "打开地图",
        "recruiting@qinghe.example.com",
        "+86 21 0000 0000",
        "privacy@qinghe.example.com",
    ):
        assert part in text, text


def test_clock_of_the_place_is_named_only_to_who_lives_by_another(candidate, client, interview):
    assert "以面试地点当地时间为准" not in words(client.get(candidate.address))
    interview.application.time_zone = "America/New_York"
    interview.application.save()
    page = client.get(candidate.address)
    assert "以面试地点当地时间为准" in words(page)
    assert times_of(page) == [FIRST, SECOND, THIRD]


def test_nothing_english_is_left_on_a_chinese_page(candidate, client):
    text = words(client.get(candidate.address)).replace("(example from the requirements)", "")
    assert re.findall(r"[A-Za-z]{3,} [A-Za-z]+ [A-Za-z]+", text) == []


def test_link_of_a_time_shows_it_first_and_books_nothing(candidate, client, interview):
    page = client.get(f"{candidate.address}?pick=2")
    assert times_of(page) == [SECOND, FIRST, THIRD]
    assert page.content.decode().count("确认这个时间") == 2  # the question and the button
    interview.refresh_from_db()
    assert interview.state == "offered"


@pytest.mark.parametrize("odd", ["9", "0", "-1", "x", "'", ""])
def test_link_of_a_time_that_is_none_shows_all(candidate, client, odd):
    assert times_of(client.get(candidate.address, {"pick": odd})) == [FIRST, SECOND, THIRD]


def test_pick_books_and_says_so(candidate, client, interview):
    address = candidate.address
    answer = client.post(f"{address}/pick", {"number": 1, "proposal": 1})
    assert (answer.status_code, answer["Location"]) == (303, address)
    page = client.get(address)
    assert times_of(page) == [FIRST]
    assert "面试已约好" in words(page)
    assert "确认信正在发给您" in words(page)
    assert "确认信正在发给您" not in words(client.get(candidate.address)), "said once"
    interview.refresh_from_db()
    assert (interview.state, interview.booked.number) == ("booked", 1)


def test_second_tap_books_nothing_twice(booked, client, interview):
    before = Notice.objects.count()
    answer = client.post(f"{booked.address}/pick", {"number": 2, "proposal": 1})
    assert (answer.status_code, Notice.objects.count()) == (303, before)


def test_another_time_after_the_pick_is_refused_kindly(booked, client):
    answer = client.post(f"{booked.address}/pick", {"number": 1, "proposal": 1})
    assert answer.status_code == 409
    assert "这个时间已不可选" in words(answer)
    assert times_of(answer) == [SECOND]


@pytest.mark.parametrize(
    "form", [{}, {"number": "x", "proposal": "1"}, {"number": "9" * 5000, "proposal": "1"}, {"number": "0", "proposal": "1"}]
)
def test_pick_of_nonsense_changes_nothing(candidate, client, interview, form):
    assert client.post(f"{candidate.address}/pick", form).status_code == 400
    interview.refresh_from_db()
    assert interview.state == "offered"


def test_time_that_ran_out_is_not_shown_and_not_booked(candidate, client, clock, interview):
    clock.forward(interview.held_until - clock.now())
    page = client.get(candidate.address)
    assert times_of(page) == []
    assert "这些时间已不再保留" in words(page)
    assert client.post(f"{candidate.address}/pick", {"number": 1, "proposal": 1}).status_code == 409


@pytest.fixture
def flexible(invited):
    """A candidate for whom there are more than three times."""
    return invited("A003")


def test_other_times_replace_the_three(flexible, client):
    address = flexible.address
    before = times_of(client.get(address))
    assert client.post(f"{address}/other", {"seen": "offered-1"}).status_code == 303
    page = client.get(address)
    assert "已为您找到其他时间" in words(page)
    assert len(times_of(page)) == 3
    assert not set(before) & set(times_of(page))
    assert not Task.objects.filter(kind="question").exists()


def test_other_times_keep_to_the_words_about_them(flexible, client):
    address = flexible.address
    before = times_of(client.get(address))
    page = client.post(f"{address}/other", {"seen": "offered-1", "said": "周四下午都可以"}, follow=True)
    assert "以下时间可以安排" in words(page)
    assert not set(before) & set(times_of(page))
    assert times_of(page) and all("周四 1" in time for time in times_of(page))


def test_words_that_say_nothing_do_not_stand_in_the_way_of_other_times(flexible, client):
    page = client.post(f"{flexible.address}/other", {"seen": "offered-1", "said": "拜托快一点"}, follow=True)
    assert "已为您找到其他时间" in words(page)
    assert len(times_of(page)) == 3
    assert Task.objects.get(kind="question").said == "拜托快一点"


def test_thanks_with_the_wish_for_other_times_call_nobody(flexible, client):
    page = client.post(f"{flexible.address}/other", {"seen": "offered-1", "said": "麻烦您了，谢谢"}, follow=True)
    assert "已为您找到其他时间" in words(page)
    assert not Task.objects.filter(kind="question").exists()


def test_link_of_a_replaced_letter_says_so_and_does_not_preselect(flexible, client):
    old = flexible.address
    client.post(f"{old}/other", {"seen": "offered-1"})
    page = words(client.get(f"{old}?pick=2"))
    assert "那封信里的时间已更换" in page
    assert "确认这个时间" not in page
    assert flexible.address != old
    page = words(client.get(f"{flexible.address}?pick=2"))
    assert "那封信里的时间已更换" not in page
    assert "确认这个时间" in page


def test_second_tap_on_other_times_does_not_use_up_the_new_ones(flexible, client):
    address = flexible.address
    for _ in range(3):
        assert client.post(f"{address}/other", {"seen": "offered-1", "said": "mornings"}).status_code == 303
    assert Interview.objects.get().proposal == 2
    assert Task.objects.get(kind="question").said == "mornings"


def test_stale_page_never_gives_up_a_booking(booked, client, interview):
    assert client.post(f"{booked.address}/other", {"seen": "offered-1"}).status_code == 409
    interview.refresh_from_db()
    assert interview.state == "booked"


def test_booked_can_be_changed(flexible, client):
    address = flexible.address
    client.post(f"{address}/pick", {"number": 1, "proposal": 1})
    booked = times_of(client.get(address))
    assert client.post(f"{address}/other", {"seen": "booked-1"}).status_code == 303
    assert len(times_of(client.get(address))) == 3
    assert booked[0] not in times_of(client.get(address))


def test_nobody_free_any_more_goes_to_a_person(candidate, client, interview):
    """The example of the requirements has exactly three times."""
    assert client.post(f"{candidate.address}/other", {"seen": "offered-1"}).status_code == 303
    page = client.get(candidate.address)
    assert "招聘人员会另找时间并写信给您" in words(page)
    assert times_of(page) == [FIRST, SECOND, THIRD]
    assert Task.objects.filter(kind="question").count() == 1


def test_decline_frees_the_times_and_is_final(candidate, client, interview):
    for _ in range(2):
        assert client.post(f"{candidate.address}/decline").status_code == 303
    page = words(client.get(candidate.address))
    assert "谢谢您告诉我们" in page
    assert not Claim.objects.filter(interview=interview, state__in=["hold", "booked"]).exists()
    assert client.post(f"{candidate.address}/pick", {"number": 1, "proposal": 1}).status_code == 409


def test_question_reaches_a_person_as_it_was_written(candidate, client):
    said = "有停车位吗？\r\n<script>alert(1)</script> {{ company }} %s"
    for _ in range(2):
        assert client.post(f"{candidate.address}/say", {"seen": "offered-1", "said": said}).status_code == 303
    assert Task.objects.get(kind="question").said == said.replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("said", "hint"),
    [("", "请先填写内容"), ("  \r\n ", "请先填写内容"), ("x" * 2001, "最多 2000 个字"), ("a\x00b", "再试一次")],
)
def test_question_that_cannot_be_taken_is_given_back(candidate, client, said, hint):
    answer = client.post(f"{candidate.address}/say", {"seen": "offered-1", "said": said})
    assert answer.status_code == 400
    assert hint in words(answer)
    assert not Task.objects.filter(kind="question").exists()


def test_longest_question_is_taken_with_line_breaks_as_browsers_send_them(candidate, client):
    assert client.post(f"{candidate.address}/say", {"seen": "offered-1", "said": "x\r\n" * 1000}).status_code == 303


def test_what_is_given_back_is_text_and_not_html(candidate, client):
    answer = client.post(f"{candidate.address}/say", {"seen": "offered-1", "said": "<b>" + "x" * 2001})
    assert b"&lt;b&gt;" in answer.content
    assert b"<b>xxx" not in answer.content


def test_names_are_text_and_not_html(candidate, client, interview):
    candidate.person.name = '<img src=x onerror="alert(1)">'
    candidate.person.save()
    body = client.get(candidate.address).content.decode()
    assert "<img" not in body
    assert "&lt;img" in body


def test_materials_that_are_no_web_page_are_no_link(candidate, client, interview):
    job = interview.application.job
    for url in ("javascript:alert(1)", "data:text/html,x", "see intranet"):
        job.materials_url = url
        job.save()
        page = client.get(candidate.address)
        assert f'href="{url}' not in page.content.decode()
        assert url in words(page)


def test_calendar_file_is_the_letters_own_entry(booked, client, interview):
    interview.refresh_from_db()
    answer = client.get(f"{booked.address}/calendar.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    sent, given = (Calendar.from_ical(data).walk("VEVENT")[0] for data in (bytes(booked.letter.calendar), answer.content))
    for name in ("UID", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "ATTENDEE", "ORGANIZER", "GEO"):
        assert given[name] == sent[name], name


def test_calendar_file_of_nothing_booked_is_a_kind_page(candidate, client):
    answer = client.get(f"{candidate.address}/calendar.ics")
    assert answer.status_code == 404
    assert times_of(answer) == [FIRST, SECOND, THIRD]


def test_begun_interview_can_no_longer_be_moved_or_declined(booked, client, clock, interview):
    interview.refresh_from_db()
    clock.forward(interview.booked.during.lower - clock.now())
    page = words(client.get(booked.address))
    assert "改个时间" not in page
    assert "不再参加" not in page
    assert client.post(f"{booked.address}/other", {"seen": "booked-1"}).status_code == 409
    assert client.post(f"{booked.address}/decline").status_code == 409


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("tentative", "暂时不需要您做什么"),
        ("silent", "时间已不再保留"),
        ("cancelled", "这场面试不再进行"),
        ("declined", "谢谢您告诉我们"),
        ("finished", "感谢您参加面试"),
        ("released", "这次邀请已结束"),
    ],
)
def test_every_end_has_a_kind_sentence_and_the_contact(candidate, client, state, said):
    Interview.objects.update(state=state)
    page = client.get(candidate.address)
    assert page.status_code == 200
    assert said in words(page)
    assert "recruiting@qinghe.example.com" in words(page)
    assert times_of(page) == []


def test_company_calls_off_and_the_page_says_so(candidate, client, interview, now):
    address = candidate.address
    change.cancel(interview.pk, SYSTEM, now)
    assert "这场面试不再进行" in words(client.get(address))


def test_ended_link_points_to_a_newer_invitation(candidate, client, interview, invited, now):
    old = candidate.address
    change.cancel(interview.pk, SYSTEM, now)
    assert "更新的邀请" not in words(client.get(old))
    invited("A039")
    assert "更新的邀请" in words(client.get(old))


def test_unknown_link_helps(candidate, client):
    page = client.get("/i/nobody-was-ever-given-this-link")
    assert page.status_code == 404
    assert "这个链接无法识别" in words(page)
    assert "recruiting@qinghe.example.com" in words(page)


def test_ended_link_helps(candidate, client, clock):
    address = candidate.address
    clock.forward(timedelta(days=90))
    page = client.get(address)
    assert page.status_code == 410
    assert "这个链接已失效" in words(page)
    assert client.post(f"{address}/pick", {"number": 1, "proposal": 1}).status_code == 410


def test_taken_back_link_helps(candidate, client, now):
    address = candidate.address
    Link.objects.filter(digest=digest(candidate.token)).update(revoked_at=now)
    assert client.get(address).status_code == 410


def test_looking_at_everything_changes_nothing(candidate, client, interview):
    """What a mail scanner does: it opens every address of the letter and of the page, with GET and HEAD."""
    before = (Interview.objects.values().get(), Claim.objects.count(), Notice.objects.count(), JournalEntry.objects.count())
    page = client.get(candidate.address).content.decode()
    found = {candidate.address, *re.findall(r'(?:href|action)="(/i/[^"]+)"', page)}
    found |= {"/i/" + rest for rest in re.findall(r"https?://[^/\s]+/i/(\S+)", candidate.letter.text)}
    found |= {f"{candidate.address}/{act}" for act in ("pick", "other", "decline", "say", "calendar.ics")}
    assert len(found) > 8
    for address in found:
        client.get(address, follow=True)
        client.head(address)
    assert (Interview.objects.values().get(), Claim.objects.count(), Notice.objects.count(), JournalEntry.objects.count()) == before


def test_forms_are_protected_against_forgery(candidate, interview):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"{candidate.address}/pick", {"number": 1, "proposal": 1}).status_code == 403
    page = strict.get(candidate.address)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())[1]
    assert page.cookies["csrftoken"]["samesite"] == "Lax"
    form = {"number": 1, "proposal": 1, "csrfmiddlewaretoken": token}
    assert strict.post(f"{candidate.address}/pick", form).status_code == 303


def test_number_of_queries_does_not_depend_on_the_page(candidate, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        client.get(candidate.address)


def test_mobile_only_candidate_gets_a_calendar_file(booked, client):
    booked.person.email = None
    booked.person.save()
    event = Calendar.from_ical(client.get(f"{booked.address}/calendar.ics").content).walk("VEVENT")[0]
    assert event["ATTENDEE"] == "mailto:candidate@mianyue.invalid"


def test_hands_over_what_the_candidate_says_only_to_people(candidate, client):
    client.post(f"{candidate.address}/say", {"seen": "offered-1", "said": "秘密 13800000000"})
    assert not any("秘密" in str(entry.facts) for entry in JournalEntry.objects.all())


def test_reply_needs_the_right_link(candidate, now):
    with pytest.raises(reply.LinkUnknown):
        reply.visit(candidate.token, Link.Scope.INTERVIEWER, now)
