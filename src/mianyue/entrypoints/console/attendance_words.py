"""What the codes of attendance mean, in words: days, strips, findings, requests, approvals, provisioning."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STRIPS = {
    "shift": _("Shift"),
    "overtime": _("Overtime"),
    "away": _("Away"),
    "away_asked": _("Away, not approved yet"),
    "trip": pgettext_lazy("attendance", "Trip"),
    "trip_asked": _("Trip, not approved yet"),
    "held": _("Interview, held"),
    "booked": _("Interview, booked"),
}
DAY_KINDS = {
    "statutory_holiday": _("Public holiday"),
    "bridge_day_off": _("Bridge day off"),
    "make_up_workday": _("Make-up workday"),
    "weekend": _("Weekend"),
    "plain": _("Workday"),
}
FINDINGS = {
    "late": _("late"),
    "early": _("left early"),
    "missing_in": _("no clock-in"),
    "missing_out": _("no clock-out"),
    "absent": _("absent"),
    "leave": _("on leave"),
    "trip": _("on a trip"),
    "overtime": _("overtime"),
    "unpunched": _("overtime approved, but not punched"),
    "rest_worked": _("punched on a day of rest"),
    "field": _("field work"),
    "conflict": _("contradicts itself"),
    "open": _("not settled yet"),
}
FINDING_TONES = {
    "late": "warning",
    "early": "warning",
    "missing_in": "warning",
    "missing_out": "warning",
    "absent": "danger",
    "leave": "info",
    "trip": "info",
    "unpunched": "warning",
    "conflict": "danger",
}
PRESENCE = {
    "expected": _("Not here yet"),
    "late": _("Late or left early"),
    "missing": _("Punch missing"),
    "absent": _("Absent"),
    "interview": _("In an interview"),
    "there": _("There"),
    "gone": _("Gone home"),
    "leave": _("On leave"),
    "trip": _("On a trip"),
    "later": _("Comes later"),
    "not_due": _("Not due"),
}
GOING_ON = {"interview": _("in an interview"), "leave": _("on leave"), "trip": _("on a trip"), "overtime": _("overtime")}
PRESENCE_TONES = {"expected": "warning", "late": "warning", "missing": "warning", "absent": "danger"}
APPROVAL_KINDS = {
    "leave": _("Leave"),
    "overtime": _("Overtime"),
    "trip": pgettext_lazy("attendance", "Trip"),
    "correction": _("Punch correction"),
    "room": _("Room"),
    "interview": _("Interview change"),
}
APPROVAL_STATES = {
    "pending": _("Waiting for a decision"),
    "approved": _("Approved"),
    "rejected": _("Rejected"),
    "cancelled": _("Taken back"),
}
APPROVAL_TONES = {"pending": "warning", "approved": "success", "rejected": "danger", "cancelled": "quiet"}
STEP_STATES = {
    "waiting": _("Not yet"),
    "open": _("To be decided"),
    "approved": _("Approved"),
    "rejected": _("Rejected"),
    "skipped": _("Not needed any more"),
}
STEP_TONES = {"waiting": "quiet", "open": "warning", "approved": "success", "rejected": "danger", "skipped": "quiet"}
STEP_ROLES = {"manager": _("Manager"), "hr": "HR"}
RUN_STATES = {
    "running": _("Running"),
    "done": pgettext_lazy("provisioning", "Done"),
    "stuck": _("Needs a person"),
    "reversing": _("Being taken back"),
    "reversed": _("Taken back"),
}
RUN_TONES = {"running": "info", "done": "success", "stuck": "danger", "reversing": "warning", "reversed": "quiet"}
RUN_STEPS = {
    "employee": _("Employee"),
    "account": _("Attendance account"),
    "group": _("Attendance group"),
    "shift": _("Shift"),
    "leave": _("Leave quotas"),
    "rule": _("Punch rule"),
    "first_day": _("Letter for the first day"),
}
RUN_STEP_STATES = {
    "waiting": _("Waiting"),
    "done": pgettext_lazy("provisioning", "Done"),
    "failed": _("Failed, is retried"),
    "refused": _("Needs a person"),
    "undoing": _("Being taken back"),
    "undone": _("Taken back"),
}
RUN_STEP_TONES = {
    "waiting": "quiet",
    "done": "success",
    "failed": "danger",
    "refused": "danger",
    "undoing": "warning",
    "undone": "quiet",
}
LACKING = {
    "not_employed": _("not employed on that day"),
    "no_account": _("no open attendance account"),
    "no_plan": _("neither a shift nor an attendance group"),
    "no_rule": _("no punch rule"),
}
STEP_ERRORS = {
    "attendance_unavailable": _("The attendance system did not answer."),
    "attendance_refused": _("The attendance system refused it; trying again does not help."),
    "no_team_shift": _("There is no team to take the shift from. Give the hire a shift or a group, then try again."),
    "somebody_was_first": _("Somebody else was at it at the same time."),
    "unforeseen": _("It failed in an unforeseen way. The log of the worker says how."),
}
WARNINGS = {
    "month_30h": _("at least 30 h of overtime in that month: %(hours)s h (36 h at most)"),
    "day_3h": _("more than 3 h on that day"),
}
SIDES = {"in": _("Start of work"), "out": _("End of work")}
WISHES = {"other_time": _("Another time"), "stand_in": _("Another interviewer")}
TIMESHEET = {
    "employee_id": _("Number"),
    "name": _("Full name"),
    "department": _("Department"),
    "month": _("Month"),
    "days_planned": _("Days due"),
    "days_attended": _("Days attended"),
    "planned": _("Due, minutes"),
    "worked": _("Worked, minutes"),
    "on_trip": _("On trips, minutes"),
    "on_leave": _("On leave, minutes"),
    "late": _("Late, minutes"),
    "early": _("Left early, minutes"),
    "absent": _("Absent, minutes"),
    "open": _("Not settled, minutes"),
    "overtime": _("Overtime, minutes"),
    "days_late": _("Days late"),
    "days_early": _("Days left early"),
    "days_missing_punch": _("Days with a punch missing"),
    "days_absent": _("Days absent"),
    "days_rest_worked": _("Days of rest with punches"),
    "days_field": _("Days with field work"),
    "days_conflict": _("Days that contradict themselves"),
    "days_open": _("Days not settled"),
    "signed_off_at": _("Signed off at"),
}
TIMESHEET_COLUMNS = {
    "planned": _("Due"),
    "worked": _("Worked"),
    "late": _("Late"),
    "early": _("Left early"),
    "absent": _("Absent"),
    "on_leave": _("Leave"),
    "on_trip": pgettext_lazy("attendance", "Trip"),
    "overtime": _("Overtime"),
}
NOT_SIGNED = {"not_over": _("the month is not over"), "open": _("something waits for a decision")}
LEAVE_REASONS = {
    "agreed": _("agreed with the person"),
    "correction": _("correction of an error"),
    "carried_over": _("carried over from last year"),
    "proof": _("proof of working years handed in"),
    "leaving": _("settled on leaving"),
}
LEDGER_KINDS = {
    "grant": _("Granted"),
    "credit": _("Credited for overtime"),
    "take": _("Reserved by a request"),
    "reverse": _("Given back"),
    "expire": _("Expired"),
    "adjust": _("Adjusted by HR"),
}
ACTS = {
    "approval.asked": _("Approval asked for"),
    "approval.decided": _("Approval decided"),
    "approval.taken_back": _("Request taken back"),
    "approval.delegated": _("Approvals passed to a deputy"),
    "approval.delegation_ended": _("Deputy ended"),
    "approval.escalated": _("Approval waited too long: HR may decide"),
    "approval.passed_on": _("Approval passed on to somebody else"),
    "approval.reminded": _("Reminder to the approver"),
    "employee.worked_since": _("First day of the first job noted"),
    "leave.credited": _("Overtime credited as leave"),
    "leave.adjusted": _("Leave balance changed by HR"),
    "leave.expired": _("Unused leave expired"),
    "timesheet.signed_off": _("Timesheet signed off"),
    "timesheet.opened": _("Timesheet opened again"),
    "roster.changed": _("Roster changed"),
    "provisioning.begun": _("Provisioning begun"),
    "provisioning.step": _("Step done"),
    "provisioning.step_undone": _("Step taken back"),
    "provisioning.done": _("Provisioning done"),
    "provisioning.stuck": _("Provisioning needs a person"),
    "provisioning.again": _("Tried again by hand"),
    "provisioning.by_hand": _("Step done by hand"),
    "provisioning.mended": _("Provisioning mended"),
    "provisioning.reconciled": _("First days of the coming week checked"),
    "provisioning.reversing": _("Provisioning is being taken back"),
    "provisioning.reversed": _("Provisioning taken back"),
    "punch.made": _("Punch made"),
    "punches.brought": _("Punches imported"),
}
