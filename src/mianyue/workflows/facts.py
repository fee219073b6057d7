"""What may be said of an interview: the values from which letters, calendar entries and pages are written, so that they can't disagree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal
from urllib.parse import urlsplit

from django.conf import settings

from mianyue.base.interval import Interval
from mianyue.domain.interviews.models import Interview, Option
from mianyue.domain.notices.calendar_entry import calendar_entry
from mianyue.domain.notices.entry_words import entry_words
from mianyue.domain.notices.facts import Contact, InterviewerFact, LetterFacts, OptionFact, Place, Privacy, Recipient
from mianyue.domain.organization.models import Company
from mianyue.domain.recruiting.models import Application, Round
from mianyue.understanding.aliases import thing
from mianyue.understanding.keywords.rank import to_name


def facts_of(interview: Interview, company: Company, shown: Sequence[Option], *, recipient: Recipient, **more: Any) -> LetterFacts:
    """What ``recipient`` may read of the interview; ``shown`` are the times spoken of, and only their panel and rooms are named."""
    application, round_ = interview.application, interview.round
    site = application.job.site
    seats = [seat for option in shown for seat in option.seats.all()]
    panel = {seat.employee_id: seat.employee for seat in seats}
    needed = {seat.employee_id for seat in seats if not seat.shadow}
    rooms = {room_of(option) for option in shown}
    return LetterFacts(
        company=company.name,
        job_title=application.job.title,
        round_name=round_.name,
        minutes=round_.minutes,
        mode=round_.mode,
        recipient=recipient,
        candidate_name=application.candidate.name,
        contact=contact_of(company),
        privacy=privacy_of(company),
        interviewers=tuple(InterviewerFact(e.name, e.department, e.title, sits_in=e.pk not in needed) for e in panel.values()),
        place=Place(site.name, site.address, site.latitude, site.longitude, rooms.pop() if len(rooms) == 1 else "", site.time_zone)
        if round_.mode == Round.Mode.ONSITE
        else None,
        video_link=interview.video_link,
        prepare=tuple(round_.prepare),
        materials_url=material_for(application),
        portfolio=application.portfolio or "",
        company_language=company.default_language,
        **more,
    )


def material_for(application: Application) -> str:
    """The address of the job's material about the first of the named keywords that has one, else the job's plain one."""
    about = {thing(keyword): address for keyword, address in reversed(application.job.materials)}
    return next((about[key] for key in map(thing, to_name(application.keywords)) if key in about), application.job.materials_url)


def entry_of(
    interview: Interview,
    facts: LetterFacts,
    *,
    method: Literal["REQUEST", "CANCEL"],
    interval: Interval,
    address: str,
    employee_id: object = None,
) -> bytes:
    """The calendar entry of the interview for the facts' recipient at ``address``; ``employee_id`` for an interviewer.

    Everybody has an entry of their own (their UID, them as the only attendee): candidates don't learn who else is told what.
    """
    words = entry_words(facts, to_interviewer=employee_id is not None)
    place = facts.place
    return calendar_entry(
        uid=f"{interview.pk}{of_interviewer(employee_id)}" if employee_id else interview.calendar_uid,
        sequence=interview.sequence,
        method=method,
        interval=interval,
        summary=words.summary,
        description=words.description,
        location=words.location,
        organizer=(facts.contact.name, facts.contact.email or f"noreply@{host()}"),
        attendee=(facts.recipient.name, address),
        now=facts.now,
        url=facts.page_link,
        geo=(place.latitude, place.longitude) if place and place.latitude is not None and place.longitude is not None else None,
        language=facts.recipient.language,
    )


def of_interviewer(employee_id: object) -> str:
    """How the UIDs of all entries sent to that interviewer end, after the interview's own id."""
    return f"-{employee_id}@mianyue"


def contact_of(company: Company) -> Contact:
    """Who answers questions."""
    return Contact(company.contact_name or company.name, company.contact_email, company.contact_phone)


def privacy_of(company: Company) -> Privacy:
    """Where to read about one's rights and where to object; our own page where the company names none."""
    return Privacy(
        company.privacy_name or company.name,
        company.privacy_email or company.contact_email or f"privacy@{host()}",
        company.privacy_notice_url if is_web(company.privacy_notice_url) else f"{settings.MIANYUE_URL}/privacy",
    )


def as_fact(option: Option, link: str = "") -> OptionFact:
    """The option as a letter speaks of it."""
    return OptionFact(option.number, span(option), room_of(option), link)


def span(option: Option) -> Interval:
    """When the option is."""
    return Interval(option.during.lower, option.during.upper)


def room_of(option: Option) -> str:
    """The option's room, empty where it needs none."""
    return option.room.name if option.room else ""


def is_web(url: str) -> bool:
    """Whether ``url`` is an address that a browser opens as a page."""
    return url.lower().startswith(("https://", "http://"))


def host() -> str:
    """The name under which this installation is reached."""
    return urlsplit(settings.MIANYUE_URL).hostname or "localhost"
