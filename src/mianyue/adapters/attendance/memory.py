"""The in-memory twin of attendance, for tests: keeps accounts, shifts and quotas, and fails or refuses when it is told to."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import ClassVar

from mianyue.base.interval import Interval, union
from mianyue.ports.attendance import AttendanceRefused, AttendanceUnavailable, Away, DayKindAt, Known, NewAccount, Staff
from mianyue.ports.registry import Setting

Failure = type[BaseException]


class MemoryAttendance:
    """What was written stands in ``accounts``, ``shifts_of`` and ``granted``, by person; what is to be read is put there by the test.

    ``asked`` lists every write in order, those that failed too. Like a vendor, it knows a person by their account alone.
    """

    settings: ClassVar[tuple[Setting, ...]] = ()

    def __init__(self, name: str = "memory") -> None:
        self.name = name
        self.accounts: dict[str, NewAccount] = {}
        self.closed: dict[str, NewAccount] = {}
        self.shifts_of: dict[str, dict[date, str]] = defaultdict(dict)
        self.granted: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self.asked: list[tuple[str, str]] = []
        self.working: dict[str, list[Interval]] = {}
        self.absent: dict[str, list[Away]] = {}
        self.kinds: dict[date, DayKindAt] = {}
        self.busy: dict[str, list[Interval]] = {}
        self.away_from_desk = False
        """Whether it answers nobody at all."""
        self._done: set[str] = set()
        self._failures: dict[str, deque[tuple[Failure, bool]]] = defaultdict(deque)

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> MemoryAttendance:
        """Reads nothing."""
        return cls()

    def for_one_question(self) -> MemoryAttendance:
        """Itself: it has nothing to read."""
        return self

    def fail_next(self, write: str, failure: Failure = AttendanceUnavailable, *, arrives: bool = False) -> None:
        """Lets one coming call of the method ``write`` fail; failures wait in line. With ``arrives`` it has its effect all the same, as
        when the answer is lost or the caller dies; a refusal never has."""
        if arrives and failure is AttendanceRefused:
            raise ValueError("what was refused has not arrived")
        self._failures[write].append((failure, arrives))

    def shifts(self, staff: Sequence[Staff], window: Interval) -> Known:
        """What the test put in ``working``; whoever isn't there is unknown."""
        self._answers()
        known = {one.key for one in staff} & set(self.working)
        return Known(
            {key: _within(self.working[key], window) for key in known}, frozenset(one.key for one in staff if one.key not in known)
        )

    def away(self, staff: Sequence[Staff], window: Interval) -> Mapping[str, Sequence[Away]]:
        """What the test put in ``absent``."""
        self._answers()
        return {one.key: [away for away in self.absent.get(one.key, []) if away.during.overlaps(window)] for one in staff}

    def overtime(self, staff: Sequence[Staff], window: Interval) -> Known:
        """None."""
        self._answers()
        return Known({one.key: [] for one in staff})

    def rest(self, staff: Sequence[Staff], window: Interval, hours: int) -> Known:
        """None: nobody works at night here."""
        self._answers()
        return Known({one.key: [] for one in staff})

    def day_kinds(self, country: str, first: date, last: date) -> Mapping[date, DayKindAt]:
        """What the test put in ``kinds``; every other date is a plain workday or a weekend, announced."""
        self._answers()
        days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
        return {day: self.kinds.get(day, DayKindAt("weekend" if day.isoweekday() > 5 else "plain", True)) for day in days}

    def rooms_busy(self, rooms: Sequence[str], window: Interval) -> Known:
        """What the test put in ``busy``."""
        self._answers()
        return Known({room: _within(self.busy.get(room, []), window) for room in rooms})

    def create_account(self, account: NewAccount, now: datetime) -> str:
        def effect() -> None:
            self.accounts[account.person] = account

        self._write("create_account", account.person, account.key, effect)
        return f"memory-{account.person}"

    def close_account(self, person: str, key: str, now: datetime) -> None:
        def effect() -> None:
            if person in self.accounts:
                self.closed[person] = self.accounts.pop(person)
            self.shifts_of.pop(person, None)

        self._write("close_account", person, f"close:{key}", effect)

    def assign_shift(self, person: str, shift: str, first_day: date, key: str, now: datetime) -> None:
        def effect() -> None:
            self.shifts_of[person][first_day] = shift

        self._write("assign_shift", person, key, effect, needs_account=True)

    def grant_leave(
        self,
        person: str,
        leave_type: str,
        minutes: int,
        year: int,
        key: str,
        now: datetime,
        how: Mapping[str, object] | None = None,
    ) -> None:
        def effect() -> None:
            self.granted[person][leave_type] += minutes

        self._write("grant_leave", person, key, effect, needs_account=True)

    def _write(self, write: str, person: str, key: str, effect: Callable[[], None], needs_account: bool = False) -> None:
        self.asked.append((write, person))
        self._answers()
        failure, arrives = self._failures[write].popleft() if self._failures[write] else (None, True)
        if needs_account and person not in self.accounts:
            raise AttendanceRefused(f"{person} has no account.", "Open one first.")
        if arrives and key not in self._done:
            effect()
            self._done.add(key)
        if failure is not None:
            raise failure("This failure was asked for.")

    def _answers(self) -> None:
        if self.away_from_desk:
            raise AttendanceUnavailable("It was told to be away.")


def _within(spans: Sequence[Interval], window: Interval) -> list[Interval]:
    return union(part for span in spans if (part := span.clipped(window)))
