from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianyue.domain.notices.facts import Place
from mianyue.domain.notices.maps import map_link
from mianyue.domain.notices.rows import agenda


@pytest.mark.parametrize(
    ("minutes", "parts"),
    [(15, None), (20, (5, 10, 5)), (30, (5, 15, 10)), (45, (10, 25, 10)), (60, (10, 35, 15)), (90, (15, 50, 25))],
)
def test_how_the_interview_runs(minutes, parts):
    assert agenda(minutes) == parts


@given(st.integers(20, 480))
def test_the_parts_make_the_whole_and_the_conversation_is_the_largest(minutes):
    introduction, talk, questions = agenda(minutes)
    assert introduction + talk + questions == minutes
    assert introduction % 5 == questions % 5 == 0
    assert 5 <= introduction <= questions <= talk


def test_maps_open_where_the_place_is():
    place = Place("Wien", "Musterstraße 12", 48.2082, 16.3738)
    vienna = "https://www.openstreetmap.org/?mlat=48.2082&mlon=16.3738#map=17/48.2082/16.3738"
    assert map_link(place, ZoneInfo("Europe/Vienna")) == vienna
    assert map_link(place, ZoneInfo("Asia/Shanghai")).startswith("https://uri.amap.com/marker?position=16.3738,48.2082&name=Wien&")
    assert map_link(Place("Wien", "Musterstraße 12"), ZoneInfo("Europe/Vienna")) == ""
