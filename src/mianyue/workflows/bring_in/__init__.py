"""Step 0: the files a company already has become rows; whatever is wrong with them is said, row by row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from mianyue.domain.attendance.actions.days import forget_days_of
from mianyue.domain.intake.actions import keep_report
from mianyue.domain.intake.folder import read_folder
from mianyue.domain.intake.problems import Problem
from mianyue.domain.organization.models import Company
from mianyue.domain.security.actions import record
from mianyue.domain.security.actor import Actor
from mianyue.workflows.bring_in.calendars import bring_calendars, read_calendars
from mianyue.workflows.bring_in.candidates import bring_candidates
from mianyue.workflows.bring_in.resumes import check_resumes, read_resumes
from mianyue.workflows.bring_in.rows import Tally
from mianyue.workflows.bring_in.tables import bring_tables
from mianyue.workflows.freed import freed
from mianyue.workflows.replan import Replanned, replan

UNREADABLE = frozenset({"unreadable_table", "missing_column"})
"""Findings after which a table's content is unknown: whom it would have blocked is not free."""

DAYS_COME_FROM = frozenset(
    {
        *(
            "employees",
            "sites",
            "shifts",
            "shift_assignments",
            "attendance_groups",
            "group_members",
            "rotations",
            "rotation_days",
            "rosters",
        ),
        *("leave", "overtime", "trips"),
    }
)
"""Tables out of which attendance days are derived: where one has changed, days that aren't signed off are derived anew."""

ABSENT = UNREADABLE | {"missing_table"}
"""Findings after which what an earlier import said of that table stays."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import did: counts per table, and every finding."""

    tables: dict[str, dict[str, int]]
    changes: int
    problems: list[Problem]
    replanned: list[Replanned] = field(default_factory=list)


def bring_in(
    path: Path, actor: Actor, now: datetime, *, dry_run: bool = False, progress: Callable[[str], None] = lambda name: None
) -> Brought:
    """Imports a company folder. All of it is written in one transaction, or (``dry_run``, or an error) nothing.

    The same folder again changes nothing; a changed one updates, and promises that it has made untrue are mended right away.
    Raises NotFound when there is no folder.
    """
    folder = read_folder(path, today=now.date(), progress=progress)
    resumes = read_resumes(folder, now.date(), progress)
    applications_file = next((p.name for p in sorted(path.glob("applications.*"))), "applications.csv")
    calendars, unreadable = read_calendars(folder, now, progress)
    tally = Tally()
    with transaction.atomic():
        with connection.cursor() as cursor:  # two imports at once follow one another
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('mianyue.import'))")
        rows, found = check_resumes(folder, resumes, applications_file)
        problems = sorted([*folder.problems, *found, *unreadable], key=lambda p: (p.file, p.row or 0))
        unread, absent = (
            frozenset(p.file.rpartition(".")[0] for p in problems if p.code in codes) for codes in (UNREADABLE, ABSENT)
        )
        bring_tables(folder, now, absent, tally)
        bring_candidates(rows, resumes, Company.objects.get(pk=1), tally, now)
        bring_calendars(calendars, now, tally)
        if tally.changes:
            freed(now)  # leave taken back, a meeting called off, somebody new: the files don't say what they set free
        batch = keep_report(path.name, now, tally.as_dict(), problems, sorted(unread))
        record("import.finished", batch, actor, now, changes=tally.changes, problems=len(problems))
        if any(tally.changed(table) for table in DAYS_COME_FROM):
            forget_days_of(None, None, None)  # last, because it locks everybody's days
        if dry_run:
            transaction.set_rollback(True)
    replanned = replan(actor, now) if tally.changes and not dry_run else []
    return Brought(tally.as_dict(), tally.changes, problems, replanned)
