"""Whoever steals the database alone learns nobody's name: not one word of a person stands in it in plain text."""

import csv
import json
import re
import tomllib

import openpyxl
import pytest
from django.db import connection

from mianyue.domain.recruiting.models import Resume
from mianyue.domain.security.actor import SYSTEM
from mianyue.understanding.resume.headings import heading_kind
from mianyue.workflows.invite import Wish, invite
from tests.conftest import SAMPLE


@pytest.fixture
def dump(company, now, mail, sms) -> str:
    """Everything that every table holds after the sample was imported and everybody invited, as pg_dump writes it, bytes opened."""
    invite(Wish(everyone=True), SYSTEM, now)
    tables = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            with cursor.copy(f"COPY {table} TO STDOUT") as copy:
                tables.append(b"".join(bytes(block) for block in copy).decode())
    return "\n".join(_with_bytes_opened(text) for text in tables).casefold()


def _with_bytes_opened(text: str) -> str:
    opened = [bytes.fromhex(found).decode(errors="replace") for found in re.findall(r"\\\\x((?:[0-9a-f]{2})+)", text)]
    return "\n".join([text, *opened])


def test_dump_holds_what_is_not_personal(dump):
    assert dump.count("interview.offered") == 37
    assert "spring boot" in dump


def test_no_candidate_and_no_employee_stands_in_plain_text(dump):
    people = json.loads((SAMPLE / "expected_resumes.json").read_text(encoding="utf-8"))
    with (SAMPLE / "applications.csv").open(encoding="utf-8-sig") as file:
        applications = list(csv.DictReader(file))
    staff = list(openpyxl.load_workbook(SAMPLE / "employees.xlsx").active.iter_rows(min_row=2, values_only=True))
    words = {
        *(person[key] for person in people for key in ("name", "email", "mobile", "file")),
        *(row[key] for row in applications for key in ("name", "email", "mobile", "note", "resume_file")),
        *(str(row[place]) for row in staff for place in (1, 4, 5) if row[place]),
    }
    words = {word for word in words if word and len(word) > 1}
    assert len(words) > 300
    assert sorted(word for word in words if word.casefold() in dump) == []


def test_no_line_of_a_resume_stands_in_plain_text(dump):
    public = "\n".join(
        path.read_text(encoding="utf-8-sig") for path in [SAMPLE / "jobs.csv", SAMPLE / "sites.csv", SAMPLE / "company.toml"]
    )
    lines = {
        line.strip()
        for text in Resume.objects.exclude(text=None).values_list("pk", flat=True)
        for line in (Resume.objects.get(pk=text).text or "").splitlines()
    }
    # The title of a section tells nothing of anybody, and the places of keywords name their section.
    private = {line for line in lines if len(line) >= 8 and line not in public and heading_kind(line) is None}
    assert len(private) > 400
    assert sorted(line for line in private if line.casefold() in dump) == []


def test_no_booking_of_a_room_tells_its_subject(dump):
    with (SAMPLE / "room_bookings.csv").open(encoding="utf-8-sig") as file:
        subjects = {row["subject"] for row in csv.DictReader(file) if row["subject"]}
    assert len(subjects) > 5
    assert sorted(subject for subject in subjects if subject.casefold() in dump) == []


def test_the_company_itself_is_no_secret(dump):
    assert tomllib.loads((SAMPLE / "company.toml").read_text(encoding="utf-8"))["name"].casefold() in dump
