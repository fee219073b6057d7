"""The candidate's page takes words, says what it understood and did, and takes it back with one tap."""

from __future__ import annotations

import re
from html import unescape

import pytest

from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.models import Interview
from mianyue.domain.recruiting.models import Application
from mianyue.domain.replies.models import Heard
from mianyue.workflows.hear import MOST_AN_HOUR


def shown(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.fixture
def say(client):
    def post(person, words, seen="offered-1", **more):
        return client.post(f"{person.address}/say", {"seen": seen, "said": words}, follow=True, **more)

    return post


def test_plain_words_book_and_the_page_says_so(candidate, client, say):
    address = candidate.address
    answer = client.post(f"{address}/say", {"seen": "offered-1", "said": "第二个可以"})
    assert answer.status_code == 303
    heard = Heard.objects.get()
    assert answer["Location"] == f"{address}?heard={heard.pk}#heard"
    page = shown(client.get(answer["Location"]))
    assert "您写道 第二个可以 12 月 3 日 周四 10:00–11:00已为您预约" in page or "已为您预约 12 月 3 日 周四 10:00–11:00" in page
    assert "我不是这个意思" in page


def test_question_back_is_one_tap_and_no_booking(candidate, client, say):
    page = say(candidate, "周三或者周四")
    assert "您说的是下面哪个时间" in shown(page)
    asked = page.content.decode().split('id="heard"')[1].split("</section>")[0]
    assert re.findall(r'name="number" value="(\d)"', asked) == ["1", "2"]
    assert Interview.objects.get().state == "offered"
    # The page shows the question again whenever it is opened, until it is answered.
    assert "您说的是下面哪个时间" in shown(client.get(candidate.address))
    client.post(f"{candidate.address}/pick", {"number": 2, "proposal": 1})
    assert "您说的是下面哪个时间" not in shown(client.get(candidate.address))
    assert Heard.objects.get().state == "acted"


def test_answer_has_the_facts_at_once(candidate, say):
    page = shown(say(candidate, "请问在哪里面试？"))
    assert "以下是我们掌握的信息： 地点" in page


def test_misread_goes_to_a_person(candidate, client, say):
    say(candidate, "请问在哪里面试？")
    heard = Heard.objects.get()
    page = client.post(f"{candidate.address}/heard/{heard.pk}/misread", follow=True)
    assert "会由工作人员查看您的留言并更正" in shown(page)
    assert "我不是这个意思" not in shown(page)
    assert Task.objects.get(kind="question").said == "请问在哪里面试？"


def test_stepping_back_takes_a_tap_of_its_own(candidate, client, say):
    page = say(candidate, "我不考虑这个机会了")
    assert "您要放弃此次申请吗" in shown(page)
    assert Application.objects.get(code="A039").state == "active"
    heard = Heard.objects.get()
    assert "没有作任何更改" in shown(client.post(f"{candidate.address}/heard/{heard.pk}/stay", follow=True))
    assert "您要放弃此次申请吗" not in shown(client.get(candidate.address))


def test_moving_a_booked_time_takes_a_tap_of_its_own(booked, client, say):
    page = say(booked, "我想改期", seen="booked-1")
    assert "您想换一个时间吗" in shown(page)
    assert Interview.objects.get().state == "booked"
    heard = Heard.objects.get()
    assert client.post(f"{booked.address}/heard/{heard.pk}/move", {"seen": "booked-7"}).status_code == 409
    assert client.post(f"{booked.address}/heard/{heard.pk}/move", {"seen": "booked-1"}).status_code == 303


def test_words_sent_from_an_old_page_come_back_into_the_box(candidate, client, say):
    client.post(f"{candidate.address}/pick", {"number": 1, "proposal": 1})
    page = say(candidate, "第二个可以")
    assert "因此没有作任何更改" in shown(page)
    assert ">第二个可以</textarea>" in page.content.decode()
    assert Interview.objects.get().booked.number == 1


def test_too_much_in_an_hour_is_said_so(candidate, say):
    for number in range(MOST_AN_HOUR):
        say(candidate, f"哈{number}")
    page = say(candidate, "最后一句")
    assert page.status_code == 429
    assert "一小时内发送过于频繁" in shown(page)
    assert ">最后一句</textarea>" in page.content.decode()
    assert Heard.objects.count() == MOST_AN_HOUR


def test_another_s_message_is_not_shown_nor_changed(candidate, invited, client, say):
    say(candidate, "请问在哪里面试？")
    heard = Heard.objects.get()
    other = invited("A003")
    assert "请问在哪里面试" not in shown(client.get(other.address, {"heard": heard.pk}))
    for act in ("misread", "stay", "move"):
        assert client.post(f"{other.address}/heard/{heard.pk}/{act}", {"seen": "offered-1"}).status_code == 404
    assert client.get(other.address, {"heard": "x'--"}).status_code == 200


def test_words_are_text_and_not_html(candidate, say):
    page = say(candidate, "<b onclick=x>第二个</b>可以吗？")
    assert b"<b onclick" not in page.content
    assert b"&lt;b onclick" in page.content


def test_opening_the_addresses_of_a_question_back_changes_nothing(candidate, client, say):
    page = say(candidate, "我不考虑这个机会了").content.decode()
    before = (Interview.objects.values().get(), Heard.objects.values("state", "done").get())
    for address in re.findall(r'action="(/i/[^"]+)"', page):
        assert client.get(address).status_code == 405
    assert (Interview.objects.values().get(), Heard.objects.values("state", "done").get()) == before


def test_in_english(invited, client, say):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    page = shown(say(invited("A018"), "Where is it, and how long will it take?"))
    assert "This is what we know:" in page


def test_somebody_whose_interview_is_over_reaches_a_person(candidate, client, say):
    client.post(f"{candidate.address}/decline")
    page = say(candidate, "我又考虑了一下", seen="declined-1")
    assert "会有工作人员查看您的留言" in shown(page)
    assert Task.objects.get(kind="question", state="open").said == "我又考虑了一下"
