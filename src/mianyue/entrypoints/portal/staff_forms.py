"""What the forms of the staff's pages may bring."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from mianyue.entrypoints.portal.forms import Said
from mianyue.entrypoints.portal.staff_time import Part

_CLOCK = ["%H:%M", "%H:%M:%S"]


class _Day(forms.DateField):
    """A date as browsers send it, in years in which anybody here works."""

    default_validators: ClassVar = [MinValueValidator(date(1950, 1, 1)), MaxValueValidator(date(2150, 1, 1))]

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **options)


class Decision(forms.Form):
    """Yes or no, with a word for the asker; ``seen`` is the number of the step that the page showed."""

    LONGEST: ClassVar[int] = 500

    decision = forms.ChoiceField(choices=[("approve", ""), ("reject", "")])
    said = Said(max_length=LONGEST, required=False)
    seen = forms.IntegerField(min_value=1)


class Deputy(forms.Form):
    """Who decides, and on which dates, both included."""

    deputy = forms.CharField(max_length=64)
    first = _Day()
    last = _Day()


class Punching(forms.Form):
    """Where the phone is, if it said so: decimal degrees (WGS 84) and how exactly it knows, in metres."""

    latitude = forms.FloatField(min_value=-90, max_value=90, required=False)
    longitude = forms.FloatField(min_value=-180, max_value=180, required=False)
    accuracy = forms.FloatField(min_value=0, required=False)


class When(forms.Form):
    """Dates, halves of them or hours, and why."""

    LONGEST: ClassVar[int] = 500

    part = forms.ChoiceField(choices=[(part.value, "") for part in Part])
    first = _Day()
    last = _Day(required=False)
    begin = forms.TimeField(input_formats=_CLOCK, required=False)
    end = forms.TimeField(input_formats=_CLOCK, required=False)
    reason = Said(max_length=LONGEST, required=False)


class AskLeave(When):
    """``kind`` is the primary key of a kind of leave."""

    kind = forms.IntegerField(min_value=1)


class AskTrip(When):
    """``destination`` in the person's own words."""

    destination = forms.CharField(max_length=200)


class AskOvertime(forms.Form):
    """Hours of one date; an end at or before the beginning lies on the next."""

    first = _Day()
    begin = forms.TimeField(input_formats=_CLOCK)
    end = forms.TimeField(input_formats=_CLOCK)
    reason = Said(max_length=When.LONGEST, required=False)


class AskCorrection(forms.Form):
    """When the punch should have been, and which it is."""

    first = _Day()
    begin = forms.TimeField(input_formats=_CLOCK)
    side = forms.ChoiceField(choices=[("in", ""), ("out", "")])
    reason = Said(max_length=When.LONGEST, required=False)


class FindRoom(forms.Form):
    """When a room is wanted, on the clock of the site, and for how many minutes."""

    day = _Day()
    begin = forms.TimeField(input_formats=_CLOCK)
    minutes = forms.IntegerField(min_value=15, max_value=480)


class BookRoom(FindRoom):
    """The room by its own id, and what for."""

    room = forms.CharField(max_length=64)
    subject = forms.CharField(max_length=200, required=False)


class LostPage(forms.Form):
    """An e-mail address or mobile number, as the company knows it."""

    address = forms.CharField(max_length=254)
