"""What a date comes to, by tables for what people would argue about, and checked against a model that looks at every minute."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mianyue.base.interval import Interval
from mianyue.worktime.attendance import Assignment, Layer
from mianyue.worktime.days import whole_day
from mianyue.worktime.derive import Asked, DerivedDay, Punched, derive_day
from mianyue.worktime.instances import RestDay, ShiftInstance, shift_instances
from mianyue.worktime.shift import EVERY_DAY, PunchRule, ShiftRule

SHANGHAI, VIENNA, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Vienna"), ZoneInfo("America/New_York")
MINUTE = timedelta(minutes=1)
TUESDAY = date(2026, 12, 1)
LATER = datetime(2027, 1, 1, tzinfo=UTC)
OFFICE = ((540, 720), (780, 1080))
LENGTHS = ("worked", "late", "early", "absent", "on_leave", "on_trip", "open")
NEAR, FAR = (31.23, 121.47), (48.21, 16.37)  # Shanghai and Vienna


def instance(day: date = TUESDAY, zone: ZoneInfo = SHANGHAI, segments=OFFICE, **punching) -> ShiftInstance:
    rule = ShiftRule(segments, EVERY_DAY, PunchRule(**punching))
    (found,) = shift_instances([Assignment(rule, day, day, Layer.ROSTER)], day, day, zone, "CN")
    return found


def at(clock: str, day: date = TUESDAY, zone: ZoneInfo = SHANGHAI) -> datetime:
    """``"09:05"`` of the day; ``"26:00"`` is two o'clock the next morning."""
    hours, _, rest = clock.partition(":")
    wall = datetime.fromisoformat(f"{day + timedelta(days=int(hours) // 24)}T{int(hours) % 24:02}:{rest}")
    return wall.replace(tzinfo=zone).astimezone(UTC)


def spans(text: str) -> list[Interval]:
    """``"09:00-11:00 14:00-15:00"``."""
    return [Interval(at(start), at(end)) for start, end in (one.split("-") for one in text.split())]


def derived(punches: str = "", frame=None, now: datetime = LATER, **asked: str) -> DerivedDay:
    told = Asked(**{what: spans(text) for what, text in asked.items()})
    return derive_day(frame or instance(), [Punched(at(one)) for one in punches.split()], told, now)


def lengths(day: DerivedDay) -> dict[str, int]:
    return {what: getattr(day, what) for what in (*LENGTHS, "overtime") if getattr(day, what)}


def codes(day: DerivedDay) -> str:
    return " ".join(day.findings)


@pytest.mark.parametrize(
    ("punches", "found", "minutes"),
    [
        ("08:55 18:03", "", {"worked": 480}),
        ("09:00:59 18:00", "", {"worked": 480}),  # the clock still showed nine
        ("09:00 17:59:59", "early", {"worked": 479, "early": 1}),
        ("09:01 18:00", "late", {"worked": 479, "late": 1}),
        ("10:30 18:00", "late", {"worked": 390, "late": 90}),
        ("12:30 18:00", "late", {"worked": 300, "late": 180}),  # the break is nobody's lateness
        ("09:00 15:00", "early", {"worked": 300, "early": 180}),
        ("09:30 17:30", "late early", {"worked": 420, "late": 30, "early": 30}),
        ("09:00 12:01 12:58 18:00", "", {"worked": 480}),  # the middle ones don't count where breaks aren't punched
        ("", "absent", {"absent": 480}),
        ("19:00 20:00", "absent", {"absent": 480}),
        ("06:00 08:00", "absent", {"absent": 480}),
        ("12:10 12:50", "absent", {"absent": 480}),
        ("09:00", "missing_out", {"open": 480}),
        ("09:00 09:02", "missing_out", {"open": 480}),  # tapped twice
        ("09:40 09:41", "late missing_out", {"late": 40, "open": 440}),
        ("18:10", "missing_in", {"open": 480}),
        ("17:59 18:01", "missing_in", {"open": 480}),
        ("17:00", "missing_in early", {"early": 60, "open": 420}),
    ],
)
def test_a_shift_punched_at_its_start_and_end(punches, found, minutes):
    day = derived(punches)
    assert (set(day.findings), lengths(day)) == (set(found.split()), minutes)


