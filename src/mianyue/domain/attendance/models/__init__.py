"""What attendance remembers: plans (shifts, groups, rosters), wishes (requests), leave ledgers, punches, derived days, accounts."""

from mianyue.domain.attendance.models.accounts import Account
from mianyue.domain.attendance.models.days import AttendanceDay, Timesheet
from mianyue.domain.attendance.models.ledger import LeaveAccount, LeaveType, LedgerEntry
from mianyue.domain.attendance.models.punches import Punch
from mianyue.domain.attendance.models.requests import Leave, Overtime, PunchCorrection, Request, Trip
from mianyue.domain.attendance.models.shifts import (
    AttendanceGroup,
    GroupMember,
    RosterDay,
    Rotation,
    RotationDay,
    Shift,
    ShiftAssignment,
    ShiftVersion,
)

__all__ = [
    "Account",
    "AttendanceDay",
    "AttendanceGroup",
    "GroupMember",
    "Leave",
    "LeaveAccount",
    "LeaveType",
    "LedgerEntry",
    "Overtime",
    "Punch",
    "PunchCorrection",
    "Request",
    "RosterDay",
    "Rotation",
    "RotationDay",
    "Shift",
    "ShiftAssignment",
    "ShiftVersion",
    "Timesheet",
    "Trip",
]
