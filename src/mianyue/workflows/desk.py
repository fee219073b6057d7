"""What a recruiter does by hand, written into the journal: closing a task that mianyue can't settle, opening a résumé."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mianyue.base.errors import NotFound, SomebodyWasFirst
from mianyue.domain.desk import actions
from mianyue.domain.desk.models import Task
from mianyue.domain.recruiting.models import Application, Resume
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import Actor


def close_task(task_id: UUID, actor: Actor, now: datetime) -> Task:
    """Closes an open task. Raises NotFound for an unknown one, SomebodyWasFirst for one that is closed already."""
    with transaction.atomic():
        task = Task.objects.filter(pk=task_id).first()
        if task is None:
            raise NotFound(f"There is no task {task_id}.", "Reload the queue.")
        if not actions.close(task_id, now):
            raise SomebodyWasFirst("This task is done already.", "Reload the queue.")
        record("task.closed", task, actor, now, application=task.application_code, kind=task.kind)
        return task


def open_resume(application_id: UUID, actor: Actor, now: datetime) -> Resume:
    """The application's résumé, for somebody who may see it all; the journal knows who looked. Raises NotFound."""
    with transaction.atomic():
        application = Application.objects.select_related("resume").filter(pk=application_id).first()
        if application is None or application.resume is None:
            raise NotFound("There is no résumé.", "Add the file to resumes/ and import again.")
        record("resume.opened", application, actor, now, application=application.code)
        return application.resume


def refuse_resume(application_id: UUID, actor: Actor, now: datetime) -> None:
    """Somebody who may not see it asked for the application's résumé, and the journal knows. Raises NotFound."""
    with transaction.atomic():
        application = Application.objects.filter(pk=application_id).first()
        if application is None:
            raise NotFound("There is no such application.", "Look for it in the list.")
        record("resume.refused", application, actor, now, application=application.code)
