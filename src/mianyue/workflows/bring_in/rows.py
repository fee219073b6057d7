"""Makes a table agree with what a folder says: adds what is new, changes what differs, leaves the rest untouched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, TypeVar

from django.db.models import Model

T = TypeVar("T", bound=Model)


class Tally:
    """Counts per table what an import did: read, added, changed, unchanged, removed."""

    def __init__(self) -> None:
        self.tables: dict[str, Counter[str]] = {}

    def add(self, table: str, what: str, count: int = 1) -> None:
        self.tables.setdefault(table, Counter({"read": 0, "added": 0, "changed": 0, "unchanged": 0, "removed": 0}))[what] += count

    def as_dict(self) -> dict[str, dict[str, int]]:
        return {table: dict(counts) for table, counts in self.tables.items()}

    @property
    def changes(self) -> int:
        """How many rows were added, changed or removed."""
        return sum(self.changed(table) for table in self.tables)

    def changed(self, table: str) -> int:
        """How many rows of one table were added, changed or removed."""
        counts = self.tables.get(table, Counter())
        return counts["added"] + counts["changed"] + counts["removed"]


def bring(
    table: str, model: type[T], existing: Mapping[Hashable, T], wanted: Mapping[Hashable, Mapping[str, Any]], tally: Tally
) -> dict[Hashable, T]:
    """Rows with a key of their own. Missing ones stay: others may refer to them. Returns every row by key."""
    rows = dict(existing)
    fresh = []
    for key, values in wanted.items():
        tally.add(table, "read")
        row = rows.get(key)
        if row is None:
            rows[key] = row = model(**values)
            fresh.append(row)
            continue
        differing = [name for name, value in values.items() if getattr(row, name) != value]
        if differing:
            for name in differing:
                setattr(row, name, values[name])
            row.save()
        tally.add(table, "changed" if differing else "unchanged")
    model._default_manager.bulk_create(fresh, batch_size=500)
    tally.add(table, "added", len(fresh))
    return rows


def replace(
    table: str,
    model: type[T],
    existing: Iterable[T],
    wanted: Iterable[Mapping[str, Any]],
    fingerprint: Callable[[Any], Hashable],
    tally: Tally,
) -> None:
    """Rows without a key: those whose content is no longer wanted go, new ones come, equal ones stay. ``fingerprint`` takes a row."""
    rows = [model(**values) for values in wanted]
    tally.add(table, "read", len(rows))
    left = Counter(fingerprint(row) for row in rows)
    gone = []
    for row in existing:
        key = fingerprint(row)
        if left[key]:
            left[key] -= 1
        else:
            gone.append(row.pk)
    fresh = []
    for row in rows:
        key = fingerprint(row)
        if left[key]:
            left[key] -= 1
            fresh.append(row)
    model._default_manager.filter(pk__in=gone).delete()
    model._default_manager.bulk_create(fresh, batch_size=500)
    tally.add(table, "removed", len(gone))
    tally.add(table, "added", len(fresh))
    tally.add(table, "unchanged", len(rows) - len(fresh))
