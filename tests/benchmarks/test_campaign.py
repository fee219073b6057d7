"""The simulated campaign: the people are who the seed says, and nobody is ever offered what another holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from benchmarks.scheduling.campaign import Campaign
from benchmarks.scheduling.candidates import Candidate
from benchmarks.scheduling.choices import best_three, first_free_of_three_days, first_three_free
from benchmarks.scheduling.race import overlaps
from mianyue.base.interval import Interval
from mianyue.scheduling.facts import Need, Option, Person, Room

MANY, SEED = 40, "test"
MONDAY = datetime(2027, 3, 1, tzinfo=UTC)


def hours(candidate: Candidate, told: datetime) -> list[datetime]:
    spans = [Interval(told + timedelta(hours=n), told + timedelta(hours=n + 1)) for n in range(24 * 10)]
    return [span.start for span in spans if candidate.suits(span, told)]


def test_a_person_is_decided_by_seed_and_number_alone() -> None:
    assert hours(Candidate(3, SEED), MONDAY) == hours(Candidate(3, SEED), MONDAY)
    assert len({tuple(hours(Candidate(n, SEED), MONDAY)) for n in range(30)}) > 20


def test_some_hours_suit_most_people_none_suit_at_night_and_nobody_always_can() -> None:
    suiting = [hours(Candidate(n, SEED), MONDAY) for n in range(60)]
    assert sum(map(bool, suiting)) > 45
    assert max(map(len, suiting)) < 80
    for number, starts in enumerate(suiting):
        zone = Candidate(number, SEED).zone
        assert all(8 <= start.astimezone(zone).hour <= 20 for start in starts)


def test_halves_of_a_day_go_together() -> None:
    """Whoever can't come in the morning can less often come that afternoon than whoever can."""
    afternoons: dict[bool, list[bool]] = {True: [], False: []}
    for number in range(400):
        candidate = Candidate(number, SEED)
        day = datetime(2027, 3, 10, tzinfo=candidate.zone)
        morning, afternoon = (
            any(candidate.suits(Interval(day.replace(hour=h), day.replace(hour=h + 1)), MONDAY) for h in around)
            for around in ((10, 11), (14, 15, 16))
        )
        afternoons[morning].append(afternoon)
    shares = {morning: sum(found) / len(found) for morning, found in afternoons.items()}
    assert shares[True] > shares[False] + 0.2


def test_no_click_is_dead_and_no_time_is_promised_twice() -> None:
    for choose in (best_three, first_three_free, first_free_of_three_days):
        tally = Campaign(choose, MANY, SEED).run()
        assert (tally.first_letters, tally.dead_clicks) == (MANY, 0)
        assert 0 < tally.accepted_first <= tally.accepted <= MANY
        assert tally.hours == tally.accepted
        assert (len(tally.booked), overlaps(tally.booked)) == (2 * tally.accepted, 0)


def test_what_is_booked_stays_booked() -> None:
    campaign = Campaign(best_three, MANY, SEED)
    booked = {(name.rpartition("/")[2], start) for name, start, _ in campaign.run().booked}
    standing = {(key, one.interval.start) for key, held in campaign.held.items() for one in held if one.until is None}
    assert standing <= booked
    assert standing  # the others are over, and forgotten


def test_a_choice_that_forgets_promises_makes_dead_clicks() -> None:
    def forgetful(need: Need, people: dict[str, Person], rooms: dict[str, Room]) -> Sequence[Option]:
        blind = {key: Person(key, one.attendance) for key, one in people.items()}
        return first_three_free(need, blind, {key: Room(key, 4) for key in rooms})

    assert Campaign(forgetful, MANY, SEED).run().dead_clicks > 0


def test_the_baseline_offers_the_first_that_do_not_overlap() -> None:
    work = Interval(MONDAY + timedelta(hours=1), MONDAY + timedelta(hours=10))
    need = Need("n", 60, (("a",),), Interval(MONDAY, MONDAY + timedelta(days=2)), "Asia/Shanghai", rooms=("r",))
    people, rooms = {"a": Person("a", (work,))}, {"r": Room("r", 4)}
    assert [one.interval.start.hour for one in first_three_free(need, people, rooms)] == [1, 2, 3]
    assert [one.interval.start.hour for one in first_free_of_three_days(need, people, rooms)] == [1]
