from datetime import UTC, datetime
from time import perf_counter

import pytest

from mianyue.adapters.calendars.ics import IcsCalendar
from mianyue.base.interval import Interval
from mianyue.ports.calendar import CalendarUnreadable

YEAR = Interval(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
VIENNA, NEW_YORK, SHANGHAI = "Europe/Vienna", "America/New_York", "Asia/Shanghai"

OWN_ZONE = """BEGIN:VTIMEZONE
TZID:Firmenzeit Wien
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""


def event(*lines, uid="1"):
    return "\n".join(["BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"])


def calendar(*parts, newline="\r\n"):
    return newline.join("\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *parts, "END:VCALENDAR", ""]).split("\n")).encode()


def read(*parts, zone=SHANGHAI, window=YEAR):
    return IcsCalendar(calendar(*parts), zone).busy(window)


def shown(busy):
    """The busy times as ``MM-DD HH:MM/MM-DD HH:MM`` in UTC."""
    return [f"{span.start:%m-%d %H:%M}/{span.end:%m-%d %H:%M}" for span in busy.busy]


def busy(*lines, zone=SHANGHAI, window=YEAR):
    found = read(event(*lines), zone=zone, window=window)
    assert found.unreadable == ()
    return shown(found)


NINE = ("DTSTART:20261201T010000Z", "DTEND:20261201T020000Z")
AT_NINE = ["12-01 01:00/12-01 02:00"]


@pytest.mark.parametrize(
    "line",
    [
        "TRANSP:TRANSPARENT",
        "transp:transparent",
        "STATUS:CANCELLED",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE",
    ],
)
def test_one_word_frees_a_time(line):
    assert busy(*NINE, line) == []
    assert busy(*NINE, line, "X-FOO:BAR", "SUMMARY:x") == []


@pytest.mark.parametrize(
    "line",
    [
        "TRANSP:OPAQUE",
        "STATUS:TENTATIVE",
        "STATUS:CONFIRMED",
        "X-MICROSOFT-CDO-BUSYSTATUS:OOF",
        "X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE",
        "X:",
    ],
)
def test_everything_else_is_busy(line):
    assert busy(*NINE, line) == AT_NINE


@pytest.mark.parametrize(
    ("start", "end", "zone", "expected"),
    [
        (
            "DTSTART;TZID=Europe/Vienna:20261201T090000",
            "DTEND;TZID=Europe/Vienna:20261201T100000",
            SHANGHAI,
            "12-01 08:00/12-01 09:00",
        ),
        ("DTSTART;TZID=China Standard Time:20261201T090000", "DTEND:20261201T020000Z", VIENNA, "12-01 01:00/12-01 02:00"),
        ('DTSTART;TZID="W. Europe Standard Time":20260701T090000', "DURATION:PT1H", SHANGHAI, "07-01 07:00/07-01 08:00"),
        ("DTSTART:20261201T090000", "DTEND:20261201T100000", NEW_YORK, "12-01 14:00/12-01 15:00"),
        (
            "DTSTART;TZID=Firmenzeit Wien:20260701T090000",
            "DTEND;TZID=Firmenzeit Wien:20260701T100000",
            SHANGHAI,
            "07-01 07:00/07-01 08:00",
        ),
        ('DTSTART;TZID="Firmenzeit Wien":20261201T090000', "DURATION:PT1H", SHANGHAI, "12-01 08:00/12-01 09:00"),
        ("DTSTART;TZID=/example.org/Europe/Vienna:20261201T090000", "DURATION:PT1H", SHANGHAI, "12-01 08:00/12-01 09:00"),
        ("DTSTART;TZID=Asia/Tokyo:20261201T090000Z", "DURATION:PT1H", SHANGHAI, "12-01 09:00/12-01 10:00"),
        ("DTSTART;VALUE=DATE-TIME:20261201T010000Z", "DURATION:PT1H", SHANGHAI, "12-01 01:00/12-01 02:00"),
    ],
)
def test_zones(start, end, zone, expected):
    found = read(OWN_ZONE, event(start, end), zone=zone)
    assert (shown(found), found.unreadable) == ([expected], ())


def test_a_zone_may_be_explained_below_the_event():
    found = read(event("DTSTART;TZID=Firmenzeit Wien:20260701T090000", "DURATION:PT1H"), OWN_ZONE)
    assert shown(found) == ["07-01 07:00/07-01 08:00"]


def test_one_files_zone_does_not_explain_another_files():
    with_zone = read(OWN_ZONE, event("DTSTART;TZID=Firmenzeit Wien:20260701T090000", "DURATION:PT1H"))
    without = read(event("DTSTART;TZID=Firmenzeit Wien:20260701T090000", "DURATION:PT1H"), event(*NINE, uid="2"))
    assert with_zone.unreadable == ()
    assert shown(without) == AT_NINE
    assert [(item.uid, item.reason) for item in without.unreadable] == [("1", "an unknown time zone")]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["DTSTART;VALUE=DATE:20261201"], "11-30 16:00/12-01 16:00"),
        (["DTSTART:20261201"], "11-30 16:00/12-01 16:00"),
        (["DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261203"], "11-30 16:00/12-02 16:00"),
        (["DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261201"], "11-30 16:00/12-01 16:00"),
        (["DTSTART;VALUE=DATE:20261201", "DURATION:P1W"], "11-30 16:00/12-07 16:00"),
        (["DTSTART:20261201T010000Z", "DURATION:P1DT2H"], "12-01 01:00/12-02 03:00"),
        (["DTSTART:20261201T010000Z", "DURATION:PT90M"], "12-01 01:00/12-01 02:30"),
    ],
)
def test_lengths(lines, expected):
    assert busy(*lines) == [expected]


def test_a_time_without_a_length_takes_no_time():
    assert busy("DTSTART:20261201T010000Z") == []
    assert busy("DTSTART:20261201T010000Z", "DTEND:20261201T010000Z") == []


def test_a_whole_day_is_23_or_25_hours_where_the_clocks_change():
    assert busy("DTSTART;VALUE=DATE:20260329", zone=VIENNA) == ["03-28 23:00/03-29 22:00"]
    assert busy("DTSTART;VALUE=DATE:20261025", zone=VIENNA) == ["10-24 22:00/10-25 23:00"]


def test_a_day_is_nominal_and_24_hours_are_elapsed():
    start = "DTSTART;TZID=Europe/Vienna:20260328T120000"
    assert busy(start, "DURATION:P1D", zone=VIENNA) == ["03-28 11:00/03-29 10:00"]
    assert busy(start, "DURATION:PT24H", zone=VIENNA) == ["03-28 11:00/03-29 11:00"]


def test_a_time_in_the_gap_and_one_that_happens_twice():
    assert busy("DTSTART;TZID=Europe/Vienna:20260329T023000", "DURATION:PT1H") == ["03-29 01:30/03-29 02:30"]
    assert busy("DTSTART;TZID=Europe/Vienna:20261025T023000", "DURATION:PT1H") == ["10-25 00:30/10-25 01:30"]
    own = read(OWN_ZONE, event("DTSTART;TZID=Firmenzeit Wien:20260329T023000", "DURATION:PT1H"))
    assert shown(own) == ["03-29 01:30/03-29 02:30"]


@pytest.mark.parametrize(
    ("tzid", "zone", "first", "expected"),
    [
        (
            "Europe/Vienna",
            SHANGHAI,
            "20261018T090000",
            ["10-18 07:00/10-18 08:00", "10-25 08:00/10-25 09:00", "11-01 08:00/11-01 09:00"],
        ),
        (
            "Firmenzeit Wien",
            SHANGHAI,
            "20260322T090000",
            ["03-22 08:00/03-22 09:00", "03-29 07:00/03-29 08:00", "04-05 07:00/04-05 08:00"],
        ),
        (
            "Eastern Standard Time",
            VIENNA,
            "20261025T090000",
            ["10-25 13:00/10-25 14:00", "11-01 14:00/11-01 15:00", "11-08 14:00/11-08 15:00"],
        ),
        (
            "America/New_York",
            VIENNA,
            "20260301T090000",
            ["03-01 14:00/03-01 15:00", "03-08 13:00/03-08 14:00", "03-15 13:00/03-15 14:00"],
        ),
    ],
)
def test_a_series_keeps_its_wall_clock(tzid, zone, first, expected):
    found = read(
        OWN_ZONE,
        event(f"DTSTART;TZID={tzid}:{first}", f"DTEND;TZID={tzid}:{first[:8]}T100000", "RRULE:FREQ=WEEKLY;COUNT=3"),
        zone=zone,
    )
    assert (shown(found), found.unreadable) == (expected, ())


def test_a_series_over_the_night_of_the_change_ends_when_the_clock_says():
    lines = ("DTSTART;TZID=Europe/Vienna:20261017T220000", "DTEND;TZID=Europe/Vienna:20261018T060000", "RRULE:FREQ=WEEKLY;COUNT=2")
    assert busy(*lines) == ["10-17 20:00/10-18 04:00", "10-24 20:00/10-25 05:00"]


WEEKLY = ("DTSTART;TZID=Asia/Shanghai:20261201T090000", "DTEND;TZID=Asia/Shanghai:20261201T100000", "RRULE:FREQ=WEEKLY;COUNT=3")
FIRST, SECOND, THIRD = "12-01 01:00/12-01 02:00", "12-08 01:00/12-08 02:00", "12-15 01:00/12-15 02:00"


@pytest.mark.parametrize(
    "exdate",
    [
        "EXDATE;TZID=Asia/Shanghai:20261208T090000",
        "EXDATE:20261208T010000Z",
        "EXDATE:20261208T090000",
        "EXDATE;VALUE=DATE:20261208",
        "EXDATE;TZID=Europe/Vienna:20261208T020000",
    ],
)
def test_an_exception_takes_one_occurrence_away(exdate):
    assert busy(*WEEKLY, exdate) == [FIRST, THIRD]


def test_several_exceptions_in_one_line():
    assert busy(*WEEKLY, "EXDATE;TZID=Asia/Shanghai:20261201T090000,20261208T090000") == [THIRD]


def test_more_dates_and_periods():
    assert busy(*WEEKLY[:2], "RDATE;TZID=Asia/Shanghai:20261203T110000,20261204T110000") == [
        FIRST,
        "12-03 03:00/12-03 04:00",
        "12-04 03:00/12-04 04:00",
    ]
    assert busy(*WEEKLY[:2], "RDATE;VALUE=PERIOD:20261203T030000Z/PT30M,20261204T030000Z/20261204T060000Z") == [
        FIRST,
        "12-03 03:00/12-03 03:30",
        "12-04 03:00/12-04 06:00",
    ]


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        ("20261208T010000Z", [FIRST, SECOND]),
        ("20261208T005959Z", [FIRST]),
        ("20261208T090000", [FIRST, SECOND]),
        ("20261208", [FIRST, SECOND]),
        ("20261207", [FIRST]),
    ],
)
def test_until_is_inclusive_in_every_form(until, expected):
    assert busy(*WEEKLY[:2], f"RRULE:FREQ=WEEKLY;UNTIL={until}") == expected


@pytest.mark.parametrize("until", ["20261202", "20261201T160000Z", "20261202T000000Z"])
def test_until_of_an_all_day_series(until):
    assert busy("DTSTART;VALUE=DATE:20261130", f"RRULE:FREQ=DAILY;UNTIL={until}") == ["11-29 16:00/12-02 16:00"]


def test_the_last_occurrence_before_a_change_of_clocks_is_kept():
    lines = ("DTSTART;TZID=Europe/Vienna:20261019T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;UNTIL=20261026T080000Z")
    assert busy(*lines, zone=VIENNA) == ["10-19 07:00/10-19 08:00", "10-26 08:00/10-26 09:00"]


def moved(*lines):
    return read(event(*WEEKLY), event(*lines))


def test_a_replaced_occurrence_keeps_only_what_its_replacement_says():
    to_afternoon = moved("RECURRENCE-ID;TZID=Asia/Shanghai:20261208T090000", "DTSTART:20261208T060000Z", "DTEND:20261208T070000Z")
    assert shown(to_afternoon) == [FIRST, "12-08 06:00/12-08 07:00", THIRD]
    assert shown(moved("RECURRENCE-ID:20261208T010000Z", "DTSTART:20261208T010000Z", "STATUS:CANCELLED")) == [FIRST, THIRD]
    assert shown(moved("RECURRENCE-ID;VALUE=DATE:20261208", "DTSTART:20261208T010000Z", "TRANSP:TRANSPARENT")) == [FIRST, THIRD]


def test_an_occurrence_that_was_replaced_twice_counts_in_its_latest_form():
    named = "RECURRENCE-ID:20261208T010000Z"
    found = read(
        event(*WEEKLY),
        event(named, "SEQUENCE:2", "DTSTART:20261208T060000Z", "DURATION:PT1H"),
        event(named, "SEQUENCE:1", "DTSTART:20261208T080000Z", "DURATION:PT1H"),
    )
    assert shown(found) == [FIRST, "12-08 06:00/12-08 07:00", THIRD]


def test_two_events_that_share_a_uid_by_mistake_both_count():
    assert shown(read(event(*NINE), event("DTSTART:20261202T010000Z", "DURATION:PT1H"))) == [*AT_NINE, "12-02 01:00/12-02 02:00"]


def test_a_busy_replacement_in_a_free_series():
    found = read(
        event(*WEEKLY, "TRANSP:TRANSPARENT"), event("RECURRENCE-ID:20261208T010000Z", "DTSTART:20261208T010000Z", "DURATION:PT1H")
    )
    assert shown(found) == [SECOND]


def test_a_replacement_counts_in_the_window_it_was_moved_to():
    december = Interval(datetime(2026, 12, 7, tzinfo=UTC), datetime(2026, 12, 12, tzinfo=UTC))
    into = read(
        event(*WEEKLY), event("RECURRENCE-ID:20261215T010000Z", "DTSTART:20261210T010000Z", "DURATION:PT1H"), window=december
    )
    out = read(
        event(*WEEKLY), event("RECURRENCE-ID:20261208T010000Z", "DTSTART:20261220T010000Z", "DURATION:PT1H"), window=december
    )
    assert shown(into) == [SECOND, "12-10 01:00/12-10 02:00"]
    assert shown(out) == []


def test_a_replacement_of_a_series_that_is_not_in_the_file_counts():
    assert shown(read(event("RECURRENCE-ID:20261208T010000Z", "DTSTART:20261208T010000Z", "DURATION:PT1H"))) == [SECOND]


def test_all_day_replacement_named_by_its_midnight():
    found = read(
        event("DTSTART;VALUE=DATE:20261201", "RRULE:FREQ=DAILY;COUNT=3"),
        event("RECURRENCE-ID:20261201T160000Z", "DTSTART;VALUE=DATE:20261202", "STATUS:CANCELLED"),
    )
    assert shown(found) == ["11-30 16:00/12-01 16:00", "12-02 16:00/12-03 16:00"]


def test_busy_times_are_clipped_and_merged():
    window = Interval(datetime(2026, 12, 1, 1, 30, tzinfo=UTC), datetime(2026, 12, 1, 3, tzinfo=UTC))
    found = read(event(*NINE), event("DTSTART:20261201T020000Z", "DURATION:PT5H", uid="2"), window=window)
    assert found.busy == (window,)
    touching = Interval(datetime(2026, 12, 1, 2, tzinfo=UTC), datetime(2026, 12, 1, 3, tzinfo=UTC))
    assert read(event(*NINE), window=touching).busy == ()


def test_a_long_event_that_began_long_ago_reaches_into_the_window():
    window = Interval(datetime(2026, 12, 1, tzinfo=UTC), datetime(2026, 12, 2, tzinfo=UTC))
    assert read(event("DTSTART:20260101T000000Z", "DTEND:20270101T000000Z", "RRULE:FREQ=YEARLY"), window=window).busy == (window,)


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["SUMMARY:x"], "no start"),
        (["DTSTART:tomorrow"], "the start can't be understood"),
        (["DTSTART:20261301T010000Z"], "the start can't be understood"),
        (["DTSTART 20261201T010000Z"], "a line is no property"),
        (["DTSTART;TZID=Mars/Olympus:20261201T090000", "DURATION:PT1H"], "an unknown time zone"),
        (["DTSTART:20261201T010000Z", "DTEND:20261201T000000Z"], "the event ends before it starts"),
        (["DTSTART:20261201T010000Z", "DTEND;VALUE=DATE:20261202"], "a date and a time as start and end"),
        (["DTSTART:20261201T010000Z", "DURATION:one hour"], "the end can't be understood"),
        (["DTSTART:20261201T010000Z", "DURATION:-PT1H"], "the end can't be understood"),
        (["DTSTART:99990101T000000Z", "DURATION:P900D"], "the time is out of range"),
        (['DTSTART;TZID="Europe/Vienna:20261201T090000', "DURATION:PT1H"], "DTSTART can't be understood"),
    ],
)
def test_a_broken_event_is_reported_and_the_rest_counts(lines, reason):
    found = read(event(*lines, uid="broken"), event(*NINE))
    assert shown(found) == AT_NINE
    assert [(item.uid, item.reason) for item in found.unreadable] == [("broken", reason)]


@pytest.mark.parametrize(
    "line",
    [
        "RRULE:FREQ=SOMETIMES",
        "RRULE:FREQ=DAILY;INTERVAL=0",
        "RRULE:FREQ=WEEKLY;BYDAY=XX",
        "RRULE:FREQ=DAILY;COUNT=many",
        "RRULE:",
        "RRULE:FREQ=SECONDLY",
        "RRULE:FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30",
        "RDATE:whenever",
        "EXDATE:whenever",
        "this is no property",
    ],
)
def test_what_can_be_read_of_an_event_blocks_and_the_flaw_is_reported(line):
    began = perf_counter()
    found = read(event(*NINE, line))
    assert shown(found) == AT_NINE
    assert [item.uid for item in found.unreadable] == ["1"]
    assert perf_counter() - began < 2


def test_a_broken_replacement_leaves_the_occurrence_in_place():
    found = moved("RECURRENCE-ID:20261208T010000Z", "DTSTART:nonsense")
    assert shown(found) == [FIRST, SECOND, THIRD]
    assert len(found.unreadable) == 1


def test_days_that_no_month_has_are_not_looked_for_until_the_end_of_time():
    began = perf_counter()
    assert busy(*NINE, "RRULE:FREQ=DAILY;BYMONTH=2,4;BYMONTHDAY=31") == AT_NINE
    assert perf_counter() - began < 0.5


def test_a_short_rule_by_the_second_is_followed():
    assert busy("DTSTART:20261201T010000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY;COUNT=60") == ["12-01 01:00/12-01 01:01"]


def test_an_event_without_end_does_not_swallow_the_next():
    text = calendar(event(*NINE).removesuffix("END:VEVENT"), event("DTSTART:20261202T010000Z", "DURATION:PT1H", uid="2"))
    found = IcsCalendar(text, SHANGHAI).busy(YEAR)
    assert shown(found) == [*AT_NINE, "12-02 01:00/12-02 02:00"]
    assert [item.uid for item in found.unreadable] == ["1"]


def test_a_file_that_ends_too_early_says_so():
    found = IcsCalendar(calendar(event(*NINE)).removesuffix(b"END:VCALENDAR\r\n"), SHANGHAI).busy(YEAR)
    assert shown(found) == AT_NINE
    assert [item.reason for item in found.unreadable] == ["the file ends too early"]


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"\x00\xff", b"BEGIN:VCARD\r\nEND:VCARD\r\n", "工号,姓名\n".encode()])
def test_a_file_that_is_no_calendar(content):
    with pytest.raises(CalendarUnreadable):
        IcsCalendar(content, SHANGHAI).busy(YEAR)


@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
def test_line_ends_folds_and_byte_order_mark(newline):
    summary = "SUMMARY:" + "面" * 20
    folded = summary.encode()[:30] + newline.encode() + b" " + summary.encode()[30:]
    text = calendar(event(*NINE, "FOLD"), newline=newline).replace(b"FOLD", folded)
    split = text.replace(b"DTSTART:2026", b"DTSTART:20" + newline.encode() + b"\t26")
    found = IcsCalendar(b"\xef\xbb\xbf" + split, SHANGHAI).busy(YEAR)
    assert (shown(found), found.unreadable) == (AT_NINE, ())


def test_what_lies_inside_an_alarm_or_beside_events_does_not_count():
    alarm = "BEGIN:VALARM\nTRIGGER:-PT15M\nDURATION:PT5H\nREPEAT:2\nEND:VALARM"
    todo = "BEGIN:VTODO\nUID:9\nDTSTART:20261205T010000Z\nDURATION:PT1H\nEND:VTODO"
    found = read(event(*NINE, alarm), todo)
    assert (shown(found), found.unreadable) == (AT_NINE, ())


def test_a_moved_occurrence_frees_no_other_of_the_day():
    # 06:00 in Vienna is 05:00 in UTC, which reads like the RECURRENCE-ID's local time but is another occurrence.
    start = "DTSTART;TZID=Europe/Vienna:20260101T050000"
    series = event(start, "DURATION:PT15M", "RRULE:FREQ=DAILY;BYHOUR=5,6,18;COUNT=3")
    other = event("RECURRENCE-ID;TZID=Europe/Vienna:20260101T050000", start, "DURATION:PT30M")
    assert shown(read(series, other)) == ["01-01 04:00/01-01 04:30", "01-01 05:00/01-01 05:15", "01-01 17:00/01-01 17:15"]


def test_a_start_that_the_rule_does_not_name_is_busy_as_well():
    assert busy("DTSTART:20261201T010000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=2") == [
        "12-01 01:00/12-01 02:00",
        "12-02 01:00/12-02 02:00",
        "12-09 01:00/12-09 02:00",
    ]
