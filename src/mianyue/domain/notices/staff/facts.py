"""Everything a letter to one of the staff may say. There is no field for a reason or a kind of leave: no letter can let them slip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from mianyue.base.errors import MianyueError
from mianyue.base.interval import Interval
from mianyue.domain.notices.facts import Contact, Privacy, Recipient, Spoken
from mianyue.domain.notices.staff.purposes import StaffPurpose


@dataclass(frozen=True, kw_only=True)
class StaffFacts(Spoken):
    """The facts of one letter to one of the staff.

    ``request`` is a kind of approval (leave, overtime, trip, correction, room, interview), asked by ``asker_name``; the reader
    decides in the place of ``for_name`` where that is given. Its time is ``interval`` or, of a punch, ``at``; ``minutes`` is
    working time. ``clock`` (IANA) is the zone in which the letter speaks: the asker's or the room's; empty: the reader's.
    ``company_language`` (BCP 47) is spoken where the reader's language has no catalogue.
    """

    company: str
    recipient: Recipient
    contact: Contact
    privacy: Privacy
    now: datetime
    page_link: str
    request: str = ""
    asker_name: str = ""
    for_name: str = ""
    interval: Interval | None = None
    at: datetime | None = None
    minutes: int | None = None
    approved: bool | None = None
    room_name: str = ""
    site_name: str = ""
    first_day: date | None = None
    clock: str = ""
    company_language: str = "en"

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.now.tzinfo is None or (self.at is not None and self.at.tzinfo is None):
            raise ValueError("now and at must be aware")
        if self.clock:
            ZoneInfo(self.clock)

    @property
    def zone(self) -> ZoneInfo:
        """The one zone in which this letter speaks."""
        return ZoneInfo(self.clock or self.recipient.zone)


class StaffLetterIncomplete(MianyueError):
    """A letter to one of the staff can't be written from these facts."""

    code = "staff_letter_incomplete"

    def __init__(self, purpose: StaffPurpose, missing: list[str]) -> None:
        what = f"A letter of purpose {purpose.value} lacks: {', '.join(missing)}."
        super().__init__(what, "Complete the facts and compose the letter again.")
        self.missing = missing


def require(facts: StaffFacts, purpose: StaffPurpose) -> None:
    """Raises StaffLetterIncomplete naming every missing fact."""
    decided = purpose is StaffPurpose.APPROVAL_DECIDED
    about_request = purpose.to_approver or decided
    released = purpose is StaffPurpose.ROOM_RELEASED
    present = {
        "page_link": bool(facts.page_link),
        "privacy.notice_url": bool(facts.privacy.notice_url),
        "privacy.email": bool(facts.privacy.email),
        "request": not about_request or bool(facts.request),
        "interval or at": not (about_request or released) or facts.interval is not None or facts.at is not None,
        "asker_name": not purpose.to_approver or bool(facts.asker_name),
        "approved": not decided or facts.approved is not None,
        "room_name": not released or bool(facts.room_name),
        "first_day": purpose is not StaffPurpose.WELCOME or facts.first_day is not None,
    }
    missing = [name for name, there in present.items() if not there]
    if missing:
        raise StaffLetterIncomplete(purpose, missing)