@pytest.mark.parametrize(
    ("punches", "late", "early"),
    [("09:10 17:55", 0, 0), ("09:11 17:55", 11, 0), ("09:10 17:54", 0, 6)],
)
def test_within_the_grace_nobody_is_late_and_beyond_it_from_the_start(punches, late, early):
    day = derived(punches, instance(late_grace=10, early_grace=5))
    assert (day.late, day.early, day.worked) == (late, early, 480 - late - early)


@pytest.mark.parametrize(
    ("punches", "found", "minutes"),
    [
        ("08:58 12:01 12:59 18:00", "", {"worked": 480}),
        ("08:58 12:01 12:25 18:00", "", {"worked": 480}),  # back early: both punches lie before the middle of the break
        ("09:00 11:50 12:10 18:00", "early", {"worked": 470, "early": 10}),
        ("09:00 12:00 13:20 18:00", "late", {"worked": 460, "late": 20}),
        ("09:00 12:00", "absent", {"worked": 180, "absent": 300}),
        ("13:00 18:00", "absent", {"worked": 300, "absent": 180}),
        ("09:00 18:00", "missing_in missing_out", {"open": 480}),
        ("09:00 12:00 18:00", "missing_in", {"worked": 180, "open": 300}),
        ("09:00 13:00 18:00", "missing_out", {"worked": 300, "open": 180}),
        ("12:00 13:00 18:00", "missing_in", {"worked": 300, "open": 180}),
        ("08:50 08:56 12:00 13:00 18:00", "", {"worked": 480}),
        ("08:59 09:00 12:00 12:01 12:59 13:00 17:59 18:00", "", {"worked": 480}),
        ("", "absent", {"absent": 480}),
    ],
)
def test_a_shift_whose_breaks_are_punched(punches, found, minutes):
    day = derived(punches, instance(breaks=True))
    assert (set(day.findings), lengths(day)) == (set(found.split()), minutes)


@pytest.mark.parametrize(
    ("punches", "asked", "found", "minutes"),
    [
        ("", {"leave": "00:00-24:00"}, "leave", {"on_leave": 480}),
        ("11:00 18:00", {"leave": "09:00-11:00"}, "leave", {"worked": 360, "on_leave": 120}),
        ("11:20 18:00", {"leave": "09:00-11:00"}, "late leave", {"worked": 340, "late": 20, "on_leave": 120}),
        ("13:00 18:00", {"leave": "09:00-12:00"}, "leave", {"worked": 300, "on_leave": 180}),
        ("09:00 14:00", {"leave": "14:00-18:00"}, "leave", {"worked": 240, "on_leave": 240}),
        ("09:00 13:30", {"leave": "14:00-18:00"}, "early leave", {"worked": 210, "early": 30, "on_leave": 240}),
        ("09:00 18:00", {"leave": "14:00-15:00"}, "leave", {"worked": 420, "on_leave": 60}),
        ("", {"leave": "14:00-15:00"}, "absent leave", {"absent": 420, "on_leave": 60}),
        ("", {"leave": "12:00-13:00"}, "absent", {"absent": 480}),  # leave in the break takes nothing
        ("", {"trips": "00:00-24:00"}, "trip", {"on_trip": 480}),
        ("09:00 12:00", {"trips": "13:00-19:00"}, "trip", {"worked": 180, "on_trip": 300}),
        ("", {"leave": "09:00-12:00", "trips": "13:00-18:00"}, "leave trip", {"on_leave": 180, "on_trip": 300}),
        ("", {"leave": "09:00-15:00", "trips": "14:00-18:00"}, "leave trip conflict", {"on_leave": 300, "on_trip": 180}),
        ("09:00 18:00", {"leave": "00:00-24:00"}, "leave conflict", {"on_leave": 480}),
        ("09:00 14:10", {"leave": "14:00-18:00"}, "leave", {"worked": 240, "on_leave": 240}),  # only went late
        ("09:00 15:00", {"leave": "14:00-18:00"}, "leave conflict", {"worked": 240, "on_leave": 240}),
        ("", {"pending": "00:00-24:00"}, "open", {"open": 480}),
        ("", {"pending": "13:00-18:00"}, "absent open", {"absent": 180, "open": 300}),
        ("11:00 18:00", {"pending": "09:00-11:00"}, "open", {"worked": 360, "open": 120}),
        ("11:30 18:00", {"pending": "09:00-11:00"}, "late open", {"worked": 330, "late": 30, "open": 120}),
        ("09:00 18:00", {"pending": "09:00-11:00"}, "", {"worked": 480}),
        ("09:00 18:00", {"pending": "00:00-24:00"}, "", {"worked": 480}),
        ("09:00 14:00", {"pending": "14:00-18:00"}, "open", {"worked": 240, "open": 240}),
    ],
)
def test_approved_leave_and_trips_excuse_and_what_waits_leaves_it_open(punches, asked, found, minutes):
    day = derived(punches, **asked)
    assert (set(day.findings), lengths(day)) == (set(found.split()), minutes)


