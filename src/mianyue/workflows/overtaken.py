"""An interview has changed: what its interviewers had asked for about it may have no point any more, which is looked at right away.

Apart from ``ask_change``, which then does the looking, because the acts that change interviews are among those it builds on.
"""

from __future__ import annotations

from datetime import datetime

from mianyue.domain.interviews.models import Interview, InterviewChange
from mianyue.domain.timers.actions import set_timer

CHANGE_OVERTAKEN = "change_overtaken"
"""The timer that closes a wish for a change that has no point any more."""


def overtaken(interview: Interview, now: datetime) -> None:
    """To be called by every act after which a booked time stands no more as it did, in its transaction."""
    pending = InterviewChange.objects.filter(interview_id=interview.pk, state=InterviewChange.State.PENDING)
    for change_id in pending.values_list("pk", flat=True):
        set_timer(CHANGE_OVERTAKEN, change_id, now)
