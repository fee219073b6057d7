"""The step about leave: annual leave by law, every other quota as most of the team were granted it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from mianyue.domain.attendance.models import LeaveType
from mianyue.domain.desk.actions import ask, settle
from mianyue.domain.desk.models import Task
from mianyue.domain.organization.models import Employee
from mianyue.domain.provisioning.models import Run
from mianyue.domain.provisioning.team import granted_elsewhere, quotas_of_team
from mianyue.workflows.attendance.source import source
from mianyue.workflows.provision.step import Plan, Step, hire_of
from mianyue.worktime.annual_leave import DAYS_OF_YEAR, annual_leave, days_left

CHINA = "CN"
EARNED = (LeaveType.Code.COMPENSATORY, LeaveType.Code.MARRIAGE, LeaveType.Code.MATERNITY, LeaveType.Code.PATERNITY)
"""Kinds that come from overtime or from an event in somebody's life: no team has them for being one."""


class LeaveStep(Step):
    """The quotas of the year of the first day. Each grant has its own key, and how it was reckoned is kept with it."""

    name = "leave"
    needs = ("account",)
    plans_anew = False  # of several grants, those before the refused one were made

    def plan(self, run: Run, now: datetime) -> Plan:
        hire = hire_of(run)
        year = run.first_day.year
        given = granted_elsewhere(hire.pk, year)  # by the company's own files
        usual = quotas_of_team(hire, now.astimezone(ZoneInfo(hire.site.time_zone)).date(), year)
        grants: list[Plan] = []
        plan: Plan = {"year": year, "grants": grants}
        for kind in LeaveType.objects.filter(has_quota=True, in_use=True).exclude(code__in=EARNED).order_by("pk"):
            if kind.pk in given:
                continue
            if kind.code == LeaveType.Code.ANNUAL and by_chinese_law(hire):
                plan["annual"] = {"type": kind.name, **by_law(run, hire)}
                grants += annual_grant(run, hire, kind)
            elif full := usual.get(kind.pk, 0):
                grants += _like_team(run, kind, full)
        return plan

    def do(self, run: Run, plan: Plan, now: datetime) -> Plan:
        for given in plan["grants"]:
            _give(run, given, given["minutes"], given["key"], plan["year"], now)
        return {}

    def keep(self, run: Run, plan: Plan, now: datetime) -> Plan:
        if plan.get("annual", {}).get("unknown"):
            ask(Task.Kind.FIRST_JOB, run.pk, run.application_code, now, employee=hire_of(run).code)
        return {}

    def undo(self, run: Run, plan: Plan, now: datetime) -> None:
        for given in reversed(plan.get("grants", [])):
            # Whether it was ever made nobody may know: made now at the latest, it can be taken back for certain.
            _give(run, given, given["minutes"], given["key"], plan["year"], now)
            _give(run, given, -given["minutes"], f"{given['key']}:back", plan["year"], now)

    def forget(self, run: Run, plan: Plan, now: datetime) -> None:
        settle(run.pk, now, [Task.Kind.FIRST_JOB])


def by_chinese_law(hire: Employee) -> bool:
    """Whether the working-years law of China counts where the hire works."""
    return hire.site.holiday_country.partition("-")[0] == CHINA


def by_law(run: Run, hire: Employee) -> dict[str, Any]:
    """The formula with its numbers; ``unknown`` where nobody told since when the hire has worked: nothing is granted until somebody does."""
    due = annual_leave(run.first_day, hire.worked_since)
    return due.how() if due.known else {**due.how(), "unknown": True}


def annual_grant(run: Run, hire: Employee, kind: LeaveType) -> list[Plan]:
    """The grant of annual leave, in a list that is empty where there is nothing to grant."""
    due = annual_leave(run.first_day, hire.worked_since)
    return [_grant(run, kind, due.days * kind.day_minutes, due.how())] if due.days else []


def _like_team(run: Run, kind: LeaveType, full: int) -> list[Plan]:
    """The team's quota of a year for the days of it that are left, in whole steps."""
    left = days_left(run.first_day)
    minutes = min(full, full * left // DAYS_OF_YEAR) // kind.step_minutes * kind.step_minutes
    how = {"like": "team", "minutes_full": full, "calendar_days_left": left, "days_of_year": DAYS_OF_YEAR, "minutes": minutes}
    return [_grant(run, kind, minutes, how)] if minutes > 0 else []


def _grant(run: Run, kind: LeaveType, minutes: int, how: dict[str, Any]) -> Plan:
    return {"type": kind.name, "minutes": minutes, "key": quota_key(run.pk, kind), "how": how}


def quota_key(run_id: UUID, kind: LeaveType) -> str:
    """What makes two grants of this run the same grant."""
    return f"provision:{run_id}:{kind.pk}"


def _give(run: Run, given: Plan, minutes: int, key: str, year: int, now: datetime) -> None:
    source().grant_leave(hire_of(run).code, given["type"], minutes, year, key, now, given["how"])
