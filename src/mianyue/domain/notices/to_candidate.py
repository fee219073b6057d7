"""What a candidate is told: the sentences and the order of the blocks, one function a purpose."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mianyue.domain.notices import answers
from mianyue.domain.notices.dates import Times
from mianyue.domain.notices.facts import LetterFacts
from mianyue.domain.notices.letter import Block, Button, Choice, Choices, Content, Line, Link, Paragraph, Quiet, Row, Table
from mianyue.domain.notices.purposes import Purpose
from mianyue.domain.notices.rows import Rows


class _Writer:
    """Sentences of one letter; every one names the job and the round, since a candidate may be in several processes."""

    def __init__(self, facts: LetterFacts, times: Times) -> None:
        self.facts, self.times, self.voice = facts, times, times.voice
        self.rows = Rows(facts, times)

    def of(self, message: str, /, **values: str) -> str:
        facts = self.facts
        return self.voice.say(message, job=facts.job_title, round=facts.round_name, company=facts.company, **values)

    def paragraph(self, message: str, /, **values: str) -> Paragraph:
        return Paragraph((self.of(message, **values),))

    def offered(self, subject: str, opening: Paragraph, rows: list[Row]) -> Content:
        facts, voice, times = self.facts, self.voice, self.times
        rooms = {option.room_name for option in facts.options if option.room_name}
        choices = Choices(
            tuple(
                Choice(
                    option.number,
                    times.span(option.interval),
                    option.room_name if facts.mode == "onsite" and len(rooms) > 1 else "",
                    Link(voice.say("Pick this one"), option.link),
                )
                for option in facts.options
            )
        )
        prompt, preheader = self._prompt()
        page = Link(voice.say("open your interview page"), facts.page_link)
        quiet = voice.line(
            "None of them suits, a question, or no longer interested: {page} (or simply reply to this mail)", page=page
        )
        blocks: tuple[Block, ...] = (opening, Paragraph((prompt,)), choices, Quiet(quiet), *_table(rows))
        return Content(subject, preheader, blocks)

    def offered_room(self) -> str:
        """The room to name beside the address: that of all options, or none where each option names its own."""
        rooms = {option.room_name for option in self.facts.options if option.room_name}
        named = self.facts.place.room_name if self.facts.place else ""
        return next(iter(rooms)) if len(rooms) == 1 else "" if rooms else named

    def _prompt(self) -> tuple[str, str]:
        zone = self.times.zone_name(self.facts.options[0].interval.start)
        if self.facts.held_until is None:
            prompt = self.voice.say("Please pick one of these times ({zone}):", zone=zone)
            return prompt, self.voice.say("Please pick a time for your interview.")
        until = self.times.moment(self.facts.held_until)
        prompt = self.voice.say_n(
            "Please confirm this time ({zone}; it is held for you until {until}):",
            "Please pick one of these times ({zone}; all of them are held for you until {until}):",
            len(self.facts.options),
            zone=zone,
            until=until,
        )
        return prompt, self.voice.say("Held for you until {until} ({zone}).", until=until, zone=zone)

    def booked(self, subject: str, opening: Paragraph, when: list[Row], button: str) -> Content:
        facts, rows, voice = self.facts, self.rows, self.voice
        table = [
            *when,
            *rows.place(facts.room),
            *rows.meeting_link(),
            *rows.interviewers(),
            *rows.form(),
            *rows.prepare(),
            *rows.portfolio(),
            *rows.materials(),
        ]
        quiet = (voice.say("Another time, or a question: use the link above, or simply reply to this mail"),)
        blocks: tuple[Block, ...] = (opening, *_table(table), Button(Link(button, facts.page_link)), Quiet(quiet))
        return Content(subject, self.when_and_zone(), blocks)

    def start(self) -> str:
        """The first instant of the interview that the letter is about."""
        return self.times.moment(self.facts.interval.start)

    def when_and_zone(self) -> str:
        interval = self.facts.interval
        return self.voice.say("{when} ({zone})", when=self.times.span(interval), zone=self.times.zone_name(interval.start))

    def question(self) -> list[Block]:
        """The quiet line of a letter that asks for nothing."""
        if not self.facts.page_link:
            return []
        page = Link(self.voice.say("open your interview page"), self.facts.page_link)
        return [Quiet(self.voice.line("A question: {page} (or simply reply to this mail)", page=page))]


def _table(rows: list[Row]) -> tuple[Block, ...]:
    return (Table(tuple(rows)),) if rows else ()


def _invitation(write: _Writer) -> Content:
    subject = write.of("Interview for {job} at {company}: please pick a time")
    if write.facts.keywords:
        opening = write.paragraph(
            "Thank you for applying for {job}. Your work with {keywords} is close to what this team does, "
            "and we would like to meet you for an interview ({round}).",
            keywords=write.voice.together(write.facts.keywords),
        )
    else:
        opening = write.paragraph("Thank you for applying for {job}. We would like to meet you for an interview ({round}).")
    rows = write.rows
    table = [
        *rows.interviewers(),
        *rows.place(write.offered_room()),
        *rows.form(),
        *rows.prepare(),
        *rows.portfolio(),
        *rows.materials(),
    ]
    return write.offered(subject, opening, table)


def _new_options(write: _Writer) -> Content:
    subject = write.of("New interview times for {job} at {company}: please pick one")
    opening = write.paragraph("Thank you for telling us. We have looked for other times for your interview for {job} ({round}).")
    if write.facts.added:
        subject = write.of("More interview times for {job} at {company}: please pick one")
        opening = write.paragraph(
            "More time has become free for your interview for {job} ({round}). These are all the times you can choose from now; "
            "those you knew keep their numbers."
        )
    elif write.facts.by_us:
        opening = write.paragraph(
            "We are sorry: on our side something has come up for your interview for {job} ({round}). Here are new times to choose from."
        )
    rows = write.rows
    return write.offered(subject, opening, [*rows.interviewers(), *rows.place(write.offered_room()), *rows.form()])


def _follow_up(write: _Writer) -> Content:
    subject = write.of("Still open for you: interview for {job} at {company}")
    opening = write.paragraph("We wrote to you about an interview for {job} ({round}) and would still be glad to meet you.")
    return write.offered(subject, opening, write.rows.form(detailed=False))


def _confirmation(write: _Writer) -> Content:
    subject = write.of("Interview for {job} at {company} is booked: {when}", when=write.start())
    opening = write.paragraph("Your interview for {job} ({round}) is booked.")
    return write.booked(subject, opening, write.rows.time(), write.voice.say("See details or change"))


def _reminder_24h(write: _Writer) -> Content:
    subject = write.of("Reminder: interview for {job} at {company}, {when}", when=write.start())
    opening = write.paragraph("A reminder of your interview for {job} ({round}).")
    return write.booked(subject, opening, write.rows.time(), write.voice.say("I will be there / I cannot make it"))


def _reminder_2h(write: _Writer) -> Content:
    subject = write.of("Reminder: interview for {job} at {company}, {when}", when=write.start())
    start = write.facts.interval.start
    clock, zone = write.times.clock(start), write.times.zone_name(start)
    opening = write.paragraph("Your interview for {job} ({round}) starts at {clock} ({zone}).", clock=clock, zone=zone)
    onsite = write.facts.mode == "onsite"
    button = write.voice.say("On my way / I cannot make it") if onsite else write.voice.say("I am ready / I cannot make it")
    return write.booked(subject, opening, write.rows.time(), button)


def _changed(write: _Writer) -> Content:
    facts = write.facts
    subject = write.of("Changed: interview for {job} at {company}, now {when}", when=write.start())
    if facts.previous is None or facts.previous == facts.interval:
        opening = write.paragraph(
            "We are sorry: something about your interview for {job} ({round}) has changed. This is how it stands now."
        )
        when = write.rows.time()
    else:
        opening = write.paragraph("We are sorry: the time of your interview for {job} ({round}) has changed.")
        when = write.rows.moved(facts.previous)
    return write.booked(subject, opening, when, write.voice.say("Accept, or pick another time"))


def _cancelled(write: _Writer) -> Content:
    subject = write.of("Cancelled: interview for {job} at {company}, {when}", when=write.start())
    opening = write.paragraph(
        "We are sorry: your interview for {job} ({round}) on {when} will not take place.", when=write.when_and_zone()
    )
    after = write.paragraph("There is nothing for you to do. If there is a next step, we will write to you.")
    return Content(subject, write.when_and_zone(), (opening, after, *write.question()))


def _withdrawn(write: _Writer) -> Content:
    subject = write.of("As you asked: interview for {job} at {company}, {when}, is cancelled", when=write.start())
    opening = write.paragraph(
        "As you asked, your interview for {job} ({round}) on {when} is cancelled. Thank you for telling us.",
        when=write.when_and_zone(),
    )
    return Content(subject, write.when_and_zone(), (opening, write.paragraph("We wish you all the best."), *write.question()))


def _closing(write: _Writer) -> Content:
    subject = write.of("Your application for {job} at {company}")
    opening = write.paragraph(
        "Thank you for your interest in {job} and for the time you gave us. "
        "This time we will not be taking your application further."
    )
    return Content(subject, "", (opening, write.paragraph("We wish you all the best."), *write.question()))


def _ask_back(write: _Writer) -> Content:
    subject = write.of("Which time do you mean? Interview for {job} at {company}")
    opening = write.paragraph(
        "Thank you for your answer about the interview for {job} ({round}). We would rather ask than book the wrong time: "
        "please tap the one you mean. Nothing is booked until you do."
    )
    return write.offered(subject, opening, [])


def _ask_move(write: _Writer) -> Content:
    subject = write.of("Another time? Interview for {job} at {company}")
    opening = write.paragraph(
        "Thank you for your answer about the interview for {job} ({round}). It is booked as below, and stays so until you say "
        "otherwise: on your interview page one tap looks for other times."
    )
    rows = (Table(tuple(write.rows.time())), Button(Link(write.voice.say("Look for other times"), write.facts.page_link)))
    return Content(subject, "", (opening, *rows, *write.question()))


def _ask_step_back(write: _Writer) -> Content:
    subject = write.of("Do you want to step back? {job} at {company}")
    opening = write.paragraph(
        "We read your answer about the interview for {job} ({round}) as a wish to step back. Nothing has changed yet: please confirm "
        "it with one tap on your interview page. If we misread you, there is nothing for you to do."
    )
    button = Button(Link(write.voice.say("Open my interview page"), write.facts.page_link))
    return Content(subject, "", (opening, button, *write.question()))


def _answer(write: _Writer) -> Content:
    subject = write.of("Your question about the interview for {job} at {company}")
    opening = write.paragraph("Thank you for your question about the interview for {job} ({round}). This is what we know:")
    rows = answers.rows_about(write.facts.topics, write.rows, write.offered_room())
    return Content(subject, "", (opening, *_table(rows), *write.question()))


def _none_free(write: _Writer) -> Content:
    subject = write.of("The times you named: interview for {job} at {company}")
    opening = write.paragraph(
        "Thank you for your answer about the interview for {job} ({round}). We looked at the times you named, and none of them is "
        "free for everybody:"
    )
    asked = [*write.facts.asked]
    zone = write.times.zone_name(asked[0].start)
    named = write.voice.enumerated([write.times.stretch(one) for one in asked])
    table = Table((Row(write.voice.say("You asked for"), (write.voice.say("{when} ({zone})", when=named, zone=zone),)),))
    after = write.paragraph("What we offered you stands unchanged. A recruiter has your wish and will write to you.")
    return Content(subject, "", (opening, table, after, *write.question()))


_LETTERS: Mapping[Purpose, Callable[[_Writer], Content]] = {
    Purpose.INVITATION: _invitation,
    Purpose.NEW_OPTIONS: _new_options,
    Purpose.FOLLOW_UP: _follow_up,
    Purpose.CONFIRMATION: _confirmation,
    Purpose.REMINDER_24H: _reminder_24h,
    Purpose.REMINDER_2H: _reminder_2h,
    Purpose.CHANGED: _changed,
    Purpose.CANCELLED: _cancelled,
    Purpose.WITHDRAWN: _withdrawn,
    Purpose.CLOSING: _closing,
    Purpose.ASK_BACK: _ask_back,
    Purpose.ASK_MOVE: _ask_move,
    Purpose.ASK_STEP_BACK: _ask_step_back,
    Purpose.ANSWER: _answer,
    Purpose.NONE_FREE: _none_free,
}


def write_to_candidate(facts: LetterFacts, times: Times, purpose: Purpose) -> Content:
    """The content of a letter to the candidate."""
    return _LETTERS[purpose](_Writer(facts, times))


def why_candidate(times: Times, notice: Link, privacy: Link) -> Line:
    """Why we have the candidate's data and where to object (PIPL Art. 17; GDPR Art. 13, 14, 21)."""
    return times.voice.line(
        "You receive this letter because you applied to us. Your data is used for this recruitment only; your rights and how long "
        "we keep it: {notice} (to correct or delete it, or to object: {privacy})",
        notice=notice,
        privacy=privacy,
    )
