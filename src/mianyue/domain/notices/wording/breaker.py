"""When a writer that keeps failing is left alone: the circuit breaker's rules, over values that all workers share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

MOST_IN_A_ROW = 5
LATELY = 20
"""So many outcomes are looked at; more than half of them failures opens the breaker as well."""
REST = timedelta(seconds=60)
"""After this one worker may try; it answers, and the breaker closes."""


@dataclass(frozen=True, slots=True)
class Health:
    """``lately``: outcomes, oldest first, ``+`` answered and ``-`` failed; ``opened_at`` None while closed, ``probe_at`` who tries since."""

    failures_in_a_row: int = 0
    lately: str = ""
    opened_at: datetime | None = None
    probe_at: datetime | None = None

    def may_ask(self, now: datetime) -> tuple[bool, Health]:
        """Whether to ask, and the health after that answer: of an open breaker only one is let through per rest."""
        if self.opened_at is None:
            return True, self
        if now < self.opened_at + REST or (self.probe_at is not None and now < self.probe_at + REST):
            return False, self
        return True, Health(self.failures_in_a_row, self.lately, self.opened_at, now)

    def after(self, answered: bool, now: datetime) -> Health:
        """The health after an outcome. An answer closes the breaker and forgets; a failure may open it, or keep it open anew."""
        if answered and self.opened_at is not None:
            return Health()
        lately = (self.lately + ("+" if answered else "-"))[-LATELY:]
        failures = 0 if answered else min(self.failures_in_a_row + 1, 999)
        too_many = failures >= MOST_IN_A_ROW or (len(lately) == LATELY and lately.count("-") * 2 > LATELY)
        return Health(failures, lately, now if too_many or self.opened_at is not None else None, None)
