"""Step 1, checked: whether the match of the company's own résumés would be the same, had other people written them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mianyue.base.errors import NotFound
from mianyue.domain.recruiting.models import Application, Job
from mianyue.understanding.match.fairness import Difference, differences
from mianyue.understanding.match.requirements import requirements


@dataclass(frozen=True, slots=True)
class Group:
    """The pairs in which one thing about the writer was changed."""

    name: str
    pairs: int
    differing: int
    largest: float
    mean: float


@dataclass(frozen=True, slots=True)
class Report:
    """``resumes`` looked at, ``pairs`` compared, and the worst: ``differing`` are (application's code, what, score before, after)."""

    resumes: int
    pairs: int
    largest: float
    groups: tuple[Group, ...]
    differing: tuple[tuple[str, str, float, float], ...]


def check_fairness(job: str, now: datetime) -> Report:
    """Compares the match of each active application's résumé with that of its copies in other people's names.

    ``job``: the code of one job, empty for all. Writes nothing. Raises NotFound.
    """
    if job and not Job.objects.filter(code=job).exists():
        raise NotFound(f"There is no job {job}.", "Look at the jobs table of the company's folder.")
    every = Application.objects.filter(state=Application.State.ACTIVE, resume__isnull=False).select_related("job", "resume")
    every = every.defer("resume__content", "resume__facts", "resume__confirmed", "note").order_by("code")
    found: list[tuple[str, Difference]] = []
    resumes = 0
    for application in every.filter(job__code=job) if job else every:
        text = application.resume.text if application.resume else None
        if text:
            resumes += 1
            wanted = requirements(application.job.keywords, application.job.description)
            found += [(application.code, difference) for difference in differences(wanted, text, now.date())]
    return report(resumes, found)


def report(resumes: int, found: Sequence[tuple[str, Difference]]) -> Report:
    """The differences by group, and each pair that differs."""
    groups = []
    for name in dict.fromkeys(difference.group for _, difference in found):
        sizes = [difference.size for _, difference in found if difference.group == name]
        groups.append(Group(name, len(sizes), sum(size > 0 for size in sizes), max(sizes), sum(sizes) / len(sizes)))
    differing = tuple((code, d.group, d.before, d.after) for code, d in found if d.size)
    return Report(resumes, len(found), max((d.size for _, d in found), default=0.0), tuple(groups), differing)
