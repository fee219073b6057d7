"""Daily and weekly rules against a model that tries every day; random series against an independent engine."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from mianyue.adapters.calendars.ics import IcsCalendar
from mianyue.base.interval import Interval, subtract, union

ZONES = st.sampled_from(["Europe/Vienna", "America/New_York", "Asia/Shanghai", "UTC", "Australia/Lord_Howe"])
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
# Between 4:00 and 22:00 no clock changes, so that the model needs no rule for times that happen twice or never.
TIMES = st.times(time(4), time(20)).map(lambda t: t.replace(second=0, microsecond=0, fold=0))
MINUTES = st.integers(15, 120)
CODES = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def calendar(*events):
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//x//EN", *events, "END:VCALENDAR", ""]).encode()


def stamp(day, at):
    return f"{day:%Y%m%d}T{at:%H%M%S}"


@settings(max_examples=150, deadline=None)
@given(
    zone=ZONES,
    first=DAYS,
    at=TIMES,
    minutes=MINUTES,
    interval=st.integers(1, 4),
    weekdays=st.none() | st.sets(st.integers(0, 6), min_size=1),
    count=st.none() | st.integers(1, 30),
    lasts=st.none() | st.integers(0, 200),
    skipped=st.sets(st.integers(0, 60), max_size=5),
    opens=DAYS,
    days=st.integers(1, 180),
)
def test_daily_and_weekly_rules(zone, first, at, minutes, interval, weekdays, count, lasts, skipped, opens, days):
    if count is not None:
        lasts = None
    if weekdays is not None:
        weekdays = weekdays | {first.weekday()}
    window = Interval(datetime.combine(opens, time.min, UTC), datetime.combine(opens, time.min, UTC) + timedelta(days))

    def named(day):
        apart = (day - first).days
        if weekdays is None:
            return apart % interval == 0
        weeks = (day - timedelta(day.weekday()) - (first - timedelta(first.weekday()))).days // 7
        return day.weekday() in weekdays and weeks % interval == 0

    occurrences = [day for apart in range(800) if named(day := first + timedelta(apart))]
    if lasts is not None:
        occurrences = [day for day in occurrences if (day - first).days <= lasts]
    occurrences = [day for day in occurrences[:count] if (day - first).days not in skipped]
    begins = [datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC) for day in occurrences]
    spans = [Interval(start, start + timedelta(minutes=minutes)) for start in begins]
    expected = tuple(union(part for span in spans if (part := span.clipped(window))))

    rule = f"FREQ={'DAILY' if weekdays is None else 'WEEKLY'};INTERVAL={interval}"
    rule += "" if weekdays is None else ";BYDAY=" + ",".join(CODES[day] for day in sorted(weekdays))
    rule += "" if count is None else f";COUNT={count}"
    if lasts is not None:
        until = datetime.combine(first + timedelta(lasts), at, ZoneInfo(zone)).astimezone(UTC)
        rule += f";UNTIL={until:%Y%m%dT%H%M%SZ}"
    exdates = [f"EXDATE;TZID={zone}:{stamp(first + timedelta(apart), at)}" for apart in sorted(skipped)]
    lines = [
        "BEGIN:VEVENT",
        "UID:1",
        f"DTSTART;TZID={zone}:{stamp(first, at)}",
        f"DURATION:PT{minutes}M",
        f"RRULE:{rule}",
        *exdates,
        "END:VEVENT",
    ]
    found = IcsCalendar(calendar(*lines), "Asia/Tokyo").busy(window)
    assert (found.busy, found.unreadable) == (expected, ())


# Several starts a day are hours apart that are no offset of ZONES from UTC: the other engine takes an occurrence for the moved one
# when its time in UTC reads like the RECURRENCE-ID's local time. All lie in the hours without changes of the clock, because it adds
# a DURATION of hours to the wall clock.
RULES = st.sampled_from(
    [
        "FREQ=MONTHLY;BYDAY=1FR",
        "FREQ=MONTHLY;BYDAY=-1MO;COUNT=5",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=YEARLY",
        "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU",
        "FREQ=DAILY;BYHOUR=6,18",
        "FREQ=HOURLY;INTERVAL=3;BYHOUR=4,5,6,7,8,9,10,11,12,13,14,15,16,17,18;COUNT=40",
        "FREQ=WEEKLY;WKST=SU;INTERVAL=2;BYDAY=SU,MO",
    ]
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(zone=ZONES, first=DAYS, at=TIMES, minutes=MINUTES, rule=RULES, move=st.integers(-72, 72))
def test_other_rules_and_a_moved_occurrence_agree_with_an_independent_engine(zone, first, at, minutes, rule, move):
    # What a series means whose DTSTART its rule does not name is undefined (RFC 5545 §3.8.5.3).
    begins = rrulestr(rule, dtstart=datetime.combine(first, at, UTC))[0]
    first, at = begins.date(), begins.time()
    start = datetime.combine(first, at, ZoneInfo(zone))
    moved = start.astimezone(UTC) + timedelta(hours=move)
    content = calendar(
        "BEGIN:VEVENT",
        "UID:1",
        f"DTSTART;TZID={zone}:{stamp(first, at)}",
        f"DURATION:PT{minutes}M",
        f"RRULE:{rule}",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:1",
        f"RECURRENCE-ID;TZID={zone}:{stamp(first, at)}",
        f"DTSTART:{moved:%Y%m%dT%H%M%SZ}",
        "DURATION:PT30M",
        "END:VEVENT",
    )
    window = Interval(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC))
    others = recurring_ical_events.of(icalendar.Calendar.from_ical(content)).between(window.start, window.end)
    spans = [Interval(other.start, other.end) for other in others]
    expected = tuple(union(part for span in spans if (part := span.clipped(window))))
    assert IcsCalendar(content, "Asia/Tokyo").busy(window).busy == expected


LINES = st.sampled_from(
    [
        "BEGIN:VEVENT",
        "END:VEVENT",
        "BEGIN:VALARM",
        "END:VALARM",
        "DTSTART:20261201T010000Z",
        "DTEND:20261201T020000Z",
        "RRULE:FREQ=DAILY",
    ]
    + [
        "END:VCALENDAR",
        "BEGIN:VTIMEZONE",
        "TZID:X",
        "END:VTIMEZONE",
        "DTSTART;TZID=X:20261201T010000",
        "UID:1",
        "RECURRENCE-ID:20261201",
        "BEGIN:VAVAILABILITY",
        "END:VAVAILABILITY",
        "BEGIN:AVAILABLE",
        "END:AVAILABLE",
        "PRIORITY:1",
        "DURATION:P1D",
    ]
) | st.text(max_size=20)


@settings(max_examples=300, deadline=None)
@given(lines=st.lists(LINES, max_size=25))
def test_whatever_the_lines_nothing_but_an_answer_comes_out(lines):
    window = Interval(datetime(2026, 12, 1, tzinfo=UTC), datetime(2026, 12, 8, tzinfo=UTC))
    found = IcsCalendar(calendar(*lines), "Asia/Shanghai").busy(window)
    assert all(window.contains(span) for span in [*found.busy, *found.unknown])
    assert subtract(found.busy, found.unknown) == list(found.busy)
