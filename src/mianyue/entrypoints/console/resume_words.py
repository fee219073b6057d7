"""What the codes of a résumé's facts mean, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

FIELDS = {
    "name": pgettext_lazy("person", "Name"),
    "mobile": _("Mobile"),
    "email": _("E-mail"),
    "degree": _("Highest degree"),
    "school": _("School"),
    "years": _("Years of work"),
    "jobs": _("Employers and titles"),
    "skills": _("Skills"),
}
DEGREES = {
    "secondary": _("Secondary school"),
    "associate": _("Associate (college)"),
    "bachelor": _("Bachelor"),
    "master": _("Master"),
    "doctor": _("Doctor"),
}
METHODS = {
    "label": _("behind its label"),
    "title": _("as the title of the page"),
    "line": _("on a line of its own"),
    "first word": _("among the first words"),
    "pattern": _("told by its form"),
    "country code": _("told by its country code"),
    "somebody else's": _("perhaps somebody else's"),
    "section": _("in the section for it"),
    "position": _("by its place in the line"),
    "periods": _("counted from the periods of the jobs"),
    "banner": _("in the lines at the top"),
    "sentence": _("in a sentence"),
    "tagger": _("recognised in running text"),
    "listed": _("in a list of skills"),
    "claim": _("as a claim in the text"),
    "use": _("as used at work"),
    "address": _("from the spelling of the e-mail address"),
}
SURENESS = {
    "confirmed": _("confirmed"),
    "sure": _("sure"),
    "likely": _("fairly sure"),
    "unsure": _("unsure"),
    "missing": _("not found"),
}
SURENESS_TONES = {"confirmed": "success", "sure": "quiet", "likely": "info", "unsure": "warning", "missing": "quiet"}
WRONG = {
    "name": _("A name has at most 100 characters."),
    "mobile": _("This is no possible number. Write it with its country code, such as +86 138 0013 8000."),
    "email": _("This is no e-mail address. Write it like name@example.com."),
    "degree": _("Choose one of the list."),
    "school": _("A school has at most 200 characters."),
    "years": _("Write the years as a number from 0 to 60, such as 5.5."),
    "jobs": _("An employer or a title has at most 200 characters."),
    "skills": _("A skill has at most 100 characters. Part them by commas or lines."),
}
