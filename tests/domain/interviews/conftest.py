"""A small company: one site, one job of one round, as many people and applications as a test asks for."""

from datetime import UTC, datetime, timedelta

import pytest

from mianyue.domain.organization.models import Employee, Site
from mianyue.domain.recruiting.models import Application, Candidate, Job, Round
from mianyue.domain.rooms.models import Room

MONDAY = datetime(2026, 12, 7, 1, tzinfo=UTC)
NOW = MONDAY - timedelta(days=3)


class Office:
    """Makes what an interview needs."""

    def __init__(self) -> None:
        self.site = Site.objects.create(code="S1", name="Shanghai", time_zone="Asia/Shanghai", holiday_country="CN")
        self.job = Job.objects.create(code="J1", title="Engineer", site=self.site)
        self.round = Round.objects.create(job=self.job, number=1, name="First", minutes=60, mode="onsite", needs_room=True)

    def employees(self, count: int) -> list[Employee]:
        return [
            Employee.objects.create(code=f"E{number}", name=f"Employee {number}", site=self.site, time_zone="Asia/Shanghai")
            for number in range(count)
        ]

    def room(self) -> Room:
        return Room.objects.create(code="R1", name="Lotus", site=self.site, capacity=4)

    def application(self, code: str = "A1") -> Application:
        return Application.objects.create(
            code=code,
            candidate=Candidate.objects.create(name=f"Candidate {code}"),
            job=self.job,
            round_number=1,
            language="en",
            time_zone="Asia/Shanghai",
        )


@pytest.fixture
def office(db) -> Office:
    return Office()


@pytest.fixture
def now() -> datetime:
    return NOW