@pytest.mark.parametrize(
    ("now", "punches", "found", "minutes"),
    [
        ("08:30", "", "open", {"open": 480}),
        ("11:00", "", "open", {"open": 480}),
        ("11:00", "09:20", "late open", {"late": 20, "open": 460}),
        ("12:30", "09:00 12:01", "open", {"worked": 180, "open": 300}),
        ("18:05", "09:00 18:02", "", {"worked": 480}),
        ("25:59", "09:00 17:00", "open", {"worked": 420, "open": 60}),
        ("26:00", "09:00 17:00", "early", {"worked": 420, "early": 60}),
        ("25:59", "09:00", "open", {"open": 480}),
        ("26:00", "09:00", "missing_out", {"open": 480}),
        ("25:59", "", "open", {"open": 480}),
        ("26:00", "", "absent", {"absent": 480}),
    ],
)
def test_nobody_is_absent_or_gone_early_before_the_shift_is_over(now, punches, found, minutes):
    day = derived(punches, now=at(now))
    assert (codes(day), lengths(day)) == (found, minutes)


@pytest.mark.parametrize(
    ("punches", "asked", "found", "overtime"),
    [
        ("09:00 20:05", {"overtime": "18:00-20:00"}, "overtime", 120),
        ("09:00 19:30", {"overtime": "18:00-20:00"}, "overtime", 90),
        ("09:00 18:00", {"overtime": "18:00-20:00"}, "unpunched", 0),
        ("09:00 20:00", {}, "", 0),  # nobody approved it
        ("09:00 18:00", {"overtime": "12:00-13:00"}, "overtime", 60),
        ("09:00 18:00", {"overtime": "10:00-11:00"}, "", 0),  # within the shift it is the shift
        ("09:00 18:00", {"interviews": "19:00-20:00"}, "overtime", 60),
        ("09:00 20:00", {"overtime": "18:00-20:00", "interviews": "19:00-20:30"}, "overtime", 150),
        ("09:00 18:00", {"interviews": "10:00-11:00"}, "", 0),
        ("09:00 18:00", {"interviews": "17:30-18:30"}, "overtime", 30),
        ("", {"trips": "00:00-24:00", "overtime": "18:00-20:00"}, "trip overtime", 120),
        ("09:00 27:00", {"overtime": "18:00-26:30"}, "overtime", 510),  # home after the shift's window has closed
    ],
)
def test_overtime_counts_as_far_as_it_is_shown_and_interviews_count(punches, asked, found, overtime):
    day = derived(punches, **asked)
    assert (codes(day), day.overtime) == (found, overtime)


SATURDAY = RestDay(TUESDAY, whole_day(TUESDAY, SHANGHAI))  # any date will do


