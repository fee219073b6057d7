"""One finding of an import, with what is wrong, what mianyue did, and what the person should do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from mianyue.domain.intake.kinds import APPLICATION_MARKED, KINDS, REASONS, Severity

_APPLICATION_CODES = frozenset({"missing_value", "bad_value", "unknown_job"})

_WHAT = {
    "leave": "the leave",
    "overtime": "the overtime",
    "room_bookings": "the booking",
    "shift_assignments": "the assignment",
    "employees": "the employment",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. ``row`` is the spreadsheet's, None for a whole file; ``value`` may be personal and is for the report only."""

    code: str
    severity: Severity
    file: str
    row: int | None
    key: str
    column: str
    value: str
    related: str | None
    message: Mapping[str, str]
    done: Mapping[str, str]

    def as_dict(self) -> dict[str, object]:
        """The finding as the report prints it; ``related`` only where there is one."""
        fields = {name: getattr(self, name) for name in self.__slots__ if name not in ("message", "done")}
        if self.related is None:
            del fields["related"]
        return fields | {"message": dict(self.message), "done": dict(self.done)}


def problem(
    code: str,
    file: str,
    row: int | None = None,
    key: str = "",
    column: str = "",
    value: str = "",
    related: str | None = None,
    reason: str = "",
) -> Problem:
    """The finding ``code`` with its texts; ``reason`` is a key of REASONS, or English text of its own."""
    kind = KINDS[code]
    stem = file.rpartition(".")[0]
    reasons = REASONS.get(reason, (reason, reason))
    done = APPLICATION_MARKED if stem == "applications" and code in _APPLICATION_CODES else kind.done

    def both(texts: tuple[str, str]) -> Mapping[str, str]:
        filled = [
            pattern.format(value=value, related=related, key=key, reason=why, what=_WHAT.get(stem, "the interval"))
            for pattern, why in zip(texts, reasons, strict=True)
        ]
        return MappingProxyType(dict(zip(("en", "zh-CN"), filled, strict=True)))

    return Problem(code, kind.severity, file, row, key, column, value, related, both(kind.message), both(done))


def calendar_event_unreadable(employee_id: str, uid: str, reason: str) -> Problem:
    """A broken event of an employee's calendar, as the calendar plug reported it."""
    return problem("calendar_event_unreadable", f"calendars/{employee_id}.ics", key=employee_id, value=uid, reason=reason)


def calendar_hours_unreadable(employee_id: str, uid: str, reason: str) -> Problem:
    """Working hours in an employee's calendar that the calendar plug could not understand."""
    return problem("calendar_hours_unreadable", f"calendars/{employee_id}.ics", key=employee_id, value=uid, reason=reason)


def calendar_unreadable(employee_id: str) -> Problem:
    """A calendar file that is no calendar at all."""
    return problem("calendar_unreadable", f"calendars/{employee_id}.ics", key=employee_id)
