"""Jobs, their rounds, and the people who apply."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models

from mianyue.base.ids import new_id
from mianyue.domain.organization.models import Employee, Site
from mianyue.domain.security.fields import BlindIndexField, EncryptedBytesField, EncryptedJSONField, EncryptedTextField
from mianyue.understanding.contact import email_key


class Job(models.Model):
    """An open position."""

    class Family(models.TextChoices):
        STANDARD = "standard", "Standard"
        NON_STANDARD = "non_standard", "Non-standard"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=64, unique=True, help_text="The company's own id, job_id.")
    title = models.CharField(max_length=200)
    family = models.CharField(max_length=16, choices=Family.choices, default=Family.STANDARD)
    department = models.CharField(max_length=200, blank=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="jobs")
    keywords = ArrayField(models.CharField(max_length=100), default=list)
    description = models.TextField(blank=True)
    materials_url = models.CharField(max_length=500, blank=True)
    materials = models.JSONField(
        default=list, help_text="Further materials: pairs of a keyword and the address of what is about it."
    )

    def __str__(self) -> str:
        return self.title


class Round(models.Model):
    """One interview a job asks for; rounds count from 1."""

    class Mode(models.TextChoices):
        ONSITE = "onsite", "On site"
        VIDEO = "video", "Video"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    minutes = models.PositiveSmallIntegerField()
    mode = models.CharField(max_length=8, choices=Mode.choices)
    needs_room = models.BooleanField()
    prepare = ArrayField(models.CharField(max_length=300), default=list)
    equipment = ArrayField(models.CharField(max_length=100), default=list, help_text="What the room must have.")
    buffer_before = models.PositiveSmallIntegerField(null=True, help_text="Minutes; empty: as the company says.")
    buffer_after = models.PositiveSmallIntegerField(null=True, help_text="Minutes; empty: as the company says.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="round_number")]
        ordering = ["job", "number"]

    def __str__(self) -> str:
        return self.name


class SeatChoice(models.Model):
    """One person who may fill one seat of a round: every seat is filled, nobody fills two."""

    id = models.BigAutoField(primary_key=True)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="seat_choices")
    seat = models.PositiveSmallIntegerField(help_text="From 0.")
    place = models.PositiveSmallIntegerField(help_text="Order within the seat, as the company wrote it.")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="seats")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "seat", "employee"], name="seat_choice_once")]
        ordering = ["round", "seat", "place"]


class ShadowChoice(models.Model):
    """One person who may sit in on a round to learn. The first who is free does; without one the round takes place all the same."""

    id = models.BigAutoField(primary_key=True)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="shadow_choices")
    place = models.PositiveSmallIntegerField(help_text="Order, as the company wrote it.")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="shadowing")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "employee"], name="shadow_choice_once")]
        ordering = ["round", "place"]


class Candidate(models.Model):
    """A person who applied, once or more often. Found again by mobile or e-mail, never by name."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = EncryptedTextField()
    email = EncryptedTextField(null=True)
    email_index = BlindIndexField("email", "candidate.email", email_key)
    mobile = EncryptedTextField(null=True, help_text="E.164.")
    mobile_index = BlindIndexField("mobile", "candidate.mobile")

    def __str__(self) -> str:
        return str(self.pk)


class Resume(models.Model):
    """A résumé file, what could be read of it, and what a person must still do about it."""

    class Problem(models.TextChoices):
        SCAN = "scan", "Only a picture, no text"
        UNREADABLE = "unreadable", "Broken file"
        ENCRYPTED = "encrypted", "Protected by a password"
        TOO_LARGE = "too_large", "Too large"
        UNKNOWN_TYPE = "unknown_type", "Neither PDF, DOCX nor TXT"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sha256 = models.BinaryField(max_length=32)
    file_name = EncryptedTextField(help_text="It often holds the person's name.")
    content = EncryptedBytesField()
    text = EncryptedTextField(null=True)
    problem = models.CharField(max_length=16, choices=Problem.choices, blank=True)
    unseen = models.BooleanField(default=False, help_text="Pages of it are pictures, and a job is to read them.")
    facts = EncryptedJSONField(null=True, help_text="What was read from it, with places and confidences; empty: not read yet.")
    confirmed = EncryptedJSONField(null=True, help_text="What somebody confirmed: value, by whom, when, for which file.")


class Application(models.Model):
    """One person's application for one job, at the round to be arranged now."""

    class State(models.TextChoices):
        ACTIVE = "active", "Active"
        PASSED = "passed", "Passed"
        HIRED = "hired", "Hired"
        REJECTED = "rejected", "Rejected"
        WITHDRAWN = "withdrawn", "Withdrawn"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=64, unique=True, help_text="The company's own id, application_id.")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="applications")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="applications")
    round_number = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=35, help_text="BCP 47, of the notices.")
    time_zone = models.CharField(max_length=64, help_text="Where the candidate is, IANA name.")
    available = ArrayField(
        DateTimeRangeField(), null=True, help_text="When the candidate said they are free; empty: they said nothing."
    )
    note = EncryptedTextField(null=True, help_text="Internal; never shown to the candidate, never interpreted.")
    resume = models.OneToOneField(Resume, null=True, on_delete=models.SET_NULL, related_name="application")
    keywords = ArrayField(
        models.CharField(max_length=100),
        default=list,
        help_text="The job's keywords that the résumé shows, the first to be named first.",
    )
    match = models.FloatField(null=True, help_text="How much of what the job asks for the résumé shows, 0 to 1; empty: no text.")
    evidence = models.JSONField(
        default=list, help_text="Per requirement of the job: kind, value, met, and places in the résumé's text; never its words."
    )
    matched_from = models.CharField(
        max_length=64, blank=True, help_text="Of what the match, keywords, evidence and portfolio were found; empty: never."
    )
    to_match = models.BooleanField(default=True, help_text="These four are to be found anew.")
    portfolio = EncryptedTextField(null=True, help_text="The site of the portfolio that the résumé names, for non-standard jobs.")
    problems = ArrayField(models.CharField(max_length=40), default=list, help_text="Codes of the import that hinder an invitation.")
    state = models.CharField(max_length=12, choices=State.choices, default=State.ACTIVE)

    class Meta:
        ordering = ["code"]
        indexes = [
            models.Index(fields=["state", "code"], name="application_state"),
            models.Index(fields=["code"], condition=models.Q(to_match=True), name="application_to_match"),
        ]

    def __str__(self) -> str:
        return self.code
