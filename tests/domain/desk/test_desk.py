"""The people's queue: one open task per matter, with everything the person said."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError

from mianyue.base.ids import new_id
from mianyue.domain.desk.actions import ask, close, settle
from mianyue.domain.desk.models import Task

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
KIND = Task.Kind


def test_asking_again_brings_the_open_task_up_to_date():
    subject = new_id()
    first = ask(KIND.NO_TIME, subject, "A1", NOW, excluded=[1])
    again = ask(KIND.NO_TIME, subject, "A1", LATER, excluded=[2])
    assert again == first
    task = Task.objects.get()
    assert (task.facts, task.opened_at) == ({"excluded": [2]}, NOW)


def test_what_somebody_says_later_is_added_not_replaced():
    subject = new_id()
    for said in ("Can I come later?", None, "在楼下等吗？"):
        ask(KIND.QUESTION, subject, "A1", NOW, said=said)
    assert Task.objects.get().said == "Can I come later?\n\n在楼下等吗？"


def test_matters_of_other_kinds_and_subjects_are_tasks_of_their_own():
    subject = new_id()
    ask(KIND.QUESTION, subject, "A1", NOW)
    ask(KIND.HIRE, subject, "A1", NOW)
    ask(KIND.QUESTION, new_id(), "A2", NOW)
    assert Task.objects.count() == 3


def test_settling_closes_the_named_kinds_of_one_subject():
    subject, other = new_id(), new_id()
    for kind in (KIND.QUESTION, KIND.HIRE, KIND.NO_TIME):
        ask(kind, subject, "A1", NOW)
    ask(KIND.QUESTION, other, "A2", NOW)
    assert settle(subject, LATER, [KIND.QUESTION, KIND.HIRE]) == 2
    assert settle(subject, LATER) == 1
    assert settle(subject, LATER) == 0
    assert list(Task.objects.filter(state="open").values_list("subject_id", flat=True)) == [other]
    assert set(Task.objects.filter(state="done").values_list("closed_at", flat=True)) == {LATER}


def test_only_the_first_closes_a_task_and_a_new_question_opens_a_new_one():
    subject = new_id()
    task = ask(KIND.QUESTION, subject, "A1", NOW, said="First?")
    assert [close(task.pk, LATER), close(task.pk, LATER)] == [1, 0]
    assert ask(KIND.QUESTION, subject, "A1", LATER, said="Second?").said == "Second?"
    assert Task.objects.count() == 2


def test_database_refuses_a_second_open_task():
    subject = new_id()
    ask(KIND.QUESTION, subject, "A1", NOW)
    with pytest.raises(IntegrityError, match="task_once"):
        Task.objects.create(kind=KIND.QUESTION, subject_id=subject, opened_at=NOW)
