"""Whatever recruiters, candidates, interviewers and time do in whatever order, the promises hold after every step."""

import re
from collections import defaultdict
from datetime import timedelta
from itertools import combinations

from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from mianyue.base.errors import Refused
from mianyue.base.interval import Interval
from mianyue.domain.interviews.actions import withdraw
from mianyue.domain.interviews.models import Claim, Interview, Option
from mianyue.domain.interviews.states import LIVE
from mianyue.domain.notices.models import Delivery, Notice
from mianyue.domain.organization.models import Employee
from mianyue.domain.rooms.models import Room
from mianyue.domain.security.actor import SYSTEM, Actor
from mianyue.domain.timers.models import Timer
from mianyue.ports.channel import AnswerLost, PermanentFailure, TemporaryFailure
from mianyue.workflows import change, finish, reply
from mianyue.workflows.deliver import sweep
from mianyue.workflows.freed import freed
from mianyue.workflows.hold_next import release_tentative
from mianyue.workflows.invite import Wish, invite, start_invitation
from mianyue.workflows.rooms.book import book_room
from mianyue.workflows.watch import tick

# A round with a pool of interviewers, and a panel of two in a room with another round to come.
CODES = ["A024", "A018"]


class AnyOrder(RuleBasedStateMachine):
    """One company for a few weeks. ``Refused`` is an answer; anything else that is raised is a bug."""

    world: dict

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.clock, self.mail, self.sms, self.person, self.entry = (
            self.world[n] for n in ("clock", "mail", "sms", "person", "entry")
        )
        self.clock.at = self.world["start"]
        for channel in (self.mail, self.sms):
            channel.arrived.clear()
            channel._failures.clear()
        self.steps = self.checked = 0
        self.sequence: dict = {}
        self.entries: dict[str, list] = defaultdict(list)

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)

    def act(self, deed) -> None:
        self.steps += 1
        try:
            with transaction.atomic():
                deed()
        except (Refused, reply.LinkEnded):
            return
        self._post()

    @initialize()
    def recruiter_begins(self):
        self.act(lambda: invite(Wish(applications=CODES), self.world["recruiter"], self.clock.now()))

    @rule(code=st.sampled_from(CODES))
    def recruiter_invites(self, code):
        self.act(lambda: invite(Wish(applications=[code]), self.world["recruiter"], self.clock.now()))

    @rule(code=st.sampled_from(CODES), number=st.integers(1, 3))
    def candidate_picks(self, code, number):
        self.act(lambda: self.person(code).picks(number))

    @rule(code=st.sampled_from(CODES), number=st.integers(1, 3))
    def candidate_wants_other_times_and_picks(self, code, number):
        self.act(lambda: self.person(code).wants_other_times("下周？"))
        self.act(lambda: self.person(code).picks(number))

    @rule(code=st.sampled_from(CODES))
    def candidate_wants_other_times(self, code):
        self.act(lambda: self.person(code).wants_other_times("下周？"))

    @precondition(lambda self: self.steps > 15)  # a withdrawn application has no more story to tell
    @rule(code=st.sampled_from(CODES))
    def candidate_declines(self, code):
        self.act(lambda: self.person(code).declines())

    @precondition(lambda self: Interview.objects.filter(state="booked").exists())
    @rule(data=st.data())
    def interviewer_cannot_come(self, data):
        interview = data.draw(st.sampled_from(list(Interview.objects.filter(state="booked").order_by("pk"))))
        seat = data.draw(st.sampled_from(list(interview.booked.seats.all())))
        self.act(lambda: self.person(seat.employee.code).cannot_come())

    @precondition(lambda self: Interview.objects.filter(state__in=LIVE).exists())
    @rule(data=st.data(), what=st.sampled_from([change.cancel, change.reschedule]))
    def recruiter_changes(self, data, what):
        interview = data.draw(st.sampled_from(list(Interview.objects.filter(state__in=LIVE).order_by("pk"))))
        self.act(lambda: what(interview.pk, self.world["recruiter"], self.clock.now()))

    @rule(code=st.sampled_from(CODES), result=st.sampled_from(["next_round", "next_round", "no_show", "passed", "rejected"]))
    def recruiter_judges(self, code, result):
        if result in ("passed", "rejected") and self.steps <= 15:
            return
        self.act(lambda: finish.set_result(code, result, self.world["recruiter"], self.clock.now()))

    @precondition(lambda self: Interview.objects.filter(state="tentative").exists())
    @rule()
    def recruiter_starts_the_next_round(self):
        for interview in Interview.objects.filter(state="tentative"):
            self.act(lambda interview=interview: start_invitation(interview, self.world["recruiter"], self.clock.now()))

    @precondition(lambda self: Interview.objects.filter(state="tentative").exists())
    @rule()
    def recruiter_lets_the_next_round_go(self):
        for interview in Interview.objects.filter(state="tentative"):
            self.act(lambda interview=interview: release_tentative(interview.pk, self.world["recruiter"], self.clock.now()))

    @rule(code=st.sampled_from(CODES))
    def offered_time_is_lost(self, code):
        """As replanning does where nobody can stand in; a minute later another one may come in its place."""
        held = list(Option.objects.filter(interview__application__code=code, interview__state="offered", state="held"))
        unsent = {"state__in": ["queued", "sending"], "notice__subject_id__in": [option.interview_id for option in held]}
        if len(held) > 1 and not Delivery.objects.filter(**unsent).exists():  # else replanning offers new times
            withdraw(held[-1])
            freed(self.clock.now())

    @rule(hour=st.integers(9, 17), day=st.integers(1, 9), number=st.integers(0, 5))
    def staff_book_a_room(self, hour, day, number):
        rooms = list(Room.objects.order_by("code"))
        start = self.clock.now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=day, hours=hour - 8)
        employee, during = Employee.objects.order_by("code")[number], Interval(start, start + timedelta(hours=1))
        actor = Actor("staff", str(employee.pk))
        self.act(lambda: book_room(employee, rooms[number % len(rooms)], during, "", actor, self.clock.now()))

    @rule(failure=st.sampled_from([TemporaryFailure, PermanentFailure, AnswerLost]))
    def mail_server_stumbles(self, failure):
        self.mail.fail_next(failure)

    @rule(hours=st.sampled_from([0, 1, 1, 5, 24, 24, 30]))
    def time_passes(self, hours):
        self.clock.forward(timedelta(hours=hours, seconds=30))
        tick(self.clock.now())
        self._post()

    def _post(self):
        before = len(self.mail.arrived)
        sweep(self.clock.now(), timedelta(0))
        self._offers_were_held_when_they_left(before)

    def _offers_were_held_when_they_left(self, before):
        """Nothing happens between the sweep and this look, so what left in it must still be held."""
        for message in self.mail.arrived[before:]:
            notice = Notice.objects.get(pk=message.key.removesuffix("@mianyue"))
            if notice.purpose in ("invitation", "new_options", "follow_up"):
                interview = Interview.objects.get(pk=notice.subject_id)
                held = Claim.objects.filter(interview=interview, state="hold", option__proposal=interview.proposal)
                spoken_of = {int(number) for number in re.findall(r"\?pick=(\d+)", notice.text)} or {o.option.number for o in held}
                assert interview.offering == notice.version
                assert {claim.option.number for claim in held} == spoken_of != set()

    @invariant()
    def nobody_and_no_room_is_promised_twice(self):
        spans = defaultdict(list)
        for claim in Claim.objects.filter(state__in=["hold", "booked"]):
            spans[claim.resource_id].append(claim.during)
        for promised in spans.values():
            assert not [1 for a, b in combinations(promised, 2) if a.lower < b.upper and b.lower < a.upper]

    @invariant()
    def claims_fit_the_state(self):
        now = self.clock.now()
        for interview in Interview.objects.all():
            active = list(Claim.objects.filter(interview=interview, state__in=["hold", "booked"]).select_related("option"))
            if interview.state == "booked":
                needed = {*interview.booked.seats.values_list("employee_id", flat=True), interview.application.candidate_id}
                needed |= {interview.booked.room_id} - {None}
                assert {(c.option_id, c.state) for c in active} == {(interview.booked_id, "booked")}
                assert {c.resource_id for c in active} == needed
                assert len(active) == len(needed)
            elif interview.state in ("offered", "tentative"):
                assert {(c.option.proposal, c.state) for c in active} == {(interview.proposal, "hold")}
                assert {c.expires_at for c in active} == {interview.held_until}
                assert interview.booked is None
            else:
                assert not [c for c in active if c.during.lower > now], interview.state

    @invariant()
    def at_most_one_interview_per_application_is_live(self):
        alive = list(Interview.objects.filter(state__in=LIVE).values_list("application_id", flat=True))
        assert len(alive) == len(set(alive))

    @invariant()
    def what_waits_is_watched_and_what_ended_is_not(self):
        for interview in Interview.objects.all():
            kinds = set(Timer.objects.filter(subject_id=interview.pk, state="pending").values_list("kind", flat=True))
            if interview.state == "offered":
                assert kinds - {"follow_up", "refill"} == {"give_up"}
            elif interview.state == "tentative":
                assert kinds - {"tentative_waits"} == {"tentative_ends"}
            elif interview.state == "booked":
                assert kinds <= {"reminder"}
            else:
                assert kinds == set(), interview.state

    @invariant()
    def sequence_never_falls(self):
        for pk, sequence in Interview.objects.values_list("pk", "sequence"):
            assert sequence >= self.sequence.get(pk, 0)
            self.sequence[pk] = sequence

    @invariant()
    def calendars_can_follow(self):
        """What a mail program was told of one entry: the number rises with every change, except for a repeat of the same letter."""
        fresh, self.checked = self.mail.arrived[self.checked :], len(self.mail.arrived)
        for message in fresh:
            if message.calendar:
                told, life = self.entry(message), self.entries[self.entry(message).uid]
                earlier = [(e.sequence, e.method) for key, e in life if key != message.key]
                newest = max((e for _, e in life), key=lambda e: e.sequence, default=None)
                assert (told.sequence, told.method) not in earlier or (newest and newest.method == told.method)
                if told.method == "REQUEST":
                    assert all(sequence < told.sequence for sequence, _ in earlier)
                life.append((message.key, told))

    @invariant()
    def no_letter_is_sent_twice_but_for_a_marked_repeat(self):
        for notice in Notice.objects.prefetch_related("deliveries"):
            states = [d.state for d in notice.deliveries.all()]
            assert states.count("accepted") <= 1
            assert states.count("unknown") <= 2
            assert states.count("queued") + states.count("sending") <= 1
        assert not Delivery.objects.filter(state="accepted", notice__deliveries__state="queued").exists()


def test_promises_hold_in_any_order(company, clock, mail, sms, person, entry):

    AnyOrder.world = {
        "clock": clock,
        "start": clock.now(),
        "mail": mail,
        "sms": sms,
        "person": person,
        "entry": entry,
        "recruiter": SYSTEM,
    }
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=8,
            stateful_step_count=50,
            deadline=None,
            phases=[Phase.generate],  # shrinking takes minutes; add Phase.shrink when there is something to find
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
