"""The facts table: which facts a reader needs, each as a label and a line."""

from __future__ import annotations

from mianyue.base.interval import Interval
from mianyue.domain.notices.dates import Times
from mianyue.domain.notices.facts import InterviewerFact, LetterFacts, Place
from mianyue.domain.notices.letter import Line, Link, Row
from mianyue.domain.notices.maps import map_link


def agenda(minutes: int) -> tuple[int, int, int] | None:
    """Minutes for introductions, the conversation and the candidate's questions; None below 20, too short to divide.

    A sixth for the introduction and a quarter for questions, each rounded half up to five minutes and at least five; the
    conversation has the rest: 60 is 10, 35, 15.
    """
    if minutes < 20:
        return None
    introduction, questions = (max(5, (2 * minutes + 5 * part) // (10 * part) * 5) for part in (6, 4))
    return introduction, minutes - introduction - questions, questions


class Rows:
    """Writes rows for one letter."""

    def __init__(self, facts: LetterFacts, times: Times) -> None:
        self.facts, self.times, self.voice = facts, times, times.voice

    def time(self) -> list[Row]:
        """The chosen time with its zone's name."""
        return self._when(self.voice.say("Time"))

    def moved(self, previous: Interval) -> list[Row]:
        """The old and the new time."""
        before, zone = self.times.span(previous), self.times.zone_name(previous.start)
        return [
            Row(self.voice.say("Before"), (self.voice.say("{when} ({zone})", when=before, zone=zone),)),
            *self._when(self.voice.say("Now")),
        ]

    def interviewers(self) -> list[Row]:
        people = [self._person(person) for person in self.facts.interviewers if person.name]
        label = self.voice.say_n("Interviewer", "Interviewers", len(people))
        return [Row(label, (self.voice.enumerated(people),))] if people else []

    def place(self, room: str) -> list[Row]:
        """Where to go, with a map; nothing for a video interview."""
        place = self.facts.place
        if self.facts.mode != "onsite" or place is None:
            return []
        where = self.where(place, room)
        url = map_link(place, self.facts.zone)
        if not url:
            return [Row(self.voice.say("Place"), (where,))] if where else []
        link = Link(self.voice.say("open the map"), url)
        return [Row(self.voice.say("Place"), self.voice.line("{place} – map: {map}", place=where, map=link))]

    def where(self, place: Place, room: str) -> str:
        """The address, or the site's name where none is known, and the room."""
        parts = [part for part in (place.address or place.site_name, room) if part]
        return self.voice.say("{address}, {room}", address=parts[0], room=parts[1]) if len(parts) == 2 else "".join(parts)

    def meeting_link(self) -> list[Row]:
        """Where to join a video interview; nothing for an onsite one."""
        if self.facts.mode != "video":
            return []
        label = self.voice.say("Video link")
        if not self.facts.video_link:
            return [Row(label, (self.voice.say("We will send it before the interview"),))]
        return [Row(label, (Link(self.voice.say("join the video meeting"), self.facts.video_link),))]

    def form(self, *, detailed: bool = True) -> list[Row]:
        """Onsite or video, how long, and how the time is divided."""
        length = self.times.minutes(self.facts.minutes)
        if self.facts.mode == "onsite":
            form = self.voice.say("On site, about {length}", length=length)
        else:
            form = self.voice.say("By video, about {length}", length=length)
        parts = agenda(self.facts.minutes) if detailed else None
        if parts:
            introduction, talk, questions = (self.times.minutes(part, short=True) for part in parts)
            form = self.voice.say(
                "{form}: {introduction} to introduce yourself, {talk} on your work, {questions} for your questions",
                form=form,
                introduction=introduction,
                talk=talk,
                questions=questions,
            )
        return [Row(self.voice.say("Format"), (form,))]

    def prepare(self) -> list[Row]:
        label = self.voice.say("Please bring") if self.facts.mode == "onsite" else self.voice.say("Please prepare")
        things = self.voice.enumerated([thing for thing in self.facts.prepare if thing])
        return [Row(label, (things,))] if things else []

    def portfolio(self) -> list[Row]:
        """A reminder of the portfolio that the candidate gave; only its site is named, the rest of the address is not ours to repeat."""
        if not self.facts.portfolio:
            return []
        line = self.voice.say("Please have the portfolio ready that you gave us ({host})", host=self.facts.portfolio)
        return [Row(self.voice.say("Your portfolio"), (line,))]

    def materials(self) -> list[Row]:
        return self._link(self.voice.say("About the job"), self.voice.say("read about the job"), self.facts.materials_url)

    def candidate(self) -> list[Row]:
        return [Row(self.voice.say("Candidate"), (self.facts.candidate_name,))]

    def job(self) -> list[Row]:
        job = self.voice.say("{job}, {round}", job=self.facts.job_title, round=self.facts.round_name)
        return [Row(self.voice.say("Job and round"), (job,))]

    def room(self, room: str) -> list[Row]:
        """The room and its site: an interviewer knows the way."""
        site = self.facts.place.site_name if self.facts.place else ""
        where = self.voice.say("{room}, {site}", room=room, site=site) if room and site else room or site
        return [Row(self.voice.say("Room"), (where,))] if where else []

    def keywords(self) -> list[Row]:
        words = self.voice.enumerated(self.facts.keywords)
        return [Row(self.voice.say("Job keywords"), (words,))] if words else []

    def resume(self) -> list[Row]:
        """The résumé stays behind a link, where access is checked and recorded."""
        return self._link(self.voice.say("Résumé"), self.voice.say("open the résumé"), self.facts.resume_link)

    def _when(self, label: str) -> list[Row]:
        interval = self.facts.interval
        zone = self.times.zone_name(interval.start)
        line: Line = (self.voice.say("{when} ({zone})", when=self.times.span(interval), zone=zone),)
        return [Row(label, line)]

    def _person(self, person: InterviewerFact) -> str:
        role = self.voice.say("sitting in to learn") if person.sits_in else person.department or person.title
        return self.voice.say("{name} ({department})", name=person.name, department=role) if role else person.name

    def _link(self, label: str, text: str, url: str) -> list[Row]:
        return [Row(label, (Link(text, url),))] if url else []
