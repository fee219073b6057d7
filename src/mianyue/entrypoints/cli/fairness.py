"""``mianyue fairness``: would the match be the same, had somebody else written the résumé?"""

from __future__ import annotations

import click

from mianyue.entrypoints.cli.machine import Machine
from mianyue.entrypoints.cli.printing import emit, foreseen_errors, json_option


@click.command()
@click.option("--job", metavar="ID", default="", help="Only the applications for this job.")
@json_option
@click.pass_obj
@foreseen_errors
def fairness(machine: Machine, job: str, as_json: bool) -> int:
    """Compare each résumé's match with that of the same résumé under other names, schools, ages, genders; change nothing."""
    machine.start()
    from mianyue.workflows.fairness import check_fairness

    report = check_fairness(job, machine.now())
    if as_json:
        emit(
            {
                "resumes": report.resumes,
                "pairs": report.pairs,
                "largest": report.largest,
                "groups": {
                    group.name: {"pairs": group.pairs, "differing": group.differing, "largest": group.largest, "mean": group.mean}
                    for group in report.groups
                },
                "differing": [
                    {"application_id": code, "changed": what, "before": before, "after": after}
                    for code, what, before, after in report.differing
                ],
            }
        )
    else:
        click.echo(f"{report.resumes} résumés, {report.pairs} pairs compared; the largest difference is {report.largest:.4f}.")
        for group in report.groups:
            click.echo(f"  {group.name:10} {group.pairs:6} pairs  {group.differing:4} differ  largest {group.largest:.4f}")
        for code, what, before, after in report.differing:
            click.echo(f"  {code}: {before:.4f} → {after:.4f} when the {what} is another")
    return 1 if report.differing else 0
