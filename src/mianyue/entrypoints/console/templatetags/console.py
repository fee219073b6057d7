"""Filters that let templates say times and codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from mianyue.entrypoints.console import attendance_words, times, wording_words, words

register = template.Library()

register.filter("moment", times.moment)
register.filter("span", times.span)
register.filter("day", times.day_words)
register.filter("month", times.month_words)
register.filter("hours", times.hours)
register.filter("enumerated", times.enumerated)
register.filter("reason", words.reason)


@register.filter
def said(code: str, kind: str) -> str:
    """``{{ interview.state|said:"INTERVIEW_STATES" }}``: the words of that kind for the code."""
    return words.of(_kind(kind), code)


@register.filter
def tone(code: str, kind: str) -> str:
    """The colour that goes with a state."""
    return _kind(kind).get(code, "quiet")


def _kind(name: str) -> Mapping[str, Any]:
    return next(found for home in (words, attendance_words, wording_words) if (found := getattr(home, name, None)))
