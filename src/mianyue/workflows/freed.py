"""An hour has become free: whoever has fewer times to choose from than they should is thought of again, a minute later.

Apart from ``refill``, which then looks for the times, because the acts that free hours are among those it builds on.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from mianyue.domain.interviews.models import Interview
from mianyue.domain.interviews.queries import short_of_options
from mianyue.domain.interviews.states import InterviewState
from mianyue.domain.timers.actions import set_once

FREED = "freed"
"""The timer that thinks of them all."""

EVERYBODY = UUID(int=0)
"""Its subject: it is about no single interview."""

ENOUGH = 3
"""Times a candidate should have to choose from."""

TIME_TO_ANSWER = timedelta(hours=6)
"""An offer that ends sooner gets no further times: who reads of them should still be able to choose one."""

SETTLES = timedelta(minutes=1)
"""How long a freed hour is left alone: an import that frees it is often about to give it to a promise that it broke."""


def freed(now: datetime) -> None:
    """To be called by every act that frees somebody's or some room's hours, in its transaction.

    Three quick queries at most: who has too few times is counted once a minute, however many acts there are.
    """
    if Interview.objects.filter(state=InterviewState.OFFERED).exists():
        set_once(FREED, EVERYBODY, now + SETTLES)


def too_few(now: datetime) -> QuerySet[Interview]:
    """The interviews on offer with too few times, the oldest first, while there is still time to choose."""
    return short_of_options(now, ENOUGH, TIME_TO_ANSWER)
