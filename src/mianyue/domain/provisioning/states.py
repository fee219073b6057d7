"""The life of a run and of its steps as tables: what is not in them can't happen."""

from __future__ import annotations

from mianyue.domain.provisioning.models import Run, Step

RUN: dict[str, frozenset[str]] = {
    Run.State.RUNNING: frozenset({Run.State.DONE, Run.State.STUCK, Run.State.REVERSING}),
    Run.State.STUCK: frozenset({Run.State.DONE, Run.State.RUNNING, Run.State.REVERSING}),
    Run.State.DONE: frozenset({Run.State.RUNNING, Run.State.REVERSING}),
    Run.State.REVERSING: frozenset({Run.State.REVERSED}),
    Run.State.REVERSED: frozenset(),
}

STEP: dict[str, frozenset[str]] = {
    Step.State.WAITING: frozenset({Step.State.DONE, Step.State.FAILED, Step.State.REFUSED, Step.State.UNDOING, Step.State.UNDONE}),
    Step.State.FAILED: frozenset({Step.State.DONE, Step.State.FAILED, Step.State.REFUSED, Step.State.WAITING, Step.State.UNDOING}),
    Step.State.REFUSED: frozenset({Step.State.DONE, Step.State.WAITING, Step.State.UNDOING, Step.State.UNDONE}),
    Step.State.DONE: frozenset({Step.State.WAITING, Step.State.UNDOING}),
    Step.State.UNDOING: frozenset({Step.State.UNDONE, Step.State.UNDOING, Step.State.REFUSED}),
    Step.State.UNDONE: frozenset(),
}

OPEN = (Run.State.RUNNING, Run.State.STUCK, Run.State.REVERSING)
"""States of a run in which something is still to be done."""

TO_DO = (Step.State.WAITING, Step.State.FAILED)
"""States of a step in which it is tried."""


def run_sources(target: str) -> list[str]:
    """The states of a run from which ``target`` can be reached."""
    return [state for state, targets in RUN.items() if target in targets]


def step_sources(target: str) -> list[str]:
    """The states of a step from which ``target`` can be reached."""
    return [state for state, targets in STEP.items() if target in targets]
