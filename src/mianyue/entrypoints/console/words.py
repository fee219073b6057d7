"""What codes mean, in words: every state, reason and act that a recruiter meets, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, gettext, gettext_noop, pgettext_lazy, to_locale
from django.utils.translation import gettext_lazy as _

from mianyue.base.errors import MianyueError
from mianyue.entrypoints.console import attendance_words, match_words, reply_words, resume_words

INTERVIEW_STATES = {
    "tentative": _("Tentatively held"),
    "offered": _("Waiting for the candidate"),
    "booked": _("Booked"),
    "finished": _("Finished"),
    "declined": _("Declined by the candidate"),
    "cancelled": _("Cancelled"),
    "silent": _("No answer"),
    "released": _("Released"),
}
STATE_TONES = {
    "tentative": "info",
    "offered": "warning",
    "booked": "success",
    "declined": "danger",
    "cancelled": "danger",
    "silent": "danger",
    "finished": "quiet",
    "released": "quiet",
}
PLAN_STATES = {
    "searching": _("Being searched"),
    "ready": _("Ready, nothing is sent"),
    "sending": _("Being sent"),
    "sent": _("Sent"),
    "discarded": _("Discarded"),
}
PLAN_TONES = {"searching": "info", "ready": "warning", "sending": "info", "sent": "success", "discarded": "quiet"}
RESULTS = {
    "passed": _("Passed"),
    "rejected": _("Rejected"),
    "next_round": _("Next round"),
    "no_show": _("Did not come"),
}
OPTION_STATES = {"held": _("Held"), "chosen": _("Chosen"), "released": _("Free again")}
SEAT_ANSWERS = {"": _("no answer yet"), "accepted": _("accepted"), "declined": _("can't make it")}
APPLICATION_STATES = {
    "active": _("Active"),
    "passed": _("Passed"),
    "hired": _("Hired"),
    "rejected": _("Rejected"),
    "withdrawn": _("Withdrawn"),
}
MODES = {"onsite": _("On site"), "video": _("Video")}
FAMILIES = {"standard": _("Standard"), "non_standard": _("Non-standard")}
CHANNELS = {"email": _("E-mail"), "sms": _("Text message")}
RECIPIENTS = {"candidate": _("Candidate"), "interviewer": _("Interviewer"), "staff": _("Staff")}

PURPOSES = {
    "invitation": _("Invitation"),
    "new_options": _("New times"),
    "follow_up": _("Second notice"),
    "confirmation": _("Confirmation"),
    "reminder_24h": _("Reminder, a day before"),
    "reminder_2h": _("Reminder, shortly before"),
    "changed": pgettext_lazy("letter", "Change"),
    "cancelled": _("Cancellation"),
    "withdrawn": _("Confirmation of stepping back"),
    "closing": _("Closing letter"),
    "interviewer_booked": _("Booking, to the interviewer"),
    "interviewer_changed": _("Change, to the interviewer"),
    "interviewer_cancelled": _("Cancellation, to the interviewer"),
    "interviewer_reminder": _("Reminder, to the interviewer"),
    **reply_words.PURPOSES,
    "approval_asked": _("Request to decide"),
    "approval_reminder": _("Reminder of a request"),
    "approval_decided": _("Decision on a request"),
    "welcome": _("Welcome to a new hire"),
    "room_released": _("Room given back, nobody came"),
    "phone_page": _("Link to the phone page"),
}
DELIVERY_STATES = {
    "queued": _("Queued"),
    "sending": _("Being sent"),
    "accepted": _("Sent"),
    "failed": _("Failed, is retried"),
    "refused": _("Refused for good"),
    "unknown": _("Unknown whether it arrived"),
    "stale": _("Not sent: no longer true"),
}
DELIVERY_TONES = {
    "queued": "quiet",
    "sending": "info",
    "accepted": "success",
    "failed": "warning",
    "refused": "danger",
    "unknown": "warning",
    "stale": "quiet",
}

TIMERS = {
    "follow_up": _("Second notice, if there is no answer"),
    "give_up": _("Times become free, if there is no answer"),
    "tentative_ends": _("Tentative times become free"),
    "tentative_waits": _("You are asked to invite to the held times"),
    "refill": _("Further times are looked for"),
    "provision": _("Steps to the first day are gone on with"),
    "reminder": _("Reminder"),
    "approval_reminder": _("The approver is reminded"),
    "approval_escalation": _("HR may decide, too"),
    "room_unused": _("The room becomes free, if nobody checks in"),
    "freed": _("Freed hours are offered to others"),
    "change_overtaken": _("The interview begins: a change is no longer possible"),
}

TASKS = {
    "no_time": _("No time suits everybody"),
    "no_answer": _("No answer from the candidate"),
    "next_round": _("Held times of a next round wait for the invitation"),
    "no_address": _("No way to reach somebody"),
    "not_delivered": _("A message could not be delivered"),
    "delivery_unknown": _("Nobody knows whether a message arrived"),
    "question": _("The candidate asks"),
    "unplaced_mail": _("A mail that nobody can place"),
    "interviewer_out": _("An interviewer can't come"),
    "promise_broken": _("A promised time no longer holds"),
    "resume_unreadable": _("A résumé needs your eyes"),
    "resume_fields": _("What a résumé says waits for your confirmation"),
    "closing_letter": _("A closing letter needs your consent"),
    "hire": _("Passed: confirm the hire"),
    "video_link": _("A video interview needs its link"),
    "letter_refused": _("A letter did not pass the guard"),
    "provisioning": _("A new hire can't punch yet"),
    "first_job": _("Annual leave waits for the date of the first job"),
}
MENDED = {
    "stood_in": _("same time, with others or in another room"),
    "withdrawn": _("some of the offered times taken back"),
}
RESUME_FIELDS, RESUME_SURENESS, RESUME_SURENESS_TONES = resume_words.FIELDS, resume_words.SURENESS, resume_words.SURENESS_TONES
MATCH, MATCH_TONES = match_words.MET, match_words.MET_TONES
RESUME_PROBLEMS = {
    "scan": _("It is only a picture, without text."),
    "unreadable": _("The file is broken."),
    "encrypted": _("It is protected by a password."),
    "too_large": _("It is too large."),
    "unknown_type": _("It is neither PDF, DOCX nor TXT."),
}

REASONS = {
    "soonest": _("the earliest time that suits everybody"),
    "different_day": _("a different day from the others"),
    "other_half": _("the other half of the day"),
    "comfortable_hours": _("within 9:00–18:00 of the candidate's clock"),
    "all_free": _("everybody is at work and free in every calendar"),
    "nearest": _("the nearest to the time that fell through"),
    "light_load": _("nobody else who could sit in has fewer interviews (%(minutes)s min promised)"),
    "likely": _("no possible time is more likely to be accepted (%(percent)s %%)"),
    "fair_load": _("nobody else who could sit in has fewer interviews per hour on shift (%(minutes)s min in %(hours)s h)"),
    "spares_scarce": _("%(people)s more could sit in, but their hours are wanted more elsewhere"),
    "overtime_warning": _("outside the shift of %(who)s, whose overtime comes to %(hours)s h in that month (at most 36 h)"),
    "predicted_day": _("holidays and make-up workdays are not announced yet for this day: that it is worked is predicted"),
    "room_fits": _("the room has %(seats)s seats, %(needed)s are needed"),
}
LOOSENED = {
    "no_buffer": _("without the buffer before and after the interview"),
    "other_person": _("if somebody else of the panel took the seat of %(who)s"),
    "smaller_room": _("in %(who)s, which is one seat short"),
    "wider_day": _("an hour earlier or later on the candidate's clock"),
    "other_windows": _("at times that the candidate did not state"),
    "no_room": _("without a room, by video"),
}
MOVED = {
    "calendar": _("if the appointment of %(who)s on %(when)s moved"),
    "promised": _("if the other interview that %(who)s is promised to on %(when)s moved"),
    "room_booked": _("if the booking of %(who)s on %(when)s moved"),
}
EXCLUDED = {
    "not_at_work": _("not at work"),
    "leave": _("on leave"),
    "trip": _("on a trip"),
    "left_early": _("has left for today"),
    "attendance_unknown": _("attendance can't be read, so the time is unknown"),
    "overtime_full": _("has no more overtime in that month (at most 36 h)"),
    "public_holiday": _("public holiday"),
    "calendar": _("busy in the calendar"),
    "calendar_unknown": _("calendar can't be read, so the time is unknown"),
    "promised": _("promised to another interview"),
    "room_booked": _("room is booked"),
    "candidate_busy": _("the candidate has another interview"),
    "already_offered": _("offered before and not taken"),
    "excluded": _("not a working day"),
    "blackout": _("the company holds no interviews on that day"),
    "rest": _("rests after a night shift"),
    "day_full": _("has enough interviews on that day"),
    "week_full": _("has enough interviews in that week"),
    "on_the_way": _("would be on the way from another site"),
    "cannot_come": _("said that they can't come"),
    "outside_candidate_day": _("outside 8:00–21:00 of the candidate's clock"),
    "outside_stated_windows": _("outside the times the candidate stated"),
    "window_too_short": _("the horizon is shorter than the interview"),
    "unknown_person": _("this person is not known"),
    "unknown_room": _("this room is not known"),
    "room_too_small": _("room is too small"),
    "room_lacks_equipment": _("room lacks the equipment that is needed"),
    "no_room_at_site": _("there is no room at the site"),
    "seat_not_filled": _("none of them is free"),
    "panel_not_together": _("the panel is never free together"),
    "no_room_free": _("the panel is free, but no room is"),
}

PROBLEMS = {
    "duplicate_application": _("Repeats another application of the same person for the same job"),
    "unknown_job": _("Its job does not exist"),
    "unknown_round": _("Its round does not exist"),
    "job_without_rounds": _("Its job has no interview rounds"),
    "no_interviewer": _("Nobody is named who could hold its round"),
    "resume_missing": _("The résumé file is missing"),
    "resume_of_another_person": _("The résumé is somebody else's"),
    "invalid_email": _("The e-mail address is not valid"),
    "invalid_mobile": _("The mobile number is not valid"),
    "missing_value": _("A value is missing"),
    "bad_value": _("A value can't be understood"),
    "no_time": _("No time suits everybody"),
    "not_active": _("The application is no longer active"),
}

TABLES = {
    "company": _("Company"),
    "sites": _("Sites"),
    "site_distances": _("Ways between sites"),
    "departments": _("Departments"),
    "attendance_groups": _("Attendance groups"),
    "group_members": _("Members of attendance groups"),
    "rotations": _("Rotations"),
    "rotation_days": _("Days of rotations"),
    "rosters": _("Rosters"),
    "trips": _("Trips"),
    "leave_types": _("Kinds of leave"),
    "leave_quotas": _("Leave granted"),
    "rooms": _("Rooms"),
    "room_bookings": _("Room bookings"),
    "employees": _("Employees"),
    "shifts": _("Shifts"),
    "shift_assignments": _("Shift assignments"),
    "leave": _("Leave"),
    "overtime": _("Overtime"),
    "jobs": _("Jobs"),
    "interview_rounds": _("Interview rounds"),
    "interviewers": _("Interviewers of the rounds"),
    "shadows": _("Who sits in to learn"),
    "candidates": _("Candidates"),
    "resumes": _("Résumés"),
    "applications": _("Applications"),
    "calendars": _("Calendars"),
}

ACTS = {
    **attendance_words.ACTS,
    **reply_words.ACTS,
    "interview.offered": _("Times offered"),
    "interview.reoffered": _("New times offered"),
    "interview.refilled": _("Further times offered"),
    "interview.booked": _("Booked"),
    "interview.declined": _("Declined"),
    "interview.cancelled": _("Cancelled"),
    "interview.finished": _("Result recorded"),
    "interview.followed_up": _("Second notice written"),
    "interview.reminded": _("Reminder written"),
    "interview.silent": _("No answer: times free again"),
    "interview.released": _("Tentative times free again"),
    "interview.accepted": _("Interviewer accepted"),
    "interviewer.out": _("Interviewer can't come"),
    "candidate.asked": _("Candidate asked"),
    "application.rejected": _("Application rejected"),
    "application.hired": _("Hire confirmed"),
    "interview.held": _("Times held tentatively"),
    "interview.linked": _("Video link sent"),
    "interview.mended": _("Kept true after a change"),
    "interview.broken": _("A promised time no longer holds"),
    "application.closed": _("Closing letter"),
    "change.asked": _("Interviewer asked for a change"),
    "change.done": _("Change carried out"),
    "change.closed": _("Change not carried out"),
    "room.booked": _("Room booked"),
    "room.approved": _("Room granted"),
    "room.checked_in": _("Checked in to a room"),
    "room.left": _("Room left early"),
    "room.cancelled": _("Room given back"),
    "room.released": _("Room free again: nobody came"),
    "approval.lapsed": _("Nobody decided in time"),
    "import.finished": _("Import finished"),
    "notice.sent": _("Message sent"),
    "notice.not_sent": _("Message not sent: no longer true"),
    "notice.refused": _("Message refused by the channel"),
    "notice.unknown": _("Unknown whether a message arrived"),
    "notice.worded": _("Message worded by the writer"),
    "notice.template_kept": _("Message kept the template's words"),
    "writer.switched_on": _("Writer switched on"),
    "writer.switched_off": _("Writer switched off"),
    "task.closed": _("Task closed by hand"),
    "resume.opened": _("Résumé opened"),
    "resume.refused": _("Résumé refused: no permission"),
    "resume.confirmed": _("What a résumé says confirmed"),
    "resume.scan_read": _("Scanned résumé read"),
    "plan.begun": _("Plan begun"),
    "plan.stopped": _("Search ended with the best so far"),
    "plan.sending": _("Plan's letters begun"),
    "plan.sent": _("Plan sent"),
    "plan.discarded": _("Plan discarded"),
    "token.made": _("API token made"),
    "token.revoked": _("API token revoked"),
    "staff.page_made": _("Phone page opened for somebody"),
    "staff.page_sent": _("Phone page sent"),
}
ACTORS = {
    "user": _("Console user"),
    "candidate": _("Candidate"),
    "interviewer": _("Interviewer"),
    "employee": _("Employee"),
    "program": _("Program"),
    "system": pgettext_lazy("actor", "mianyue"),
}

_ERRORS = {
    "refused": _("That is not possible in the present state; nothing was changed."),
    "somebody_was_first": _("Somebody was faster: it has changed in the meantime, and nothing was done."),
    "time_taken": _("One of these times was promised to somebody else a moment ago. Please try again."),
    "already_invited": _("The candidate is invited already."),
    "not_found": _("It does not exist any more."),
    "nothing_to_plan": _("Nobody chosen is waiting for an invitation; nothing was planned."),
    "nothing_imported": _("No company has been imported yet. Import a folder first."),
    "letter_incomplete": _("The letter can't be written: facts are missing."),
    "unavailable": _("A part of the system does not answer. Please try again in a moment."),
}
# The messages of workflows that are whole sentences without ids, so that they can be translated as they are.
_SENTENCES = (
    *reply_words.SENTENCES,
    gettext_noop("There is no other time to offer; nothing was changed."),
    gettext_noop("Widen the horizon or add an interviewer to the round."),
    gettext_noop("The interview has moved on in the meantime."),
    gettext_noop("The plan is not ready, or somebody has dealt with it already."),
    gettext_noop("Somebody has dealt with the plan already."),
    gettext_noop("The search has ended already."),
    gettext_noop("Reload to see what it found."),
    gettext_noop("This task is done already."),
    gettext_noop("Reload the queue."),
    gettext_noop("That is not a date."),
    gettext_noop("Write it as 2026-12-31."),
    gettext_noop("Nobody approves their own request."),
    gettext_noop("Somebody else will decide it."),
    gettext_noop("Somebody else decides this now."),
    gettext_noop("It comes to HR when it is its turn, or has waited too long."),
    gettext_noop("This has been decided or taken back already."),
    gettext_noop("Reload to see where it stands."),
    gettext_noop("Nobody's first job begins after this one."),
    gettext_noop("Give the first day of the first job anywhere."),
    gettext_noop("It was told before."),
    gettext_noop("Correct the balance by an entry of its own."),
    gettext_noop("This hire has punched already."),
    gettext_noop("Set the last day at work instead."),
    gettext_noop("A balance is changed for a reason."),
    gettext_noop("Choose one."),
    gettext_noop("That is no length of leave."),
    gettext_noop("Give hours, at most those of a year; a minus takes them off."),
    gettext_noop("What is taken off does not expire."),
    gettext_noop("Leave the last day empty."),
    gettext_noop("There is not enough left of this kind of leave."),
    gettext_noop("Ask for less, or for another kind."),
    gettext_noop("No e-mail address or mobile number is known."),
    gettext_noop("Add one to the company's files and import again."),
    gettext_noop("Somebody else has confirmed this résumé in the meantime."),
    gettext_noop("Look at what they saved; then go on."),
)


def of(words: Mapping[str, Any], code: str) -> str:
    """The words for a code; a code nobody has words for is shown as it is, never hidden."""
    return str(words.get(code, code))


def reason(reason: Mapping[str, Any]) -> str:
    """Why a time was chosen: a code with its figures, as an option keeps it."""
    return of(REASONS, reason["code"]) % {key: value for key, value in reason.items() if key != "code"}


def error(error: MianyueError) -> str:
    """What happened and what to do next. The sentences of workflows are English; other languages get those that are translated,
    or what the error's kind means."""
    if to_locale(get_language() or "en").startswith("en"):
        return f"{error} {error.hint}".strip()
    said = [gettext(sentence) for sentence in (str(error), error.hint) if sentence in _SENTENCES]
    return " ".join(said) or of(_ERRORS, error.code)
