"""Why a letter is written, and which facts it can't be written without."""

from __future__ import annotations

from enum import StrEnum

from mianyue.base.errors import MianyueError
from mianyue.domain.notices.facts import LetterFacts


class Purpose(StrEnum):
    """One member per kind of letter."""

    INVITATION = "invitation"
    NEW_OPTIONS = "new_options"
    FOLLOW_UP = "follow_up"
    CONFIRMATION = "confirmation"
    REMINDER_24H = "reminder_24h"
    REMINDER_2H = "reminder_2h"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"
    CLOSING = "closing"
    ASK_BACK = "ask_back"
    ASK_MOVE = "ask_move"
    ASK_STEP_BACK = "ask_step_back"
    ANSWER = "answer"
    NONE_FREE = "none_free"
    INTERVIEWER_BOOKED = "interviewer_booked"
    INTERVIEWER_CHANGED = "interviewer_changed"
    INTERVIEWER_CANCELLED = "interviewer_cancelled"
    INTERVIEWER_REMINDER = "interviewer_reminder"
    INTERVIEWER_LATE = "interviewer_late"

    @property
    def offers(self) -> bool:
        """Whether the letter offers times to choose from."""
        return self in {Purpose.INVITATION, Purpose.NEW_OPTIONS, Purpose.FOLLOW_UP, Purpose.ASK_BACK}

    @property
    def answers(self) -> bool:
        """Whether the letter answers what the candidate wrote by mail, and speaks of the interview as it stood then."""
        return self in {Purpose.ASK_BACK, Purpose.ASK_MOVE, Purpose.ASK_STEP_BACK, Purpose.ANSWER, Purpose.NONE_FREE}

    @property
    def to_interviewer(self) -> bool:
        return self.value.startswith("interviewer_")

    @property
    def cancels(self) -> bool:
        return self in {Purpose.CANCELLED, Purpose.WITHDRAWN, Purpose.INTERVIEWER_CANCELLED}

    @property
    def booked(self) -> bool:
        """Whether the letter speaks of one time: one that stands, or one that no longer does."""
        return not self.offers and not self.answers and self is not Purpose.CLOSING


class LetterIncomplete(MianyueError):
    """A letter of this purpose can't be written from these facts."""

    code = "letter_incomplete"

    def __init__(self, purpose: Purpose, missing: list[str]) -> None:
        what = f"A letter of purpose {purpose.value} lacks: {', '.join(missing)}."
        super().__init__(what, "Complete the facts and compose the letter again.")
        self.missing = missing


def require(facts: LetterFacts, purpose: Purpose) -> None:
    """Raises LetterIncomplete naming every missing fact, so that no letter goes out with a hole in it."""
    needs_link = not purpose.cancels and purpose is not Purpose.CLOSING
    present = {
        "options": not purpose.offers or bool(facts.options),
        "options.link": not purpose.offers or all(option.link for option in facts.options),
        "chosen": not purpose.booked or purpose.cancels or facts.chosen is not None,
        "chosen or previous": not purpose.cancels or facts.chosen is not None or facts.previous is not None,
        "page_link": not needs_link or bool(facts.page_link),
        "place": facts.mode != "onsite" or not needs_link or facts.place is not None,
        "candidate_name": not purpose.to_interviewer or bool(facts.candidate_name),
        "asked": purpose is not Purpose.NONE_FREE or bool(facts.asked),
        "topics": purpose is not Purpose.ANSWER or bool(facts.topics),
        "booked": purpose is not Purpose.ASK_MOVE or facts.chosen is not None,
        "privacy.notice_url": bool(facts.privacy.notice_url),
        "privacy.email": bool(facts.privacy.email),
    }
    missing = [name for name, there in present.items() if not there]
    if missing:
        raise LetterIncomplete(purpose, missing)
