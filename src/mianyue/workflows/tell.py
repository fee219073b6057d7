"""An invitation in the words of programs: the same stable keys in the API and in ``--json``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from mianyue.domain.interviews.queries import booked_option, on_offer
from mianyue.domain.plans.models import Plan
from mianyue.domain.plans.queries import invited, options_of, shares, summary
from mianyue.domain.recruiting.models import Application
from mianyue.scheduling.facts import Option as Found
from mianyue.workflows.invite import Invited
from mianyue.workflows.relaxed import relaxed


def describe(invited: Sequence[Invited]) -> list[dict[str, Any]]:
    """What ``--json`` prints per application; the keys are documented in docs/cli.md and stay."""
    return [_row(one) for one in invited]


def _row(one: Invited) -> dict[str, Any]:
    zone = one.application.job.site.time_zone
    if one.interview is not None:
        booked = booked_option(one.interview)
        options = [
            _option(
                o.during.lower,
                o.during.upper,
                zone,
                [seat.employee.code for seat in o.seats.all() if not seat.shadow],
                next((seat.employee.code for seat in o.seats.all() if seat.shadow), None),
                o.room.code if o.room else None,
                o.reasons,
            )
            | {"reasons": o.reasons}
            for o in ([booked] if booked else on_offer(one.interview))
        ]
        state = str(one.interview.state)
    else:
        found = one.recommendation.options if one.recommendation else ()
        options = [_found(o, zone) | {"reasons": _reasons(o)} for o in found]
        if one.then:
            for option, following in zip(options, one.then, strict=True):
                option["then"] = [_found(o, zone) for o in following]
        state = "possible" if options else "none"
    eased = relaxed(one.recommendation, zone)
    return {
        "application_id": one.application.code,
        "state": state,
        "options": options,
        "problem": one.problem,
        "relaxations": eased,
    }


def _found(option: Found, zone: str) -> dict[str, Any]:
    span = option.interval
    return _option(span.start, span.end, zone, list(option.people), option.shadow, option.room, _reasons(option))


def _reasons(option: Found) -> list[dict[str, Any]]:
    return [{"code": reason.code, **dict(reason.facts)} for reason in option.reasons]


def _option(
    start: datetime,
    end: datetime,
    zone: str,
    people: list[str],
    shadow: str | None,
    room: str | None,
    reasons: Sequence[dict[str, Any]],
) -> dict[str, Any]:
    return {
        "start": _at_site(start, zone),
        "end": _at_site(end, zone),
        "interviewers": people,
        "shadow": shadow,
        "room_id": room,
        "predicted_day": any(reason["code"] == "predicted_day" for reason in reasons),
    }


def describe_plan(asked: Plan) -> dict[str, Any]:
    """What ``mianyue plan --json`` prints; the keys are documented in docs/cli.md and stay."""
    found, figures = options_of(asked), summary(asked)
    codes = dict(Application.objects.filter(pk__in=found).values_list("pk", "code"))
    zones = dict(Application.objects.filter(pk__in=found).values_list("pk", "job__site__time_zone"))
    return {
        "plan": asked.number,
        "state": asked.state,
        "applications": figures.applications,
        "placed": figures.placed,
        "invited": invited(asked),
        "more_possible": figures.more_possible if figures.proven else None,
        "objective": figures.objective,
        "bound": figures.bound,
        "gap": round(figures.gap, 6),
        "seconds": round(figures.spent, 1),
        "parts": figures.parts,
        "parts_failed": figures.failed,
        "shares": {str(times): many for times, many in shares(asked).items()},
        "options": [
            {"application_id": codes[UUID(pk)], "options": [_planned(one, zones[UUID(pk)]) for one in options]}
            for pk, options in sorted(found.items(), key=lambda entry: codes[UUID(entry[0])])
        ],
    }


def _planned(kept: dict[str, Any], zone: str) -> dict[str, Any]:
    start, end = datetime.fromisoformat(kept["start"]), datetime.fromisoformat(kept["end"])
    return _option(start, end, zone, kept["people"], kept["shadow"], kept["room"], kept["reasons"]) | {"reasons": kept["reasons"]}


def _at_site(instant: datetime, zone: str) -> str:
    """ISO 8601 with the offset of the job's site."""
    return instant.astimezone(ZoneInfo(zone)).isoformat()
