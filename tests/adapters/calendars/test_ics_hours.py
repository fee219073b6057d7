"""Published working hours (RFC 7953): the standard's own examples, overlays, changes of clocks, and hours that can't be read."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mianyue.adapters.calendars.ics import IcsCalendar
from mianyue.base.interval import Interval, subtract, union
from mianyue.ports.calendar import UnreadableHours

SHANGHAI, VIENNA = "Asia/Shanghai", "Europe/Vienna"


def component(name, *lines):
    return "\n".join([f"BEGIN:{name}", *lines, f"END:{name}"])


def hours(*lines, uid="H"):
    return component("VAVAILABILITY", f"UID:{uid}", *lines)


def available(*lines, uid="A"):
    return component("AVAILABLE", f"UID:{uid}", *lines)


def read(window, *parts, zone=SHANGHAI):
    content = "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *parts, "END:VCALENDAR", ""])
    return IcsCalendar(content.encode(), zone).busy(window)


def days(first, last):
    """From the beginning of one UTC day to that of another, each ``YYYY-MM-DD``."""
    return Interval(datetime.fromisoformat(first).replace(tzinfo=UTC), datetime.fromisoformat(last).replace(tzinfo=UTC))


def free(found):
    """What is neither busy nor unknown, as ``MM-DD HH:MM/MM-DD HH:MM`` in UTC."""
    return shown(subtract([found.window], [*found.busy, *found.unknown]))


def shown(intervals):
    return [f"{span.start:%m-%d %H:%M}/{span.end:%m-%d %H:%M}" for span in intervals]


def understood(window, *parts, zone=SHANGHAI):
    found = read(window, *parts, zone=zone)
    assert (found.unreadable, found.unreadable_hours, found.unknown) == ((), (), ())
    return free(found)


# --- The examples of RFC 7953 §3.1, to the letter. Montreal is at -4 until 6 November 2011, then at -5; Denver at -6.

NINE_TO_FIVE = available(
    "DTSTART;TZID=America/Montreal:20111002T090000",
    "DTEND;TZID=America/Montreal:20111002T170000",
    "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
)


def test_first_example_monday_to_friday_nine_to_five():
    always = hours(NINE_TO_FIVE)
    # DTSTART, 2 October, is a Sunday: the rule does not name it, so it is not given.
    assert understood(days("2011-10-01", "2011-10-09"), always) == [
        "10-03 13:00/10-03 21:00",
        "10-04 13:00/10-04 21:00",
        "10-05 13:00/10-05 21:00",
        "10-06 13:00/10-06 21:00",
        "10-07 13:00/10-07 21:00",
    ]
    assert understood(days("2011-11-04", "2011-11-08"), always) == ["11-04 13:00/11-04 21:00", "11-07 14:00/11-07 22:00"]


def test_second_example_two_places_within_two_months():
    bounded = hours(
        "DTSTART;TZID=America/Montreal:20111002T000000",
        "DTEND;TZID=America/Montreal:20111202T000000",
        available(
            "DTSTART;TZID=America/Montreal:20111002T090000",
            "DTEND;TZID=America/Montreal:20111002T170000",
            "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH",
        ),
        # Its summary says Friday, but 6 October 2011 is a Thursday: the Fridays are not given.
        available(
            "DTSTART;TZID=America/Montreal:20111006T090000",
            "DTEND;TZID=America/Montreal:20111006T120000",
            "RRULE:FREQ=WEEKLY",
            uid="B",
        ),
    )
    assert understood(days("2011-10-01", "2011-10-10"), bounded) == [
        "10-01 00:00/10-02 04:00",
        "10-03 13:00/10-03 21:00",
        "10-04 13:00/10-04 21:00",
        "10-05 13:00/10-05 21:00",
        "10-06 13:00/10-06 21:00",
    ]
    assert understood(days("2011-11-30", "2011-12-04"), bounded) == [
        "11-30 14:00/11-30 22:00",
        "12-01 14:00/12-01 22:00",
        "12-02 05:00/12-04 00:00",
    ]


def test_third_example_a_week_in_denver():
    def nine_to_five(zone, first, *bounds):
        given_hours = available(
            f"DTSTART;TZID={zone}:{first}T090000", f"DTEND;TZID={zone}:{first}T170000", "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
        )
        return hours(*bounds, given_hours, uid=first)

    found = understood(
        days("2011-10-21", "2011-11-08"),
        nine_to_five(
            "America/Montreal",
            "20111002",
            "DTSTART;TZID=America/Montreal:20111002T000000",
            "DTEND;TZID=America/Montreal:20111023T030000",
        ),
        nine_to_five(
            "America/Denver", "20111023", "DTSTART;TZID=America/Denver:20111023T000000", "DTEND;TZID=America/Denver:20111030T000000"
        ),
        nine_to_five("America/Montreal", "20111030", "DTSTART;TZID=America/Montreal:20111030T030000"),
    )
    assert found == [
        "10-21 13:00/10-21 21:00",
        "10-24 15:00/10-24 23:00",
        "10-25 15:00/10-25 23:00",
        "10-26 15:00/10-26 23:00",
        "10-27 15:00/10-27 23:00",
        "10-28 15:00/10-28 23:00",
        # Denver's week ends at 06:00, Montreal's hours begin at 07:00: nothing is said of the hour between.
        "10-30 06:00/10-30 07:00",
        "10-31 13:00/10-31 21:00",
        "11-01 13:00/11-01 21:00",
        "11-02 13:00/11-02 21:00",
        "11-03 13:00/11-03 21:00",
        "11-04 13:00/11-04 21:00",
        "11-07 14:00/11-07 22:00",
    ]


# --- One VAVAILABILITY.

DAY = days("2026-12-01", "2026-12-02")
MORNING = available("DTSTART:20261201T080000Z", "DTEND:20261201T120000Z")
AFTERNOON = available("DTSTART:20261201T130000Z", "DURATION:PT4H", uid="B")


def test_hours_take_away_and_never_give_back():
    meeting = component("VEVENT", "UID:E", "DTSTART:20261201T100000Z", "DTEND:20261201T133000Z")
    assert understood(DAY, hours(MORNING, AFTERNOON)) == ["12-01 08:00/12-01 12:00", "12-01 13:00/12-01 17:00"]
    assert understood(DAY, hours(MORNING, AFTERNOON), meeting) == ["12-01 08:00/12-01 10:00", "12-01 13:30/12-01 17:00"]


def test_a_file_without_published_hours_restricts_nothing():
    assert understood(DAY) == ["12-01 00:00/12-02 00:00"]
    assert understood(DAY, MORNING) == ["12-01 00:00/12-02 00:00"]


def test_published_hours_without_any_available_time_are_all_busy():
    assert understood(DAY, hours()) == []
    assert understood(DAY, hours("DTSTART:20261201T060000Z", "DTEND:20261201T090000Z")) == [
        "12-01 00:00/12-01 06:00",
        "12-01 09:00/12-02 00:00",
    ]


@pytest.mark.parametrize("kind", ["BUSY", "BUSY-UNAVAILABLE", "BUSY-TENTATIVE", "X-HOLIDAY"])
def test_every_kind_of_busy_is_busy(kind):
    assert understood(DAY, hours(f"BUSYTYPE:{kind}", MORNING)) == ["12-01 08:00/12-01 12:00"]


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        (["DTSTART:20261201T100000Z"], ["12-01 00:00/12-01 12:00"]),
        (["DTEND:20261201T100000Z"], ["12-01 08:00/12-02 00:00"]),
        (["DTSTART:20261201T100000Z", "DTEND:20261201T140000Z"], ["12-01 00:00/12-01 12:00", "12-01 14:00/12-02 00:00"]),
        (["DTSTART:20261201T100000Z", "DURATION:PT4H"], ["12-01 00:00/12-01 12:00", "12-01 14:00/12-02 00:00"]),
        (["DTSTART:20261205T000000Z"], ["12-01 00:00/12-02 00:00"]),
        (["DTEND:20261201T000000Z"], ["12-01 00:00/12-02 00:00"]),
        # Neither floating times nor dates are allowed, but both are written: they are the owner's.
        (["DTSTART:20261201T180000", "DTEND:20261201T220000"], ["12-01 00:00/12-01 12:00", "12-01 14:00/12-02 00:00"]),
        (["DTSTART;VALUE=DATE:20261202"], ["12-01 00:00/12-01 16:00"]),
    ],
)
def test_bounds(bounds, expected):
    assert understood(DAY, hours(*bounds, MORNING)) == expected


WEEK = days("2026-12-01", "2026-12-05")
DAILY = ("DTSTART:20261130T080000Z", "DTEND:20261130T120000Z", "RRULE:FREQ=DAILY")


def test_an_exception_takes_an_available_time_away():
    assert understood(WEEK, hours(available(*DAILY, "EXDATE:20261202T080000Z"))) == [
        "12-01 08:00/12-01 12:00",
        "12-03 08:00/12-03 12:00",
        "12-04 08:00/12-04 12:00",
    ]


def test_a_replaced_available_time_keeps_only_what_its_replacement_says():
    shorter = available("RECURRENCE-ID:20261202T080000Z", "DTSTART:20261202T100000Z", "DTEND:20261202T110000Z")
    called_off = available("RECURRENCE-ID:20261203T080000Z", "DTSTART:20261203T080000Z", "DURATION:PT4H", "STATUS:CANCELLED")
    assert understood(WEEK, hours(available(*DAILY), shorter, called_off)) == [
        "12-01 08:00/12-01 12:00",
        "12-02 10:00/12-02 11:00",
        "12-04 08:00/12-04 12:00",
    ]


def test_available_times_of_two_hours_components_do_not_replace_each_other():
    # The same UID in another VAVAILABILITY is another series.
    elsewhere = hours("DTSTART:20261203T000000Z", available("RECURRENCE-ID:20261202T080000Z", "DTSTART:20261203T080000Z"), uid="I")
    assert understood(days("2026-12-02", "2026-12-03"), hours(available(*DAILY)), elsewhere) == ["12-02 08:00/12-02 12:00"]


def test_several_parts_of_a_day_and_more_dates():
    both = available("DTSTART:20261201T080000Z", "DTEND:20261201T090000Z", "RDATE:20261201T100000Z,20261203T080000Z")
    assert understood(WEEK, hours(both)) == ["12-01 08:00/12-01 09:00", "12-01 10:00/12-01 11:00", "12-03 08:00/12-03 09:00"]


def test_hours_keep_the_wall_clock_of_their_zone():
    lines = ("DTSTART;TZID=Europe/Vienna:20260101T090000", "DTEND;TZID=Europe/Vienna:20260101T170000", "RRULE:FREQ=DAILY")
    spring = understood(days("2026-03-28", "2026-03-30"), hours(available(*lines)))
    autumn = understood(days("2026-10-24", "2026-10-26"), hours(available(*lines)))
    assert spring == ["03-28 08:00/03-28 16:00", "03-29 07:00/03-29 15:00"]
    assert autumn == ["10-24 07:00/10-24 15:00", "10-25 08:00/10-25 16:00"]


def test_a_night_over_the_change_ends_by_the_clock_or_after_its_hours():
    night = "DTSTART;TZID=Europe/Vienna:20260101T220000"
    by_clock = hours(available(night, "DTEND;TZID=Europe/Vienna:20260102T060000", "RRULE:FREQ=DAILY"))
    by_hours = hours(available(night, "DURATION:PT8H", "RRULE:FREQ=DAILY"))
    assert understood(days("2026-03-28", "2026-03-30"), by_clock)[1] == "03-28 21:00/03-29 04:00"
    assert understood(days("2026-03-28", "2026-03-30"), by_hours)[1] == "03-28 21:00/03-29 05:00"
    assert understood(days("2026-10-24", "2026-10-26"), by_clock)[1] == "10-24 20:00/10-25 05:00"
    assert understood(days("2026-10-24", "2026-10-26"), by_hours)[1] == "10-24 20:00/10-25 04:00"


# --- Several, laid over each other.


def whole_day(*, priority=None, given=(), start="20261201T000000Z", end="20261202T000000Z", uid="H"):
    lines = [] if priority is None else [f"PRIORITY:{priority}"]
    times = [available(f"DTSTART:20261201T{first:02}0000Z", f"DURATION:PT{last - first}H", uid=str(first)) for first, last in given]
    return hours(*lines, f"DTSTART:{start}", f"DTEND:{end}", *times, uid=uid)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (9, 1, ["12-01 20:00/12-01 22:00"]),
        (2, 1, ["12-01 20:00/12-01 22:00"]),
        (0, 9, ["12-01 20:00/12-01 22:00"]),
        (None, 9, ["12-01 20:00/12-01 22:00"]),
        (None, 0, []),
        (5, 5, []),
    ],
)
@pytest.mark.parametrize("swapped", [False, True])
def test_the_higher_priority_replaces_the_lower(low, high, expected, swapped):
    parts = [whole_day(priority=low, given=[(8, 17)]), whole_day(priority=high, given=[(20, 22)], uid="I")]
    assert understood(DAY, *(reversed(parts) if swapped else parts)) == expected


def test_a_higher_priority_replaces_within_its_range_only():
    usual = whole_day(priority=9, given=[(8, 17)])
    unusual = whole_day(priority=1, given=[(14, 20)], start="20261201T120000Z", end="20261201T160000Z", uid="I")
    assert understood(DAY, usual, unusual) == ["12-01 08:00/12-01 12:00", "12-01 14:00/12-01 17:00"]


def test_of_equal_priority_only_what_both_give_is_free():
    assert understood(DAY, whole_day(given=[(8, 17)]), whole_day(given=[(10, 20)], uid="I")) == ["12-01 10:00/12-01 17:00"]


# --- What can't be read is never free.

WHOLE = ["12-01 00:00/12-02 00:00"]
BROKEN = [
    (["DTSTART:tomorrow", MORNING], WHOLE, "the start or the end can't be understood"),
    (["DTEND:99999999", MORNING], WHOLE, "the start or the end can't be understood"),
    (["DTSTART;TZID=Mars/Olympus:20261201T080000", MORNING], WHOLE, "an unknown time zone"),
    (["DURATION:PT4H", MORNING], WHOLE, "a duration without a start"),
    (["DTSTART:20261201T080000Z", "DTEND:20261201T080000Z"], WHOLE, "it ends before it starts"),
    (["DTSTART:20261201T080000Z", "DTEND:20261202T080000Z", "DURATION:P1D"], WHOLE, "both an end and a duration"),
    (["PRIORITY:high", MORNING], WHOLE, "PRIORITY can't be understood"),
    (["PRIORITY:10", MORNING], WHOLE, "PRIORITY can't be understood"),
    (["PRIORITY:1", "PRIORITY:2", MORNING], WHOLE, "PRIORITY occurs twice"),
    (["nonsense", MORNING], WHOLE, "a line is no property"),
    (["END:VALARM", MORNING], WHOLE, "a part ends that never began"),
    (["DTSTART:20261201T080000Z", available("DTSTART:soon")], ["12-01 08:00/12-02 00:00"], "the start can't be understood"),
    (["DTEND:20261201T080000Z", available("DTEND:20261201T080000Z")], ["12-01 00:00/12-01 08:00"], "no start"),
    ([available(*DAILY, "EXDATE:whenever")], WHOLE, "EXDATE can't be understood"),
    ([available(*DAILY[:2], "RRULE:FREQ=SOMETIMES")], WHOLE, "the recurrence rule can't be understood"),
    ([available(*DAILY, "EXRULE:FREQ=WEEKLY")], WHOLE, "EXRULE is not understood"),
    ([available(*DAILY, "DURATION:PT4H")], WHOLE, "both an end and a duration"),
    ([available(*DAILY, "DTEND:20261130T130000Z")], WHOLE, "DTEND occurs twice"),
    ([available(*DAILY[:2], "RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=5")], WHOLE, "COUNT begins at a time that the rule does not name"),
    (
        [MORNING, available("RECURRENCE-ID;RANGE=THISANDFUTURE:20261201T080000Z", "DTSTART:20261201T090000Z")],
        WHOLE,
        "RANGE is not understood",
    ),
    ([MORNING.removesuffix("END:AVAILABLE")], WHOLE, "its END is missing"),
]


@pytest.mark.parametrize(("lines", "unknown", "reason"), BROKEN, ids=[reason for _, _, reason in BROKEN])
def test_hours_that_can_not_be_read_make_their_time_unknown(lines, unknown, reason):
    found = read(DAY, hours(*lines))
    assert (shown(found.unknown), found.busy) == (unknown, ())
    assert found.unreadable_hours == (UnreadableHours("H", reason),)
    assert found.unreadable == ()


def test_hours_without_an_end_are_not_relied_on():
    found = read(DAY, hours(MORNING).removesuffix("\nEND:VAVAILABILITY"))
    assert (shown(found.unknown), [item.reason for item in found.unreadable_hours]) == (WHOLE, ["its END is missing"])


def test_an_event_is_busy_also_where_the_hours_are_unknown():
    meeting = component("VEVENT", "UID:E", "DTSTART:20261201T100000Z", "DTEND:20261201T110000Z")
    found = read(DAY, hours("DTSTART:20261201T080000Z", "DURATION:PT4H", available("DTSTART:soon")), meeting)
    assert shown(found.busy) == ["12-01 10:00/12-01 11:00"]
    assert shown(found.unknown) == ["12-01 08:00/12-01 10:00", "12-01 11:00/12-01 12:00"]


def test_a_broken_lower_priority_is_replaced_like_any_other():
    broken = hours("PRIORITY:9", available("DTSTART:soon"))
    found = read(DAY, broken, whole_day(priority=1, given=[(8, 12)], start="20261201T060000Z", end="20261201T180000Z", uid="I"))
    assert free(found) == ["12-01 08:00/12-01 12:00"]
    assert shown(found.unknown) == ["12-01 00:00/12-01 06:00", "12-01 18:00/12-02 00:00"]


def test_broken_hours_of_another_time_are_nobodys_concern():
    assert understood(DAY, hours("DTEND:20261101T000000Z", available("DTSTART:soon"))) == ["12-01 00:00/12-02 00:00"]


HOUR = st.integers(0, 24)
SPAN = st.tuples(HOUR, HOUR).map(sorted).filter(lambda span: span[0] < span[1])
ONE = st.fixed_dictionaries(
    {
        "priority": st.none() | st.integers(0, 9),
        "bounds": st.none() | SPAN,
        "given": st.lists(SPAN, max_size=3),
        "broken": st.booleans(),
    }
)


@settings(max_examples=200, deadline=None)
@given(layers=st.lists(ONE, max_size=5), events=st.lists(SPAN, max_size=2))
def test_hours_against_a_model_that_paints_every_hour(layers, events):
    painted = ["free"] * 24
    for rank in [0, *range(9, 0, -1)]:
        same = [layer for layer in layers if (layer["priority"] or 0) == rank]
        for hour in range(24):
            says = [
                "unknown" if layer["broken"] else "free" if any(a <= hour < b for a, b in layer["given"]) else "busy"
                for layer in same
                if layer["bounds"] is None or layer["bounds"][0] <= hour < layer["bounds"][1]
            ]
            if says:
                painted[hour] = next(word for word in ("busy", "unknown", "free") if word in says)
    for first, last in events:
        painted[first:last] = ["busy"] * (last - first)

    def moment(hour):
        return f"{DAY.start + timedelta(hours=hour):%Y%m%dT%H%M%SZ}"

    parts = [component("VEVENT", f"UID:E{n}", f"DTSTART:{moment(a)}", f"DTEND:{moment(b)}") for n, (a, b) in enumerate(events)]
    for number, layer in enumerate(layers):
        lines = [] if layer["priority"] is None else [f"PRIORITY:{layer['priority']}"]
        lines += [f"DTSTART:{moment(layer['bounds'][0])}", f"DTEND:{moment(layer['bounds'][1])}"] if layer["bounds"] else []
        lines += [available(f"DTSTART:{moment(a)}", f"DTEND:{moment(b)}", uid=f"A{n}") for n, (a, b) in enumerate(layer["given"])]
        lines += [available("DTSTART:soon", uid="broken")] if layer["broken"] else []
        parts.append(hours(*lines, uid=f"H{number}"))
    found = read(DAY, *parts)

    def spans(word):
        each = [
            Interval(DAY.start + timedelta(hours=n), DAY.start + timedelta(hours=n + 1)) for n in range(24) if painted[n] == word
        ]
        return tuple(union(each))

    assert (found.busy, found.unknown) == (spans("busy"), spans("unknown"))
