"""Who has to decide what: a table by kind, and the chain it makes for one person in their department."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from mianyue.domain.approvals.models import Approval, ApprovalStep

Kind, Role = Approval.Kind, ApprovalStep.Role

POLICY: dict[str, tuple[Role, ...]] = {
    Kind.LEAVE: (Role.MANAGER, Role.HR),
    Kind.OVERTIME: (Role.MANAGER, Role.HR),
    Kind.TRIP: (Role.MANAGER, Role.HR),
    Kind.CORRECTION: (Role.MANAGER,),
    Kind.ROOM: (Role.MANAGER,),
    Kind.INTERVIEW: (Role.HR,),
}
"""Whose decisions each kind needs, in order. A punch that failed and a room are the manager's affair; a promise to a candidate is HR's."""

SHORT: dict[str, tuple[timedelta, tuple[Role, ...]]] = {Kind.TRIP: (timedelta(days=1), (Role.MANAGER,))}
"""What is no longer than this needs only these: a visit to a customer shouldn't wait for HR."""


@dataclass(frozen=True, slots=True)
class Line:
    """Who leads the asker's department and those above it, from near to far, and who decides for HR there; None: anybody of HR."""

    managers: tuple[UUID, ...] = ()
    hr: UUID | None = None


Link = tuple[Role, UUID | None]
"""One step of a chain: in which role, and who; nobody is HR at the console."""


def roles_of(kind: str, length: timedelta | None = None) -> tuple[Role, ...]:
    """Whose decisions a request of that kind and length needs."""
    longest, roles = SHORT.get(kind, (timedelta(), ()))
    return roles if length is not None and length <= longest else POLICY[kind]


def chain(roles: tuple[Role, ...], asker: UUID, line: Line, able: Callable[[UUID], bool]) -> list[Link]:
    """The steps to take, at least one. Nobody decides their own, and whoever isn't ``able`` is passed over: in a manager's place comes
    the manager of the department above, then HR; in the place of one person of HR, anybody of HR. Nobody is asked twice."""
    found: list[Link] = []
    for role in roles:
        link = successor(role, asker, line, able)
        if link[1] not in [approver for _, approver in found]:
            found.append(link)
    return found


def successor(role: Role, asker: UUID, line: Line, able: Callable[[UUID], bool]) -> Link:
    """Who decides in that role: the nearest who may."""
    if role == Role.MANAGER:
        for manager in line.managers:
            if manager != asker and able(manager):
                return Role.MANAGER, manager
    return Role.HR, line.hr if line.hr not in (None, asker) and able(line.hr) else None
