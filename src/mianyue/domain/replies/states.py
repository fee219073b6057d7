"""The life of what somebody said, as a table: what is not in it can't happen."""

from __future__ import annotations

from django.db.models import TextChoices


class HeardState(TextChoices):
    WAITING = "waiting", "Not thought about yet"
    ACTED = "acted", "Done as asked"
    ASKED_BACK = "asked_back", "Asked back with one tap"
    WITH_PERSON = "with_person", "With a person"
    NOTHING = "nothing", "Nothing to do"
    STALE = "stale", "About something that had changed"


TRANSITIONS: dict[str, frozenset[str]] = {
    HeardState.WAITING: frozenset(set(HeardState) - {HeardState.WAITING}),
    HeardState.ASKED_BACK: frozenset({HeardState.ACTED, HeardState.WITH_PERSON, HeardState.NOTHING}),
    HeardState.WITH_PERSON: frozenset({HeardState.ACTED, HeardState.NOTHING}),
    HeardState.ACTED: frozenset({HeardState.ACTED, HeardState.WITH_PERSON, HeardState.NOTHING}),
    HeardState.STALE: frozenset({HeardState.ACTED, HeardState.WITH_PERSON, HeardState.NOTHING}),
    HeardState.NOTHING: frozenset({HeardState.ACTED, HeardState.WITH_PERSON}),
}


def sources(target: str) -> list[str]:
    """The states from which ``target`` can be reached."""
    return [state for state, targets in TRANSITIONS.items() if target in targets]
