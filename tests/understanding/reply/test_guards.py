"""Each guard that keeps a reply from being booked, or from being read as more than it says, by the replies that need it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.understanding.reply.wednesday import read, windows

NOT_BOOKED = {
    "hours of no day stand beside the pick": ["Friday at ten. Evenings are fine too.", "Monday at two. Evenings work as well."],
    "the hour lies within what is refused": [
        "周五上午不行，十点可以",
        "I have a meeting on Monday afternoon but the two o'clock works",
    ],
    "what is wanted is refused in the same breath": ["第一个和第二个可以，周一不行", "First or second works, but Monday is out"],
}


@pytest.mark.parametrize("text", [text for texts in NOT_BOOKED.values() for text in texts])
def test_one_option_fits_and_is_asked_about(text: str) -> None:
    reply = read(text)
    assert (reply.pick, len(reply.fits)) == (None, 1)


ONLY_WISHED = {
    "what a question only repeats": [("Friday? Friday I drive to Suzhou.", []), ("Thursday? Thursday I'm off.", [])],
    "what wavers beside what is sure": [("周五要看领导，周四可以", ["11-26"]), ("周五说不准，周二行", ["12-01"])],
    "an hour within what is refused": [("周五上午不行，十点可以", ["11-27 10:00"]), ("I have a meeting on Monday afternoon but the two o'clock works", ["11-30 14:00"])],
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case for cases in ONLY_WISHED.values() for case in cases])
def test_only_what_is_wished_for_is_looked_for(text: str, expected: list[str]) -> None:
    assert windows(text) == expected


def test_an_option_told_with_others_doings_is_refused() -> None:
    reply = read("第二个吧，第三个那天孩子家长会")
    assert (reply.fits, reply.rejected) == ((2,), (3,))


def test_a_busy_stretch_leaves_the_option_that_is_named_in_it() -> None:
    assert read("月初比较忙，第三个吧").fits == (3,)


def test_a_reply_reads_the_same_in_every_process() -> None:
    """Python hashes words and days anew in each process: nothing that is told may follow the order of a set."""
    asked = (
        "from tests.understanding.reply.wednesday import read;"
        "print([read(text) for text in ('I would never make half nine', '上午十点以前都不行，第二个吧', 'not before 11 on any of them')])"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", asked],
            env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in range(3)
    }
    assert len(told) == 1
    assert "excluded=(Window" in told.pop()
