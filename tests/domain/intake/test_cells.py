from contextlib import suppress
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianyue.domain.intake import cell_times, cells
from mianyue.domain.intake.cells import BadCell

SHANGHAI, VIENNA = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Vienna")


def spanned(start, end, zone=SHANGHAI, doubt="widen"):
    begins, ends = cell_times.span(cell_times.moment(start), cell_times.moment(end), zone, doubt)
    return f"{begins:%m-%d %H:%M}/{ends:%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Ｅ００９", "E009"),
        ("\u3000E009 \u00a0", "E009"),
        ("\ufeffE009\u200b ", "E009"),
        ("a；b", "a;b"),
        ("", ""),
        (" \u3000", ""),
    ],
)
def test_text(raw, expected):
    assert cells.text(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("施 俊", "施俊"),
        ("韩\u3000涛", "韩涛"),
        (" 欧阳  娜 娜 ", "欧阳娜娜"),
        ("Anna  Huber", "Anna Huber"),
        ("王 Anna", "王 Anna"),
    ],
)
def test_names(raw, expected):
    assert cells.person_name(raw) == expected


def test_lists():
    assert cells.items("Vue；React; ;B 端产品;") == ("Vue", "React", "B 端产品")
    assert cells.items("") == ()


@pytest.mark.parametrize(
    "raw",
    [
        "2026-12-01",
        "2026/12/1",
        "2026.12.1",
        "2026年12月1日",
        "２０２６－１２－０１",
        "46357",
        "46357.0",
        " 2026-12-1 ",
        "2026-12-01 0:00",
    ],
)
def test_every_spelling_of_a_date(raw):
    assert cell_times.day(raw) == date(2026, 12, 1)


@pytest.mark.parametrize(
    "raw",
    [
        "2026-12-01 9:00",
        "2026/12/1 09:00",
        "2026.12.1  09:00:00",
        "2026年12月1日 9：00",
        "2026-12-01T09:00:00",
        "46357.375",
        "46357.3749999999",
    ]
    + ["2026-12-01T01:00:00Z", "2026-12-01T09:00:00+08:00", "2026-12-01T09:00+0800", "2026-11-30 20:00:00-05:00"],
)
def test_every_spelling_of_a_time(raw):
    moment = cell_times.moment(raw)
    assert cell_times.span(moment, moment, SHANGHAI, "widen") == (datetime(2026, 12, 1, 1, tzinfo=UTC),) * 2


@pytest.mark.parametrize(
    "raw",
    [
        "01.12.2026",
        "12/1/2026",
        "1-12-26",
        "2026-13-01",
        "2026-02-29",
        "2026-12/01",
        "20261201",
        "2026",
        "1",
        "tomorrow",
        "2026-12-01 25:00",
    ]
    + [
        "2026-12-01 9:60",
        "2026-12-01 9",
        "2026-12-01 9:00 AM",
        "2026-12-01 晚上",
        "2026-12-01 24:01",
        "2026-12-01 09:00+15:00",
        "",
        "-5",
        "٤٦٣٥٧",
    ],
)
def test_what_is_no_date(raw):
    with pytest.raises(BadCell):
        cell_times.moment(raw)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-12-01", "2026-12-02", "11-30 16:00/12-02 16:00"),
        ("2026-12-01 下午", "2026-12-03 上午", "12-01 04:00/12-03 04:00"),
        ("2026-12-03 PM", "2026-12-03 pm", "12-03 04:00/12-03 16:00"),
        ("2026年12月3日上午", "2026-12-03 AM", "12-02 16:00/12-03 04:00"),
        ("2026-12-04 14:00", "2026-12-04 19:00", "12-04 06:00/12-04 11:00"),
        ("46357", "46357", "11-30 16:00/12-01 16:00"),
        ("2026-12-04 20:00", "2026-12-04 24:00", "12-04 12:00/12-04 16:00"),
    ],
)
def test_a_start_means_its_beginning_and_an_end_its_end(start, end, expected):
    assert spanned(start, end) == expected


def test_whole_days_are_23_or_25_hours_where_the_clocks_change():
    assert spanned("2026-03-29", "2026-03-29", VIENNA) == "03-28 23:00/03-29 22:00"
    assert spanned("2026-10-25", "2026-10-25", VIENNA) == "10-24 22:00/10-25 23:00"


def test_a_day_that_begins_at_one_because_midnight_is_skipped():
    beirut = ZoneInfo("Asia/Beirut")
    assert spanned("2026-03-29", "2026-03-29", beirut) == "03-28 22:00/03-29 21:00"
    assert spanned("2026-03-28", "2026-03-28", beirut) == "03-27 22:00/03-28 22:00"


