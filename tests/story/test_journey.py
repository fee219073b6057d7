"""The journey of one notice, as the README tells it: from the company's folder to the new colleague's first shift."""

import re
from datetime import timedelta
from pathlib import Path

from icalendar import Calendar

from mianyue.domain.attendance.models import Account
from mianyue.domain.desk.models import Task
from mianyue.domain.interviews.models import Interview
from mianyue.domain.recruiting.models import Application
from mianyue.domain.security.actor import SYSTEM, Actor
from mianyue.domain.security.models import JournalEntry
from mianyue.workflows import deliver, finish, reply, watch
from mianyue.workflows.bring_in import bring_in
from mianyue.workflows.invite import Wish, invite, start_invitation

FOLDER = Path(__file__).parents[1] / "data" / "company"
RECRUITER = Actor("user", "1")


def test_journey_of_one_notice(db, clock, mail, sms):
    """Priya Mösl applied for a job as backend developer in Shanghai. She has two interviews before her."""

    def time_passes(**span):
        clock.forward(timedelta(**span))
        watch.tick(clock.now())
        deliver.sweep(clock.now(), timedelta(0))

    def follows_the_link_in(message):
        return reply.visit(re.search(r"/i/([\w-]+)", message.text)[1], "candidate", clock.now())

    # Monday, eight in the morning. The recruiter points mianyue at the folder the company already has.
    brought = bring_in(FOLDER, SYSTEM, clock.now())
    assert brought.tables["applications"]["added"] == 40
    priya = Application.objects.get(code="A018")

    # She presses the button. Three true times are held, on three days, and one letter goes out, in Priya's English.
    (done,) = invite(Wish(applications=["A018"]), RECRUITER, clock.now())
    days = [option.interval.start.date() for option in done.recommendation.options]
    assert len(set(days)) == 3
    time_passes(seconds=1)
    (letter,) = mail.arrived
    assert (letter.to, letter.language) == ("priya.moesl97@example.org", "en-GB")
    assert letter.text.startswith("Dear Priya Mösl,")
    assert "Your work with Redis, Kubernetes and 微服务" in letter.text

    # Priya is on a train, all Monday. A day later a text message reaches her telephone.
    time_passes(hours=24)
    (message,) = sms.arrived
    assert message.to == "+442079460918"

    # She taps the second time. It is booked, and within the minute three calendars know it: hers and the two interviewers'.
    reply.pick(follows_the_link_in(message), 2, 1, clock.now())
    time_passes(minutes=1)
    first = Interview.objects.get()
    start = first.booked.during.lower
    confirmations = mail.arrived[1:]
    assert first.state == "booked"
    assert len(confirmations) == 3
    for confirmation in confirmations:
        (event,) = Calendar.from_ical(confirmation.calendar).walk("VEVENT")
        assert (confirmation.calendar_method, event.decoded("dtstart")) == ("REQUEST", start)

    # A day before she is reminded, and two hours before everybody is.
    time_passes(seconds=(start - timedelta(hours=24) - clock.now()).total_seconds())
    assert [m.to for m in mail.arrived[4:]] == ["priya.moesl97@example.org"]
    time_passes(hours=22)
    assert len(mail.arrived) == 4 + 1 + 3

    # It goes well. The recruiter says "next round": a time is held at once, and nobody is bothered yet.
    time_passes(hours=3)
    before = len(mail.arrived)
    finish.set_result("A018", "next_round", RECRUITER, clock.now())
    time_passes(minutes=1)
    second = Interview.objects.get(state="tentative")
    assert (second.round.number, len(mail.arrived)) == (3, before)

    # The invitation goes out, and this time Priya answers at breakfast.
    start_invitation(second, RECRUITER, clock.now())
    time_passes(minutes=1)
    reply.pick(follows_the_link_in(mail.arrived[-1]), 1, 1, clock.now())
    time_passes(minutes=1)
    second.refresh_from_db()
    assert second.state == "booked"

    # She is reminded, she comes, she passes. The hire waits for a person, who confirms it.
    time_passes(seconds=(second.booked.during.lower - timedelta(hours=2) - clock.now()).total_seconds())
    time_passes(hours=3)
    finish.set_result("A018", "passed", RECRUITER, clock.now())
    (task,) = Task.objects.filter(application_code="A018", state="open")
    assert task.kind == "hire"
    first_day = (clock.now() + timedelta(days=30)).date()
    finish.confirm_hire("A018", first_day, RECRUITER, clock.now())

    # Priya has an attendance account with her team's shift. Nothing waits for anybody, and the journal tells it all.
    account = Account.objects.get()
    assert (account.employee.name, account.shift.name, account.first_day) == ("Priya Mösl", "弹性班", first_day)
    priya.refresh_from_db()
    assert priya.state == "hired"
    assert not Task.objects.filter(application_code="A018", state="open").exists()
    told = JournalEntry.objects.filter(facts__application="A018").exclude(act="notice.sent")
    assert list(told.values_list("act", flat=True)) == [
        "interview.offered",
        "interview.followed_up",
        "interview.booked",
        "interview.reminded",
        "interview.reminded",
        "interview.held",
        "interview.finished",
        "interview.offered",
        "interview.booked",
        "interview.reminded",
        "interview.finished",
        "application.hired",
        "provisioning.begun",
        *["provisioning.step"] * 7,
        "provisioning.done",
    ]
