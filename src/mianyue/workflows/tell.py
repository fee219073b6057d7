"""An invitation in the words of programs: the same stable keys in the API and in ``--json``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from mianyue.domain.interviews.queries import booked_option, on_offer
from mianyue.workflows.invite import Invited


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
                [seat.employee.code for seat in o.seats.all()],
                o.room.code if o.room else None,
                o.reasons,
            )
            for o in ([booked] if booked else on_offer(one.interview))
        ]
        state = str(one.interview.state)
    else:
        options = [
            _option(
                o.interval.start,
                o.interval.end,
                zone,
                list(o.people),
                o.room,
                [{"code": r.code, **dict(r.facts)} for r in o.reasons],
            )
            for o in (one.recommendation.options if one.recommendation else ())
        ]
        state = "possible" if options else "none"
    return {"application_id": one.application.code, "state": state, "options": options, "problem": one.problem}


def _option(start: datetime, end: datetime, zone: str, people: list[str], room: str | None, reasons: list[Any]) -> dict[str, Any]:
    return {
        "start": _at_site(start, zone),
        "end": _at_site(end, zone),
        "interviewers": people,
        "room_id": room,
        "reasons": reasons,
    }


def _at_site(instant: datetime, zone: str) -> str:
    """ISO 8601 with the offset of the job's site."""
    return instant.astimezone(ZoneInfo(zone)).isoformat()
