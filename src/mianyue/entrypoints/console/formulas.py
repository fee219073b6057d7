"""How leave was reckoned, with its numbers, as a sentence that HR can check with a pencil."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from mianyue.entrypoints.console.times import day_words, hours


def annual(how: Mapping[str, Any]) -> str:
    """Annual leave by law: 200 ÷ 365 × 10 days, whole days counted; of several brackets, the part of each.

    ``how`` as ``worktime.annual_leave`` tells it.
    """
    if how.get("unknown"):
        return _("Nobody has told since when this person has worked. Annual leave is granted once the first day of work is known.")
    parts = how.get("parts") or [
        {"calendar_days": how["calendar_days_left"], "days_full": how.get("days_full", 0), "years": how.get("years", 0)}
    ]
    sum_ = " + ".join(f"{part['calendar_days']} ÷ {how['days_of_year']} × {part['days_full']}" for part in parts)
    exact = sum(part["calendar_days"] * part["days_full"] for part in parts) / how["days_of_year"]
    return _("%(years)s; %(sum)s = %(exact)s, of which whole days count: %(days)s days (%(law)s)") % {
        "years": "; ".join(_years(part) for part in parts),
        "sum": sum_,
        "exact": f"{exact:.2f}",
        "days": how["days"],
        "law": how["law"],
    }


def like_team(how: Mapping[str, Any]) -> str:
    """A quota like the team's, for the days of the year that are left."""
    return _("like the team, %(full)s h a year; %(left)s of %(year)s days are left: %(granted)s h") % {
        "full": hours(how["minutes_full"]),
        "left": how["calendar_days_left"],
        "year": how["days_of_year"],
        "granted": hours(how["minutes"]),
    }


def grant(given: Mapping[str, Any]) -> str:
    """One grant of a provisioning run: which leave, how much, and how it was reckoned."""
    how = given.get("how", {})
    return _("%(leave)s: %(hours)s h") % {"leave": given["type"], "hours": hours(given["minutes"])} + (
        f" ({like_team(how)})" if how.get("like") == "team" else ""
    )


def _years(part: Mapping[str, Any]) -> str:
    said = {"years": part["years"], "days": part["days_full"]}
    since = parse_date(part.get("first", ""))
    if since:
        return _("from %(day)s with %(years)s working years: %(days)s days a year") % {**said, "day": day_words(since)}
    return _("%(years)s working years: %(days)s days a year") % said
