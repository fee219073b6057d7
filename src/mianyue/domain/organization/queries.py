"""Reading the company."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from mianyue.base.errors import NotFound
from mianyue.domain.organization.models import Company, Site, SiteDistance


class NothingImported(NotFound):
    """There is no company yet."""

    code = "nothing_imported"


def company() -> Company:
    """The organisation this installation serves. Raises NothingImported."""
    found = Company.objects.first()
    if found is None:
        raise NothingImported("No company has been imported yet.", "Run: mianyue import FOLDER")
    return found


def walks(unlisted: int) -> Mapping[str, Mapping[str, int]]:
    """By site, the minutes from each other site to it, all by code; ``unlisted`` where the company lists none (0: no such way).

    Two queries at most, however many sites there are.
    """
    found: dict[str, dict[str, int]] = defaultdict(dict)
    if unlisted:
        codes = list(Site.objects.values_list("code", flat=True))
        found.update({here: {there: unlisted for there in codes if there != here} for here in codes})
    for one, other, minutes in SiteDistance.objects.values_list("one__code", "other__code", "minutes"):
        found[one][other] = found[other][one] = minutes
    return found
