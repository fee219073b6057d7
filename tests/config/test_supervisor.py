"""A process that ends is started again, ever more slowly. That all of ``mianyue up`` survives is tests/entrypoints/cli/test_up.py."""

import os
import time

import pytest

from mianyue.config import supervisor
from mianyue.config.supervisor import Child, _keep_running, _stop


@pytest.fixture
def child():
    made = Child("short", ["--version"])
    yield made
    _stop([made])


def end(child: Child) -> None:
    child.process.wait(30)


def test_restarts_wait_twice_as_long_each_time_up_to_a_minute(child):
    waits = []
    for _ in range(8):
        child.not_before = 0.0
        if child.process is None:
            _keep_running(child, os.environ | {"PYTHONPATH": "/nonexistent"})
        child.process.kill()
        end(child)
        before = time.monotonic()
        _keep_running(child, os.environ)
        waits.append(round(child.not_before - before))
        assert child.process is None
    assert waits == [2, 4, 8, 16, 32, 60, 60, 60]


def test_what_ran_steadily_before_it_fell_is_started_soon(child, monkeypatch):
    child.failures = 6
    _keep_running(child, os.environ)
    child.started -= supervisor.STEADY + 1
    end(child)
    before = time.monotonic()
    _keep_running(child, os.environ)
    assert round(child.not_before - before) == 2


def test_a_process_that_ignores_the_request_to_stop_is_killed(child, monkeypatch):
    monkeypatch.setattr(supervisor, "PATIENCE", 0.2)
    child.process = supervisor.subprocess.Popen(
        [
            supervisor.sys.executable,
            "-c",
            "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True); time.sleep(60)",
        ],
        stdout=supervisor.subprocess.PIPE,
        start_new_session=True,
    )
    child.process.stdout.readline()
    _stop([child])
    assert child.process.returncode == -9
    child.process.stdout.close()
