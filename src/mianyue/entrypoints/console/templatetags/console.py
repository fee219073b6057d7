"""Filters that let templates say times and codes."""

from __future__ import annotations

from django import template

from mianyue.entrypoints.console import times, words

register = template.Library()

register.filter("moment", times.moment)
register.filter("span", times.span)
register.filter("enumerated", times.enumerated)
register.filter("reason", words.reason)


@register.filter
def said(code: str, kind: str) -> str:
    """``{{ interview.state|said:"INTERVIEW_STATES" }}``: the words of that kind for the code."""
    return words.of(getattr(words, kind), code)


@register.filter
def tone(code: str, kind: str) -> str:
    """The colour that goes with a state."""
    return getattr(words, kind).get(code, "quiet")
