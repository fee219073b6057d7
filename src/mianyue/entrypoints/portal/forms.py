"""What the pages' forms may bring."""

from __future__ import annotations

from typing import Any

from django import forms

from mianyue.workflows.reply import LONGEST_QUESTION


class Said(forms.CharField):
    """Free text."""

    def to_python(self, value: Any) -> str:
        # A form sends a line break as two characters (HTML standard, "constructing the entry list"); the box counts it as one.
        return super().to_python(value).replace("\r\n", "\n")


class Words(forms.Form):
    """Free text, up to ``LONGEST_QUESTION`` characters."""

    said = Said(max_length=LONGEST_QUESTION, required=False)


class Pick(forms.Form):
    """Which time of which set of three."""

    number = forms.IntegerField(min_value=1)
    proposal = forms.IntegerField(min_value=1)


class Seen(Words):
    """Words, or a wish for other times, about what the person has ``seen`` (see ``reply.standing``)."""

    seen = forms.CharField(max_length=40)
