"""Splitting a batch: as fine as possible, and nothing that two want lies in two parts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mianyue.scheduling.batch.families import families, gathered

WANTED = st.dictionaries(st.integers(0, 30), st.sets(st.integers(0, 20), max_size=3), max_size=20)


@given(WANTED)
def test_parts_are_what_remains_connected(wanted: dict[int, set[int]]) -> None:
    parts = {frozenset({key}) for key in wanted}
    for key, things in wanted.items():
        for other, others in wanted.items():
            if things & others:
                mine, theirs = (next(part for part in parts if one in part) for one in (key, other))
                parts = (parts - {mine, theirs}) | {mine | theirs}
    found = families(wanted)
    assert {frozenset(part) for part in found} == parts
    assert [key for key in wanted if key in found[0]] == found[0] if found else True


def test_small_families_share_a_job() -> None:
    assert gathered([[1], [2, 3], [4], [5, 6, 7], [8]], 3) == [[1, 2, 3], [4, 5, 6, 7], [8]]
    assert gathered([], 3) == []