@pytest.mark.parametrize(
    ("start", "end", "widened", "narrowed"),
    [
        ("2026-10-25 02:30", "2026-10-25 04:00", "10-25 00:30/10-25 03:00", "10-25 01:30/10-25 03:00"),
        ("2026-10-25 01:00", "2026-10-25 02:30", "10-24 23:00/10-25 01:30", "10-24 23:00/10-25 00:30"),
        ("2026-03-29 02:30", "2026-03-29 04:00", "03-29 00:30/03-29 02:00", "03-29 01:30/03-29 02:00"),
    ],
)
def test_doubt_widens_absence_and_narrows_attendance(start, end, widened, narrowed):
    assert spanned(start, end, VIENNA, "widen") == widened
    assert spanned(start, end, VIENNA, "narrow") == narrowed


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(0, 24 * 3600 - 1))
def test_an_excel_serial_is_the_time_that_it_shows(day, second):
    serial = (day - date(1899, 12, 30)).days + second / 86_400
    if second:
        assert cell_times.moment(repr(serial)) == cell_times.moment(
            f"{day} {second // 3600}:{second // 60 % 60:02}:{second % 60:02}"
        )
    else:
        assert cell_times.day(repr(serial)) == day


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("9:00", time(9)),
        ("09:00", time(9)),
        ("２２：３０", time(22, 30)),
        ("9:00:00", time(9)),
        ("0.375", time(9)),
        ("24:00", time(0)),
        ("0:00", time(0)),
    ],
)
def test_times_of_day(raw, expected):
    assert cell_times.clock(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"), [("1-5", {1, 2, 3, 4, 5}), ("1,3,5", {1, 3, 5}), ("6,7", {6, 7}), ("1－3，５", {1, 2, 3, 5}), ("7", {7})]
)
def test_weekdays(raw, expected):
    assert cell_times.weekdays(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"), [("是", True), ("TRUE", True), ("1", True), ("否", False), ("false", False), ("0", False)]
)
def test_booleans(raw, expected):
    assert cells.boolean(raw) is expected


def test_words_and_numbers():
    assert [cells.status(word) for word in ("已批准", "Approved", "待审批", "已驳回", "canceled")] == [
        "approved",
        "approved",
        "pending",
        "rejected",
        "cancelled",
    ]
    assert [cells.mode(word) for word in ("现场", "线下", "线上", "VIDEO")] == ["onsite", "onsite", "video", "video"]
    assert [cells.family(word) for word in ("标准岗", "非标准岗", "non_standard")] == ["standard", "non_standard", "non_standard"]
    assert [cells.seats_of_room(raw) for raw in ("6", "６", "6人", "30 人", "6.0")] == [6, 6, 6, 30, 6]
    assert cells.minutes("90分钟") == 90
    assert cells.zone("europe/vienna") == "Europe/Vienna"
    assert cells.language("zh-Hans-CN") == "zh-Hans-CN"


@pytest.mark.parametrize(
    ("parse", "raw"),
    [
        (cell_times.clock, "25:00"),
        (cell_times.clock, "9"),
        (cell_times.clock, "9:75"),
        (cell_times.clock, "46357"),
        (cell_times.weekdays, "0"),
        (cell_times.weekdays, "5-1"),
        (cell_times.weekdays, "1-8"),
        (cell_times.weekdays, "周一"),
        (cell_times.weekdays, "1,,2"),
        (cells.boolean, "maybe"),
        (cells.status, "ok"),
        (cells.mode, "phone"),
        (cells.family, "other"),
        (cells.count, "0"),
        (cells.count, "-3"),
        (cells.count, "1.5"),
        (cells.seats_of_room, "six"),
        (cells.limit, "-1"),
        (cells.limit, "100"),
        (cells.limit, "1.5"),
        (cells.limit, "many"),
        (cells.spare_minutes, "481"),
        (cells.spare_minutes, "1h"),
        (cell_times.windows, ""),
        (cell_times.windows, ";"),
        (cell_times.windows, "下周都可以"),
        (cell_times.windows, "09:00-12:00"),
        (cell_times.windows, "2026-12-02 09:00"),
        (cell_times.windows, "2026-12-02 12:00-09:00"),
        (cell_times.windows, "2026-12-02 09:00-09:00"),
        (cell_times.windows, "2026-12-02 09:00-25:00"),
        (cell_times.windows, "2026-12-02 09:00-12:75"),
        (cell_times.windows, "2026-12-02 上午-12:00"),
        (cell_times.windows, "2026-12-09 至 2026-12-07"),
        (cell_times.windows, "2026-12-02; soon"),
        (cell_times.windows, "02.12.2026"),
        (cells.zone, "UTC+8"),
        (cells.zone, "Mars/Olympus"),
        (cells.language, "中文"),
        (cells.language, "zh_CN"),
        (cell_times.day, "2026-12-01 上午"),
        (cell_times.day, "2026-12-01 09:00"),
        (cells.web_address, "javascript:alert(1)"),
        (cells.web_address, "https://a b"),
        (cells.materials, "Kafka"),
        (cells.materials, "Kafka=javascript:alert(1)"),
        (cells.materials, "https://a.example; Kafka=ftp://b.example"),
        (cells.materials, "https://a.example Kafka=https://b.example"),
    ],
)
def test_what_does_not_say_what_its_column_is_for(parse, raw):
    with pytest.raises(BadCell):
        parse(raw)


