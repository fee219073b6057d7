"""A small clean company that a test soils in one place."""

from pathlib import Path

import pytest

from mianyue.domain.intake.folder import read_folder

COMPANY = """
name = "示例公司"
default_language = "zh-CN"
default_time_zone = "Asia/Shanghai"
working_week = [1, 2, 3, 4, 5]
public_holiday_country = "CN"
today = 2026-11-30

[contact.candidate]
name = "Recruiting"
email = "hr@example.com"
phone = "+86 21 0000 0000"

[contact.privacy]
name = "Privacy"
email = "privacy@example.com"
notice_url = "https://example.com/privacy"
"""

TABLES = {
    "sites": "site_id,name,address,latitude,longitude,time_zone\nSHA,上海,云杉路 1 号,31.2,121.5,Asia/Shanghai\nVIE,Wien,Ring 1,48.2,16.4,Europe/Vienna",
    "rooms": "room_id,name,site_id,capacity,equipment\nR1,云杉,SHA,4,投影;白板",
    "room_bookings": "room_id,start,end,subject\nR1,2026-12-01 9:00,2026-12-01 10:00,周会",
    "employees": "employee_id,name,department,title,email,mobile,site_id,time_zone,language,hire_date,last_day\n"
    "E1,施俊,技术,总监,e1@example.com,13800090001,SHA,,zh-CN,2020-01-01,\n"
    "E2,Anna Huber,Wien,Lead,e2@example.com,,VIE,,de-AT,,",
    "shifts": "shift_id,name,start,end,break_start,break_end,weekdays\nS1,常白班,9:00,18:00,12:00,13:00,1-5",
    "shift_assignments": "employee_id,shift_id,from,to\nE1,S1,2020-01-01,\nE2,S1,2020-01-01,",
    "leave": "employee_id,leave_type,start,end,status\nE1,年假,2026-12-03,2026-12-03,approved",
    "overtime": "employee_id,start,end,status\nE1,2026-12-05 10:00,2026-12-05 12:00,approved",
    "jobs": "job_id,title,family,department,site_id,keywords,description,materials_url\nJ1,工程师,standard,技术,SHA,Java;SQL,开发,",
    "interview_rounds": "job_id,round,name,minutes,interviewers,mode,needs_room,prepare\nJ1,1,一面,60,E1|E2,video,false,",
    "applications": "application_id,job_id,round,name,email,mobile,language,time_zone,resume_file,note\n"
    "A1,J1,1,王芳,a1@example.org,13800000001,,,A1.txt,\n"
    "A2,J1,1,李雷,a2@example.org,13800000002,,,,",
}


@pytest.fixture
def company(tmp_path):
    """Writes the company with other tables or files in place, and reads it. ``None`` leaves a file out."""

    def write(*, toml=COMPANY, files=None, more=None, **tables):
        contents = {f"{name}.csv": text for name, text in (TABLES | tables).items()}
        for name, rows in (more or {}).items():
            contents[f"{name}.csv"] = f"{TABLES[name]}\n{rows}"
        contents |= {
            "company.toml": toml,
            "calendars/E1.ics": "BEGIN:VCALENDAR\nEND:VCALENDAR",
            "calendars/E2.ics": "BEGIN:VCALENDAR\nEND:VCALENDAR",
            "resumes/A1.txt": "王芳",
        } | (files or {})
        for name, content in contents.items():
            if content is None:
                continue
            path = Path(tmp_path, name)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_folder(tmp_path)

    return write


@pytest.fixture
def findings():
    """What was found, as ``(code, file, row, key, column, value)``."""
    return lambda folder: [(p.code, p.file, p.row, p.key, p.column, p.value) for p in folder.problems]
