"""Reading the company."""

from __future__ import annotations

from mianyue.base.errors import NotFound
from mianyue.domain.organization.models import Company


class NothingImported(NotFound):
    """There is no company yet."""

    code = "nothing_imported"


def company() -> Company:
    """The organisation this installation serves. Raises NothingImported."""
    found = Company.objects.first()
    if found is None:
        raise NothingImported("No company has been imported yet.", "Run: mianyue import FOLDER")
    return found
