"""``make bench``: every benchmark in one run on one machine, so that the ratios mean something."""

from __future__ import annotations

import time

from benchmarks import list_page, notices, picks, recommendation, resumes
from benchmarks.big_company import describe, write_company
from benchmarks.harness import TODAY, Row, machine, show, throw_away_installation


def main() -> None:
    """Imports a company, invites everybody, and measures each step of the way."""
    print(machine())
    with throw_away_installation() as home:
        from django.conf import settings

        from mianyue.domain.security.actor import SYSTEM
        from mianyue.workflows.bring_in import bring_in
        from mianyue.workflows.invite import Wish, invite

        folder = write_company(home / "company", applications=200, interviewers=60, rooms=50, today=TODAY, days=20)
        print(describe(folder))
        bring_in(folder, SYSTEM, settings.CLOCK.now())
        show("resumes", resumes.run(home))
        show("recommendation", recommendation.run(home))
        start = time.perf_counter()
        fresh = sum(i.fresh for i in invite(Wish(everyone=True), SYSTEM, settings.CLOCK.now()))
        show(
            "inviting",
            [Row("applications invited: planned, held, written", fresh / (time.perf_counter() - start), None, "per second", "–")],
        )
        show("notices", notices.run(home))
        show("picks", picks.run(home))
        show("list_page", list_page.run(home))


if __name__ == "__main__":
    main()
