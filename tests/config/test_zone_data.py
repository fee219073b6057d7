"""Every process reads the same zone database, whatever the machine has."""

import json
import os
import shutil
import subprocess
import sys
from importlib import resources

import pytest

# What the processes of `mianyue up` import on their way to work.
PROCESSES = {
    "cli": "from mianyue.config.command import Machine; Machine().manage(['check'])",
    "worker": "from mianyue.config import bootstrap; bootstrap.start(migrate=False); from mianyue.config import worker",
    "web": "import mianyue.config.wsgi",
}
TELL = """
import json, sys, zoneinfo
from datetime import UTC, datetime
from mianyue.base import zones
shanghai = datetime(2026, 12, 1, tzinfo=UTC).astimezone(zoneinfo.ZoneInfo("Asia/Shanghai"))
print(json.dumps([zones.packaged(), shanghai.utcoffset().total_seconds() / 3600]))
"""


@pytest.fixture
def strange_machine(tmp_path):
    """The environment of a machine whose own database thinks that Shanghai lies in New York."""
    (tmp_path / "zones" / "Asia").mkdir(parents=True)
    packaged = resources.files("tzdata") / "zoneinfo"
    shutil.copy(str(packaged / "America" / "New_York"), tmp_path / "zones" / "Asia" / "Shanghai")
    # A named database is not started, and none of this speaks to it.
    named = "postgresql://nobody@127.0.0.1:1/none"
    mine = {"PYTHONTZPATH": str(tmp_path / "zones"), "MIANYUE_HOME": str(tmp_path), "DATABASE_URL": named}
    return {"PATH": os.environ["PATH"]} | mine


def told(process, environ):
    ran = subprocess.run([sys.executable, "-c", PROCESSES[process] + TELL], env=environ, capture_output=True, text=True, check=True)
    return json.loads(ran.stdout.splitlines()[-1])


@pytest.mark.parametrize("process", PROCESSES)
def test_the_packaged_zones_count(process, strange_machine):
    assert told(process, strange_machine) == [True, 8]


def test_the_machines_zones_count_where_that_is_wished(strange_machine):
    assert told("web", strange_machine | {"MIANYUE_ZONE_DATA": "system"}) == [False, -5]
