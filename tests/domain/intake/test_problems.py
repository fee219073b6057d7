import json

from mianyue.domain.intake.cells import STATUS
from mianyue.domain.intake.kinds import KINDS, REASONS
from mianyue.domain.intake.problems import calendar_event_unreadable, calendar_hours_unreadable, calendar_unreadable, problem

FORMAT_CODES = {
    "duplicate_application": "warning",
    "resume_missing": "error",
    "resume_without_application": "warning",
    "resume_of_another_person": "error",
    "invalid_email": "error",
    "unknown_employee": "error",
    "unknown_interviewer": "error",
    "unknown_room": "warning",
    "end_before_start": "error",
    "job_without_rounds": "error",
    "interviewer_without_shift": "warning",
    "calendar_missing": "warning",
    "calendar_without_employee": "warning",
    "calendar_event_unreadable": "warning",
}


def test_the_codes_of_the_format_have_its_severities():
    assert {code: KINDS[code].severity for code in FORMAT_CODES} == FORMAT_CODES


def test_every_text_is_complete_in_both_languages():
    for code in KINDS:
        for file in ("applications.csv", "leave.csv", "resumes/x.pdf"):
            found = problem(code, file, 3, "A1", "email", "x", "A0", "moment").as_dict()
            for texts in (found["message"], found["done"]):
                assert set(texts) == {"en", "zh-CN"}
                assert all(text and "{" not in text for text in texts.values())
                assert any("\u4e00" <= character <= "\u9fff" for character in texts["zh-CN"])


def test_reasons_are_told_in_both_languages():
    assert all(len(texts) == 2 and all(texts) for texts in REASONS.values())


def test_as_dict_is_json_and_names_related_only_where_there_is_one():
    assert "related" not in json.loads(json.dumps(problem("unknown_room", "room_bookings.csv", 3).as_dict()))
    assert json.loads(json.dumps(problem("duplicate_application", "applications.csv", related="A1").as_dict()))["related"] == "A1"


def test_findings_of_a_calendar():
    event = calendar_event_unreadable("E1", "uid-9", "no start")
    assert (event.file, event.key, event.value, event.message["en"]) == (
        "calendars/E1.ics",
        "E1",
        "uid-9",
        "an event can't be read: no start",
    )
    assert (calendar_unreadable("E1").severity, calendar_unreadable("E1").file) == ("error", "calendars/E1.ics")
    hours = calendar_hours_unreadable("E1", "uid-9", "no start")
    assert (hours.severity, hours.file, hours.value) == ("error", "calendars/E1.ics", "uid-9")
    assert hours.message["en"] == "the published working hours can't be read: no start"


def test_status_words_name_four_states():
    assert set(STATUS.values()) == {"approved", "pending", "rejected", "cancelled"}
