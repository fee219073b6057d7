"""Times are read from finished letters in every form that CLDR gives an English or Chinese letter, and in no other."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from babel.localedata import locale_identifiers
from hypothesis import given
from hypothesis import strategies as st

from mianyue.base.interval import Interval
from mianyue.domain.notices.dates import Times
from mianyue.domain.notices.voice import voice_for
from mianyue.domain.notices.wording.spoken import Misread, times_said

VIENNA = ZoneInfo("Europe/Vienna")
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
# Deseret and Shavian are English in letters of their own.
SPOKEN = sorted(
    tag for tag in locale_identifiers() if tag.split("_")[0] in ("en", "zh") and tag.split("_")[1:2] not in (["Dsrt"], ["Shaw"])
)
STARTS = st.integers(0, 600 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes))


def wall(at: datetime) -> datetime:
    return at.astimezone(VIENNA).replace(tzinfo=None)


@given(STARTS, st.integers(10, 18 * 60), st.sampled_from(SPOKEN))
def test_what_a_letter_says_is_read_back_in_every_locale(start, minutes, tag):
    voice = voice_for(tag.replace("_", "-"))
    language = (
        "zh" if str(voice.locale).startswith("zh") and "Hant" not in str(voice.locale) and "Latn" not in str(voice.locale) else "en"
    )
    times = Times(voice, VIENNA, NOW)
    interval = Interval(start, start + timedelta(minutes=minutes))
    if wall(interval.start) >= wall(interval.end):
        return  # the hour that a clock is set back
    (said,) = times_said(f"x ({times.span(interval)}; y", language, NOW.date())
    assert (said.start, said.end) == (wall(interval.start), wall(interval.end))
    (said,) = times_said(f"{times.moment(start)}, z", language, NOW.date())
    assert (said.start, said.end) == (wall(start), None)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Tue 2 Dec, 07:00–08:00", "en"),
        ("12 月 2 日 周四 14:00–15:00", "zh"),
        ("Wed 2 Dec, 25:00", "en"),
        ("Mon 30 Feb, 10:00", "en"),
        ("13 月 2 日 周三 14:00", "zh"),
        ("Wed, Dec 2, 13:00 PM", "en"),
        ("Wed 2 Dec, 09:00–08:00", "en"),
    ],
)
def test_what_can_t_be_a_time_is_no_time(text, language):
    with pytest.raises(Misread):
        times_said(text, language, date(2026, 1, 1))


@pytest.mark.parametrize(
    "text",
    [
        "１２ 月 ２ 日 周三 １４:００",
        "十二月二日 周三 十四点",
        "12 月 2 日，周三",
        "Wednesday, 2 December",
        "2 Dec, at two",
        "ratio 16:9",
    ],
)
def test_other_forms_are_not_read(text):
    assert [said for said in times_said(text, "zh", date(2026, 1, 1)) if said.end or isinstance(said.start, datetime)] == []


def test_a_bare_clock_has_no_day():
    (said,) = times_said("starts at 14:00 (Beijing time)", "en", date(2026, 1, 1))
    assert (said.day, said.start, said.end) == (None, time(14), None)


def test_an_offset_is_no_clock():
    assert times_said("(GMT-05:00; x)", "en", date(2026, 1, 1)) == []
