"""RFC 5545 §3.3.6: days and weeks are nominal (the same time on the clock), hours are elapsed time; days are added first.

The widely used engines for Python (recurring-ical-events 3.8.2 on icalendar 7.3) add PT24H to the wall clock, so that it lasts 23 or
25 hours where the clocks change; they are no oracle here, and every expected instant was worked out by hand.
"""

from datetime import UTC, datetime

import pytest

from mianyue.adapters.calendars.ics import IcsCalendar
from mianyue.base.interval import Interval

YEAR = Interval(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))


def busy(*lines, component="VEVENT", home="Asia/Shanghai"):
    """The busy times of one component as ``MM-DD HH:MM/MM-DD HH:MM`` in UTC."""
    text = "\r\n".join(["BEGIN:VCALENDAR", f"BEGIN:{component}", "UID:1", *lines, f"END:{component}", "END:VCALENDAR", ""])
    found = IcsCalendar(text.encode(), home).busy(YEAR)
    assert (found.unreadable, found.unknown) == ((), ())
    return [f"{span.start:%m-%d %H:%M}/{span.end:%m-%d %H:%M}" for span in found.busy]


# Vienna goes from +1 to +2 on 29 March 2026 and back on 25 October, both at 01:00 UTC.
ENDS = [
    ("0328T120000", "P1D", "03-28 11:00/03-29 10:00"),
    ("0328T120000", "PT24H", "03-28 11:00/03-29 11:00"),
    ("0328T120000", "P0DT24H", "03-28 11:00/03-29 11:00"),
    ("0328T120000", "PT1440M", "03-28 11:00/03-29 11:00"),
    ("0328T120000", "P1DT2H", "03-28 11:00/03-29 12:00"),
    ("0328T120000", "PT26H", "03-28 11:00/03-29 13:00"),
    ("0328T120000", "P1W", "03-28 11:00/04-04 10:00"),
    ("0328T120000", "P7D", "03-28 11:00/04-04 10:00"),
    ("0328T120000", "PT168H", "03-28 11:00/04-04 11:00"),
    # The day ends before the change, the hours pass over it.
    ("0328T003000", "P1DT3H", "03-27 23:30/03-29 02:30"),
    # The day ends at a time that does not exist: read with the offset before the gap.
    ("0328T023000", "P1D", "03-28 01:30/03-29 01:30"),
    ("0329T013000", "PT1H", "03-29 00:30/03-29 01:30"),
    ("1024T120000", "P1D", "10-24 10:00/10-25 11:00"),
    ("1024T120000", "PT24H", "10-24 10:00/10-25 10:00"),
    ("1024T120000", "P1DT2H", "10-24 10:00/10-25 13:00"),
    ("1024T120000", "PT26H", "10-24 10:00/10-25 12:00"),
    ("1024T120000", "P1W", "10-24 10:00/10-31 11:00"),
    ("1024T120000", "PT168H", "10-24 10:00/10-31 10:00"),
    ("1024T003000", "P1DT3H", "10-23 22:30/10-25 01:30"),
    # The day ends at a time that comes twice: the first counts.
    ("1024T023000", "P1D", "10-24 00:30/10-25 00:30"),
    ("1025T023000", "PT1H", "10-25 00:30/10-25 01:30"),
]


@pytest.mark.parametrize(("start", "lasts", "expected"), ENDS)
def test_a_single_event_over_the_change_of_clocks(start, lasts, expected):
    assert busy(f"DTSTART;TZID=Europe/Vienna:2026{start}", f"DURATION:{lasts}") == [expected]


@pytest.mark.parametrize(("start", "lasts", "expected"), ENDS)
def test_an_occurrence_of_a_series_lasts_as_long_as_a_single_event(start, lasts, expected):
    lines = (f"DTSTART;TZID=Europe/Vienna:2026{start}", f"DURATION:{lasts}", "RRULE:FREQ=MONTHLY;INTERVAL=2;COUNT=1")
    assert busy(*lines) == [expected]
    # Begun half a year earlier, when no clock changed.
    earlier = ("DTSTART;TZID=Europe/Vienna:20250907T000000", f"DURATION:{lasts}", f"RDATE;TZID=Europe/Vienna:2026{start}")
    assert busy(*earlier) == [expected]


@pytest.mark.parametrize(("start", "lasts", "expected"), ENDS)
def test_the_range_of_published_hours_lasts_as_long_as_an_event(start, lasts, expected):
    assert busy(f"DTSTART;TZID=Europe/Vienna:2026{start}", f"DURATION:{lasts}", component="VAVAILABILITY") == [expected]


@pytest.mark.parametrize(
    ("lasts", "expected"),
    [
        ("PT24H", ["03-21 11:00/03-22 11:00", "03-28 11:00/03-29 11:00", "04-04 10:00/04-05 10:00"]),
        ("P1D", ["03-21 11:00/03-22 11:00", "03-28 11:00/03-29 10:00", "04-04 10:00/04-05 10:00"]),
        ("P1DT2H", ["03-21 11:00/03-22 13:00", "03-28 11:00/03-29 12:00", "04-04 10:00/04-05 12:00"]),
    ],
)
def test_a_weekly_series_over_spring(lasts, expected):
    assert busy("DTSTART;TZID=Europe/Vienna:20260321T120000", f"DURATION:{lasts}", "RRULE:FREQ=WEEKLY;COUNT=3") == expected


@pytest.mark.parametrize(
    ("lasts", "expected"),
    [
        ("PT24H", ["10-17 10:00/10-18 10:00", "10-24 10:00/10-25 10:00", "10-31 11:00/11-01 11:00"]),
        ("P1D", ["10-17 10:00/10-18 10:00", "10-24 10:00/10-25 11:00", "10-31 11:00/11-01 11:00"]),
        ("P1DT2H", ["10-17 10:00/10-18 12:00", "10-24 10:00/10-25 13:00", "10-31 11:00/11-01 13:00"]),
    ],
)
def test_a_weekly_series_over_autumn(lasts, expected):
    assert busy("DTSTART;TZID=Europe/Vienna:20261017T120000", f"DURATION:{lasts}", "RRULE:FREQ=WEEKLY;COUNT=3") == expected


def test_a_clock_that_changes_by_half_an_hour():
    # Lord Howe Island goes from +11 to +10:30 on 5 April 2026 at 02:00, and back on 4 October.
    lines = ("DTSTART;TZID=Australia/Lord_Howe:20260404T120000", "RRULE:FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=3,4;BYSETPOS=-1;COUNT=1")
    assert busy(*lines, "DURATION:P1D") == ["04-04 01:00/04-05 01:30"]
    assert busy(*lines, "DURATION:PT24H") == ["04-04 01:00/04-05 01:00"]
    assert busy("DTSTART;TZID=Australia/Lord_Howe:20261003T120000", "DURATION:P1D") == ["10-03 01:30/10-04 01:00"]


@pytest.mark.parametrize("lasts", ["PT24H", "PT1H", "P1D", "P0DT23H59M"])
def test_a_date_takes_up_all_of_its_day(lasts):
    assert busy("DTSTART;VALUE=DATE:20261025", f"DURATION:{lasts}", home="Europe/Vienna") == ["10-24 22:00/10-25 23:00"]
