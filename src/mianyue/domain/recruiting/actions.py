"""Changing what becomes of an application."""

from __future__ import annotations

from mianyue.domain.recruiting.models import Application

State = Application.State

TRANSITIONS: dict[str, frozenset[str]] = {
    State.ACTIVE: frozenset({State.PASSED, State.REJECTED, State.WITHDRAWN}),
    State.PASSED: frozenset({State.HIRED, State.REJECTED, State.WITHDRAWN}),
    State.HIRED: frozenset({State.WITHDRAWN}),
    State.REJECTED: frozenset(),
    State.WITHDRAWN: frozenset(),
}


def move(application: Application, to: str) -> bool:
    """Brings the application into state ``to`` if the table allows it. False, changing nothing, when it doesn't."""
    allowed = [state for state, targets in TRANSITIONS.items() if to in targets]
    if not Application.objects.filter(pk=application.pk, state__in=allowed).update(state=to):
        return False
    application.state = to
    return True


def withdraw(application: Application) -> bool:
    """The candidate stepped back before anybody hired them."""
    if application.state == State.HIRED:
        return False
    return move(application, State.WITHDRAWN)


def fall_through(application: Application) -> bool:
    """The hire will not come. False where there was none."""
    return application.state == State.HIRED and move(application, State.WITHDRAWN)


def advance(application: Application, from_round: int) -> bool:
    """Brings the application to the round after ``from_round``, once."""
    moved = Application.objects.filter(pk=application.pk, round_number=from_round, state=State.ACTIVE).update(
        round_number=from_round + 1
    )
    application.round_number = from_round + 1
    return bool(moved)
