"""Everything a letter may say, as structured values: no sentence of a letter is ever taken from free text or a language model."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from mianyue.base.interval import Interval

# Joiners decide how Persian, Indic and emoji sequences connect; every other invisible character only hides or reorders text.
_VISIBLE_JOINERS = "\u200c\u200d"


def one_line(text: str) -> str:
    """``text`` without line breaks, control and bidirectional-override characters, white space collapsed.

    A name with a line break could add a paragraph to a letter, or a header to a mail (RFC 5322 §2.2).
    """
    shown = "".join(
        " " if char.isspace() else char
        for char in text
        if char.isspace() or char in _VISIBLE_JOINERS or unicodedata.category(char) not in {"Cc", "Cf", "Cs"}
    )
    return " ".join(shown.split())


class Spoken:
    """Facts whose texts are single lines from the moment they exist."""

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]  # every subclass is a dataclass
            value = getattr(self, field.name)
            if isinstance(value, str):
                object.__setattr__(self, field.name, one_line(value))
            elif isinstance(value, tuple):
                object.__setattr__(self, field.name, tuple(one_line(item) if isinstance(item, str) else item for item in value))


@dataclass(frozen=True)
class Recipient(Spoken):
    """Who reads the letter: ``language`` is BCP 47, ``zone`` IANA. Raises ZoneInfoNotFoundError for a zone that doesn't exist."""

    name: str
    language: str
    zone: str

    def __post_init__(self) -> None:
        super().__post_init__()
        ZoneInfo(self.zone)


@dataclass(frozen=True)
class OptionFact(Spoken):
    """One proposed or chosen time; ``link`` is the page on which to choose it."""

    number: int
    interval: Interval
    room_name: str = ""
    link: str = ""


@dataclass(frozen=True)
class InterviewerFact(Spoken):
    """One member of the panel, as a candidate may know them; ``sits_in``: only to learn."""

    name: str
    department: str = ""
    title: str = ""
    sits_in: bool = False


@dataclass(frozen=True)
class Place(Spoken):
    """Where an onsite interview is held; coordinates in decimal degrees, WGS 84.

    ``zone`` (IANA) is the clock on the wall there; where it is given, the letter about an onsite interview speaks in it.
    """

    site_name: str
    address: str
    latitude: float | None = None
    longitude: float | None = None
    room_name: str = ""
    zone: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.zone:
            ZoneInfo(self.zone)


@dataclass(frozen=True)
class Contact(Spoken):
    """Who answers questions."""

    name: str
    email: str
    phone: str = ""


@dataclass(frozen=True)
class Privacy(Spoken):
    """Where to read about one's rights, and where to object (PIPL Art. 17 and 44 to 50, GDPR Art. 13 to 21)."""

    name: str
    email: str
    notice_url: str


@dataclass(frozen=True, kw_only=True)
class LetterFacts(Spoken):
    """The facts of one letter to one person.

    ``keywords`` are at most three: the job asks for them, the résumé shows them, HR approved them.
    ``portfolio`` is the host of the portfolio that the candidate gave, where the job is one for which it is talked about.
    ``page_link`` is this recipient's page; ``sits_in`` says that they are no interviewer but sit in to learn,
    ``by_us`` that other times are offered because of us and not because the candidate asked for them, ``added`` that times were added
    to those on offer, which stand as they were. ``asked`` are times that the recipient had asked for, ``topics`` what they asked
    about (see ``answers``), ``late_minutes`` how late the candidate will be where they said so, ``ill`` that they are ill instead.
    ``company_language`` (BCP 47) is spoken where the recipient's language has no catalogue, English where that has none either.
    """

    company: str
    job_title: str
    round_name: str
    minutes: int
    mode: Literal["onsite", "video"]
    recipient: Recipient
    candidate_name: str
    contact: Contact
    privacy: Privacy
    now: datetime
    page_link: str = ""
    options: tuple[OptionFact, ...] = ()
    chosen: OptionFact | None = None
    previous: Interval | None = None
    held_until: datetime | None = None
    interviewers: tuple[InterviewerFact, ...] = ()
    place: Place | None = None
    video_link: str = ""
    prepare: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    materials_url: str = ""
    portfolio: str = ""
    resume_link: str = ""
    sits_in: bool = False
    by_us: bool = False
    added: bool = False
    asked: tuple[Interval, ...] = ()
    topics: tuple[str, ...] = ()
    late_minutes: int | None = None
    ill: bool = False
    company_language: str = "en"

    def __post_init__(self) -> None:
        super().__post_init__()
        for name in ("now", "held_until"):
            at: datetime | None = getattr(self, name)
            if at is not None and at.tzinfo is None:
                raise ValueError(f"{name} must be aware")

    @property
    def zone(self) -> ZoneInfo:
        """The one zone in which this letter speaks: the clock on the wall for an onsite interview, else the reader's own."""
        onsite = self.mode == "onsite" and self.place is not None and self.place.zone
        return ZoneInfo(onsite or self.recipient.zone)

    @property
    def interval(self) -> Interval:
        """The one interview that the letter is about: the chosen time, else the one that was. Raises ValueError without either."""
        interval = self.chosen.interval if self.chosen else self.previous
        if interval is None:
            raise ValueError("neither a chosen nor a previous time")
        return interval

    @property
    def room(self) -> str:
        """The room of the booking, else that of the place, else empty."""
        return (self.chosen.room_name if self.chosen else "") or (self.place.room_name if self.place else "")
