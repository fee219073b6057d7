"""How the scheduling benchmark is asked to run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """``quick``: everything small, for a look; ``kit``: a folder with workloads and truths made elsewhere, used besides our own."""

    quick: bool = False
    kit: Path | None = None

    def times(self, many: int, few: int) -> int:
        """How many repetitions, cases or candidates: ``many``, or ``few`` for a quick run."""
        return few if self.quick else many
