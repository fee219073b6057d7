"""What mianyue tells the other system: rows appended to files in ``out/``, each key once, whole or not at all."""

from __future__ import annotations

import csv
import fcntl
import io
import os
from collections.abc import Sequence
from pathlib import Path

from mianyue.ports.attendance import AttendanceUnavailable

KEY = "key"


class Outbox:
    """The folder of these files. Any number of processes may append at a time; what was appended survives a crash of the machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def append(self, name: str, columns: Sequence[str], cells: Sequence[str]) -> bool:
        """Adds a row, whose first cell is its key. False, changing nothing, where the file has that key already.

        Raises AttendanceUnavailable.
        """
        try:
            self._folder.mkdir(mode=0o750, exist_ok=True)
            with open(self._folder / ".lock", "w", opener=_private) as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                return self._append(self._folder / f"{name}.csv", (KEY, *columns), cells)
        except OSError as error:
            raise AttendanceUnavailable(
                f"{name}.csv can't be written: {error.strerror}.", "See that the folder is there, writable and not full."
            ) from error

    def _append(self, path: Path, columns: Sequence[str], cells: Sequence[str]) -> bool:
        fresh = not path.exists()
        with open(path, "a+b", opener=_private) as file:
            file.seek(0)
            written = file.read()
            whole = written[: written.rfind(b"\n") + 1]
            if cells[0] in _keys(whole):
                return False
            if len(whole) < len(written):
                # A crash cut this row off; nobody was told that it had been written.
                file.truncate(len(whole))
            file.write((b"" if whole else _line(columns)) + _line(cells))
            file.flush()
            os.fsync(file.fileno())
        if fresh:
            _settle(self._folder)
        return True


def _keys(written: bytes) -> set[str]:
    return {row[0] for row in csv.reader(io.StringIO(written.decode("utf-8"), newline="")) if row}


def _line(cells: Sequence[str]) -> bytes:
    text = io.StringIO()
    # A line break within a cell would make a row cut off look whole.
    csv.writer(text, lineterminator="\n").writerow([" ".join(cell.split()) for cell in cells])
    return text.getvalue().encode("utf-8")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o640)


def _settle(folder: Path) -> None:
    """Makes the name of a new file survive a crash too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
