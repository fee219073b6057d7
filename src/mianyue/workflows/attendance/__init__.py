"""Attendance day by day: punches, derived days, months, rosters, leave, and when somebody can be asked to interview."""
