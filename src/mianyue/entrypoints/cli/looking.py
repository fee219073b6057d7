"""``mianyue status`` and ``mianyue doctor``: what is going on, and what is wrong."""

from __future__ import annotations

import os
import sys
from collections import Counter
from datetime import timedelta
from typing import Any

import click

from mianyue.base import zones
from mianyue.base.errors import MianyueError
from mianyue.entrypoints.cli.machine import Machine
from mianyue.entrypoints.cli.printing import emit, foreseen_errors, json_option
from mianyue.worktime.day_kinds import last_announced

_BEFORE_NEXT_YEAR = timedelta(days=45)
"""The State Council's notice for a year has come in October, November or the first half of December before."""


@click.command()
@json_option
@click.pass_obj
@foreseen_errors
def status(machine: Machine, as_json: bool) -> int:
    """Show how many applications, interviews, letters and open tasks there are, by state."""
    machine.start()
    from mianyue.domain.desk.models import Task
    from mianyue.domain.interviews.models import Claim, Interview
    from mianyue.domain.notices.models import Delivery
    from mianyue.domain.recruiting.models import Application
    from mianyue.domain.timers.models import Timer

    now = machine.now()
    told: dict[str, Any] = {
        "now": now,
        "worker_alive": machine.worker_alive(),
        "applications": Counter(Application.objects.values_list("state", flat=True)),
        "interviews": Counter(Interview.objects.values_list("state", flat=True)),
        "claims": Counter(Claim.objects.values_list("state", flat=True)),
        "deliveries": Counter(Delivery.objects.values_list("state", flat=True)),
        "open_tasks": Counter(Task.objects.filter(state=Task.State.OPEN).values_list("kind", flat=True)),
        "timers_pending": Timer.objects.filter(state=Timer.State.PENDING).count(),
        "timers_overdue": Timer.objects.filter(state=Timer.State.PENDING, due_at__lte=now).count(),
    }
    if as_json:
        emit(told)
    else:
        for name, value in told.items():
            shown = ", ".join(f"{k} {v}" for k, v in sorted(value.items())) or "none" if isinstance(value, dict) else value
            click.echo(f"{name.replace('_', ' '):16} {shown}")
    return 0


@click.command()
@json_option
@click.pass_obj
@foreseen_errors
def doctor(machine: Machine, as_json: bool) -> int:
    """Check what mianyue depends on and say what to do about it. Exit code 1 when something must be mended."""
    checks = [_check(name, question, machine) for name, question in _CHECKS]
    if all(check["state"] != "bad" for check in checks):
        checks += [_check(name, question, machine) for name, question in _CHECKS_OF_THE_DATABASE]
    healthy = all(check["state"] != "bad" for check in checks)
    if as_json:
        emit({"healthy": healthy, "checks": checks})
    else:
        for check in checks:
            click.echo(f"{ {'ok': '✓', 'warn': '!', 'bad': '✗'}[check['state']] } {check['name']:12} {check['message']}")
            if check["hint"]:
                click.echo(f"               → {check['hint']}")
    return 0 if healthy else 1


def _check(name: str, question: Any, machine: Machine) -> dict[str, str]:
    try:
        state, message, hint = question(machine)
    except MianyueError as error:
        state, message, hint = "bad", str(error), error.hint
    return {"name": name, "state": state, "message": message, "hint": hint}


def _settings(machine: Machine) -> tuple[str, str, str]:
    machine.check_settings()
    stray = machine.undeclared()
    if stray:
        return "warn", f"Nothing reads {', '.join(stray)}.", "Is it spelled right? docs/operations.md lists every setting."
    return "ok", "Every setting is understood.", ""


def _zones(machine: Machine) -> tuple[str, str, str]:
    used, packaged = zones.release(), zones.packaged_release()
    if zones.packaged():
        return "ok", f"Time zone rules {used}, installed with mianyue.", ""
    message = f"Time zone rules {used or 'of an unknown release'}, the operating system's; mianyue's own are {packaged}."
    if used < packaged:
        return "warn", message, "Update the operating system's tzdata, or unset MIANYUE_ZONE_DATA."
    return "ok", message, ""


def _database(machine: Machine) -> tuple[str, str, str]:
    machine.start()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), current_user, has_table_privilege('security_journalentry', 'DELETE')"
        )
        version, role, may_delete = cursor.fetchone()
    if int(version.split(".")[0]) < 15:
        return "bad", f"PostgreSQL {version} is too old.", "Use 15 or newer."
    if may_delete:
        return "bad", f"The role {role} may delete journal rows.", "Run mianyue manage migrate as the database's owner."
    return "ok", f"PostgreSQL {version}, acting as {role}.", ""


def _company(machine: Machine) -> tuple[str, str, str]:
    from mianyue.domain.organization.queries import company

    return "ok", company().name, ""


