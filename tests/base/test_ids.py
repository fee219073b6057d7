"""Identifiers that sort by time, tokens nobody guesses."""

import hashlib
import re
import time
from collections import Counter
from uuid import RFC_4122

from mianyue.base.ids import digest, new_id, new_token


def test_ids_are_version_7_of_the_rfc():
    assert {(new_id().version, new_id().variant) for _ in range(1000)} == {(7, RFC_4122)}


def test_ids_of_later_milliseconds_sort_later_as_numbers_and_as_text():
    ids = []
    for _ in range(20):
        ids.append(new_id())
        time.sleep(0.002)
    assert ids == sorted(ids)
    assert [str(one) for one in ids] == sorted(map(str, ids))


def test_ids_begin_with_the_milliseconds_since_1970():
    before = time.time_ns() // 1_000_000
    stamp = new_id().int >> 80
    assert before <= stamp <= time.time_ns() // 1_000_000


def test_every_other_bit_of_an_id_is_random():
    drawn = [new_id().int for _ in range(2000)]
    fixed = {*range(76, 80), *range(62, 64), *range(80, 128)}
    for bit in set(range(128)) - fixed:
        assert 800 < sum(number >> bit & 1 for number in drawn) < 1200, bit
    assert len(set(drawn)) == 2000


def test_tokens_hold_192_random_bits_in_characters_that_links_can_carry():
    tokens = [new_token() for _ in range(2000)]
    assert len(set(tokens)) == 2000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{32}", token) for token in tokens)
    for place in range(32):
        assert len(Counter(token[place] for token in tokens)) == 64, place


def test_only_the_digest_needs_storing():
    assert digest("abc") == hashlib.sha256(b"abc").digest()
    assert digest("abc") != digest("abd")
