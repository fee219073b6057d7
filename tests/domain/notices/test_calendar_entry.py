from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from mianyue.base.interval import Interval
from mianyue.domain.notices.calendar_entry import calendar_entry

BOOKING = {
    "uid": "0198-interview@example.com",
    "sequence": 2,
    "interval": Interval(datetime(2026, 12, 2, 6, tzinfo=UTC), datetime(2026, 12, 2, 7, tzinfo=UTC)),
    "summary": "面试：后端开发工程师, 青禾",
    "description": "第一行\n第二行; https://m.example.com/p7",
    "location": "上海市示例区云杉路 1 号 8 层, 会议室 B",
    "organizer": ('青禾 "招聘组"', "hr+7f3a@example.com"),
    "attendee": ("唐浩然", "tang@example.com"),
    "now": datetime(2026, 12, 1, 1, 2, 3, 456, tzinfo=UTC),
    "url": "https://m.example.com/p7",
    "geo": (31.2304, 121.4737),
    "language": "zh-CN",
}


def parsed(entry: bytes):
    calendar = Calendar.from_ical(entry)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_request():
    calendar, event = parsed(calendar_entry(method="REQUEST", **BOOKING))
    assert (calendar["method"], calendar["version"], [part.name for part in calendar.subcomponents]) == (
        "REQUEST",
        "2.0",
        ["VEVENT"],
    )
    assert (event["uid"], event["sequence"], event["status"]) == (BOOKING["uid"], 2, "CONFIRMED")
    assert (event["dtstart"].dt, event["dtend"].dt) == (BOOKING["interval"].start, BOOKING["interval"].end)
    assert event["dtstamp"].dt == datetime(2026, 12, 1, 1, 2, 3, tzinfo=UTC)
    assert (event["summary"], event["description"], event["location"]) == tuple(
        BOOKING[key] for key in ("summary", "description", "location")
    )
    assert event["summary"].params["LANGUAGE"] == "zh-CN"
    assert (event["organizer"], event["organizer"].params["CN"]) == ("mailto:hr+7f3a@example.com", '青禾 "招聘组"')
    assert event["attendee"] == "mailto:tang@example.com"
    assert dict(event["attendee"].params) == {
        "CN": "唐浩然",
        "CUTYPE": "INDIVIDUAL",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "NEEDS-ACTION",
        "RSVP": "TRUE",
    }
    assert event["geo"].to_ical() == "31.2304;121.4737"


def test_cancel_names_the_same_booking_and_asks_for_no_answer():
    calendar, event = parsed(calendar_entry(method="CANCEL", **BOOKING | {"sequence": 3}))
    assert (calendar["method"], event["status"], event["uid"], event["sequence"]) == ("CANCEL", "CANCELLED", BOOKING["uid"], 3)
    assert "RSVP" not in event["attendee"].params


def test_times_are_utc_on_the_wire():
    lines = calendar_entry(method="REQUEST", **BOOKING).decode().split("\r\n")
    assert {"DTSTART:20261202T060000Z", "DTEND:20261202T070000Z", "DTSTAMP:20261201T010203Z"} <= set(lines)
    assert not any("TZID" in line for line in lines)


def test_now_must_be_aware():
    with pytest.raises(ValueError, match="aware"):
        calendar_entry(method="REQUEST", **BOOKING | {"now": BOOKING["now"].replace(tzinfo=None)})


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp")), max_size=200), st.text(max_size=60))
def test_any_words_survive_and_no_line_is_longer_than_75_octets(summary, name):
    entry = calendar_entry(method="REQUEST", **BOOKING | {"summary": summary, "attendee": (name, "a@example.com")})
    assert all(len(line) <= 75 for line in entry.split(b"\r\n"))
    _, event = parsed(entry)
    assert event["summary"] == " ".join(summary.split())
    assert event["attendee"] == "mailto:a@example.com"
