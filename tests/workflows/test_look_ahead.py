"""A round and the next one on one day, as a recruiter is shown them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from psycopg.types.range import TimestamptzRange

from mianyue.base.errors import NotFound, Refused
from mianyue.domain.interviews.models import Claim, Interview
from mianyue.domain.organization.models import Company, Employee
from mianyue.domain.recruiting.models import Application, Round, SeatChoice
from mianyue.domain.rooms.models import Room
from mianyue.scheduling.facts import Option
from mianyue.scheduling.search import valid_starts
from mianyue.scheduling.sequence import BACK_TO_BACK
from mianyue.workflows.find_slots import recommend_rounds
from mianyue.workflows.gather import Search, gather
from mianyue.workflows.look_ahead import look_ahead
from mianyue.workflows.tell import describe

Chain = tuple[Option, Option]


@pytest.fixture
def chains(company, now) -> Callable[..., list[Chain]]:
    """The option of the round and that of the next, for an application."""

    def found(code: str, how: str, **search: object) -> list[Chain]:
        looked = look_ahead(code, how, now, Search(**search))
        return [(option, *then) for option, then in zip(looked.recommendation.options, looked.then, strict=True)]

    return found


def brief(option: Option) -> tuple[str, str, str | None]:
    return f"{option.interval.start:%m-%dT%H:%M}", "+".join(option.people), option.room


def pauses(chains: list[Chain]) -> list[timedelta]:
    return [second.interval.start - first.interval.end for first, second in chains]


def test_the_next_round_follows_at_once(chains):
    """J001: a video interview with one of four, then two people and a room in Shanghai."""
    assert [(brief(first), brief(second)) for first, second in chains("A019", "back-to-back")] == [
        (("12-01T01:45", "E005", None), ("12-01T02:45", "E002+E007", "R02")),
        (("12-02T02:00", "E003", None), ("12-02T03:00", "E002+E006", "R02")),
        (("12-03T01:00", "E003", None), ("12-03T02:00", "E002+E026", "R02")),
    ]


def test_on_the_same_day_the_next_round_may_wait_where_it_must(chains):
    """A009 is in another zone, where days meet those in Shanghai at the edges only."""
    assert pauses(chains("A009", "back-to-back")) == [timedelta(0)] * 3
    at_once, same_day = (chains("A009", how) for how in ("back-to-back", "same-day"))
    assert pauses(same_day) == [timedelta(hours=5), timedelta(0), timedelta(hours=3)]
    assert same_day[0][0].interval.start < at_once[0][0].interval.start


@pytest.mark.parametrize("how", ["back-to-back", "same-day"])
@pytest.mark.parametrize("code", ["A001", "A008", "A009", "A018", "A019"])
def test_every_round_shown_is_possible_by_itself(chains, now, code, how):
    application = Application.objects.select_related("candidate", "job__site").get(code=code)
    for position in (0, 1):
        round_ = Round.objects.get(job=application.job, number=application.round_number + position)
        facts = gather([(application, round_)], now)
        need = facts.needs[application.pk]
        possible = set(valid_starts(need, facts.people, facts.rooms))
        for option in (chain[position] for chain in chains(code, how)):
            assert option.interval.start in possible
            assert option.interval.length == timedelta(minutes=round_.minutes)
            assert all(person in seat for person, seat in zip(option.people, need.seats, strict=True))
            assert (option.room is not None) == round_.needs_room


def test_search_reaches_both_rounds(chains):
    first, *_ = chains("A019", "same-day", earliest=date(2026, 12, 8), wanted=1)
    assert [option.interval.start.day for option in first] == [8, 8]
    assert len(chains("A019", "same-day", wanted=1)) == 1


def test_at_once_is_the_next_possible_start(chains):
    Round.objects.filter(job__code="J004").update(minutes=50)
    assert pauses(chains("A007", "back-to-back")) == [timedelta(minutes=10)] * 3


@pytest.mark.parametrize(
    ("code", "pause"),
    [("A008", 15), ("A007", 0)],  # E001 sits in both rounds of J005; nobody can in J004
    ids=["somebody sits in both", "nobody does"],
)
def test_whoever_sits_in_both_rounds_has_their_breathing_space(chains, code, pause):
    Company.objects.update(buffer_before=5, buffer_after=10)
    assert pauses(chains(code, "back-to-back")) == [timedelta(minutes=pause)] * 3


def test_looking_promises_nothing(chains):
    chains("A019", "same-day")
    assert (Claim.objects.count(), Interview.objects.count()) == (0, 0)


def test_rounds_that_never_meet_say_what_excluded_each(company, now):
    Employee.objects.filter(code="E016").update(last_day=now.date())  # needed in round 2 of J004
    (row,) = describe([look_ahead("A007", "same-day", now)])
    problem = row["problem"]
    assert (row["state"], row["options"], problem["code"]) == ("none", [], "no_time")
    assert "round 2 has 0 possible starts" in problem["message"]
    assert [fact["round"] for fact in problem["facts"]] == [2] * 6 + [1] * 6
    assert (2, "not_at_work", "E016") in [(fact["round"], fact["why"], fact["who"]) for fact in problem["facts"]]


def test_rounds_that_are_possible_one_by_one_only_say_so(company, now):
    hour = TimestamptzRange(datetime.fromisoformat("2026-12-01T15:00+08:00"), datetime.fromisoformat("2026-12-01T16:00+08:00"))
    Application.objects.filter(code="A007").update(available=[hour])
    (row,) = describe([look_ahead("A007", "same-day", now)])
    assert (row["state"], "round 1 has 1 and round 2 has 1 possible starts" in row["problem"]["message"]) == ("none", True)


def test_the_last_round_has_no_next(company, now):
    with pytest.raises(Refused, match="J002 has no round after 1"):
        look_ahead("A039", "same-day", now)


def test_a_next_round_that_nobody_holds_is_refused(company, now):
    SeatChoice.objects.filter(round__job__code="J004", round__number=2).delete()
    with pytest.raises(Refused, match="Nobody is named who could hold round 2 of J004"):
        look_ahead("A007", "same-day", now)


def test_a_round_that_is_arranged_already_is_not_arranged_again(invited, now):
    invited("A019")
    with pytest.raises(Refused, match="The round of A019 is arranged already: offered"):
        look_ahead("A019", "same-day", now)


def test_what_hinders_an_application_is_said_as_ever(company, now):
    (row,) = describe([look_ahead("A015", "same-day", now)])
    assert (row["state"], row["options"], row["problem"]["code"]) == ("none", [], "job_without_rounds")


def test_an_unknown_application_is_not_found(company, now):
    with pytest.raises(NotFound):
        look_ahead("A999", "same-day", now)


def test_sql_does_not_grow_with_people_and_rooms(company, now):
    application = Application.objects.select_related("candidate", "job__site").get(code="A019")
    rounds = list(Round.objects.filter(job=application.job, number__in=[1, 2]).order_by("number"))

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            recommend_rounds(application, rounds, BACK_TO_BACK, now)
        return len(captured)

    few = queries()
    for round_ in rounds:
        named = set(SeatChoice.objects.filter(round=round_).values_list("employee_id", flat=True))
        free = [employee for employee in Employee.objects.all() if employee.pk not in named]
        SeatChoice.objects.bulk_create(SeatChoice(round=round_, seat=0, place=n, employee=e) for n, e in enumerate(free, 10))
    Room.objects.bulk_create(Room(code=f"X{n}", name=f"X{n}", site=application.job.site, capacity=4) for n in range(30))
    assert queries() == few
