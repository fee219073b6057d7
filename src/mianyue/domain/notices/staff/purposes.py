"""Why the staff are written to, apart from the interviews they hold."""

from __future__ import annotations

from enum import StrEnum


class StaffPurpose(StrEnum):
    """One member per kind of letter."""

    APPROVAL_ASKED = "approval_asked"
    APPROVAL_REMINDER = "approval_reminder"
    APPROVAL_DECIDED = "approval_decided"
    WELCOME = "welcome"
    ROOM_RELEASED = "room_released"
    PHONE_PAGE = "phone_page"

    @property
    def to_approver(self) -> bool:
        """Whether its reader is asked to decide; then the reason and the kind of leave stay on the page."""
        return self in {StaffPurpose.APPROVAL_ASKED, StaffPurpose.APPROVAL_REMINDER}
