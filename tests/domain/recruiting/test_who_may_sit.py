"""Who may interview: in the company's order, each person once."""

import pytest

from mianyue.domain.organization.models import Employee, Site
from mianyue.domain.recruiting.models import Job, Round, SeatChoice, ShadowChoice
from mianyue.domain.recruiting.queries import who_may_sit

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return Site.objects.create(code="S1", name="Shanghai", time_zone="Asia/Shanghai", holiday_country="CN")


@pytest.fixture
def people(site):
    return [Employee.objects.create(code=f"E{n}", name=f"E{n}", site=site, time_zone="Asia/Shanghai") for n in range(4)]


@pytest.fixture
def rounds(site):
    job = Job.objects.create(code="J1", title="Engineer", site=site)
    return [Round.objects.create(job=job, number=n, name=f"{n}", minutes=60, mode="onsite", needs_room=True) for n in (1, 2, 3)]


def name(round_: Round, seats: list[list[Employee]], shadows: list[Employee]) -> None:
    """Written backwards, so that nothing depends on the order of the rows."""
    for seat in reversed(range(len(seats))):
        for place in reversed(range(len(seats[seat]))):
            SeatChoice.objects.create(round=round_, seat=seat, place=place, employee=seats[seat][place])
    for place in reversed(range(len(shadows))):
        ShadowChoice.objects.create(round=round_, place=place, employee=shadows[place])


def test_seats_and_shadows_in_the_order_of_the_company(people, rounds, django_assert_num_queries):
    anna, berta, carl, dora = people
    named = [([[carl, anna], [anna, berta]], [dora, carl]), ([[dora]], []), ([], [])]
    for round_, (in_seats, to_learn) in zip(rounds, named, strict=True):
        name(round_, in_seats, to_learn)
    with django_assert_num_queries(2):
        seats, shadows = who_may_sit([round_.pk for round_ in rounds])
        assert {person.site.code for seat in seats[rounds[0].pk] for person in seat} == {"S1"}
    assert seats == {round_.pk: in_seats for round_, (in_seats, _) in zip(rounds, named, strict=True)}
    assert shadows == {rounds[0].pk: [dora, carl]}


def test_other_rounds_are_not_read_and_a_person_is_one_object(people, rounds):
    for round_ in rounds:
        name(round_, [people, people], [people[0]])
    seats, shadows = who_may_sit([rounds[1].pk])
    assert (list(seats), list(shadows)) == ([rounds[1].pk], [rounds[1].pk])
    first, second = seats[rounds[1].pk]
    assert all(one is other for one, other in zip(first, second, strict=True))
