"""Whether a PostgreSQL server lives. ``pg_ctl status`` only asks for a process number, which a dead one may still have.

In a container without an init the dead stay as zombies, and after a restart their numbers belong to others.
"""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path

PATIENCE = 10.0
"""Seconds that a dead server's remaining processes get to notice and end; they do within one."""


def listens(sockets: Path, port: int) -> bool:
    """Whether a server answers on the socket of that folder."""
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(sockets / f".s.PGSQL.{port}"))
        except OSError:
            return False
    return True


def forget_the_dead(data: Path, sockets: Path, port: int) -> None:
    """Removes the lock files of a server that no longer lives, after its last process is gone. Does nothing where any of them stays.

    Every process of a server works in its data folder, which tells them from others of the same number.
    """
    lock = data / "postmaster.pid"
    if not lock.exists() or not Path("/proc/self/cwd").exists():
        return
    until = time.monotonic() + PATIENCE
    while _works_in(data):
        if time.monotonic() > until:
            return
        time.sleep(0.05)
    lock.unlink(missing_ok=True)
    (sockets / f".s.PGSQL.{port}.lock").unlink(missing_ok=True)


def _works_in(folder: Path) -> bool:
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.path.samefile(process / "cwd", folder):
                return True
        except OSError:
            continue  # ended meanwhile, a zombie, or somebody else's
    return False
