"""The interview, what was proposed for it, and the claims that keep a promised time from being promised twice."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from mianyue.base.ids import new_id
from mianyue.domain.interviews.states import LIVE, ClaimState, InterviewState, OptionState
from mianyue.domain.organization.models import Employee
from mianyue.domain.recruiting.models import Application, Round
from mianyue.domain.rooms.models import Room, RoomBooking


class Interview(models.Model):
    """One round of one application, from the first proposal to the result. State changes follow ``states.TRANSITIONS``."""

    class Result(models.TextChoices):
        PASSED = "passed", "Passed"
        REJECTED = "rejected", "Rejected"
        NEXT_ROUND = "next_round", "Next round"
        NO_SHOW = "no_show", "No show"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="interviews")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="interviews")
    state = models.CharField(max_length=12, choices=InterviewState.choices)
    proposal = models.PositiveSmallIntegerField(default=1, help_text="Counts the sets of three offered.")
    offering = models.PositiveSmallIntegerField(
        default=1,
        help_text="Counts what was on offer: each new set, and each time some were added to one. Letters tell of one offering.",
    )
    sequence = models.PositiveSmallIntegerField(default=0, help_text="iCalendar SEQUENCE of the booking (RFC 5546).")
    held_until = models.DateTimeField(null=True, help_text="When the offered or tentative times become free again.")
    booked = models.OneToOneField("Option", null=True, on_delete=models.SET_NULL, related_name="+")
    result = models.CharField(max_length=12, choices=Result.choices, blank=True)
    video_link = models.CharField(max_length=500, blank=True, help_text="Where to join, for a video interview.")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application"], condition=Q(state__in=LIVE), name="interview_one_live"),
        ]
        indexes = [models.Index(fields=["state", "-changed_at"], name="interview_board")]
        ordering = ["-changed_at"]

    @property
    def calendar_uid(self) -> str:
        """The UID of its calendar entries, the same for the life of the booking (RFC 5545 §3.8.4.7)."""
        return f"{self.pk}@mianyue"


class Option(models.Model):
    """One of the times offered: when, where, with whom, and why this one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="options")
    proposal = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(help_text="1 to 3, as the letter counts; what is added later is counted on.")
    during = DateTimeRangeField()
    room = models.ForeignKey(Room, null=True, on_delete=models.PROTECT, related_name="+")
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=OptionState.choices, default=OptionState.HELD)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["interview", "proposal", "number"], name="option_number")]
        ordering = ["interview", "proposal", "number"]


class Seat(models.Model):
    """Who sits where in an option."""

    class Answer(models.TextChoices):
        NONE = "", "No answer yet"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Can't make it"

    id = models.BigAutoField(primary_key=True)
    option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="seats")
    number = models.PositiveSmallIntegerField()
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="interview_seats")
    answer = models.CharField(max_length=12, choices=Answer.choices, blank=True, default="")
    shadow = models.BooleanField(default=False, help_text="Sits in to learn; the interview does not depend on them.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["option", "number"], name="seat_number")]
        ordering = ["option", "number"]


class Claim(models.Model):
    """A span of a scarce thing (a person, a room) that belongs to one option, or to a booking of a room. The database refuses overlaps."""

    class Resource(models.TextChoices):
        EMPLOYEE = "employee"
        ROOM = "room"
        CANDIDATE = "candidate"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    resource_kind = models.CharField(max_length=12, choices=Resource.choices)
    resource_id = models.UUIDField(help_text="The employee's, room's or candidate's id; unique over all kinds.")
    during = DateTimeRangeField()
    state = models.CharField(max_length=12, choices=ClaimState.choices, default=ClaimState.HOLD)
    option = models.ForeignKey(Option, null=True, on_delete=models.CASCADE, related_name="claims")
    interview = models.ForeignKey(Interview, null=True, on_delete=models.CASCADE, related_name="claims")
    booking = models.ForeignKey(RoomBooking, null=True, on_delete=models.CASCADE, related_name="claims")
    expires_at = models.DateTimeField(null=True, help_text="A hold's end; a booking has none.")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="claim_no_overlap",
                expressions=[("resource_id", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(state__in=["hold", "booked"]),
            ),
            models.CheckConstraint(
                name="claim_of_one",
                condition=Q(option__isnull=False, interview__isnull=False, booking=None)
                | Q(option=None, interview=None, booking__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], condition=Q(state="hold"), name="claim_expiry")]


class InterviewChange(models.Model):
    """What an interviewer asks for about an interview booked with them: another time, or somebody else in their seat."""

    class Wish(models.TextChoices):
        OTHER_TIME = "other_time", "Another time"
        STAND_IN = "stand_in", "Another interviewer"

    class State(models.TextChoices):
        PENDING = "pending", "Waiting for a decision"
        DONE = "done", "Done"
        REJECTED = "rejected", "Rejected"
        CANCELLED = "cancelled", "Taken back"
        MOOT = "moot", "Overtaken: the interview is over or has changed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="changes")
    option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="+", help_text="The booked time it is about.")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="interview_changes")
    wish = models.CharField(max_length=12, choices=Wish.choices)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PENDING)
    done = models.CharField(max_length=12, blank=True, help_text="What came of it: replaced, reoffered, asked or left.")
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interview", "employee"], condition=Q(state="pending"), name="interview_change_once"),
        ]
        ordering = ["-asked_at"]
