"""Writes an invented company's folder as of any day, so that a newcomer can play every part without a company of their own."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from io import StringIO
from pathlib import Path

from mianyue.entrypoints.sandbox.demo.calendars import calendars
from mianyue.entrypoints.sandbox.demo.clock import punches
from mianyue.entrypoints.sandbox.demo.days import Days
from mianyue.entrypoints.sandbox.demo.documents import document, workbook

_SOURCE = files("mianyue.entrypoints.sandbox.demo") / "company"

# Companies' systems do not agree on formats, so the demo's do not either.
_AS_CSV = {
    "sites": "utf-8",
    "room_bookings": "utf-8",
    "shifts": "utf-8",
    "shift_assignments": "utf-8",
    "leave": "gb18030",
    "overtime": "utf-8",
    "trips": "utf-8",
    "departments": "utf-8",
    "attendance_groups": "utf-8",
    "group_members": "utf-8",
    "rosters": "utf-8",
    "leave_types": "utf-8",
    "leave_quotas": "utf-8",
    "jobs": "utf-8",
    "interview_rounds": "utf-8",
    "applications": "utf-8-sig",
}
_AS_WORKBOOK = {"employees": "员工花名册", "rooms": "会议室一览表"}
_RESUMES_IN_GBK = frozenset({"A002", "A007", "A012"})
_RESUME_OF_NOBODY = "投递邮件附件_戴清欢.txt"


def write_company(folder: Path, today: date) -> None:
    """Writes the company as it looks on ``today`` (its own local date); the same day gives the same bytes.

    Makes ``folder`` where it is missing and overwrites the files of an earlier day. Its report of problems is short and meant: a
    second application of the same person, a booking of a room that was given up, a resume that no application names. One
    applicant can't be offered a time, since the only interviewer is on leave. Raises OSError.
    """
    company = tomllib.loads(_SOURCE.joinpath("company.toml").read_text(encoding="utf-8"))
    days = Days(today, company["working_week"], company["public_holiday_country"])
    for place in (folder, folder / "calendars", folder / "resumes"):
        place.mkdir(parents=True, exist_ok=True)
    for name, content in _company(days):
        (folder / name).write_bytes(content)


def write_punches(file: Path, today: date) -> None:
    """Writes what the company's time clock has kept until ``today``; the same day gives the same bytes. Raises OSError."""
    company = tomllib.loads(_SOURCE.joinpath("company.toml").read_text(encoding="utf-8"))
    days = Days(today, company["working_week"], company["public_holiday_country"])
    elsewhere = company.get("public_holiday_country_by_site", {})
    country_of = {
        row["工号"]: elsewhere.get(row["办公地点"], company["public_holiday_country"]) for row in _rows("employees", days)
    }
    away = [
        row for table in ("leave", "trips") for row in _rows(table, days) if (row.get("审批状态") or row.get("状态")) == "已通过"
    ]
    file.write_text(punches(_rows("shift_assignments", days), _rows("shifts", days), away, country_of, today), encoding="utf-8")


def _company(days: Days) -> Iterator[tuple[str, bytes]]:
    """Every file by its name inside the folder."""
    yield "company.toml", _text("company.toml", days).encode()
    for table, encoding in _AS_CSV.items():
        yield f"{table}.csv", _text(f"{table}.csv", days).encode(encoding)
    for table, title in _AS_WORKBOOK.items():
        yield f"{table}.xlsx", workbook(title, csv.reader(StringIO(_text(f"{table}.csv", days))))
    for owner, content in calendars(_rows("calendars", days), days.today).items():
        yield f"calendars/{owner}.ics", content
    for application in _rows("applications", days):
        if application["resume_file"]:
            yield f"resumes/{application['resume_file']}", _resume(application, days)
    yield f"resumes/{_RESUME_OF_NOBODY}", _text("resumes/nobody.txt", days).encode()


def _resume(application: dict[str, str], days: Days) -> bytes:
    number = application["application_id"]
    text = _text(f"resumes/{number}.txt", days)
    if application["resume_file"].endswith(".docx"):
        return document(text)
    return text.encode("gb18030" if number in _RESUMES_IN_GBK else "utf-8")


def _rows(table: str, days: Days) -> Iterator[dict[str, str]]:
    return csv.DictReader(StringIO(_text(f"{table}.csv", days)))


def _text(path: str, days: Days) -> str:
    return days.filled(_SOURCE.joinpath(path).read_text(encoding="utf-8"))
