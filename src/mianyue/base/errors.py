"""Anticipated errors: each says what happened, why, and what to do next, and is translated at the door."""

from __future__ import annotations

from typing import ClassVar


class MianyueError(Exception):
    """Something went wrong that mianyue foresaw.

    ``code`` is stable and for programs, ``str(error)`` says what happened and why, ``hint`` what to do next.
    Messages and hints hold ids and rule names only, never personal data.
    """

    code: ClassVar[str] = "error"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint

    def as_dict(self) -> dict[str, str]:
        """The error as the API and ``--json`` print it: ``code``, ``message``, ``hint``."""
        return {"code": self.code, "message": str(self), "hint": self.hint}


class SettingError(MianyueError):
    """A setting of the environment can't be understood."""

    code = "setting_invalid"

    def __init__(self, name: str, value: str, expected: str) -> None:
        super().__init__(f"{name} is {value!r}, which is not {expected}.", f"Set {name} to {expected}, or unset it.")


class NotFound(MianyueError):
    """What was asked for does not exist (or the asker may not know of it)."""

    code = "not_found"


class Refused(MianyueError):
    """The act is not possible in the present state; nothing was changed."""

    code = "refused"


class SomebodyWasFirst(Refused):
    """Another act changed the same thing a moment before; nothing was changed by this one."""

    code = "somebody_was_first"


class Unavailable(MianyueError):
    """A part that mianyue depends on (database, mail server) does not answer."""

    code = "unavailable"
