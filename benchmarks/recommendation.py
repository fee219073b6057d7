"""One recommendation: the thinking alone, and with everything read from the database."""

from __future__ import annotations

from pathlib import Path

from benchmarks.harness import Row, median_ms


def run(home: Path) -> list[Row]:
    """Needs the sample of ``big_company`` imported. The floor of the thinking is ANDing the same masks once; of the whole, its SQL alone."""
    from django.conf import settings
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from mianyue.domain.recruiting.models import Application, Round
    from mianyue.scheduling.best.rank import recommend
    from mianyue.workflows.find_slots import recommend_for
    from mianyue.workflows.gather import gather

    application = Application.objects.select_related("candidate", "job__site").filter(job__rounds__needs_room=True).first()
    round_ = Round.objects.get(job=application.job, number=1)
    now = settings.CLOCK.now()
    facts = gather([(application, round_)], now)
    need = facts.needs[application.pk]
    engine = median_ms(lambda: recommend(need, facts.people, facts.rooms), cpu=True)
    masks = [(1 << 4000 + n) - 1 for n in range(len(facts.people) + len(facts.rooms))]

    def and_all() -> int:
        result = masks[0]
        for mask in masks:
            result &= mask
        return result

    whole = median_ms(lambda: recommend_for(application, round_, now))
    with CaptureQueriesContext(
        connection,
    ) as captured:
        recommend_for(application, round_, now)
    statements = [query["sql"] for query in captured.captured_queries]

    def sql_alone() -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
                cursor.fetchall()

    return [
        Row("one recommendation, engine alone (CPU)", engine, median_ms(and_all, cpu=True), "ms", "AND of as many masks"),
        Row(
            f"one recommendation with {len(statements)} SQL queries",
            whole,
            median_ms(sql_alone),
            "ms",
            "the same SQL, rows thrown away",
        ),
    ]
