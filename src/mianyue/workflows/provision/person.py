"""The steps about the person: the employee, the account that lets them punch, and the letter for the first day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mianyue.base.ids import new_id
from mianyue.domain.attendance.actions.onboarding import close_for, open_for
from mianyue.domain.attendance.models import LeaveType
from mianyue.domain.notices.links import end_links
from mianyue.domain.notices.models import Link
from mianyue.domain.organization.actions import employ, never_started
from mianyue.domain.provisioning.actions import whose_run
from mianyue.domain.provisioning.models import Run
from mianyue.domain.recruiting.models import Application
from mianyue.ports.attendance import NewAccount
from mianyue.workflows.attendance.source import source
from mianyue.workflows.provision.step import Plan, Step, hire_of
from mianyue.workflows.staff import tell as tell_staff


class EmployeeStep(Step):
    """The application becomes an employee. Somebody whom the company's files name already is one."""

    name = "employee"
    plans_anew = False  # what was told at the hire stands in its plan

    def plan(self, run: Run, now: datetime) -> Plan:
        if run.employee is not None:
            return {"employee": run.employee.code, "made": False}
        return {"employee": employee_code(run.application_code), "made": True}

    def keep(self, run: Run, plan: Plan, now: datetime) -> Plan:
        if not plan["made"]:
            return {}
        application = Application.objects.select_related("candidate", "job__site").get(pk=run.application_id)
        candidate, job = application.candidate, application.job
        since = plan.get("worked_since")
        employee = employ(
            code=plan["employee"],
            name=candidate.name,
            email=candidate.email,
            mobile=candidate.mobile,
            department=job.department,
            title=job.title,
            site=job.site,
            language=application.language,
            hire_date=run.first_day,
            worked_since=date.fromisoformat(since) if since else None,
        )
        whose_run(run, employee)
        return {}

    def forget(self, run: Run, plan: Plan, now: datetime) -> None:
        # Whom the company's files name stays as the files say.
        if plan.get("made") and run.employee_id:
            employee = hire_of(run)
            today = now.astimezone(ZoneInfo(employee.time_zone)).date()
            never_started(employee, min(run.first_day - timedelta(days=1), today))


class AccountStep(Step):
    """The attendance account. It matters most: without it the first punch is lost."""

    name = "account"
    needs = ("employee",)

    def plan(self, run: Run, now: datetime) -> Plan:
        # A key of its own for each plan: an account that was closed is opened again under another key.
        return {"key": f"account:{new_id()}"}

    def do(self, run: Run, plan: Plan, now: datetime) -> Plan:
        hire = hire_of(run)
        wanted = NewAccount(
            key=plan["key"],
            person=hire.code,
            name=hire.name,
            email=hire.email,
            mobile=hire.mobile,
            department=hire.department,
            site=hire.site.code,
            first_day=run.first_day,
            application=run.application_id,
        )
        return {"account": source().create_account(wanted, now)}

    def keep(self, run: Run, plan: Plan, now: datetime) -> Plan:
        # An account elsewhere is remembered here too: this is where the nightly reconciliation looks.
        account = open_for(hire_of(run), run.first_day, run.application_id, now)
        account.leave_types.set(LeaveType.objects.filter(in_use=True))
        return {}

    def undo(self, run: Run, plan: Plan, now: datetime) -> None:
        if plan:
            source().close_account(hire_of(run).code, plan["key"], now)

    def forget(self, run: Run, plan: Plan, now: datetime) -> None:
        if run.employee_id:
            close_for(run.employee_id, now)


class FirstDayStep(Step):
    """The letter with the hire's own page and the facts of the first day."""

    name = "first_day"
    needs = ("account", "shift")

    def keep(self, run: Run, plan: Plan, now: datetime) -> Plan:
        run.employee = hire_of(run)
        return {"letter": tell_staff.welcome(run, now) is not None}

    def forget(self, run: Run, plan: Plan, now: datetime) -> None:
        if run.employee_id:
            end_links(Link.Scope.STAFF, run.employee_id, now)


def employee_code(application_code: str) -> str:
    """The number of a hire until the company gives them one of its own."""
    return f"N-{application_code}"
