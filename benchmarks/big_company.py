"""A company of any size as a folder in the import format: enough people and applications to measure with."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from pathlib import Path

FAMILY = 5
"""Interviewers who can stand in for one another; one job has one such pool."""

COMPANY = """
name = "千帆测试（示例）有限公司"
default_language = "zh-CN"
default_time_zone = "Asia/Shanghai"
working_week = [1, 2, 3, 4, 5]
public_holiday_country = "CN"
horizon_working_days = {days}

[contact.candidate]
name = "招聘组"
email = "recruiting@qianfan.example.com"
phone = "+86 21 0000 0000"

[contact.privacy]
name = "个人信息保护负责人"
email = "privacy@qianfan.example.com"
notice_url = "https://qianfan.example.com/privacy"
"""


def write_company(folder: Path, *, applications: int, interviewers: int, rooms: int, today: date, days: int = 10) -> Path:
    """Writes the folder and returns it. Every candidate has an e-mail address and a mobile number of their own."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "company.toml").write_text(COMPANY.format(days=days), encoding="utf-8")
    families = max(1, interviewers // FAMILY)
    people = [f"E{n:04}" for n in range(families * FAMILY)]
    _table(
        folder,
        "sites",
        "site_id name address latitude longitude time_zone",
        [["SHA", "上海", "示例路 1 号", 31.23, 121.47, "Asia/Shanghai"]],
    )
    _table(
        folder,
        "rooms",
        "room_id name site_id capacity equipment",
        [[f"R{n:03}", f"{n} 号会议室", "SHA", 4 + n % 5, ""] for n in range(rooms)],
    )
    _table(folder, "room_bookings", "room_id start end subject", _bookings(rooms, today))
    _table(
        folder,
        "employees",
        "employee_id name department title email site_id",
        [
            [code, f"面试官{n}", f"部门{n // FAMILY}", "工程师", f"{code.lower()}@qianfan.example.com", "SHA"]
            for n, code in enumerate(people)
        ],
    )
    _table(
        folder,
        "shifts",
        "shift_id name start end break_start break_end weekdays",
        [["S1", "常白班", "9:00", "18:00", "12:00", "13:00", "1-5"]],
    )
    _table(folder, "shift_assignments", "employee_id shift_id from to", [[code, "S1", "2020-01-01", ""] for code in people])
    _table(folder, "leave", "employee_id leave_type start end status", _leave(people, today))
    _table(folder, "overtime", "employee_id start end status", [])
    _table(
        folder,
        "jobs",
        "job_id title family department site_id keywords description materials_url",
        [[f"J{n:03}", f"工程师{n}", "standard", f"部门{n}", "SHA", "Python;Kafka;PostgreSQL", "示例", ""] for n in range(families)],
    )
    _table(
        folder,
        "interview_rounds",
        "job_id round name minutes interviewers mode needs_room prepare",
        [
            [
                f"J{n:03}",
                1,
                "一面",
                30,
                "|".join(people[n * FAMILY : (n + 1) * FAMILY]),
                "onsite" if n % 2 else "video",
                "true" if n % 2 else "false",
                "",
            ]
            for n in range(families)
        ],
    )
    _table(
        folder,
        "applications",
        "application_id job_id round name email mobile language time_zone resume_file note",
        [
            [
                f"A{n:05}",
                f"J{n % families:03}",
                1,
                f"候选人{n}",
                f"c{n}@example.com",
                f"+86138{n:08}",
                ("zh-CN", "en")[n % 2],
                "",
                "",
                "",
            ]
            for n in range(applications)
        ],
    )
    calendars = folder / "calendars"
    calendars.mkdir(exist_ok=True)
    for n, code in enumerate(people):
        (calendars / f"{code}.ics").write_bytes(_calendar(n, today))
    return folder


def _table(folder: Path, name: str, columns: str, rows: list[list[object]]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns.split())
        writer.writerows(rows)


def _bookings(rooms: int, today: date) -> list[list[object]]:
    return [
        [f"R{room:03}", f"{day} {9 + (room + offset) % 8}:00", f"{day} {10 + (room + offset) % 8}:00", ""]
        for room in range(rooms)
        for offset in range(14)
        for day in [today + timedelta(days=offset)]
    ]


def _leave(people: list[str], today: date) -> list[list[object]]:
    return [
        [code, "年假", today + timedelta(days=n % 12), today + timedelta(days=n % 12), "approved"]
        for n, code in enumerate(people)
        if n % 4 == 0
    ]


def _calendar(n: int, today: date) -> bytes:
    start = today - timedelta(days=30 + n % 5)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//big company//EN"]
    for k in range(3):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{n}-{k}@qianfan.example.com",
            "DTSTAMP:20260101T000000Z",
            f"DTSTART;TZID=Asia/Shanghai:{start:%Y%m%d}T{9 + (n + 3 * k) % 9:02}{(n % 4) * 15:02}00",
            "DURATION:PT45M",
            f"RRULE:FREQ={'DAILY' if k == 0 else 'WEEKLY'};INTERVAL={k + 1}",
            "SUMMARY:例会",
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def describe(folder: Path) -> str:
    """What stands in the folder, for the head of a benchmark's output."""
    return json.dumps({path.stem: sum(1 for _ in path.open(encoding="utf-8")) - 1 for path in sorted(folder.glob("*.csv"))})