@given(st.text(max_size=30))
def test_nothing_but_a_value_or_a_named_doubt_comes_out_of_a_cell(raw):
    for parse in (
        cell_times.moment,
        cell_times.day,
        cell_times.clock,
        cell_times.weekdays,
        cells.count,
        cells.boolean,
        cells.zone,
        cells.language,
        cell_times.windows,
    ):
        with suppress(BadCell):
            parse(raw)


def said(raw: str, zone: str = "Asia/Shanghai") -> list[str]:
    """The stretches of time on the zone's own clock."""
    zone = ZoneInfo(zone)
    spans = [cell_times.span(start, end, zone, "narrow") for start, end in cell_times.windows(raw)]
    return [f"{start.astimezone(zone):%d %H:%M}–{end.astimezone(zone):%d %H:%M}" for start, end in spans]


@pytest.mark.parametrize(
    ("raw", "stretches"),
    [
        ("2026-12-02 09:00-12:00", ["02 09:00–02 12:00"]),
        ("２０２６－１２－０２　０９：００－１２：００", ["02 09:00–02 12:00"]),
        ("2026/12/2 9:00~12:00", ["02 09:00–02 12:00"]),
        ("2026年12月2日 9:00至12:00", ["02 09:00–02 12:00"]),
        ("2026-12-02 9:00 – 12:00", ["02 09:00–02 12:00"]),
        ("2026-12-02 9:00 to 12:00", ["02 09:00–02 12:00"]),
        ("2026-12-02T09:00-24:00", ["02 09:00–03 00:00"]),
        ("2026-12-02 22:00 - 2026-12-03 01:30", ["02 22:00–03 01:30"]),
        ("2026-12-02T01:00:00Z 至 2026-12-02T03:00:00Z", ["02 09:00–02 11:00"]),
        ("2026-12-03", ["03 00:00–04 00:00"]),
        ("46359", ["03 00:00–04 00:00"]),
        ("2026-12-04 下午", ["04 12:00–05 00:00"]),
        ("2026-12-07 至 2026-12-09", ["07 00:00–10 00:00"]),
        ("2026-12-07 - 2026-12-09", ["07 00:00–10 00:00"]),
        ("2026-12-07 下午 至 2026-12-09 上午", ["07 12:00–09 12:00"]),
        ("2026-12-02 09:00-12:00; 2026-12-03;", ["02 09:00–02 12:00", "03 00:00–04 00:00"]),
    ],
)
def test_stated_windows(raw, stretches):
    assert said(raw) == stretches


def test_a_stated_time_that_the_clocks_leave_in_doubt_is_the_shorter_one():
    # 02:30 happens twice in Vienna on 25 October 2026, and not at all on 29 March.
    assert said("2026-10-25 02:30-04:00", "Europe/Vienna") == ["25 02:30–25 04:00"]
    (start, end), *_ = [
        cell_times.span(a, b, ZoneInfo("Europe/Vienna"), "narrow") for a, b in cell_times.windows("2026-10-25 02:30-04:00")
    ]
    assert (end - start).total_seconds() == 90 * 60


def test_limits_and_spare_minutes():
    assert [cells.limit(raw) for raw in ("3", "３", "3次", "3 场", "3.0", "0", "99")] == [3, 3, 3, 3, 3, 0, 99]
    assert [cells.spare_minutes(raw) for raw in ("10", "10分钟", "10 min", "0")] == [10, 10, 10, 0]


@pytest.mark.parametrize(
    ("raw", "plain", "pairs"),
    [
        ("https://a.example/x", "https://a.example/x", ()),
        ("https://a.example/x?b=1;c=2", "https://a.example/x?b=1;c=2", ()),
        ("https://a.example; Kafka=https://b.example/k", "https://a.example", (("Kafka", "https://b.example/k"),)),
        (
            "Kafka = https://b.example ；MySQL＝https://c.example;",
            "",
            (("Kafka", "https://b.example"), ("MySQL", "https://c.example")),
        ),
        ("https://a.example;https://b.example", "https://a.example", ()),
    ],
)
def test_materials_are_addresses_plain_or_by_keyword(raw, plain, pairs):
    assert cells.materials(raw) == (plain, pairs)
