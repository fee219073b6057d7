"""Times on days whose holidays nobody has announced yet: found, and told to be so."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from mianyue.domain.organization.models import Company, Employee, Site
from mianyue.domain.recruiting.models import Application, Round
from mianyue.domain.security.actor import SYSTEM
from mianyue.workflows.gather import Search, gather
from mianyue.workflows.invite import Wish, invite, look
from mianyue.workflows.tell import describe

# In Shanghai the year turns at 16:00 UTC.
NEW_YEAR = datetime(2026, 12, 31, 16, tzinfo=UTC)


def options(code: str, now: datetime) -> list[dict]:
    (row,) = describe(look(Wish([code], earliest=date(2026, 12, 30), days=12), now))
    return row["options"]


def test_a_horizon_into_next_year_says_of_which_times_the_day_is_predicted(company, now):
    told = options("A039", now)
    assert [option["predicted_day"] for option in told] == [option["start"] >= "2027" for option in told]
    assert any(option["predicted_day"] for option in told)


@pytest.mark.parametrize(
    ("company_in", "job_in", "panel_in", "predicted"),
    [("DE", "DE", "DE", False), ("CN", "DE", "DE", True), ("DE", "CN", "DE", True), ("DE", "DE", "CN", True)],
)
def test_the_company_the_site_and_each_of_the_panel_count(company, now, company_in, job_in, panel_in, predicted):
    application = Application.objects.select_related("candidate", "job__site").get(code="A039")
    round_ = Round.objects.get(job_id=application.job_id, number=application.round_number)
    elsewhere = Site.objects.exclude(pk=application.job.site_id).first()
    Company.objects.update(holiday_country=company_in)
    Site.objects.filter(pk=application.job.site_id).update(holiday_country=job_in)
    Site.objects.filter(pk=elsewhere.pk).update(holiday_country=panel_in, time_zone="Asia/Shanghai")
    Employee.objects.update(site=elsewhere)
    told = options("A039", now)
    assert told and [option["predicted_day"] for option in told if option["start"] >= "2027"] == [predicted] * len(
        [option for option in told if option["start"] >= "2027"]
    )
    application.job.site.refresh_from_db()
    need = gather([(application, round_)], now, Search(date(2027, 1, 4), 3)).needs[application.pk]
    assert bool(need.predicted) == ("CN" in (company_in, job_in))


def test_the_days_begin_with_the_year_at_the_site(company, now):
    application = Application.objects.select_related("candidate", "job__site").get(code="A039")
    round_ = Round.objects.get(job_id=application.job_id, number=application.round_number)
    facts = gather([(application, round_)], now, Search(date(2026, 12, 30), 12))
    need = facts.needs[application.pk]
    assert {span.start for span in need.predicted} == {NEW_YEAR}
    assert min(span.start for person in facts.people.values() for span in person.predicted) >= NEW_YEAR - timedelta(hours=1)


def test_the_candidate_is_never_told(company, now, post, mail):
    (invited,) = invite(Wish(["A039"], earliest=date(2027, 1, 4)), SYSTEM, now)
    assert [{"code": "predicted_day"} in option.reasons for option in invited.interview.options.all()] == [True] * 3
    post()
    (letter,) = mail.arrived
    assert not [word for word in ("predict", "推算", "尚未公布", "announced") if word in str(letter)]
