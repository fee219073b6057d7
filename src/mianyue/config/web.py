"""The web server: granian over WSGI, because every view is plain synchronous Django."""

from __future__ import annotations

import os

WORKERS = max(2, (os.cpu_count() or 2) // 2)
THREADS = 8
"""Requests one process answers at once; each thread keeps a database connection."""


def serve(host: str, port: int) -> None:
    """Serves until SIGINT or SIGTERM."""
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "mianyue.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_enabled=True,
        log_level="error",
    ).serve()