@pytest.mark.parametrize(
    ("punches", "asked", "found", "overtime"),
    [
        ("", {}, "", 0),
        ("10:00 15:00", {}, "rest_worked", 0),
        ("10:00 15:00", {"overtime": "10:00-14:00"}, "overtime rest_worked", 240),
        ("10:00", {"overtime": "10:00-14:00"}, "missing_out unpunched rest_worked", 0),
        ("", {"overtime": "10:00-14:00"}, "unpunched", 0),
        ("", {"interviews": "10:00-11:00"}, "overtime", 60),
        ("", {"leave": "00:00-24:00"}, "", 0),
        ("20:00 26:10", {"overtime": "20:00-26:00"}, "overtime rest_worked", 360),
    ],
)
def test_a_date_without_a_shift(punches, asked, found, overtime):
    day = derived(punches, SATURDAY, **asked)
    assert (codes(day), day.overtime, day.planned, day.version) == (found, overtime, 0, None)


def test_overtime_to_come_is_not_yet_missed():
    assert codes(derived("09:00 18:00", now=at("19:00"), overtime="18:00-20:00")) == ""
    assert codes(derived("", SATURDAY, now=at("12:00"), overtime="10:00-14:00")) == ""


@pytest.mark.parametrize(
    ("punches", "breaks", "first", "last"),
    [
        ("08:55 18:03", False, "08:55", "18:03"),
        ("08:55 12:00 18:03", False, "08:55", "18:03"),
        ("08:55", False, "08:55", None),
        ("18:03", False, None, "18:03"),
        ("08:55 12:00 13:00", True, "08:55", None),
        ("12:00 13:00 18:03", True, None, "18:03"),
        ("", False, None, None),
    ],
)
def test_first_in_and_last_out(punches, breaks, first, last):
    day = derived(punches, instance(breaks=breaks))
    assert (day.first_in, day.last_out) == (first and at(first), last and at(last))


@pytest.mark.parametrize(
    ("places", "found"),
    [([NEAR, NEAR], ""), ([NEAR, FAR], "conflict"), ([NEAR, None], ""), ([None, FAR], "")],
)
def test_nobody_punches_in_shanghai_and_an_hour_later_in_vienna(places, found):
    punches = [Punched(at(clock), place=place) for clock, place in zip(("09:00", "18:00"), places, strict=True)]
    assert codes(derive_day(instance(), punches, Asked(), LATER)) == ""
    soon = [Punched(at(clock), place=place) for clock, place in zip(("08:00", "09:00"), places, strict=True)]
    assert ("conflict" in derive_day(instance(), soon, Asked(), LATER).findings) == bool(found)


def test_field_work_is_said():
    punches = [Punched(at("09:00")), Punched(at("18:00"), field=True)]
    assert codes(derive_day(instance(), punches, Asked(), LATER)) == "field"


def test_the_night_the_clocks_change_is_as_long_as_it_is():
    night = ((1320, 1440), (1470, 1800))  # 22:00 to 6:00, half an hour's break after midnight
    for day, worked in ((date(2026, 3, 28), 390), (date(2026, 10, 24), 510)):
        frame = instance(day, VIENNA, night)
        punches = [Punched(at("21:55", day, VIENNA)), Punched(at("30:05", day, VIENNA))]
        found = derive_day(frame, punches, Asked(), LATER)
        assert (found.findings, found.planned, found.worked) == ((), worked, worked)


# The model: every minute of the shift is looked at by itself.

DAYS = [
    (SHANGHAI, TUESDAY),
    *((VIENNA, date(2026, 3, d)) for d in (28, 29)),
    *((VIENNA, date(2026, 10, d)) for d in (24, 25)),
    *((NEW_YORK, date(2026, 3, d)) for d in (7, 8)),
    *((NEW_YORK, date(2026, 10, 31) + timedelta(days=d)) for d in (0, 1)),
]


@st.composite
def shifts(draw):
    """A shift of one to three segments anywhere on the day, night shifts included, with graces."""
    bounds = sorted(draw(st.lists(st.integers(0, 1900), min_size=2, max_size=6, unique=True)))
    pairs = tuple((a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=False) if b > a)
    graces = draw(st.sampled_from([(0, 0), (5, 5), (0, 30)]))
    return pairs, {"late_grace": graces[0], "early_grace": graces[1], "breaks": False}


@st.composite
def around(draw, start: datetime, end: datetime, most: int = 2):
    length = (end - start) // MINUTE + 240
    found = []
    for _ in range(draw(st.integers(0, most))):
        first = draw(st.integers(-240, length))
        found.append(Interval(start + first * MINUTE, start + (first + draw(st.integers(1, 600))) * MINUTE))
    return found


