"""The steps about when and how the hire works: attendance group, shift and punch rule, each like the team."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from mianyue.base.ids import new_id
from mianyue.domain.attendance.actions import joining
from mianyue.domain.attendance.actions.days import forget_days
from mianyue.domain.attendance.actions.onboarding import assign_shift
from mianyue.domain.attendance.models import AttendanceGroup, Shift
from mianyue.domain.attendance.queries.belonging import group_on, own_shift_on
from mianyue.domain.organization.models import Employee
from mianyue.domain.provisioning.models import Run
from mianyue.domain.provisioning.team import Pattern, pattern_of_team
from mianyue.workflows.attendance.source import source
from mianyue.workflows.provision.step import NobodyToFollow, Plan, Step, hire_of


class GroupStep(Step):
    """The attendance group (考勤组) that most of the team belong to, or none where they belong to none."""

    name = "group"
    needs = ("employee",)

    def plan(self, run: Run, now: datetime) -> Plan:
        hire = hire_of(run)
        known = group_on(hire.pk, run.first_day)
        if known is not None:
            return {"group": known.code, "made": False}
        pattern = _team(hire, now)
        group = AttendanceGroup.objects.filter(pk=pattern.group_id).first() if pattern else None
        return {"group": group and group.code, "made": group is not None}

    def keep(self, run: Run, plan: Plan, now: datetime) -> Plan:
        if plan["made"]:
            joining.join(run.employee_id, AttendanceGroup.objects.get(code=plan["group"]), run.first_day)
            forget_days(run.employee_id, run.first_day, date.max)
        return {}

    def forget(self, run: Run, plan: Plan, now: datetime) -> None:
        if plan.get("made"):
            joining.leave(run.employee_id)
            forget_days(run.employee_id, run.first_day, date.max)


class ShiftStep(Step):
    """The shift (班次) that most of the team work; where the group says what is worked, nothing of the hire's own is needed."""

    name = "shift"
    needs = ("account", "group")

    def plan(self, run: Run, now: datetime) -> Plan:
        hire = hire_of(run)
        own = own_shift_on(hire.pk, run.first_day)
        if own is not None:
            return {"shift": own.code, "made": False}
        group = group_on(hire.pk, run.first_day)
        pattern = _team(hire, now)
        # What a team works by shifts of its own, it works before its group's.
        if pattern and pattern.shift_id and (group is None or group.pk == pattern.group_id):
            return {"shift": Shift.objects.get(pk=pattern.shift_id).code, "made": True, "key": f"shift:{new_id()}"}
        if group is None:
            raise NobodyToFollow
        return {"shift": group.shift and group.shift.code, "group": group.code, "made": False}

    def do(self, run: Run, plan: Plan, now: datetime) -> Plan:
        if plan["made"]:
            source().assign_shift(hire_of(run).code, plan["shift"], run.first_day, plan["key"], now)
        return {}

    def keep(self, run: Run, plan: Plan, now: datetime) -> Plan:
        if plan["made"]:
            assign_shift(run.employee_id, Shift.objects.get(code=plan["shift"]), run.first_day)
            forget_days(run.employee_id, run.first_day, date.max)
        elif plan["shift"]:
            joining.note_shift(run.employee_id, Shift.objects.get(code=plan["shift"]))
        return {}

    def forget(self, run: Run, plan: Plan, now: datetime) -> None:
        # At the source the shift goes with the account.
        if plan.get("made"):
            joining.end_shifts(run.employee_id)
            forget_days(run.employee_id, run.first_day, date.max)


class RuleStep(Step):
    """The punch rule (打卡规则): the group's, and said in words where there is no group: anywhere."""

    name = "rule"
    needs = ("account", "group")

    def plan(self, run: Run, now: datetime) -> Plan:
        group = group_on(run.employee_id, run.first_day)
        if group is None:
            return {"rule": "anywhere"}
        places = sorted(group.places.values_list("code", flat=True))
        rule = {"within_meters": group.within_meters, "field_work": group.field_work, "places": places} if places else {}
        return {"rule": "group", "group": group.code, **rule}

    def keep(self, run: Run, plan: Plan, now: datetime) -> Plan:
        joining.settle_rule(run.employee_id, group_on(run.employee_id, run.first_day))
        return {}

    def forget(self, run: Run, plan: Plan, now: datetime) -> None:
        if run.employee_id:
            joining.unsettle_rule(run.employee_id)


def _team(hire: Employee, now: datetime) -> Pattern | None:
    """How the hire's team is planned today, by the date at their site."""
    return pattern_of_team(hire, now.astimezone(ZoneInfo(hire.site.time_zone)).date())
