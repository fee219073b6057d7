"""Who acts, as the journal remembers them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """``kind`` is user, candidate, interviewer, program (CLI, API) or system; ``id`` is never a name."""

    kind: str
    id: str = ""


SYSTEM = Actor("system")
