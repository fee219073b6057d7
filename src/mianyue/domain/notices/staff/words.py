"""What each letter to the staff says: one sentence, the facts, the one thing to do. Subjects name nobody: they show on locked screens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from mianyue.domain.notices.dates import Times
from mianyue.domain.notices.letter import Button, Content, Link, Paragraph, Quiet, Row, Table
from mianyue.domain.notices.staff.facts import StaffFacts
from mianyue.domain.notices.staff.purposes import StaffPurpose
from mianyue.domain.notices.staff.times import first_day, length, when, zone_name
from mianyue.domain.notices.voice import Voice


def request_name(voice: Voice, kind: str) -> str:
    """What is asked for, by kind of approval. Which leave it is stays on the page."""
    match kind:
        case "leave":
            return voice.say("leave")
        case "overtime":
            return voice.say("overtime")
        case "trip":
            return voice.say("trip")
        case "correction":
            return voice.say("punch correction")
        case "room":
            return voice.say("room booking")
        case _:
            return voice.say("interview change")


class Writer:
    """Sentences of one letter."""

    def __init__(self, facts: StaffFacts, times: Times) -> None:
        self.facts, self.times, self.voice = facts, times, times.voice
        self.when, self.zone = when(facts, times), zone_name(facts, times)
        self.what = request_name(times.voice, facts.request) if facts.request else ""

    def content(self, subject: str, opening: str, rows: list[Row], button: str, *further: Paragraph | Quiet) -> Content:
        """The usual letter; ``subject`` and ``opening`` are said already."""
        table = [Table(tuple(rows))] if rows else []
        blocks = (Paragraph((opening,)), *table, Button(Link(button, self.facts.page_link)), *further)
        return Content(subject, self._preheader(), blocks)

    def request(self) -> list[Row]:
        """Who asks, for what, when and how much of it."""
        facts, say = self.facts, self.voice.say
        asker = [Row(say("Asked by"), (facts.asker_name,))] if facts.asker_name else []
        return [*asker, Row(say("Request"), (self.what,)), *self.time(), *self.minutes(), *self.room()]

    def time(self) -> list[Row]:
        said = self.voice.say("{when} ({zone})", when=self.when, zone=self.zone)
        return [Row(self.voice.say("Time"), (said,))]

    def minutes(self) -> list[Row]:
        if self.facts.minutes is None:
            return []
        return [Row(self.voice.say("Length"), (length(self.times, self.facts.minutes),))]

    def room(self) -> list[Row]:
        room, site = self.facts.room_name, self.facts.site_name
        where = self.voice.say("{room}, {site}", room=room, site=site) if room and site else room
        return [Row(self.voice.say("Room"), (where,))] if where else []

    def keep_to_yourself(self) -> Quiet:
        """A link is a capability, and its reader should know."""
        return Quiet((self.voice.say("The link opens your page without a password: please pass it on to nobody."),))

    def _preheader(self) -> str:
        if self.facts.first_day is not None:
            return first_day(self.facts, self.times)
        return self.voice.say("{when} ({zone})", when=self.when, zone=self.zone) if self.when else self.facts.company


def _asked(write: Writer) -> Content:
    say, facts = write.voice.say, write.facts
    subject = say("Waiting for your decision: {what}, {when}", what=write.what, when=write.when)
    if facts.for_name:
        opening = say("A request waits for your decision, in the place of {name}.", name=facts.for_name)
    else:
        opening = say("A request waits for your decision.")
    return write.content(subject, opening, write.request(), say("Open and decide"), write.keep_to_yourself())


def _reminder(write: Writer) -> Content:
    say, facts = write.voice.say, write.facts
    subject = say("Still waiting for your decision: {what}, {when}", what=write.what, when=write.when)
    if facts.for_name:
        opening = say("A request is still waiting for your decision, in the place of {name}.", name=facts.for_name)
    else:
        opening = say("A request is still waiting for your decision.")
    return write.content(subject, opening, write.request(), say("Open and decide"), write.keep_to_yourself())


def _decided(write: Writer) -> Content:
    say = write.voice.say
    if write.facts.approved:
        subject = say("Approved: {what}, {when}", what=write.what, when=write.when)
        opening = say("Your request was approved.")
    else:
        subject = say("Not approved: {what}, {when}", what=write.what, when=write.when)
        opening = say("Your request was not approved. What was said about it stands on your page.")
    return write.content(subject, opening, write.request(), say("Open my page"), write.keep_to_yourself())


def _welcome(write: Writer) -> Content:
    say, facts = write.voice.say, write.facts
    day = first_day(facts, write.times)
    site = [Row(say("Place"), (facts.site_name,))] if facts.site_name else []
    return write.content(
        say("Your first day at {company}: {day}", company=facts.company, day=day),
        say("Welcome to {company}. On your page you punch in and out, see your days, and ask for leave.", company=facts.company),
        [Row(say("First day"), (day,)), *site],
        say("Open my page"),
        write.keep_to_yourself(),
    )


def _room_released(write: Writer) -> Content:
    say = write.voice.say
    return write.content(
        say("Room given back: {room}, {when}", room=write.facts.room_name, when=write.when),
        say("Nobody checked in, so the room is free for others again."),
        [*write.room(), *write.time()],
        say("Open my page"),
    )


def _phone_page(write: Writer) -> Content:
    say, facts = write.voice.say, write.facts
    return write.content(
        say("Your page at {company}", company=facts.company),
        say("On this page you punch in and out, see your days, ask for leave, decide requests, and book rooms."),
        [],
        say("Open my page"),
        Quiet((say("Keep this letter, or put the page on your phone's home screen."),)),
        write.keep_to_yourself(),
    )


_LETTERS: Mapping[StaffPurpose, Callable[[Writer], Content]] = {
    StaffPurpose.APPROVAL_ASKED: _asked,
    StaffPurpose.APPROVAL_REMINDER: _reminder,
    StaffPurpose.APPROVAL_DECIDED: _decided,
    StaffPurpose.WELCOME: _welcome,
    StaffPurpose.ROOM_RELEASED: _room_released,
    StaffPurpose.PHONE_PAGE: _phone_page,
}


def write_to_staff(facts: StaffFacts, times: Times, purpose: StaffPurpose) -> Content:
    """The content of a letter to one of the staff."""
    return _LETTERS[purpose](Writer(facts, times))


def text_messages(facts: StaffFacts, times: Times, purpose: StaffPurpose) -> Iterator[str]:
    """Wordings of the same news as a text message, from the fullest to the shortest. Each names the company and ends with the page."""
    write, say = Writer(facts, times), times.voice.say
    said = {"company": facts.company, "link": facts.page_link}
    match purpose:
        case StaffPurpose.APPROVAL_ASKED | StaffPurpose.APPROVAL_REMINDER:
            yield say("{company}: {what} waits for your decision, {when}: {link}", what=write.what, when=write.when, **said)
            yield say("{company}: a request waits for your decision: {link}", **said)
        case StaffPurpose.APPROVAL_DECIDED if facts.approved:
            yield say("{company}: approved: {what}, {when} {link}", what=write.what, when=write.when, **said)
            yield say("{company}: your request was approved: {link}", **said)
        case StaffPurpose.APPROVAL_DECIDED:
            yield say("{company}: not approved: {what}, {when} {link}", what=write.what, when=write.when, **said)
            yield say("{company}: your request was not approved: {link}", **said)
        case StaffPurpose.WELCOME:
            day = first_day(facts, times)
            yield say("{company}: welcome! Your first day is {day}. Your page to punch and ask for leave: {link}", day=day, **said)
            yield say("{company}: welcome! Your first day is {day}: {link}", day=day, **said)
        case StaffPurpose.ROOM_RELEASED:
            yield say(
                "{company}: nobody checked in, {room} was given back, {when}: {link}", room=facts.room_name, when=write.when, **said
            )
            yield say("{company}: nobody checked in, your room was given back: {link}", **said)
        case StaffPurpose.PHONE_PAGE:
            yield say("{company}: your page to punch, ask for leave and decide. Pass it on to nobody: {link}", **said)
            yield say("{company}: your page: {link}", **said)
