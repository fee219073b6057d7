"""Attendance measured: timesheets out of punches, free time out of attendance."""
