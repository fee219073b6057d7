"""Working hours in the weeks in which clocks change, wherever they do, against a model that reads the clock every minute.

The model goes from the instant to the wall clock, the product from the wall clock to the instant.
"""

import json
import os
import subprocess
import sys
import zoneinfo
from datetime import UTC, datetime, time, timedelta
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

SCHEDULES = [("09:00", "17:00"), ("13:00", "18:00"), ("14:30", "22:00"), ("00:00", "08:00")]
SERVERS = ["UTC", "Asia/Shanghai", "America/Los_Angeles"]
AREAS = {"Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
MINUTE = timedelta(minutes=1)


def changing_days(zone):
    """The UTC days of 2027 on which the zone's clock changes."""
    midnights = [datetime(2027, 1, 1, tzinfo=UTC) + timedelta(days=number) for number in range(366)]
    offsets = [midnight.astimezone(ZoneInfo(zone)).utcoffset() for midnight in midnights]
    return [midnights[number] for number in range(365) if offsets[number] != offsets[number + 1]]


def read_off_the_clock(zone, start):
    """The working hours of each schedule in the week from ``start``, in minutes after it."""
    place = ZoneInfo(zone)
    clock = [(start + number * MINUTE).astimezone(place).time() for number in range(7 * 1440)]
    return [list(at_work(clock, time.fromisoformat(first), time.fromisoformat(last))) for first, last in SCHEDULES]


def at_work(clock, first, last):
    for working, run in groupby(range(len(clock)), key=lambda number: first <= clock[number] < last):
        minutes = list(run)
        if working:
            yield [minutes[0], minutes[-1] + 1]


def wrong_weeks(names):
    """How many zone-weeks there are, and which of them each server gets wrong."""
    weeks = [(zone, day - timedelta(days=3)) for zone in names for day in changing_days(zone)]
    questions = [
        [zone, *schedule, start.isoformat(), (start + timedelta(days=7)).isoformat()]
        for zone, start in weeks
        for schedule in SCHEDULES
    ]
    truth = [spans for zone, start in weeks for spans in read_off_the_clock(zone, start)]
    wrong = {}
    for server in SERVERS:
        asked = subprocess.run(
            [sys.executable, str(Path(__file__).with_name("zone_weeks.py"))],
            input=json.dumps(questions),
            env=os.environ | {"TZ": server},
            capture_output=True,
            text=True,
            check=True,
        )
        answers = json.loads(asked.stdout)
        assert len(answers) == len(questions)
        wrong[server] = [question for question, answer, right in zip(questions, answers, truth, strict=True) if answer != right]
    return len(questions), wrong


def test_weeks_with_a_clock_change_in_every_zone():
    names = sorted(name for name in zoneinfo.available_timezones() if name.split("/")[0] in AREAS)
    asked, wrong = wrong_weeks(names)
    assert asked > 1000
    assert wrong == {server: [] for server in SERVERS}
