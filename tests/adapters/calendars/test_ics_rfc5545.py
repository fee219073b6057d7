"""Every example of RFC 5545 §3.8.5.3, with the dates that the standard prints."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mianyue.adapters.calendars.ics import IcsCalendar
from mianyue.base.interval import Interval

NEW_YORK = ZoneInfo("America/New_York")
EVERY_DAY = "SU,MO,TU,WE,TH,FR,SA"


def through(first, last):
    return " ".join(map(str, range(first, last + 1)))


def dates(text):
    """``1997-09 2 12; 10 2`` as 2 and 12 September and 2 October 1997, each at 09:00."""
    year, found = 0, []
    for group in text.split(";"):
        month, *days = group.split()
        if "-" in month:
            year, month = map(int, month.split("-"))
        found += [datetime(year, int(month), int(day), 9, tzinfo=NEW_YORK) for day in days]
    return found


def times(text):
    """``2 9:00 12:00`` as these times on 2 September 1997."""
    day, *clock = text.split()
    return [datetime(1997, 9, int(day), *map(int, time.split(":")), tzinfo=NEW_YORK) for time in clock]


TO_23_DECEMBER = f"1997-09 {through(2, 30)}; 10 {through(1, 31)}; 11 {through(1, 30)}; 12 {through(1, 23)}"
JANUARIES = "; ".join(f"{year}-1 {through(1, 31)}" for year in (1998, 1999, 2000))
TUESDAYS_AND_THURSDAYS = "1997-09 2 4 9 11 16 18 23 25 30; 10 2"
SUMMER_THURSDAYS = "1997-06 5 12 19 26; 7 3 10 17 24 31; 8 7 14 21 28; 1998-6 4 11 18 25; 7 2 9 16 23 30; 8 6 13 20 27"
ELECTIONS = "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8"
EVERY_20_MINUTES = [
    datetime(1997, 9, day, hour, minute, tzinfo=NEW_YORK) for day in (2, 3) for hour in range(9, 17) for minute in (0, 20, 40)
]

EXAMPLES = [
    ("19970902", "FREQ=DAILY;COUNT=10", dates(f"1997-09 {through(2, 11)}")),
    ("19970902", "FREQ=DAILY;UNTIL=19971224T000000Z", dates(TO_23_DECEMBER)),
    (
        "19970902",
        "FREQ=DAILY;INTERVAL=2",
        dates(f"1997-09 {' '.join(map(str, range(2, 31, 2)))}; 10 2 4 6 8 10 12 14 16 18 20 22 24 26"),
    ),
    ("19970902", "FREQ=DAILY;INTERVAL=10;COUNT=5", dates("1997-09 2 12 22; 10 2 12")),
    ("19980101", f"FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY={EVERY_DAY}", dates(JANUARIES)),
    ("19980101", "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1", dates(JANUARIES)),
    ("19970902", "FREQ=WEEKLY;COUNT=10", dates("1997-09 2 9 16 23 30; 10 7 14 21 28; 11 4")),
    ("19970902", "FREQ=WEEKLY;UNTIL=19971224T000000Z", dates("1997-09 2 9 16 23 30; 10 7 14 21 28; 11 4 11 18 25; 12 2 9 16 23")),
    ("19970902", "FREQ=WEEKLY;INTERVAL=2;WKST=SU", dates("1997-09 2 16 30; 10 14 28; 11 11 25; 12 9 23; 1998-01 6 20; 2 3 17")),
    ("19970902", "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH", dates(TUESDAYS_AND_THURSDAYS)),
    ("19970902", "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", dates(TUESDAYS_AND_THURSDAYS)),
    (
        "19970901",
        "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
        dates("1997-09 1 3 5 15 17 19 29; 10 1 3 13 15 17 27 29 31; 11 10 12 14 24 26 28; 12 8 10 12 22"),
    ),
    ("19970902", "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", dates("1997-09 2 4 16 18 30; 10 2 14 16")),
    ("19970905", "FREQ=MONTHLY;COUNT=10;BYDAY=1FR", dates("1997-09 5; 10 3; 11 7; 12 5; 1998-01 2; 2 6; 3 6; 4 3; 5 1; 6 5")),
    ("19970905", "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR", dates("1997-09 5; 10 3; 11 7; 12 5")),
    ("19970907", "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU", dates("1997-09 7 28; 11 2 30; 1998-01 4 25; 3 1 29; 5 3 31")),
    ("19970922", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", dates("1997-09 22; 10 20; 11 17; 12 22; 1998-01 19; 2 16")),
    ("19970928", "FREQ=MONTHLY;BYMONTHDAY=-3", dates("1997-09 28; 10 29; 11 28; 12 29; 1998-01 29; 2 26")),
    ("19970902", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15", dates("1997-09 2 15; 10 2 15; 11 2 15; 12 2 15; 1998-01 2 15")),
    ("19970930", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", dates("1997-09 30; 10 1 31; 11 1 30; 12 1 31; 1998-01 1 31; 2 1")),
    (
        "19970910",
        "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
        dates("1997-09 10 11 12 13 14 15; 1999-03 10 11 12 13"),
    ),
    (
        "19970902",
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU",
        dates("1997-09 2 9 16 23 30; 11 4 11 18 25; 1998-01 6 13 20 27; 3 3 10 17 24 31"),
    ),
    (
        "19970610",
        "FREQ=YEARLY;COUNT=10;BYMONTH=6,7",
        dates("1997-06 10; 7 10; 1998-06 10; 7 10; 1999-06 10; 7 10; 2000-06 10; 7 10; 2001-06 10; 7 10"),
    ),
    (
        "19970310",
        "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3",
        dates("1997-03 10; 1999-01 10; 2 10; 3 10; 2001-01 10; 2 10; 3 10; 2003-01 10; 2 10; 3 10"),
    ),
    (
        "19970101",
        "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
        dates("1997-01 1; 4 10; 7 19; 2000-01 1; 4 9; 7 18; 2003-01 1; 4 10; 7 19; 2006-01 1"),
    ),
    ("19970519", "FREQ=YEARLY;BYDAY=20MO", dates("1997-05 19; 1998-05 18; 1999-05 17")),
    ("19970512", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", dates("1997-05 12; 1998-05 11; 1999-05 17")),
    ("19970313", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH", dates("1997-03 13 20 27; 1998-03 5 12 19 26; 1999-03 4 11 18 25")),
    (
        "19970605",
        "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8",
        dates(f"{SUMMER_THURSDAYS}; 1999-06 3 10 17 24; 7 1 8 15 22 29; 8 5 12 19 26"),
    ),
    (
        "19970902",
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13\r\nEXDATE;TZID=America/New_York:19970902T090000",
        dates("1998-02 13; 3 13; 11 13; 1999-08 13; 2000-10 13"),
    ),
    (
        "19970913",
        "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
        dates("1997-09 13; 10 11; 11 8; 12 13; 1998-01 10; 2 7; 3 7; 4 11; 5 9; 6 13"),
    ),
    ("19961105", ELECTIONS, dates("1996-11 5; 2000-11 7; 2004-11 2")),
    ("19970904", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", dates("1997-09 4; 10 7; 11 6")),
    (
        "19970929",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
        dates("1997-09 29; 10 30; 11 27; 12 30; 1998-01 29; 2 26; 3 30"),
    ),
    # The standard prints UNTIL=19970902T170000Z, which is 13:00 in New York; its errata say what is meant: 17:00 there.
    ("19970902", "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z", times("2 9:00 12:00 15:00")),
    ("19970902", "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z", times("2 9:00 12:00")),
    ("19970902", "FREQ=MINUTELY;INTERVAL=15;COUNT=6", times("2 9:00 9:15 9:30 9:45 10:00 10:15")),
    ("19970902", "FREQ=MINUTELY;INTERVAL=90;COUNT=4", times("2 9:00 10:30 12:00 13:30")),
    ("19970902", "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40", EVERY_20_MINUTES),
    ("19970902", "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16", EVERY_20_MINUTES),
    ("19970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", dates("1997-08 5 10 19 24")),
    ("19970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", dates("1997-08 5 17 19 31")),
    ("20070115", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", dates("2007-01 15 30; 2 15; 3 15 30")),
]


@pytest.mark.parametrize(("first", "rule", "expected"), EXAMPLES, ids=[re.split(r"\s", rule)[0] for _, rule, _ in EXAMPLES])
def test_example(first, rule, expected):
    lines = [
        "BEGIN:VEVENT",
        "UID:1",
        f"DTSTART;TZID=America/New_York:{first}T090000",
        "DURATION:PT1M",
        f"RRULE:{rule}",
        "END:VEVENT",
    ]
    text = "\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR", ""])
    # Of an endless rule as many as the standard prints; nothing may follow the others.
    ends = re.search("COUNT|UNTIL", rule) is not None
    last = expected[-1].astimezone(UTC) + timedelta(days=5000 if ends else 0, minutes=1)
    found = IcsCalendar(text.encode(), "Asia/Shanghai").busy(Interval(datetime(1990, 1, 1, tzinfo=UTC), last))
    assert [span.start.astimezone(NEW_YORK) for span in found.busy] == expected
    assert {span.length for span in found.busy} == {timedelta(minutes=1)}
    assert found.unreadable == ()
