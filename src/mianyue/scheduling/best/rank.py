"""Which of the possible starts to offer: the best few, exactly, over time, panel and room at once.

For a set O of options of one need that do not overlap, in points (1,000 are one percentage point of acceptance):

    U(O) = ACCEPT · P(the candidate accepts at least one of O)
           − Σ over o in O of [ unfairness(panel) + scarcity(panel) + misfit(room) + scarcity(room) + delay(o) ]

P is the model of ``acceptance``, the costs are those of ``weights``. The number of options comes first (as many as fit, at most
``wanted``), then U, then the earlier times. Panel and room cost the same at any time, so each start takes the cheapest that are free
then, and of the starts of one day that are alike to the candidate only the cheapest can be best. ``choice`` finds the set.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from mianyue.scheduling.best import reasons
from mianyue.scheduling.best.acceptance import DEFAULT, Acceptance, certain_gain
from mianyue.scheduling.best.choice import Offer, choose
from mianyue.scheduling.best.moments import bins, moments
from mianyue.scheduling.best.places import Places
from mianyue.scheduling.best.supply import by_day, lazily
from mianyue.scheduling.best.weights import ACCEPT, panel_costs, room_costs
from mianyue.scheduling.explain import excluded
from mianyue.scheduling.facts import Need, Option, Person, Recommendation, Room
from mianyue.scheduling.relax import relaxations
from mianyue.scheduling.search import Field, Space, own_space, shadow_for
from mianyue.scheduling.timeline import side_by_side


def recommend(need: Need, people: Mapping[str, Person], rooms: Mapping[str, Room], weights: Acceptance = DEFAULT) -> Recommendation:
    """The best options for one need, why they were chosen, and what excluded other starts.

    Deterministic. Fewer options than wanted, or none, if no more fit. Raises ``zoneinfo.ZoneInfoNotFoundError``.
    """
    found, field = own_space(need, people, rooms)
    return answer(found, field, best_of(found, field, people, rooms, weights), people, rooms, weights)


def best_of(
    found: Space, field: Field, people: Mapping[str, Person], rooms: Mapping[str, Room], weights: Acceptance = DEFAULT
) -> tuple[Offer, ...]:
    """The best options of a space that was found already, in order of time."""
    need = found.need
    places = Places(found.people, found.rooms, need.seats, panel_costs(found, field, people), room_costs(found, field, rooms))
    open_ = [(one, starts) for one in bins(found, field.grid, weights) if (starts := one.among(found.starts))]
    delays = [one.points for one, _ in open_]
    days = len({one.day for one, _ in open_})
    if days >= need.wanted and _apart(need.wanted, places.spread + max(delays) - min(delays), weights):
        return choose(lazily(open_, places), need.wanted, ACCEPT, weights)
    at = moments(found, field.grid, weights)
    offers = [Offer(at[one.cell], one.people, one.room, at[one.cell].points - one.cost) for one in places.each(found.starts)]
    return best_set(offers, need.wanted, need.cells, weights)


def answer(
    found: Space,
    field: Field,
    chosen: Sequence[Offer],
    people: Mapping[str, Person],
    rooms: Mapping[str, Room],
    weights: Acceptance = DEFAULT,
    easing: bool = True,
) -> Recommendation:
    """The recommendation that offers what was chosen, with reasons, exclusions and, where it falls short and ``easing``, relaxations."""
    told = reasons.Question(found, field, people, rooms, weights)
    shown = []
    for offer in chosen:
        others = [other.moment for other in chosen if other is not offer]
        room = None if offer.room is None else rooms[offer.room]
        shown.append(
            Option(
                field.grid.interval(offer.moment.cell, found.need.minutes),
                offer.people,
                offer.room,
                told.reasons(offer, others),
                shadow_for(found, offer.moment.cell, room, offer.people),
            )
        )
    eased = relaxations(found, field, people, rooms) if easing and len(shown) < found.need.wanted else ()
    return Recommendation(found.need.key, tuple(shown), excluded(found, field, rooms), found.starts.bit_count(), eased)


def best_set(offers: Iterable[Offer], wanted: int, length: int, weights: Acceptance = DEFAULT) -> tuple[Offer, ...]:
    """The best ``wanted`` of these offers that do not overlap, or as many as fit, in order of time; ``length`` in cells."""
    offers = sorted(offers, key=lambda offer: offer.moment.cell)
    wanted = side_by_side(sum(1 << cell for cell in {offer.moment.cell for offer in offers}), length, wanted)
    if not wanted:
        return ()
    days = len({offer.moment.day for offer in offers})
    points = [offer.points for offer in offers]
    # Where options are certain to spread, every day gives one, so none gives more than what the others leave.
    most = max(1, wanted - days + 1) if _apart(wanted, max(points) - min(points), weights) else wanted
    return choose(by_day(offers, most, length), wanted, ACCEPT, weights)


def _apart(options: int, difference: int, weights: Acceptance) -> bool:
    """Whether the best options are certain to lie on different days as far as there are, their costs being so different at most."""
    return options == 1 or certain_gain(weights, options, ACCEPT) > difference
