"""Sealed values open in their own place only, and keys belong to nobody but mianyue."""

import hashlib
import stat
import subprocess
import sys

import pytest

from mianyue.domain.security.keyring import KeyMissing, keyring
from mianyue.domain.security.sealing import SealBroken, blind_index, seal, unseal

PLACE = "recruiting_candidate|name|1"


@pytest.mark.parametrize("plain", [b"", b"x", "华一鸣".encode(), bytes(range(256)) * 4096])
def test_what_is_sealed_opens_unchanged(plain):
    sealed = seal(plain, PLACE)
    assert unseal(sealed, PLACE) == plain
    assert len(sealed) == len(plain) + 33
    assert plain == b"" or plain not in sealed or len(plain) < 4


def test_header_names_version_and_key():
    assert seal(b"x", PLACE)[:5] == b"\x01\x00\x00\x00\x01"


def test_the_same_words_never_look_the_same():
    assert len({seal(b"x", PLACE) for _ in range(1000)}) == 1000


@pytest.mark.parametrize(
    "place", ["recruiting_candidate|name|2", "recruiting_candidate|email|1", "organization_employee|name|1", ""]
)
def test_moved_to_another_row_column_or_table_it_stays_shut(place):
    with pytest.raises(SealBroken):
        unseal(seal(b"x", PLACE), place)


def test_not_one_flipped_bit_goes_unnoticed():
    sealed = seal(b"secret", PLACE)
    for bit in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises((SealBroken, KeyMissing)):
            unseal(bytes(changed), PLACE)


@pytest.mark.parametrize("length", [0, 1, 4, 5, 16, 17, 32])
def test_half_a_value_stays_shut(length):
    with pytest.raises((SealBroken, KeyMissing)):
        unseal(seal(b"secret", PLACE)[:length], PLACE)


def test_an_unknown_key_is_named_with_what_to_restore():
    sealed = bytearray(seal(b"x", PLACE))
    sealed[1:5] = (77).to_bytes(4, "big")
    with pytest.raises(KeyMissing, match="Key 77 is not in the key folder") as refused:
        unseal(bytes(sealed), PLACE)
    assert "keys" in refused.value.hint


def test_blind_index_is_equal_for_equals_and_differs_per_purpose():
    assert blind_index("candidate.email", "a@example.com") == blind_index("candidate.email", "a@example.com")
    assert len(blind_index("candidate.email", "a@example.com")) == 16
    others = [("candidate.mobile", "a@example.com"), ("candidate.email", "b@example.com"), ("candidate.emaila", "@example.com")]
    assert blind_index("candidate.email", "a@example.com") not in [blind_index(*other) for other in others]
    assert blind_index("candidate.email", "a@example.com") != hashlib.sha256(b"a@example.com").digest()[:16]


def test_first_start_makes_keys_only_their_owner_can_read(tmp_path):
    folder = tmp_path / "home" / "keys"
    keys = keyring(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {path.name: stat.S_IMODE(path.stat().st_mode) & 0o177 for path in folder.iterdir()} == {
        "index.key": 0,
        "django.key": 0,
        "seal-00000001.key": 0,
    }
    assert len({keys.index, keys.django, keys.sealing[1]}) == 3
    assert [len(key) for key in (keys.index, keys.django, keys.sealing[1])] == [32, 32, 32]


def test_later_starts_find_the_same_keys_and_seal_with_the_newest(tmp_path):
    first = keyring(tmp_path)
    (tmp_path / "seal-0000000a.key").write_bytes(b"k" * 32)
    keyring.cache_clear()
    later = keyring(tmp_path)
    assert (later.index, later.django, later.sealing[1]) == (first.index, first.django, first.sealing[1])
    assert later.current == 10


def test_half_a_key_is_refused_instead_of_used(tmp_path):
    keyring(tmp_path)
    (tmp_path / "seal-00000002.key").write_bytes(b"k" * 31)
    keyring.cache_clear()
    with pytest.raises(KeyMissing, match="seal-00000002.key"):
        keyring(tmp_path)


def test_draft_of_a_process_that_died_is_in_nobodys_way(tmp_path):
    for number in range(2):
        (tmp_path / f".index.key.{number}").write_bytes(b"")
    assert len(keyring(tmp_path).index) == 32


def test_processes_that_start_at_once_agree_on_one_key(tmp_path):
    tell = "import sys; from pathlib import Path; from mianyue.domain.security.keyring import keyring; k = keyring(Path(sys.argv[1])); print(k.sealing[1].hex(), k.index.hex(), k.django.hex())"
    several = [subprocess.Popen([sys.executable, "-c", tell, str(tmp_path)], stdout=subprocess.PIPE, text=True) for _ in range(6)]
    assert len({process.communicate()[0] for process in several}) == 1
    assert {process.returncode for process in several} == {0}
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
