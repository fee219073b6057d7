"""What codes mean on the staff's pages, and what to do about a refusal, in the reader's words."""

from __future__ import annotations

from django.utils.translation import gettext as translated
from django.utils.translation import pgettext_lazy

from mianyue.base.errors import MianyueError

REQUESTS = {
    "leave": pgettext_lazy("staff", "Leave"),
    "overtime": pgettext_lazy("staff", "Overtime"),
    "trip": pgettext_lazy("staff", "Business trip"),
    "correction": pgettext_lazy("staff", "Punch correction"),
    "room": pgettext_lazy("staff", "Room booking"),
    "interview": pgettext_lazy("staff", "Interview change"),
}
STATES = {
    "pending": pgettext_lazy("staff", "Waiting for a decision"),
    "approved": pgettext_lazy("staff", "Approved"),
    "rejected": pgettext_lazy("staff", "Not approved"),
    "cancelled": pgettext_lazy("staff", "Taken back"),
}
SIDES = {"in": pgettext_lazy("staff", "Start of work"), "out": pgettext_lazy("staff", "End of work")}
FINDINGS = {
    "late": pgettext_lazy("staff", "Late"),
    "early": pgettext_lazy("staff", "Left early"),
    "missing_in": pgettext_lazy("staff", "No punch at the start"),
    "missing_out": pgettext_lazy("staff", "No punch at the end"),
    "absent": pgettext_lazy("staff", "Absent"),
    "leave": pgettext_lazy("staff", "Leave"),
    "trip": pgettext_lazy("staff", "Business trip"),
    "overtime": pgettext_lazy("staff", "Overtime"),
    "unpunched": pgettext_lazy("staff", "Overtime without punches"),
    "rest_worked": pgettext_lazy("staff", "Punches on a day of rest"),
    "field": pgettext_lazy("staff", "Field work"),
    "conflict": pgettext_lazy("staff", "Punches and requests disagree"),
    "open": pgettext_lazy("staff", "Not settled yet"),
}
WARNINGS = {
    "month_30h": pgettext_lazy("staff", "With this, the month has 30 hours of overtime or more; the law allows 36."),
    "day_3h": pgettext_lazy("staff", "That is more than 3 hours of overtime on one day."),
}
DAY_KINDS = {
    "statutory_holiday": pgettext_lazy("staff", "Public holiday"),
    "bridge_day_off": pgettext_lazy("staff", "Bridge day off"),
    "make_up_workday": pgettext_lazy("staff", "Make-up workday"),
    "weekend": pgettext_lazy("staff", "Weekend"),
    "plain": pgettext_lazy("staff", "Workday"),
}
BOOKINGS = {
    "pending": pgettext_lazy("staff", "Waiting for approval"),
    "booked": pgettext_lazy("staff", "Booked"),
    "checked_in": pgettext_lazy("staff", "In use"),
}
REFUSALS = {
    "somebody_was_first": pgettext_lazy("staff", "This was decided or changed a moment before; nothing was changed now."),
    "not_yours": pgettext_lazy("staff", "Somebody else decides this now."),
    "overdrawn": pgettext_lazy("staff", "There is not enough left of this kind of leave. Ask for less, or for another kind."),
    "month_signed_off": pgettext_lazy("staff", "This month is signed off already. Ask HR to open it again."),
    "delegation_refused": pgettext_lazy(
        "staff", "This deputy can't decide for you on these dates. Choose somebody else, or other dates."
    ),
    "asked_before": pgettext_lazy(
        "staff", "You have asked for something else about this interview already; it is still to be decided."
    ),
    "too_far": pgettext_lazy(
        "staff", "Your phone is too far from every place where you can punch. Go nearer, or ask for a correction."
    ),
    "not_employed": pgettext_lazy("staff", "Only who works here on that day can punch. Please talk to HR."),
    "room_taken": pgettext_lazy("staff", "Somebody else has this room at that time. Choose another room or another time."),
    "room_unknown": pgettext_lazy(
        "staff", "Nobody can say at the moment whether this room is free. Try again later, or choose another one."
    ),
    "not_bookable": pgettext_lazy("staff", "Rooms can be booked from now on, up to 90 days ahead, for 8 hours at most."),
    "not_your_booking": pgettext_lazy("staff", "Somebody else booked this room."),
}
ASK_RULES = {
    "kind_not_in_use": pgettext_lazy("staff", "This kind of leave can't be asked for. Choose another kind."),
    "too_long": pgettext_lazy("staff", "That is longer, or farther ahead, than a year."),
    "too_late": pgettext_lazy("staff", "That is too long ago. Please talk to HR."),
    "not_yet": pgettext_lazy("staff", "That has not happened yet."),
    "no_working_time": pgettext_lazy("staff", "There is no working time in it: days of rest and holidays need no leave."),
    "overlaps": pgettext_lazy(
        "staff", "You have asked for some of this time already. Take that back first, or choose another time."
    ),
    "in_working_time": pgettext_lazy("staff", "Some of this is working time. Overtime lies outside your shifts."),
    "month_cap": pgettext_lazy("staff", "That is more overtime than the law allows in a month: 36 hours."),
    "not_employed": pgettext_lazy("staff", "That is before your first or after your last day."),
    "known_already": pgettext_lazy("staff", "There is a punch at this time already, or you have asked for one."),
    "too_many_corrections": pgettext_lazy(
        "staff", "You have corrected as many punches in this month as the company allows. Please talk to HR."
    ),
    "begun": pgettext_lazy("staff", "It has begun, or is over. Please talk to HR."),
}
"""What ``workflows.requests.ask`` refuses, by its rule."""


def of(meanings: dict[str, str], code: str) -> str:
    """What a code means; a code without words as it stands."""
    return str(meanings.get(code, code))


def refusal(error: MianyueError) -> str:
    """Why something was not done, in words a person can act on."""
    said = ASK_RULES.get(getattr(error, "rule", "")) or REFUSALS.get(error.code)
    return str(said) if said else translated("That is not possible as things stand; nothing was changed.")
