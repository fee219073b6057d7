"""The match of a résumé with its job, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

MET = {"met": _("shown"), "partly": _("partly shown"), "not_shown": _("not shown")}
MET_TONES = {"met": "success", "partly": "warning", "not_shown": "quiet"}
SECTIONS = {
    "work": _("work experience"),
    "internship": _("internship"),
    "projects": _("projects"),
    "skills": _("skills"),
    "languages": _("languages"),
    "certificates": _("certificates"),
    "education": _("education"),
    "training": _("training"),
    "summary": _("summary"),
}
