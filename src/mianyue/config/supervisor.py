"""Keeps the processes of one machine together: starts them, restarts what falls over, stops them all on one Ctrl-C."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from mianyue.base.errors import MianyueError

log = logging.getLogger(__name__)

PATIENCE = 25.0
"""Seconds a process has to finish what it is doing before it is killed."""


LOOK_EVERY = 3.0
STEADY = 60.0
"""Seconds of running after which earlier failures of a process are forgotten."""


@dataclass(slots=True)
class Child:
    """One process: a name and the ``mianyue`` arguments it runs with."""

    name: str
    arguments: list[str]
    process: subprocess.Popen[bytes] | None = None
    failures: int = 0
    started: float = 0.0
    not_before: float = 0.0


def supervise(children: list[Child], environ: Mapping[str, str], look_after: Callable[[], None] | None = None) -> int:
    """Runs until SIGINT or SIGTERM; restarts a process that ends by itself, ever more slowly. Returns the exit code.

    ``look_after`` is called every few seconds, for what they need besides: the embedded database.
    """
    stopping, look_at = False, time.monotonic() + LOOK_EVERY

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    try:
        while not stopping:
            for child in children:
                _keep_running(child, environ)
            if look_after and time.monotonic() >= look_at:
                look_at = time.monotonic() + LOOK_EVERY
                try:
                    look_after()
                except MianyueError as error:
                    log.error("%s %s", error, error.hint)
            time.sleep(0.2)
    finally:
        _stop(children)
    return 0


def _keep_running(child: Child, environ: Mapping[str, str]) -> None:
    now = time.monotonic()
    if child.process is not None:
        code = child.process.poll()
        if code is None:
            return
        # A web server that was killed leaves the processes it had started; they would keep the port.
        with suppress(ProcessLookupError):
            os.killpg(child.process.pid, signal.SIGKILL)
        child.failures = 1 if now - child.started > STEADY else child.failures + 1
        child.not_before = now + min(2.0 ** min(child.failures, 6), 60)
        child.process = None
        log.error("%s ended (%s); it is started again.", child.name, code)
    if now >= child.not_before:
        child.started = now
        # A session of its own: Ctrl-C in the terminal reaches only this process, which then stops the others in order.
        child.process = subprocess.Popen(
            [sys.executable, "-m", "mianyue", *child.arguments], env=dict(environ), start_new_session=True, stdin=subprocess.DEVNULL
        )


def _stop(children: list[Child]) -> None:
    running = [child.process for child in children if child.process and child.process.poll() is None]
    for process in running:
        process.terminate()
    until = time.monotonic() + PATIENCE
    for process in running:
        try:
            process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
