"""Asking a person, and being done with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from mianyue.domain.desk.models import Task


def ask(kind: str, subject_id: UUID, application_code: str, now: datetime, said: str | None = None, **facts: Any) -> Task:
    """Puts a task before people. An open task of that kind and subject is brought up to date instead of doubled."""
    task, fresh = Task.objects.select_for_update().get_or_create(
        kind=kind,
        subject_id=subject_id,
        state=Task.State.OPEN,
        defaults={"application_code": application_code, "facts": facts, "said": said, "opened_at": now},
    )
    if fresh:
        return task
    task.facts = facts
    if said is not None:
        task.said = f"{task.said}\n\n{said}" if task.said else said
    task.save(update_fields=["facts", "said"])
    return task


def settle(subject_id: UUID, now: datetime, kinds: Sequence[str] = ()) -> int:
    """Closes the subject's open tasks, of all kinds or of those named. Returns how many."""
    tasks = Task.objects.filter(subject_id=subject_id, state=Task.State.OPEN)
    if kinds:
        tasks = tasks.filter(kind__in=kinds)
    return tasks.update(state=Task.State.DONE, closed_at=now)


def close(task_id: UUID, now: datetime) -> int:
    """Closes one task; 0 when somebody was first."""
    return Task.objects.filter(pk=task_id, state=Task.State.OPEN).update(state=Task.State.DONE, closed_at=now)
