"""The last look at a letter to one of the staff: nothing in it but its facts, and the time it is about."""

from __future__ import annotations

from mianyue.domain.notices.dates import Times
from mianyue.domain.notices.guard import addresses, read, refuse_strays, require
from mianyue.domain.notices.known import Known, folded, spans
from mianyue.domain.notices.render import Rendered
from mianyue.domain.notices.staff.facts import StaffFacts
from mianyue.domain.notices.staff.purposes import StaffPurpose
from mianyue.domain.notices.staff.times import first_day, times_of, when, zone_name


def check(rendered: Rendered, facts: StaffFacts, purpose: StaffPurpose) -> None:
    """Refuses a letter that says anything but ``facts``. Raises GuardRefused naming the first rule that is broken.

    What the interviews' guard calls private matters is refused here too, so that "病假" or "maternity leave" reaches nobody's phone.
    """
    times = times_of(facts)
    allowed = _known(facts)
    must_show = _must_show(facts, times, purpose)
    public = [facts.company, facts.room_name, facts.site_name]
    reading = read(rendered, allowed, public, addresses(facts.contact, facts.privacy), facts.page_link)
    for pieces in reading.laid_out:
        require(not must_show or any(spans(folded(piece), [folded(must_show)]) for piece in pieces), "times")
    refuse_strays(reading, allowed, times.voice.locale)


def _must_show(facts: StaffFacts, times: Times, purpose: StaffPurpose) -> str:
    """The time without which the letter would be pointless; empty where it is about none."""
    match purpose:
        case StaffPurpose.WELCOME:
            return first_day(facts, times)
        case StaffPurpose.PHONE_PAGE:
            return ""
    return when(facts, times)


def _known(facts: StaffFacts) -> Known:
    times = times_of(facts)
    contact, privacy = facts.contact, facts.privacy
    company_words = [
        *(facts.company, facts.room_name, facts.site_name),
        *(contact.name, contact.email, contact.phone, privacy.name, privacy.email),
    ]
    return Known(
        times=frozenset(map(folded, (when(facts, times), zone_name(facts, times), first_day(facts, times)))),
        company_words=frozenset(map(folded, company_words)),
        names=frozenset(map(folded, (facts.recipient.name, facts.asker_name, facts.for_name))),
        links=frozenset(filter(None, (facts.page_link, facts.privacy.notice_url))),
    )