@st.composite
def worlds(draw):
    zone, day = draw(st.sampled_from(DAYS))
    segments, punching = draw(shifts())
    rule = ShiftRule(segments, EVERY_DAY, PunchRule(**punching))
    found = shift_instances([Assignment(rule, day, day, Layer.ROSTER)], day, day, zone, "")
    if not found:
        return None  # a clock change swallowed it
    (frame,) = found
    length = (frame.end - frame.start) // MINUTE
    offsets = draw(st.lists(st.integers(-60, length + 60), max_size=4))
    punches = sorted(frame.start + offset * MINUTE + timedelta(seconds=draw(st.integers(0, 59))) for offset in offsets)
    asked = Asked(*(draw(around(frame.start, frame.end)) for _ in range(5)))
    over = draw(st.booleans())
    now = frame.closes if over else frame.start + draw(st.integers(-60, length)) * MINUTE
    return frame, [at for at in punches if over or at <= now], asked, now


def model(frame: ShiftInstance, punches: list[datetime], asked: Asked, now: datetime) -> dict[str, int]:
    """The same by the minute, in plain words."""

    def inside(at: datetime, some) -> bool:
        return any(one.start <= at < one.end for one in some)

    minutes = []
    at = frame.start
    while at < frame.end:
        if inside(at, frame.segments):
            minutes.append(at)
        at += MINUTE
    counted = dict.fromkeys(LENGTHS, 0)
    counted["on_leave"] = sum(inside(at, asked.leave) for at in minutes)
    counted["on_trip"] = sum(inside(at, asked.trips) and not inside(at, asked.leave) for at in minutes)
    due = [at for at in minutes if not inside(at, asked.leave) and not inside(at, asked.trips)]
    firm = [at for at in due if not inside(at, asked.pending)]
    over = now >= frame.closes
    shown = [at.replace(second=0) for at in punches]
    came = left = None
    if due:
        start, end = (firm or due)[0], (firm or due)[-1] + MINUTE
        if shown and shown[-1] - shown[0] > 2 * MINUTE:
            came, left = shown[0], shown[-1]
        elif shown and abs(shown[0] - start) <= abs(shown[-1] - end):
            came = shown[0]
        elif shown:
            left = shown[-1]
        if came and start < came <= start + frame.punching.late_grace * MINUTE:
            came = start
        if left and end - frame.punching.early_grace * MINUTE <= left < end:
            left = end
    stayed_away = not any(came <= at < left for at in firm) if came and left else not shown
    for at in due:
        if came and left and came <= at < left:
            counted["worked"] += 1
        elif at not in firm:
            counted["open"] += 1
        elif stayed_away:
            counted["absent" if over else "open"] += 1
        elif came and at < came:
            counted["late"] += 1
        elif left and at >= left and over:
            counted["early"] += 1
        else:
            counted["open"] += 1
    return counted


@settings(max_examples=400, deadline=None)
@given(worlds())
def test_every_minute_counts_as_the_slow_model_says(world):
    if world is None:
        return
    frame, punches, asked, now = world
    found = derive_day(frame, [Punched(one) for one in punches], asked, now)
    counted = {what: getattr(found, what) for what in LENGTHS}
    assert counted == model(frame, punches, asked, now)
    assert found.planned == sum(counted.values())
    assert {what for what in ("late", "early", "absent") if counted[what]} <= set(found.findings)


@settings(max_examples=300, deadline=None)
@given(worlds(), st.booleans())
def test_planned_is_the_sum_of_what_became_of_it_where_breaks_are_punched_too(world, over):
    if world is None:
        return
    frame, punches, asked, now = world
    frame = ShiftInstance(frame.day, frame.segments, frame.opens, frame.closes, PunchRule(breaks=True, late_grace=7))
    found = derive_day(frame, [Punched(one) for one in punches], asked, now)
    counted = [getattr(found, what) for what in LENGTHS]
    assert min(counted) >= 0
    assert found.planned == sum(counted) == sum(one.length // MINUTE for one in frame.segments)
