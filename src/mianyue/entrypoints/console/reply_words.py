"""What was heard, understood and done, in words: the codes of replies."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

STATES = {
    "waiting": _("Not read yet"),
    "acted": _("Done as asked"),
    "asked_back": _("Asked back"),
    "with_person": _("With a person"),
    "nothing": _("Nothing to do"),
    "stale": _("Things had moved on"),
}
STATE_TONES = {
    "waiting": "info",
    "acted": "success",
    "asked_back": "warning",
    "with_person": "danger",
    "nothing": "quiet",
    "stale": "quiet",
}
CHANNELS = {"page": _("on their page"), "email": _("by mail")}
INTENTS = {
    "decline": _("wants to step back"),
    "reschedule": _("wants another time"),
    "late": _("will be late"),
    "ill": _("is ill"),
}
KINDS = {
    "schedule": _("seems to choose a time or to name another"),
    "decline": _("seems to step back"),
    "question": _("seems to ask something"),
    "other": _("seems to be about something else"),
}
TOPICS = {
    "where": _("where it is"),
    "how_long": _("how long it takes"),
    "bring": _("what to bring"),
    "who": _("who will be there"),
    "parking": _("parking"),
    "link": _("the video link"),
    "online": _("on site or by video"),
    "when": _("when it is"),
    "other": _("something else"),
}
DONE = {
    "booked": _("Booked %(when)s."),
    "booked_already": _("Booked already: nothing changed."),
    "noted": _("Only an acknowledgement: nothing to do."),
    "asked_which": _("Asked back which time is meant: %(when)s."),
    "asked_move": _("Asked back whether the booked time is to change."),
    "asked_step_back": _("Asked back whether they want to step back."),
    "offered": _("Looked for times in %(when)s, and offered them."),
    "offered_others": _("Offered other times."),
    "none_free": _("Looked for times in %(when)s: none is free."),
    "answered": _("Answered from the interview's facts: %(topics)s."),
    "told_panel": _("Told the interviewers."),
    "wrote": _("Wrote a letter: %(purpose)s."),
    "automatic": _("Written by a program: not acted on, not answered."),
    "stayed": _("The candidate wants everything to stay as it is."),
    "corrected_book": _("Corrected: a time was booked."),
    "corrected_search": _("Corrected: other times were offered."),
    "corrected_answered": _("Answered by a recruiter."),
    "corrected_step_back": _("Corrected: the candidate steps back."),
    "corrected_nothing": _("Corrected: nothing to do."),
}
WHY_PERSON = {
    "unclear": _("Put before a person: not understood for certain."),
    "question": _("Put before a person: a question without a fact to answer it."),
    "decline": _("Put before a person: a wish to step back is never carried out by words alone."),
    "ill": _("Put before a person: the candidate is ill."),
    "late": _("Put before a person: the candidate will be late."),
    "today": _("Put before a person: it is about today's interview."),
    "ended": _("Put before a person: the interview has begun or is over."),
    "gone": _("Put before a person: the time meant is no longer there."),
    "likeness": _("Put before a person: the language isn't read, only what the words resemble."),
    "untrusted": _("Put before a person: the mail answers none of our letters, so it changes nothing."),
    "other_sender": _("Put before a person: it came from another address than our letter went to."),
    "unplaced": _("Put before a person: nobody can tell whose it is."),
    "unreadable": _("A mail could not be read: it is flagged in the mailbox for answers."),
    "none_free": _("Put before a person: no time that they named is free."),
    "other_times": _("Put before a person: no other times could be offered."),
    "too_often": _("Put before a person: times were offered four times already."),
    "many_letters": _("Put before a person: three letters have answered their mails within a day."),
    "asked_before": _("Put before a person: that was asked back before, or no letter could be written."),
    "not_meant": _("Put before a person: the candidate says they were misread."),
}
CORRECTIONS = {
    "book": _("they chose a time"),
    "search": _("they named other times"),
    "answered": _("answered by a person"),
    "step_back": _("they step back"),
    "nothing": _("nothing to do"),
    "not_meant": _("misread, says the candidate"),
}
SURENESS = {
    "sure": _("sure"),
    "fairly": _("fairly sure"),
    "unsure": _("not sure"),
    "nothing": _("nothing recognised"),
}
PURPOSES = {
    "ask_back": _("Question back: which time"),
    "ask_move": _("Question back: another time?"),
    "ask_step_back": _("Question back: step back?"),
    "answer": _("Answer to a question"),
    "none_free": _("No time free as asked"),
    "interviewer_late": _("Late or ill, to the interviewer"),
}
ACTS = {
    "reply.heard": pgettext_lazy("act", "Message received"),
    "reply.understood": _("Message understood"),
    "reply.corrected": _("Understanding corrected"),
    "reply.stayed": _("Question back answered with no"),
}
SENTENCES = (
    gettext_noop("This message belongs to no interview."),
    gettext_noop("Answer it yourself, then mark it as answered."),
    gettext_noop("No time was chosen."),
    gettext_noop("Choose one of the times on offer."),
    gettext_noop("None of these times is free for everybody; nothing was changed."),
    gettext_noop("Name other times, or answer the candidate."),
    gettext_noop("This time is no longer available."),
    gettext_noop("Reload the page to see what is."),
    gettext_noop("That is no stretch of time."),
    gettext_noop("Give when it begins and, after that, when it ends."),
)


def sureness(certainty: float) -> str:
    """The code of how sure the grammar is of itself."""
    return "sure" if certainty >= 0.85 else "fairly" if certainty >= 0.5 else "unsure" if certainty > 0 else "nothing"
