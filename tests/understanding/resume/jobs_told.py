"""The jobs that a résumé's text tells on one day, as pairs that a table can hold."""

from datetime import date

from mianyue.understanding.resume.facts import read_facts

TODAY = date(2026, 11, 23)


def jobs_told(text):
    """Employer and title of each job, None for what isn't told."""
    return [
        (job.employer.value if job.employer else None, job.title.value if job.title else None)
        for job in read_facts(text, today=TODAY).jobs
    ]
