"""The product's own settings on a throw-away home, so that tests run anywhere and touch nobody's data."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# One home per run: several runs on one machine never meet. The workers of a parallel run share their controller's.
HOME = Path(os.environ.get("TESTS_HOME") or tempfile.mkdtemp(prefix="mianyue-tests-"))
os.environ["TESTS_HOME"] = str(HOME)
HOME.chmod(0o711)

for name in [name for name in os.environ if name.startswith("MIANYUE_")]:
    del os.environ[name]
os.environ.update(
    MIANYUE_HOME=str(HOME),
    MIANYUE_DEMO="1",
    MIANYUE_READ_SCANS="0",
    MIANYUE_ENCODER="none",
    EMAIL_URL="smtp://127.0.0.1:9",
    MIANYUE_LOG_LEVEL="CRITICAL",
)

from mianyue.config.embedded import Server  # noqa: E402

_server = None if os.environ.get("DATABASE_URL") else Server(HOME, durable=False)
if _server:
    _server.acquire()


_mine = os.getpid()


def _throw_away() -> None:
    if os.getpid() != _mine:
        return
    if _server:
        _server.release()
    shutil.rmtree(HOME, ignore_errors=True)


if "PYTEST_XDIST_WORKER" not in os.environ:
    atexit.register(_throw_away)

from mianyue.config.settings import *  # noqa: E402, F403

# Tests need the owner's rights to empty tables between them; what the application's role may do has tests of its own.
DATABASES["default"]["OPTIONS"].pop("assume_role")  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
