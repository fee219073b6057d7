"""Answers by mail: placed by the letter they answer, believed only from its address, answered at most so often."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.models import Interview
from mianyue.domain.notices.actions import message_id
from mianyue.domain.recruiting.models import Application
from mianyue.domain.replies.models import Heard
from mianyue.domain.security.models import JournalEntry
from mianyue.understanding.mail.incoming import IncomingMail
from mianyue.workflows.hear import heard_mail, sweep, think


@pytest.fixture
def writes(clock):
    """A mail from somebody, thought about as the job does; by default an answer to the newest letter from its own address."""

    def write(person, words, *, answering=True, sender=None, ids=None, mark=None, automatic=False, thinks=True) -> Heard | None:
        letter = person.newest
        ids = ids if ids is not None else (message_id(letter),) if answering else ()
        mail = IncomingMail(
            message_id=mark or f"{uuid4()}@mail.example",
            in_reply_to=ids,
            sender=(sender or person.row.email).casefold(),
            to=("jobs@company.example",),
            subject="Re: 面试",
            words=words,
            automatic=automatic,
            received_at=clock.now(),
        )
        heard = heard_mail(mail, b"raw " + words.encode(), clock.now())
        return think(heard.pk, clock.now()) if heard and thinks else heard

    return write


def codes(heard: Heard) -> list[str]:
    return [one["code"] for one in heard.done]


def test_an_answer_to_the_letter_books_what_it_names(invited, writes):
    candidate = invited("A039")
    heard = writes(candidate, "第三个时间可以，谢谢")
    assert (heard.state, heard.channel, codes(heard)) == ("acted", "email", ["booked"])
    assert Interview.objects.get().booked.number == 3
    assert candidate.newest.purpose == "confirmation"
    assert bytes(heard.raw).startswith(b"raw ")


def test_the_same_mail_twice_is_one(invited, writes):
    candidate = invited("A039")
    assert writes(candidate, "第三个时间可以", mark="one@mail.example") is not None
    assert writes(candidate, "第三个时间可以", mark="one@mail.example") is None
    assert (Heard.objects.count(), len(candidate.notices("confirmation"))) == (1, 1)


@pytest.mark.parametrize("mark", ["x" * 5000 + "@mail.example", "a\0b@mail.example"])
def test_a_mail_with_a_strange_id_is_kept_once(invited, writes, mark):
    candidate = invited("A039")
    assert writes(candidate, "第三个时间可以", mark=mark) is not None
    assert writes(candidate, "第三个时间可以", mark=mark) is None
    assert Heard.objects.count() == 1


def test_several_times_fit_and_the_letter_asks_which(invited, writes, post, mail):
    candidate = invited("A039")
    heard = writes(candidate, "周三或者周四都可以")
    assert codes(heard) == ["asked_which", "wrote"]
    letter = candidate.newest
    assert letter.purpose == "ask_back"
    assert "?pick=1" in letter.text and "?pick=2" in letter.text and "?pick=3" not in letter.text
    post()
    assert mail.arrived[-1].to == candidate.row.email
    assert candidate.picks(2).booked.number == 2


def test_one_question_back_for_as_long_as_the_interview_stands_so(invited, writes, desk):
    candidate = invited("A039")
    writes(candidate, "周三或者周四都可以")
    heard = writes(candidate, "周三或者周五吧")
    assert codes(heard) == ["asked_which", "person"]
    assert len(candidate.notices("ask_back")) == 1
    assert [task.facts["about"] for task in desk("A039")] == ["asked_before"]


def test_questions_are_answered_from_the_facts_in_the_candidate_s_language(invited, writes, post):
    candidate = invited("A039")
    heard = writes(candidate, "请问在哪里面试，要带什么？")
    assert codes(heard) == ["answered", "wrote"]
    letter = candidate.newest
    assert letter.purpose == "answer"
    assert letter.title.startswith("您的问题：青禾智能科技（示例）有限公司")
    assert "地点" in letter.text and "请带" in letter.text
    assert post() >= 1
    assert letter.deliveries.get().state == "accepted"


def test_three_answers_a_day_and_then_a_person(invited, writes, clock, desk):
    candidate = invited("A039")
    questions = ["在哪里面试？", "要带什么？", "大概多长时间？", "面试官是谁？"]
    assert [codes(writes(candidate, said))[-1] for said in questions] == ["wrote", "wrote", "wrote", "person"]
    assert len(candidate.notices("answer")) == 3
    assert [task.facts["about"] for task in desk("A039")] == ["many_letters"]
    clock.forward(timedelta(days=1, seconds=1))
    assert codes(writes(candidate, "地址是哪里？"))[-1] == "wrote"


def test_no_time_free_says_so_and_names_the_times(invited, writes, claimed):
    candidate = invited("A039")
    held = len(claimed())
    heard = writes(candidate, "下周三上午可以吗")
    assert codes(heard) == ["none_free", "person", "wrote"]
    assert candidate.newest.purpose == "none_free"
    assert "12 月 9 日 周三 08:00–12:00" in candidate.newest.text
    assert len(claimed()) == held


def test_stepping_back_by_mail_asks_and_changes_nothing(invited, writes, claimed):
    candidate = invited("A039")
    held = len(claimed())
    assert codes(writes(candidate, "抱歉，我不考虑这个机会了")) == ["asked_step_back", "wrote", "person"]
    assert candidate.newest.purpose == "ask_step_back"
    assert (Application.objects.get(code="A039").state, len(claimed())) == ("active", held)


def test_moving_a_booked_time_by_mail_asks_first(booked, person, writes, claimed):
    booked("A039")
    candidate = person("A039")
    held = len(claimed())
    assert codes(writes(candidate, "我想改期")) == ["asked_move", "wrote"]
    assert candidate.newest.purpose == "ask_move"
    assert (Interview.objects.get().state, len(claimed())) == ("booked", held)


def test_another_sender_never_acts(invited, writes, desk, claimed):
    candidate = invited("A039")
    held = len(claimed())
    heard = writes(candidate, "第三个时间可以", sender="somebody@else.example")
    assert (heard.state, heard.done) == ("with_person", [{"code": "person", "why": "other_sender"}])
    assert (Interview.objects.get().state, len(claimed())) == ("offered", held)
    (task,) = desk("A039")
    assert "somebody@else.example" in task.said and "somebody" not in str(task.facts)


def test_a_mail_that_answers_no_letter_of_ours_asks_instead_of_booking(invited, writes):
    candidate = invited("A039")
    heard = writes(candidate, "第三个时间可以", answering=False)
    assert codes(heard) == ["asked_which", "wrote"]
    assert Interview.objects.get().state == "offered"
    assert "?pick=3" in candidate.newest.text and "?pick=1" not in candidate.newest.text


def test_a_candidate_with_two_interviews_is_not_guessed(invited, writes, desk):
    candidate, other = invited("A039"), invited("A003")
    Application.objects.filter(code="A003").update(candidate=candidate.row)
    heard = writes(candidate, "第三个时间可以", answering=False)
    assert (heard.state, heard.interview_id, heard.done) == ("with_person", None, [{"code": "person", "why": "unplaced"}])
    assert not Interview.objects.filter(state="booked").exists()
    assert other


def test_a_mail_nobody_can_place_is_a_task_without_personal_facts(invited, writes):
    candidate = invited("A039")
    heard = writes(candidate, "有空聊聊吗", answering=False, sender="stranger@else.example")
    task = Task.objects.get(kind="unplaced_mail")
    assert (task.subject_id, task.facts) == (heard.pk, {"about": "unplaced", "heard": str(heard.pk)})
    assert "stranger@else.example" in task.said


@pytest.mark.parametrize("ids", [("not-an-id@mianyue",), ("6f1c2f0e-0000-7000-8000-000000000000@mianyue",), ("@mianyue",), ("x",)])
def test_ids_that_are_not_ours_place_nothing(invited, writes, ids):
    heard = writes(invited("A039"), "第三个时间可以", ids=ids, sender="somebody@else.example")
    assert heard.interview_id is None


@pytest.mark.parametrize("answering", [True, False])
def test_what_a_program_wrote_is_kept_and_left_alone(invited, writes, answering, desk, claimed):
    candidate = invited("A039")
    held, letters = len(claimed()), len(candidate.notices())
    heard = writes(candidate, "I am out of office until Thursday. The second one is fine.", automatic=True, answering=answering)
    assert (heard.state, heard.done) == ("nothing", [{"code": "automatic"}])
    assert (len(claimed()), len(candidate.notices()), desk("A039")) == (held, letters, [])


def test_an_answer_to_an_older_letter_never_books_the_number_of_a_newer_one(invited, writes, clock):
    candidate = invited("A003")
    first = candidate.newest
    assert candidate.wants_other_times()
    heard = writes(candidate, "第二个可以", ids=(message_id(first),))
    assert Interview.objects.get().state == "offered"
    assert heard.offered[1]["proposal"] == 1
    assert codes(heard) == ["asked_which", "wrote"]
    assert (heard.done[0]["why"], {one["proposal"] for one in heard.done[0]["times"]}) == ("gone", {2})


def test_another_number_of_the_letter_after_the_booking_is_asked_about(invited, writes, post, claimed):
    candidate = invited("A039")
    letter = candidate.newest
    candidate.picks(2)
    held = len(claimed())
    assert codes(writes(candidate, "还是第一个吧", ids=(message_id(letter),))) == ["asked_move", "wrote"]
    assert codes(writes(candidate, "好的，就第二个", ids=(message_id(letter),))) == ["booked_already"]
    assert (Interview.objects.get().booked.number, len(claimed())) == (2, held)


def test_the_job_does_what_the_sweep_would(invited, writes, clock):
    candidate = invited("A039")
    heard = writes(candidate, "第一个", thinks=False)
    assert (heard.state, Interview.objects.get().state) == ("waiting", "offered")
    clock.forward(timedelta(minutes=1))
    assert sweep(clock.now()) == 1
    assert think(heard.pk, clock.now()).state == "acted"
    assert len(candidate.notices("confirmation")) == 1


def test_tomorrow_is_the_day_after_the_mail_came_however_late_it_is_read(invited, writes, clock):
    candidate = invited("A039")
    clock.forward(timedelta(days=1))
    heard = writes(candidate, "明天下午两点可以", thinks=False)
    clock.forward(timedelta(hours=14))
    assert codes(think(heard.pk, clock.now())) == ["booked"]
    assert Interview.objects.get().booked.number == 1


def test_a_letter_that_answers_is_not_sent_when_things_have_moved_on(invited, writes, post):
    candidate = invited("A039")
    writes(candidate, "抱歉，我不考虑这个机会了")
    letter = candidate.newest
    candidate.declines()
    post()
    assert letter.deliveries.get().state == "stale"


def test_the_journal_knows_ids_and_codes_only(invited, writes):
    candidate = invited("A039")
    writes(candidate, "第三个时间可以，我的电话13800000000")
    said = str([entry.facts for entry in JournalEntry.objects.filter(act__startswith="reply.")])
    assert "booked" in said and "138" not in said and candidate.row.email not in said