def _holidays(machine: Machine) -> tuple[str, str, str]:
    from mianyue.domain.organization.queries import company

    country = company().holiday_country
    last = last_announced(country)
    if last is None:
        return "ok", f"Public holidays of {country} by law.", ""
    known = f"Public holidays of {country} are known until {last}."
    if last - machine.now().date() >= _BEFORE_NEXT_YEAR:
        return "ok", known, ""
    return "warn", f"{known} Later days are only predicted.", "docs/day-kinds.md says how to add next year's notice."


def _attendance(machine: Machine) -> tuple[str, str, str]:
    from django.conf import settings

    from mianyue.workflows.attendance.source import unanswered

    if error := unanswered(machine.now()):
        return "bad", str(error), error.hint
    return "ok", f"Attendance answers: {settings.MIANYUE_ATTENDANCE}.", ""


def _worker(machine: Machine) -> tuple[str, str, str]:
    if machine.worker_alive():
        return "ok", "A worker is running.", ""
    return "warn", "No worker is running: no reminders, no follow-ups.", "Run mianyue up, or mianyue worker."


def _mail(machine: Machine) -> tuple[str, str, str]:
    from mianyue.ports import registry

    registry.plug("channel", "email")
    from mianyue.domain.notices.models import Delivery

    waiting = Delivery.objects.filter(state__in=[Delivery.State.QUEUED, Delivery.State.SENDING], attempt__gt=1).count()
    if waiting:
        return "warn", f"{waiting} letters are being retried.", "Look at the outbox for what the mail server said."
    return "ok", "EMAIL_URL is understood, and no letter is being retried.", ""


def _answers(machine: Machine) -> tuple[str, str, str]:
    from django.conf import settings

    from mianyue.workflows.hear_mail import MOST_AT_ONCE, mailbox

    if not settings.MIANYUE_MAILBOX:
        return "ok", "No mailbox is set: answers by mail go to people, candidates' pages are read.", ""
    with mailbox().open() as opened:
        waiting = len(opened.waiting(MOST_AT_ONCE))
    if not settings.MIANYUE_REPLY_TO:
        return "warn", "The mailbox answers, but letters don't name it.", "Set MIANYUE_REPLY_TO to its address."
    return "ok", f"The mailbox answers. Mails that wait in it: {waiting}.", ""


def _writer(machine: Machine) -> tuple[str, str, str]:
    from django.conf import settings

    from mianyue.domain.notices.wording.queries import writer_state
    from mianyue.ports import registry

    if settings.MIANYUE_WRITER == "template":
        return "ok", "Letters are worded by templates.", ""
    model = registry.plug("writer", settings.MIANYUE_WRITER).model
    state = writer_state()
    if not state.on:
        return "warn", "The writer is switched off: templates go out.", "Switch it on in the console, under Wording of letters."
    if state.opened_at:
        return "warn", "The writer keeps failing and is left alone: templates go out.", "Look at Wording of letters in the console."
    return "ok", f"The writer {model} is set up; it is asked before invitations by mail.", ""


def _extras(machine: Machine) -> tuple[str, str, str]:
    from django.conf import settings

    from mianyue.understanding.phrases import bundled
    from mianyue.understanding.resume import ocr
    from mianyue.workflows.encoding import encoder, name_of_encoder

    there = {"ocr": ocr.available(), "embed": bundled.available()}
    told = ", ".join(f"{name} {'is installed' if found else 'is missing'}" for name, found in there.items())
    missing = ",".join(name for name, found in there.items() if not found)
    hint = f"Without ocr scans come to people, without embed only languages of the grammar are read: uv pip install 'mianyue[{missing}]'"
    if settings.MIANYUE_ENCODER not in ("none", "") and not name_of_encoder():
        return "warn", f"{told}; MIANYUE_ENCODER asks for embed.", hint
    asked = encoder()
    if asked is not None:
        try:
            asked.embed(["面试"])
        except MianyueError as error:
            return "warn", f"{told}; the encoder {asked.name} does not answer: {error}", error.hint
        told = f"{told}; the encoder {asked.name} answers"
    elif name_of_encoder():
        return "warn", f"{told}; the encoder {name_of_encoder()} is not set up.", "Check the settings MIANYUE_ENCODER_…"
    return "ok", f"{told}.", hint if missing else ""


def _keys(machine: Machine) -> tuple[str, str, str]:
    from django.conf import settings

    folder = settings.MIANYUE_HOME / "keys"
    if os.name == "posix" and folder.stat().st_mode & 0o077:
        return "bad", f"{folder} can be read by others.", f"chmod 700 {folder}"
    return "ok", f"Keys are in {folder}.", "Back them up apart from the database: without them personal data can't be read."


def _python(machine: Machine) -> tuple[str, str, str]:
    return "ok", f"Python {sys.version.split()[0]}", ""


_CHECKS = (
    ("python", _python),
    ("settings", _settings),
    ("database", _database),
    ("keys", _keys),
)
_CHECKS_OF_THE_DATABASE = (
    ("time zones", _zones),
    ("company", _company),
    ("holidays", _holidays),
    ("attendance", _attendance),
    ("mail", _mail),
    ("answers", _answers),
    ("writer", _writer),
    ("extras", _extras),
    ("worker", _worker),
)
"""Only asked once the ones above are good: they would only say the same again."""
