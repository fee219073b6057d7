"""Reading applications, and who may interview them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import IntegerField, Q, QuerySet, Value

from mianyue.domain.organization.models import Employee
from mianyue.domain.recruiting.models import Application, Candidate, SeatChoice, ShadowChoice
from mianyue.understanding.contact import normal_email, normal_mobile


def search(applications: QuerySet[Application], text: str) -> QuerySet[Application]:
    """Those whose code or job holds ``text``, or whose candidate has exactly that e-mail address or mobile number.

    Names are sealed and can't be searched; addresses are found by their blind index. No text: all of them.
    """
    text = text.strip()
    if not text:
        return applications
    found = Q(code__icontains=text) | Q(job__title__icontains=text) | Q(job__code__iexact=text)
    if email := normal_email(text):
        found |= Q(candidate__email_index=Candidate._meta.get_field("email_index").of(email))
    if mobile := normal_mobile(text):
        found |= Q(candidate__mobile_index=Candidate._meta.get_field("mobile_index").of(mobile))
    return applications.filter(found)


def who_may_sit(round_ids: Collection[UUID]) -> tuple[dict[UUID, list[list[Employee]]], dict[UUID, list[Employee]]]:
    """Per round and seat, who may sit there, and per round, who may sit in to learn; in the company's order, each with their site.

    Two queries. Whoever may sit in many seats is one object: a pool of sixty for every seat would otherwise be made anew for each.
    """
    to_learn = Value(None, output_field=IntegerField())
    choices = SeatChoice.objects.filter(round_id__in=round_ids).order_by().values_list("round_id", "seat", "place", "employee_id")
    learning = ShadowChoice.objects.filter(round_id__in=round_ids).order_by()
    every = list(choices.union(learning.values_list("round_id", to_learn, "place", "employee_id"), all=True))
    employees = Employee.objects.select_related("site").in_bulk({employee_id for *_, employee_id in every})
    seats: dict[UUID, dict[int, list[Employee]]] = {round_id: defaultdict(list) for round_id in round_ids}
    shadows: dict[UUID, list[Employee]] = defaultdict(list)
    for round_id, seat, _, employee_id in sorted(every, key=lambda choice: choice[2]):
        (shadows[round_id] if seat is None else seats[round_id][seat]).append(employees[employee_id])
    return {round_id: [per_seat[seat] for seat in sorted(per_seat)] for round_id, per_seat in seats.items()}, shadows
